// The panel: all that is known of the chosen thing or link, each statement with its words. Text only ever enters as text.
function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === 'on') for (const [event, run] of Object.entries(value)) made.addEventListener(event, run);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

function svg(tag, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function badge(look, side) {
  return svg('svg', { viewBox: '-1.3 -1.3 2.6 2.6', width: side, height: side, 'aria-hidden': 'true', class: 'badge' },
    svg('path', { d: LOOK.shapes[look.shape], fill: colorOf(look) }),
    svg('path', { d: LOOK.icons[look.icon], transform: 'translate(-.62 -.62) scale(.0517)', fill: 'none', stroke: '#fff', 'stroke-width': 2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }));
}

function clipping(number) {
  const row = evidence(number);
  const cut = (from, to) => row.text.slice(from, to);
  const sentence = el('span', { class: 'sentence' }, cut(row.first, row.start), el('mark', {}, cut(row.start, row.end)), cut(row.end, row.last));
  const notes = [WORDS[state.lang].statuses[row.status] || (row.status === 'asserted' ? '' : row.status), row.recovered ? word('recovered') : ''].filter(Boolean);
  const byline = [row.article.date, row.article.publisher].filter(Boolean).join(' · ');
  return el('figure', { class: 'clipping' },
    el('blockquote', {}, cut(0, row.first), sentence, cut(row.last)),
    el('figcaption', {}, el('cite', {}, row.article.title), byline && el('span', { class: 'byline' }, byline), original(row.article),
      ...notes.map((note) => el('span', { class: 'note' }, note)),
      el('span', { class: 'fine' }, `${word('sure')} ${row.sure} · ${word('rule')} ${row.rule} · ${word(row.field === 'title' ? 'headline' : 'body')} ${row.rawStart}–${row.rawEnd}`)));
}

// Only web addresses become links: an address out of an article is a string like any other.
function original(article) {
  return /^https?:\/\//i.test(article.url || '') && el('a', { href: article.url, rel: 'noreferrer noopener', target: '_blank' }, word('openUrl'));
}

const clippings = (numbers) => (numbers.length ? numbers.map(clipping) : [el('p', { class: 'fine' }, word('noEvidence'))]);

function thingButton(id) {
  const node = NODES[id];
  return el('button', { type: 'button', class: 'thing', on: { click: () => go(id) } }, badge(node.look, 18), node.name);
}

function lazyStatement(head, rows) {
  const made = el('details', { class: 'statement' }, el('summary', {}, ...head, el('span', { class: 'many', title: word('evidence') }, `${rows.length}`)));
  made.addEventListener('toggle', () => { if (made.open && made.children.length === 1) made.append(...clippings(rows)); });
  return made;
}

function nodePanel(id) {
  const node = NODES[id];
  const parts = [el('div', { class: 'head' }, badge(node.look, 44), el('div', {}, el('p', { class: 'kind' }, named(node.look)), el('h2', {}, node.name))), actions(id)];
  if (node.facts.length) {
    parts.push(el('h3', {}, word('facts')), ...node.facts.map(([rel, value, rows]) => lazyStatement(
      [el('span', { class: 'label' }, relationName(rel)), el('span', { class: 'value' }, valueName(rel, value))], rows)));
  }
  const links = AROUND[id].filter((edge) => !edge.kind.quiet);
  if (links.length) {
    parts.push(el('h3', {}, word('relations')), ...links.map((edge) => lazyStatement(
      [el('span', { class: 'label' }, edge.from === id ? `${named(edge.look)} →` : `← ${named(edge.look)}`), thingButton(across(edge, id))], edge.ev)));
  }
  const denied = GRAPH.denied.filter((row) => row[0] === id);
  if (denied.length) {
    parts.push(el('h3', {}, word('denied')), ...denied.map(([, rel, other, rows]) => lazyStatement(
      [el('span', { class: 'label' }, relationName(rel)), el('span', { class: 'value' }, other)], rows)));
  }
  if (node.art.length) {
    parts.push(el('h3', {}, word('mentionedIn')), el('ul', { class: 'papers' }, ...node.art.map((a) => el('li', {}, el('cite', {}, ARTICLES[a].title),
      el('span', { class: 'byline' }, [ARTICLES[a].date, ARTICLES[a].publisher].filter(Boolean).join(' · ')), original(ARTICLES[a])))));
  }
  return parts;
}

function edgePanel(id) {
  const edge = EDGES[id];
  return [el('p', { class: 'kind' }, word('why')), el('h2', { class: 'triple' }, thingButton(edge.from), el('span', { class: 'arrow' }, `${named(edge.look)} →`), thingButton(edge.to)),
    el('h3', {}, word('evidence')), ...clippings(edge.ev)];
}

function actions() { return null; }

let panelOf = '';
function showPanel() {
  const panel = document.getElementById('panel');
  const chosen = state.chosen;
  const now = JSON.stringify([chosen, state.lang, dark()]);
  if (now === panelOf) return;
  panelOf = now;
  panel.hidden = !chosen;
  document.body.classList.toggle('reading', Boolean(chosen));
  if (!chosen) return;
  const close = el('button', { type: 'button', class: 'close', 'aria-label': word('close'), on: { click: () => choose(null) } }, '✕');
  panel.replaceChildren(close, ...(chosen.node !== undefined ? nodePanel(chosen.node) : edgePanel(chosen.edge)).filter(Boolean));
  const first = panel.querySelector('details');
  if (first) first.open = true;
  panel.scrollTop = 0;
}

function go(id) {
  choose({ node: id });
  const at = view.network.getPosition(id);
  view.network.moveTo({ position: at, scale: Math.max(view.network.getScale(), 0.8), animation: false });
}
