"""How far the packed streams of a PDF unfold, found out before anything unfolds them as a whole."""

from __future__ import annotations

import re
import zlib

from kg.errors import ArticleError
from kg.read.limits import LIMITS, megabytes

_STREAM = re.compile(rb"stream\r?\n")
_ENTRIES = 1024  # bytes before a stream in which its entries stand
_PIECE = 1 << 20


def check_streams(data: bytes, source: str) -> None:
    """Raise ArticleError where the streams that are text, fonts and tables unfold too far; pictures are not unfolded at all."""
    left = 4 * LIMITS.unpacked
    for match in _STREAM.finditer(data):
        entries = data[max(0, match.start() - _ENTRIES) : match.start()].rpartition(b"endobj")[2]
        if b"/Image" in entries or b"FlateDecode" not in entries and b"/Fl" not in entries:
            continue
        left -= _size(data, match.end(), min(left, LIMITS.unpacked), source)


def _size(data: bytes, at: int, limit: int, source: str, depth: int = 0) -> int:
    """The size that a stream unfolds to, and what that unfolds to where it is packed twice; no more of it is kept than a piece."""
    unfolder, size, packed, first = zlib.decompressobj(), 0, memoryview(data)[at:], b""
    try:
        feed = bytes(packed[:_PIECE])
        taken = len(feed)
        while feed and not unfolder.eof:
            piece = unfolder.decompress(feed, _PIECE)
            first = first or piece
            size += len(piece)
            if size > limit:
                raise ArticleError(
                    source,
                    f"a part of the PDF unfolds to more than {megabytes(LIMITS.unpacked)}, "
                    f"or all of them to more than {megabytes(4 * LIMITS.unpacked)}",
                )
            feed = unfolder.unconsumed_tail
            if not feed:
                feed = bytes(packed[taken : taken + _PIECE])
                taken += len(feed)
    except zlib.error:
        return size  # damaged streams are the reader's business
    if depth < 2 and first[:1] == b"\x78" and len(first) > 2 and (first[0] * 256 + first[1]) % 31 == 0:
        return size + _size(first, 0, limit, source, depth + 1)
    return size
