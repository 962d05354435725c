"""How much room words take, so that Python can place them without a browser: widths in em, lines broken as Korean is read."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=8192)
def _advance(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 0.95
    if unicodedata.combining(char):
        return 0.0
    if char in " .,:;'!|il·()[]’‘":
        return 0.34
    return 0.68 if char.isupper() else 0.58


def width(text: str) -> float:
    """The width of a line in em.

    >>> round(width("인사 A"), 2)
    2.92
    """
    return sum(map(_advance, text))


def wrap(text: str, room: float, most: int) -> tuple[str, ...]:
    """The text as at most ``most`` lines of ``room`` em, broken at spaces where possible, cut with ``…`` where it is longer.

    >>> wrap("온라인 교육을 통한 역량강화", 7, 2)
    ('온라인 교육을', '통한 역량강화')
    """
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest and len(lines) < most:
        line = _fit(rest, room)
        rest = rest[len(line) :].strip()
        if rest and len(lines) == most - 1:
            line = _fit(line, room - 0.9).rstrip() + "…"
            rest = ""
        lines.append(line.strip())
    return tuple(lines)


def _fit(text: str, room: float) -> str:
    """The longest start of a text that fits, cut at a space where the line stays at least half full."""
    used, end = 0.0, 0
    while end < len(text) and (used := used + _advance(text[end])) <= room:
        end += 1
    if end == len(text):
        return text
    end = max(end, 1)
    space = text.rfind(" ", 0, end + 1)
    return text[: space + 1] if space > 0 and width(text[:space]) >= room * 0.4 else text[:end]


def day_words(words: str) -> str:
    """A date as Korean readers write it, with the mark that may follow it; anything else unchanged.

    >>> day_words("2021-06-28"), day_words("2021-06-28 보도"), day_words("온라인")
    ('2021. 6. 28.', '2021. 6. 28. 보도', '온라인')
    """
    date, space, mark = words.partition(" ")
    parts = date.split("-")
    if len(parts) <= 3 and len(parts[0]) == 4 and all(part.isascii() and part.isdigit() for part in parts):
        return " ".join(f"{int(part)}." for part in parts) + space + mark
    return words
