"""Facets of an answer: how many of its events fall into each year, city and body, each an address that narrows the question to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from rdflib import RDF, SKOS

from kg.knowledge.schema import schema
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


def members(store: pyoxigraph.Store, cls: str) -> Iterator[str]:
    """The things of a class, by their IRIs."""
    import pyoxigraph as ox

    for quad in store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), ox.NamedNode(str(PRESS[cls])), ox.DefaultGraph()):
        if isinstance(quad.subject, ox.NamedNode):
            yield quad.subject.value


def days(store: pyoxigraph.Store) -> dict[str, set[str]]:
    """The days of events, their own where they are known and else those of their articles."""
    found: dict[str, set[str]] = {}
    for name in ("reportedOn", "startDate"):
        known: dict[str, set[str]] = {}
        for event, day in said(store, PRESS[name]):
            known.setdefault(event, set()).add(day)
        found |= known
    return found


def days_and_kinds(store: pyoxigraph.Store, events: Container[str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The days of events and the names of their classes."""
    kinds: dict[str, set[str]] = {}
    for kind in schema().below("Event"):
        for event in members(store, kind):
            if event in events:
                kinds.setdefault(event, set()).add(kind)
    return {event: known for event, known in days(store).items() if event in events}, kinds


class Doers:
    """Who did what at an event, and when and where that was: each relation of a store is read once and as a whole."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._store = store
        self.names = lru_cache(maxsize=1 << 16)(self._names)
        self.name = lru_cache(maxsize=1 << 16)(self._label)
        self._acting = lru_cache(maxsize=len(ACTED))(self._of)

    @cached_property
    def _people(self) -> frozenset[str]:
        return frozenset(members(self._store, "Person"))

    @cached_property
    def days(self) -> dict[str, set[str]]:
        """The days of events: their own, else those of their articles."""
        return days(self._store)

    @cached_property
    def years(self) -> dict[str, set[str]]:
        """The years of events."""
        return {event: {day[:4] for day in known} for event, known in self.days.items()}

    @cached_property
    def cities(self) -> dict[str, set[str]]:
        """The names of the cities of events."""
        found: dict[str, set[str]] = {}
        for event, city in said(self._store, PRESS.city):
            found.setdefault(event, set()).update(filter(None, [self.name(city)]))
        return found

    def _of(self, relation: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for doer, event in said(self._store, PRESS[relation]):
            found.setdefault(event, []).append(doer)
        return found

    def _names(self, event: str, relation: str, *, bodies: bool = False) -> frozenset[str]:
        doers = self._acting(relation).get(event, ())
        return frozenset(name for doer in doers if not (bodies and doer in self._people) and (name := self.name(doer)))

    def busiest(self, relation: str) -> list[str]:
        """Those who did so, the busiest first."""
        counted = Counter(doer for doers in self._acting(relation).values() for doer in doers)
        return [doer for doer, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]

    def _label(self, iri: str) -> str:
        import pyoxigraph as ox

        labels = self._store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(str(SKOS.prefLabel)), None, ox.DefaultGraph())
        return min((row.object.value for row in labels if isinstance(row.object, ox.Literal)), default="")


def facets(doers: Doers, asked: Asked, base: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Facet]]:
    """The facets of a list of events from its rows, without another query; a body that was asked for gets those beside it.

    ``base`` are the fields of the question; ``rows`` are bindings with ``eventIri``, and with ``date`` where a period was asked for, for
    of an event with several days only these are meant then.
    """
    events: dict[str, set[str]] = {}
    for row in rows:
        years = events.setdefault(row["eventIri"]["value"], set())
        years.update([row["date"]["value"][:4]] if "date" in row else ())
    who, role = base.get("who", ""), "signed" if asked.intent.id == "agreements" else "hosted"
    relations, field = (ACTED, "with") if who else ((role,), "who")
    own = {name for one in asked.names if one.family in ("who", "thing") for iri in one.things if (name := doers.name(iri))}
    found = {
        ("언제", "year"): Counter(year for event, years in events.items() for year in years or doers.years.get(event, set())),
        ("어디서", "place"): Counter(city for event in events for city in doers.cities.get(event, ())),
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
