"""Events by day, for the page of a year, and how many there are in each month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rdflib import DCTERMS

from kg.graph.terms import value_of
from kg.knowledge.vocab import PRESS
from kg.serve.lookup import Ref, Refs

if TYPE_CHECKING:
    import pyoxigraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event as the timeline shows it."""

    thing: Ref
    start: str
    end: str
    status: str
    hosts: tuple[Ref, ...]
    places: tuple[Ref, ...]


class Timeline:
    """The dated events of a store, by month; ``newest`` is the last year with events that articles tell of as they happen: what is
    planned for later years stands there.
    """

    def __init__(self, store: pyoxigraph.Store, refs: Refs | None = None) -> None:
        import pyoxigraph as ox

        self._store, self._refer = store, refs or Refs(store)
        quads = store.quads_for_pattern(None, ox.NamedNode(str(PRESS.startDate)), None, ox.DefaultGraph())
        self._days = sorted({(value_of(quad.object), value_of(quad.subject)) for quad in quads if _whole(value_of(quad.object))})
        self.months = Counter(day[:7] for day, _ in self._days)
        self.years = Counter(day[:4] for day, _ in self._days)
        issued = store.quads_for_pattern(None, ox.NamedNode(str(DCTERMS.issued)), None, ox.DefaultGraph())
        told = max((value_of(quad.object)[:4] for quad in issued), default="9999")
        self.of_year = lru_cache(maxsize=64)(self._of_year)  # the same pages are asked for again and again
        self.newest = max((year for year in self.years if year <= told), default=max(self.years, default=""))

    def _of_year(self, year: str) -> dict[str, list[Entry]]:
        """The entries of a year by month, those of a month by day, the newest first."""
        found: dict[str, list[Entry]] = {}
        for day, iri in reversed(self._days):
            if day.startswith(f"{year}-") and (thing := self._refer(iri)):
                found.setdefault(day[:7], []).append(self._entry(thing, day))
        return found

    def _entry(self, thing: Ref, start: str) -> Entry:
        import pyoxigraph as ox

        node, default = ox.NamedNode(thing.iri), ox.DefaultGraph()

        def values(term: object) -> list[str]:
            return sorted(value_of(q.object) for q in self._store.quads_for_pattern(node, ox.NamedNode(str(term)), None, default))

        def subjects(term: object) -> list[str]:
            return sorted(
                value_of(q.subject) for q in self._store.quads_for_pattern(None, ox.NamedNode(str(term)), node, default)
            )

        hosts = dict.fromkeys(subjects(PRESS.coHosted) + subjects(PRESS.hosted))
        places = dict.fromkeys(values(PRESS.venue) + values(PRESS.city))
        return Entry(
            thing=thing,
            start=start,
            end=next(iter(values(PRESS.endDate)), ""),
            status=next(iter(values(PRESS.status)), ""),
            hosts=tuple(ref for iri in hosts if (ref := self._refer(iri))),
            places=tuple(ref for iri in places if (ref := self._refer(iri))),
        )


def _whole(day: str) -> bool:
    """Whether a date names its day.

    >>> _whole("2021-06-28"), _whole("2021-06")
    (True, False)
    """
    import datetime as dt

    try:
        return bool(dt.date.fromisoformat(day)) and len(day) == 10
    except ValueError:
        return False
