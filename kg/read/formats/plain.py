"""Text and Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from kg.read.formats.encoding import decode
from kg.read.formats.source import Page, Source


def read(source: Source) -> Iterator[Page]:
    """The page that a text file is."""
    yield Page(text=decode(source.read(), source.name))
