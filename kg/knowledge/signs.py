"""Words by which single readers and decisions tell one thing from another: ``lexicon/signs.toml`` and ``lexicon/endings.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.knowledge.lexica import flat
from kg.knowledge.resources import resource


@dataclass(frozen=True, slots=True)
class Signs:
    """Nouns, verbs and other words, each list for one reader or decision; see ``lexicon/signs.toml``."""

    agreements: tuple[str, ...]
    taking_up: tuple[str, ...]
    no_place: frozenset[str]
    no_event: frozenset[str]
    accompanying: frozenset[str]
    going_on: frozenset[str]
    acts: frozenset[str]
    light: frozenset[str]
    attendants: frozenset[str]
    meetings: tuple[str, ...]
    having: frozenset[str]
    coming_to: frozenset[str]
    taking_part: frozenset[str]
    under_way: frozenset[str]
    broadcast: frozenset[str]
    mounted: frozenset[str]
    also: frozenset[str]
    about: frozenset[str]
    like_particles: frozenset[str]
    nearby: frozenset[str]
    housing: tuple[str, ...]
    unreal_heads: frozenset[str]
    real_heads: frozenset[str]
    amid: frozenset[str]
    counting: frozenset[str]
    panels: tuple[str, ...]
    may_come: tuple[str, ...]
    each: frozenset[str]
    named_days: frozenset[str]
    held_at: frozenset[str]
    afterwards: frozenset[str]
    everyday: frozenset[str]
    of_places: frozenset[str]
    joining: frozenset[str]
    held: frozenset[str]
    grouping: frozenset[str]
    existing: frozenset[str]
    done_to: tuple[str, ...]
    modal: frozenset[str]
    undertakings: frozenset[str]
    located: frozenset[str]


@dataclass(frozen=True, slots=True)
class Endings:
    """Particles, endings of verbs and marks between words, by what they do; see ``lexicon/endings.toml``."""

    of_sides: frozenset[str]
    going_along: frozenset[str]
    inside_lists: frozenset[str]
    heading_lists: frozenset[str]
    goals: frozenset[str]
    stages: frozenset[str]
    called: frozenset[str]
    linking: frozenset[str]
    listing: frozenset[str]
    of_clauses: frozenset[str]
    unreal: frozenset[str]
    counted_with: frozenset[str]
    occasions: frozenset[str]
    quotative: frozenset[str]
    moved_to: frozenset[str]
    conditional: frozenset[str]
    settings: frozenset[str]
    adversative: frozenset[str]
    chained: frozenset[str]
    owning: frozenset[str]
    under: frozenset[str]
    beside: frozenset[str]
    unsaid: frozenset[str]
    proposed: frozenset[str]


@lru_cache(maxsize=1)
def signs() -> Signs:
    """The words that PressKG ships, for those who are not handed what it knows.

    >>> "시장" in signs().everyday
    True
    """
    return flat(resource("data", "lexicon"), "signs.toml", Signs)


@lru_cache(maxsize=1)
def endings() -> Endings:
    """The particles and endings that PressKG ships.

    >>> "에서" in endings().stages
    True
    """
    return flat(resource("data", "lexicon"), "endings.toml", Endings)
