"""Days that an article gives with the mention of an event; days that lie apart speak against one event (지난 5일 국무회의 … 28일 간담회)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter

from kg.model import Claim
from kg.resolve.dates import resolve_date

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
        if claim.relation != "startDate" or claim.object.date is None:
            continue
        first, last = resolve_date(claim.object, published, year, claim.status == "planned")
        if first is not None:
            found[claim.subject.start, claim.subject.end].add((first, last or first))
    return {place: frozenset(days) for place, days in found.items()}


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
