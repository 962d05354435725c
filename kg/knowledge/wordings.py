"""What the lexicons under ``data/lexicon`` say of statements, as frozen values: verbs, particles, words of talks, prizes, systems and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cases:
    """Nouns of what is shown at an event without a title; ``strong`` ones need no verb of speaking."""

    nouns: frozenset[str]
    strong: frozenset[str]


@dataclass(frozen=True, slots=True)
class Quoting:
    """Words around quoted speech; see ``lexicon/quotations.toml``."""

    words: frozenset[str]
    silent: frozenset[str]
    thus: frozenset[str]
    pronouns: frozenset[str]
    given: frozenset[str]
    stances: frozenset[str]
    conveying: frozenset[str]
    others: frozenset[str]
    occasions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Talks:
    """Words for talks and themes and for giving and showing; see ``lexicon/talks.toml``."""

    nouns: frozenset[str]
    themes: frozenset[str]
    names: frozenset[str]
    parts: frozenset[str]
    give: frozenset[str]
    look: frozenset[str]
    debate: frozenset[str]
    adopt: frozenset[str]
    shown: frozenset[str]
    staged: frozenset[str]
    signs: frozenset[str]
    callings: frozenset[str]
    homes: frozenset[str]
    papers: frozenset[str]
    found: frozenset[str]
    vague: frozenset[str]
    folk: frozenset[str]


@dataclass(frozen=True, slots=True)
class Awards:
    """Words for prizes and for getting them."""

    prizes: frozenset[str]
    ends: frozenset[str]
    unsure: frozenset[str]
    lead: frozenset[str]
    other: frozenset[str]
    receive: frozenset[str]
    give: frozenset[str]
    go: frozenset[str]
    given: frozenset[str]
    people: frozenset[str]
    givers: frozenset[str]
    giving: frozenset[str]
    leading: frozenset[str]
    last: frozenset[str]
    teams: frozenset[str]


@dataclass(frozen=True, slots=True)
class Systems:
    """Words for platforms and services, and for what is said of them."""

    heads: frozenset[str]
    kinds: frozenset[str]
    works: frozenset[str]
    new: frozenset[str]
    offer: frozenset[str]
    possible: frozenset[str]
    supply: frozenset[str]
    start: frozenset[str]
    serve: frozenset[str]
    use: frozenset[str]
    no_users: frozenset[str]
    opened: frozenset[str]
    ways: frozenset[str]
    unsure: frozenset[str]
    reaching: frozenset[str]
    vague: frozenset[str]
    anybody: frozenset[str]


@dataclass(frozen=True, slots=True)
class Purposes:
    """Words for aims, and verbs of what is made for one."""

    aims: frozenset[str]
    words: frozenset[str]
    made: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Words that tell whether an event took place."""

    finished: frozenset[str]
    curtain: frozenset[str]
    called_off: frozenset[str]
    put_off: frozenset[str]
    acts: frozenset[str]
    again: frozenset[str]
    prepared: frozenset[str]
    ahead: frozenset[str]
    every: frozenset[str]
    was: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Words by which a statement of the wrong kind is known; see ``lexicon/kinds.toml``."""

    elsewhere: frozenset[str]
    bodies: frozenset[str]
    people: frozenset[str]
    offices: frozenset[str]
    registers: frozenset[str]
    sorts: frozenset[str]
    groups: frozenset[str]
    ways: frozenset[str]
    countries: frozenset[str]
    inspections: frozenset[str]
    prosecutors: frozenset[str]
    generic: frozenset[str]
    various: frozenset[str]
    times: frozenset[str]
    venues: frozenset[str]
    common: frozenset[str]


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """Dictionary forms with one meaning; ``passive`` has the theme as its subject."""

    active: frozenset[str]
    passive: frozenset[str]


@dataclass(frozen=True, slots=True)
class Syntax:
    """Case particles and the words that qualify a clause."""

    cases: Mapping[str, frozenset[str]]
    together: frozenset[str]
    planned_nouns: frozenset[str]
    feats: frozenset[str]
    irrealis: frozenset[str]
    cancelled: frozenset[str]
    postpositions: frozenset[str]
    aims: frozenset[str]
    verbal_nouns: frozenset[str]
    modifying_nouns: frozenset[str]
    manner_nouns: frozenset[str]
    event_verbs: frozenset[str]
