// Putting it together.
function applyTheme() {
  const colors = paint();
  const root = document.documentElement;
  for (const [key, value] of Object.entries(colors)) root.style.setProperty(`--${key}`, value);
  root.dataset.theme = dark() ? 'dark' : 'light';
  root.lang = state.lang;
}

function showTools() {
  const tool = (label, sign, run) => el('button', { type: 'button', title: label, 'aria-label': label, on: { click: run } }, sign);
  document.getElementById('tools').replaceChildren(
    tool(word('fit'), '⤢', fit), tool(word('theme'), '◐', () => change((s) => { s.theme = dark() ? 'light' : 'dark'; })),
    tool(word('lang'), state.lang === 'ko' ? 'EN' : '한', () => change((s) => { s.lang = s.lang === 'ko' ? 'en' : 'ko'; })));
  document.getElementById('query').placeholder = word('search');
  document.getElementById('query').setAttribute('aria-label', word('search'));
  document.getElementById('stage').setAttribute('aria-label', word('stage'));
  const { nodes, edges } = visible();
  document.getElementById('counts').textContent = `${word('articles')} ${ARTICLES.length} · ${word('things')} ${nodes.size} · ${word('links')} ${edges.length}`;
}

watchers.push(applyTheme, showGraph, showPanel, showLegend, showTools);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => change(() => {}));
applyTheme();
openGraph();
showLegend();
showTools();

// For whoever embeds the page: where a thing stands in the window, and what is visible now. Nothing can be changed from here.
window.presskg = Object.freeze({
  where(iri) {
    const node = NODES.find((candidate) => candidate.iri === iri);
    const frame = document.getElementById('canvas').getBoundingClientRect();
    const at = view.network.canvasToDOM(view.network.getPosition(node.id));
    return { x: at.x + frame.x, y: at.y + frame.y };
  },
  visible() {
    const { nodes, edges } = visible();
    return { nodes: [...nodes].map((id) => NODES[id].iri), edges: edges.map((edge) => [NODES[edge.from].iri, edge.rel, NODES[edge.to].iri]) };
  },
});
document.documentElement.dataset.ready = 'yes';
