"""Counts and ordinals in Korean text: 100여 명, 45개국, 1만 2천 명; 제4회, 세 번째."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Value

# A number is tried where it begins, and not again within it: a page of digits would take the square of its length.
_GROUPED = r"(?:(?<!\d{3},)|(?=\d{1,2},))\d{1,3}(?:,\d{3})++"
NUMBER = rf"(?P<n>{_GROUPED}|(?<!\d)\d++)\s?(?P<unit>만\s?|천\s?)?"
_NUMERALS = {"첫": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10}
_COUNT = re.compile(
    NUMBER
    + r"여?\s?(?:(?P<people>명|인(?![가-힣])|분이)|(?P<countries>개국)|(?P<organizations>개\s?(?:국제기구|기관|회원사|단체|기업|조직)))"
)
_SINO = {d: n for n, d in enumerate("일이삼사오육칠팔구", 1)} | {"": 1}
_WRITTEN = re.compile(r"(?<=[백천])여?\s?명(?![가-힣]{2})")
_NUMERAL = re.compile(r"(?<![가-힣\d])(?:(?P<t>[이삼사오육칠팔구]?)천)?(?:(?P<h>[이삼사오육칠팔구]?)백)?$")
_EDITION = re.compile(
    r"(?<!\w)(?:제\s?(?P<n>\d{1,3})\s?(?P<unit>회|차|기)(?!차|관(?![련계광리])|의실|국|에\s걸쳐|\s?이상|\s?연속|[가-힣]*법)"
    r"|(?P<word>첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?번째"
    r"|(?<!\b[연총] )(?<!연간 )(?P<bare>\d{1,3})\s?(?:회째|회차|번째|회(?=[를을]\s맞)|[차회](?!\s(?:산업|피해|협력|조사|가공))"
    r"(?=(?:회의|총회|포럼|간담회|토론회|세미나)|\s(?:[가-힣]+\s)?[가-힣]*(?:회의|포럼|세미나|회담|총회|간담회|토론회|대회|이사회|협의회|위원회|협의체|협상))"
    r"|차(?=\s(?:교육|컨설팅|설명회|공청회|워크[숍샵]|연수|심포지엄|캠프|공모))))"
)


_AMONG = re.compile(r"(?:[가-힣]에서|중에서?|가운데|통틀어|다음으로)\s$")  # 아시아에서 두 번째 …: among others, no edition
_QUOTED = re.compile(r"[‘“「『｢][^’”」』｣]*[’”」』｣]")
_WITHIN_TERM = re.compile(r"제\s?\d{1,3}기\s제?\s?(\d{1,3})[회차](?=\s)")
_JOINED = re.compile(r"\s(?:겸|및)\s")
_DIGITS = 15  # of a number that can be meant; longer ones are codes


def find_counts(text: str) -> Iterator[Value]:
    """Counts of people, countries and organizations.

    >>> [(v.kind, v.number) for v in find_counts("100여 명, 45개국 5개 국제기구, 1만 2천 명, 1.1만여 명, 천오백 명, 2천800여 명")]
    [('people', 100), ('countries', 45), ('organizations', 5), ('people', 12000), ('people', 11000), ('people', 2800), ('people', 1500)]
    """
    previous = None
    for match in _COUNT.finditer(text):
        if len(match["n"]) > _DIGITS:
            continue
        number = int(match["n"].replace(",", ""))
        start = match.start()
        scale = {"만": 10_000, "천": 1_000}.get((match["unit"] or "").strip(), 1)
        number *= scale
        whole = re.search(r"(?<![\d.])(\d{1,4})\.$", text[max(0, start - 6) : start]) if scale > 1 else None
        if whole:  # 1.1만여 명
            number = int(whole[1]) * scale + number // 10 ** len(match["n"])
            start -= len(whole[0])
        above = re.search(r"(\d)천\s?$", text[max(0, start - 3) : start]) if scale == 1 and number < 1000 else None
        if above:  # 2천800여 명
            number += int(above[1]) * 1000
            start -= len(above[0])
        head = re.search(r"(\d+)만\s?$", text[max(0, start - 8) : start])
        if head and scale in (1, 1000):  # 1만 2천 명
            number += int(head[1]) * 10_000
            start -= len(head[0])
        kind = next(k for k in ("people", "countries", "organizations") if match[k])
        if previous is None or start >= previous:
            yield Value(kind=kind, start=start, end=match.end(), number=number)
        previous = match.end()
    for match in _WRITTEN.finditer(text):
        written = _NUMERAL.search(text, max(match.start() - 4, 0), match.start())
        if written is not None and written[0]:
            number = (0 if written["t"] is None else 1000 * _SINO[written["t"]]) + (
                0 if written["h"] is None else 100 * _SINO[written["h"]]
            )
            yield Value(kind="people", start=written.start(), end=match.end(), number=number)


def edition_in(name: str) -> int | None:
    """The ordinal in an event's name; of several the one nearest to its last word, outside quotation marks.

    >>> edition_in("제4회 토론회"), edition_in("연 2회 포럼"), edition_in("제2기 자문단 제1차 회의"), edition_in("제7회 「제2차 계획」 공청회")
    (4, None, 1, 7)
    """
    if (within := _WITHIN_TERM.search(name)) is not None:
        return int(within[1])  # 제34기 4차 총회
    found = list(find_editions(name))
    own = [v for v in found if not any(m.start() < v.start < m.end() for m in _QUOTED.finditer(name))] or found
    own = [v for v in own if name.startswith("제", v.start)] or own
    return own[0 if _JOINED.search(name) else -1].number if own else None


def among_others(text: str, start: int) -> bool:
    """Whether an ordinal at an offset counts among others and no editions.

    >>> among_others("아시아에서 두 번째", 6), among_others("올해 두 번째", 3)
    (True, False)
    """
    return _AMONG.search(text, max(0, start - 8), start) is not None


def find_editions(text: str) -> Iterator[Value]:
    """Ordinals of events: 제4회, 제57차, 세 번째.

    >>> [v.number for v in find_editions("제4회 토론회, 제57차 회의, 세 번째 포럼, 제3회의실, 10회째를 맞은 축제, 2차 회의, 4차 산업 회의, 연 2회 포럼")]
    [4, 57, 3, 10, 2]
    """
    for match in _EDITION.finditer(text):
        digits = match["n"] or match["bare"]
        if len(digits or "") > _DIGITS or not match["n"] and among_others(text, match.start()):
            continue
        number = int(digits) if digits else _NUMERALS[match["word"]]
        yield Value(kind="edition", start=match.start(), end=match.end(), number=number)
