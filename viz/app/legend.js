// The legend: what the colours and shapes mean, how many there are, and a switch for each.
const counted = new Map();
for (const node of NODES) counted.set(node.cls, (counted.get(node.cls) || 0) + 1);
const PRESENT = Object.entries(LOOK.classes).filter(([name]) => counted.has(name))
  .sort(([a, x], [b, y]) => x.order - y.order || (a < b ? -1 : 1));

function toggle(set, names) {
  change((s) => {
    const hide = names.some((name) => !s[set].has(name));
    for (const name of names) if (hide) s[set].add(name); else s[set].delete(name);
  });
}

function showLegend() {
  const legend = document.getElementById('legend');
  const rows = PRESENT.map(([name, look]) => el('button', {
    type: 'button', class: 'row', 'aria-pressed': String(!state.off.has(name)), on: { click: () => toggle('off', [name]) },
  }, badge(look, 24), el('span', { class: 'name' }, named(look)), el('span', { class: 'many' }, String(counted.get(name)))));
  const kinds = new Map();
  for (const edge of EDGES) kinds.set(edge.look.kind, (kinds.get(edge.look.kind) || 0) + 1);
  const lines = Object.entries(LOOK.kinds).filter(([name]) => kinds.has(name)).map(([name, kind]) => el('button', {
    type: 'button', class: 'row', 'aria-pressed': String(!state.offKinds.has(name)), on: { click: () => toggle('offKinds', [name]) },
  }, svg('svg', { viewBox: '0 0 24 24', width: 24, height: 24, 'aria-hidden': 'true', class: 'badge' }, svg('path', { d: 'M2 12h17M15 8l5 4-5 4', fill: 'none', stroke: colorOf(kind), 'stroke-width': kind.width + 0.4 })),
  el('span', { class: 'name' }, named(kind)), el('span', { class: 'many' }, String(kinds.get(name)))));
  legend.setAttribute('aria-label', word('legend'));
  legend.replaceChildren(el('h2', {}, word('legend')), ...rows, el('h2', {}, word('kinds')), ...lines);
}
