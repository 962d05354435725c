"""The frozen values of what is read: ``Article`` as it stands on a page, ``View``, the side copy that is analysed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from html import unescape

_TAG = re.compile(r"</?(?:b|i|u|em|strong|br|span|font|p)(?:\s[^<>]{0,200})?/?>")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the raw text of one field (``text`` or ``title``) of an article."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of an article's raw text with its role on the page.

    Roles: ``title``, ``subtitle``, ``body``, ``caption`` (words under a picture), ``credit`` (whose picture), ``contact`` (담당부서 …), which
    are read; and ``date``, ``byline``, ``related`` (other articles), ``comment``, ``copyright``,
    ``section`` (under which heading of its site it stands), which are not.
    """

    role: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class Article:
    """One news article or press release as it was read: raw text, where its parts are, and what the page says about it.

    ``fields`` holds the raw texts, ``(("text", …),)`` or ``(("text", …), ("title", …))`` where a record's title is separate.
    ``notes`` says what the reader could not settle, for the report; ``modified`` the day on which a page says that it was changed last,
    ``section`` under which heading of its site or in which class of an export it stands.

    >>> article = Article(identifier="a", source="a.txt", fields=(("text", "제목\\n본문이다."),),
    ...                   regions=(Region(role="title", span=Span("text", 0, 2)), Region(role="body", span=Span("text", 3, 8))))
    >>> article.title, article.raw(Span("text", 3, 8))
    ('제목', '본문이다.')
    """

    identifier: str
    source: str
    fields: tuple[tuple[str, str], ...]
    regions: tuple[Region, ...]
    date: dt.date | None = None
    publisher: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()
    modified: dt.date | None = None
    section: str | None = None

    def text(self, field: str = "text") -> str:
        """The raw text of a field."""
        return dict(self.fields)[field]

    def raw(self, span: Span) -> str:
        """The raw words of a span."""
        return self.text(span.field)[span.start : span.end]

    @cached_property
    def title(self) -> str:
        """The title's words with their white space folded; the identifier where the page has no title."""
        words = " ".join(self.raw(r.span) for r in self.regions if r.role == "title")
        if "<" in words or "&" in words:
            words = _TAG.sub("", unescape(words))
        return " ".join(words.split()) or self.identifier


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a view: ``start``/``end`` are view offsets; roles are those of regions, and ``footnote``."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a view and where it came from. ``repair`` names what was mended, None for copied or merely folded text.

    For copied text both lengths are equal; inserted text has ``raw_start == raw_end``.
    """

    start: int
    end: int
    field: str
    raw_start: int
    raw_end: int
    repair: str | None = None


@dataclass(frozen=True, kw_only=True)
class View:
    """The side copy of an article that is analysed: joined lines, mended damage, one ``\\n`` between paragraphs; plus the edit map.

    ``pieces`` cover ``text`` without gaps, in order.
    """

    article: Article
    text: str
    pieces: tuple[Piece, ...]
    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    def span(self, start: int, end: int) -> Span:
        """The raw span under a stretch of the view (start < end); inserted characters at the edges add nothing."""
        from bisect import bisect_right

        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1) - 1
        head, tail = self.pieces[first], self.pieces[last]
        same = head.end - head.start == head.raw_end - head.raw_start
        raw_start = head.raw_start + (start - head.start) if same else head.raw_start
        same = tail.end - tail.start == tail.raw_end - tail.raw_start
        raw_end = tail.raw_start + (end - tail.start) if same else tail.raw_end
        return Span(head.field, raw_start, max(raw_start, raw_end))

    def repairs(self, start: int, end: int) -> tuple[str, ...]:
        """Names of the repairs that touch a stretch of the view, for ``recovered``."""
        from bisect import bisect_right

        i = max(bisect_right(self._starts, start) - 1, 0)
        found = []
        while i < len(self.pieces) and self.pieces[i].start < end:
            if repair := self.pieces[i].repair:
                found.append(repair)
            i += 1
        return tuple(dict.fromkeys(found))
