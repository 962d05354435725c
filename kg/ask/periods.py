"""Days, months and years that a question names, as a period: 2023년, 2024년 5월, 작년, 다음 달, 2023년부터 2025년까지, 최근 6개월."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_YEAR = r"(?:(?P<y{n}>(?:19|20)\d\d)|[’'‘](?P<s{n}>\d\d))\s?년도?"
_MONTH = r"(?:\s?(?P<m{n}>1[0-2]|0?[1-9])월)?(?:\s?(?P<d{n}>3[01]|[12]?\d)일)?"
_HALF = r"(?:\s?(?P<half>상반기|하반기)|\s?(?P<quarter>[1-4])분기)?"
_TO = r"\s?(?:부터|에서|[~∼～–-])\s?"
_RANGE = re.compile(
    _YEAR.replace("{n}", "1").replace("년도?", r"(?:년도?|(?=[~∼-]))")
    + _MONTH.replace("{n}", "1")
    + _TO
    + _YEAR.replace("{n}", "2")
    + _MONTH.replace("{n}", "2")
    + r"(?:까지)?(?:\s?사이에?)?"
)
_BEFORE, _AFTER = r"(?:(?:지난|오는)\s)?", r"(?:\s들어서?)?"
_ONE = re.compile(
    _BEFORE
    + _YEAR.replace("{n}", "1")
    + _MONTH.replace("{n}", "1")
    + _HALF
    + r"(?P<open>\s?(?:이후|부터)|\s?이전|\s?까지)?"
    + _AFTER
)
_BOTH = re.compile(r"(?P<y1>(?:19|20)\d\d)년?(?:도)?(?:[과와]|\s?[,·]|\s및)\s?(?P<y2>(?:19|20)\d\d)년도?")
_MONTHLY = re.compile(
    r"(?<![\d년]\s)(?<![\d년])(?:(?P<side>지난|오는)\s)?(?P<m1>1[0-2]|0?[1-9])월(?:\s?(?P<d1>3[01]|[12]?\d)일)?(?!\s?별)"
)
_COMING = re.compile(r"예정|앞으로|계획|열릴|개최될|다가오")
_ISO = re.compile(r"(?<!\d)(?P<y1>(?:19|20)\d\d)(?P<dot>[-./])\s?(?P<m1>\d{1,2})(?:(?P=dot)\s?(?P<d1>\d{1,2}))?\.?(?!\d)")
_NEAR = re.compile(
    r"(?P<year>작년|지난해|재작년|올해|금년|내년)"
    + _MONTH.replace("{n}", "1")
    + _HALF
    + _AFTER
    + r"|(?P<word>이번\s?달|이달|지난\s?달|다음\s?달|내달|이번\s?주|다음\s?주|지난\s?주|오늘|내일|어제)"
)
_LATELY = re.compile(r"(?:최근|지난)\s?(?P<many>\d{1,2})\s?(?P<unit>개월|달|년|주)(?:간|동안)?")
_YEARS = {"작년": -1, "지난해": -1, "재작년": -2, "올해": 0, "금년": 0, "내년": 1}
_MONTHS = {"이번달": 0, "이달": 0, "지난달": -1, "다음달": 1, "내달": 1}
_DAYS = {"오늘": 0, "내일": 1, "어제": -1}
_WEEKS = {"이번주": 0, "다음주": 1, "지난주": -1}
_FIRST, _LAST = "0000-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """First and last day as ISO strings, what the question calls it, and where that stands."""

    since: str
    until: str
    words: str
    start: int
    end: int


def period(question: str, today: dt.date) -> Period | None:
    """The period that a question names, None where it names none.

    >>> found = period("2024년 5월에 열린 행사는?", dt.date(2024, 1, 1))
    >>> found.since, found.until, found.words
    ('2024-05-01', '2024-05-31', '2024년 5월')
    >>> period("다음 달 행사", dt.date(2024, 12, 3)).since
    '2025-01-01'
    """
    readers = (
        (_RANGE, _range),
        (_BOTH, _both),
        (_ONE, _one),
        (_ISO, _one),
        (_LATELY, _lately),
        (_NEAR, _near),
        (_MONTHLY, _monthly),
    )
    for pattern, made in readers:
        match = pattern.search(question)
        bounds = made(match, today) if match else None
        if match and bounds:
            since, until = bounds
            return Period(since=since, until=until, words=match[0].strip(), start=match.start(), end=match.end())
    return None


def _bounds(part: dict[str, str | None], n: int) -> tuple[str, str] | None:
    year = int(part.get(f"y{n}") or f"20{part.get(f's{n}') or '00'}")
    month, day = (int(part.get(f"{name}{n}") or 0) for name in "md")
    if not month:
        return (f"{year}-01-01", f"{year}-12-31") if not day else None
    if not year or month > 12:
        return None
    last = calendar.monthrange(year, month)[1]
    if day > last:
        return None
    return (f"{year}-{month:02}-{day or 1:02}", f"{year}-{month:02}-{day or last:02}")


def _range(match: re.Match[str], today: dt.date) -> tuple[str, str] | None:
    first, last = _bounds(match.groupdict(), 1), _bounds(match.groupdict(), 2)
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def _one(match: re.Match[str], today: dt.date) -> tuple[str, str] | None:
    bounds = _bounds(match.groupdict(), 1)
    return None if bounds is None else _part(bounds, match.groupdict())


def _both(match: re.Match[str], today: dt.date) -> tuple[str, str] | None:
    first, last = int(match["y1"]), int(match["y2"])
    return (f"{first}-01-01", f"{last}-12-31") if last == first + 1 else None


def _monthly(match: re.Match[str], today: dt.date) -> tuple[str, str] | None:
    """A month without its year: the last one that has begun, the next one where the question looks ahead."""
    month, ahead = int(match["m1"]), match["side"] == "오는" or bool(match["side"] is None and _COMING.search(match.string))
    year = today.year + (month < today.month if ahead else -(month > today.month))
    last = calendar.monthrange(year, month)[1]
    day = int(match["d1"] or 0)
    return (f"{year}-{month:02}-{day or 1:02}", f"{year}-{month:02}-{day or last:02}") if day <= last else None


def _part(bounds: tuple[str, str], part: dict[str, str | None]) -> tuple[str, str]:
    """A half or a quarter of a year, or all from it or up to it."""
    year, opened = bounds[0][:4], (part.get("open") or "").strip()
    if part.get("half"):
        bounds = (f"{year}-01-01", f"{year}-06-30") if part["half"] == "상반기" else (f"{year}-07-01", f"{year}-12-31")
    if quarter := part.get("quarter"):
        first = 3 * int(quarter) - 2
        bounds = f"{year}-{first:02}-01", f"{year}-{first + 2:02}-{calendar.monthrange(int(year), first + 2)[1]}"
    if opened in ("이후", "부터"):
        return bounds[0], _LAST
    return (_FIRST, bounds[1]) if opened in ("이전", "까지") else bounds


def _lately(match: re.Match[str], today: dt.date) -> tuple[str, str]:
    many, unit = int(match["many"]), match["unit"]
    if unit == "주":
        return (today - dt.timedelta(weeks=many)).isoformat(), today.isoformat()
    month = today.year * 12 + today.month - 1 - many * (12 if unit == "년" else 1)
    first = dt.date(month // 12, month % 12 + 1, min(today.day, calendar.monthrange(month // 12, month % 12 + 1)[1]))
    return first.isoformat(), today.isoformat()


def _near(match: re.Match[str], today: dt.date) -> tuple[str, str] | None:
    if match["year"]:
        named = {**match.groupdict(), "y1": str(today.year + _YEARS[match["year"]])}
        whole = _bounds(named, 1)
        return None if whole is None else _part(whole, named)
    word = re.sub(r"\s", "", match["word"])
    if word in _MONTHS:
        month = today.year * 12 + today.month - 1 + _MONTHS[word]
        year, number = month // 12, month % 12 + 1
        return f"{year}-{number:02}-01", f"{year}-{number:02}-{calendar.monthrange(year, number)[1]}"
    if word in _WEEKS:
        monday = today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=_WEEKS[word])
        return monday.isoformat(), (monday + dt.timedelta(days=6)).isoformat()
    day = (today + dt.timedelta(days=_DAYS[word])).isoformat()
    return day, day
