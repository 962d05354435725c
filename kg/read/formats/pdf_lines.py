"""The glyphs of a printed page as lines in reading order; all steps are sorts and single passes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

_COLUMN = 12  # characters of a part of a line that may be a line of a column
_COLUMNS = 8  # such lines that make a page of two columns
_WIDE = 1.6  # a gap of so many sizes parts cells; a space in justified lines stays below it
_WORD = 0.2  # a gap of so many sizes more than usual is a space, where a page draws none
_DRAWN = 0.7  # the same where it does: between Korean and Latin letters programs leave a quarter of a size


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character where it is drawn: left and right edge, the middle of its height, its size."""

    left: float
    right: float
    middle: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its edges, the middle of its height, the size of its letters, its words, and the part of the page
    (``column``) that it is in; ``spaced`` where a space was drawn at its end."""

    left: float
    right: float
    middle: float
    size: float
    text: str
    column: int = 0
    spaced: bool = False
    cells: int = 1


def page_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of a page from top to bottom; where two columns stand side by side, the left one first."""
    word = _DRAWN if sum(glyph.text.isspace() for glyph in glyphs) * 30 > len(glyphs) else _WORD
    rows = [_parts(row) for row in _rows(glyphs)]
    gutter = _gutter(rows)
    if gutter is None:
        return [_line(parts, word) for parts in rows if any(map(_words, parts))]
    columns: tuple[list[Line], list[Line]] = [], []
    out: list[Line] = []
    for parts in rows:
        left = [part for part in parts if part[-1].right <= gutter + 1]
        right = [part for part in parts if part[0].left >= gutter - 1]
        if len(left) + len(right) < len(parts):  # it goes over both: what stood above it is read first
            out += [*columns[0], *columns[1], _line(parts, word)]
            columns = [], []
            continue
        for side, number in ((left, 0), (right, 1)):
            if side and any(map(_words, side)):
                columns[number].append(_line(side, word, number + 1))
    return [*out, *columns[0], *columns[1]]


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs at one height, from left to right; what is drawn twice in one place (as bold) stands once."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: -g.middle):
        if row and row[0].middle - glyph.middle > 0.45 * max(min(row[0].size, glyph.size), 0.5 * row[0].size):
            yield _once(row)
            row = []
        row.append(glyph)
    if row:
        yield _once(row)


def _once(row: list[Glyph]) -> list[Glyph]:
    row.sort(key=lambda g: (g.left, g.right))
    kept: list[Glyph] = []
    for glyph in row:
        near = next(
            (other for other in kept[-3:] if other.text == glyph.text and abs(other.left - glyph.left) < 0.15 * glyph.size), None
        )
        if near is None:
            kept.append(glyph)
    return kept


def _parts(row: list[Glyph]) -> list[list[Glyph]]:
    """A row cut where a gap is too wide for a space."""
    parts = [[row[0]]]
    drawn = row[0].right
    for before, glyph in zip(row, row[1:]):
        size = max(before.size, glyph.size)
        if glyph.left - drawn > _WIDE * size:
            parts.append([])
        parts[-1].append(glyph)
        if not glyph.text.isspace() or glyph.left - drawn <= size:
            drawn = max(drawn, glyph.right)
    return [part for part in parts if part]


def _gutter(rows: Sequence[Sequence[Sequence[Glyph]]]) -> float | None:
    """Where a page is parted into two columns of text, None where it is one."""
    pairs = [
        (parts[0][-1].right, parts[1][0].left)
        for parts in rows
        if len(parts) == 2 and min(len(_words(parts[0])), len(_words(parts[1]))) >= _COLUMN
    ]
    if len(pairs) < _COLUMNS or len(pairs) * 2 < len(rows):
        return None
    low, high = max(right for right, _ in pairs), min(left for _, left in pairs)
    return (low + high) / 2 if low < high else None


def _words(part: Sequence[Glyph]) -> str:
    return "".join(glyph.text for glyph in part).strip()


def _line(parts: Sequence[Sequence[Glyph]], word: float, column: int = 0) -> Line:
    parts = [part for part in parts if _words(part)]
    spaced = parts[-1][-1].text.isspace()
    size = median(glyph.size for part in parts for glyph in part)
    middle = median(glyph.middle for part in parts for glyph in part)
    words = "\t".join(_spaced(_unmarked(part, size, middle), word).strip() for part in parts)
    last = next(glyph for glyph in reversed(parts[-1]) if not glyph.text.isspace())
    first = next(glyph for glyph in parts[0] if not glyph.text.isspace())
    return Line(first.left, last.right, middle, size, words, column, spaced, len(parts))


def _unmarked(part: Sequence[Glyph], size: float, middle: float) -> list[Glyph]:
    """A part of a line without the raised numbers of footnotes; one that opens a line is the footnote's own, and is written *."""
    out: list[Glyph] = []
    for glyph in part:
        raised = glyph.size < 0.8 * size and glyph.middle > middle + 0.1 * size and (glyph.text.isdigit() or glyph.text in ")*")
        if not raised or out and out[-1].text.isascii() and out[-1].text.isalnum():  # 10³, m²
            out.append(glyph)
        elif not out:
            out += replace(glyph, text="*"), replace(glyph, left=glyph.right, text=" ")
    return out


def _spaced(part: Sequence[Glyph], word: float) -> str:
    gaps = [b.left - a.right for a, b in zip(part, part[1:]) if not a.text.isspace() and not b.text.isspace()]
    usual = max(median(gaps), 0.0) if gaps else 0.0
    out = [glyph.text for glyph in part[:1]]
    for before, glyph in zip(part, part[1:]):
        if glyph.left - before.right > usual + word * glyph.size and not before.text.isspace() and not glyph.text.isspace():
            out.append(" ")
        out.append(glyph.text)
    return "".join(out)
