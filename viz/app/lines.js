// Words on lines: drawn last, each where it touches no name and no other words; from afar only the chosen lines speak.
const LINE_FONT = `500 11px ${FONT}`;
const CROWD = 8; // so many lines that say the same at one thing need no words: their colour says it; from near they speak
const NEAR = 1.1;
const WORDS_FROM = 0.5;
const TRIES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78];

const lineWords = (line) =>
  [...new Set(line.edges.filter((edge) => !edge.kind.quiet).map((edge) => named(edge.look)))].join(' · ');
const lead = (line) => line.edges.reduce((best, edge) => (edge.kind.width > best.kind.width ? edge : best));

// What is said on lines, and where it touches no name and no other words; `everywhere` as in a picture to take away.
function wordPlaces(scale, everywhere) {
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
  const dull = scale < NEAR ? crowded() : new Set();
  const chosen = everywhere ? null : lit.lines;
  rulers.font = LINE_FONT;
  const places = [];
  for (const line of [...now.lines].sort((a, b) => lead(b).kind.width - lead(a).kind.width || a.id - b.id)) {
    const bright = chosen && chosen.has(line.id);
    if ((chosen || scale < WORDS_FROM || isFaint(line)) && !bright) continue;
    const words = lineWords(line);
    const loud = bright && chosen.size <= 3 * CROWD;
    if (!words || (!loud && (dull.has(`${line.from} ${words}`) || dull.has(`${line.to} ${words}`)))) continue;
    const width = rulers.measureText(words).width;
    const at = wordSpot(line, width, free, bright && chosen.size <= 8);
    if (!at) continue;
    put(at.box);
    places.push({ words, width, x: at.x, y: at.y, color: colorOf(lead(line).kind) });
  }
  return places;
}

function drawLineWords(ctx, scale, everywhere) {
  if (scale < WORDS_FROM && (everywhere || !lit.lines)) return;
  ctx.save();
  ctx.font = LINE_FONT;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  ctx.strokeStyle = paint().halo;
  for (const { words, width, x, y, color } of wordPlaces(scale, everywhere)) {
    drawGround(ctx, x, y, width, 13);
    ctx.fillStyle = color;
    ctx.strokeText(words, x, y);
    ctx.fillText(words, x, y);
  }
  ctx.restore();
}

// Things with words that more than CROWD of their lines say, as `id words`.
function crowded() {
  const said = new Map();
  for (const line of now.lines)
    for (const id of [line.from, line.to]) {
      const key = `${id} ${lineWords(line)}`;
      said.set(key, (said.get(key) || 0) + 1);
    }
  return new Set([...said].filter(([, count]) => count > CROWD).map(([key]) => key));
}

// From afar: the names of the things with most links, as large as they are read, where there is room.
const CAPITALS = 48;
function drawCapitals(ctx, scale, everywhere) {
  now.capitals =
    now.capitals || [...now.nodes].sort((a, b) => now.near.get(b) - now.near.get(a) || a - b).slice(0, 6 * CAPITALS);
  const px = 12 / scale;
  const taken = [];
  ctx.save();
  ctx.font = `600 ${px}px ${FONT}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = px / 3;
  ctx.strokeStyle = paint().halo;
  ctx.fillStyle = paint().ink;
  for (const id of now.capitals) {
    if (taken.length === CAPITALS) break;
    if (!everywhere && lit.nodes && !lit.nodes.has(id)) continue;
    const name = NODES[id].name.length > 18 ? `${NODES[id].name.slice(0, 17)}…` : NODES[id].name;
    const [x, y] = [spot(id)[0], spot(id)[1] + NODES[id].size * (NODES[id].w ? 0 : 1) + px];
    const half = ctx.measureText(name).width / 2 + px / 2;
    const box = [x - half, y - 0.8 * px, x + half, y + 0.8 * px];
    if (taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    ctx.strokeText(name, x, y);
    ctx.fillText(name, x, y);
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
  const to = length - reach(NODES[line.to], angle + Math.PI);
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
