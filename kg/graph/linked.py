"""The facts of all articles between the things of one graph, as linking leaves them and as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.graph.mint import mint
from kg.knowledge.corrections import Outcome
from kg.model import Fact, Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Facts between the things of the graph, and what is known of those things beyond single articles.

    ``replaced`` pairs an IRI that a thing would have by itself with the thing that has taken its place; ``labels`` are names that
    people gave, ``aliases`` other names, ``same`` addresses of the thing elsewhere; ``things`` counts (before, after) by family,
    ``duplicates`` are groups of articles with the same text.
    """

    facts: tuple[Fact, ...]
    replaced: tuple[tuple[str, str], ...]
    possibly: Mapping[tuple[Thing, Thing], tuple[str, ...]]
    members: Mapping[Thing, tuple[dict, ...]]
    labels: Mapping[str, str]
    aliases: tuple[tuple[str, str], ...]
    same: tuple[tuple[str, str], ...]
    things: Mapping[str, tuple[int, int]]
    outcomes: tuple[Outcome, ...]
    duplicates: tuple[tuple[str, ...], ...] = ()

    def within(self, facts: Iterable[Fact]) -> Linked:
        """What of it concerns the things of some facts, which are those of the graph."""
        live = {mint(t) for f in facts for t in (f.subject, f.object) if isinstance(t, Thing)}
        return replace(
            self,
            replaced=tuple((old, new) for old, new in self.replaced if new in live and old not in live),
            possibly={pair: why for pair, why in self.possibly.items() if all(mint(t) in live for t in pair)},
            members={t: rows for t, rows in self.members.items() if mint(t) in live},
            labels={iri: name for iri, name in self.labels.items() if iri in live},
            aliases=tuple(a for a in self.aliases if a[0] in live),
            same=tuple(s for s in self.same if s[0] in live),
        )
