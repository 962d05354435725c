// Search as you type: a list under the field, arrows and Enter, or a click.
let hits = [];
let cursor = -1;

function showHits() {
  const query = byId('query');
  hits = search(query.value, 12);
  cursor = hits.length ? 0 : -1;
  const list = byId('hits');
  list.hidden = !query.value.trim();
  query.setAttribute('aria-expanded', String(!list.hidden));
  list.replaceChildren(
    ...(hits.length
      ? hits.map(({ node, by }, i) =>
          el(
            'li',
            {
              id: `hit${i}`,
              role: 'option',
              'aria-selected': 'false',
              on: {
                mousedown: (event) => {
                  event.preventDefault();
                  take(i);
                },
              },
            },
            badge(node.look, 22),
            el('span', { class: 'name' }, node.name, by && el('span', { class: 'by' }, by), beside(node)),
            el('span', { class: 'kind' }, named(node.look)),
          ),
        )
      : [el('li', { class: 'none', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, word('none'))]),
  );
  say(hits.length ? `${hits.length}${word('found')}` : query.value.trim() ? word('none') : '');
  markHit();
}

function markHit() {
  const list = byId('hits');
  [...list.children].forEach((row, i) => row.setAttribute('aria-selected', String(i === cursor)));
  const row = list.children[cursor];
  if (cursor >= 0 && row) {
    byId('query').setAttribute('aria-activedescendant', row.id);
    row.scrollIntoView({ block: 'nearest' });
  } else byId('query').removeAttribute('aria-activedescendant');
}

function closeHits() {
  byId('hits').hidden = true;
  byId('query').setAttribute('aria-expanded', 'false');
  byId('query').removeAttribute('aria-activedescendant');
}

function take(i) {
  if (!hits[i]) return;
  const { node } = hits[i];
  byId('query').value = '';
  closeHits();
  go(node.id);
  byId('stage').focus({ preventScroll: true });
}

function openSearch() {
  const query = byId('query');
  query.addEventListener('input', showHits);
  query.addEventListener('blur', closeHits);
  query.addEventListener('focus', () => {
    if (query.value) showHits();
  });
  query.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (hits.length) cursor = (cursor + (event.key === 'ArrowDown' ? 1 : hits.length - 1)) % hits.length;
      markHit();
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      take(cursor);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      query.value = '';
      closeHits();
      byId('stage').focus({ preventScroll: true });
    }
  });
}
