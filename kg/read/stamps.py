"""The day in a field that a machine wrote: ISO, RFC 2822, epoch, digits only, day and month in other orders; in Korean time."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

KOREA = dt.timezone(dt.timedelta(hours=9))
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*?(?:Z|[+-]\d\d:?\d\d)$")
_FIRST = re.compile(r"(?P<y>(?:19|20)\d\d)\s?[-./년]\s?(?P<m>\d{1,2})\s?[-./월]\s?(?P<d>\d{1,2})(?!\d)")
_DIGITS = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?:[ T]?\d{2}:?\d{2}(?::?\d{2})?)?(?:\.0)?$"
)
_AMERICAN = re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>(?:19|20)\d\d)(?:\s|$)")
_SHORT = re.compile(r"['’]?(?P<y>\d\d)[./-]\s?(?P<m>\d{1,2})[./-]\s?(?P<d>\d{1,2})(?!\d)")
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d+)?$")
_YEARS = range(1880, 2200)  # in which articles come out; what lies beyond is a field that nobody filled
_WORDS = re.compile(r"[A-Za-z]{3}")


def stamp(value: object) -> dt.date | None:
    """The day of a field's value in Korean time, None where it names none (as "5시간 전" does).

    >>> [str(stamp(v)) for v in ("2025-03-05T23:30:00Z", "Wed, 05 Mar 2025 10:00:00 +0900", "20250305", "03/05/2025", "25.03.05")]
    ['2025-03-06', '2025-03-05', '2025-03-05', '2025-03-05', '2025-03-05']
    >>> stamp("1741136400"), stamp("5시간 전")
    (datetime.date(2025, 3, 5), None)
    """
    if isinstance(value, dt.datetime):
        return (value.astimezone(KOREA) if value.tzinfo else value).date()
    if isinstance(value, dt.date):
        return value
    words = str(value).strip()[:100]
    try:
        found = _zoned(words) or _plain(words)
    except (ValueError, OverflowError, OSError):
        return None
    return found if found and found.year in _YEARS else None


def _zoned(words: str) -> dt.date | None:
    if _ISO.match(words):
        return dt.datetime.fromisoformat(words.replace(" ", "T", 1)).astimezone(KOREA).date()
    if _WORDS.match(words) or re.match(r"\d{1,2}\s[A-Za-z]{3}", words):
        try:
            found = parsedate_to_datetime(words)
        except (ValueError, TypeError):
            return None
        return (found.astimezone(KOREA) if found.tzinfo else found).date()
    if match := _EPOCH.match(words) if len(words.partition(".")[0]) >= 9 and not _DIGITS.match(words) else None:
        return dt.datetime.fromtimestamp(int(match[1]), KOREA).date()
    return None


def _plain(words: str) -> dt.date | None:
    for pattern, century in ((_FIRST, 0), (_DIGITS, 0), (_AMERICAN, 0), (_SHORT, 2000)):
        if match := pattern.search(words) if pattern is _FIRST else pattern.match(words):
            return dt.date(int(match["y"]) + century, int(match["m"]), int(match["d"]))
    return None
