// Drawing a thing: its shape in its colour, its sign in white, its name beneath; an event as a card with its name inside.
const FONT = '"Noto Sans KR","Noto Sans CJK KR","Apple SD Gothic Neo","Malgun Gothic",system-ui,sans-serif';
const OUTLINES = Object.fromEntries(Object.entries(LOOK.shapes).map(([key, path]) => [key, new Path2D(path)]));
const SIGNS = Object.fromEntries(Object.entries(LOOK.icons).map(([key, path]) => [key, new Path2D(path)]));
const lit = { nodes: null, lines: null };
const NAMES_FROM = 0.42; // smaller than this, names are too small to read: the picture becomes a map with its capitals named
const isFar = (scale) => scale < NAMES_FROM / 2; // where cards and signs are mere colour
const DOT = 17; // half a side of a card on that map

function drawSign(ctx, icon, x, y, side) {
  ctx.save();
  ctx.translate(x - side / 2, y - side / 2);
  ctx.scale(side / 24, side / 24);
  ctx.strokeStyle = '#ffffff';
  ctx.lineWidth = 1.9;
  ctx.lineCap = ctx.lineJoin = 'round';
  ctx.stroke(SIGNS[icon]);
  ctx.restore();
}

function drawLines(ctx, lines, x, y, step, align) {
  ctx.textAlign = align;
  ctx.textBaseline = 'middle';
  lines.forEach((line, i) => {
    if (ctx.lineWidth > 1) ctx.strokeText(line, x, y + i * step);
    ctx.fillText(line, x, y + i * step);
  });
}

// A quiet ground under words, so that no line runs through them.
function drawGround(ctx, x, y, width, height) {
  ctx.save();
  ctx.globalAlpha *= 0.88;
  ctx.fillStyle = paint().halo;
  ctx.beginPath();
  ctx.roundRect(x - width / 2 - 2, y - height / 2, width + 4, height, 3);
  ctx.fill();
  ctx.restore();
}

function drawCard(ctx, node, x, y, state) {
  const w = node.w;
  const h = node.h;
  ctx.fillStyle = colorOf(node.look);
  ctx.shadowColor = 'rgba(15,25,50,.28)';
  ctx.shadowBlur = state.hover ? 18 : 10;
  ctx.shadowOffsetY = 3;
  ctx.beginPath();
  ctx.roundRect(x - w / 2, y - h / 2, w, h, 14);
  ctx.fill();
  ctx.shadowColor = 'transparent';
  if (state.selected) ring(ctx, () => ctx.roundRect(x - w / 2 - 4, y - h / 2 - 4, w + 8, h + 8, 17));
  drawSign(ctx, node.look.icon, x - w / 2 + 27, y, 28);
  ctx.fillStyle = '#ffffff';
  ctx.lineWidth = 1;
  const lines = node.label.split('\n');
  const small = node.sub ? node.sub.split('\n') : [];
  const top = y - (lines.length * 20 + small.length * 16) / 2;
  ctx.font = `700 15px ${FONT}`;
  drawLines(ctx, lines, x - w / 2 + 50, top + 10, 20, 'left');
  ctx.font = `500 11px ${FONT}`;
  drawLines(ctx, small, x - w / 2 + 50, top + lines.length * 20 + 9, 16, 'left');
}

function ring(ctx, trace) {
  ctx.beginPath();
  trace();
  ctx.strokeStyle = paint().accent;
  ctx.lineWidth = 3;
  ctx.stroke();
}

function drawDot(ctx, node, x, y) {
  ctx.fillStyle = colorOf(node.look);
  ctx.beginPath();
  ctx.roundRect(x - DOT, y - DOT, 2 * DOT, 2 * DOT, 8);
  ctx.fill();
}

function drawThing(ctx, node, x, y, state) {
  const r = node.size;
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(r, r);
  ctx.fillStyle = colorOf(node.look);
  ctx.fill(OUTLINES[node.look.shape]);
  ctx.restore();
  if (state.selected || state.hover) ring(ctx, () => ctx.arc(x, y, r + 5, 0, 7));
  if (!state.far) drawSign(ctx, node.look.icon, x, y, r * 1.15);
}

function drawName(ctx, node, x, y) {
  const colors = paint();
  const lines = node.label.split('\n');
  const top = y + node.size + 14;
  ctx.strokeStyle = colors.halo;
  ctx.lineWidth = 4;
  ctx.lineJoin = 'round';
  ctx.font = `600 13px ${FONT}`;
  if (ctx.globalAlpha === 1) lines.forEach((line, i) => drawGround(ctx, x, top + i * 17, ctx.measureText(line).width, 17));
  ctx.fillStyle = colors.ink;
  drawLines(ctx, lines, x, top, 17, 'center');
  if (!node.sub) return;
  ctx.font = `400 11px ${FONT}`;
  ctx.fillStyle = colors.muted;
  drawLines(ctx, [node.sub], x, top + lines.length * 17 - 1, 14, 'center');
}

// How far from its middle a thing ends in a direction: lines to it end there, those from beneath under its name.
function reach(node, angle) {
  if (!node.w) {
    const { name, bottom } = room(node);
    const [across, down] = [Math.abs(Math.cos(angle)), Math.sin(angle)];
    if (down <= 0 || (across * (node.size + 4)) / down > name) return node.size + 2;
    return Math.min(bottom / down, name / Math.max(across, 1e-6)) + 2;
  }
  return Math.min(Math.abs((node.w / 2 + 3) / Math.cos(angle)), Math.abs((node.h / 2 + 3) / Math.sin(angle)));
}

// The room that a thing takes with its name, relative to its position.
function room(node) {
  if (node.room) return node.room;
  if (node.w) return (node.room = { left: -node.w / 2, right: node.w / 2, top: -node.h / 2, bottom: node.h / 2 });
  const lines = node.label.split('\n');
  rulers.font = `600 13px ${FONT}`;
  const broad = (words) => rulers.measureText(words).width / 2;
  let name = Math.max(...lines.map(broad));
  rulers.font = `400 11px ${FONT}`;
  if (node.sub) name = Math.max(name, broad(node.sub));
  const half = Math.max(node.size, name);
  const bottom = node.size + 6 + lines.length * 17 + (node.sub ? 14 : 0);
  return (node.room = { left: -half, right: half, top: -node.size, bottom, name });
}
const rulers = document.createElement('canvas').getContext('2d');

function drawMore(ctx, node, x, y, count) {
  const side = node.w ? [x + node.w / 2 - 4, y - node.h / 2] : [x + node.size * 0.8, y - node.size * 0.8];
  const words = `+${count}`;
  ctx.font = `700 10px ${FONT}`;
  const half = ctx.measureText(words).width / 2 + 5;
  ctx.beginPath();
  ctx.roundRect(side[0] - half, side[1] - 8, half * 2, 16, 8);
  ctx.fillStyle = paint().panel;
  ctx.fill();
  ctx.strokeStyle = paint().muted;
  ctx.lineWidth = 1;
  ctx.stroke();
  ctx.fillStyle = paint().ink;
  drawLines(ctx, [words], side[0], side[1] + 0.5, 0, 'center');
}

function drawPin(ctx, node, x, y) {
  const top = y - (node.w ? node.h / 2 : node.size) - 2;
  ctx.beginPath();
  ctx.arc(x, top, 4.5, 0, 7);
  ctx.fillStyle = paint().accent;
  ctx.fill();
  ctx.strokeStyle = paint().panel;
  ctx.lineWidth = 1.5;
  ctx.stroke();
}

// vis calls this as a method of its shape object; the area that answers to a click is set there, the name included.
function renderNode({ ctx, id, x, y, state }) {
  const node = NODES[id];
  const dim = lit.nodes && !lit.nodes.has(id);
  const box = room(node);
  Object.assign(this, { left: x + box.left, top: y + box.top, width: box.right - box.left, height: box.bottom - box.top });
  this.distanceToBorder = (_, angle) => reach(node, angle + Math.PI); // vis looks from the other end
  const scale = view.network ? view.network.getScale() : 1;
  return {
    drawNode() {
      ctx.globalAlpha = dim ? 0.16 : 1;
      const far = isFar(scale) && !state.selected;
      if (node.w && far) drawDot(ctx, node, x, y);
      else if (node.w) drawCard(ctx, node, x, y, state);
      else drawThing(ctx, node, x, y, { ...state, far });
      const count = now.more.get(id);
      if (count && scale > 0.35) drawMore(ctx, node, x, y, count);
      if (isPinned(id)) drawPin(ctx, node, x, y);
    },
    drawExternalLabel() {
      if (node.w || (scale < NAMES_FROM && !state.selected && !state.hover)) return;
      ctx.globalAlpha = dim ? 0.2 : 1;
      drawName(ctx, node, x, y);
    },
  };
}
