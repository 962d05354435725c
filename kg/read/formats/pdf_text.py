"""The lines of printed pages as paragraphs: what repeats on every page goes, lines that fill their column go on in the next one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from statistics import median

from kg.read.formats.pdf_lines import Line
from kg.read.layout import BULLET

_NUMBER = re.compile(
    r"(?:[-–—~<\[(]?\s*\d{1,4}\s*[-–—~>\])]?|\d{1,4}\s*/\s*\d{1,4}|(?:page|쪽)\s*\d{1,4}|\d{1,4}\s*(?:쪽|페이지))", re.I
)
_OPENS = re.compile(rf"\s*(?:{BULLET}|[-–―·*※▲◈]\s|\*{{1,3}}|[①-⑳]|\d{{1,2}}[.)]\s|[가-하][.)]\s|[<\[【〈《]|[ⅠⅡⅢⅣⅤⅥ])")
_FOOTNOTE = re.compile(r"^\d{1,2}\s?\)?\s+(?=\D|\d{3})")
_SMALL = 0.96  # letters of so much of the usual size are a footnote's
_EDGE_LINES = 3  # lines at the top and at the foot of a page that may be its header and footer
_FULL = 2.2  # a line that ends so many sizes before the edge is still full
_WORD = re.compile(r"\w+")
_ENDING = re.compile(
    r"(?:했|하[여였고며는기지면]|한다|할\s|된다|됐|되[어었고며는기지면]|됨|함|으로|에서|에게|까지|부터|이라|라고|다고|입니|습니|[을를은는]\s|이다)"
)
_ENDS = re.compile(r"[.!?][”’\"')\]]*$")


def paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """The paragraphs of a document."""
    lines = [line for page in _without_edges(pages) for line in page]
    if not lines:
        return
    usual = median(line.size for line in lines)
    lines = [replace(line, text=_FOOTNOTE.sub("* ", line.text)) if line.size < _SMALL * usual else line for line in lines]
    edges = _right_edges(lines)
    groups: list[list[Line]] = [[lines[0]]]
    leading = _leading(lines)
    for before, line in pairwise(lines):
        if _goes_on(before, line, edges, leading):
            groups[-1].append(line)
        else:
            groups.append([line])
    drawn = _draws_spaces(groups)
    words = {word for line in lines for word in _inner(line.text)}
    yield from (_joined(group, drawn, words) for group in groups)


def _inner(line: str) -> list[str]:
    """The words of a line that no break can have cut."""
    return re.sub(r"[^\w\s]", " ", line).split()[1:-1]


def _without_edges(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without page numbers and without lines that stand at the same height of several pages with the same words."""

    def key(line: Line) -> tuple[int, str]:
        return round(line.middle / 4), re.sub(r"\d+", "#", line.text)

    edge = [set(range(min(_EDGE_LINES, len(page)))) | set(range(max(len(page) - _EDGE_LINES, 0), len(page))) for page in pages]
    seen = Counter(k for page, places in zip(pages, edge) for k in {key(page[i]) for i in places})
    often = max(2, len(pages) // 3)
    kept = []
    for page, places in zip(pages, edge):
        kept.append(
            [
                line
                for i, line in enumerate(page)
                if not (
                    i in places
                    and (
                        seen[key(line)] >= often
                        and len(pages) > 1
                        or i in (0, len(page) - 1)
                        and _NUMBER.fullmatch(line.text.strip())
                    )
                )
            ]
        )
    return kept


def _right_edges(lines: Sequence[Line]) -> dict[int, float]:
    """How far the lines of each column reach: what nearly the longest ones do."""
    edges = {}
    for column in {line.column for line in lines}:
        rights = sorted(line.right for line in lines if line.column == column and line.cells == 1)
        edges[column] = rights[int(len(rights) * 0.95)] if rights else 0.0
        if rights and len(rights) < 20:
            edges[column] = rights[-1]
    return edges


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance between lines, in sizes."""
    steps = [(a.middle - b.middle) / b.size for a, b in pairwise(lines) if 0 < a.middle - b.middle < 4 * b.size]
    return median(steps) if steps else 1.5


def _goes_on(before: Line, line: Line, edges: dict[int, float], leading: float) -> bool:
    """Whether a line is the rest of the paragraph of the one before."""
    if before.cells > 1 or line.cells > 1 or _OPENS.match(line.text):
        return False
    size = max(before.size, line.size)
    room = edges[before.column] - before.right
    if (
        abs(before.size - line.size) > 0.12 * size
        or room > (_FULL if _ENDS.search(before.text) else max(_FULL, _width(line.text))) * size
    ):
        return False
    step = before.middle - line.middle
    if before.column == line.column and step > 0:
        return step <= max(1.45 * leading, 1.2) * size
    return not _ENDS.search(before.text)  # over the edge of a page or a column a paragraph goes on only amid a sentence


def _width(text: str) -> float:
    """How many sizes the first word of a line takes: it stands in the next line because it had no room."""
    return sum(1.0 if char > "\u1100" else 0.5 for char in text.split(" ", 1)[0][:20]) + 0.5


def _draws_spaces(groups: Sequence[Sequence[Line]]) -> bool:
    """Whether the program that made the file draws the space at which it breaks a line, so that no space means a broken word."""
    inner = [line for group in groups for line in group[:-1]]
    return sum(line.spaced for line in inner) * 4 >= len(inner) > 3


def _joined(group: Sequence[Line], drawn: bool, seen: Collection[str]) -> str:
    parts = [group[0].text]
    for before, line in pairwise(group):
        if before.spaced:
            gap = " "
        elif _hangul(before.text[-1:]) and _hangul(line.text[:1]):
            gap = "" if drawn else _between(before.text[-24:], line.text[:24], seen)
        else:
            gap = "" if before.text[-1:] in "([‘“「『·/~-" or line.text[:1] in ".,)]’”」』·/~%" else " "
        parts += gap, line.text
    return "".join(parts)


def _hangul(char: str) -> bool:
    return "가" <= char <= "힣"


def _between(before: str, after: str, seen: Collection[str]) -> str:
    """A space or nothing between the halves of a broken line: by the document's own words, by endings, else by what reads better."""
    head, tail = (found[0] if (found := _WORD.search(half)) else "" for half in (before[::-1], after))
    head = head[::-1]
    if head + tail in seen or _ENDING.match(after):
        return ""
    if head in seen and tail in seen:
        return " "
    return _reads_better(before, after)


@lru_cache(maxsize=4096)
def _reads_better(before: str, after: str) -> str:
    from kg.analyze.tokenizer import kiwi

    _, spaces = kiwi().glue([before, after], return_space_insertions=True)
    return " " if spaces[0] else ""
