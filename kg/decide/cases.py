"""Constraints on cases (○○의 사례): which of those that verbs of presenting take were shown to anybody, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extract.titles import here
from kg.knowledge.schema import schema
from kg.model import Candidate, Flag, Mention, Origin, Rejection

if TYPE_CHECKING:
    from kg.analyze.reading import Reading
    from kg.knowledge.load import Knowledge

_NEAR = 2  # sentences back in which an occasion was named
_AIM = re.compile(r"[^.]{0,60}(?:고자|기 위해|기 위한|기위해)\s")
_STAGE = re.compile(r"\s*[’”」』》]?\s?(?:\([^()]*\))?(?:에서|에는|에서는)")


def cases_need_an_audience(
    candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge
) -> Iterator[Candidate | Rejection]:
    """A case that nobody presented anywhere was not presented: a ministry announces a plan."""
    titled = {
        (c.subject, c.sentence)
        for c in candidates
        if c.relation == "presented" and isinstance(c.object, Mention) and c.object.kind == "Presentation"
    }
    talks = [index for _, (start, _) in titled if (index := reading.sentence_index(start)) is not None]
    for candidate in candidates:
        case = _case(candidate)
        why = None
        if case is not None and candidate.status == "denied":
            why = "was not presented"
        elif (
            case is not None
            and not _shown(candidate, case, reading, knowledge)
            and not _beside_talks(candidate, case, talks, reading)
        ):
            why = "was shown to nobody"
        elif case is not None and not case.certain and (candidate.subject, candidate.sentence) in titled:
            why = "is what a talk of the same sentence is about"
        yield Rejection(rule=candidate.rule, reason=why, start=candidate.start, end=candidate.end) if why else candidate


def cases_have_a_stage(candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """A case that was presented was presented at the event that the text is about there."""
    for candidate in candidates:
        yield candidate
        if (case := _case(candidate)) is not None:
            yield Candidate(
                relation="presentedAt",
                subject=case,
                object=here(candidate.start),
                rule="case.here",
                start=candidate.start,
                end=candidate.end,
                sentence=candidate.sentence,
                status=candidate.status,
            )


def _case(candidate: Candidate) -> Mention | None:
    """The case that a pattern over a clause says is presented."""
    case = candidate.object
    presented = candidate.relation == "presented" and candidate.origin is Origin.CLAUSE
    return case if presented and isinstance(case, Mention) and case.kind == "Case" else None


def _shown(candidate: Candidate, case: Mention, reading: Reading, knowledge: Knowledge) -> bool:
    """Whether a case was shown to an audience: an event is near; 동향, 방안 and the like need a person or their own event."""
    words = case.name.split()
    if len(words) > 1 and words[-2] in knowledge.talks.found or words[-1].removesuffix("사례") in knowledge.talks.found:
        return False
    low, high = candidate.sentence
    stage = any(
        schema().is_a(m.kind, "Event") and _STAGE.match(reading.tokens.text, m.end) for m in reading.mentions_in(low, high)
    )
    certain = case.certain if case.rule == "case-title" else any(words[-1].endswith(noun) for noun in knowledge.cases.strong)
    if _AIM.match(reading.tokens.text, candidate.end, high):
        return False
    if Flag.INTRODUCED in candidate.flags:  # 소개, 공유: also done on a page
        here_ = any(schema().is_a(m.kind, "Event") for m in reading.mentions_in(low, high))
        return certain and (
            stage
            or here_
            or (case.rule == "case-title" or candidate.end <= case.end + 4)
            and _occasion_near(reading, candidate.start) is not None
        )
    if certain:
        return True
    return (
        stage
        or candidate.subject.kind == "Person"
        and _occasion_near(reading, candidate.start) is not None
        and not case.start > candidate.end - 1
        and reading.tokens.text[candidate.subject.end : case.start].count("발표한") == 0
    )


def _beside_talks(candidate: Candidate, case: Mention, talks: Sequence[int], reading: Reading) -> bool:
    """Whether a case with a title of its own follows talks: ○○○ 교수는 ‘…’를 발표했다. △△군은 ‘…’ 사례를 소개했다."""
    index = reading.sentence_index(candidate.start)
    told = case.rule == "case-title" and case.certain and candidate.status != "denied"
    return told and index is not None and any(0 < index - talk <= _NEAR for talk in talks)


def _occasion_near(reading: Reading, offset: int) -> Mention | None:
    """The event that was named last in the sentence around an offset or in those right before."""
    index = reading.sentence_index(offset)
    if index is None:
        return None
    low, high = reading.sentences[max(0, index - _NEAR)].start, reading.sentences[index].end
    return next((m for m in reversed(reading.mentions_in(low, high)) if schema().is_a(m.kind, "Event")), None)
