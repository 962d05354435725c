// What can be done with a thing: open and close what is around it, hide it, pin it, start from it, find the way to another.
const GROW = 30;
let pathFrom = null;

function grow(id) {
  const more = hiddenAround(id, now.nodes).slice(0, GROW);
  if (!more.length) return;
  change((s) => {
    for (const other of more) {
      s.gone.delete(other);
      s.added.add(other);
    }
    s.chosen = { node: id };
  });
  toast(`+${more.length}`);
}

function shrink(id) {
  const gone = leaves(id, now);
  if (gone.length)
    change((s) => {
      for (const other of gone) {
        s.added.delete(other);
        s.gone.add(other);
      }
    });
}

function hide(id) {
  change((s) => {
    s.added.delete(id);
    s.gone.add(id);
    s.chosen = null;
  });
}

function pin(id) {
  change((s) => {
    if (s.pins.has(id)) s.pins.delete(id);
    else s.pins.set(id, spot(id));
  });
}

function startFrom(id) {
  change((s) => {
    Object.assign(s, { start: id, added: new Set(), gone: new Set(), path: null, chosen: { node: id } });
  });
}

function beginPath(id) {
  pathFrom = id;
  toast(word('pathPick'));
}

function finishPath(id) {
  const from = pathFrom;
  pathFrom = null;
  byId('toast').hidden = true;
  const path = id === from ? null : shortest(from, id);
  if (!path) {
    toast(word('noPath'));
    return;
  }
  change((s) => {
    for (const step of path) {
      s.gone.delete(step);
      s.added.add(step);
    }
    s.path = path;
    s.chosen = null;
  });
}

// Go to a thing wherever it is: into the picture where it is not there yet.
function go(id) {
  if (pathFrom !== null) {
    finishPath(id);
    return;
  }
  change((s) => {
    if (!now.nodes.has(id)) {
      s.off.delete(NODES[id].cls);
      s.gone.delete(id);
      if (GRAPH.many && !AROUND[id].some((line) => now.nodes.has(across(line, id))))
        Object.assign(s, { start: id, added: new Set(), gone: new Set() });
      else s.added.add(id);
    }
    s.path = null;
    s.chosen = { node: id };
  });
  if (now.nodes.has(id)) reveal(id);
}

function actions(id) {
  const more = now.nodes.has(id) ? hiddenAround(id, now.nodes).length : 0;
  return el(
    'div',
    { class: 'actions' },
    more > 0 && button(`${word('grow')} +${more}`, () => grow(id), { class: 'action main' }),
    button(word('shrink'), () => shrink(id), { class: 'action', disabled: !now.nodes.has(id) || !leaves(id, now).length }),
    button(word('from'), () => startFrom(id), { class: 'action' }),
    button(word('pathFrom'), () => beginPath(id), { class: 'action' }),
    button(word(isPinned(id) ? 'unpin' : 'pin'), () => pin(id), { class: 'action', 'aria-pressed': String(isPinned(id)) }),
    button(word('hide'), () => hide(id), { class: 'action' }),
  );
}
