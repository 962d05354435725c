"""Counts of people, countries and organizations in Korean text: 100여 명, 45개국, 5개 국제기구, 천오백 명."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Value

# A number is tried where it begins, and not again within it: a page of digits would take the square of its length.
_GROUPED = r"(?:(?<!\d{3},)|(?=\d{1,2},))\d{1,3}(?:,\d{3})++"
NUMBER = rf"(?P<n>{_GROUPED}|(?<!\d)\d++)\s?(?P<unit>만\s?|천\s?)?"
_COUNT = re.compile(
    NUMBER
    + r"여?\s?(?:(?P<people>명|인(?![가-힣])|분이)|(?P<countries>개국)|(?P<organizations>개\s?(?:국제기구|기관|회원사|단체|기업|조직)))"
)
_SINO = {d: n for n, d in enumerate("일이삼사오육칠팔구", 1)} | {"": 1}
_WRITTEN = re.compile(r"(?<=[백천])여?\s?명(?![가-힣]{2})")
_NUMERAL = re.compile(r"(?<![가-힣\d])(?:(?P<t>[이삼사오육칠팔구]?)천)?(?:(?P<h>[이삼사오육칠팔구]?)백)?$")
DIGITS = 15  # of a number that can be meant; longer ones are codes


def find_counts(text: str) -> Iterator[Value]:
    """Counts of people, countries and organizations.

    >>> [(v.kind, v.number) for v in find_counts("100여 명, 45개국 5개 국제기구, 1만 2천 명, 1.1만여 명, 천오백 명")]
    [('people', 100), ('countries', 45), ('organizations', 5), ('people', 12000), ('people', 11000), ('people', 1500)]
    """
    previous = None
    for match in _COUNT.finditer(text):
        if len(match["n"]) > DIGITS:
            continue
        number = int(match["n"].replace(",", ""))
        start = match.start()
        scale = {"만": 10_000, "천": 1_000}.get((match["unit"] or "").strip(), 1)
        number *= scale
        whole = re.search(r"(?<![\d.])(\d{1,4})\.$", text[max(0, start - 6) : start]) if scale > 1 else None
        if whole:  # 1.1만여 명
            number = int(whole[1]) * scale + number // 10 ** len(match["n"])
            start -= len(whole[0])
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
