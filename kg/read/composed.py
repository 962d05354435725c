"""Pages whose letters are decomposed (NFD, as macOS writes names and some programs texts): read composed, kept as they are."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import replace

from kg.model import Article, Region, Span
from kg.read.fold import compose
from kg.read.given import Given
from kg.read.page import articles_of


def articles_in(text: str, given: Given, title: str | None = None) -> list[Article]:
    """The articles of a page as ``articles_of`` finds them, with regions in the raw text also where that is not in NFC.

    >>> raw = unicodedata.normalize("NFD", "군청, 책 나눔 행사 열어\\n\\n군청은 5일 책 나눔 행사를 열었다.")
    >>> [article] = articles_in(raw, Given(identifier="p", source="p.txt"))
    >>> article.text() == raw, unicodedata.normalize("NFC", article.title)
    (True, '군청, 책 나눔 행사 열어')
    """
    raws = {"text": text} if title is None else {"text": text, "title": title}
    if all(unicodedata.is_normalized("NFC", raw) for raw in raws.values()):
        return articles_of(text, given, title)
    maps = {name: _Map(raw) for name, raw in raws.items()}
    found = articles_of(maps["text"].text, given, maps["title"].text if title is not None else None)
    return [
        replace(article, fields=tuple(raws.items()), regions=tuple(_raw(region, maps) for region in article.regions))
        for article in found
    ]


def _raw(region: Region, maps: dict[str, _Map]) -> Region:
    span, map_ = region.span, maps[region.span.field]
    return replace(region, span=Span(span.field, map_.raw(span.start), map_.raw(span.end)))


class _Map:
    """A text in NFC and where its characters came from."""

    def __init__(self, raw: str) -> None:
        parts: list[str] = []
        self._at, self._shift, done, length = [0], [0], 0, 0
        for edit in compose(raw):
            parts += raw[done : edit.start], edit.new
            length += edit.start - done + len(edit.new)
            done = edit.end
            self._at.append(length)
            self._shift.append(done - length)
        self.text = "".join(parts) + raw[done:]

    def raw(self, at: int) -> int:
        """The raw offset of an offset at the edge of a character."""
        return at + self._shift[bisect_right(self._at, at) - 1]
