// vis-network holds what is visible; positions come with the data and nothing moves by itself.
const view = { network: null, nodes: null, edges: null };

function edgeStyle(edge) {
  const colors = paint();
  const dim = lit.edges && !lit.edges.has(edge.id);
  const color = dark() ? edge.kind.dark : edge.kind.color;
  const many = pairs.get(pairKey(edge)) > 1;
  return {
    id: edge.id, from: edge.from, to: edge.to, label: dim || edge.kind.quiet ? undefined : named(edge.look),
    color: { color, highlight: color, hover: color, opacity: dim ? 0.1 : 0.72 }, width: edge.kind.width,
    dashes: edge.kind.dashes || edge.look.dashes ? [5, 5] : false,
    smooth: many ? { enabled: true, type: edge.nth % 2 ? 'curvedCCW' : 'curvedCW', roundness: 0.12 + 0.1 * (edge.nth >> 1) } : false,
    font: { size: 11, face: FONT, color: dark() ? edge.kind.dark : edge.kind.color, strokeWidth: 4, strokeColor: colors.halo, align: 'horizontal' },
  };
}

const pairKey = (edge) => (edge.from < edge.to ? `${edge.from} ${edge.to}` : `${edge.to} ${edge.from}`);
const pairs = new Map();
for (const edge of EDGES) pairs.set(pairKey(edge), (pairs.get(pairKey(edge)) || 0) + 1);

const nodeStyle = (node) => ({ id: node.id, x: node.x, y: node.y, label: node.label, shape: 'custom', size: node.size, ctxRenderer: renderNode });

function openGraph() {
  view.nodes = new vis.DataSet();
  view.edges = new vis.DataSet();
  showGraph();
  view.network = new vis.Network(document.getElementById('canvas'), { nodes: view.nodes, edges: view.edges }, {
    physics: { enabled: false }, layout: { improvedLayout: false }, autoResize: true,
    nodes: { chosen: true }, edges: { arrows: { to: { enabled: true, scaleFactor: 0.55 } }, selectionWidth: 1.6, hoverWidth: 0.6, chosen: true },
    interaction: { hover: true, keyboard: false, multiselect: false, hideEdgesOnDrag: NODES.length > 1500, tooltipDelay: 200, zoomSpeed: 0.7 },
  });
  view.network.on('click', ({ nodes, edges }) => {
    choose(nodes.length ? { node: nodes[0] } : edges.length ? { edge: edges[0] } : null);
  });
  fit();
}

function choose(what) {
  change((s) => { s.chosen = what; });
}

function light() {
  lit.nodes = lit.edges = null;
  const chosen = state.chosen;
  if (!chosen) return;
  const edges = chosen.edge !== undefined ? [EDGES[chosen.edge]] : AROUND[chosen.node];
  lit.edges = new Set(edges.map((edge) => edge.id));
  lit.nodes = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  if (chosen.node !== undefined) lit.nodes.add(chosen.node);
}

function showGraph() {
  light();
  const { nodes, edges } = visible();
  const wanted = new Set(edges.map((edge) => edge.id));
  view.edges.remove(view.edges.getIds().filter((id) => !wanted.has(id)));
  view.nodes.remove(view.nodes.getIds().filter((id) => !nodes.has(id)));
  view.nodes.update([...nodes].filter((id) => !view.nodes.get(id)).map((id) => nodeStyle(NODES[id])));
  view.edges.update(edges.map(edgeStyle));
  if (view.network) {
    const chosen = state.chosen || {};
    view.network.setSelection({ nodes: nodes.has(chosen.node) ? [chosen.node] : [], edges: wanted.has(chosen.edge) ? [chosen.edge] : [] },
      { highlightEdges: false });
    view.network.redraw();
  }
}

// The whole of what is visible, names included, inside the free part of the stage.
function fit() {
  view.network.fit({ animation: false, maxZoomLevel: 1.25 });
}
