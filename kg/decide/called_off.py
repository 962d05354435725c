"""What is void because its event was called off or put off: in the sentence that says so, and in the rest of the article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.analyze.reading import Reading, SentenceReading
from kg.knowledge.schema import schema
from kg.knowledge.signs import endings
from kg.knowledge.wordings import Outcomes
from kg.model import STATED, Candidate, Fact, Mention, Thing, Value
from kg.syntax.arguments import SUBJECT, TOPIC

if TYPE_CHECKING:
    from kg.knowledge.load import Knowledge

CALLED_OFF = ("postponed", "cancelled")


def events_called_off(candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge) -> list[Candidate]:
    """What is said of an event that its own sentence calls off is cancelled or postponed; a new day makes it planned for that day."""
    claims, outcomes, happening = list(candidates), knowledge.outcomes, knowledge.factuality.happening
    held = [c for c in claims if c.relation == "status" and c.object == "held"]
    told = [c for c in claims if c.relation == "status" and c.object in CALLED_OFF]
    gone = [
        t
        for t in told
        if any(h.sentence == t.sentence and _same(h.subject, t.subject) for h in held)  # 지난해 취소됐던 축제가 열렸다
        or any(word in reading.tokens.text[t.start : t.sentence[1]] for word in outcomes.again)
        or _conditional(t, reading)
    ]
    claims, told = [c for c in claims if c not in gone], [t for t in told if t not in gone]
    told += [
        c
        for c in _elided(reading, outcomes)
        if not any(c.sentence == t.sentence and c.object == t.object for t in told)
        and not any(word in reading.tokens.text[c.start : c.sentence[1]] for word in outcomes.again)
        and not _conditional(c, reading)
        and not any(h.sentence == c.sentence and _same(h.subject, c.subject) for h in held)
    ]
    named = [_of_named(c, reading, outcomes) for c in told]
    claims = [named[told.index(c)] if c in told else c for c in claims]
    told = named
    fresh = [c for c in told if c not in claims]
    claims += fresh
    for claim in told:
        claims = list(_void(claims, claim, reading, outcomes, happening))
    return claims


def _sentence(told: Candidate, reading: Reading) -> SentenceReading | None:
    """The sentence of a candidate, where it stands in one."""
    sentence = reading.sentence_of(told.sentence[0])
    return sentence if sentence is not None and (sentence.start, sentence.end) == told.sentence else None


def _conditional(told: Candidate, reading: Reading) -> bool:
    """Whether an event is called off only if something happens: 비가 오면 취소한다."""
    sentence = _sentence(told, reading)
    return sentence is not None and any(
        p.kind == "PRED"
        and p.ending == "connective"
        and p.connective in ("면", "으면")
        and reading.tokens.ends[p.last] < told.end
        for p in sentence.phrases
    )


def _of_named(told: Candidate, reading: Reading, outcomes: Outcomes) -> Candidate:
    """A claim of the event that 행사, 일정 takes up in its own sentence: 포럼을 열 계획이었지만 행사를 연기했다."""
    if told.subject.name not in outcomes.acts:
        return told
    named = [m for m in reading.within(told.sentence[0], told.subject.start) if schema().is_a(m.kind, "Event")]
    return replace(told, subject=named[-1]) if named else told


def _elided(reading: Reading, outcomes: Outcomes) -> Iterator[Candidate]:
    """Candidates of status where the event is not the object itself: 열 예정이던 포럼을 …, 열 예정이었으나 연기했다, 포럼 개최를 취소했다."""
    for sentence in reading.sentences:
        for at, phrase in enumerate(sentence.phrases):
            status = (
                "cancelled" if phrase.lemma in outcomes.called_off else "postponed" if phrase.lemma in outcomes.put_off else ""
            )
            if (
                not status
                or phrase.kind != "PRED"
                or phrase.negated
                or phrase.connective in endings().conditional
                or "기로" in phrase.auxiliaries
                and phrase.past is None
            ):
                continue
            if phrase.ending == "nominal" and (phrase.particle or at < len(sentence.phrases) - 2):
                continue
            event = _event_of(sentence, at, reading, outcomes)
            if event is not None:
                start, end = reading.tokens.starts[phrase.first], reading.tokens.ends[phrase.last]
                yield Candidate(
                    relation="status",
                    subject=event,
                    object=status,
                    rule=f"status.{status}",
                    start=min(start, event.start),
                    end=max(end, event.end),
                    sentence=(sentence.start, sentence.end),
                )


def _event_of(sentence: SentenceReading, at: int, reading: Reading, outcomes: Outcomes) -> Mention | None:
    """The event that a verb of calling off is about."""
    acted = False
    for n in range(at - 1, -1, -1):
        phrase = sentence.phrases[n]
        if phrase.kind == "PRED":
            if phrase.ending == "nominal" and phrase.lemma[:-2] in outcomes.acts:
                acted = True
                continue
            if not acted and not (phrase.planned and phrase.past):
                return None
            acted = True
        elif phrase.kind == "NP":
            event = next((m for m in reversed(sentence.heads[n]) if schema().is_a(m.kind, "Event")), None)
            if event is not None and (phrase.particle not in TOPIC or acted or n == at - 1):
                return event
            if phrase.particle in SUBJECT | {"을", "를"} and event is None:
                words = reading.tokens.surface(phrase.tokens[0], phrase.tokens[-1]).split() if phrase.tokens else []
                if not words or words[-1] not in outcomes.acts:
                    return None if not acted else event
                acted = True
    return None


def _void(
    claims: Sequence[Candidate], told: Candidate, reading: Reading, outcomes: Outcomes, happening: frozenset[str]
) -> Iterator[Candidate]:
    """The claims of a sentence once its event is called off; ``told`` says so."""
    event = told.subject
    new = _new_day(told, reading, outcomes) if told.object == "postponed" else None
    for claim in claims:
        ends = [m for m in (claim.subject, claim.object) if isinstance(m, Mention)]
        if claim is told and new is not None:
            yield replace(claim, object="planned", status="planned")
        elif (
            claim.sentence != told.sentence
            or claim.relation not in happening
            or claim.status not in STATED
            or not any(_same(m, event) for m in ends)
        ):
            yield claim
        elif new is None:
            yield replace(claim, status=str(told.object))
        elif claim.relation in ("startDate", "endDate") and isinstance(claim.object, Value):
            yield claim if claim.object.start >= new.start else replace(claim, status="postponed")
        else:
            yield replace(claim, status="planned")
    if new is not None and not any(
        c.relation == "startDate" and isinstance(c.object, Value) and c.object.start == new.start for c in claims
    ):
        yield replace(told, relation="startDate", object=new, rule="date.moved", status="planned", end=max(told.end, new.end))


def _same(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _new_day(told: Candidate, reading: Reading, outcomes: Outcomes) -> Value | None:
    """The day that an event is moved to: 20일로 연기했다, 연기해 20일 개최한다."""
    sentence = _sentence(told, reading)
    if sentence is None:
        return None
    verb = next((p for p in sentence.phrases if p.kind == "PRED" and p.lemma in outcomes.put_off), None)
    times = [
        p for p in sentence.phrases if p.kind == "TIME" and p.value is not None and p.value.date is not None and p.value.date.day
    ]
    moved = [p for p in times if verb is None or p.first > verb.first or p.particle in endings().moved_to]
    if verb is not None and verb.ending == "adnominal":
        moved = [p for p in moved if p.particle in endings().moved_to]
    if not moved:
        return None
    value = moved[-1].value
    return (
        replace(value, date=value.until, until=None) if value and value.until is not None and value.until.day else value
    )  # 5일에서 20일로


def without_called_off(facts: Sequence[Fact], happening: frozenset[str]) -> list[Fact]:
    """Facts of one article, in which what its own words take back is asserted nowhere.

    A fact that the article denies, cancels or postpones in one place stands in none; what takes place at an event that is off is off.
    """
    off: dict[Thing, tuple[str, int]] = {}
    for fact in facts:
        if fact.relation == "status" and fact.object in CALLED_OFF and any(e.status in STATED for e in fact.evidence):
            off[fact.subject] = str(fact.object), min(e.span.start for e in fact.evidence)
    held = {
        f.subject for f in facts if f.relation == "status" and f.object == "held" and any(e.status in STATED for e in f.evidence)
    }
    later: dict[Thing, bool] = defaultdict(bool)
    for fact in facts:
        if fact.relation == "startDate" and fact.subject in off and off[fact.subject][0] == "postponed":
            later[fact.subject] |= any(e.status in STATED and e.span.start > off[fact.subject][1] for e in fact.evidence)
    out = []
    for fact in facts:
        events = [t for t in (fact.subject, fact.object) if isinstance(t, Thing) and t in off and t not in held]
        grave = next(
            (s for s in ("denied", "cancelled", "postponed") if any(e.status == s and e.source == "" for e in fact.evidence)), ""
        )
        if fact.relation == "status" and fact.object == "postponed" and later[fact.subject]:
            fact = replace(fact, object="planned")
        elif grave:
            fact = _as(fact, grave, 0)
        elif events and fact.relation in happening:
            status, at = off[events[0]]
            fact = (
                _as(fact, status, at)
                if not later[events[0]]
                else _as(fact, status, 0, before=at)
                if "Date" in fact.relation
                else fact
            )
        elif events and fact.relation == "status" and fact.object == "planned" and not later[events[0]]:
            fact = _as(fact, off[events[0]][0], 0)
        out.append(fact)
    return out


def _as(fact: Fact, status: str, at: int, before: int | None = None) -> Fact:
    """A fact whose stated words (those ``before`` an offset) count for less."""
    return replace(
        fact,
        evidence=tuple(
            sorted(
                {
                    replace(e, status=status) if e.status in STATED and (before is None or e.span.start < before) else e
                    for e in fact.evidence
                }
            )
        ),
    )
