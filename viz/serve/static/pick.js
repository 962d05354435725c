// A picture with its list: choosing a thing in either marks it in both, shows what is tied to it, and stands in the address; the view is
// kept as an address in a small file, the picture as PNG or SVG.
const whole = document.querySelector('[data-pick]');
const signs = new Map();
for (const sign of whole.querySelectorAll('svg [data-key]')) signs.set(sign.dataset.key, [...(signs.get(sign.dataset.key) || []), sign]);
const rows = new Map([...whole.querySelectorAll('tr[data-key]')].map((row) => [row.dataset.key, row]));
const ties = [...whole.querySelectorAll('svg [data-ends]')].map((tie) => ({ tie, ends: tie.dataset.ends.split(' ') }));
const panel = whole.querySelector('.picked');
const nameOf = (key) => rows.get(key).querySelector('.pick').textContent.trim();
let chosen = null;

// Where the picture is wider than its frame, the frame shows what a row is about.
function centre(key) {
  for (const sign of signs.get(key) || []) {
    const frame = sign.closest('.frame');
    const [seen, room] = [sign.getBoundingClientRect(), frame.getBoundingClientRect()];
    frame.scrollLeft += seen.left + seen.width / 2 - room.left - room.width / 2;
  }
}

function choose(key) {
  chosen = key === chosen || !rows.has(key) ? null : key;
  const near = new Set(ties.filter(({ ends }) => ends.includes(chosen)).flatMap(({ ends }) => ends));
  whole.classList.toggle('choosing', chosen !== null);
  for (const [one, list] of signs) {
    for (const sign of list) {
      sign.classList.toggle('chosen', one === chosen);
      sign.classList.toggle('near', near.has(one));
    }
  }
  for (const { tie, ends } of ties) tie.classList.toggle('near', ends.includes(chosen));
  for (const [one, row] of rows) {
    row.classList.toggle('chosen', one === chosen);
    row.querySelector('.pick').setAttribute('aria-pressed', String(one === chosen));
  }
  const mark = chosen === null ? '' : `#see=${encodeURIComponent(nameOf(chosen))}`;
  history.replaceState(null, '', location.pathname + location.search + mark);
  if (chosen !== null) centre(chosen);
  if (panel) tell();
}

// What is tied to the chosen body, each with the list of the events behind the line.
function tell() {
  panel.hidden = chosen === null;
  if (chosen === null) return;
  const row = rows.get(chosen);
  panel.querySelector('[data-name]').textContent = nameOf(chosen);
  const heads = [...whole.querySelectorAll('.ranks th abbr')].map((head) => head.title);
  const values = [...row.querySelectorAll('.number')].map((cell) => cell.textContent);
  panel.querySelector('[data-measures]').textContent = heads.map((head, at) => `${head} ${values[at]}`).join(' · ');
  panel.querySelector('[data-page]').href = row.dataset.href;
  const mine = ties.filter(({ ends }) => ends.includes(chosen)).reverse();
  panel.querySelector('[data-partners]').replaceChildren(
    ...mine.map(({ tie, ends }) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      const many = document.createElement('span');
      link.href = tie.getAttribute('href');
      link.textContent = nameOf(ends[0] === chosen ? ends[1] : ends[0]);
      many.textContent = tie.querySelector('title').textContent.split(': ').pop();
      item.append(link, many);
      return item;
    }),
  );
  panel.querySelector('[data-who]').value = nameOf(chosen);
  const others = [...rows.keys()].filter((key) => key !== chosen).map((key) => new Option(nameOf(key)));
  panel.querySelector('[data-with]').replaceChildren(...others);
}

for (const [key, list] of signs) {
  for (const sign of list) {
    sign.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || !rows.has(key)) return; // a new tab shows the page
      event.preventDefault();
      choose(key);
      if (chosen) rows.get(chosen).scrollIntoView({ block: 'nearest' });
    });
  }
}
for (const [key, row] of rows) row.querySelector('.pick').addEventListener('click', () => choose(key));
document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && chosen !== null) choose(chosen); });

function fromAddress() {
  const see = decodeURIComponent((/#see=(.*)$/.exec(location.href) || ['', ''])[1]);
  const key = [...rows.keys()].find((one) => nameOf(one) === see);
  if (key && key !== chosen) choose(key);
}
window.addEventListener('hashchange', fromAddress);

function save(name, url) {
  const link = document.createElement('a');
  Object.assign(link, { href: url, download: name });
  link.click();
}

// The picture as it is seen, colours and all, in a document of its own.
const LOOKS = ['fill', 'fill-opacity', 'stroke', 'stroke-opacity', 'stroke-width', 'font-size', 'font-weight', 'opacity', 'display', 'paint-order'];
function alone(svg) {
  const copy = svg.cloneNode(true);
  const from = [svg, ...svg.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, at) => {
    const seen = getComputedStyle(from[at]);
    for (const name of LOOKS) if (element !== copy) element.setAttribute(name, seen.getPropertyValue(name));
    element.removeAttribute('class');
  });
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  const { x, y, width, height } = svg.viewBox.baseVal;
  for (const [name, value] of Object.entries({ x, y, width, height, fill: getComputedStyle(svg.parentNode).backgroundColor })) paper.setAttribute(name, value);
  copy.prepend(paper);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

const encoded = (kind, text) => `data:${kind};charset=utf-8,${encodeURIComponent(text)}`;

function png(drawn) {
  return new Promise((done, failed) => {
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width: drawn.width * 2, height: drawn.height * 2 });
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      done(canvas.toDataURL('image/png'));
    };
    image.onerror = failed;
    image.src = encoded('image/svg+xml', drawn.text);
  });
}

for (const bar of document.querySelectorAll('[data-keep]')) {
  const name = bar.dataset.keep;
  const pictures = () => [...whole.querySelectorAll('svg')];
  bar.addEventListener('click', async (event) => {
    const kind = event.target.dataset.save;
    if (kind === 'view') save(`${name}.json`, encoded('application/json', JSON.stringify({ presskg: 'view', address: location.pathname + location.search + location.hash }, null, 1)));
    if (kind !== 'svg' && kind !== 'png') return;
    for (const [at, svg] of pictures().entries()) {
      const drawn = alone(svg);
      const file = `${name}${at ? `-${at + 1}` : ''}.${kind}`;
      save(file, kind === 'svg' ? encoded('image/svg+xml', drawn.text) : await png(drawn));
    }
  });
  bar.querySelector('[data-open]').addEventListener('change', async (event) => {
    const text = await event.target.files[0].text();
    let view = {};
    try { view = JSON.parse(text) || {}; } catch { /* not a view */ }
    // a view is an address of this server alone
    if (view.presskg === 'view' && /^\/(network|map)(\?|#|$)/.test(view.address)) location.assign(view.address);
  });
}
if (rows.size) centre(rows.keys().next().value);
fromAddress();
document.documentElement.dataset.picked = 'yes';
