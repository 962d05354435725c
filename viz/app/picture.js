// The whole picture apart from its window: on a canvas or as SVG, to take away and to print.
function frame() {
  const boxes = [...now.nodes].map((id) => boxAt(id, spot(id), 26));
  return boxes.length ? [0, 1, 2, 3].map((k) => (k < 2 ? Math.min : Math.max)(...boxes.map((box) => box[k]))) : [0, 0, 10, 10];
}

const ends = (line) => {
  const a = spot(line.from);
  const b = spot(line.to);
  const angle = Math.atan2(b[1] - a[1], b[0] - a[0]);
  const from = reach(NODES[line.from], angle);
  const to = reach(NODES[line.to], angle + Math.PI) + 2;
  return {
    angle,
    a: [a[0] + from * Math.cos(angle), a[1] + from * Math.sin(angle)],
    b: [b[0] - to * Math.cos(angle), b[1] - to * Math.sin(angle)],
  };
};
const head = ({ angle, b }) =>
  [0, 2.7, -2.7].map((turn) => [b[0] + (turn ? 9 : 0) * Math.cos(angle + turn), b[1] + (turn ? 9 : 0) * Math.sin(angle + turn)]);

// The picture on a canvas, as large as asked; small, it is the map with its capitals.
function paintPicture(ctx, [left, top, right, bottom], scale) {
  ctx.fillStyle = paint().paper;
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  ctx.scale(scale, scale);
  ctx.translate(-left, -top);
  drawAxis(ctx);
  for (const line of now.lines) {
    const at = ends(line);
    ctx.strokeStyle = ctx.fillStyle = colorOf(lead(line).kind);
    ctx.lineWidth = lead(line).kind.width;
    ctx.globalAlpha = opacityOf(line) * (isFar(scale) ? 0.5 : 1);
    ctx.beginPath();
    ctx.moveTo(...at.a);
    ctx.lineTo(...at.b);
    ctx.stroke();
    ctx.beginPath();
    head(at).forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.fill();
  }
  ctx.globalAlpha = 1;
  for (const id of now.nodes) {
    const [x, y] = spot(id);
    if (!NODES[id].w) drawThing(ctx, NODES[id], x, y, { far: isFar(scale) });
    else if (isFar(scale)) drawDot(ctx, NODES[id], x, y);
    else drawCard(ctx, NODES[id], x, y, {});
  }
  if (scale < NAMES_FROM) drawCapitals(ctx, scale, true);
  else for (const id of now.nodes) if (!NODES[id].w) drawName(ctx, NODES[id], ...spot(id));
  drawLineWords(ctx, scale, true);
}

const svgText = (x, y, size, weight, color, words, anchor) =>
  svg(
    'text',
    { x, y, 'font-size': size, 'font-weight': weight, fill: color, 'text-anchor': anchor, 'dominant-baseline': 'central' },
    words,
  );
const svgGround = (x, y, width, height) =>
  svg('rect', {
    x: (x - width / 2 - 2).toFixed(1),
    y: (y - height / 2).toFixed(1),
    width: (width + 4).toFixed(1),
    height,
    rx: 3,
    fill: paint().halo,
    'fill-opacity': 0.88,
  });

function svgLine(line) {
  const at = ends(line);
  const color = colorOf(lead(line).kind);
  const points = (list) => list.map((point) => point.map((n) => n.toFixed(1)).join(' ')).join('L');
  const dashes = lead(line).kind.dashes || lead(line).look.dashes;
  return svg(
    'g',
    { opacity: opacityOf(line) },
    svg('path', {
      d: `M${points([at.a, at.b])}`,
      stroke: color,
      'stroke-width': lead(line).kind.width,
      fill: 'none',
      ...(dashes ? { 'stroke-dasharray': '5 5' } : {}),
    }),
    svg('path', { d: `M${points(head(at))}Z`, fill: color }),
  );
}

function svgThing(node, [x, y]) {
  const color = colorOf(node.look);
  const icon = (cx, cy, side) =>
    svg('path', {
      d: LOOK.icons[node.look.icon],
      transform: `translate(${cx - side / 2} ${cy - side / 2}) scale(${side / 24})`,
      fill: 'none',
      stroke: '#fff',
      'stroke-width': 1.9,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    });
  const lines = node.label.split('\n');
  const small = node.sub ? node.sub.split('\n') : [];
  if (node.w) {
    const high = y - (lines.length * 20 + small.length * 16) / 2;
    const left = x - node.w / 2;
    return svg(
      'g',
      {},
      svg('rect', { x: left, y: y - node.h / 2, width: node.w, height: node.h, rx: 14, fill: color }),
      icon(left + 27, y, 28),
      ...lines.map((line, i) => svgText(left + 50, high + 10 + i * 20, 15, 700, '#fff', line, 'start')),
      ...small.map((line, i) => svgText(left + 50, high + lines.length * 20 + 9 + i * 16, 11, 500, '#fff', line, 'start')),
    );
  }
  const top = y + node.size + 14;
  rulers.font = `600 13px ${FONT}`;
  return svg(
    'g',
    {},
    ...lines.map((line, i) => svgGround(x, top + i * 17, rulers.measureText(line).width, 17)),
    svg('path', { d: LOOK.shapes[node.look.shape], transform: `translate(${x} ${y}) scale(${node.size})`, fill: color }),
    icon(x, y, node.size * 1.15),
    ...lines.map((line, i) => svgText(x, top + i * 17, 13, 600, paint().ink, line, 'middle')),
    ...small.map((line) => svgText(x, top + lines.length * 17 - 1, 11, 400, paint().muted, line, 'middle')),
  );
}

// The picture as drawing, to save and to print; `scale` is how large it will be looked at.
function drawing([left, top, right, bottom], scale) {
  const root = svg('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: [left, top, right - left, bottom - top].join(' '),
    width: right - left,
    height: bottom - top,
    'font-family': FONT.replaceAll('"', "'"),
  });
  root.append(
    svg('title', {}, GRAPH.titles[state.lang]),
    svg('rect', { x: left, y: top, width: right - left, height: bottom - top, fill: paint().paper }),
    ...svgAxis(),
    ...now.lines.map(svgLine),
    ...[...now.nodes].map((id) => svgThing(NODES[id], spot(id))),
  );
  for (const { words, width, x, y, color } of wordPlaces(scale, true))
    root.append(svgGround(x, y, width, 13), svgText(x, y, 11, 500, color, words, 'middle'));
  return root;
}

function svgAxis() {
  const marks = axisMarks();
  if (!marks) return [];
  const { from, to, y, days } = marks;
  const path = `M${from} ${y}H${to}${days.map(([x]) => `M${x} ${y - 6}V${y + 6}`).join('')}`;
  return [
    svg('path', { d: path, stroke: paint().line, 'stroke-width': 2, fill: 'none' }),
    ...days.map(([x, , label]) => svgText(x, y - 18, 13, 600, paint().muted, label, 'middle')),
  ];
}
