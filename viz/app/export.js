// Taking it away: the picture as PNG or SVG, the visible statements as Turtle, a print.
function frame() {
  const boxes = [...now.nodes].map((id) => boxAt(id, spot(id), 26));
  return boxes.length ? [0, 1, 2, 3].map((k) => (k < 2 ? Math.min : Math.max)(...boxes.map((box) => box[k]))) : [0, 0, 10, 10];
}

function save(name, type, parts) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = el('a', { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 4000);
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

function savePng() {
  const [left, top, right, bottom] = frame();
  const scale = Math.min(2, 8000 / Math.max(right - left, bottom - top));
  const canvas = el('canvas', { width: Math.round((right - left) * scale), height: Math.round((bottom - top) * scale) });
  const ctx = canvas.getContext('2d');
  ctx.fillStyle = paint().paper;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.scale(scale, scale);
  ctx.translate(-left, -top);
  for (const line of now.lines) {
    const at = ends(line);
    ctx.strokeStyle = ctx.fillStyle = colorOf(lead(line).kind);
    ctx.lineWidth = lead(line).kind.width;
    ctx.beginPath();
    ctx.moveTo(...at.a);
    ctx.lineTo(...at.b);
    ctx.stroke();
    ctx.beginPath();
    head(at).forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.fill();
  }
  for (const id of now.nodes) {
    const [x, y] = spot(id);
    if (NODES[id].w) drawCard(ctx, NODES[id], x, y, {});
    else {
      drawThing(ctx, NODES[id], x, y, {});
      drawName(ctx, NODES[id], x, y);
    }
  }
  drawLineWords(ctx, 1);
  canvas.toBlob((blob) => save('graph.png', 'image/png', [blob]), 'image/png');
}

function saveSvg() {
  const [left, top, right, bottom] = frame();
  const text = (x, y, size, weight, color, words, anchor) =>
    svg(
      'text',
      {
        x,
        y,
        'font-size': size,
        'font-weight': weight,
        fill: color,
        'text-anchor': anchor,
        'dominant-baseline': 'central',
        ...(anchor === 'middle' ? { stroke: paint().halo, 'stroke-width': 3, 'paint-order': 'stroke' } : {}),
      },
      words,
    );
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
  );
  const words = [];
  for (const line of now.lines) {
    const at = ends(line);
    const color = colorOf(lead(line).kind);
    root.append(
      svg('path', {
        d: `M${at.a.map((n) => n.toFixed(1))}L${at.b.map((n) => n.toFixed(1))}`,
        stroke: color,
        'stroke-width': lead(line).kind.width,
        fill: 'none',
      }),
      svg('path', {
        d: `M${head(at)
          .map((p) => p.map((n) => n.toFixed(1)).join(' '))
          .join('L')}Z`,
        fill: color,
      }),
    );
    words.push(text((at.a[0] + at.b[0]) / 2, (at.a[1] + at.b[1]) / 2, 11, 500, color, lineWords(line), 'middle'));
  }
  for (const id of now.nodes) {
    const node = NODES[id];
    const [x, y] = spot(id);
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
      root.append(
        svg('rect', { x: x - node.w / 2, y: y - node.h / 2, width: node.w, height: node.h, rx: 14, fill: color }),
        icon(x - node.w / 2 + 27, y, 28),
        ...lines.map((line, i) => text(x - node.w / 2 + 50, high + 10 + i * 20, 15, 700, '#fff', line, 'start')),
        ...small.map((line, i) =>
          text(x - node.w / 2 + 50, high + lines.length * 20 + 9 + i * 16, 11, 500, '#fff', line, 'start'),
        ),
      );
    } else {
      root.append(
        svg('path', { d: LOOK.shapes[node.look.shape], transform: `translate(${x} ${y}) scale(${node.size})`, fill: color }),
        icon(x, y, node.size * 1.15),
        ...lines.map((line, i) => text(x, y + node.size + 14 + i * 17, 13, 600, paint().ink, line, 'middle')),
        ...small.map((line) => text(x, y + node.size + 13 + lines.length * 17, 11, 400, paint().muted, line, 'middle')),
      );
    }
  }
  root.append(...words);
  save('graph.svg', 'image/svg+xml', [new XMLSerializer().serializeToString(root)]);
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

function turtle() {
  const out = Object.entries(GRAPH.prefixes).map(([prefix, base]) => `@prefix ${prefix}: ${iriText(base)} .`);
  for (const id of [...now.nodes].sort((a, b) => a - b)) {
    const node = NODES[id];
    const rows = [
      `a ${propertyText(node.cls)}`,
      `skos:prefLabel ${literalText(node.name)}@${/[\uac00-\ud7a3\u3131-\u318e]/.test(node.name) || !/[a-z]/i.test(node.name) ? 'ko' : 'en'}`,
    ];
    for (const [rel, value, , type] of node.facts) rows.push(`${propertyText(rel)} ${termText(value, type)}`);
    for (const line of now.lines)
      if (line.from === id || line.to === id)
        for (const edge of line.edges)
          if (edge.from === id) rows.push(`${propertyText(edge.rel)} ${iriText(NODES[edge.to].iri)}`);
    out.push('', `${iriText(node.iri)} ${rows.join(' ;\n    ')} .`);
  }
  return `${out.join('\n')}\n`;
}
const saveTurtle = () => save('graph.ttl', 'text/turtle', [turtle()]);
