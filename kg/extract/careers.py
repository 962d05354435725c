"""What somebody was made or is besides: 나래협회 회장으로 선출된 ○○○, ○○○는 현재 한빛대학교 교수로 재직 중이다."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.analyze.names.people import is_organization
from kg.analyze.names.words import title_in, words_of
from kg.analyze.reading import Reading, SentenceReading
from kg.syntax.arguments import SUBJECT, TOPIC
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention

_MADE = frozenset("위촉되다 선출되다 선임되다 임명되다 취임하다 추대되다 발탁되다 내정되다 호선되다 부임하다".split())
_SERVES = frozenset("활동 재직 근무 재임 활약 봉직".split())
_NOW = re.compile(r"(?:중이|하고\s있|중인)")


def extract_careers(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of heads and affiliatedWith."""
    for sentence in reading.sentences:
        yield from _made(reading, sentence, knowledge)
        yield from _serving(reading, sentence, knowledge)


def _made(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> Iterator[Candidate]:
    """○○위원회 위원장으로 위촉된 ○○○ 변호사: the role that somebody was given."""
    phrases = sentence.phrases
    for i in range(1, len(phrases) - 1):
        if phrases[i].kind != "PRED" or phrases[i].lemma not in _MADE or phrases[i].ending != "adnominal" or phrases[i].negated or phrases[i].planned:
            continue
        person = next((m for m in sentence.heads[i + 1] if m.kind == "Person"), None)
        if person is not None and phrases[i - 1].particle in ("으로", "로", "에"):
            yield from _role(reading, sentence, i - 1, person, person.end, "career.made", knowledge)


def _serving(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> Iterator[Candidate]:
    """○○○는 현재 ○○위원회 위원과 ○○대학교 교수로 활동 중이다."""
    phrases, tokens = sentence.phrases, reading.tokens
    for i in range(2, len(phrases)):
        words = tokens.surface(phrases[i].first, phrases[i].last)
        if not words.startswith(tuple(_SERVES)) or phrases[i - 1].particle not in ("으로", "로"):
            continue
        if not _NOW.search(tokens.text, tokens.starts[phrases[i].first], sentence.end):
            continue
        subject = next((k for k in range(i - 2, -1, -1) if phrases[k].particle in TOPIC | SUBJECT), None)
        person = next((m for m in sentence.heads[subject] if m.kind == "Person"), None) if subject is not None else None
        if person is None or any(phrases[k].kind == "PRED" for k in range(subject + 1, i)):
            continue
        for k in range(subject + 1, i):
            yield from _role(reading, sentence, k, person, tokens.ends[phrases[i].last], "career.serves", knowledge)


def _role(
    reading: Reading, sentence: SentenceReading, k: int, person: Mention, end: int, rule: str, knowledge: Knowledge
) -> Iterator[Candidate]:
    """The claim of phrase k, ``body title`` or ``title`` after ``body의``."""
    phrase = sentence.phrases[k]
    words = words_of(reading.tokens, phrase.tokens) if phrase.kind == "NP" and phrase.tokens else []
    title = title_in(words[-1].text, knowledge) if words else None
    if title is None or title[0]:
        return
    body = _body(reading, words[0].start, words[-1].start)
    if body is None and len(words) == 1 and k and sentence.phrases[k - 1].particle == "의":
        before = words_of(reading.tokens, sentence.phrases[k - 1].tokens)
        body = _body(reading, before[0].start, before[-1].end) if before else None
    if body is None:
        return
    leads = title[1] in knowledge.titles.heads - knowledge.titles.unit_heads
    yield Candidate(
        relation="heads" if leads else "affiliatedWith",
        subject=person,
        object=body,
        rule=rule,
        start=min(person.start, body.start),
        end=max(end, person.end, words[-1].end),
        sentence=(sentence.start, sentence.end),
    )


def _body(reading: Reading, low: int, high: int) -> Mention | None:
    """The last body named between two offsets."""
    return next((m for m in reversed(reading.mentions) if low <= m.start and m.end <= high and is_organization(m)), None)
