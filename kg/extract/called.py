"""Names that only what is said of them vouches for: a body that was founded, the place where, a person before a title."""

from __future__ import annotations

import re

from kg.analyze.names.events import quoted_event
from kg.analyze.names.people import is_organization
from kg.analyze.names.words import is_person_name, title_in, words_of
from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.knowledge.signs import signs
from kg.model import Mention

_PROPER = ("NNP", "SL", "UN", "SH")


def eojeol(reading: Reading, phrase: Phrase) -> tuple[int, int, list[str]]:
    """(start, end, tags) of the last eojeol of a noun phrase, also where the analyser cut it in two."""
    tokens = reading.tokens
    last = phrase.tokens[-1]
    first = last
    while (
        first > 0 and not tokens.spaced[first] and tokens.tags[first] != "SPACE" and tokens.words[first - 1] not in "(),‘“「『·"
    ):
        first -= 1
    return tokens.starts[first], tokens.ends[last], [tokens.tags[i] for i in range(first, last + 1)]


def body_in(reading: Reading, sentence: SentenceReading, index: int, knowledge: Knowledge) -> Mention | None:
    """The body that a noun phrase names where the clause says that it is one; 이 기구 and 공단 take up one that was named before."""
    phrase = sentence.phrases[index]
    if phrase.kind != "NP" or not phrase.tokens:
        return None
    text = reading.tokens.surface(phrase.tokens[0], phrase.tokens[-1])
    start, end, tags = eojeol(reading, phrase)
    word = reading.tokens.text[start:end]
    if word in knowledge.organizations.generic or word in knowledge.bodies.kinds:
        return _named_before(reading, word, start, text.startswith(knowledge.signs.taking_up)) or _told_of(
            reading, word, start, knowledge
        )
    heads = sentence.heads[index]
    head = heads[-1] if heads else None
    if head is not None and is_organization(head) and (head.start >= start or head.end == end):
        return head
    for form in knowledge.bodies.forms:
        if (
            text.startswith(form)
            and 2 <= len(text) - len(form) <= 15
            and (name := text.removeprefix(form).strip())
            and " " not in name
        ):
            return Mention(
                start=end - len(name),
                end=end,
                kind="Company" if form in ("주식회사", "㈜", "(주)", "유한회사") else "Association",
                name=name,
                rule="named-by-form",
            )
    if head is not None and not schema().is_a(head.kind, "Event"):
        return None
    strong = next((s for s in knowledge.bodies.strong if word.endswith(s)), None)
    weak = next((s for s in knowledge.bodies.weak if word.endswith(s)), None)
    if (
        strong
        and len(word) >= len(strong) + 2
        or weak
        and len(word) >= len(weak) + 2
        and (any(t.startswith(_PROPER) for t in tags) or any(t[:1] == "E" for t in tags))
    ):
        return Mention(start=start, end=end, kind="Organization", name=word, rule="named-by-relation", certain=False)
    return None


def _named_before(reading: Reading, word: str, offset: int, taken_up: bool) -> Mention | None:
    """The one body named before an offset whose name ends with a word that names its kind."""
    before = [m for m in reading.within(offset - 299, offset) if is_organization(m) and m.name != word and m.rule != "alias"]
    fitting = [m for m in before if m.name.endswith(word)]
    if not fitting and taken_up and before:
        fitting = before[-1:]
    return fitting[-1] if len({m.name for m in fitting}) == 1 else None


def _told_of(reading: Reading, word: str, offset: int, knowledge: Knowledge) -> Mention | None:
    """The body that one of the two sentences before is about, where its name ends with a word and nothing else found it."""
    before = reading.sentences_before(offset, 2)
    for sentence in reversed(before):
        for i, phrase in enumerate(sentence.phrases):
            if phrase.kind == "NP" and phrase.particle in ("은", "는", "이", "가") and phrase.tokens and not sentence.heads[i]:
                start, end, _ = eojeol(reading, phrase)
                name = reading.tokens.text[start:end]
                if name != word and name.endswith(word):
                    return body_in(reading, sentence, i, knowledge)
    return None


def place_in(reading: Reading, sentence: SentenceReading, index: int, known: bool = False) -> Mention | None:
    """The place that a noun phrase ends with; a proper word that the gazetteer lacks too, unless only ``known`` ones will do."""
    phrase = sentence.phrases[index]
    if phrase.kind != "NP" or not phrase.tokens:
        return None
    start, end, tags = eojeol(reading, phrase)
    heads = sentence.heads[index]
    if heads:
        head = heads[-1]
        return head if schema().is_a(head.kind, "Place") and head.end == end else None
    word = reading.tokens.text[start:end]
    cut = any(t[:1] == "E" or t.startswith("V") for t in tags)
    if known or word in signs().no_place or not re.fullmatch(r"[가-힣]{2,7}", word) or not (tags[-1].startswith(_PROPER) or cut):
        return None
    before = [m for m in reading.ending(start - 1) if m.kind == "Country"]
    return Mention(start=start, end=end, kind="City" if before else "Place", name=word, rule="named-by-relation", certain=False)


def person_in(reading: Reading, phrase: Phrase, knowledge: Knowledge) -> Mention | None:
    """The person that a phrase names by a name before a title or 씨 (두솔뫼 씨, 설하나 간호사)."""
    if not phrase.tokens:
        return None
    tokens = reading.tokens
    start, end, _ = eojeol(reading, phrase)
    title = tokens.text[start:end]
    match = re.search(r"(?:^|[\s,])([가-힣]{2,4})$", tokens.text[max(0, start - 8) : start].rstrip())
    if match is None or not (
        title in knowledge.titles.honorifics or title_in(title, knowledge) or title in knowledge.awards.people
    ):
        return None
    name = match[1]
    if not is_person_name(name, ("NNP",), knowledge, strong=True) or name in knowledge.gazetteer:
        return None
    at = tokens.text.rindex(name, 0, start)
    return Mention(start=at, end=at + len(name), kind="Person", name=name, rule="title-anchor", title=None, certain=False)


def last_word(reading: Reading, phrase: Phrase) -> str:
    """The last eojeol of a noun phrase."""
    words = words_of(reading.tokens, phrase.tokens)
    return words[-1].text if words else ""


def titled_event(reading: Reading, sentence: SentenceReading, index: int, knowledge: Knowledge) -> Mention | None:
    """The event that a phrase names by nothing but a quoted title (‘청년 농부 한마당’에 참석했다); ‘…’를 주제로 is a theme."""
    phrase = sentence.phrases[index]
    if not phrase.quoted:
        return None
    opening, closing = phrase.quoted[-1]
    following = sentence.phrases[index + 1] if index + 1 < len(sentence.phrases) else None
    themed = (
        phrase.particle in ("을", "를")
        and following is not None
        and following.kind == "NP"
        and following.particle in ("으로", "로")
        and last_word(reading, following) in knowledge.talks.themes
    )
    last = reading.tokens.words[closing - 1]
    if (
        phrase.last != closing
        or closing - opening < 3
        and not last.endswith(tuple(knowledge.events.sittings))
        or themed
        or last in knowledge.signs.no_event
        or last in knowledge.talks.papers - knowledge.events.nouns - {"프로그램"}
    ):
        return None
    return quoted_event(reading.tokens, opening, closing)
