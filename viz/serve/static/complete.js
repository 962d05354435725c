// What may follow the word before the caret: our terms by name or by label, prefixes, variables of the query, keywords.
const KEYWORDS = ['SELECT', 'DISTINCT', 'WHERE', 'CONSTRUCT', 'DESCRIBE', 'ASK', 'PREFIX', 'FILTER', 'OPTIONAL', 'UNION', 'MINUS',
  'GRAPH', 'BIND', 'VALUES', 'FROM', 'NAMED', 'ORDER BY', 'GROUP BY', 'HAVING', 'LIMIT', 'OFFSET', 'COUNT', 'SUM', 'AVG', 'MIN',
  'MAX', 'SAMPLE', 'GROUP_CONCAT', 'CONTAINS', 'STRSTARTS', 'REGEX', 'LANG', 'STR', 'LCASE', 'YEAR', 'MONTH', 'BOUND', 'COALESCE',
  'IF', 'IN', 'NOT', 'EXISTS', 'AS', 'DESC', 'ASC', 'UNDEF', 'BASE'];

export const wordBefore = (head) => /[?$]?[\p{L}\p{N}_]*:?[\p{L}\p{N}_-]*$/u.exec(head)[0];

// Nothing is offered inside a comment, an IRI or a string.
const WORDS = /(^|[\s;,.(){}\]])#.*$|<[^<>\s]*$|^([^"]|"[^"]*")*"[^"]*$/;
const inWords = (head) => WORDS.test(head.slice(head.lastIndexOf('\n') + 1));

export function candidates(head, query, { terms, prefixes }, { all = false } = {}) {
  const word = wordBefore(head);
  if (inWords(head) || (!word && !all)) return [];
  const low = word.toLowerCase();
  if (/^[?$]/.test(word)) {
    const found = new Set([...query.matchAll(/[?$][\p{L}\p{N}_]+/gu)].map((match) => match[0]));
    found.delete(word);
    return [...found].filter((name) => name.toLowerCase().startsWith(low)).map((name) => ({ text: name, note: '변수' }));
  }
  if (/(^|\s)PREFIX\s+\S*$/i.test(head)) {
    const begun = Object.entries(prefixes).filter(([name]) => name.startsWith(low));
    return begun.map(([name, iri]) => ({ text: `${name}: <${iri}>`, note: '접두어' }));
  }
  const local = low.includes(':') ? low : null;
  const fits = ({ name, ko, en }) => (local ? name.toLowerCase().startsWith(local)
    : name.split(':')[1].toLowerCase().startsWith(low) || ko.includes(word) || en.toLowerCase().startsWith(low));
  const known = terms.filter(fits).map(({ name, ko }) => ({ text: name, note: ko }));
  const begun = local ? [] : Object.keys(prefixes).filter((name) => name.startsWith(low));
  const heads = begun.map((name) => ({ text: `${name}:`, note: '접두어' }));
  const upper = word.toUpperCase();
  const keys = local || word.length < 2 ? [] : KEYWORDS.filter((name) => name.startsWith(upper) && name !== upper);
  return [...heads, ...keys.map((name) => ({ text: name, note: '' })), ...known].filter((offer) => offer.text !== word).slice(0, 40);
}

// The prefix of an offer that a query does not declare yet, as [name, IRI]; else nothing.
export function undeclared(text, query, { prefixes }) {
  const [name, rest] = text.split(':');
  if (rest === undefined || !prefixes[name] || new RegExp(`PREFIX\\s+${name}:`, 'i').test(query)) return null;
  return [name, prefixes[name]];
}

export function row(item, { text, note }) {
  const name = document.createElement('b');
  name.textContent = text;
  const words = document.createElement('small');
  words.textContent = note;
  item.append(name, words);
}
