"""A document as a person reads it down the page: paragraphs, tables by rows, notes below; and its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_ROW = 300  # characters of a table's row that is still one line: longer cells are paragraphs laid out in a table


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell holds blocks, since documents put tables into tables."""

    rows: tuple[tuple[tuple[Block, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote, which stands below the paragraph that it belongs to."""

    blocks: tuple[Block, ...]


Block = str | Table | Note


def lines(blocks: Iterable[Block]) -> Iterator[str]:
    """The paragraphs of a document in reading order; a row of short cells is one line, with tabs between them.

    >>> list(lines(["제목", Table(((("일시",), ("3월 5일",)), (("본문이다.",),))), Note(("설명이다.",))]))
    ['제목', '일시\\t3월 5일', '본문이다.', '* 설명이다.']
    """
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield from _row([list(lines(cell)) for cell in row])
        elif isinstance(block, Note):
            words = " ".join(" ".join(line.split()) for line in lines(block.blocks))
            if words:
                yield f"* {words}"
        elif block.strip():
            yield block


def _row(cells: list[list[str]]) -> Iterator[str]:
    held = [cell for cell in cells if cell]
    if len(held) > 1 and all(len(cell) == 1 for cell in held) and sum(len(cell[0]) for cell in held) <= _ROW:
        yield "\t".join(re.sub(r"\s*\n\s*", " ", cell[0]).strip() for cell in held)
        return
    for cell in held:
        yield from cell


def text(blocks: Iterable[Block]) -> str:
    """The text of a document: its paragraphs with an empty line between them."""
    return "\n\n".join(lines(blocks))
