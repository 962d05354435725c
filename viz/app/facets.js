// What the filters leave of the whole graph: how many things of each class, and which of them a view of a part shows.
const filterKey = () =>
  [[...state.papers].sort((a, b) => a - b).join('.'), state.since, state.until, state.sure, [...state.offKinds].sort().join(' ')].join('|');

let counts = { key: null };
// Things and relations that pass the filters, by class and by kind; a kind that is switched off is counted as if it were on.
function facets() {
  const key = filterKey();
  if (counts.key === key) return counts;
  counts = { key, classes: new Map(), kinds: new Map(), touched: new Set() };
  const add = (map, name) => map.set(name, (map.get(name) || 0) + 1);
  for (const edge of EDGES) {
    if (!holds(edge)) continue;
    add(counts.kinds, edge.look.kind);
    if (!state.offKinds.has(edge.look.kind)) counts.touched.add(edge.from).add(edge.to);
  }
  const every = !filtered();
  for (const node of NODES)
    if (every || counts.touched.has(node.id) || (!node.degree && nodePasses(node))) add(counts.classes, node.cls);
  return counts;
}

let chosenPart = { key: null };
// The things that a view of a part shows under filters: those with most to tell (in a timeline the newest), each with what is around it.
function part(view, shut) {
  const key = [view.key, filterKey(), [...state.off].sort().join(' '), [...state.gone].join('.')].join('|');
  if (chosenPart.key === key) return chosenPart.ids;
  const kinds = new Set(view.kinds);
  const near = new Map();
  const link = (a, b) => near.set(a, (near.get(a) || []).concat(b));
  for (const line of LINES) {
    if (shut(line.from) || shut(line.to)) continue;
    if (!line.edges.some((edge) => kinds.has(edge.look.kind) && passes(edge))) continue;
    link(line.from, line.to);
    link(line.to, line.from);
  }
  const hub = view.key === 'article' ? LOOK.parts.article : LOOK.parts.event;
  const size = (id) => (near.get(id) || []).length;
  const hubs = [...near.keys()].filter((id) => NODES[id].look.family === hub && (view.key !== 'cohost' || size(id) > 1));
  const newest = (a, b) => (NODES[a].day < NODES[b].day ? 1 : NODES[a].day > NODES[b].day ? -1 : 0);
  if (view.axis.length) hubs.sort((a, b) => Boolean(NODES[b].day) - Boolean(NODES[a].day) || newest(a, b) || a - b);
  else hubs.sort((a, b) => size(b) - size(a) || a - b);
  const rest = [...near.keys()].sort((a, b) => size(b) - size(a) || a - b);
  const loose = NODES.filter((node) => !node.degree && !shut(node.id) && nodePasses(node)).map((node) => node.id);
  const most = Math.max(view.ids.length, 60);
  const found = new Set();
  for (const id of hubs) {
    if (found.size >= most) break;
    found.add(id);
    for (const other of near.get(id).sort((a, b) => size(b) - size(a) || a - b).slice(0, 7)) if (found.size < most) found.add(other);
  }
  for (const id of [...rest, ...loose]) if (found.size < most) found.add(id);
  chosenPart = { key, ids: [...found] };
  return chosenPart.ids;
}

// Events in the order of their days, one column a day, with marks of time above; what else is shown finds room near them.
function lineUp(list) {
  const days = new Map();
  const dated = list.filter((id) => NODES[id].day && NODES[id].look.family === LOOK.parts.event);
  for (const id of dated) days.set(NODES[id].day, (days.get(NODES[id].day) || []).concat(id));
  const marks = [];
  let x = 0;
  for (const day of [...days.keys()].sort()) {
    const boxes = days.get(day).map((id) => room(NODES[id]));
    const broad = Math.max(...boxes.map((box) => box.right - box.left));
    days.get(day).forEach((id, i) => placed.set(id, [Math.round(x + broad / 2), i * 190]));
    marks.push([Math.round(x + broad / 2), -120, day.replaceAll('-', '. ')]);
    x += broad + 150;
  }
  return marks;
}
