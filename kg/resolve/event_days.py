"""Days that an article gives with the mention of an event; days that lie apart speak against one event (지난 5일 국무회의 … 28일 간담회)."""
from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from kg.model import Claim, Mention
from kg.resolve.dates import resolve_date

Period = tuple[dt.date, dt.date]
Place = tuple[int, int]
SLIP = 3  # days between what may still be told of one event: its opening and its last day
_AGAIN = 7  # days between two meetings of one name


def own_days(claims: Sequence[Claim], published: dt.date | None, year: int | None) -> dict[Place, frozenset[Period]]:
    """First and last days by the offsets of the event mention that they are said of; 오늘 is the article's and says nothing."""
    found: dict[Place, set[Period]] = defaultdict(set)
    for claim in claims:
        if claim.relation != "startDate" or not isinstance(claim.subject, Mention) or claim.subject.rule == "context" or claim.object.date is None:
            continue
        first, last = resolve_date(claim.object, published, year, claim.status == "planned")
        if first is not None:
            found[claim.subject.start, claim.subject.end].add((first, last or first))
    return {place: frozenset(days) for place, days in found.items()}


def apart(one: Iterable[Period], other: Iterable[Period], *, again: bool = False) -> bool:
    """Whether two sets of days cannot be those of one event; with ``again`` only where they are those of two meetings of one name.

    >>> may = (dt.date(2024, 5, 3), dt.date(2024, 5, 4)), (dt.date(2024, 5, 6),) * 2, (dt.date(2024, 5, 9),) * 2
    >>> apart(may[:1], may[1:2]), apart(may[:1], may[2:]), apart(may[:1], may[2:], again=True), apart(may, ())
    (False, True, False, False)
    """
    gaps = [max((later[0] - earlier[1]).days, 0) for a in one for b in other for earlier, later in [sorted((a, b))]]
    return bool(gaps) and min(gaps) > (_AGAIN if again else SLIP)
