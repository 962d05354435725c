"""What annotations say of the things that PressKG reads: which is which entity of a record, and what holds between two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.knowledge.vocab import PRESS
from kg.measure.gold import FAMILY
from kg.measure.score import COMPATIBLE
from kg.model import Thing, View
from kg.resolve.things import Things

_SHARED = 0.6  # of the longer of two stretches, for names that must nearly be equal; an event may be named by a part of its words


@dataclass(frozen=True)
class Labels:
    """One record's facts over the things of its article."""

    record: Mapping
    view: View
    things: Things

    @cached_property
    def _facts(self) -> dict[str, dict[tuple[str, str], set[str]]]:
        found: dict[str, dict[tuple[str, str], set[str]]] = {"facts": defaultdict(set), "optional": defaultdict(set)}
        for group, rows in found.items():
            for fact in self.record[group]:
                subject, relation, object_ = fact["fact"]
                rows[subject, str(object_)].add(relation)
        return found

    @cached_property
    def _stretches(self) -> dict[str, list[tuple[int, int, str, str]]]:
        stretches = defaultdict(list)
        for key, entity in self.record["entities"].items():
            for span in entity["mentions"]:
                field, start, end = span if isinstance(span[0], str) else ("text", *span)
                stretches[field].append((start, end, key, entity["type"]))
        return stretches

    @cached_property
    def key(self) -> Callable[[Thing], str | None]:
        """The record's entity that a thing is, by the words that both are named with; None for no entity of the record."""
        known: dict[Thing, str | None] = {}

        def key(thing: Thing) -> str | None:
            if thing not in known:
                shared = self._shared(thing)
                known[thing] = max(shared, key=lambda k: (shared[k], k)) if shared else None
            return known[thing]

        return key

    def _shared(self, thing: Thing) -> dict[str, int]:
        family = FAMILY.get(str(PRESS[thing.kind]), thing.kind)
        shared: dict[str, int] = defaultdict(int)
        for mention in self.things.surfaces.get(thing, ()):
            if mention.end <= mention.start:
                continue
            span = self.view.span(mention.start, mention.end)
            for start, end, key, type_ in self._stretches[span.field]:
                both = min(end, span.end) - max(start, span.start)
                fits = family in COMPATIBLE.get(type_, {type_})
                if fits and both > 0 and (family == "Event" or both >= _SHARED * max(end - start, span.end - span.start)):
                    shared[key] += both
        return shared

    def said(self, one: Thing, other: Thing) -> tuple[frozenset[str], frozenset[str]]:
        """The relations that hold from one thing to another, and those that may be left out."""
        ends = self.key(one) or "", self.key(other) or ""
        return frozenset(self._facts["facts"].get(ends, ())), frozenset(self._facts["optional"].get(ends, ()))
