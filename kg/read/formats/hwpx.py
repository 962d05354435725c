"""HWPX: paragraphs, tables by rows, boxes and notes in reading order; tracked deletions, page headers and hidden comments are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.errors import ArticleError
from kg.read.formats.blocks import Block, Note, Table, text
from kg.read.formats.source import Page, Source
from kg.read.formats.zipped import counted, local, opened, parsed, part

_GAPS = {"lineBreak": "\n", "tab": "\t", "nbSpace": "\u00a0", "fwSpace": "\u3000", "hyphen": "-"}
_SKIPPED = {"header", "footer", "hiddenComment", "secPr", "linesegarray", "memo", "fieldBegin", "indexmark", "pageNum", "newNum"}


def read(source: Source) -> Iterator[Page]:
    """The one page of a document."""
    with opened(source, "HWPX") as archive:
        if any(
            name.startswith("META-INF/")
            and name.endswith("manifest.xml")
            and b"encryption-data" in archive.open(name).read(1 << 16)
            for name in archive.namelist()
        ):
            raise ArticleError(source.name, "the HWPX is encrypted with a password")
        names = sorted(
            (name for name in archive.namelist() if re.fullmatch(r"Contents/section\d+\.xml", name)),
            key=lambda name: (len(name), name),
        )
        if not names:
            raise ArticleError(source.name, "the file is no HWPX: no Contents/section0.xml in it")
        budget = counted(source, "HWPX")
        roots = [parsed(part(archive, name, source, budget), source, name) for name in names]
    state = _Tracked()
    yield Page(text=text(block for root in roots for block in _blocks(root, state)))


class _Tracked:
    """Whether the words that are read stand in a deletion, which may go over several runs and paragraphs."""

    def __init__(self) -> None:
        self.open: set[str] = set()

    def mark(self, name: str, key: str) -> None:
        """Take a deletion's begin or end."""
        if name == "deleteBegin":
            self.open.add(key)
        elif name == "deleteEnd":
            self.open.discard(key)


def _blocks(node: Any, state: _Tracked) -> Iterator[Block]:
    for child in node:
        name = local(child)
        if name == "p":
            yield from _paragraph(child, state)
        elif name == "tbl":
            yield Table(
                tuple(
                    tuple(tuple(_blocks(cell, state)) for cell in row if local(cell) == "tc")
                    for row in child
                    if local(row) == "tr"
                )
            )
            yield from (block for part in child if local(part) == "caption" for block in _blocks(part, state))
        elif name in ("footNote", "endNote"):
            yield Note(tuple(_blocks(child, state)))
        elif name not in _SKIPPED:
            yield from _blocks(child, state)


def _paragraph(node: Any, state: _Tracked) -> Iterator[Block]:
    """A paragraph's own words, then what is anchored in it (tables, boxes, notes)."""
    words: list[str] = []
    anchored: list[Any] = []
    for run in node:
        for item in run if local(run) == "run" else ():
            if local(item) == "t":
                words.extend(_words(item, state))
            elif local(item) not in _SKIPPED:
                anchored.append(item)
    if (line := "".join(words)).strip():
        yield line
    yield from _blocks(anchored, state)


def _words(node: Any, state: _Tracked) -> Iterator[str]:
    if not state.open:
        yield node.text or ""
    for child in node:
        name = local(child)
        if name in ("deleteBegin", "deleteEnd"):
            state.mark(name, child.get("Id") or child.get("TcId") or "")
        if not state.open:
            yield _GAPS.get(name, "")
            yield child.tail or ""
