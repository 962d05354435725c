"""Dates that a page states about itself, as opposed to dates that its text speaks of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import zip_longest

from kg.read.cues import load_cues
from kg.read.lines import Line, days

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-./년∙]\s?(\d{1,2})\s?[-./월∙]\s?(\d{1,2})(?!\d)")
_US_DAY = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?!\d)")
_SHORT_DAY = re.compile(r"(?<![\d.])[’']?(\d\d)[.\-/]\s?(\d{1,2})[.\-/]\s?(\d{1,2})(?![\d])")
_RFC_DAY = re.compile(r"(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* ((?:19|20)\d\d)")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_FILE_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])?(?:[0-5]\d){0,2}(?!\d)")
_PICTURE = re.compile(r"\.(?i:png|jpe?g|gif|bmp|webp|tiff?)\s*$")
_SEEN = re.compile(r"최종편집|오늘|today", re.I)
KINDS = ("published", "bare", "modified", "embargo", "seen")


def day(words: str) -> dt.date | None:
    """The first full date in some words.

    >>> day("보도시점 2024. 3. 5.(화) 12:00"), day("12/02/2025 10:58"), day("Wed, 05 Mar 2025 10:00")
    (datetime.date(2024, 3, 5), datetime.date(2025, 12, 2), datetime.date(2025, 3, 5))
    """
    for pattern, order in ((_DAY, (0, 1, 2)), (_US_DAY, (2, 0, 1)), (_RFC_DAY, (2, 1, 0)), (_SHORT_DAY, (0, 1, 2))):
        for match in pattern.finditer(words):
            year, month, number = (match.groups()[i] for i in order)
            year = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 70 else 1900)
            if found := _date(year, _MONTHS.index(month[:3]) + 1 if month[0].isalpha() else int(month), int(number)):
                return found
    return None


def _date(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


@cache
def _labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = load_cues().dates
    return tuple(
        (
            kind,
            re.compile(
                ("(?<![가-힣])" if kind == "event" else "")
                + "(?:"
                + "|".join(sorted(map(re.escape, table[kind]), key=lambda w: (-len(w), w)))
                + ")"
            ),
        )
        for kind in table
    )


def _kind(before: str, after: str) -> str:
    """What a date says, by the last label before it and what stands right behind it."""
    before, after = re.sub(r"\s", "", before), after.lstrip(" .")[:12]
    last, at = "bare", -1
    for kind, pattern in _labels():
        for match in pattern.finditer(before):
            if match.end() > at:
                last, at = "seen" if _SEEN.search(match[0]) else kind, match.end()
    if _SEEN.search(before):
        return "seen"
    if last == "bare" and re.match(r"(?:\([^()]*\)\s?)?(?:조간|석간)", after):
        return "embargo"
    return "published" if last == "bare" and re.match(r"(?:\d\d?:\d\d\s?)?송고", after) else last


def said_days(words: str, label: str = "") -> Iterator[tuple[str, dt.date]]:
    """What a line says of days, each with its kind; ``label`` is the line above, where it is no more than a label.

    >>> list(said_days("입력 2024.03.05 10:00 | 수정 2024.03.06"))
    [('published', datetime.date(2024, 3, 5)), ('modified', datetime.date(2024, 3, 6))]
    """
    at = 0
    for match in days(words):
        found = day(match[0])
        kind = _kind((label + " " if at == 0 else "") + words[at : match.start()], words[match.end() :])
        if found and kind != "event" and not words[match.end() :].lstrip(" .").startswith("~"):
            yield kind, found
        at = match.end()


def days_of(
    lines: Sequence[Line], roles: Iterable[str] = ("date", "header", "copyright", "contact")
) -> list[tuple[str, dt.date]]:
    """What lines say of their page's day."""
    found: list[tuple[str, dt.date]] = []
    for line, above in zip_longest(lines, [None, *lines[:-1]]):
        if line is None or line.role not in roles:
            continue
        label = above.text if above is not None and len(above.text) <= 12 and not days(above.text) else ""
        if label and line.text.startswith("("):
            pass
        found += said_days(line.text, label)
    return found


def best_day(found: Sequence[tuple[str, dt.date]], kinds: Sequence[str] = KINDS) -> dt.date | None:
    """The day of publication among what lines say: labelled, bare, changed, embargo, in this order."""
    return next((date for kind in kinds for said, date in found if said == kind), None)


def stated_date(headers: Iterable[str]) -> dt.date | None:
    """The day of publication that header lines state; the day on which a page was seen or edited last is none.

    >>> stated_date(["최종편집 2024-01-02", "발행일: 2024-03-05"])
    datetime.date(2024, 3, 5)
    """
    lines = list(headers)
    found = [
        said
        for line, above in zip(lines, ["", *lines])
        for said in said_days(line, above if len(above) <= 12 and not days(above) else "")
    ]
    return best_day(found, ("published", "bare", "embargo"))


def header_date(headers: Iterable[str]) -> dt.date | None:
    """The latest day that header lines speak of, by which the page existed."""
    return max((found for line in headers if (found := day(line))), default=None)


def named_file_date(lines: Iterable[str], latest: dt.date | None) -> dt.date | None:
    """The last day in the names of a page's picture files: pictures are stored when an article is published.

    >>> named_file_date(["행사_20240304.png", "resize_20240305_101010.jpg", "안내.hwp"], None)
    datetime.date(2024, 3, 5)
    """
    found = set()
    for line in lines:
        for match in _FILE_DAY.finditer(line) if _PICTURE.search(line) else ():
            if then := _date(*map(int, match.groups()[:3])):
                found.add(then)
    return max((then for then in found if latest is None or then <= latest), default=None)
