"""Dates in Korean text: regular expressions composed of named atoms, each tested alone.

A value stays as partial as the text leaves it (``10월`` has no day); what year it lies in is decided in ``kg.resolve.dates``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from kg.analyze.offsets import among
from kg.model import PartialDate, Value

YEAR = r"(?:(?P<{n}y4>(?:19|20)\d\d)|[’‘'`]\s?(?P<{n}y2>\d\d))"
MONTH = r"(?P<{n}m>1[0-2]|0?[1-9])"
DAY = r"(?P<{n}d>3[01]|[12]\d|0?[1-9])"
WEEKDAYS = "월화수목금토일"  # Monday first, as date.weekday() counts
_HANJA = dict(zip("月火水木金土日", WEEKDAYS))
WEEKDAY = r"(?:\s?\((?P<{n}w>[월화수목금토일月火水木金土日])(?:요일)?\)|\s(?P<{n}v>[월화수목금토일])요일)?"
HINT = r"지난해|지난\s?달|지난|오는|내년|내달|다음\s?달|작년|올해|금년|이달|이번\s?달|돌아오는|전년|당일|같은\s?달|올|이듬해|매월|매년|매달"
TILDE = r"\s?(?:부터|에서|[~∼～〜\-–—])\s?"
AND = r"\s?(?:과|와|및|,|·|ㆍ)\s?"
LENGTH = (
    r"(?:(?:\d박\s?)?(?P<{n}len>하루|이틀|사흘|나흘|닷새|엿새|이레|양일|\d{1,2}일)\s?(?:간(?!담)|동안|에\s걸쳐|(?:의\s)?일정))"
)
# What makes N일 a length or a time of something else: 5일간 (but 5일 간담회), 5일(3.11.~15.) 간, 3일 이내, 3일 단기 과정, 1일 평균, 20일 전까지.
_NO_DAY = (
    r"(?!\s?(?:간(?!담)|동안|째|차(?!관)|정도|상당|부로|이내|이상|이하|만에|연속|평균|에\s걸쳐|짜리|코스)|"
    r"\s?\([^()\n]{3,30}\)\s?간(?![가-힣])|\s(?:단기\s|장기\s)?(?:과정|일정)(?=[으의])|"
    r"\s?[~∼～〜\-–]\s?\d{1,2}\s?일차|\s?(?:전|후|내|뒤)(?=[\s에까])|\s\d+(?:회|건)|제(?=[\s의])|장(?=[\s에])|\d)"
)
# 2021년 6월 28일 · 2021. 6. 28.(월) · ’21.6.28. · 6월 28일 · 6.28.(월) · 28일(월) · 28일 · 2021-06-28
_WHOLE = (
    r"(?:"
    + YEAR
    + r"\s?[년.]\s?)"
    + MONTH
    + r"\s?[월.]\s?"
    + DAY
    + r"\s?(?:일|\.(?=\D|$)|(?=[\s()~∼～〜\-–,/)]|$))(?!\s?(?:간(?!담)|동안))"
    + WEEKDAY
)
_ISO = r"(?P<{n}y4>(?:19|20)\d\d)(?P<{n}sep>[-/])" + MONTH + r"(?P={n}sep)" + DAY + r"(?!\d)" + WEEKDAY
_MONTH_DAY = MONTH + r"\s?월\s?" + DAY + r"\s?일?(?!\d)(?!\s?(?:일간|동안))" + WEEKDAY
_DOTTED = (
    MONTH
    + r"[./]\s?"
    + DAY
    + r"(?:일|\.)?(?:\s?\((?P<{n}w>[월화수목금토일月火水木金土日])\)|(?<=일)(?!\d)|(?<=\.)(?=\s?[~∼～〜\-–)]))"
)
_DAY = DAY + r"\s?일" + _NO_DAY + WEEKDAY
_YEAR_MONTH = r"(?:" + YEAR + r"\s?[년.]\s?)" + MONTH + r"\s?(?:월|\.(?=\s|$))"
_MONTH = MONTH + r"월(?!\s?\d)"
_YEAR = YEAR + r"년(?!\s?\d+월)(?:도(?!\w))?"


def _pattern(body: str, prefix: str) -> str:
    return body.replace("{n}", prefix)


_ENDS = (
    _WHOLE,
    _ISO,
    _MONTH_DAY,
    _DOTTED,
    _DAY,
    MONTH + r"\." + DAY + r"\.?(?!\d)",
    DAY + r"(?=\.?\s?\([월화수목금토일]\))\.?" + WEEKDAY,
    DAY + r"(?:\.(?!\s?\d)|(?=\.?\s?(?:[),]|간(?![가-힣]))))",  # 7.14.-18., 6.29-30간, (11.1~4, …
)
_TO_DAY = r"\s?[~∼～〜\-–]\s?(?:" + MONTH.replace("(?P<{n}m>", "(?:") + r"\.)?" + r"(?:3[01]|[12]\d|0?[1-9])\.?"
_STARTS = (
    _WHOLE,
    _ISO,
    _MONTH_DAY,
    _DOTTED,
    _DAY,
    MONTH + r"월\s?" + DAY + r"(?=\s?[~∼～〜\-]\s?\d)",  # 6월 28~29일
    DAY + r"(?=\s?[~∼～〜]\s?\d{1,2}\s?일(?!차))",  # 28~29일
    YEAR + r"\." + MONTH + r"\." + DAY + r"(?=\s?[~∼～〜\-])",
    r"(?<=\()" + MONTH + r"\." + DAY + r"(?:\.?(?=\)|,|~|∼)|\.(?=\s))",  # (6.28, (6.28. 개최)
    r"(?:(?<=지난 )|(?<=오는 ))" + MONTH + r"\." + DAY + r"\.(?=\s[가-힣‘“「『｢])",  # 지난 6.28. 개최된
    MONTH + r"\." + DAY + r"\.(?=\s?(?:개최[된되한할했하]|열[린리]))",  # 6.28. 열린, not 1.2. 개최 배경
    MONTH + r"\." + DAY + rf"(?={_TO_DAY}(?:일|\s?간(?![가-힣])))",  # 6.29-30간, 3.28-31일
    r"(?<=\()" + MONTH + r"\." + DAY + r"(?=\s?[~∼～〜\-–]\s?(?:3[01]|[12]\d|0?[1-9])\.?[),])",  # (11.1~4, …
    r"(?:(?<=:)|(?<=:\s))" + DAY + r"\s?\((?P<{n}w>[월화수목금토일])\)(?=\s[가-힣])",  # 사진 설명 : 26(수) 개최된
)
_PARTS = (_YEAR_MONTH, r"(?<![\d.])" + _MONTH, _YEAR)
_DATE = re.compile(
    r"(?P<first>"
    + "|".join(f"(?P<s{i}>{_pattern(p, f's{i}')})" for i, p in enumerate(_STARTS))
    + ")"
    + r"(?:(?:"
    + TILDE
    + r"|(?P<and>"
    + AND
    + r"))(?P<later>(?:올해|이듬해|내년|오는|내달|다음\s?달|같은\s?달)\s?)?"
    + r"(?P<end>"
    + "|".join(f"(?P<e{i}>{_pattern(p, f'e{i}')})" for i, p in enumerate(_ENDS))
    + r")(?:까지)?(?P<both>,?\s?(?:총\s?)?"
    + _pattern(LENGTH, "b")
    + r")?"
    + r"|(?:부터\s?|\s)"
    + _pattern(LENGTH, "")
    + r")?"
    + "|"
    + "|".join(f"(?P<p{i}>{_pattern(p, f'p{i}')})" for i, p in enumerate(_PARTS))
)
# A date begins with a number before one of these signs; everything else is passed over quickly.
_NUMBER = re.compile(r"(?<![\d./,])(?<!\d박)(?<!\d박\s)\d{1,4}(?=\s?[년월일.~∼～〜(/\-])")
_BEFORE = re.compile(rf"(?<![가-힣])(?P<hint>{HINT})\s?$")
_QUOTED_YEAR = re.compile(r"[’‘'`]\s?$")
_REFERENCE = re.compile(r"\s?(?:기준|현재(?=[\s,)]))")
_WORD = re.compile(r"(?<![가-힣])(?P<word>오늘|어제|내일|금일|명일|작일|당일|같은\s?날)(?=[\s(은는,에])")
_DAYS = re.compile(r"[월일]")
_LENGTHS = {"하루": 1, "이틀": 2, "양일": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7}
_EACH = frozenset({"매월", "매년", "매달"})
_BEGINNINGS = tuple(f"s{i}" for i in range(len(_STARTS))) + tuple(f"p{i}" for i in range(len(_PARTS)))
_ENDINGS = tuple(f"e{i}" for i in range(len(_ENDS)))
_KEYS = {p: tuple(k for k in ("y4", "y2", "m", "d", "w", "v") if p + k in _DATE.groupindex) for p in _BEGINNINGS + _ENDINGS}


def _century(year: int) -> int:
    """The year that two digits mean: ’25 is 2025, ’89 is 1989."""
    return year + (2000 if year < 50 else 1900)


def _partial(match: re.Match, prefixes: tuple[str, ...]) -> tuple[PartialDate, str | None]:
    """The date of the alternative that matched, and the day of the week beside it."""
    prefix = next(p for p in prefixes if match[p] is not None)
    parts = {key: match[prefix + key] for key in _KEYS[prefix]}
    year = int(parts["y4"]) if parts.get("y4") else _century(int(parts["y2"])) if parts.get("y2") else None
    month, day = (int(parts[k]) if parts.get(k) else None for k in "md")
    weekday = parts.get("w") or parts.get("v")
    return PartialDate(year, month, day), weekday and _HANJA.get(weekday, weekday)


def _next_day(first: PartialDate, second: PartialDate) -> bool:
    """Whether two dates with `과` between them are one period."""
    return bool(
        second.year in (None, first.year) and second.month in (None, first.month) and first.day and second.day == first.day + 1
    )


def find_dates(text: str) -> Iterator[Value]:
    """Dates and periods, leftmost and longest; the day of the week beside a date is its ``text``.

    >>> [(str(v.date), str(v.until)) for v in find_dates("10월 15일부터 18일까지, ’26.2.11.(수) 14:30, 27~29일")]
    [('????-10-15', '????-10-18'), ('2026-02-11', 'None'), ('????-??-27', '????-??-29')]
    >>> [(str(v.date), str(v.until), v.days) for v in find_dates("8일과 9일 양일간, 3일과 10일, 12일부터 나흘간 열리는 5일 동안의 교육")]
    [('????-??-08', '????-??-09', None), ('????-??-03', 'None', None), ('????-??-10', 'None', None), ('????-??-12', 'None', 4)]
    >>> [str(v.date) for v in find_dates("20일에 1박 2일, 2박3일 교육을")]
    ['????-??-20']
    >>> [(str(v.date), str(v.until)) for v in find_dates("6.29-30간, (11.1~4, 서울), 7.14.-18. 개최, (1.5~2), 2.4~2.6천만 원")]
    [('????-06-29', '????-06-30'), ('????-11-01', '????-11-04'), ('????-07-14', '????-07-18')]
    """
    found: list[Value] = []
    done = 0
    for number in _NUMBER.finditer(text):
        at = number.start()
        if at < done:
            continue
        quote = _QUOTED_YEAR.search(text, max(done, at - 2), at) if number.end() - at == 2 else None
        match = quote and _DATE.match(text, quote.start()) or _DATE.match(text, at)
        if match is None:
            continue
        hint = _BEFORE.search(text, max(done, match.start() - 5), match.start())
        value, done = _value(match, hint)
        if _backwards(value) and not _DAYS.search(text, value.start, done):
            continue  # (1.5~2): numbers
        if (hint is None or hint["hint"] not in _EACH) and not _REFERENCE.match(text, done):
            found.append(value)
    inside = among((v.start, v.end) for v in found)
    days, again = sorted((v for v in found if v.date and v.date.day), key=lambda v: v.start), None
    for word in _WORD.finditer(text):
        if word["word"].startswith("같은"):
            at = bisect_left(days, word.start(), key=lambda v: v.start)
            before = max((v for v in (*days[max(0, at - 1) : at], again) if v is not None), key=lambda v: v.start, default=None)
            if before is not None:
                again = replace(before, start=word.start(), end=word.end(), until=None, days=None)
                found.append(again)
        elif not inside(word.start()):
            found.append(Value(kind="date", start=word.start(), end=word.end(), hint=word["word"]))
    yield from sorted(found, key=lambda v: (v.start, v.end))


def _backwards(value: Value) -> bool:
    """Whether a period within a month ends before it begins."""
    first, last = value.date, value.until
    if first is None or last is None or last.year not in (None, first.year) or last.month != first.month:
        return False
    return bool(first.day and last.day and last.day < first.day)


def _value(match: re.Match, hint: re.Match | None) -> tuple[Value, int]:
    """The value of a match, and where the text after it goes on."""
    date, weekday = _partial(match, _BEGINNINGS)
    until = _partial(match, _ENDINGS)[0] if match["end"] else None
    end, length = match.end(), match["len"]
    if until is not None and match["and"] and not (_next_day(date, until) or match["both"]):
        until, end = None, match.end("first")  # 3일과 10일: two days, no period
    if until is not None:
        later = (match["later"] or "").replace(" ", "")
        if later in ("내년", "이듬해") and until.month and date.month and until.month >= date.month:
            until = None  # more than a year: rather no end than a wrong one
        else:
            until = PartialDate(until.year, until.month or (None if later else date.month), until.day)
    days = _LENGTHS.get(length) or int(length.rstrip("일")) if length else None
    year = date.year if date.year and not date.month and not date.day else None
    return Value(
        kind="year" if year else "date",
        start=hint.start() if hint else match.start(),
        end=end,
        date=date,
        until=until,
        days=days,
        hint=re.sub(r"\s", "", hint["hint"]) if hint else None,
        number=year,
        text=weekday,
    ), end
