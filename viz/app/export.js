// Taking it away: the picture as PNG or SVG, the visible statements as Turtle.
function save(name, type, parts) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = el('a', { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 4000);
}

function savePng() {
  const box = frame();
  const [width, height] = [box[2] - box[0], box[3] - box[1]];
  const scale = Math.min(2, 8000 / Math.max(width, height));
  const canvas = el('canvas', { width: Math.round(width * scale), height: Math.round(height * scale) });
  paintPicture(canvas.getContext('2d'), box, scale);
  canvas.toBlob((blob) => save('graph.png', 'image/png', [blob]), 'image/png');
}

function saveSvg() {
  save('graph.svg', 'image/svg+xml', [new XMLSerializer().serializeToString(drawing(frame(), 1))]);
}

// The view, all that the address holds, as a small file that this page opens again.
function saveView() {
  save('graph-view.json', 'application/json', [`${JSON.stringify({ presskg: 'graph', view: hash() }, null, 1)}\n`]);
}

function openView() {
  const file = el('input', { type: 'file', accept: '.json,application/json', id: 'view-file', hidden: true });
  file.addEventListener('change', async () => {
    let kept = {};
    try {
      kept = JSON.parse(await file.files[0].text()) || {};
    } catch {
      // no view
    }
    file.remove();
    if (kept.presskg !== 'graph' || typeof kept.view !== 'string') {
      toast(word('noView'));
      return;
    }
    past.push(shape());
    future.length = 0;
    history.replaceState(null, '', `#${kept.view}`);
    fromAddress();
    redraw();
  });
  document.body.append(file);
  file.click();
}

const iriText = (iri) =>
  `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}>`;
const literalText = (text) =>
  `"${text.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"`;
function termText(value, type) {
  if (type === 'iri') return iriText(value);
  if (type.startsWith('@')) return literalText(value) + type;
  return literalText(value) + (type ? `^^${iriText(type)}` : '');
}
const propertyText = (name) => (/^[a-z]+:[A-Za-z]\w*$/.test(name) && name.split(':')[0] in GRAPH.prefixes ? name : iriText(name));

const isKorean = (name) => /[\uac00-\ud7a3\u3131-\u318e]/.test(name) || !/[a-z]/i.test(name);

function turtle() {
  const out = Object.entries(GRAPH.prefixes).map(([prefix, base]) => `@prefix ${prefix}: ${iriText(base)} .`);
  const from = new Map();
  for (const edge of now.lines.flatMap((line) => line.edges)) from.set(edge.from, [...(from.get(edge.from) || []), edge]);
  for (const id of [...now.nodes].sort((a, b) => a - b)) {
    const node = NODES[id];
    const rows = [
      `a ${propertyText(node.cls)}`,
      `skos:prefLabel ${literalText(node.name)}@${isKorean(node.name) ? 'ko' : 'en'}`,
    ];
    for (const [rel, value, , type] of node.facts) rows.push(`${propertyText(rel)} ${termText(value, type)}`);
    for (const edge of from.get(id) || []) rows.push(`${propertyText(edge.rel)} ${iriText(NODES[edge.to].iri)}`);
    out.push('', `${iriText(node.iri)} ${rows.join(' ;\n    ')} .`);
  }
  return `${out.join('\n')}\n`;
}
const saveTurtle = () => save('graph.ttl', 'text/turtle', [turtle()]);
