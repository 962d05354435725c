// The data of the page, read once; evidence is parsed when somebody first asks for it.
const block = (id) => JSON.parse(document.getElementById(id).textContent);
const LOOK = block('look');
const GRAPH = block('graph');
const NODES = GRAPH.nodes;
const EDGES = GRAPH.edges;
const ARTICLES = GRAPH.articles.map(([iri, title, date, publisher, url], id) => ({ id, iri, title, date, publisher, url }));
const VIEWS = new Map(
  GRAPH.views.map((view) => [
    view.key,
    {
      ...view,
      spots: new Map(view.ids.map((id, i) => [id, [view.at[2 * i], view.at[2 * i + 1]]])),
    },
  ]),
);
if (GRAPH.many) {
  const ids = NODES.filter((node) => LOOK.classes[node.cls].shown).map((node) => node.id);
  VIEWS.set('all', { key: 'all', ids, spots: new Map(), kinds: Object.keys(LOOK.kinds), classes: [], axis: [], calm: true });
}

// Statements between the same two things are one line on the page.
const LINES = [];
const AROUND = NODES.map(() => []);
for (const node of NODES) {
  node.name = node.name || node.label.replaceAll('\n', ' ');
  node.look = LOOK.classes[node.cls];
  node.also = node.also || [];
  node.beside = node.beside || '';
}
const lineOf = new Map();
for (const edge of EDGES) {
  edge.look = LOOK.relations[edge.rel] || { ko: edge.rel, en: edge.rel, kind: 'other' };
  edge.kind = LOOK.kinds[edge.look.kind];
  const key = Math.min(edge.from, edge.to) * NODES.length + Math.max(edge.from, edge.to);
  let line = lineOf.get(key);
  if (!line) {
    line = { id: LINES.length, from: edge.from, to: edge.to, edges: [] };
    lineOf.set(key, line);
    LINES.push(line);
    AROUND[edge.from].push(line);
    AROUND[edge.to].push(line);
  }
  line.edges.push(edge);
}
for (const node of NODES) node.degree = AROUND[node.id].length;

let evidenceRead = null;
function evidence(number) {
  evidenceRead = evidenceRead || block('evidence');
  const [context, article, start, end, first, last, sure, rule, status, recovered, field, rawStart, rawEnd, rel] =
    evidenceRead.rows[number];
  return {
    text: evidenceRead.contexts[context],
    article: ARTICLES[article],
    start,
    end,
    first,
    last,
    sure,
    rule,
    status,
    recovered,
    field,
    rawStart,
    rawEnd,
    rel,
  };
}

const across = (link, id) => (link.from === id ? link.to : link.from);
const relationName = (rel) => named(LOOK.relations[rel] || { ko: rel, en: rel });
const valueName = (rel, value) => {
  const words = state.lang === 'ko' && LOOK.relations[rel] && LOOK.relations[rel].words;
  return (words && words[value]) || value;
};

// A short name for a thing that stays the same when the graph is built again (FNV-1a of its IRI).
function mark(node) {
  if (!node.mark) {
    let hash = 0x811c9dc5;
    for (const unit of new TextEncoder().encode(node.iri)) hash = Math.imul(hash ^ unit, 0x01000193) >>> 0;
    node.mark = hash.toString(36);
  }
  return node.mark;
}
let marked = null;
function byMark(text) {
  marked = marked || new Map(NODES.map((node) => [mark(node), node.id]));
  return marked.get(text);
}
