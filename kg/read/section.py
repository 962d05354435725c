"""The section of its site under which an article stands: a line of section names right above its headline."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kg.read.cues import load_cues
from kg.read.lines import Line, tokens

_ABOVE = 5  # so many lines above the headline may hold it
_HOME = frozenset({"홈", "HOME", "Home", "메인", "처음"})
_PARTED = re.compile(r"\s*[>＞»/·]\s*")  # names that stand beside each other with no such mark are a menu


def section_above(lines: Sequence[Line], title: int) -> int | None:
    """The line above a headline that names its section, None where none does.

    >>> from kg.read.roles import roled
    >>> lines = roled("한빛신문\\n정치 | 경제 | 사회\\n홈 > 사회 > 교육\\n두메초, 책 잔치 열어\\n두메초등학교는 5일 책 잔치를 열었다.")
    >>> lines[section_above(lines, 3)].text
    '홈 > 사회 > 교육'
    """
    names = load_cues().words["sections"]
    for i in range(title - 1, max(-1, title - 1 - _ABOVE), -1):
        if lines[i].role == "prose":
            return None
        if lines[i].role != "header" and _names(lines[i], names):
            return None if any(_names(lines[j], names) for j in (i - 1, i + 1) if 0 <= j < title) else i
    return None


def is_section(words: str) -> bool:
    """Whether words that metadata or a column give may be the name of a section: a few short names, no sentence, no address.

    >>> is_section("사회 > 교육"), is_section("https://example.org/society"), is_section("군청은 책 잔치를 열었다.")
    (True, False, False)
    """
    return 0 < len(words) <= 40 and not re.search(r"://|\.$|^[\d\W_]+$|\d{4}|[\n\t]", words)


def _names(line: Line, names: Collection[str]) -> bool:
    """Whether a line is one name of a section, or a way to one."""
    words = [word for word in _PARTED.split(line.text.strip("[]<> ")) if word]
    own = [word for word in words if word not in _HOME]
    return bool(own) and len(line.text) <= 30 and len(words) <= 5 and all("".join(tokens(word)) in names for word in own)
