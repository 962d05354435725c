"""Constraints on days set against each other: ends after beginnings, and lines of a notice on the day of an event that the text names."""
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import Candidate, Mention, Origin, PartialDate, Value

if TYPE_CHECKING:
    from kg.analyze.reading import Reading
    from kg.knowledge.load import Knowledge

_FAR = 600  # characters between lines of one notice block


def ends_follow_beginnings(candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """An end without a month lies in the month of its beginning: 10월 20일 개막해 22일 폐막했다."""
    begins = {(c.sentence, c.subject.start): c.object for c in candidates if _dated(c, "startDate")}
    for candidate in candidates:
        end = candidate.object
        if _dated(candidate, "endDate") and end.date.month is None and not end.hint:
            begin = begins.get((candidate.sentence, candidate.subject.start))
            if begin is not None and (begin.date.day or 0) < (end.date.day or 0):
                whole = replace(end, date=replace(begin.date, day=end.date.day), hint=begin.hint)
                candidate = replace(candidate, object=whole)
        yield candidate


def _dated(candidate: Candidate, relation: str) -> bool:
    return candidate.relation == relation and isinstance(candidate.object, Value) and candidate.object.date is not None


def lines_of_the_day(candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Notice lines that name no event belong to the event that the text dates to the same day."""
    owners = _blocks(candidates, _owners(candidates))
    for candidate in candidates:
        thing = candidate.object
        if candidate.origin is not Origin.NOTICE:
            yield candidate
        elif not candidate.subject.name and candidate.subject.start in owners:
            yield replace(candidate, subject=owners[candidate.subject.start])
        elif isinstance(thing, Mention) and not thing.name and thing.start in owners:
            yield replace(candidate, object=owners[thing.start])
        else:
            yield candidate


def _owners(candidates: Sequence[Candidate]) -> dict[int, Mention]:
    """The event of the same day by the offset of a line that tells a day of no event."""
    dated = [c for c in candidates if _dated(c, "startDate") and c.subject.name and c.origin is not Origin.NOTICE]
    owners: dict[int, Mention] = {}
    for line in candidates:
        if line.origin is Origin.NOTICE and not line.subject.name and _dated(line, "startDate"):
            same = [c for c in dated if _same_day(line.object.date, c.object.date)]
            if same:
                best = min(same, key=lambda c: (c.subject.start > line.start, abs(line.start - c.subject.start), c.subject.end))
                owners[line.subject.start] = best.subject
    return owners


def _same_day(day: PartialDate, other: PartialDate) -> bool:
    """Whether a day of a notice is one that the text tells, as far as either says it.

    >>> june = PartialDate(None, 6, 28)
    >>> _same_day(june, PartialDate(2021, 6, 28)), _same_day(june, PartialDate(None, None, 28)), _same_day(june, PartialDate(2021, 7, 28))
    (True, True, False)
    """
    loose = other.day == day.day and other.month in (None, day.month) and other.year in (None, day.year)
    return loose or day.year is None and (other.month, other.day) == (day.month, day.day)


def _blocks(candidates: Sequence[Candidate], owners: Mapping[int, Mention]) -> dict[int, Mention]:
    """Owners of the lines that tell a day, and of the lines of the same block below them."""
    if not owners:
        return {}
    things = (t for c in candidates if c.origin is Origin.NOTICE for t in (c.subject, c.object) if isinstance(t, Mention) and not t.name)
    blocks: dict[int, Mention] = {}
    current, last = None, None
    for start in sorted({thing.start for thing in things}):
        current = owners.get(start) or (current if last is not None and start - last < _FAR else None)
        last = start
        if current is not None:
            blocks[start] = current
    return blocks
