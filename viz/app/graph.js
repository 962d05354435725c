// vis-network holds what is visible; positions are ours and nothing moves by itself.
const view = { network: null, nodes: null, edges: null };
let now = { nodes: new Set(), lines: [], more: new Map() };

// In a calm view, lines that lead far away are faint and say nothing until their thing is chosen.
const FAR = 420;
function isFaint(line) {
  if (!VIEWS.get(state.view).calm || state.start !== null) return false;
  const [a, b] = [spot(line.from), spot(line.to)];
  return Math.hypot(a[0] - b[0], a[1] - b[1]) > FAR;
}
const opacityOf = (line) => (isFaint(line) ? 0.3 : 0.7);

function lineStyle(line) {
  const main = lead(line);
  const dim = lit.lines && !lit.lines.has(line.id);
  const faint = isFaint(line) && !lit.lines;
  const color = colorOf(main.kind);
  const ways = new Set(line.edges.map((edge) => edge.from));
  return {
    id: line.id,
    from: line.from,
    to: line.to,
    color: { color, highlight: color, hover: color, opacity: dim ? 0.08 : faint ? 0.3 : 0.7 },
    width: main.kind.width * (lit.lines && !dim ? 1.25 : faint ? 0.8 : 1),
    dashes: main.kind.dashes || main.look.dashes ? [5, 5] : false,
    smooth: false,
    arrows: { to: { enabled: ways.has(line.from), scaleFactor: 0.5 }, from: { enabled: ways.has(line.to), scaleFactor: 0.5 } },
  };
}

function nodeStyle(id) {
  const [x, y] = spot(id);
  return { id, x, y, shape: 'custom', size: NODES[id].size, ctxRenderer: renderNode };
}

function openGraph() {
  view.nodes = new vis.DataSet();
  view.edges = new vis.DataSet();
  view.network = new vis.Network(
    document.getElementById('canvas'),
    { nodes: view.nodes, edges: view.edges },
    {
      physics: { enabled: false },
      layout: { improvedLayout: false },
      autoResize: true,
      edges: { selectionWidth: 1.4, hoverWidth: 0.8 },
      nodes: { borderWidth: 0 },
      interaction: {
        hover: true,
        keyboard: false,
        multiselect: false,
        hideEdgesOnDrag: NODES.length > 1500,
        tooltipDelay: 1e6,
        zoomSpeed: 0.6,
      },
    },
  );
  const network = view.network;
  network.on('click', ({ nodes, edges }) => picked(nodes, edges));
  network.on('doubleClick', ({ nodes }) => {
    if (nodes.length) grow(nodes[0]);
  });
  network.on('dragEnd', ({ nodes }) => {
    if (!nodes.length) return;
    const at = network.getPosition(nodes[0]);
    change((s) => {
      s.pins.set(nodes[0], [Math.round(at.x), Math.round(at.y)]);
    });
  });
  network.on('hoverNode', ({ node }) => tip(node));
  network.on('blurNode', () => tip(null));
  network.on('zoom', () => tip(null));
  network.on('beforeDrawing', drawAxis);
  network.on('afterDrawing', (ctx) => {
    const scale = network.getScale();
    if (scale < NAMES_FROM) drawCapitals(ctx, scale);
    drawLineWords(ctx, scale);
  });
}

function picked(nodes, lines) {
  if (pathFrom !== null && nodes.length) return finishPath(nodes[0]);
  return choose(nodes.length ? { node: nodes[0] } : lines.length ? { line: lines[0] } : null);
}

function choose(what) {
  change((s) => {
    s.chosen = what;
  });
  if (what && what.node !== undefined && now.nodes.has(what.node)) reveal(what.node);
  if (what && what.node !== undefined) say(`${NODES[what.node].name}, ${named(NODES[what.node].look)} ${word('select')}`);
}

function light() {
  lit.nodes = lit.lines = null;
  const chosen = state.chosen;
  if (state.path) {
    lit.nodes = new Set(state.path);
    lit.lines = new Set(
      now.lines
        .filter((line) => {
          const i = state.path.indexOf(line.from);
          return i >= 0 && (state.path[i + 1] === line.to || state.path[i - 1] === line.to);
        })
        .map((line) => line.id),
    );
    return;
  }
  if (!chosen) return;
  const lines =
    chosen.line !== undefined
      ? now.lines.filter((line) => line.id === chosen.line)
      : now.lines.filter((line) => line.from === chosen.node || line.to === chosen.node);
  lit.lines = new Set(lines.map((line) => line.id));
  lit.nodes = new Set(lines.flatMap((line) => [line.from, line.to]));
  if (chosen.node !== undefined) lit.nodes.add(chosen.node);
  if (!lit.nodes.size) lit.nodes = lit.lines = null;
}

let framed = '';
function showGraph() {
  now = visible();
  now.near = new Map([...now.nodes].map((id) => [id, 0]));
  for (const line of now.lines) for (const id of [line.from, line.to]) now.near.set(id, now.near.get(id) + 1);
  now.more = new Map([...now.nodes].map((id) => [id, hiddenAround(id, now.nodes).length]));
  placeAll(now.nodes);
  light();
  const wanted = new Set(now.lines.map((line) => line.id));
  view.edges.remove(view.edges.getIds().filter((id) => !wanted.has(id)));
  view.nodes.remove(view.nodes.getIds().filter((id) => !now.nodes.has(id)));
  view.nodes.update(
    [...now.nodes]
      .filter((id) => {
        const old = view.nodes.get(id);
        const at = spot(id);
        return !old || old.x !== at[0] || old.y !== at[1];
      })
      .map(nodeStyle),
  );
  view.edges.update(now.lines.map(lineStyle));
  const chosen = state.chosen || {};
  view.network.setSelection(
    { nodes: now.nodes.has(chosen.node) ? [chosen.node] : [], edges: wanted.has(chosen.line) ? [chosen.line] : [] },
    { highlightEdges: false },
  );
  const frame = [state.view, state.start, state.path, [...state.papers], state.since, state.until, isPart() && state.sure].join(' ');
  if (frame !== framed) {
    fit();
    if (now.nodes.has(chosen.node)) reveal(chosen.node); // another view keeps what is chosen in sight
  }
  framed = frame;
  document.getElementById('empty').hidden = now.nodes.size > 0;
}

// The whole of what is visible (or of some things), names included, inside the stage.
const READABLE = 0.72;
const WHOLE_FROM = 0.62; // a little less is worth it where the whole fits then
function fit(only, whole) {
  const list = only && only.length ? only : state.path ? state.path : [...now.nodes];
  if (!list.length) return;
  const boxes = list.map((id) => boxAt(id, spot(id), 14));
  const low = [0, 1].map((k) => Math.min(...boxes.map((box) => box[k])));
  const high = [2, 3].map((k) => Math.max(...boxes.map((box) => box[k])));
  const stage = document.getElementById('canvas');
  const scale = Math.min(1.35, stage.clientWidth / (high[0] - low[0]), stage.clientHeight / (high[1] - low[1]));
  const middle = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
  if (scale >= WHOLE_FROM || only || whole || state.path || VIEWS.get(state.view).key === 'all') {
    view.network.moveTo({ position: { x: middle[0], y: middle[1] }, scale, animation: false });
    return;
  }
  // Too small to read: the page opens on the middle of the matter (of a timeline: on its newest end), the rest is a drag away.
  const half = [stage.clientWidth / 2 / READABLE, stage.clientHeight / 2 / READABLE];
  const hub =
    state.start !== null
      ? spot(state.start)
      : spot(list.reduce((best, id) => (now.near.get(id) > now.near.get(best) ? id : best)));
  const aim = axis.length ? [axis[axis.length - 1][0], low[1]] : hub;
  const inside = [0, 1].map((k) =>
    high[k] - low[k] < 2 * half[k] ? middle[k] : Math.min(high[k] - half[k], Math.max(low[k] + half[k], aim[k])),
  );
  view.network.moveTo({ position: { x: inside[0], y: inside[1] }, scale: READABLE, animation: false });
}

// Bring a thing into sight without moving more than needed.
function reveal(id) {
  const [x, y] = spot(id);
  const at = view.network.canvasToDOM({ x, y });
  const stage = document.getElementById('canvas');
  const low =
    document.body.classList.contains('reading') && stage.clientWidth < 720 ? stage.clientHeight * 0.4 : stage.clientHeight;
  if (at.x < 60 || at.y < 50 || at.x > stage.clientWidth - 60 || at.y > low - 70) {
    const scale = Math.max(view.network.getScale(), 0.6);
    view.network.moveTo({ position: { x, y: y + (stage.clientHeight - low) / 2 / scale }, scale, animation: false });
  }
}

// Marks of time, under everything else.
function axisMarks() {
  if (!axis.length || state.start !== null) return null;
  return { from: axis[0][0] - 160, to: axis[axis.length - 1][0] + 160, y: axis[0][1], days: axis };
}

function drawAxis(ctx) {
  const marks = axisMarks();
  if (!marks) return;
  const { from, to, y, days } = marks;
  ctx.save();
  ctx.strokeStyle = paint().line;
  ctx.fillStyle = paint().muted;
  ctx.font = `600 13px ${FONT}`;
  ctx.textAlign = 'center';
  ctx.lineWidth = 2;
  ctx.beginPath();
  ctx.moveTo(from, y);
  ctx.lineTo(to, y);
  for (const [x] of days) {
    ctx.moveTo(x, y - 6);
    ctx.lineTo(x, y + 6);
  }
  ctx.stroke();
  for (const [x, , label] of days) ctx.fillText(label, x, y - 14);
  ctx.restore();
}
