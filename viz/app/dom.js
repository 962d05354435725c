// Making elements. Text enters as text nodes and attribute values only, never as markup.
function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === 'on') for (const [event, run] of Object.entries(value)) made.addEventListener(event, run);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== ''));
  return made;
}

function svg(tag, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// Whether a server of ours shows this page; then there are pages to go back to.
const SERVED = /^https?:$/.test(location.protocol) && location.pathname === '/graph';
const ID = GRAPH.prefixes.id;
const pageOf = (iri) => iri.startsWith(ID) && `/id/${iri.slice(ID.length).split('/').map(encodeURIComponent).join('/')}`;

const byId = (id) => document.getElementById(id);

// A thing's symbol, as in the picture.
function badge(look, side) {
  return svg(
    'svg',
    { viewBox: '-1.3 -1.3 2.6 2.6', width: side, height: side, 'aria-hidden': 'true', class: 'badge' },
    svg('path', { d: LOOK.shapes[look.shape], fill: colorOf(look) }),
    svg('path', {
      d: LOOK.icons[look.icon],
      transform: 'translate(-.62 -.62) scale(.0517)',
      fill: 'none',
      stroke: '#fff',
      'stroke-width': 2,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    }),
  );
}

const button = (label, run, attributes, ...children) =>
  el('button', { type: 'button', on: { click: run }, ...attributes }, ...(children.length ? children : [label]));

// Signs of the toolbar, drawn in a box from 0 to 20.
const TOOL_SIGNS = {
  fit: 'M3 8V3h5 M12 3h5v5 M17 12v5h-5 M8 17H3v-5',
  undo: 'M8 5L4 9l4 4 M4 9h8a4 4 0 0 1 0 8h-2',
  redo: 'M12 5l4 4-4 4 M16 9H8a4 4 0 0 0 0 8h2',
  theme: 'M10 3a7 7 0 1 0 7 7 5.5 5.5 0 0 1-7-7z',
  save: 'M10 3v9 M6 9l4 4 4-4 M4 16.5h12',
  menu: 'M3 5.5h14 M5.5 10h9 M8 14.5h4',
  reset: 'M4 4v4h4 M4.5 8a6.5 6.5 0 1 1-.8 4',
};
const sign = (name) =>
  svg(
    'svg',
    { viewBox: '0 0 20 20', width: 20, height: 20, 'aria-hidden': 'true' },
    svg('path', {
      d: TOOL_SIGNS[name],
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 1.8,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    }),
  );

function say(words) {
  byId('say').textContent = words;
}

function toast(words) {
  say(words);
  const box = byId('toast');
  box.textContent = words;
  box.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => {
    box.hidden = true;
  }, 2600);
}
