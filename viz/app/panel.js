// The panel: all that is known of the chosen thing or line, each statement with its words in their paragraph.
const FIRST_WORDS = 2; // so many places are shown at once, the others when asked for

// The words of one place, with every rule that found them there.
function clipping(rows) {
  const [row] = rows;
  const cut = (from, to) => row.text.slice(from, to);
  const sentence = el(
    'span',
    { class: 'sentence' },
    cut(row.first, row.start),
    el('mark', {}, cut(row.start, row.end)),
    cut(row.end, row.last),
  );
  const notes = [
    row.status === 'asserted' ? '' : WORDS[state.lang].statuses[row.status] || row.status,
    row.recovered ? word('recovered') : '',
  ].filter(Boolean);
  return el(
    'figure',
    { class: 'clipping' },
    el('blockquote', {}, cut(0, row.first), sentence, cut(row.last)),
    el(
      'figcaption',
      {},
      el('cite', {}, row.article.title),
      byline(row.article),
      original(row.article),
      ...notes.map((note) => el('span', { class: 'note' }, note)),
      el(
        'details',
        { class: 'fine' },
        el('summary', {}, word('how')),
        [
          ...new Set(rows.map(({ sure, rule }) => `${word('sure')} ${sure} · ${word('rule')} ${rule}`)),
          `${word(row.field === 'title' ? 'headline' : 'body')} ${row.rawStart}–${row.rawEnd}`,
        ].join(' · '),
      ),
    ),
  );
}

const byline = (article) => el('span', { class: 'byline' }, [article.date, article.publisher].filter(Boolean).join(' · '));

// Only web addresses become links: an address out of an article is a string like any other.
function original(article) {
  return (
    /^https?:\/\//i.test(article.url || '') &&
    el('a', { href: article.url, rel: 'noreferrer noopener', target: '_blank' }, word('openUrl'))
  );
}

// Evidence by place: what several rules read from the same words is one place.
function places(numbers) {
  const found = new Map();
  for (const row of numbers.map(evidence)) {
    const key = [row.article.id, row.field, row.rawStart, row.rawEnd, row.status].join(' ');
    found.set(key, [...(found.get(key) || []), row]);
  }
  return [...found.values()];
}

function clippings(numbers) {
  if (!numbers.length) return [el('p', { class: 'fine' }, word('noEvidence'))];
  const all = places(numbers);
  const rest = all.slice(FIRST_WORDS);
  const more = button(`${word('more')} ${rest.length}`, () => more.replaceWith(...rest.map(clipping)), { class: 'action' });
  return [...all.slice(0, FIRST_WORDS).map(clipping), ...(rest.length ? [more] : [])];
}

const thingButton = (id) =>
  button('', () => go(id), { class: 'thing' }, badge(NODES[id].look, 20), el('span', {}, NODES[id].name, beside(NODES[id])));
const beside = (node) => node.beside && el('small', { class: 'beside' }, ` ${node.beside}`);

// A statement whose words are put in when it is first opened.
function statement(rows, ...head) {
  const words = el('div', { class: 'words', hidden: true });
  const many = places(rows).length;
  const open = button(
    '',
    () => flip(),
    { class: 'open', 'aria-expanded': 'false', 'aria-label': `${word('evidence')} ${many}` },
    el('span', { 'aria-hidden': 'true' }, '“ ”'),
    many > 1 ? ` ${grouped(many)}` : '',
  );
  function flip() {
    if (!words.children.length) words.append(...clippings(rows));
    words.hidden = !words.hidden;
    open.setAttribute('aria-expanded', String(!words.hidden));
  }
  const made = el('div', { class: 'statement' }, el('div', { class: 'line' }, ...head, rows.length ? open : null), words);
  made.show = (open) => {
    if (words.hidden === open) flip();
  };
  return made;
}

function section(title, rows) {
  return rows.length ? [el('h3', {}, title, el('span', { class: 'many' }, String(rows.length))), ...rows] : [];
}

// Values stand in the order of the style's relations, those that it does not know last.
const ORDER = new Map(Object.keys(LOOK.relations).map((rel, i) => [rel, i]));
const rank = (rel) => (ORDER.has(rel) ? ORDER.get(rel) : ORDER.size);

function nodePanel(id) {
  const node = NODES[id];
  const label = (words) => el('span', { class: 'label' }, words);
  const facts = [...node.facts].sort(([a], [b]) => rank(a) - rank(b)).map(([rel, value, rows]) =>
    statement(rows, label(relationName(rel)), worded(rel, value)),
  );
  const links = AROUND[id]
    .flatMap((line) => line.edges)
    .filter((edge) => !edge.kind.quiet)
    .sort((a, b) => b.kind.width - a.kind.width || (a.rel < b.rel ? -1 : a.rel > b.rel ? 1 : 0) || across(a, id) - across(b, id));
  const denied = GRAPH.denied.filter((row) => row[0] === id);
  return [
    el(
      'div',
      { class: 'head' },
      badge(node.look, 44),
      el('div', {}, el('p', { class: 'kind' }, named(node.look)), el('h2', {}, node.name), node.beside && el('p', { class: 'byline' }, node.beside)),
    ),
    actions(id),
    ...(SERVED && pageOf(node.iri) ? [el('p', {}, el('a', { href: pageOf(node.iri) }, word('page')))] : []),
    ...section(
      word('relations'),
      links.map((edge) =>
        statement(
          edge.ev,
          label(edge.from === id ? `${named(edge.look)} →` : `← ${named(edge.look)}`),
          thingButton(across(edge, id)),
        ),
      ),
    ),
    ...section(word('facts'), facts),
    ...section(
      word('denied'),
      denied.map(([, rel, other, rows]) =>
        statement(rows, label(relationName(rel)), el('span', { class: 'value' }, other)),
      ),
    ),
    ...section(
      word('mentionedIn'),
      node.art.map((a) =>
        el('div', { class: 'paper' }, el('cite', {}, ARTICLES[a].title), byline(ARTICLES[a]), original(ARTICLES[a])),
      ),
    ),
  ];
}

// A value; an address of the web becomes a link.
function worded(rel, value) {
  const text = valueName(rel, value);
  const address = /^https?:\/\/[^\s"'<>]+$/i.test(value);
  return el(
    'span',
    { class: 'value' },
    address ? el('a', { href: value, rel: 'noreferrer noopener', target: '_blank' }, text.replace(/^https?:\/\/(www\.)?/, '')) : text,
  );
}

function linePanel(id) {
  const parts = [el('p', { class: 'kind' }, word('why'))];
  for (const edge of LINES[id].edges) {
    parts.push(
      el(
        'h2',
        { class: 'triple' },
        thingButton(edge.from),
        el('span', { class: 'arrow' }, `${named(edge.look)} →`),
        thingButton(edge.to),
      ),
      ...clippings(edge.ev),
    );
  }
  return parts;
}

// Whether there is a panel decides how broad the graph is, so it comes before the graph is drawn.
function openPanel() {
  const open = Boolean(state.chosen);
  if (open === !byId('panel').hidden) return;
  const { network } = view;
  const stage = byId('canvas');
  const [scale, at, width, height] = [network.getScale(), network.getViewPosition(), stage.clientWidth, stage.clientHeight];
  byId('panel').hidden = !open;
  document.body.classList.toggle('reading', open);
  network.setSize();
  // vis would shrink the picture into the smaller window; it stays as it is, and what stood at the left stays there.
  const shift = { x: (stage.clientWidth - width) / 2 / scale, y: (stage.clientHeight - height) / 2 / scale };
  network.moveTo({ position: { x: at.x + shift.x, y: at.y + shift.y }, scale, animation: false });
}

const statements = () => [...byId('panel').querySelectorAll('.statement')];
const isOpen = (statement) => !statement.lastElementChild.hidden;

let panelOf = '';
function showPanel() {
  const panel = byId('panel');
  const chosen = state.chosen;
  const about = JSON.stringify([chosen, state.lang]);
  const same = about === panelOf;
  const key = about + shape() + (paper.on ? 'print' : dark());
  if (key === showPanel.key) return;
  showPanel.key = key;
  panelOf = about;
  const opened = same ? statements().map(isOpen) : [];
  const scroll = same ? panel.scrollTop : 0;
  if (!chosen) return;
  panel.setAttribute('aria-label', word('evidence'));
  panel.replaceChildren(
    button('✕', () => choose(null), { class: 'close', 'aria-label': word('close') }),
    ...(chosen.node !== undefined ? nodePanel(chosen.node) : linePanel(chosen.line)),
  );
  statements().forEach((one, i) => {
    one.show(same ? opened[i] : i === 0);
  });
  panel.scrollTop = scroll;
}

// Words beside the pointer.
function tip(id) {
  const box = byId('tip');
  box.hidden = id === null;
  if (id === null) return;
  const node = NODES[id];
  box.replaceChildren(
    el('strong', {}, node.name),
    el(
      'span',
      {},
      [named(node.look), node.beside || node.facts.slice(0, 2).map(([rel, value]) => `${relationName(rel)} ${valueName(rel, value)}`).join(' · ')].filter(Boolean).join(
        ' · ',
      ),
    ),
  );
  const r = room(node);
  const [x, y] = spot(id);
  const at = view.network.canvasToDOM({ x, y: y + r.bottom });
  const stage = byId('stage');
  box.style.left = `${Math.max(8, Math.min(at.x - box.offsetWidth / 2, stage.clientWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.min(at.y + 8, stage.clientHeight - box.offsetHeight - 8)}px`;
}
