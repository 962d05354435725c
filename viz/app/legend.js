// The legend: what the colours and shapes mean, how many there are, and a switch for each; beneath it the other filters.
const known = new Set(NODES.map((node) => node.cls));
const counted = (name) => facets().classes.get(name) || 0;
const PRESENT = Object.entries(LOOK.classes)
  .filter(([name]) => known.has(name))
  .sort(([a, x], [b, y]) => x.order - y.order || (a < b ? -1 : 1));
const FAMILIES = new Map();
for (const [name, look] of PRESENT) FAMILIES.set(look.family, [...(FAMILIES.get(look.family) || []), name]);
const KINDS = new Set(EDGES.map((edge) => edge.look.kind));
const unfolded = new Set();

function toggle(set, list) {
  change((s) => {
    const hiding = list.some((name) => !s[set].has(name));
    for (const name of list)
      if (hiding) s[set].add(name);
      else s[set].delete(name);
  });
}

function legendRow(label, symbol, many, set, list, extra) {
  const off = list.every((name) => state[set].has(name));
  return el(
    'div',
    { class: `row${extra && extra.inner ? ' inner' : ''}` },
    button(
      '',
      () => toggle(set, list),
      { class: 'switch', 'aria-pressed': String(!off) },
      symbol,
      el('span', { class: 'name' }, label),
      el('span', { class: 'many' }, grouped(many)),
    ),
    extra && extra.fold,
  );
}

function familyRows([family, list]) {
  const look = LOOK.classes[family];
  const many = list.reduce((sum, name) => sum + counted(name), 0);
  const single = list.length === 1;
  const shown = single ? LOOK.classes[list[0]] : look;
  const open = unfolded.has(family);
  const fold = single
    ? null
    : button(
        '',
        () => {
          if (open) unfolded.delete(family);
          else unfolded.add(family);
          showLegend();
        },
        { class: 'fold', 'aria-expanded': String(open), 'aria-label': `${named(look)} ${word('expand')}` },
        open ? '−' : '+',
      );
  const rows = [legendRow(named(shown), badge(shown, 24), many, 'off', list, { fold })];
  if (open)
    rows.push(
      ...list.map((name) =>
        legendRow(named(LOOK.classes[name]), badge(LOOK.classes[name], 20), counted(name), 'off', [name], { inner: true }),
      ),
    );
  return rows;
}

function lineSign(kind) {
  return svg(
    'svg',
    { viewBox: '0 0 24 24', width: 24, height: 24, 'aria-hidden': 'true', class: 'badge' },
    svg('path', {
      d: 'M2 12h17M15 8l5 4-5 4',
      fill: 'none',
      stroke: colorOf(kind),
      'stroke-width': kind.width + 0.4,
      ...(kind.dashes ? { 'stroke-dasharray': '3 3' } : {}),
    }),
  );
}

function paperFilter() {
  if (ARTICLES.length < 2) return null;
  const one = state.papers.size === 1 ? String([...state.papers][0]) : '';
  const find = el('input', {
    id: 'paperfind',
    type: 'search',
    value: paperWords,
    placeholder: word('paperWords'),
    'aria-label': word('paperWords'),
    autocomplete: 'off',
    on: {
      input: (event) => {
        paperWords = event.target.value;
        fillPapers(byId('paper'), one);
      },
    },
  });
  const select = el(
    'select',
    {
      id: 'paper',
      'aria-label': word('articles'),
      on: {
        change: (event) =>
          change((s) => {
            s.papers = new Set(event.target.value === '' ? [] : [Number(event.target.value)]);
          }),
      },
    },
  );
  fillPapers(select, one);
  return el('div', { class: 'field' }, el('span', {}, word('articles')), ...(ARTICLES.length > OFFERED ? [find] : []), select);
}

// The newest articles, or those whose title or day holds the words; the chosen one always.
const OFFERED = 200;
let paperWords = '';
function fillPapers(select, one) {
  const words = paperWords.trim().split(/\s+/).map(fold).filter(Boolean);
  const fits = (a) => words.every((part) => answers(fold(a.title), part) || fold(a.date || '').includes(part));
  const list = [...ARTICLES].filter((a) => String(a.id) === one || fits(a));
  list.sort((a, b) => (String(b.id) === one) - (String(a.id) === one) || (a.date < b.date ? 1 : a.date > b.date ? -1 : a.id - b.id));
  select.replaceChildren(
    el('option', { value: '' }, list.length > OFFERED ? `${word('anyPaper')} (${grouped(list.length)})` : word('anyPaper')),
    ...list.slice(0, OFFERED).map((a) => el('option', { value: String(a.id) }, `${a.date ? `${a.date} ` : ''}${a.title}`)),
  );
  select.value = one;
}

function sureFilter() {
  const input = el('input', {
    type: 'range',
    id: 'sure',
    min: 0,
    max: 1,
    step: 0.05,
    value: state.sure,
    'aria-label': word('certainty'),
    on: {
      change: (event) =>
        change((s) => {
          s.sure = Number(event.target.value);
        }),
    },
  });
  return el(
    'label',
    { class: 'field' },
    el('span', {}, `${word('certainty')} ${state.sure ? state.sure.toFixed(2) : ''}`),
    input,
  );
}

function hiddenThings() {
  if (!state.gone.size) return [];
  return [
    el('h2', {}, `${word('hiddenNow')} ${state.gone.size}`),
    button(word('back'), () => change((s) => s.gone.clear()), { class: 'action' }),
  ];
}

function showLegend() {
  const legend = byId('legend');
  const held =
    document.activeElement && legend.contains(document.activeElement)
      ? [...legend.querySelectorAll('button,select,input')].indexOf(document.activeElement)
      : -1;
  const lines = Object.entries(LOOK.kinds)
    .filter(([name]) => KINDS.has(name))
    .map(([name, kind]) => legendRow(named(kind), lineSign(kind), facets().kinds.get(name) || 0, 'offKinds', [name]));
  legend.setAttribute('aria-label', word('legend'));
  const scroll = legend.scrollTop;
  legend.replaceChildren(
    el('h2', {}, word('legend')),
    ...[...FAMILIES].flatMap(familyRows),
    el('h2', {}, word('kinds')),
    ...lines,
    el('h2', {}, word('filters')),
    ...[paperFilter(), sureFilter()].filter(Boolean),
    ...hiddenThings(),
  );
  legend.scrollTop = scroll;
  if (held >= 0) {
    const again = legend.querySelectorAll('button,select,input')[held];
    if (again) again.focus({ preventScroll: true });
  }
}
