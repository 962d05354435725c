"""Facets of an answer: how many of its events fall into each year, city and body, each an address that narrows the question to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from rdflib import RDF, SKOS

from kg.knowledge.vocab import PRESS

if TYPE_CHECKING:
    import pyoxigraph

    from kg.ask.understand import Asked

_SHOWN = 8  # values of a facet
ACTED = ("hosted", "organized", "signed", "participatedIn")  # whose events are asked for when two act together


class Facet(NamedTuple):
    """A value, how many answers have it, and the address of these answers."""

    value: str
    many: int
    href: str


def said(store: pyoxigraph.Store, property_: object) -> Iterator[tuple[str, str]]:
    """Every statement of a property in the default graph: the IRI of its subject and the IRI or the words of its object."""
    import pyoxigraph as ox

    for quad in store.quads_for_pattern(None, ox.NamedNode(str(property_)), None, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            yield quad.subject.value, quad.object.value


def days_and_kinds(store: pyoxigraph.Store, events: Container[str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The days of events, their own where they are known and else those of their articles, and the names of their classes."""
    days: dict[str, set[str]] = {}
    for name in ("reportedOn", "startDate"):
        found: dict[str, set[str]] = {}
        for event, day in said(store, PRESS[name]):
            if event in events:
                found.setdefault(event, set()).add(day)
        days |= found
    kinds: dict[str, set[str]] = {}
    for event, kind in said(store, RDF.type):
        if event in events:
            kinds.setdefault(event, set()).add(kind.rpartition("#")[2])
    return days, kinds


class Doers:
    """Who did what at an event: names by relation, looked up once for each event of a store."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._store = store
        self.names = lru_cache(maxsize=1 << 16)(self._names)
        self.name = lru_cache(maxsize=1 << 16)(self._label)

    def _names(self, event: str, relation: str, *, bodies: bool = False) -> frozenset[str]:
        import pyoxigraph as ox

        person = ox.NamedNode(str(PRESS.Person))

        rows = self._store.quads_for_pattern(None, ox.NamedNode(str(PRESS[relation])), ox.NamedNode(event), ox.DefaultGraph())
        doers = [row.subject for row in rows if isinstance(row.subject, ox.NamedNode)]
        if bodies:
            doers = [
                doer for doer in doers if ox.Quad(doer, ox.NamedNode(str(RDF.type)), person, ox.DefaultGraph()) not in self._store
            ]
        return frozenset(name for doer in doers if (name := self.name(doer.value)))

    def _label(self, iri: str) -> str:
        import pyoxigraph as ox

        labels = self._store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(str(SKOS.prefLabel)), None, ox.DefaultGraph())
        return min((row.object.value for row in labels if isinstance(row.object, ox.Literal)), default="")


def facets(doers: Doers, asked: Asked, base: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Facet]]:
    """The facets of a list of events from its rows, without another query; a body that was asked for gets those beside it.

    ``base`` are the fields of the question; ``rows`` are bindings with ``eventIri`` and, where they are known, ``date`` and ``city``.
    """
    events: dict[str, tuple[set[str], set[str]]] = {}
    for row in rows:
        years, cities = events.setdefault(row["eventIri"]["value"], (set(), set()))
        years.update([row["date"]["value"][:4]] if "date" in row else ())
        cities.update([row["city"]["value"]] if "city" in row else ())
    who, role = base.get("who", ""), "signed" if asked.intent.id == "agreements" else "hosted"
    relations, field = (ACTED, "with") if who else ((role,), "who")
    own = {name for one in asked.names if one.family in ("who", "thing") for iri in one.things if (name := doers.name(iri))}
    found = {
        ("언제", "year"): Counter(year for years, _ in events.values() for year in years),
        ("어디서", "place"): Counter(city for _, cities in events.values() for city in cities),
        ("누구와" if who else "누가", field): Counter(
            name
            for event in events
            for name in frozenset().union(*(doers.names(event, relation) for relation in relations)) - own
        ),
    }

    def href(name: str, value: str) -> str:
        change = {"since": value, "until": value} if name == "year" else {name: value}
        return f"/ask?{urlencode({k: v for k, v in {**base, 'shape': '', **change}.items() if v})}"

    def ordered(name: str, counts: Counter[str]) -> list[tuple[str, int]]:
        return sorted(counts.items(), key=lambda pair: (-int(pair[0]),) if name == "year" else (-pair[1], pair[0]))[:_SHOWN]

    return {
        title: [Facet(value, many, href(name, value)) for value, many in ordered(name, counts)]
        for (title, name), counts in found.items()
        if len(counts) > 1 or (name == "with" and counts)
    }
