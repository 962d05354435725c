"""The constraint on editions: what is said of last year's event is not said of this one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.last_times import LastTime, is_event, last_times
from kg.model import Candidate, Mention, Origin

if TYPE_CHECKING:
    from kg.analyze.reading import Reading
    from kg.knowledge.load import Knowledge


def about_the_edition_before(candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """What a sentence about last year's event says is said of that event, and not of this year's."""
    times = last_times(reading, knowledge)
    whole = [last for last in times if last.whole]
    named = {(last.bare.start, last.bare.end): last.previous for last in times if last.bare is not None}
    for candidate in candidates:
        if candidate.origin is Origin.SERIES:
            yield candidate
            continue
        candidate = _other(candidate, named)
        last = next((w for w in whole if w.sentence.start <= candidate.start < w.sentence.end), None)
        if last is not None:
            candidate = replace(
                candidate,
                subject=_meant(candidate.subject, last, knowledge),
                object=_meant(candidate.object, last, knowledge) if isinstance(candidate.object, Mention) else candidate.object,
            )
        yield candidate


def _other(candidate: Candidate, named: Mapping[tuple[int, int], Mention]) -> Candidate:
    """What is said of the very noun that means the edition before or to come (내년 포럼), is said of that edition."""
    subject = named.get((candidate.subject.start, candidate.subject.end), candidate.subject)
    object_ = candidate.object
    if isinstance(object_, Mention):
        object_ = named.get((object_.start, object_.end), object_)
    return replace(candidate, subject=subject, object=object_)


def _meant(mention: Mention, last: LastTime, knowledge: Knowledge) -> Mention:
    """Last year's event where a mention in its sentence means it: by context alone, or by a bare noun."""
    if not is_event(mention) or mention.definite and mention.definite not in ("지난", "당시"):
        return mention
    if not mention.name:
        return last.previous
    noun = last.previous.name.split()[-1]
    inside = last.sentence.start <= mention.start < last.sentence.end
    return (
        last.previous
        if inside
        and mention.name in knowledge.events.nouns
        and (mention.name.endswith(noun) or mention.name in knowledge.events.any)
        else mention
    )
