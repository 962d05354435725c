// Finding Korean names as people type them: initials, half-typed syllables, particles, spacing that differs.
const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
const PARTICLES =
  /(?:에게서|으로부터|에서는|이라는|께서|에게|에서|으로|까지|부터|처럼|보다|하고|이나|은|는|이|가|을|를|의|에|와|과|도|로)$/;

const fold = (text) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s·・‘’“”"'()[\]<>『』「」,.\-_]+/g, '');

function initials(text) {
  let out = '';
  for (const char of text) {
    const code = char.charCodeAt(0) - 0xac00;
    out += code >= 0 && code < 11172 ? INITIALS[Math.floor(code / 588)] : char;
  }
  return out;
}

// The syllable being typed matches every syllable that it may become: 인ㅅ, 인사혀, 수자우(원), 인샇(사ㅎ).
const GROWS = { 8: [9, 10, 11], 13: [14, 15, 16], 18: [19] };
const FINALS = [...' ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'];
function tailMatches(name, query) {
  const at = name.indexOf(query.slice(0, -1));
  if (at < 0) return false;
  const spot = at + query.length - 1;
  const next = name.charCodeAt(spot) - 0xac00;
  if (!(next >= 0 && next < 11172)) return false;
  const typed = query.charCodeAt(query.length - 1) - 0xac00;
  if (!(typed >= 0 && typed < 11172)) return INITIALS[Math.floor(next / 588)] === query[query.length - 1];
  const vowel = Math.floor((typed % 588) / 28);
  const final = typed % 28;
  if (Math.floor(next / 588) !== Math.floor(typed / 588)) return false;
  const sameVowel = Math.floor((next % 588) / 28);
  if (final === 0) return sameVowel === vowel || (GROWS[vowel] || []).includes(sameVowel);
  return next === typed - final && initials(name.charAt(spot + 1)) === FINALS[final];
}

// How well a name answers a query, 0 where it does not: whole, start, inside, initials, shortened.
function answers(name, query) {
  if (!query) return 0;
  if (name === query) return 100;
  if (name.startsWith(query)) return 80;
  if (name.includes(query)) return 60;
  if (tailMatches(name, query)) return 50;
  if ([...query].every((char) => INITIALS.includes(char))) {
    const short = initials(name);
    return short.startsWith(query) ? 70 : short.includes(query) ? 40 : 0;
  }
  return shortens(name, query) ? 35 : 0;
}

// 인사처 for 인사혁신처: the same first and last syllable, the others in their order.
function shortens(name, query) {
  if (query.length < 3 || query[0] !== name[0] || query[query.length - 1] !== name[name.length - 1]) return false;
  let at = 0;
  for (const char of name) if (char === query[at]) at += 1;
  return at === query.length;
}

let names = null;
function search(text, most) {
  names =
    names ||
    NODES.filter((node) => node.look.shown || node.look.family === LOOK.parts.article).map((node) => ({
      node,
      keys: [node.name, ...node.also].map(fold),
    }));
  const whole = fold(text);
  const bare = fold(text.trim().replace(PARTICLES, ''));
  const queries = bare && bare !== whole ? [whole, bare] : [whole];
  if (!whole) return [];
  const hits = [];
  for (const { node, keys } of names) {
    let best = 0;
    let by = '';
    keys.forEach((key, i) =>
      queries.forEach((query, q) => {
        const score = answers(key, query) - 3 * (i > 0) - 5 * q;
        if (score > best) {
          best = score;
          by = i > 0 ? node.also[i - 1] : '';
        }
      }),
    );
    if (best > 0)
      hits.push({
        node,
        by,
        score: best + Math.min(9, Math.log2(1 + node.degree)) - (node.look.family === LOOK.parts.article ? 8 : 0),
      });
  }
  return hits
    .sort((a, b) => b.score - a.score || a.node.name.length - b.node.name.length || a.node.id - b.node.id)
    .slice(0, most);
}
