"""DOCX: paragraphs, tables by rows, text boxes, footnotes; tracked insertions are text, deletions are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import ArticleError
from kg.read.formats.blocks import Block, Note, Table, text
from kg.read.formats.source import Page, Source
from kg.read.formats.zipped import counted, local, opened, parsed, part

_SKIPPED = {"del", "moveFrom", "Fallback", "rPr", "pPr", "instrText", "delText", "fldSimpleInstr", "sectPr", "commentReference"}
_GAPS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_ID = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}id"
_NOTES = {"footnoteReference": "word/footnotes.xml", "endnoteReference": "word/endnotes.xml"}


def read(source: Source) -> Iterator[Page]:
    """The one page of a document."""
    with opened(source, "DOCX") as archive:
        names, budget = set(archive.namelist()), counted(source, "DOCX")
        main = _main(names, source)
        roots = {
            name: parsed(part(archive, name, source, budget), source, name) for name in (main, *_NOTES.values()) if name in names
        }
    notes = {(kind, note.get(_ID)): note for kind, name in _NOTES.items() if name in roots for note in roots[name]}
    body = next((child for child in roots[main] if local(child) == "body"), None)
    if body is None:
        raise ArticleError(source.name, f"the DOCX has no body in {main}")
    yield Page(text=text(_blocks(body, notes)))


def _main(names: set[str], source: Source) -> str:
    if "word/document.xml" in names:
        return "word/document.xml"
    other = sorted(name for name in names if re.fullmatch(r"word/document\d*\.xml", name))
    if other:
        return other[0]
    kind = next(
        (
            what
            for folder, what in (("xl/", "an XLSX workbook"), ("ppt/", "a PPTX presentation"), ("Contents/", "an HWPX document"))
            if any(name.startswith(folder) for name in names)
        ),
        "some other zip archive",
    )
    raise ArticleError(source.name, f"the file is no DOCX: no word/document.xml in it; it is {kind}")


def _blocks(node: Any, notes: Mapping) -> Iterator[Block]:
    for child in node:
        name = local(child)
        if name == "p":
            yield from _paragraph(child, notes)
        elif name == "tbl":
            yield Table(tuple(tuple(tuple(_blocks(cell, notes)) for cell in _within(row, "tc")) for row in _within(child, "tr")))
        elif name not in _SKIPPED:  # content controls, insertions, custom XML around blocks
            yield from _blocks(child, notes)


def _within(node: Any, wanted: str) -> Iterator[Any]:
    """Rows of a table and cells of a row, also those in content controls and insertions; deleted rows are left out."""
    for child in node:
        name = local(child)
        if name == wanted:
            if not any(local(mark) == "del" for props in child if local(props) == "trPr" for mark in props):
                yield child
        elif name in ("sdt", "sdtContent", "ins", "customXml", "moveTo"):
            yield from _within(child, wanted)


def _paragraph(node: Any, notes: Mapping) -> Iterator[Block]:
    """A paragraph's own words, then what is anchored in it: text boxes and notes."""
    words: list[str] = []
    anchored: list[Block] = []
    _collect(node, words, anchored, notes)
    if (line := "".join(words)).strip():
        yield line
    yield from anchored


def _collect(node: Any, words: list[str], anchored: list[Block], notes: Mapping) -> None:
    for child in node:
        name = local(child)
        if name == "t":
            words.append(child.text or "")
        elif name in _GAPS:
            words.append(_GAPS[name])
        elif name == "txbxContent":
            anchored.extend(_blocks(child, notes))
        elif name in _NOTES:
            note = notes.get((name, child.get(_ID)))
            if note is not None:
                anchored.append(Note(tuple(_blocks(note, {}))))
        elif name not in _SKIPPED:
            _collect(child, words, anchored, notes)
