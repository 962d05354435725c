"""Dates that a page states about itself, as opposed to dates that its text speaks of."""
from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-./년]\s?(\d{1,2})\s?[-./월]\s?(\d{1,2})(?!\d)")
_FILE_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])?(?:[0-5]\d){0,2}(?!\d)")
_PUBLISHED = re.compile(r"[<\[(【•· ]*(보도|배포|발행|발표|등록|작성|게시|입력|기사입력|승인|기사승인|송고)")
_SEEN = re.compile(r"[<\[(【•· ]*(최종\s?편집|최종\s?수정|수정)")
_PICTURE = re.compile(r"\.(?i:png|jpe?g|gif|bmp|webp|tiff?)\s*$")


def day(words: str) -> dt.date | None:
    """The first full date in some words.

    >>> day("보도시점 2024. 3. 5.(화) 12:00")
    datetime.date(2024, 3, 5)
    """
    for match in _DAY.finditer(words):
        try:
            return dt.date(*map(int, match.groups()))
        except ValueError:
            continue
    return None


def stated_date(headers: Iterable[str]) -> dt.date | None:
    """The day of publication that header lines state; the day on which a page was seen or edited last is none."""
    lines = list(headers)
    labelled = [found for line in lines if _PUBLISHED.match(line) and (found := day(line))]
    bare = [found for line in lines if not _SEEN.match(line) and not _PUBLISHED.match(line) and (found := day(line))]
    return (labelled or bare or [None])[0]


def header_date(headers: Iterable[str]) -> dt.date | None:
    """The latest day that header lines speak of, by which the page existed."""
    return max((found for line in headers if (found := day(line))), default=None)


def named_file_date(lines: Iterable[str], latest: dt.date | None) -> dt.date | None:
    """The last day in the names of a page's picture files: pictures are stored when an article is published.

    >>> named_file_date(["행사_20240304.png", "resize_20240305_101010.jpg", "안내.hwp"], None)
    datetime.date(2024, 3, 5)
    """
    days = set()
    for line in lines:
        for match in _FILE_DAY.finditer(line) if _PICTURE.search(line) else ():
            try:
                days.add(dt.date(*map(int, match.groups()[:3])))
            except ValueError:
                continue
    return max((found for found in days if latest is None or found <= latest), default=None)
