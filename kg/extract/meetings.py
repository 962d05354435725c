"""Meetings that a verb tells of and no noun names: ○○○ 장관은 10일 서울에서 ○○○ 위원장과 면담했다, ○○○ 위원을 만나 …."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kg.analyze.names.places import places_in
from kg.analyze.names.words import words_of
from kg.analyze.reading import Reading, SentenceReading
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention
from kg.syntax.arguments import SUBJECT, TOPIC, Arg, Clause, apart


def extract_meetings(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of participatedIn, startDate, venue and city of a meeting between people."""
    meet = knowledge.verbs["meet"].active
    named = [m for m in reading.mentions if schema().is_a(m.kind, "Meeting") and m.name.endswith(knowledge.signs.meetings)]
    full = {m.name: m for m in named if " " in m.name}
    told = next(iter(full.values())) if len(full) == 1 else named[0] if named and not full else None
    for sentence, found in clauses:
        for clause in found:
            if clause.predicate.lemma not in meet or clause.predicate.negated:
                continue
            agents = [
                m
                for a in (*clause.inherited, *clause.args)
                if a.particle in SUBJECT | TOPIC
                for m in a.mentions
                if m.kind == "Person"
            ]
            others = [
                a
                for a in clause.args
                if a.particle in ("과", "와", "을", "를", "과 함께", "와 함께") and a.head is not None and a.head.kind == "Person"
            ]
            partners = [m for a in others for m in a.mentions if m.kind == "Person"]
            if not agents and partners:
                agents = _topic_before(reading, sentence, partners)
            if not agents or not partners:
                continue
            if len(partners) > 1 and apart(sentence, clause):
                continue  # A 대사와 B 대사를 각각 접견해: a meeting with each
            further = told is not None and reading.tokens.starts[clause.predicate.first] < told.start < sentence.end
            event = told if told is not None and not further else _event(reading, clause, others[0])
            start = (
                min(m.start for m in (*agents, *partners) if sentence.start <= m.start)
                if any(sentence.start <= m.start for m in (*agents, *partners))
                else sentence.start
            )
            where: dict[str, Any] = {
                "start": start,
                "end": reading.tokens.ends[clause.predicate.last],
                "sentence": (sentence.start, sentence.end),
                "status": "planned" if clause.predicate.planned else "asserted",
            }
            for person in dict.fromkeys((*agents, *partners)):
                yield Candidate(relation="participatedIn", subject=person, object=event, rule="meeting.people", **where)
            yield from _circumstances(reading, clause, event, where, knowledge)


def _topic_before(reading: Reading, sentence: SentenceReading, partners: list[Mention]) -> list[Mention]:
    """The person that the sentences before are about, for a sentence that leaves its subject out."""
    index = next(i for i, s in enumerate(reading.sentences) if s is sentence)
    if any(
        p.particle in SUBJECT | TOPIC and any(m.kind == "Person" for m in h) for p, h in zip(sentence.phrases, sentence.heads)
    ):
        return []
    for earlier in reversed(reading.sentences[max(0, index - 3) : index]):
        for phrase, heads in zip(earlier.phrases, earlier.heads):
            people = [m for m in heads if m.kind == "Person" and m.name not in {p.name for p in partners}]
            if phrase.particle in TOPIC and people:
                return people[-1:]
    return []


def _event(reading: Reading, clause: Clause, other: Arg) -> Mention:
    """A meeting called by whom it was with."""
    tokens = reading.tokens
    begins = other.head.start if other.head is not None else tokens.starts[other.phrase.first]
    name = tokens.text[begins : tokens.ends[other.phrase.last]].strip()
    particle = "과의" if _closed(name) else "와의"
    first, last = clause.predicate.first, clause.predicate.last
    return Mention(
        start=tokens.starts[first], end=tokens.ends[last], kind="Meeting", name=f"{name}{particle} 면담", rule="meeting.verb"
    )


def _closed(word: str) -> bool:
    """Whether a word ends in a consonant, for 과/와."""
    last = word.rstrip(")")[-1:]
    return "가" <= last <= "힣" and (ord(last) - 0xAC00) % 28 != 0


def _circumstances(reading: Reading, clause: Clause, event: Mention, where: dict, knowledge: Knowledge) -> Iterator[Candidate]:
    tokens = reading.tokens
    for arg in clause.args:
        value = arg.phrase.value
        if arg.phrase.kind == "TIME" and value is not None and value.date is not None and value.date.day:
            yield Candidate(relation="startDate", subject=event, object=value, rule="meeting.day", **where)
        elif (
            arg.phrase.kind == "NP"
            and arg.particle in knowledge.syntax.cases["place"]
            and not (arg.head is not None and schema().is_a(arg.head.kind, "Event"))
        ):
            low, high = tokens.starts[arg.phrase.first], tokens.ends[arg.phrase.last]
            inside = reading.within(low, high)
            for place in places_in(words_of(tokens, arg.phrase.tokens), tokens, inside, knowledge):
                yield Candidate(
                    relation="venue" if place.kind == "Venue" else "city",
                    subject=event,
                    object=place,
                    rule="meeting.place",
                    **where,
                )
