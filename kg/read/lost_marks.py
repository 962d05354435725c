"""Question marks in place of signs that an encoding lost: middle dots between words, brackets and quotation marks around names.

Texts that went through an old encoding hold ``시?도`` for 시·도 and ``?항만법?`` for 「항만법」. They are mended where a text holds two such
marks at least, and never behind what ends a question.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from kg.model import Paragraph
from kg.read.fold import Edit

_AROUND = re.compile(r"(?<![가-힣A-Za-z\d.)?])\?(?=[가-힣A-Z\d])[^?\n]{2,60}(?<=[가-힣A-Za-z\d)])\?(?=[가-힣\s,.)]|$)", re.M)
_BETWEEN = re.compile(r"(?<=[가-힣])(?<![까나요냐니죠])\?(?=[가-힣])")
_ASKS = re.compile(r"(?:ㄴ가|는가|은가|인가|던가|을까|ㄹ까|나요|까요|가요|ㄹ지|을지|는지|무엇|누구|어디|언제)$")
_ENOUGH = 2


def lost_marks(text: str, paragraphs: Sequence[Paragraph], date: dt.date | None) -> Iterator[Edit]:
    """The signs that question marks stand for, as middle dots and single quotation marks.

    >>> text = "?항만법? 시행령은 시?도와 군?구에 적용된다. 왜 그런가?"
    >>> [(e.start, e.new) for e in lost_marks(text, (), None)]
    [(0, '‘'), (4, '’'), (12, '·'), (17, '·')]
    """
    if "?" not in text:
        return
    around = [match.span() for match in _AROUND.finditer(text)]
    taken = {at for start, end in around for at in (start, end - 1)}
    between = [
        match.start()
        for match in _BETWEEN.finditer(text)
        if match.start() not in taken and not _ASKS.search(text, max(0, match.start() - 3), match.start())
    ]
    if len(around) + len(between) < _ENOUGH:
        return
    edits = [Edit(at, at + 1, "·", "lost-mark") for at in between]
    for start, end in around:
        edits += Edit(start, start + 1, "‘", "lost-mark"), Edit(end - 1, end, "’", "lost-mark")
    yield from sorted(edits, key=lambda edit: edit.start)
