// Placing what comes in later: newcomers take free room near their neighbours; a fresh start is arranged as a whole.
const placed = new Map();
let placedFor = '';
let axis = []; // marks of time of what is shown

function spot(id) {
  return state.pins.get(id) || placed.get(id) || [NODES[id].x, NODES[id].y];
}

function boxAt(id, [x, y], margin) {
  const r = room(NODES[id]);
  return [x + r.left - margin, y + r.top - margin, x + r.right + margin, y + r.bottom + margin];
}
const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

// The positions of the view, or of an arrangement around the start; things that the view does not know find room.
function placeAll(nodes) {
  const anew = isPart();
  const key = `${state.view} ${state.start} ${upright()} ${anew ? filterKey() : ''}`;
  const view = VIEWS.get(state.view);
  if (key !== placedFor) {
    placed.clear();
    placedFor = key;
    axis = anew && view.axis.length ? lineUp([...nodes]) : view.axis;
    if (state.start === null && !anew) for (const [id, at] of view.spots) placed.set(id, at);
    if (state.start === null && !anew && upright() && !view.axis.length && view.ids.length <= 300) standUp(view);
  }
  if (view.key === 'all') return;
  const homeless = [...nodes].filter((id) => !placed.has(id));
  if (!homeless.length) return;
  if (homeless.length === nodes.size) arrange([...nodes]);
  else
    settle(
      homeless,
      [...nodes].filter((id) => placed.has(id)),
    );
}

// On a phone held upright the picture is laid on its side, then names are moved off names again.
const upright = () => byId('canvas').clientWidth < 0.75 * byId('canvas').clientHeight;
function standUp(view) {
  const list = [...view.spots.keys()];
  const at = list.map((id) => {
    const [x, y] = view.spots.get(id);
    return [y * 1.15, x * 0.8];
  });
  separate(list, at);
  list.forEach((id, i) => placed.set(id, at[i].map(Math.round)));
}

function settle(newcomers, settled) {
  const boxes = settled.map((id) => boxAt(id, spot(id), 6));
  const waiting = new Set(newcomers);
  while (waiting.size) {
    let next = null;
    for (const id of waiting)
      if (AROUND[id].some((line) => placed.has(across(line, id)))) {
        next = id;
        break;
      }
    const id = next === null ? waiting.values().next().value : next;
    waiting.delete(id);
    const near = AROUND[id]
      .map((line) => across(line, id))
      .filter((other) => placed.has(other))
      .map(spot);
    const middle = near.length
      ? [near.reduce((s, p) => s + p[0], 0) / near.length, near.reduce((s, p) => s + p[1], 0) / near.length]
      : [0, 0];
    const at = freeSpot(id, middle, boxes, near.length > 1 ? 0 : 110);
    placed.set(id, at);
    boxes.push(boxAt(id, at, 6));
  }
}

function freeSpot(id, [x, y], boxes, first) {
  for (let ring = first; ring < 6000; ring += 34) {
    const steps = Math.max(1, Math.round((ring * 6.28) / 60));
    for (let i = 0; i < steps; i += 1) {
      const angle = (i / steps) * 6.2832 + ring;
      const at = [Math.round(x + 1.25 * ring * Math.cos(angle)), Math.round(y + ring * Math.sin(angle))];
      const box = boxAt(id, at, 6);
      if (!boxes.some((other) => overlap(box, other))) return at;
    }
  }
  return [x, y];
}

// The same idea as in Python, for a part of the graph: distances of the graph as distances on the page, then boxes apart.
function arrange(list) {
  const index = new Map(list.map((id, i) => [id, i]));
  const near = list.map((id) => [
    ...new Set(AROUND[id].map((line) => index.get(across(line, id))).filter((i) => i !== undefined)),
  ]);
  const step = 190 * Math.max(1, Math.sqrt(Math.max(...near.map((list) => list.length)) / 7)); // a crowd needs a wider ring
  const far = near.map((_, i) => distances(near, i, step));
  const at = list.map((id, i) => {
    const a = i * 2.39996;
    const r = 60 * Math.sqrt(i);
    return [r * Math.cos(a) * 1.3, r * Math.sin(a)];
  });
  for (let turn = 0; turn < 90; turn += 1) {
    for (let i = 0; i < list.length; i += 1) {
      let sum = 0;
      let x = 0;
      let y = 0;
      for (let j = 0; j < list.length; j += 1) {
        if (i === j) continue;
        const want = far[i][j];
        const weight = 1 / (want * want);
        const dx = at[i][0] - at[j][0];
        const dy = at[i][1] - at[j][1];
        const length = Math.hypot(dx, dy) || 1;
        x += weight * (at[j][0] + (want * dx) / length);
        y += weight * (at[j][1] + (want * dy) / length);
        sum += weight;
      }
      if (sum) at[i] = [x / sum, y / sum];
    }
  }
  for (const point of at) point[0] *= upright() ? 0.9 : 1.25;
  separate(list, at);
  list.forEach((id, i) => placed.set(id, at[i].map(Math.round)));
}

function distances(near, from, step) {
  const far = near.map(() => 5);
  far[from] = 0;
  const queue = [from];
  for (let i = 0; i < queue.length; i += 1)
    for (const next of near[queue[i]])
      if (next !== from && far[next] === 5) {
        far[next] = far[queue[i]] + 1;
        if (far[next] < 5) queue.push(next);
      }
  return far.map((steps) => step * steps ** 0.8 || 1);
}

function separate(list, at) {
  for (let turn = 0; turn < 160; turn += 1) {
    let moved = false;
    for (let i = 0; i < list.length; i += 1) {
      for (let j = i + 1; j < list.length; j += 1) {
        const a = boxAt(list[i], at[i], 12);
        const b = boxAt(list[j], at[j], 12);
        const ox = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
        const oy = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
        if (ox <= 0 || oy <= 0) continue;
        moved = true;
        const axis = ox < oy * 1.3 ? 0 : 1;
        const push = ((axis ? oy : ox) / 2) * (at[i][axis] < at[j][axis] || (at[i][axis] === at[j][axis] && i < j) ? -1 : 1);
        at[i][axis] += push;
        at[j][axis] -= push;
      }
    }
    if (!moved) return;
  }
}
