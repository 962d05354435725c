"""What day a partial date is: resolved against the article's date, or against what the text fixes; else it stays partial."""

from __future__ import annotations

import datetime as dt
import re

from kg.analyze.values import WEEKDAYS
from kg.model import PartialDate, Value

_FAR = 60  # days from the article within which a wrong weekday is a slip
_LATE = 3  # days by which a release may be put up after a day that it calls 오는
_SOON = 120  # days: what lies further ahead in the next year would be called 내년
_NEXT = frozenset({"내달", "다음달"})
_LAST_MONTH = frozenset({"지난달"})
_YEARS = {"작년": -1, "지난해": -1, "전년": -1, "내년": 1, "올해": 0, "금년": 0, "올": 0}
_DAYS = {"오늘": 0, "금일": 0, "어제": -1, "작일": -1, "내일": 1, "명일": 1}


def fixed_year(text: str) -> int | None:
    """The year that a text was written in, where it says so: 내년 2022년 → 2021, 올해(2023년) → 2023.

    >>> fixed_year("내년 2022년부터 서비스할"), fixed_year("2022년에")
    (2021, None)
    """
    for match in re.finditer(r"(내년|올해|작년|지난해)(?:인|\s|\()\s?((?:19|20)\d\d)년", text):
        return int(match[2]) - _YEARS[match[1]]
    return None


def resolve_date(
    value: Value, published: dt.date | None, year: int | None = None, planned: bool = False
) -> tuple[dt.date | None, dt.date | None]:
    """(first day, last day) of a date value, the last only for a period; (None, None) where the text leaves it open.

    ``planned`` says that the text speaks of something to come.

    >>> resolve_date(Value(kind="date", start=0, end=1, date=PartialDate(None, None, 30)), dt.date(2018, 4, 29))
    (datetime.date(2018, 4, 30), None)
    >>> day = Value(kind="date", start=0, end=1, date=PartialDate(None, 11, 20))
    >>> resolve_date(day, dt.date(2024, 3, 13))[0].year, resolve_date(day, dt.date(2024, 3, 13), planned=True)[0].year
    (2023, 2024)
    >>> resolve_date(Value(kind="date", start=0, end=1, date=PartialDate(None, 6, 21)), dt.date(2023, 12, 26))[0].year
    2023
    """
    if value.hint in _DAYS and published is not None and value.date is None:
        return published + dt.timedelta(days=_DAYS[value.hint]), None
    if value.date is None:
        return None, None
    first = _complete(value, published, year, planned)
    if first is None:
        return None, None
    last = None
    if value.until is not None:
        last = PartialDate(value.until.year or first.year, value.until.month or first.month, value.until.day).whole
        if last is not None and last < first and value.until.year is None:
            last = _shift(last, 12 if value.until.month else 1)
    elif value.days and value.days > 1:
        last = first + dt.timedelta(days=value.days - 1)
    return first, last if last is not None and last > first else None


def resolve_when(value: Value, published: dt.date | None, year: int | None = None) -> str | None:
    """When something begins, as far as a text says it: a day, a month or a year in the manner of ISO 8601.

    >>> resolve_when(Value(kind="date", start=0, end=1, date=PartialDate(None, None, None), hint="내년"), dt.date(2018, 4, 29))
    '2019'
    """
    first, _ = resolve_date(value, published, year)
    if first is not None:
        return first.isoformat()
    date, this = value.date or PartialDate(), published.year if published else year
    in_year = date.year or (this + _YEARS[value.hint] if this and value.hint in _YEARS else this if this and date.month else None)
    if in_year is None:
        return None
    if (
        date.month
        and not date.year
        and value.hint in ("오는", "돌아오는")
        and published is not None
        and date.month < published.month
    ):
        in_year += 1
    return f"{in_year:04}-{date.month:02}" if date.month else f"{in_year:04}"


def _complete(value: Value, published: dt.date | None, year: int | None, planned: bool) -> dt.date | None:
    date, hint, weekday = value.date, value.hint, value.text
    if date is None or date.day is None:
        return None
    if date.year:
        return date.whole or (
            PartialDate(date.year, published.month, date.day).whole if date.month is None and published else None
        )
    if published is None:
        return PartialDate(year + _YEARS.get(hint or "", 0), date.month, date.day).whole if year and date.month else None
    if date.month:
        if hint in _YEARS:
            return PartialDate(published.year + _YEARS[hint], date.month, date.day).whole
        candidates = [PartialDate(published.year + k, date.month, date.day).whole for k in (-1, 0, 1)]
    elif hint in _NEXT:
        return _shift(published.replace(day=1), 1, date.day)
    elif hint in _LAST_MONTH:
        return _shift(published.replace(day=1), -1, date.day)
    elif hint in ("이달", "이번달"):
        return PartialDate(published.year, published.month, date.day).whole
    else:
        candidates = [_shift(published.replace(day=1), k, date.day) for k in (-1, 0, 1)]
    days = [c for c in candidates if c is not None]
    if date.month and not hint and not planned:
        days = [c for c in days if c.year <= published.year or (c - published).days < _SOON] or days
    fitting = [c for c in days if weekday and WEEKDAYS[c.weekday()] == weekday and abs((c - published).days) < 240]
    if weekday and not fitting and date.month and days and min(abs((c - published).days) for c in days) > _FAR:
        return None  # 1월 8일(목) of another year than those beside the article's
    days = fitting or days
    if hint and hint.startswith("지난") and any(c <= published for c in days):
        days = [c for c in days if c <= published + dt.timedelta(days=1)]
    elif (hint in ("오는", "돌아오는") or planned and not hint) and any(c >= published for c in days):
        days = [c for c in days if c >= published - dt.timedelta(days=_LATE)]
    return min(days, key=lambda c: (abs((c - published).days), c), default=None)


def _shift(day: dt.date, months: int, on: int | None = None) -> dt.date | None:
    month = day.year * 12 + day.month - 1 + months
    return PartialDate(month // 12, month % 12 + 1, on or day.day).whole
