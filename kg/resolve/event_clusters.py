"""The events of an article while they are gathered: each with its mentions, which of them can be meant, and how they are found again by name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.model import Mention
from kg.resolve.event_days import REACH, Period, apart
from kg.resolve.event_labels import EDITION, clean, keys, years_in


@dataclass(slots=True)
class EventCluster:
    """One event of an article while it is being gathered."""

    mentions: list[Mention] = field(default_factory=list)
    editions: set[int] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    names: dict[str, None] = field(default_factory=dict)  # each once, in order
    kinds: set[str] = field(default_factory=set)
    days: set[Period] = field(default_factory=set)
    last: int = 0
    named: bool = False
    called: set[str] = field(default_factory=set)  # the names of its mentions
    tails: set[str] = field(default_factory=set)  # and their last words
    aside: bool = False  # 지난 5일 간담회: spoken of once beside what the text is about

    def add(self, mention: Mention, days: frozenset[Period]) -> None:
        """Take in a mention with its days."""
        self.mentions.append(mention)
        self.called.add(mention.name)
        self.tails.add(mention.name.split(" ")[-1].strip("’”」』'\""))
        if mention.edition is not None:
            self.editions.add(mention.edition)
        self.years |= years_in(mention.name)
        self.days |= days
        self.kinds.add(mention.kind)
        self.last = mention.start

    def speaks_against(self, mention: Mention) -> bool:
        """Whether an ordinal, a year or that it is another edition says that a mention is of another event."""
        years = years_in(mention.name)
        return (
            mention.rule == "last-time"
            and any(m.rule != "last-time" for m in self.mentions)
            or mention.edition is not None
            and bool(self.editions)
            and mention.edition not in self.editions
            or bool(years and self.years and not years & self.years)
        )


class Fit:
    """The events, of those spoken of lately, that a mention can mean: not the one that it follows, none of another day."""

    def __init__(self, clusters: Sequence[EventCluster], other: int | None, own: frozenset[Period]) -> None:
        self.clusters, self.other, self.own = clusters, other, own
        self.first = max(0, len(clusters) - REACH)

    def holds(self, index: int) -> bool:
        """Whether an event can be meant, however long ago it was spoken of."""
        cluster, own = self.clusters[index], self.own
        return index != self.other and not (cluster.aside and not own) and not (own and cluster.days and apart(own, cluster.days))

    @cached_property
    def indexes(self) -> list[int]:
        """Their numbers."""
        return [i for i in range(self.first, len(self.clusters)) if self.holds(i)]

    @cached_property
    def events(self) -> list[EventCluster]:
        """The events themselves."""
        return [self.clusters[i] for i in self.indexes]

    @property
    def left_some(self) -> bool:
        """Whether one was spoken of that cannot be meant."""
        return len(self.indexes) < len(self.clusters) - self.first


class Found:
    """The events found so far, by what a name may share with theirs, by edition, and the one that most was said of."""

    def __init__(self) -> None:
        self.by_key: dict[object, set[int]] = {}
        self.by_edition: dict[int, list[int]] = {}  # in order
        self.named: set[int] = set()
        self.main = 0
        self._noted: dict[int, int] = {}  # how many names of an event are known here
        self._counts: dict[int, int] = {}

    def note(self, index: int, cluster: EventCluster) -> None:
        """Take in what a mention brought to an event."""
        names = list(cluster.names)
        for name in names[self._noted.get(index, 0) :]:
            for key in keys(name, offered=True):
                self.by_key.setdefault(key, set()).add(index)
        self._noted[index] = len(names)
        if cluster.named:
            self.named.add(index)
        for edition in cluster.editions:
            known = self.by_edition.setdefault(edition, [])
            at = bisect_left(known, index)
            if known[at : at + 1] != [index]:
                known.insert(at, index)
        count = self._counts[index] = len(cluster.mentions)
        best = self._counts[self.main]
        if count > best or count == best and index < self.main:
            self.main = index

    def like(self, name: str) -> list[int]:
        """The events of which a name may be another, in order: those that share what a likeness asks for, and some more."""
        return sorted(set().union(*(self.by_key.get(key, ()) for key in keys(name, offered=False))))


def best_name(cluster: EventCluster) -> str:
    """The fullest name that is no sentence: with an ordinal first, then the longest up to 60 characters, the earliest of equals."""
    names = [clean(n) for n in cluster.names] or [clean(m.name) for m in cluster.mentions]
    names = [n for n in names if n] or [m.name for m in cluster.mentions]
    fit = [n for n in names if len(n) <= 60] or names
    best = max(fit, key=lambda n: (bool(EDITION.search(n)), min(len(n), 60)))
    return best
