"""Days that an article gives with the mention of an event; days that lie apart speak against one event (지난 5일 국무회의 … 28일 간담회)."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter

from kg.analyze.readings import Reading
from kg.model import Claim, Mention, Value
from kg.resolve.dates import resolve_date, resolve_when

Period = tuple[dt.date, dt.date]
Place = tuple[int, int]
SLIP = 3  # days between what may still be told of one event: its opening and its last day
REACH = 200  # events: what was spoken of so many events before is not taken up again
AGAIN = 7  # days between two meetings of one name


def own_days(claims: Sequence[Claim], published: dt.date | None, year: int | None) -> dict[Place, frozenset[Period]]:
    """First and last days by the offsets of the event mention that they are said of; 오늘 is the article's and says nothing."""
    return _days((c for c in claims if c.subject.name), published, year)


def _days(claims: Iterable[Claim], published: dt.date | None, year: int | None) -> dict[Place, frozenset[Period]]:
    found: dict[Place, set[Period]] = defaultdict(set)
    for claim in claims:
        if claim.relation != "startDate" or not isinstance(claim.object, Value) or claim.object.date is None:
            continue
        first, last = resolve_date(claim.object, published, year, claim.status == "planned")
        if first is not None:
            found[claim.subject.start, claim.subject.end].add((first, last or first))
    return {place: frozenset(days) for place, days in found.items()}


_LAST_YEAR = re.compile(r"(?:지난해|작년|전년)(?=\s)")


def told_periods(
    reading: Reading, events: Iterable[Mention], published: dt.date | None, year: int | None
) -> dict[Place, frozenset[Period]]:
    """Months and years by the offsets of the event mentions that they stand before, in one clause: 지난해 5월 ○○부와 협약을 체결했다.

    Only those in which the article does not lie: they tell that another event is meant.
    """
    by_end: dict[int, list[Mention]] = defaultdict(list)
    for event in events:
        by_end[event.end].append(event)
    found: dict[Place, frozenset[Period]] = {}
    for sentence in reading.sentences:
        told: Period | None = None
        for phrase, following in zip(sentence.phrases, [*sentence.phrases[1:], None]):
            if phrase.kind == "TIME" and phrase.value is not None:
                told = _partial(phrase.value, published, year)
            elif phrase.kind == "PRED" and not (
                phrase.ending == "adnominal" and following is not None and following.kind == "NP"
            ):
                told = None
            elif phrase.kind == "NP" and phrase.tokens:
                start, end = reading.tokens.starts[phrase.first], reading.tokens.ends[phrase.last]
                if _LAST_YEAR.match(reading.tokens.text, start) and published is not None:
                    told = _whole_year(published.year - 1)
                if told is not None:
                    places = [
                        (m.start, m.end) for at in range(start, end + 1) for m in by_end.get(at, ()) if m.start >= start - 1
                    ]
                    found.update((place, frozenset({told})) for place in places)
    return found


def _partial(value: Value, published: dt.date | None, year: int | None) -> Period | None:
    """The month or year of a value without a day, where the article does not lie in it."""
    if value.until is not None or value.date is None or value.date.day is not None:
        return None
    when = resolve_when(value, published, year)
    if when is None or len(when) > 7 or published is None or f"{published:%Y-%m}".startswith(when):
        return None
    if len(when) == 4:
        return _whole_year(int(when))
    first = dt.date(int(when[:4]), int(when[5:]), 1)
    return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def _whole_year(year: int) -> Period:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def apart(one: Iterable[Period], other: Iterable[Period], slip: int = SLIP) -> bool:
    """Whether two sets of days cannot be those of one event: where the nearest lie more than ``slip`` days apart.

    >>> may = (dt.date(2024, 5, 3), dt.date(2024, 5, 4)), (dt.date(2024, 5, 6),) * 2, (dt.date(2024, 5, 9),) * 2
    >>> apart(may[:1], may[1:2]), apart(may[:1], may[2:]), apart(may[:1], may[2:], AGAIN), apart(may, ())
    (False, True, False, False)
    """
    gaps = [max((later[0] - earlier[1]).days, 0) for a in one for b in other for earlier, later in [sorted((a, b))]]
    return bool(gaps) and min(gaps) > slip


def with_returns(
    order: Sequence[Place],
    known: Sequence[Iterable[Period]],
    claims: Sequence[Claim],
    published: dt.date | None,
    year: int | None,
) -> list[Place]:
    """Where which event is spoken of, with the places where a day brings one back: a notice's 일시 after a meeting told in passing.

    ``order`` are (offset, number of the event) in order, ``known`` the days of each event by its number.
    """
    order = sorted(order)
    dayless = next(((offset, number) for offset, number in order if not known[number]), None)
    days = _days((c for c in claims if not c.subject.name), published, year) if order else {}
    for (start, _), own in sorted(days.items()):
        last = bisect_right(order, start, key=itemgetter(0))
        if last and apart(own, known[order[last - 1][1]]):
            lately = (order[i][1] for i in range(last - 1, max(-1, last - 1 - REACH), -1))
            meant = next((n for n in lately if known[n] and not apart(own, known[n], 0)), None)
            if meant is None and dayless is not None and dayless[0] <= start:
                meant = dayless[1]
            if meant is not None:
                insort(order, (start, meant))
    return order
