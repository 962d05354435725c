// Putting it together.
function applyTheme() {
  const root = document.documentElement;
  for (const [key, value] of Object.entries(paint())) root.style.setProperty(`--${key}`, value);
  root.dataset.theme = dark() ? 'dark' : 'light';
  root.lang = state.lang;
}

fromAddress();
applyTheme();
showStrip(); // its height first: the graph fills the rest
openGraph();
openSearch();
openStrip();
openKeys();
window.addEventListener('beforeprint', layOutSheet);
window.addEventListener('afterprint', clearSheet);
watchers.push(applyTheme, openPanel, showGraph, showPanel, showLegend, showStrip, showTools);
redraw();
fit();
window.addEventListener('hashchange', () => {
  fromAddress();
  redraw();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
byId('canvas').addEventListener('pointerdown', () => {
  byId('stage').focus({ preventScroll: true });
  document.body.classList.remove('legend-open');
});
let wide = innerWidth;
window.addEventListener('resize', () => {
  if (innerWidth !== wide) {
    wide = innerWidth;
    showStrip();
    setTimeout(() => fit(), 60);
  }
});
if (document.fonts)
  document.fonts.ready.then(() => {
    for (const node of NODES) delete node.room;
    view.network.redraw();
  });

// For whoever embeds the page: where a thing stands in the window, and what is visible now. Nothing can be changed from here.
window.presskg = Object.freeze({
  where(iri) {
    const [x, y] = spot(NODES.find((node) => node.iri === iri).id);
    const frame = byId('canvas').getBoundingClientRect();
    const at = view.network.canvasToDOM({ x, y });
    return { x: at.x + frame.x, y: at.y + frame.y };
  },
  visible: () => ({
    nodes: [...now.nodes].map((id) => NODES[id].iri),
    edges: now.lines.flatMap((line) => line.edges).map((edge) => [NODES[edge.from].iri, edge.rel, NODES[edge.to].iri]),
  }),
  boxes: () => [...now.nodes].map((id) => ({ iri: NODES[id].iri, box: boxAt(id, spot(id), 0) })),
  turtle,
});
document.documentElement.dataset.ready = 'yes';
