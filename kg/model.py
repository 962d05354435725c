"""The frozen values that travel through PressKG: ``Article → View → Doc → Mention → Candidate → Claim → Fact``.

Offsets are Unicode characters, end exclusive. A ``Span`` points into the *raw* text of one field of an article, so that
``article.text(span.field)[span.start:span.end]`` is the evidence, always.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from kg.article import Article as Article
from kg.article import Paragraph as Paragraph
from kg.article import Piece as Piece
from kg.article import Region as Region
from kg.article import Span as Span
from kg.article import View as View


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as far as a text says it; a part that is not known is None.

    >>> str(PartialDate(2021, 6, None)), PartialDate(2021, 6, 28).whole
    ('2021-06-??', datetime.date(2021, 6, 28))
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        return f"{self.year or '????'}-{f'{self.month:02}' if self.month else '??'}-{f'{self.day:02}' if self.day else '??'}"

    @property
    def whole(self) -> dt.date | None:
        """The day, where all three parts are known and it exists."""
        try:
            return dt.date(self.year, self.month, self.day) if self.year and self.month and self.day else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A date, count, ordinal or year that the text states at ``start``/``end`` (view offsets).

    ``kind``: ``date``, ``year``, ``edition``, ``people``, ``countries``, ``organizations``, ``mode``. ``hint`` is the word that says where
    a partial date lies (지난, 오는, 내년, …); ``days`` a length in days (나흘간).
    """

    kind: str
    start: int
    end: int
    date: PartialDate | None = None
    until: PartialDate | None = None
    hint: str | None = None
    days: int | None = None
    number: int | None = None
    text: str | None = None


# How the words of a mention were found to be a name: a closed list, on which readings depend.
FoundBy = Literal[
    "agenda", "agreement.between", "alias", "appointment", "award", "beside-title", "capital", "case-noun", "case-title", "club",
    "context", "meeting.verb",
    "corporate-mark", "defined-by-note", "direct-speech", "discussed", "event-inside", "event-noun", "fused-title",
    "gazetteer", "glossed", "grouped", "head-stem", "last-time", "listed", "misspelt", "model", "named-before",
    "named-by-form", "named-by-relation", "note-head", "notice", "office", "owned-case", "owned-talk", "place-phrase",
    "quoted-event", "roster", "shared-case", "slot", "suffix", "surname", "system", "talk-title", "theme", "theme-line",
    "title-anchor", "winner",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of the view that names a thing.

    ``kind`` is a class of the ontology (``Person``, ``GovernmentBody``, ``Seminar``, ``Venue``, …), ``name`` the words without
    what only surrounds them. ``title`` is a person's role as the text gives it, ``known`` the canonical name in the gazetteer,
    ``definite`` the determiner of a mention that takes up an earlier one (이번, 이날, 동 …), ``rule`` how it was found. A mention
    without a name is what the text is about at its offset.
    """

    start: int
    end: int
    kind: str
    name: str
    rule: FoundBy
    title: str | None = None
    title_span: tuple[int, int] | None = None
    known: str | None = None
    definite: str | None = None
    edition: int | None = None
    certain: bool = True


# What a text makes of a statement, the gravest last; the graph holds the first two unless it is asked for more.
FACTUALITY = ("asserted", "planned", "reported", "doubted", "postponed", "cancelled", "denied")
STATED = frozenset(FACTUALITY[:2])


class Origin(StrEnum):
    """What kind of reading proposed a candidate, where a decision depends on it."""

    TEXT = "text"  # running text
    CLAUSE = "clause"  # a pattern over a clause
    NOTICE = "notice"  # a line or a list under a key
    CAPTION = "caption"  # who stands in a picture
    SERIES = "series"  # this edition of an event beside the one before


class Flag(StrEnum):
    """What a decision has to know of a candidate beside its ends."""

    INTRODUCED = "introduced"  # by a verb that is also used of what stands on a page (소개, 공유)
    ASIDE = "aside"  # says nothing of a thing that nothing else is said of
    VOTED = "voted"  # about a name that the model of names voted for


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One statement as one stretch of text proposes it, between mentions; ``kg.decide`` makes it a claim, or rejects it.

    ``relation`` is a property's local name. ``start``/``end`` are the words that say so, ``sentence`` the sentence around them
    (view offsets). ``status`` is its factuality, one of FACTUALITY; ``source`` who says so, where another is named; a candidate is
    qualified, never deleted. ``rule`` says who proposed it, for people; what a decision depends on is ``origin`` and ``flags``.
    """

    relation: str
    subject: Mention
    object: Mention | Value | str
    rule: str
    start: int
    end: int
    sentence: tuple[int, int]
    status: str = "asserted"
    source: str = ""
    origin: Origin = Origin.TEXT
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Candidate):
    """A candidate that was decided for, with how sure that is (0 to 1)."""

    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A statement that was considered and not made, and the constraint that stood against it."""

    rule: str
    reason: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A node of the graph: what it is (``identity``, from which its IRI is minted), its class and its best name.

    ``scope`` tells things of one name apart: a person's body, an event's day, an article.
    """

    kind: str
    name: str
    scope: str = ""

    @property
    def lang(self) -> str:
        """``en`` for a name in Latin letters only, else ``ko``."""
        return (
            "ko"
            if any("가" <= c <= "힣" or "一" <= c <= "鿿" for c in self.name)
            or not any(c.isascii() and c.isalpha() for c in self.name)
            else "en"
        )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Evidence:
    """The words of one article that say a statement. Refuses words that are empty."""

    article: str
    span: Span
    sentence: Span
    rule: str
    confidence: float
    status: str = "asserted"
    recovered: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        if self.span.end <= self.span.start:
            raise ValueError(f"{self.article}: {self.rule}: evidence has no words ({self.span})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A statement between things, or of a thing and a value; equal facts are one, whatever their evidence.

    ``object`` is a Thing, a day, a number, or words.
    """

    subject: Thing
    relation: str
    object: Thing | dt.date | int | str
    evidence: tuple[Evidence, ...] = field(compare=False)

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"no evidence for {self.subject.name} {self.relation} {self.object}")
