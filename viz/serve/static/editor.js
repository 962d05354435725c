// A textarea over a coloured copy of its text, and a list of words that may follow.
const KEYWORDS = ['SELECT', 'DISTINCT', 'WHERE', 'CONSTRUCT', 'DESCRIBE', 'ASK', 'PREFIX', 'FILTER', 'OPTIONAL', 'UNION', 'MINUS', 'GRAPH', 'BIND', 'VALUES',
  'FROM', 'NAMED', 'ORDER BY', 'GROUP BY', 'HAVING', 'LIMIT', 'OFFSET', 'COUNT', 'SUM', 'AVG', 'MIN', 'MAX', 'SAMPLE', 'GROUP_CONCAT', 'CONTAINS', 'STRSTARTS',
  'REGEX', 'LANG', 'STR', 'LCASE', 'YEAR', 'MONTH', 'BOUND', 'COALESCE', 'IF', 'IN', 'NOT', 'EXISTS', 'AS', 'DESC', 'ASC', 'UNDEF', 'BASE', 'BY', 'ORDER', 'GROUP'];
const TOKENS = new RegExp([
  '(?<c>#[^\\n]*)', '(?<i><[^<>"{}|^`\\\\\\s]*>)', '(?<s>"""[^]*?"""|"(?:[^"\\\\\\n]|\\\\.)*"|\'(?:[^\'\\\\\\n]|\\\\.)*\')',
  '(?<v>[?$][\\p{L}\\p{N}_]+)', '(?<p>[\\p{L}][\\p{L}\\p{N}_-]*:[\\p{L}\\p{N}_.%-]*)', '(?<w>[A-Za-z_]+)',
].join('|'), 'gu');
const WORDS = new Set(KEYWORDS.flatMap((word) => word.split(' ')));

const area = document.getElementById('query');
const shade = document.getElementById('shade');
const list = document.getElementById('words');
let vocabulary = { prefixes: {}, terms: [], questions: [] };
let offers = [];
let chosen = 0;

export const editor = { get text() { return area.value; }, set text(value) { area.value = value; paint(); }, focus: () => area.focus() };

export function learn(words) { vocabulary = words; }

function paint() {
  const text = area.value;
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(TOKENS)) {
    const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    if (kind === 'w' && !WORDS.has(match[0].toUpperCase()) && match[0] !== 'a') continue;
    parts.push(text.slice(at, match.index));
    const span = document.createElement('span');
    span.className = kind;
    span.textContent = match[0];
    parts.push(span);
    at = match.index + match[0].length;
  }
  shade.replaceChildren(...parts, text.slice(at), '\n');
  area.style.height = 'auto';
  area.style.height = `${Math.min(Math.max(area.scrollHeight, 300), 640)}px`;
  shade.scrollTop = area.scrollTop;
}

// The word before the caret, and what may stand for it: our terms by name or by label, prefixes, variables of the query, keywords.
function before() {
  const head = area.value.slice(0, area.selectionStart);
  return /[?$]?[\p{L}\p{N}_]*:?[\p{L}\p{N}_-]*$/u.exec(head)[0];
}

function candidates(word) {
  if (!word) return [];
  const low = word.toLowerCase();
  if (/^[?$]/.test(word)) {
    const found = new Set([...area.value.matchAll(/[?$][\p{L}\p{N}_]+/gu)].map((match) => match[0]));
    found.delete(word);
    return [...found].filter((name) => name.toLowerCase().startsWith(low)).map((name) => ({ text: name, note: '변수' }));
  }
  const local = low.includes(':') ? low : null;
  const terms = vocabulary.terms.filter(({ name, ko, en }) => (local ? name.toLowerCase().startsWith(local)
    : name.split(':')[1].toLowerCase().startsWith(low) || ko.includes(word) || en.toLowerCase().startsWith(low)))
    .map(({ name, ko }) => ({ text: name, note: ko }));
  const prefixes = local ? [] : Object.keys(vocabulary.prefixes).filter((name) => name.startsWith(low)).map((name) => ({ text: `${name}:`, note: '머리말' }));
  const keywords = local || word.length < 2 ? [] : KEYWORDS.filter((name) => name.startsWith(word.toUpperCase()) && name !== word.toUpperCase()).map((name) => ({ text: name, note: '' }));
  return [...prefixes, ...keywords, ...terms].filter((offer) => offer.text !== word).slice(0, 40);
}

function offer(force) {
  const word = before();
  offers = word || force ? candidates(word) : [];
  chosen = 0;
  list.hidden = !offers.length;
  if (!offers.length) return;
  list.replaceChildren(...offers.map((item, i) => {
    const row = document.createElement('li');
    row.setAttribute('role', 'option');
    row.setAttribute('aria-selected', String(i === 0));
    const name = document.createElement('b');
    name.textContent = item.text;
    const note = document.createElement('small');
    note.textContent = item.note;
    row.append(name, note);
    row.addEventListener('mousedown', (event) => { event.preventDefault(); take(i); });
    return row;
  }));
  const at = caret(word.length);
  list.style.left = `${Math.min(at.x, Math.max(area.clientWidth - 300, 0))}px`;
  list.style.top = `${at.y + 24}px`;
}

// Where the word before the caret begins, measured in the coloured copy, which has the same letters in the same places.
function caret(back) {
  let rest = area.selectionStart - back;
  const walker = document.createTreeWalker(shade, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (rest <= node.length) {
      const range = document.createRange();
      range.setStart(node, rest);
      range.setEnd(node, Math.min(rest + 1, node.length));
      const box = range.getBoundingClientRect();
      const frame = shade.getBoundingClientRect();
      return { x: box.left - frame.left, y: box.top - frame.top };
    }
    rest -= node.length;
  }
  return { x: 16, y: 16 };
}

function take(i) {
  const word = before();
  const { text } = offers[i];
  area.setRangeText(text, area.selectionStart - word.length, area.selectionStart, 'end');
  const prefix = text.split(':')[0];
  if (text.includes(':') && !new RegExp(`PREFIX\\s+${prefix}:`, 'i').test(area.value)) {
    const line = `PREFIX ${prefix}: <${vocabulary.prefixes[prefix]}>\n`;
    const at = area.selectionStart + line.length;
    area.setRangeText(line, 0, 0, 'preserve');
    area.setSelectionRange(at, at);
  }
  list.hidden = true;
  paint();
  if (text.endsWith(':')) offer(true);
}

function step(by) {
  chosen = (chosen + by + offers.length) % offers.length;
  [...list.children].forEach((row, i) => row.setAttribute('aria-selected', String(i === chosen)));
  list.children[chosen].scrollIntoView({ block: 'nearest' });
}

area.addEventListener('input', (event) => { paint(); offer(false); if (event.inputType === 'insertFromPaste') list.hidden = true; });
area.addEventListener('scroll', () => { shade.scrollTop = area.scrollTop; });
area.addEventListener('blur', () => { list.hidden = true; });
area.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  if (event.ctrlKey && event.key === ' ') { event.preventDefault(); offer(true); return; }
  if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') { event.preventDefault(); list.hidden = true; area.form.requestSubmit(); return; }
  if (list.hidden) return;
  const act = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Tab: () => take(chosen), Enter: () => take(chosen), Escape: () => { list.hidden = true; } }[event.key];
  if (act) { event.preventDefault(); act(); }
});
document.querySelector('.editor').classList.add('lit');
paint();
