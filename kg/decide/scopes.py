"""Stretches of a text in which what is said is denied, reported or doubted: behind cues, in sections of others' words, in quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.decide.scope import Scope
from kg.decide.sections import sections
from kg.knowledge.factuality import Cue, Factuality
from kg.knowledge.schema import schema
from kg.knowledge.signs import endings
from kg.syntax.arguments import SUBJECT, TOPIC

_TAIL = 160  # characters behind a word in which its cue may lie
_SAID = re.compile(r"(?:다|라|자|냐)(?:는|던)$|(?:[다한된인했]|[이]라)[ᆫ]?단$|[가-힣]란$")
_TOLD = re.compile(r"(?:다|라|자|냐)(?:고|며|면서)$")
_DUTY = re.compile(r"(?:아|어|여|해|돼|와|워|려)야만?$")


def scopes(reading: Reading, cues: Factuality) -> tuple[Scope, ...]:
    """Every scope of a text, sentence by sentence, then its sections."""
    found: list[Scope] = []
    before: list[Scope] = []
    last: SentenceReading | None = None
    behind: dict[str, list[Cue]] = {}
    for cue in cues.cues:
        behind.setdefault(cue.after, []).append(cue)
    for sentence in reading.sentences:
        own = [
            *_of_cues(sentence, reading, behind),
            *_negated(sentence, reading),
            *_quoted(sentence, reading),
            *_according(sentence, reading, cues),
        ]
        if last is not None and (refuted := _refuted(sentence, own, reading, cues)):
            found.extend(replace(s, category="denied", cue="refuted-next") for s in before if s.category == "reported")
            if refuted == "all":
                found.append(Scope(last.start, last.end, "denied", "refuted-next", last.end))
        found.extend(own)
        before, last = own, sentence
    found.extend(sections(reading, cues))
    return tuple(found)


def _of_cues(sentence: SentenceReading, reading: Reading, cues: Mapping[str, Sequence[Cue]]) -> Iterator[Scope]:
    """Scopes behind the words of a sentence, one for each word that a cue follows; ``cues`` by the kind of word that they follow."""
    tokens = reading.tokens
    speech = {i for p in sentence.phrases if p.kind == "QUOTE" for i in range(p.first + 1, p.last)}
    for i in range(sentence.sentence.start, sentence.sentence.end):
        if i in speech or not (form := _form(reading, i)):
            continue
        end = tokens.ends[i]
        tail = tokens.text[end : min(end + _TAIL, sentence.end)]
        cue = next((c for c in cues.get(form, ()) if c.pattern.match(tail)), None)
        if cue is None and form == "said":
            cue = next((c for c in cues.get("adnominal", ()) if c.category == "denied" and c.pattern.match(tail)), None)
        if cue is not None:
            start, end = _beginning(sentence, i, reading), max(end, _verb_end(sentence, i, reading))
            yield Scope(
                start,
                end,
                cue.category,
                cue.id,
                _verb(sentence, i, reading),
                _speaker(sentence, i, reading) if cue.speaker else "",
            )


def _form(reading: Reading, i: int) -> str:
    """What kind of word ends at a token; empty where none does."""
    tokens = reading.tokens
    if i + 1 < len(tokens.words) and not tokens.spaced[i + 1] and tokens.tags[i + 1][:1] in "EXV":
        return ""
    tag, end = tokens.morphs[i][-1].tag, tokens.ends[i]
    word = tokens.text[max(end - 6, 0) : end]
    if (
        tag in ("ETM", "EC", "EF", "JX", "JKQ")
        and _SAID.search(word)
        and (tag != "JX" or tokens.morphs[i - 1][-1].tag in ("EF", "EC"))
    ):
        return "said"
    if tag in ("EC", "EF", "JKQ") and _TOLD.search(word):
        return "told"
    if tag == "EC" and _DUTY.search(word):
        return "duty"
    if tag == "ETM":
        return "adnominal"
    asked = tokens.text[end : end + 1] == "?" and not tokens.text[end + 1 : end + 2].isalnum()  # 정보보호?디지털 has lost a dot
    if tag in ("EF", "ETN", "EC") and asked:
        return "asked"
    if tag.startswith(("NN", "XSN", "SS", "SL")) and tokens.words[i] not in "([{“‘":
        return "asked" if asked else "noun"
    return ""


def _holding(sentence: SentenceReading, i: int) -> int:
    """The index of the phrase that holds a token, or of the one before it."""
    return max((n for n, p in enumerate(sentence.phrases) if p.first <= i), default=0)


def _verb(sentence: SentenceReading, i: int, reading: Reading) -> int:
    phrase = sentence.phrases[_holding(sentence, i)] if sentence.phrases else None
    return reading.tokens.starts[phrase.first if phrase is not None and phrase.kind == "PRED" else i]


def _verb_end(sentence: SentenceReading, i: int, reading: Reading) -> int:
    """The end of the predicate that holds a token: 개최한 [바 없다고]."""
    phrase = sentence.phrases[_holding(sentence, i)] if sentence.phrases else None
    return reading.tokens.ends[phrase.last] if phrase is not None and phrase.kind == "PRED" else 0


def _beginning(sentence: SentenceReading, i: int, reading: Reading) -> int:
    """Where the clause that ends at a token begins: behind what is set against it, or told apart from it with a subject of its own."""
    at, seen, topical = _holding(sentence, i), False, False
    for phrase in reversed(sentence.phrases[:at]):
        if phrase.kind == "NP":
            seen |= phrase.particle in SUBJECT | TOPIC
            topical |= phrase.particle in TOPIC
        elif phrase.kind == "PRED" and (_parts(phrase, seen, topical) or _beside_main(phrase, sentence)):
            return reading.tokens.ends[phrase.last]
    return sentence.start


def _beside_main(phrase: Phrase, sentence: SentenceReading) -> bool:
    """Whether a clause is told beside the main one, by the sentence's topic: ○○시는 포럼을 열었으며, [낭비했다는 보도는 …] 밝혔다."""
    return (
        phrase.ending == "connective"
        and phrase.connective in endings().chained
        and phrase.past
        and phrase.comma
        and any(p.kind == "NP" and p.particle in ("은", "는") and p.last < phrase.first for p in sentence.phrases)
    )


def _parts(phrase: Phrase, seen: bool, topical: bool) -> bool:
    if phrase.ending == "final":
        return True
    if phrase.ending == "reported":
        return seen
    if phrase.ending != "connective":
        return False
    return (
        phrase.connective in endings().adversative or phrase.connective in endings().chained and (seen and phrase.past or topical)
    )


def _speaker(sentence: SentenceReading, i: int, reading: Reading) -> str:
    """The first topic or subject of a sentence that is somebody, where another one follows it before the told words end, or a paper."""
    named = [
        (p, m)
        for p, heads in zip(sentence.phrases, sentence.heads)
        if p.kind == "NP" and p.last < i and p.particle in SUBJECT | TOPIC
        for m in heads[-1:]
        if schema().is_a(m.kind, "Agent")
    ]
    if named and (named[0][1].kind == "Media" or len(named) > 1):
        return named[0][1].name
    return ""


def _negated(sentence: SentenceReading, reading: Reading) -> Iterator[Scope]:
    """What a verb that is negated itself would have said: 참석하지 않았다."""
    tokens = reading.tokens
    for phrase in sentence.phrases:
        if phrase.kind == "PRED" and phrase.negated:
            start = tokens.starts[phrase.first]
            yield Scope(start, tokens.ends[phrase.last], "denied", "negated-verb", start, exact=True)


def _quoted(sentence: SentenceReading, reading: Reading) -> Iterator[Scope]:
    """What is said only inside speech in quotation marks."""
    tokens = reading.tokens
    for phrase in sentence.phrases:
        if phrase.kind == "QUOTE":
            start, end = tokens.ends[phrase.first], tokens.starts[phrase.last]
            yield Scope(start, end, "reported", "quotation", start, _speaker_behind(sentence, phrase))


def _speaker_behind(sentence: SentenceReading, quote: Phrase) -> str:
    return next(
        (
            m.name
            for p, heads in zip(sentence.phrases, sentence.heads)
            if p.kind == "NP" and p.particle in SUBJECT | TOPIC
            for m in heads[-1:]
            if schema().is_a(m.kind, "Agent")
        ),
        "",
    )


def _according(sentence: SentenceReading, reading: Reading, cues: Factuality) -> Iterator[Scope]:
    """외신에 따르면 …: all that follows in the sentence."""
    text = reading.tokens.text
    for end in cues.source_ends:
        at = text.find(end, sentence.start, sentence.end)
        if at < 0:
            continue
        word = text[max(sentence.start, at - 40) : at]
        paper = next((m for m in reading.ending(at) if m.kind in cues.source_kinds), None)
        if paper is not None or end.startswith("에 ") and re.split(r"\s", word)[-1].rstrip("들") in cues.sources:
            yield Scope(at + len(end), sentence.end, "reported", "according", at + len(end), paper.name if paper else "")


def _refuted(sentence: SentenceReading, own: list[Scope], reading: Reading, cues: Factuality) -> str:
    """Whether a sentence refutes the one before: its reports (``reports``), or all that it says (``all``)."""
    words = reading.tokens.text[sentence.start : sentence.end].lstrip("-□ㅇ○◦▪※* ")
    if (
        len(words) > 120
        or any(s.category in ("reported", "denied") and s.cue != "quotation" for s in own)
        or not cues.refutes.search(words)
    ):
        return ""
    if words.startswith(cues.takes_all) and len(words) <= 60:
        return "all"
    return "reports" if words.startswith(cues.takes_up) or len(words) <= 60 else ""
