"""Dates, counts and ordinals in Korean text: regular expressions composed of named atoms, each tested alone.

A value stays as partial as the text leaves it (``10월`` has no day); what year it lies in is decided in ``kg.resolve.dates``.
"""
from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import PartialDate, Value

YEAR = r"(?:(?P<{n}y4>(?:19|20)\d\d)|[’‘'](?P<{n}y2>\d\d))"
MONTH = r"(?P<{n}m>1[0-2]|0?[1-9])"
DAY = r"(?P<{n}d>3[01]|[12]\d|0?[1-9])"
WEEKDAY = r"(?:\s?\([월화수목금토일](?:요일)?\)|\s[월화수목금토일]요일)?"
HINT = r"(?:(?P<hint>지난해|지난달|지난 달|지난|오는|내년|내달|다음\s?달|작년|올해|금년|이달|이번\s?달|돌아오는|전년|당일|같은 달)\s?)?"
TILDE = r"\s?(?:부터|에서|[~∼～\-–—])\s?"
# 2021년 6월 28일 · 2021. 6. 28.(월) · ’21.6.28. · 6월 28일 · 6.28.(월) · 28일(월) · 28일
_WHOLE = r"(?:" + YEAR + r"\s?[년.]\s?)" + MONTH + r"\s?[월.]\s?" + DAY + r"\s?(?:일|\.(?=\D|$)|(?=[\s()~∼～\-–,)]|$))" + WEEKDAY
_MONTH_DAY = MONTH + r"\s?월\s?" + DAY + r"\s?일?(?!\d)" + WEEKDAY
_DOTTED = MONTH + r"\.\s?" + DAY + r"(?:\.(?:\s?\([월화수목금토일]\))|\.?\s?\([월화수목금토일]\)|일(?:\s?\([월화수목금토일]\))?|\.(?=\s?[~∼～\-–)]))"
_DAY = DAY + r"\s?일(?!간|째|차|정|상|부로|\d)" + WEEKDAY
_YEAR_MONTH = r"(?:" + YEAR + r"\s?[년.]\s?)" + MONTH + r"\s?(?:월|\.(?=\s|$))"
_MONTH = MONTH + r"월(?!\s?\d)"
_YEAR = YEAR + r"년(?!\s?\d+월)(?:도(?!\w))?"


def _pattern(body: str, prefix: str) -> str:
    return body.replace("{n}", prefix)


_ENDS = (r"(?:" + _pattern(_WHOLE, "e1") + "|" + _pattern(_MONTH_DAY, "e2") + "|" + _pattern(_DOTTED, "e3") + "|" + _pattern(_DAY, "e4")
         + "|" + _pattern(MONTH + r"\." + DAY + r"\.?", "e5") + "|" + _pattern(DAY + r"(?=\.?\s?\([월화수목금토일]\))\.?" + WEEKDAY, "e6")
         + r")(?:까지)?(?:\s?(?:하루|이틀|사흘|나흘|닷새|엿새|이레|\d{1,2}일)\s?간)?")
_LENGTH = r"(?:부터\s?|\s?)(?P<len>하루|이틀|사흘|나흘|닷새|엿새|이레|\d{1,2}일)\s?(?:간|동안)"
_DATE = re.compile(
    r"(?<![\d./])" + HINT + r"(?:"
    + "|".join(f"(?:{_pattern(p, f's{i}')})" for i, p in enumerate((_WHOLE, _MONTH_DAY, _DOTTED, _DAY), 1))
    + "|" + _pattern(MONTH + r"월\s?" + DAY + r"(?=\s?[~∼～\-]\s?\d)", "s5")
    + "|" + _pattern(r"(?<![\d.])" + DAY + r"(?=\s?[~∼～]\s?\d{1,2}일)", "s6")
    + "|" + _pattern(YEAR + r"\." + MONTH + r"\." + DAY + r"(?=\s?[~∼～\-])", "s7")
    + "|" + _pattern(r"(?<=\()" + MONTH + r"\." + DAY + r"\.?(?=\)|,|~|∼|∼)", "s8")
    + r")(?:" + TILDE + r"(?P<end>" + _ENDS + r")|" + _LENGTH + r")?"
    + r"|(?P<hint2>(?:내년|작년|올해|지난해|금년)\s)?" + _pattern(_YEAR_MONTH, "p1")
    + r"|(?P<hint4>(?:내년|작년|올해|지난해|금년|지난|오는)\s)?(?<![\d.])" + _pattern(_MONTH, "p2")
    + r"|(?P<hint3>(?:내년|작년|올해|지난해|금년)\s?)?" + _pattern(_YEAR, "p3")
    + r"|(?P<word>오늘|어제|내일|금일|명일|작일|당일)(?=[\s(은는,에])")
_LENGTHS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7}
_WORDS = {"오늘": 0, "금일": 0, "어제": -1, "작일": -1, "내일": 1, "명일": 1}

NUMBER = r"(?P<n>\d{1,3}(?:,\d{3})+|\d+)\s?(?P<unit>만\s?|천\s?)?"
_NUMERALS = {"첫": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10}
_COUNT = re.compile(NUMBER + r"여?\s?(?:(?P<people>명|인(?![가-힣])|분이)|(?P<countries>개국)|(?P<organizations>개\s?(?:국제기구|기관|회원사|단체|기업|조직)))")
_EDITION = re.compile(r"(?<!\w)(?:제\s?(?P<n>\d{1,3})\s?(?P<unit>회|차|기|대)(?!차|의실|국|에\s걸쳐|\s?이상|\s?연속|[가-힣]*법)"
                      r"|(?P<word>첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?번째)")


def _partial(match: re.Match, prefix: str) -> PartialDate | None:
    groups = match.groupdict()

    def number(key: str) -> int | None:
        found = groups.get(prefix + key)
        return int(found) if found else None

    year = number("y4")
    if year is None and groups.get(prefix + "y2"):
        year = 2000 + int(groups[prefix + "y2"])
    month, day = number("m"), number("d")
    return PartialDate(year, month, day) if year or month or day else None


def find_dates(text: str) -> Iterator[Value]:
    """Dates and periods, leftmost and longest.

    >>> [(str(v.date), str(v.until)) for v in find_dates("10월 15일부터 18일까지, ’26.2.11.(수) 14:30, 27~29일")]
    [('????-10-15', '????-10-18'), ('2026-02-11', 'None'), ('????-??-27', '????-??-29')]
    """
    for match in _DATE.finditer(text):
        groups = match.groupdict()
        hint = groups["hint"] or groups["hint2"] or groups["hint3"] or groups["hint4"]
        hint = hint.replace(" ", "") if hint else None
        if groups["word"]:
            yield Value(kind="date", start=match.start(), end=match.end(), hint=groups["word"])
            continue
        date = next((d for p in ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "p1", "p2", "p3") if (d := _partial(match, p))), None)
        until = None
        if groups["end"]:
            until = next((d for p in ("e1", "e2", "e3", "e4", "e5", "e6") if (d := _partial(match, p))), None)
            if until:
                until = PartialDate(until.year or date.year, until.month or date.month, until.day)
        length = groups["len"]
        days = None
        if length:
            days = _LENGTHS.get(length) or int(length.rstrip("일"))
        kind = "year" if date and date.year and not date.month and not date.day else "date"
        yield Value(kind=kind, start=match.start(), end=match.end(), date=date, until=until, days=days, hint=hint,
                    number=date.year if kind == "year" else None)


def find_counts(text: str) -> Iterator[Value]:
    """Counts of people, countries and organizations.

    >>> [(v.kind, v.number) for v in find_counts("100여 명, 45개국 5개 국제기구, 1만 2천 명")]
    [('people', 100), ('countries', 45), ('organizations', 5), ('people', 12000)]
    """
    previous = None
    for match in _COUNT.finditer(text):
        number = int(match["n"].replace(",", ""))
        start = match.start()
        scale = {"만": 10_000, "천": 1_000}.get((match["unit"] or "").strip(), 1)
        number *= scale
        head = re.search(r"(\d+)만\s?$", text[max(0, start - 8):start])
        if head and scale in (1, 1000):  # 1만 2천 명
            number += int(head[1]) * 10_000
            start -= len(head[0])
        kind = next(k for k in ("people", "countries", "organizations") if match[k])
        if previous is None or start >= previous:
            yield Value(kind=kind, start=start, end=match.end(), number=number)
        previous = match.end()


def find_editions(text: str) -> Iterator[Value]:
    """Ordinals of events: 제4회, 제57차, 세 번째.

    >>> [v.number for v in find_editions("제4회 토론회, 제57차 회의, 세 번째 포럼, 제3회의실")]
    [4, 57, 3]
    """
    for match in _EDITION.finditer(text):
        number = int(match["n"]) if match["n"] else _NUMERALS[match["word"]]
        yield Value(kind="edition", start=match.start(), end=match.end(), number=number)
