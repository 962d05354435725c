"""The theme of an event: of the one in the clause, in the sentence, or of the one that the text is about; never that of a session."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.themes import Theme
from kg.extract.titles import event_of, here, is_talk
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention
from kg.syntax.arguments import SUBJECT, TOPIC, Clause


def of_event(
    reading: Reading, sentence: SentenceReading, clause: Clause, theme: Theme, knowledge: Knowledge
) -> Iterator[Candidate]:
    """The theme of an event: of the clause's own, else of the one that the text is about."""
    hold = knowledge.verbs["hold"]
    lemma = clause.predicate.lemma
    holds = lemma in hold.active | hold.passive or lemma.endswith("되다") and lemma[:-2] + "하다" in hold.active
    first = reading.tokens.words[sentence.phrases[0].first] if sentence.phrases else ""
    session = clause.head is not None and _is_part(reading, clause.head.phrase, knowledge)  # 주제로 열리는 1세션에서는
    if session or first in ("세션", "트랙") or in_part(reading, sentence, theme, knowledge):
        return  # the theme of a session is not that of the whole
    before = range(max(0, theme.first - 8), theme.first)
    event = event_of(clause) or next(
        (
            m
            for i in reversed(before)
            if sentence.phrases[i].particle in ("은", "는", "에서는")
            for m in sentence.heads[i]
            if schema().is_a(m.kind, "Event")
        ),
        None,
    )
    if event is None and any(is_talk(reading, p, knowledge) for p in sentence.phrases[theme.index + 1 : clause.index]):
        return  # 주제로 발제와 토론이 이어진다: the theme of a talk
    if event is None and not holds and lemma not in knowledge.talks.debate | knowledge.talks.adopt | {"다루다", "이어지다"}:
        return
    if (
        event is None
        and holds
        and any(
            a.particle in TOPIC | SUBJECT | {"을", "를"}
            and a.phrase.kind == "NP"
            and a.index > theme.index
            and (a.head is None or a.particle in ("을", "를") and schema().is_a(a.head.kind, "Organization"))
            and not is_talk(reading, a.phrase, knowledge)
            for a in clause.args
        )
    ):
        return  # 주제로 그림을 전시한다: the theme of something else
    yield from topics(reading, sentence, clause, theme, event)


def in_part(reading: Reading, sentence: SentenceReading, theme: Theme, knowledge: Knowledge) -> bool:
    """Whether a session, a track … is spoken of before a theme: 첫 세션에서는 ‘…’를 주제로."""
    before = sentence.phrases[max(0, theme.first - 8) : theme.first]
    return any(
        _is_part(reading, p, knowledge) and p.particle in ("에서는", "에서", "은", "는", "에는", "이", "가") for p in before
    )


def _is_part(reading: Reading, phrase, knowledge: Knowledge) -> bool:
    return phrase.kind == "NP" and bool(phrase.tokens) and reading.tokens.words[phrase.tokens[-1]] in knowledge.talks.parts


def topics(
    reading: Reading, sentence: SentenceReading, clause: Clause, theme: Theme, event: Mention | None
) -> Iterator[Candidate]:
    for title in theme.titles:
        topic = title.theme()
        start, end = (
            min(title.start, event.start if event else title.start),
            max(reading.tokens.ends[clause.predicate.last], topic.end),
        )
        yield Candidate(
            relation="topic",
            subject=event or here(title.start - 1),
            object=topic,
            rule="theme.event",
            start=start,
            end=max(end, event.end if event else end),
            sentence=(sentence.start, sentence.end),
            status="planned" if clause.predicate.planned else "asserted",
        )
