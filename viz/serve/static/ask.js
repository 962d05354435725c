// The first page: run what stands in the editor, show the answer as a table, a picture or as it came.
import { bindings, picture, raw, table, triples } from './results.js';

const ID = 'https://w3id.org/presskg/id/';
const FIRST = `# 누가 무엇을 함께 열었나?
PREFIX press: <https://w3id.org/presskg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?누가 ?행사 ?언제 WHERE {
  ?누가 press:coHosted ?행사 .
  OPTIONAL { ?행사 press:startDate ?언제 }
}
ORDER BY DESC(?언제)
LIMIT 50`;
const FILES = {
  triples: [['Turtle', 'text/turtle', 'ttl'], ['JSON-LD', 'application/ld+json', 'jsonld'], ['N-Triples', 'application/n-triples', 'nt']],
  rows: [['CSV', 'text/csv', 'csv'], ['TSV', 'text/tab-separated-values', 'tsv'], ['JSON', 'application/sparql-results+json', 'json']],
};
const RESULTS = 'application/sparql-results+json;q=1, text/turtle;q=0.9';
const form = document.getElementById('ask');
const answer = document.getElementById('answer');
const shown = document.getElementById('shown');
const took = document.getElementById('took');
const files = document.getElementById('files');
const tabs = [...document.querySelectorAll('[data-tab]')];
const vocabulary = await (await fetch('/terms.json')).json();
// YASQE stands in the page before this module where the build fetched it.
const { editor: made } = await import(globalThis.Yasqe ? './yasqe.js' : './plain.js');
const editor = made(document.getElementById('query'), vocabulary, () => form.requestSubmit());
let last = null;

async function send(query, accept) {
  const fields = new URLSearchParams({ query, timeout: document.getElementById('timeout').value });
  const reply = await fetch('/sparql', { method: 'POST', body: fields, headers: { accept } });
  return { status: reply.status, type: (reply.headers.get('content-type') || '').split(';')[0], text: await reply.text() };
}

async function run() {
  const query = editor.text;
  if (!query.trim()) return;
  const button = form.querySelector('.run');
  button.disabled = true;
  took.textContent = '묻는 중…';
  answer.hidden = false;
  const start = performance.now();
  try {
    last = { query, ...(await send(query, RESULTS)) };
  } catch {
    last = { query, status: 0, type: '', text: '서버가 답하지 않습니다.' };
  }
  button.disabled = false;
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  if (query !== FIRST) {
    const address = new URL(location);
    address.search = query.length < 6000 ? new URLSearchParams({ query }) : '';
    history.replaceState(null, '', address);
  }
  await show('table');
  took.textContent = last.status === 200 ? `${count()} · ${seconds}초` : '';
}

function count() {
  if (last.type === 'text/turtle') return '그래프';
  const body = JSON.parse(last.text);
  return body.results ? `${body.results.bindings.length.toLocaleString('ko')}줄` : '참·거짓';
}

function downloads() {
  const kinds = FILES[last.type === 'text/turtle' ? 'triples' : 'rows'];
  files.replaceChildren(...(last.status === 200 ? kinds : []).map(([name, type, ending]) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = name;
    button.addEventListener('click', () => save(type, ending));
    return button;
  }));
}

async function save(type, ending) {
  const reply = await send(last.query, type);
  if (reply.status !== 200) return;
  const link = document.createElement('a');
  // Spreadsheets read Korean in a CSV file only with this mark at its head.
  link.href = URL.createObjectURL(new Blob([ending === 'csv' ? '\ufeff' : '', reply.text], { type }));
  link.download = `answer.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function show(tab) {
  for (const button of tabs) button.setAttribute('aria-selected', String(button.dataset.tab === tab));
  downloads();
  if (last.status !== 200) {
    const words = document.createElement('p');
    words.className = 'error';
    words.setAttribute('role', 'alert');
    words.textContent = last.text.trim();
    shown.replaceChildren(words);
    return;
  }
  if (tab === 'raw') { shown.replaceChildren(raw(last.text)); return; }
  if (tab === 'picture') {
    const reply = await send(last.query, 'image/svg+xml');
    shown.replaceChildren(picture(reply));
    return;
  }
  const graph = last.type === 'text/turtle';
  const rows = graph ? triples(await send(last.query, 'application/n-triples')) : bindings(JSON.parse(last.text));
  const things = await named(rows);
  shown.replaceChildren(table(rows, (iri) => look(iri, things)));
}

// The names of the things in an answer, asked of this server.
async function named(rows) {
  const ends = rows.cells.flat().map((term) => term && (term.thing || (term.type === 'uri' && term.value)));
  const iris = new Set(ends.filter((iri) => iri && iri.startsWith(ID)));
  if (!iris.size) return {};
  const fields = new URLSearchParams([...iris].slice(0, 2000).map((iri) => ['iri', iri]));
  const reply = await fetch('/names', { method: 'POST', body: fields });
  return reply.ok ? reply.json() : {};
}

// What a reader sees of an IRI: terms of the ontology by their Korean label, others with a prefix.
function look(iri, things) {
  if (things[iri]) return { words: things[iri].name, title: iri, href: things[iri].href, kind: things[iri].kind, beside: things[iri].beside };
  const bases = Object.entries(vocabulary.prefixes).filter(([, base]) => iri.startsWith(base));
  const [fitting] = bases.sort((a, b) => b[1].length - a[1].length);
  const name = fitting ? `${fitting[0]}:${iri.slice(fitting[1].length)}` : iri;
  const term = vocabulary.terms.find((row) => row.name === name);
  const local = iri.startsWith(ID) ? iri.slice(ID.length) : null;
  const page = local !== null && `/id/${local.split('/').map(encodeURIComponent).join('/')}`;
  const href = page || (/^https?:\/\//i.test(iri) ? iri : null);
  return { words: term ? term.ko : local !== null ? local.replaceAll('_', ' ') : name, title: iri, href: term ? null : href };
}

form.addEventListener('submit', (event) => { event.preventDefault(); run(); });
for (const button of tabs) button.addEventListener('click', () => last && show(button.dataset.tab));
for (const button of document.querySelectorAll('[data-example]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    editor.text = vocabulary.questions.find((question) => question.name === button.dataset.example).text.trimEnd();
    run();
    form.scrollIntoView({ block: 'nearest' });
  });
}

if (!editor.text.trim()) editor.text = FIRST;
await run();
document.documentElement.dataset.ready = 'yes';
