// The data of the page, read once; evidence is parsed when somebody first asks for it.
const block = (id) => JSON.parse(document.getElementById(id).textContent);
const LOOK = block('look');
const GRAPH = block('graph');
const NODES = GRAPH.nodes;
const EDGES = GRAPH.edges;
const ARTICLES = GRAPH.articles.map(([iri, title, date, publisher, url], id) => ({ id, iri, title, date, publisher, url }));
const AROUND = NODES.map(() => []);

for (const node of NODES) {
  node.name = node.name || node.label.replaceAll('\n', ' ');
  node.look = LOOK.classes[node.cls];
}
for (const edge of EDGES) {
  edge.look = LOOK.relations[edge.rel] || { ko: edge.rel, en: edge.rel, kind: 'other' };
  edge.kind = LOOK.kinds[edge.look.kind];
  AROUND[edge.from].push(edge);
  if (edge.to !== edge.from) AROUND[edge.to].push(edge);
}

let evidenceRead = null;
function evidence(number) {
  evidenceRead = evidenceRead || block('evidence');
  const [context, article, start, end, first, last, sure, rule, status, recovered, field, rawStart, rawEnd, rel] = evidenceRead.rows[number];
  return { text: evidenceRead.contexts[context], article: ARTICLES[article], start, end, first, last, sure, rule, status, recovered, field, rawStart, rawEnd, rel };
}

const across = (edge, id) => (edge.from === id ? edge.to : edge.from);
const relationName = (rel) => named(LOOK.relations[rel] || { ko: rel, en: rel });
const valueName = (rel, value) => {
  const words = state.lang === 'ko' && LOOK.relations[rel] && LOOK.relations[rel].words;
  return (words && words[value]) || value;
};
