"""A mention of which it is asked which event it means, with all that its article says around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.analyze.names.words import event_noun
from kg.knowledge.load import Knowledge
from kg.model import Mention
from kg.resolve.event_clusters import EventCluster, Fit, Found
from kg.resolve.event_days import Period, Place
from kg.resolve.event_labels import PART, clean, content


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the event mentions of an article.

    ``lengthened`` gives the fuller words of a mention that is modified, ``headline`` tells offsets in titles and captions (read last: they
    only describe), ``beside`` those in footnotes and in direct speech (a new event there is not what the text is about), ``topics`` the
    event that is the topic of a bare mention's sentence, ``days`` the days said with a mention, ``followed`` the event that a mention
    follows and so cannot mean, ``aliases`` where the event stands that a short name was given to (‘○○ 아카데미(○○A)’), ``described`` the
    words that only say what a named event is (교류 행사인 ‘○○ 대회’).
    """

    lengthened: Mapping[Place, str]
    headline: Callable[[int], bool]
    beside: Callable[[int], bool]
    topics: Mapping[Place, Place]
    days: Mapping[Place, frozenset[Period]]
    followed: Mapping[Place, Place]
    aliases: Mapping[str, Place]
    described: Mapping[Place, Place]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The events found so far and where their mentions stand."""

    around: Around
    knowledge: Knowledge
    clusters: list[EventCluster] = field(default_factory=list)
    where: dict[Place, int] = field(default_factory=dict)
    found: Found = field(default_factory=Found)


@dataclass(frozen=True)
class Asked:
    """A mention of which it is asked which event it means."""

    mention: Mention
    gathered: Gathered

    @cached_property
    def place(self) -> Place:
        """Where it stands."""
        return self.mention.start, self.mention.end

    @cached_property
    def noun(self) -> str:
        """Its event noun."""
        return event_noun(self.mention.name.strip("‘’“”「」『』\"' ").split(" ")[-1], self.gathered.knowledge) or ""

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its name."""
        return content(self.mention.name)

    @cached_property
    def bare(self) -> bool:
        """Whether it is nothing but a noun."""
        return self.words <= {self.noun}

    @property
    def counted(self) -> bool:
        """Whether it is a noun with an ordinal."""
        return self.bare and self.mention.edition is not None

    @property
    def longer(self) -> str | None:
        """The fuller words of one that is modified."""
        return self.gathered.around.lengthened.get(self.place)

    @cached_property
    def own(self) -> frozenset[Period]:
        """The days said with it."""
        return self.gathered.around.days.get(self.place, frozenset())

    @cached_property
    def other(self) -> int | None:
        """The event that it follows and so cannot mean."""
        followed = self.gathered.around.followed.get(self.place)
        return None if followed is None else self.gathered.where.get(followed)

    @cached_property
    def described(self) -> int | None:
        """The event that nothing was said of but words right before its name."""
        words = self.gathered.around.described.get(self.place)
        index = None if words is None else self.gathered.where.get(words)
        return index if index is not None and len(self.gathered.clusters[index].mentions) == 1 else None

    @cached_property
    def fit(self) -> Fit:
        """The events that it can mean."""
        return Fit(self.gathered.clusters, self.other, self.own)

    @cached_property
    def is_alias(self) -> bool:
        """Whether it is a short name that the text has given to an event."""
        aliases = self.gathered.around.aliases
        return not self.bare and self.mention.name in aliases and aliases[self.mention.name] in self.gathered.where

    @cached_property
    def like(self) -> list[int]:
        """The events whose names share words or letters with its name."""
        return self.gathered.found.like(self.mention.name)

    @cached_property
    def inner(self) -> str | None:
        """The event inside another's name that it takes up."""
        asked = self.other is None and self.bare and self.mention.definite
        return _inner(self.noun, self.gathered.clusters) if asked else None

    def new(self) -> EventCluster:
        """An event that was not spoken of before."""
        counted, inner = self.counted, self.inner
        names = [*([self.mention.name] if counted else []), *([inner] if inner is not None else [])]
        aside = not counted and (self.bare or bool(self.mention.definite)) and self.fit.left_some
        aside |= PART.match(self.mention.name) is not None
        aside |= bool(self.gathered.clusters) and self.gathered.around.beside(self.mention.start)
        return EventCluster(names=dict.fromkeys(names), named=bool(names), aside=aside)


def _inner(noun: str, clusters: Sequence[EventCluster]) -> str | None:
    """The event inside another's name: 이번 공모전, where a ‘제9회 ○○ 공모전’ 시상식 was spoken of."""
    for cluster in clusters:
        for name in cluster.names:
            words = clean(name).split(" ")
            for i, word in enumerate(words[:-1]):
                if word.strip("’”」』") == noun or len(noun) > 2 and word.strip("’”」』").endswith(noun):
                    return " ".join(words[: i + 1]).strip("‘’“”「」『』")
    return None
