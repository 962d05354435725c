"""HWP 5, the binary format of Hancom's word processor: paragraphs, tables by rows, boxes and notes.

A file is a compound document: ``FileHeader`` says whether it is packed or locked, ``BodyText/Section0`` … hold records (tag, level,
size), of which 66 begins a paragraph, 67 holds its characters, 71 a control in it (a table, a box, a note), 72 a cell or box.
The published description is "한글 문서 파일 형식 5.0".
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.errors import ArticleError
from kg.read.formats.blocks import Block, Note, Table, text
from kg.read.formats.hwp_view import unfolded
from kg.read.formats.source import Page, Source, needed
from kg.read.limits import LIMITS, megabytes

_PARAGRAPH, _CHARACTERS, _CONTROL, _LIST = 66, 67, 71, 72
_SIGNATURE = b"HWP Document File"
_PACKED, _LOCKED, _DISTRIBUTED, _DRM = 1, 2, 4, 16
_SKIPPED = {"head", "foot", "tcmt", "secd", "cold", "pgnp", "pghd", "pgct", "nwno", "bokm", "idxm"}
_SINGLE = {10: "\n", 24: "-", 30: "\u00a0", 31: "\u3000"}  # control characters of one unit that stand for something
_ONE = frozenset({0, 10, 13, *range(24, 32)})  # those that take one unit; the others below 32 take eight


@dataclass(slots=True)
class _Record:
    tag: int
    level: int
    data: bytes
    children: list[_Record] = field(default_factory=list)


def read(source: Source) -> Iterator[Page]:
    """The one page of a document."""
    data = source.read()
    if data.startswith(b"HWP Document File V3"):
        raise ArticleError(source.name, "the file is HWP 3, a format of before 2000; it has to be saved as HWP 5 or HWPX")
    if data.startswith(b"PK\x03\x04"):
        from kg.read.formats import hwpx  # programs write HWPX under the old suffix

        yield from hwpx.read(source)
        return
    olefile = needed("olefile", "olefile", source.name)
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            roots = [_tree(section, source) for section in _sections(ole, source)]
    except ArticleError:
        raise
    except Exception as error:  # olefile raises whatever a damaged table brings about
        raise ArticleError(source.name, f"the file is no HWP 5, or it is damaged: {type(error).__name__}: {error}") from None
    yield Page(text=text(block for root in roots for block in _blocks(root)))


def _sections(ole: Any, source: Source) -> Iterator[bytes]:
    if not ole.exists("FileHeader"):
        raise ArticleError(source.name, "the file is a compound document and no HWP: no FileHeader in it")
    header = ole.openstream("FileHeader").read(256)
    if not header.startswith(_SIGNATURE) or len(header) < 40:
        raise ArticleError(source.name, "the file is no HWP 5: its FileHeader is not signed as one")
    flags = struct.unpack_from("<I", header, 36)[0]
    for bit, why in (
        (_LOCKED, "is locked with a password"),
        (_DRM, "is under DRM"),
    ):
        if flags & bit:
            raise ArticleError(source.name, f"the HWP {why}")
    folder = "ViewText" if flags & _DISTRIBUTED else "BodyText"
    names = sorted(
        (entry for entry in ole.listdir() if len(entry) == 2 and entry[0] == folder and re.fullmatch(r"Section\d+", entry[1])),
        key=lambda entry: int(entry[1][7:]),
    )
    if not names:
        raise ArticleError(source.name, f"the HWP has no {folder}/Section0")
    left = LIMITS.unpacked
    for name in names:
        raw = ole.openstream(name).read()
        if flags & _DISTRIBUTED:
            raw = unfolded(raw, source.name)
        section = _unpacked(raw, left, source) if flags & _PACKED else raw
        left -= len(section)
        yield section


def _unpacked(raw: bytes, limit: int, source: Source) -> bytes:
    unfolder = zlib.decompressobj(-15)
    try:
        data = unfolder.decompress(raw, limit + 1)
    except zlib.error as error:
        raise ArticleError(source.name, f"the HWP is damaged: {error}") from None
    if len(data) > limit:
        raise ArticleError(source.name, f"the HWP unfolds to more than {megabytes(LIMITS.unpacked)}")
    return data


def _tree(data: bytes, source: Source) -> _Record:
    """The records of a section by their levels."""
    root = _Record(0, -1, b"")
    stack, at = [root], 0
    while at + 4 <= len(data):
        head = struct.unpack_from("<I", data, at)[0]
        tag, level, size = head & 0x3FF, head >> 10 & 0x3FF, head >> 20
        at += 4
        if size == 0xFFF:
            if at + 4 > len(data):
                break
            size = struct.unpack_from("<I", data, at)[0]
            at += 4
        if at + size > len(data):
            raise ArticleError(source.name, f"the HWP is damaged: a record of {size:,} bytes goes over the end of its section")
        record = _Record(tag, level, data[at : at + size])
        at += size
        while stack[-1].level >= level:
            stack.pop()
        stack[-1].children.append(record)
        stack.append(record)
        if len(stack) > 200:
            raise ArticleError(source.name, "the HWP is nested too deep")
    return root


def _blocks(node: _Record) -> Iterator[Block]:
    for child in node.children:
        if child.tag == _PARAGRAPH:
            yield from _paragraph(child)
        elif child.tag == _CONTROL:
            yield from _control(child)
        else:  # shapes hold lists, lists hold paragraphs
            yield from _blocks(child)


def _paragraph(node: _Record) -> Iterator[Block]:
    """A paragraph's own words, then what is anchored in it."""
    words = "".join(_characters(child.data) for child in node.children if child.tag == _CHARACTERS)
    if words.strip():
        yield words
    for child in node.children:
        if child.tag == _CONTROL:
            yield from _control(child)


def _control(node: _Record) -> Iterator[Block]:
    kind = node.data[3::-1].decode("latin-1")
    if kind in _SKIPPED:
        return
    if kind == "tbl ":
        yield from _table(node)
    elif kind.strip() in ("fn", "en"):
        yield Note(tuple(_blocks(node)))
    else:
        yield from _blocks(node)


def _table(node: _Record) -> Iterator[Block]:
    """Rows of a table: each cell is a list record with its place, and the paragraphs that follow it."""
    rows: dict[int, list[tuple[int, list[Block]]]] = {}
    around: list[Block] = []
    into = around
    seen_table = False
    for child in node.children:
        if child.tag == _LIST:
            into = []
            if not seen_table or len(child.data) < 12:  # the caption stands before the table's own record
                into = around
            else:
                column, row = struct.unpack_from("<HH", child.data, 8)
                rows.setdefault(row, []).append((column, into))
            into.extend(_blocks(child))
        elif child.tag == _PARAGRAPH:
            into.extend(_paragraph(child))
        elif child.tag == 77:
            seen_table = True
    yield Table(tuple(tuple(tuple(cell) for _, cell in sorted(rows[row], key=lambda pair: pair[0])) for row in sorted(rows)))
    yield from around


def _characters(data: bytes) -> str:
    """The words of a paragraph: UTF-16 in which what stands below 32 is a control, of one unit or of eight."""
    units = struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])
    parts, at, run = [], 0, 0
    while at < len(units):
        code = units[at]
        if code >= 32:
            at += 1
            continue
        if at > run:
            parts.append(data[run * 2 : at * 2].decode("utf-16-le", "replace"))
        parts.append("\t" if code == 9 else _SINGLE.get(code, ""))
        at += 1 if code in _ONE else 8
        run = at
    if at > run:
        parts.append(data[run * 2 :].decode("utf-16-le", "replace"))
    return "".join(parts)
