// What the reader has chosen; every change goes through change(), which draws again.
const state = {
  lang: GRAPH.lang, theme: '', chosen: null, off: new Set(), offKinds: new Set(),
};
for (const [name, look] of Object.entries(LOOK.classes)) if (!look.shown) state.off.add(name);

const watchers = [];
function change(how) {
  how(state);
  for (const watcher of watchers) watcher();
}

function visible() {
  const nodes = new Set(NODES.filter((node) => !state.off.has(node.cls)).map((node) => node.id));
  const edges = EDGES.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to) && !state.offKinds.has(edge.look.kind));
  return { nodes, edges };
}

const dark = () => (state.theme ? state.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
const paint = () => LOOK.theme[dark() ? 'dark' : 'light'];
const colorOf = (look) => (dark() ? look.dark : look.color);
