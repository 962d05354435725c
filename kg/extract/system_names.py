"""Which words of a sentence name a platform or a service."""

from __future__ import annotations

import re

from kg.analyze.names.words import words_of
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import last_word
from kg.knowledge.load import Knowledge
from kg.model import Mention
from kg.syntax.arguments import SUBJECT, TOPIC

PHASE = re.compile(r"(?<![\d가-힣])(?:제\s?)?(\d)\s?단계")
_ABOUT = SUBJECT | TOPIC | {"에서", "에서는", "의"}
_NO_NAME = re.compile(r"[.?!]|다$")


def systems_in(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> dict[int, Mention]:
    """The systems of a sentence by their phrases: what a word says to be one, or the sentence itself; not the noun that only defines one."""
    found: dict[int, Mention] = {}
    for i, phrase in enumerate(sentence.phrases):
        if phrase.kind != "NP" or not phrase.tokens:
            continue
        named = _quoted(reading, sentence, i, knowledge) if phrase.quoted else _bare(reading, sentence, i, knowledge)
        if named is None:
            continue
        defines = found and i + 1 < len(sentence.phrases) and sentence.phrases[i + 1].lemma == "이다"
        if not defines and (named.certain or _vouched(reading, sentence, i, knowledge)):
            found[i] = named
    return found


def is_kind(word: str, words: frozenset[str]) -> bool:
    """Whether a word is one of some, or ends with one."""
    return word in words or any(word[-size:] in words for size in range(2, len(word)))


def _quoted(reading: Reading, sentence: SentenceReading, i: int, knowledge: Knowledge) -> Mention | None:
    """‘○○’ 시스템, 새 플랫폼 ‘○○’, ‘○○ 포털’ 구축; a name without such a word is not certain."""
    tokens, phrase, systems = reading.tokens, sentence.phrases[i], knowledge.systems
    opening, closing = phrase.quoted[-1]
    start, end = tokens.ends[opening], tokens.starts[closing]
    name, kinds = tokens.text[start:end].strip(), systems.heads | systems.kinds
    named = any(m.start <= start and end <= m.end and m.kind != "System" for m in sentence.heads[i])
    if named or not 2 <= len(name) <= 30 or _NO_NAME.search(name):
        return None
    after = [w.text for w in words_of(tokens, [t for t in phrase.tokens if t > closing])]
    ahead = [w.text for w in words_of(tokens, [t for t in phrase.tokens if t < opening])]
    own = is_kind(name.split(" ")[-1], systems.heads) or name.endswith("망")
    says = own or any(is_kind(word, kinds) for word in (*after[:1], *ahead[-1:]))
    if not all(w in systems.works or PHASE.match(w) or says and (is_kind(w, kinds) or w[0] in "(등") for w in after):
        return None
    name = re.sub(r"\s?\([^()]*\)$", "", name)
    return Mention(start=start, end=start + len(name), kind="System", name=name, rule="system", certain=says)


def _bare(reading: Reading, sentence: SentenceReading, i: int, knowledge: Knowledge) -> Mention | None:
    """인재 육성 플랫폼: two words or more of which the last is one's head."""
    systems, words = knowledge.systems, words_of(reading.tokens, sentence.phrases[i].tokens)
    while len(words) > 1 and (words[-1].text in systems.works - systems.heads or PHASE.fullmatch(words[-1].text)):
        words = words[:-1]
    leading = systems.new | knowledge.events.determiners
    while len(words) > 1 and (words[0].text in leading or words[0].text[0].isdigit()):
        words = words[1:]
    if not 2 <= len(words) <= 6 or not is_kind(words[-1].text, systems.heads) or {"등", "및"} & {w.text for w in words}:
        return None
    start, end = words[0].start, words[-1].end
    return Mention(start=start, end=end, kind="System", name=reading.tokens.text[start:end], rule="system")


def _vouched(reading: Reading, sentence: SentenceReading, i: int, knowledge: Knowledge) -> bool:
    """Whether a sentence defines a quoted name as a system (‘○○’은 … 플랫폼이다), or says what only systems do."""
    phrases, systems = sentence.phrases, knowledge.systems
    nouns = [last_word(reading, p) for p in phrases if p.kind == "NP" and p.tokens]
    if phrases[i].particle not in _ABOUT:
        return False
    if "기능" in nouns:
        return True
    opened = any(p.kind == "PRED" and p.lemma in systems.opened for p in phrases) and not systems.ways & set(nouns)
    defined = phrases[-1].lemma == "이다" and is_kind(nouns[-1], systems.heads | systems.kinds)
    return phrases[i].particle in TOPIC | SUBJECT and (opened or defined)
