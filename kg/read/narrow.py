"""Lines of a narrow column, as a clipping or a scan gives them: broken at a width, amid words, without a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.read.lines import Line, particles

_WIDEST = 34  # letters of a line in a column
_NARROWEST = 12
_LINES = 5  # so many lines make a column
_ENDS = re.compile(r"[가-힣][다요][.?!][”’\"')\]]*(?:\s|$)")
_CLOSED = re.compile(r"[.?!…][”’\"')\]]*$")


def in_columns(lines: Sequence[Line]) -> list[Line]:
    """Lines that fill a narrow column are running text, also those that end amid a word.

    >>> from kg.read.roles import roled
    >>> page = "군청, 책 잔치 연다\\n군청은 오는 5일 마을 책방 열 곳에서 책\\n잔치를 연다고 밝혔다. 마을 주민 누구나 \\n참가할 수 있으며 책 300권을 나누어 준\\n다. 군수는 해마다 잔치를 열겠다고 하였\\n고 주민들은 반겼다."
    >>> [line.role for line in roled(page)]
    ['short', 'prose', 'prose', 'prose', 'prose', 'prose']
    """
    out = list(lines)
    start = 0
    while start < len(out):
        stop = _run(out, start)
        if stop - start >= _LINES and _is_text(out[start:stop]):
            for i in range(start, stop):
                out[i] = replace(out[i], role="prose")
        start = stop if stop - start >= _LINES else start + 1
    return out


def _run(lines: Sequence[Line], start: int) -> int:
    """Where the column ends that begins with a line; the same place where none does."""
    width = len(lines[start].text)
    if not _NARROWEST <= width <= _WIDEST or lines[start].role not in ("short", "prose", "menu"):
        return start
    stop = start
    gap = lines[start + 1].gap if start + 1 < len(lines) else 1
    while stop < len(lines) and (stop == start or lines[stop].gap <= gap) and _fits(lines, stop, width):
        stop += 1
    return stop


def _is_text(own: Sequence[Line]) -> bool:
    """Whether lines of one width are running text: sentences end in them, and most lines end amid one, some amid a word."""
    words = "".join(line.text + " " for line in own).split()
    cut = sum(1 for line in own[:-1] if not _CLOSED.search(line.text))
    ends = sum(len(_ENDS.findall(line.text)) for line in own)
    amid = any(_amid(line.text, following.text) for line, following in pairwise(own))
    return bool(ends) and ends * 8 >= len(own) and cut * 2 >= len(own) and amid and particles(words) * 5 >= len(words)


def _fits(lines: Sequence[Line], i: int, width: int) -> bool:
    """Whether a line is as wide as a column, or ends a paragraph in it."""
    line = lines[i]
    if line.role not in ("short", "prose", "menu", "item"):
        return False
    length = len(line.text)
    return abs(length - width) <= max(3, width // 6) or length < width and bool(_CLOSED.search(line.text))


def _amid(words: str, following: str) -> bool:
    """Whether a line seems to end within a word: in one syllable, before an ending that no line begins with."""
    return not _CLOSED.search(words) and bool(
        re.match(r"(?:다|요|했다|한다|된다|였다|조한다|은|는|을|를|가|에|의|로|고|며|간|지)(?:[.,\s”’\"]|$)", following)
    )
