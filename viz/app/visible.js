// What is visible now: the things of the view (or around the start), what was opened, less what is hidden or filtered away.
const AROUND_START = 40;

const isOff = (node) =>
  state.off.has(node.cls) && !(state.view === 'article' && node.look.family === LOOK.parts.article);
// A view of a part of a large graph is chosen anew under filters: what they leave may lie anywhere in the graph.
const isPart = () => GRAPH.many && state.start === null && state.view !== 'all' && filtered();

function base() {
  if (state.start !== null) return around([state.start], AROUND_START);
  const view = VIEWS.get(state.view);
  return isPart() ? part(view, (id) => state.gone.has(id) || isOff(NODES[id])) : view.ids;
}

// The things nearest to some things, those with most links first; the neighbours of crossroads come last.
function around(starts, most) {
  const found = new Set(starts);
  let ring = [...starts];
  while (ring.length && found.size < most) {
    const near = new Map();
    for (const id of ring) {
      for (const line of AROUND[id]) {
        const other = across(line, id);
        if (!found.has(other) && !state.off.has(NODES[other].cls) && line.edges.some(passes))
          near.set(other, (near.get(other) || 0) + 1);
      }
    }
    ring = [...near]
      .sort(([a, x], [b, y]) => y - x || NODES[b].degree - NODES[a].degree || a - b)
      .map(([id]) => id)
      .slice(0, most - found.size);
    ring.forEach((id) => found.add(id));
  }
  return [...found];
}

// When a statement holds: the day of an event at its ends, else the days of the articles that make it.
function days(edge) {
  if (!edge.days) {
    const own = [NODES[edge.from], NODES[edge.to]]
      .filter((node) => node.day && node.look.family === LOOK.parts.event)
      .map((node) => node.day);
    edge.days = own.length ? own : edge.art.map((id) => ARTICLES[id].date).filter(Boolean);
  }
  return edge.days;
}
const within = (day) =>
  (!state.since || day >= state.since.slice(0, day.length)) && (!state.until || day.slice(0, state.until.length) <= state.until);
const filtered = () => Boolean(state.papers.size || state.since || state.until || state.sure);

const passes = (edge) => !state.offKinds.has(edge.look.kind) && holds(edge);

// Whether a statement passes the filters of article, period and certainty.
function holds(edge) {
  if (edge.sure < state.sure) return false;
  if (state.papers.size && !edge.art.some((id) => state.papers.has(id))) return false;
  return !(state.since || state.until) || days(edge).some(within);
}

function nodePasses(node) {
  if (state.papers.size && !node.art.some((id) => state.papers.has(id))) return false;
  if (!(state.since || state.until)) return true;
  return node.day ? within(node.day) : node.art.some((id) => ARTICLES[id].date && within(ARTICLES[id].date));
}

function visible() {
  const view = VIEWS.get(state.view);
  const kinds = new Set(view.kinds);
  let nodes = new Set([...base(), ...state.added].filter((id) => !state.gone.has(id) && !isOff(NODES[id])));
  const lines = [];
  const touched = new Set();
  for (const line of LINES) {
    if (!nodes.has(line.from) || !nodes.has(line.to)) continue;
    const edges = line.edges.filter((edge) => kinds.has(edge.look.kind) && passes(edge));
    if (!edges.length) continue;
    lines.push({ ...line, edges });
    touched.add(line.from).add(line.to);
  }
  if (filtered()) nodes = new Set([...nodes].filter((id) => touched.has(id) || (!NODES[id].degree && nodePasses(NODES[id]))));
  return { nodes, lines };
}

// Neighbours that could be opened, the most telling first.
function hiddenAround(id, nodes) {
  return AROUND[id]
    .filter((line) => line.edges.some(passes))
    .map((line) => across(line, id))
    .filter((other) => !nodes.has(other) && !state.off.has(NODES[other].cls))
    .sort((a, b) => NODES[b].degree - NODES[a].degree || a - b);
}

// Neighbours that hang on this thing alone, as things are drawn now.
function leaves(id, now) {
  const near = new Map();
  for (const line of now.lines)
    for (const [a, b] of [
      [line.from, line.to],
      [line.to, line.from],
    ])
      near.set(a, (near.get(a) || new Set()).add(b));
  return [...(near.get(id) || [])].filter((other) => [...near.get(other)].every((third) => third === id));
}

function shortest(from, to) {
  const before = new Map([[from, null]]);
  const queue = [from];
  for (let i = 0; i < queue.length && !before.has(to); i += 1) {
    for (const line of AROUND[queue[i]]) {
      const other = across(line, queue[i]);
      if (before.has(other) || state.off.has(NODES[other].cls) || !line.edges.some((edge) => !edge.kind.quiet && passes(edge)))
        continue;
      before.set(other, queue[i]);
      queue.push(other);
    }
  }
  if (!before.has(to)) return null;
  const path = [];
  for (let id = to; id !== null; id = before.get(id)) path.unshift(id);
  return path;
}
