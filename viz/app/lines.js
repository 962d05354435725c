// Words on lines: drawn last, each where it touches no name and no other words; from afar only the chosen lines speak.
const LINE_FONT = `500 11px ${FONT}`;
const TRIES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78];

const lineWords = (line) =>
  [...new Set(line.edges.filter((edge) => !edge.kind.quiet).map((edge) => named(edge.look)))].join(' · ');
const lead = (line) => line.edges.reduce((best, edge) => (edge.kind.width > best.kind.width ? edge : best));

function drawLineWords(ctx, asked) {
  const scale = asked || view.network.getScale();
  const calm = VIEWS.get(state.view).calm && state.start === null;
  if (scale < 0.5 && !lit.lines) return;
  const grid = new Map();
  const put = (box) =>
    cells(box, (key) => {
      if (!grid.has(key)) grid.set(key, []);
      grid.get(key).push(box);
    });
  const free = (box) => {
    let ok = true;
    cells(box, (key) => {
      if (ok && (grid.get(key) || []).some((other) => overlap(box, other))) ok = false;
    });
    return ok;
  };
  for (const id of now.nodes) {
    const node = NODES[id];
    const at = spot(id);
    if (node.w) put(boxAt(id, at, 0));
    else {
      put([at[0] - node.size, at[1] - node.size, at[0] + node.size, at[1] + node.size]);
      put([at[0] + room(node).left, at[1] + node.size + 4, at[0] + room(node).right, at[1] + room(node).bottom]);
    }
  }
  ctx.save();
  ctx.font = LINE_FONT;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.strokeStyle = paint().halo;
  for (const line of [...now.lines].sort((a, b) => lead(b).kind.width - lead(a).kind.width || a.id - b.id)) {
    const bright = lit.lines && lit.lines.has(line.id);
    if ((lit.lines || calm || scale < 0.5) && !bright) continue;
    const words = lineWords(line);
    if (!words) continue;
    const at = wordSpot(line, ctx.measureText(words).width, free, bright && lit.lines.size <= 8);
    if (!at) continue;
    put(at.box);
    ctx.fillStyle = dark() ? lead(line).kind.dark : lead(line).kind.color;
    ctx.strokeText(words, at.x, at.y);
    ctx.fillText(words, at.x, at.y);
  }
  ctx.restore();
}

function wordSpot(line, width, free, must) {
  const a = spot(line.from);
  const b = spot(line.to);
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length = Math.hypot(dx, dy) || 1;
  const angle = Math.atan2(dy, dx);
  const from = reach(NODES[line.from], angle);
  const to = length - reach(NODES[line.to], angle);
  if (to - from < 8 && !must) return null;
  const boxOf = (t) => {
    const way = from + (to - from) * t;
    const x = a[0] + (dx * way) / length;
    const y = a[1] + (dy * way) / length;
    return { x, y, box: [x - width / 2 - 2, y - 8, x + width / 2 + 2, y + 8] };
  };
  const found = TRIES.map(boxOf).find(({ box }) => free(box));
  return found || (must ? boxOf(0.5) : null);
}

function cells(box, visit) {
  for (let x = Math.floor(box[0] / 80); x <= Math.floor(box[2] / 80); x += 1) {
    for (let y = Math.floor(box[1] / 80); y <= Math.floor(box[3] / 80); y += 1) visit(x * 100003 + y);
  }
}
