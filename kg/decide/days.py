"""Constraints on days set against each other: ends after beginnings, lines of a notice on the day of a named event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from kg.model import Candidate, Mention, Origin, PartialDate, Rejection, Value

if TYPE_CHECKING:
    from kg.analyze.reading import Reading
    from kg.knowledge.load import Knowledge

_FAR = 600  # characters between lines of one notice block


def ends_follow_beginnings(candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """An end without a month lies in the month of its beginning: 10월 20일 개막해 22일 폐막했다."""
    begins = {(c.sentence, c.subject.start): told for c in candidates if (told := _told(c, "startDate")) is not None}
    for candidate in candidates:
        end = _told(candidate, "endDate")
        begin = begins.get((candidate.sentence, candidate.subject.start))
        if end is not None and begin is not None and end.date.month is None and not end.value.hint:
            if (begin.date.day or 0) < (end.date.day or 0):
                whole = replace(end.value, date=replace(begin.date, day=end.date.day), hint=begin.value.hint)
                candidate = replace(candidate, object=whole)
        yield candidate


_SAYS = re.compile(r"(?:다|라)고\s(?:\d{1,2}일\s)?[가-힣]*(?:밝|전했|전하|알렸|알리|말했|발표|설명)")


def days_of_saying(candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge) -> Iterator[Candidate | Rejection]:
    """Of two days before what is told (지난 4일 포럼을 4월 2일 연다고 밝혔다) the past one is when it was said."""
    days: dict[tuple[tuple[int, int], int, int], list[Value]] = {}
    for candidate in candidates:
        told = _told(candidate, "startDate")
        if told is not None and candidate.origin is not Origin.NOTICE:
            event = candidate.subject
            days.setdefault((candidate.sentence, event.start, event.end), []).append(told.value)
    said: set[int] = set()
    for (sentence, _, end), found in days.items():
        past = {value.start for value in found if value.hint == "지난"}
        if past and len(past) < len(found) and _SAYS.search(reading.tokens.text, end, sentence[1]):
            said |= past
    for candidate in candidates:
        value = candidate.object
        if candidate.relation in ("startDate", "endDate") and isinstance(value, Value) and value.start in said:
            why = "is the day on which it was said"
            yield Rejection(rule=candidate.rule, reason=why, start=candidate.start, end=candidate.end)
        else:
            yield candidate


_OF_ANOTHER_YEAR = re.compile(r"(?P<year>내년|지난해|작년)\s\S+")


def days_of_another_year(candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """The days of next year's or last year's event lie in that year: 내년 대회는 7월 7일 열린다."""
    for candidate in candidates:
        told = _told(candidate, "startDate") or _told(candidate, "endDate")
        if told is not None and told.date.month and not told.date.year and not told.value.hint:
            year = _OF_ANOTHER_YEAR.fullmatch(candidate.subject.name)
            candidate = replace(candidate, object=replace(told.value, hint=year["year"])) if year else candidate
        yield candidate


@dataclass(frozen=True, slots=True)
class _Told:
    """A day as far as it is told, and the words for it."""

    date: PartialDate
    value: Value


def _told(candidate: Candidate, relation: str) -> _Told | None:
    value = candidate.object
    if candidate.relation != relation or not isinstance(value, Value) or value.date is None:
        return None
    return _Told(value.date, value)


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
    days = [(c, told.date) for c in candidates if (told := _told(c, "startDate")) is not None]
    dated = [(c.subject, day) for c, day in days if c.subject.name and c.origin is not Origin.NOTICE]
    owners: dict[int, Mention] = {}
    for line, day in days:
        if line.origin is Origin.NOTICE and not line.subject.name:
            same = [event for event, other in dated if _same_day(day, other)]
            if same:
                owners[line.subject.start] = min(same, key=partial(_distance, line.start))
    return owners


def _distance(offset: int, event: Mention) -> tuple[bool, int, int]:
    """How far an event is from a line: those before it are nearer than those behind it."""
    return event.start > offset, abs(offset - event.start), event.end


def _same_day(day: PartialDate, other: PartialDate) -> bool:
    """Whether a day of a notice is one that the text tells, as far as either says it.

    >>> june = PartialDate(None, 6, 28)
    >>> [_same_day(june, PartialDate(year, month, 28)) for year, month in ((2021, 6), (None, None), (2021, 7))]
    [True, True, False]
    """
    loose = other.day == day.day and other.month in (None, day.month) and other.year in (None, day.year)
    return loose or day.year is None and (other.month, other.day) == (day.month, day.day)


def _blocks(candidates: Sequence[Candidate], owners: Mapping[int, Mention]) -> dict[int, Mention]:
    """Owners of the lines that tell a day, and of the lines of the same block below them."""
    if not owners:
        return {}
    things = (
        t for c in candidates if c.origin is Origin.NOTICE for t in (c.subject, c.object) if isinstance(t, Mention) and not t.name
    )
    blocks: dict[int, Mention] = {}
    current, last = None, None
    for start in sorted({thing.start for thing in things}):
        current = owners.get(start) or (current if last is not None and start - last < _FAR else None)
        last = start
        if current is not None:
            blocks[start] = current
    return blocks
