"""What an explanation says, as frozen values with ``lines()`` for a terminal and ``as_dict()`` for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_MARKS = ("【", "】")  # around the evidence within its sentence
_SHOWN = 40  # statements and rejections that a terminal shows; as_dict has all
_SUPPORTS = 5  # and so many places for each statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Words of an article where they stand: ``before``, ``words`` and ``after`` are the sentence around them."""

    article: str
    title: str
    date: str | None
    field: str
    start: int
    end: int
    before: str
    words: str
    after: str

    @property
    def marked(self) -> str:
        """The sentence on one line, the words in marks."""
        low, high = _MARKS
        return " ".join(f"{self.before}{low}{self.words}{high}{self.after}".split())

    def as_dict(self) -> dict:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One assertion: the rule that made it, how sure it is, how the words qualify it, and where they stand."""

    rule: str
    confidence: float
    status: str
    recovered: bool
    place: Place
    source: str = ""

    def as_dict(self) -> dict:
        return {
            "rule": self.rule,
            "confidence": self.confidence,
            "factuality": self.status,
            **({"reportedBy": self.source} if self.source else {}),
            "recovered": self.recovered,
            **self.place.as_dict(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement with all that supports it; ``shown`` is it as people read it, ``stated`` whether the graph holds it."""

    subject: str
    predicate: str
    object: str
    shown: str
    stated: bool
    supports: tuple[Support, ...]

    def as_dict(self) -> dict:
        return {
            "subject": self.subject,
            "predicate": self.predicate,
            "object": self.object,
            "shown": self.shown,
            "stated": self.stated,
            "supports": [s.as_dict() for s in self.supports],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """What was considered and not stated, and the constraint that stood against it."""

    rule: str
    reason: str
    place: Place

    def as_dict(self) -> dict:
        return {"rule": self.rule, "reason": self.reason, **self.place.as_dict()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What merged into a thing: a name as articles gave it, the IRI that it would have alone, where, and why it is the same."""

    name: str
    iri: str
    articles: tuple[str, ...]
    reasons: tuple[str, ...]

    def as_dict(self) -> dict:
        return {"name": self.name, "iri": self.iri, "articles": list(self.articles), "reasons": list(self.reasons)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a thing or a statement is (or is not) in the graph.

    ``heading`` names it; ``kind`` is ``thing`` or ``statement``; ``possibly`` pairs a thing that may be the same with the reasons;
    ``others`` are IRIs of other things of the same name.
    """

    kind: str
    heading: str
    iri: str | None
    classes: tuple[str, ...]
    names: tuple[str, ...]
    statements: tuple[Statement, ...]
    members: tuple[Member, ...]
    possibly: tuple[tuple[str, str, tuple[str, ...]], ...]
    rejected: tuple[Rejected, ...]
    others: tuple[str, ...]

    def as_dict(self) -> dict:
        """All of it as plain values, for JSON."""
        return {
            "kind": self.kind,
            "heading": self.heading,
            "iri": self.iri,
            "classes": list(self.classes),
            "names": list(self.names),
            "statements": [s.as_dict() for s in self.statements],
            "members": [m.as_dict() for m in self.members],
            "possibly": [{"iri": iri, "name": name, "reasons": list(reasons)} for iri, name, reasons in self.possibly],
            "rejected": [r.as_dict() for r in self.rejected],
            "others": list(self.others),
        }

    def lines(self) -> Iterator[str]:
        """All of it for a terminal."""
        about = f"  [{', '.join(self.classes)}]" if self.classes else ""
        yield f"{self.heading}{about}" + (f"  {_short(self.iri)}" if self.iri else "")
        if self.names:
            yield f"  also called: {', '.join(self.names)}"
        if self.others:
            yield f"  others of this name: {', '.join(map(_short, self.others))}"
        for iri, name, reasons in self.possibly:
            yield f"  possibly the same: {name} ({_short(iri)}): {'; '.join(reasons) or 'the name'}"
        if len(self.members) > 1:
            yield f"  merged from {len(self.members)}:"
            for member in self.members:
                why = f": {'; '.join(member.reasons)}" if member.reasons else ""
                yield f"    {member.name} ({_short(member.iri)}) in {_some(member.articles)}{why}"
        for statement in self.statements[:_SHOWN]:
            yield ""
            yield statement.shown if statement.stated else f"{statement.shown}  [not in the graph]"
            if statement.stated and not statement.supports:
                yield "  no article says so: the gazetteer, linking or a correction does"
            for support in statement.supports[:_SUPPORTS]:
                yield from _support(support)
            if len(statement.supports) > _SUPPORTS:
                yield f"  … and in {len(statement.supports) - _SUPPORTS:,} more places; --json lists all"
        if len(self.statements) > _SHOWN:
            yield ""
            yield f"… and {len(self.statements) - _SHOWN:,} more statements; --json lists all"
        if not self.statements and self.kind == "statement":
            yield "  no article was read to say so"
        if self.rejected:
            yield ""
            yield f"considered and rejected: {len(self.rejected):,}"
            for rejected in self.rejected[:_SHOWN]:
                yield f"  {rejected.rule}: {rejected.reason}"
                yield f"    {_where(rejected.place)}"
                yield f"      {rejected.place.marked}"
            if len(self.rejected) > _SHOWN:
                yield f"  … and {len(self.rejected) - _SHOWN:,} more; --json lists all"


def _support(support: Support) -> Iterator[str]:
    marks = [
        support.rule,
        f"{support.confidence:.2f}",
        f"{support.status} by {support.source}" if support.source else support.status,
    ]
    marks += ["recovered from damaged text"] if support.recovered else []
    yield f"  {' · '.join(marks)}"
    yield f"    {_where(support.place)}"
    yield f"      {support.place.marked}"


def _some(articles: tuple[str, ...]) -> str:
    """The first articles, and how many more there are."""
    rest = f" and {len(articles) - 5:,} more" if len(articles) > 5 else ""
    return ", ".join(articles[:5]) + rest


def _where(place: Place) -> str:
    return f"{place.title}{f' ({place.date})' if place.date else ''} · {place.article} · {place.field}[{place.start}:{place.end}]"


def _short(iri: str) -> str:
    import rdflib

    from kg.graph.store import compact

    return compact(rdflib.URIRef(iri))
