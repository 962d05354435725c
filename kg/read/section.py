"""The section of its site under which an article stands: a line of section names right above its headline."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from kg.read.cues import load_cues
from kg.read.lines import Line, tokens
from kg.read.source import media_name

_ABOVE = 5  # so many lines above the headline may hold it
_HOME = frozenset({"홈", "HOME", "Home", "메인", "처음"})
_BRACKETED = re.compile(r"[\[<【(].*[\]>】)]")  # what kind of piece it is: <단신>
_STEPS = re.compile(r"\s*[>＞»]\s*")
_STEP = re.compile(r"[가-힣A-Za-z][가-힣A-Za-z·/&\s]{0,13}")
_WAY = re.compile(r"([^>＞»/]{1,16}?)\s*[>＞»/]\s*")
_SORTED = re.compile(r"이 기사는 (?:해당 )?언론사에서 ([가-힣A-Za-z/·]{2,10})(?:, [가-힣A-Za-z/·]{2,10})? ?섹션으로 분류했습니다")
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
        line = lines[i]
        if line.role == "prose":
            return None
        if line.role == "header":
            continue
        if _is_way(line.text):
            return i  # a way through the site stands alone, whatever is around it
        if _names(line, names):
            beside = [j for j in (i - 1, i + 1) if 0 <= j < title and _names(lines[j], names)]
            plain = [j for j in (i, *beside) if not _BRACKETED.fullmatch(lines[j].text)]
            return (plain or [i])[0] if not beside or len(beside) == 1 and len(plain) == 1 else None
    return None


def _is_way(words: str) -> bool:
    """Whether a line is a way through a site: short names with marks of a way between them."""
    parts = _STEPS.split(words)
    return len(words) <= 40 and 2 <= len(parts) <= 5 and all(_STEP.fullmatch(part) for part in parts)


def way_to(words: str) -> str:
    """The names of sections in a line, without the front of the site before them.

    >>> way_to("홈 > 사회 > 교육"), way_to("한빛신문 > 문화"), way_to("[사회]")
    ('사회 > 교육', '문화', '사회')
    """
    words = " ".join(words.split()).strip("[]<> ")
    first = _WAY.match(words)
    return words[first.end() :] if first and (first[1] in _HOME or media_name(first[1])) else words


def sorted_as(lines: Sequence[Line]) -> str | None:
    """The section that a portal says a medium put an article into.

    >>> from kg.read.roles import roled
    >>> sorted_as(roled("군청은 5일 책 잔치를 열었다.\\n이 기사는 언론사에서 문화 섹션으로 분류했습니다."))
    '문화'
    """
    return next((match[1] for line in lines if (match := _SORTED.match(line.text))), None)


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
    own = own[1:] if len(own) > 1 and media_name(own[0]) else own
    return bool(own) and len(line.text) <= 30 and len(words) <= 5 and all("".join(tokens(word)) in names for word in own)
