// Answers as elements; whatever an answer holds enters the page as text.
const MOST = 1000;

function made(tag, words, attributes = {}) {
  const element = document.createElement(tag);
  if (words !== null) element.textContent = words;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function cell(term, look) {
  const box = made('td', null);
  if (!term) return box;
  if (term.type === 'uri' || term.thing) {
    const { words, title, href, kind, beside } = look(term.thing || term.value);
    const shown = term.type === 'uri' ? words : term.value;
    const name = href ? made('a', shown, { href, title }) : made('span', shown, { title });
    if (kind) name.className = `marked c-${kind.replace(/[^A-Za-z0-9]/g, '-')}`;
    box.append(name, ...(beside ? [' ', made('small', beside, { class: 'who' })] : []));
    return box;
  }
  if (/#(integer|decimal|double|float|int|long)$/.test(term.datatype || '')) box.className = 'number';
  if (/^\d{4}(-\d\d){0,2}$/.test(term.value)) box.className = 'day';
  box.append(made('span', term.value, term['xml:lang'] ? { lang: term['xml:lang'] } : {}));
  return box;
}

// Rows as the table shows them: the names of the columns, the first rows, how many there are; or the truth of a question.
export function bindings(body) {
  if (body.boolean !== undefined) return { truth: body.boolean, cells: [] };
  const { vars } = body.head;
  const rows = body.results.bindings;
  // ?eventIri holds the thing that ?event names: one column for both
  const heads = vars.filter((name) => !(name.endsWith('Iri') && vars.includes(name.slice(0, -3))));
  const term = (row, name) => row[name] && { ...row[name], thing: row[`${name}Iri`] && row[`${name}Iri`].value };
  return { heads, cells: rows.slice(0, MOST).map((row) => heads.map((name) => term(row, name))), total: rows.length };
}

export function table({ truth, heads, cells, total }, look) {
  if (truth !== undefined) return made('p', truth ? '예 (true)' : '아니요 (false)', { class: 'empty' });
  if (!total) return made('p', '그래프가 아는 답이 없습니다.', { class: 'empty' });
  const body = made('tbody', null);
  body.append(...cells.map((row) => {
    const line = made('tr', null);
    line.append(...row.map((term) => cell(term, look)));
    return line;
  }));
  const head = made('thead', null);
  const line = made('tr', null);
  line.append(...heads.map((name) => made('th', name, { scope: 'col' })));
  head.append(line);
  const whole = made('table', null);
  whole.append(head, body);
  const box = document.createDocumentFragment();
  box.append(whole);
  const cut = `처음 ${cells.length.toLocaleString('ko')}줄만 보입니다. 모두는 CSV로 받으세요.`;
  if (total > cells.length) box.append(made('p', cut, { class: 'fine' }));
  return box;
}

// One triple a line: IRIs, and literals with escapes of JSON's kind.
const TRIPLE = /^(<[^>]*>|_:\S+) (<[^>]*>) (.*) \.$/;
const LITERAL = /^("(?:[^"\\]|\\.)*")(?:@([\w-]+)|\^\^<([^>]*)>)?$/;

function term(words) {
  if (words.startsWith('<')) return { type: 'uri', value: words.slice(1, -1) };
  const literal = LITERAL.exec(words);
  if (!literal) return { type: 'literal', value: words };
  const whole = literal[1].replace(/\\U([0-9A-Fa-f]{8})/g, (_, code) => String.fromCodePoint(parseInt(code, 16)));
  const text = whole.replaceAll("\\'", "'");
  return { type: 'literal', value: JSON.parse(text.replaceAll('\t', '\\t')), 'xml:lang': literal[2], datatype: literal[3] };
}

export function triples(reply) {
  const lines = reply.text.split('\n').filter(Boolean);
  const cells = lines.slice(0, MOST).map((line) => TRIPLE.exec(line)).filter(Boolean).map((match) => match.slice(1, 4).map(term));
  return { heads: ['주어', '관계', '목적어'], cells, total: lines.length };
}

export const raw = (text) => made('pre', text.length > 400000 ? `${text.slice(0, 400000)}\n…` : text);

export function picture(reply) {
  const parsed = new DOMParser().parseFromString(reply.text, 'image/svg+xml').documentElement;
  if (reply.status !== 200 || parsed.nodeName !== 'svg') return made('p', reply.text, { class: 'error' });
  if (!parsed.querySelector('.thing')) return made('p', '그림으로 그릴 것이 없습니다. 답에 그래프의 것(IRI나 이름)이 있어야 합니다.', { class: 'empty' });
  return document.importNode(parsed, true);
}
