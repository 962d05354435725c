// The printed page: the picture on a sheet of its own in the colours of paper, then the words of what is open in the panel.
const LEGIBLE = 0.5; // smaller than this on paper, the sheet shows what the window shows
const SHEET = 1000; // px between the margins of a sheet of A4 on its side
const DRAWN = 600; // more things than this are painted, not drawn

function viewed() {
  const stage = byId('canvas');
  const low = view.network.DOMtoCanvas({ x: 0, y: 0 });
  const high = view.network.DOMtoCanvas({ x: stage.clientWidth, y: stage.clientHeight });
  return [low.x, low.y, high.x, high.y];
}

// The whole where it stays legible on paper, else the part that the window shows.
function sheetBox() {
  const whole = frame();
  const scale = (box) => Math.min(SHEET / (box[2] - box[0]), (0.6 * SHEET) / (box[3] - box[1]));
  const box = scale(whole) >= LEGIBLE ? whole : viewed();
  const inside = [...now.nodes].filter((id) => overlap(boxAt(id, spot(id), 0), box));
  return { box, scale: scale(box), inside };
}

function sheetPicture({ box, scale, inside }) {
  if (inside.length <= DRAWN && !isFar(scale)) return drawing(box, scale);
  const canvas = el('canvas', { width: 2 * SHEET, height: Math.round((2 * SHEET * (box[3] - box[1])) / (box[2] - box[0])) });
  const ctx = canvas.getContext('2d');
  ctx.scale(2, 2);
  paintPicture(ctx, box, SHEET / (box[2] - box[0]));
  return canvas;
}

// What the colours of this picture mean, and which filters it was made with.
function sheetKey({ inside }) {
  const families = new Set(inside.map((id) => NODES[id].look.family));
  const seen = new Set(inside);
  const lines = now.lines.filter((line) => seen.has(line.from) || seen.has(line.to));
  const kinds = new Set(lines.flatMap((line) => line.edges.map((edge) => edge.look.kind)));
  const entry = (symbol, label) => el('span', { class: 'entry' }, symbol, label);
  return el(
    'div',
    { class: 'key' },
    ...[...FAMILIES.keys()]
      .filter((family) => families.has(family))
      .map((family) => entry(badge(LOOK.classes[family], 18), named(LOOK.classes[family]))),
    ...Object.entries(LOOK.kinds)
      .filter(([name]) => kinds.has(name))
      .map(([, kind]) => entry(lineSign(kind), named(kind))),
  );
}

const sheetNotes = ({ inside }) =>
  [
    state.start === null ? word(state.view) : NODES[state.start].name,
    inside.length < now.nodes.size && word('inWindow'),
    byId('counts').textContent,
    state.since && `${word('period')} ${state.since} – ${state.until}`,
    state.sure && `${word('certainty')} ${state.sure.toFixed(2)}`,
    ...[...state.papers].map((id) => ARTICLES[id].title),
  ]
    .filter(Boolean)
    .join(' · ');

const ALL_WORDS = 60; // up to so many statements are printed with their words, more as they are open
let opened = [];

function layOutSheet() {
  paper.on = true;
  opened = statements().map(isOpen);
  applyTheme();
  showPanel();
  if (opened.length <= ALL_WORDS) for (const statement of statements()) statement.show(true);
  const part = sheetBox();
  byId('sheet').replaceChildren(
    el('h1', {}, GRAPH.titles[state.lang]),
    el('p', {}, sheetNotes(part)),
    sheetPicture(part),
    sheetKey(part),
  );
}

function clearSheet() {
  paper.on = false;
  applyTheme();
  showPanel();
  statements().forEach((statement, i) => statement.show(opened[i]));
  byId('sheet').replaceChildren();
}
