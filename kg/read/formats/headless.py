"""Tables without names of columns, as some crawlers write them: what a column is, by the shape of its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kg.read.stamps import stamp

_SENTENCE = re.compile(r"[다요][.”’\"']|[.] ")
_ADDRESS = re.compile(r"https?://\S+")
_LEAST = 60  # characters that the cells of a column of bodies have in the middle


def guessed_header(sample: Sequence[Sequence[object]]) -> list[str] | None:
    """Names for the columns of a table whose first row is data already; None where the shape leaves doubt.

    >>> row = ["20240305", "사회", "가온일보", "한빛군, 책 나눔 잔치 열어", "한빛군은 5일 군청 마당에서 책 나눔 잔치를 열었다. " * 3, "https://example.org/1"]
    >>> guessed_header([row, row])
    ['date', '', '', 'title', 'text', 'url']
    """
    width = len(sample[0])
    columns = [[str(row[i] or "") for row in sample if i < len(row)] for i in range(width)]
    if width < 3 or any(len(row) != width for row in sample):
        return None
    date = _only(columns, lambda cell: stamp(cell) is not None)
    url = _only(columns, lambda cell: bool(_ADDRESS.fullmatch(cell.strip())))
    text = max(range(width), key=lambda i: _middle(columns[i]))
    bodies = columns[text]
    if date is None or _middle(bodies) < _LEAST or sum(bool(_SENTENCE.search(cell)) for cell in bodies) * 10 < len(bodies) * 8:
        return None
    header = [""] * width
    header[date], header[text] = "date", "text"
    if url is not None:
        header[url] = "url"
    rest = [i for i in range(width) if not header[i] and 8 <= _middle(columns[i]) <= 80]
    if len(rest) != 1:
        return None
    header[rest[0]] = "title"
    return header


def _only(columns: Sequence[Sequence[str]], fits: Callable[[str], bool]) -> int | None:
    found = [i for i, cells in enumerate(columns) if cells and all(map(fits, cells))]
    return found[0] if len(found) == 1 else None


def _middle(cells: Sequence[str]) -> int:
    return sorted(map(len, cells))[len(cells) // 2] if cells else 0
