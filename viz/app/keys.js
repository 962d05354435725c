// All of it without a mouse: the graph is one stop of the Tab key; arrows go from a thing to its neighbours.
const WAYS = { ArrowRight: 0, ArrowDown: Math.PI / 2, ArrowLeft: Math.PI, ArrowUp: -Math.PI / 2 };

// The nearest thing in a direction: linked ones first, then any.
function towards(way) {
  const from = state.chosen && state.chosen.node !== undefined && now.nodes.has(state.chosen.node) ? state.chosen.node : null;
  if (from === null) return [...now.nodes].sort((a, b) => NODES[b].degree - NODES[a].degree || a - b)[0];
  const [x, y] = spot(from);
  const linked = new Set(now.lines.filter((line) => line.from === from || line.to === from).map((line) => across(line, from)));
  let best;
  let least = Infinity;
  for (const id of now.nodes) {
    if (id === from) continue;
    const [ax, ay] = spot(id);
    const length = Math.hypot(ax - x, ay - y);
    const bend = Math.abs(Math.atan2(Math.sin(Math.atan2(ay - y, ax - x) - way), Math.cos(Math.atan2(ay - y, ax - x) - way)));
    if (bend > 1.1) continue;
    const cost = length * (1 + bend) + (linked.has(id) ? 0 : 4000);
    if (cost < least) {
      least = cost;
      best = id;
    }
  }
  return best;
}

// The lines of the chosen thing, one after the other.
function nextLine() {
  const chosen = state.chosen;
  if (!chosen) return;
  const home = chosen.node !== undefined ? chosen.node : nextLine.home;
  if (home === undefined) return;
  const lines = now.lines.filter((line) => line.from === home || line.to === home);
  if (!lines.length) return;
  const at = lines.findIndex((line) => line.id === chosen.line);
  nextLine.home = home;
  choose({ line: lines[(at + 1) % lines.length].id });
}

function zoom(factor) {
  view.network.moveTo({ scale: Math.min(4, Math.max(0.03, view.network.getScale() * factor)), animation: false });
}

const STAGE_KEYS = {
  Enter: () => {
    if (state.chosen) byId('panel').focus();
  },
  l: nextLine,
  '+': () => zoom(1.25),
  '=': () => zoom(1.25),
  '-': () => zoom(0.8),
  0: () => fit(null, true),
};
const NODE_KEYS = { e: grow, c: shrink, h: hide, p: pin, f: startFrom, w: beginPath };

function stageKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key in WAYS) {
    event.preventDefault();
    const id = towards(WAYS[key]);
    if (id !== undefined) {
      choose({ node: id });
      reveal(id);
    }
  } else if (STAGE_KEYS[key]) {
    event.preventDefault();
    STAGE_KEYS[key]();
  } else if (NODE_KEYS[key] && state.chosen && state.chosen.node !== undefined) {
    event.preventDefault();
    if (key === 'w' || pathFrom === null) NODE_KEYS[key](state.chosen.node);
  } else if (key === ' ' && pathFrom !== null && state.chosen && state.chosen.node !== undefined) {
    event.preventDefault();
    finishPath(state.chosen.node);
  }
}

function pageKey(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !typing) {
    event.preventDefault();
    if (event.shiftKey) redo();
    else undo();
  } else if (event.key === '/' && !typing) {
    event.preventDefault();
    byId('query').focus();
  } else if (event.key === 'Escape') {
    if (document.body.classList.contains('legend-open')) {
      closeMenu();
      return;
    }
    if (pathFrom !== null) pathFrom = null;
    else if (state.path)
      change((s) => {
        s.path = null;
      });
    else if (state.chosen) choose(null);
    byId('stage').focus({ preventScroll: true });
  }
}

function openKeys() {
  byId('stage').addEventListener('keydown', stageKey);
  document.addEventListener('keydown', pageKey);
}
