// What the reader has chosen. Every change goes through change(): it keeps the last state for undo, redraws, writes the address.
const FIRST_VIEW = GRAPH.views.length ? GRAPH.views[0].key : 'all';
const blank = () => ({
  view: FIRST_VIEW,
  start: null,
  added: new Set(),
  gone: new Set(),
  pins: new Map(),
  off: new Set(GRAPH.off),
  offKinds: new Set(),
  papers: new Set(),
  since: '',
  until: '',
  sure: 0,
  path: null,
});
const state = { ...blank(), lang: GRAPH.lang, theme: '', chosen: null };
const watchers = [];
const past = [];
const future = [];

function change(how) {
  const before = shape();
  how(state);
  if (shape() !== before) {
    past.push(before);
    future.length = 0;
  }
  redraw();
}

function redraw() {
  for (const watcher of watchers) watcher();
  const address = hash();
  if (address !== location.hash.slice(1)) history.replaceState(null, '', `#${address}`);
}

function step(from, to) {
  if (!from.length) return;
  to.push(shape());
  restore(from.pop());
  redraw();
}
const undo = () => step(past, future);
const redo = () => step(future, past);

const ids = (set) =>
  [...set]
    .map((id) => mark(NODES[id]))
    .sort()
    .join('.');
const unids = (text) =>
  new Set(
    (text || '')
      .split('.')
      .map(byMark)
      .filter((id) => id !== undefined),
  );

// The part of the state that undo and the address share; only what differs from the opening is written.
function shape() {
  const first = blank();
  const out = new URLSearchParams();
  const put = (key, value, usual = '') => {
    if (value !== usual) out.set(key, value);
  };
  put('view', state.view, first.view);
  put('start', state.start === null ? '' : mark(NODES[state.start]));
  put('add', ids(state.added));
  put('hide', ids(state.gone));
  put('pin', [...state.pins].map(([id, [x, y]]) => `${mark(NODES[id])}_${Math.round(x)}_${Math.round(y)}`).join('.'));
  put('off', [...state.off].sort().join(' '), [...first.off].sort().join(' '));
  put('kinds', [...state.offKinds].sort().join(' '));
  put('papers', [...state.papers].sort((a, b) => a - b).join('.'));
  put('since', state.since);
  put('until', state.until);
  put('sure', String(state.sure), '0');
  put('path', state.path ? ids(new Set(state.path)) && state.path.map((id) => mark(NODES[id])).join('.') : '');
  return out.toString();
}

function restore(text) {
  const from = new URLSearchParams(text);
  const list = (key) => (from.get(key) || '').split(/[ .]/).filter(Boolean);
  const first = blank();
  const known = (names, table) => new Set(names.filter((name) => name in table));
  const day = (key) => (/^\d{4}(-\d\d){0,2}$/.test(from.get(key) || '') ? from.get(key) : '');
  const start = byMark(from.get('start') || '');
  const path = list('path')
    .map(byMark)
    .filter((id) => id !== undefined);
  Object.assign(state, first, {
    view: VIEWS.has(from.get('view')) ? from.get('view') : first.view,
    start: start === undefined ? null : start,
    added: unids(from.get('add')),
    gone: unids(from.get('hide')),
    pins: new Map(
      list('pin')
        .map((text) => text.split('_'))
        .filter((part) => part.length === 3 && byMark(part[0]) !== undefined)
        .map(([name, x, y]) => [byMark(name), [Number(x) || 0, Number(y) || 0]]),
    ),
    off: from.has('off') ? known(list('off'), LOOK.classes) : first.off,
    offKinds: known(list('kinds'), LOOK.kinds),
    papers: new Set(
      list('papers')
        .map(Number)
        .filter((id) => id in ARTICLES),
    ),
    since: day('since'),
    until: day('until'),
    sure: Math.min(1, Math.max(0, Number(from.get('sure')) || 0)),
    path: path.length > 1 ? path : null,
  });
}

function hash() {
  const out = new URLSearchParams(shape());
  if (state.chosen) out.set('see', chosenText());
  if (state.lang !== GRAPH.lang) out.set('lang', state.lang);
  if (state.theme) out.set('theme', state.theme);
  return out.toString();
}
const chosenText = () =>
  state.chosen.node !== undefined
    ? mark(NODES[state.chosen.node])
    : `${mark(NODES[LINES[state.chosen.line].from])}.${mark(NODES[LINES[state.chosen.line].to])}`;

function fromAddress() {
  const from = new URLSearchParams(location.hash.slice(1));
  restore(from.toString());
  state.lang = WORDS[from.get('lang')] ? from.get('lang') : GRAPH.lang;
  state.theme = ['light', 'dark'].includes(from.get('theme')) ? from.get('theme') : '';
  const seen = (from.get('see') || '').split('.').map(byMark);
  state.chosen = null;
  if (seen.length === 1 && seen[0] !== undefined) state.chosen = { node: seen[0] };
  else if (seen.length === 2) {
    const line = AROUND[seen[0]] && AROUND[seen[0]].find((candidate) => across(candidate, seen[0]) === seen[1]);
    if (line) state.chosen = { line: line.id };
  }
}

const paper = { on: false }; // while a page is printed
const dark = () => !paper.on && (state.theme ? state.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
const paint = () => LOOK.theme[paper.on ? 'print' : dark() ? 'dark' : 'light'];
const colorOf = (look) => (dark() ? look.dark : look.color);
const isPinned = (id) => state.pins.has(id);
