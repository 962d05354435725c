"""A feed as feeds of some entries each, so that one of any size is read in flat memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TextIO

from kg.errors import ArticleError
from kg.read.limits import LIMITS, megabytes

_PIECE = 1 << 20  # characters that are looked at together
_DECLARED = re.compile(r"\s*<\?xml\b[^<>]*\?>")
_ASIDE = r"<!\[CDATA\[[\s\S]*?(?:\]\]>|\Z)|<!--[\s\S]*?(?:-->|\Z)"
_NAME = r"(?:[\w.-]+:)?"
_TOP = re.compile(
    rf"{_ASIDE}|<(?P<root>{_NAME}(?:rss|feed|RDF))(?=[\s>])|<(?P<opened>{_NAME}channel)(?=[\s>])|</(?P<closed>{_NAME}channel)\s*>"
    rf"|<(?P<entry>{_NAME}(?:item|entry))(?=[\s>])"
)


def feed_parts(file: TextIO, source: str) -> Iterator[bytes]:
    """Feeds in UTF-8, each with the head of the whole and some of its entries; a small feed is one, as it stands.

    >>> import io
    >>> list(feed_parts(io.StringIO("<?xml version='1.0'?><rss><channel><item>1</item></channel></rss>"), "a.rss"))
    [b'<rss><channel><item>1</item></channel></rss>']
    """
    held = _DECLARED.sub("", file.read(_PIECE), count=1)
    if not any(match["root"] for match in _TOP.finditer(held)):
        raise ArticleError(source, "the XML is no feed: read are RSS, RDF and Atom")
    head = tail = ""
    end: re.Pattern[str] | None = None
    while piece := file.read(_PIECE):
        if end is None and (frame := _frame(held)):
            head, tail, end = frame
        cut = max((match.end() for match in end.finditer(held) if match["end"]), default=0) if end else 0
        if cut:
            yield (held[:cut] + tail).encode()
            held = head + held[cut:]
        elif len(held) > LIMITS.record:
            raise ArticleError(source, f"an entry is longer than {megabytes(LIMITS.record)}")
        held += piece
    yield held.encode()


def _frame(held: str) -> tuple[str, str, re.Pattern[str]] | None:
    """What stands before a feed's first entry, what closes the elements that are open there, and what ends an entry."""
    opened: list[str] = []
    for match in _TOP.finditer(held):
        if match["root"] or match["opened"]:
            opened.append(match["root"] or match["opened"])
        elif match["closed"] in opened:
            opened.remove(match["closed"])
        elif match["entry"]:
            tail = "".join(f"</{name}>" for name in reversed(opened))
            return held[: match.start()], tail, re.compile(rf"{_ASIDE}|(?P<end></{re.escape(match['entry'])}\s*>)")
    return None
