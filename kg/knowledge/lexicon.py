"""What the lexicons under ``data/lexicon`` say of names, as frozen values: titles, events, bodies, places and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Titles:
    """Role words: ``heads`` lead the organization they stand with, ``unit_heads`` lead a unit of it, ``staff`` are all others.

    ``between`` may stand between an organization and the name of who leads it; ``ranks`` are titles only right behind a name, the
    ``plain_ranks`` of them without a body before it too; ``behind_names`` are titles with a word in front only there; ``envoys`` are titles only beside a mission abroad; ``appointments`` head lists of who takes an office;
    ``markets`` are titles only in names that are known; ``headed`` stand in a parenthesis behind their body; ``company`` are titles of firms; ``stems`` end the body of a head, ``councils`` that of a member with a place in front.
    """

    heads: frozenset[str]
    unit_heads: frozenset[str]
    staff: frozenset[str]
    acting: frozenset[str]
    former: frozenset[str]
    current: frozenset[str]
    between: frozenset[str]
    appointments: frozenset[str]
    ranks: frozenset[str]
    plain_ranks: frozenset[str]
    behind_names: frozenset[str]
    envoys: frozenset[str]
    honorifics: frozenset[str]
    markets: frozenset[str]
    headed: frozenset[str]
    company: frozenset[str]
    stems: Mapping[str, str]
    councils: Mapping[str, str]
    all: frozenset[str]


@dataclass(frozen=True, slots=True)
class Events:
    """Event nouns: class by noun, the weak ones, those that need a word before them, what an anaphoric mention may take up, and nouns that
    by themselves name one event, and those that need a word before them, whichever it is; ``visits`` are no meetings at a table,
    ``bodies`` may be bodies as well as events; bodies whose sittings are called by their name; what is published on a day of its own; and which statements of an event need others of it (``any`` other, or one of
    some), where the text is about another event; ``carried`` are said of that one instead."""

    classes: Mapping[str, str]
    weak: frozenset[str]
    determiners: frozenset[str]
    any: frozenset[str]
    hypernyms: Mapping[str, frozenset[str]]
    nouns: frozenset[str]
    parts: frozenset[str]
    after: Mapping[str, frozenset[str]]
    own: frozenset[str]
    qualified: frozenset[str]
    visits: tuple[str, ...]
    bodies: frozenset[str]
    sittings: frozenset[str]
    notices: tuple[str, ...]
    passing: Mapping[str, frozenset[str]]
    carried: frozenset[str]


@dataclass(frozen=True, slots=True)
class Organizations:
    """Suffixes of organization names with their class, and the words that name a kind and no one body.

    ``forms`` and ``dropped_forms`` are legal forms before a name, with its class: part of the name, or not; ``crowds`` call people
    of no one body; ``staff`` call people of the body before them; ``ministries`` are bodies of the country that stands before them; an acronym behind ``leagues`` makes a body of them,
    one behind ``terms`` does not; ``missions`` are what a country has abroad; ``latin`` end names of bodies in Latin letters;
    ``schools`` end short names of schools, beside which ``schooled`` stand.
    """

    suffixes: Mapping[str, str]
    generic: frozenset[str]
    words: frozenset[str]
    forms: Mapping[str, str]
    dropped_forms: Mapping[str, str]
    crowds: frozenset[str]
    staff: frozenset[str]
    ministries: frozenset[str]
    leagues: tuple[str, ...]
    terms: tuple[str, ...]
    missions: tuple[str, ...]
    latin: tuple[str, ...]
    schools: tuple[str, ...]
    schooled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Local:
    """Bodies that every local government or village has, and which local governments lie around which; see ``lexicon/local.toml``."""

    offices: frozenset[str]
    levels: frozenset[str]
    clubs: frozenset[str]
    towns: frozenset[str]
    shared: frozenset[str]
    no_towns: frozenset[str]
    around: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Rosters:
    """Lists of who takes part: what completes a short name under its group's word, what may follow that word, and groups of any bodies."""

    tails: Mapping[str, tuple[str, ...]]
    ends: tuple[str, ...]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Places:
    """Venue suffixes, words for the mode of an event (online, in-person, hybrid), and what is no place; see ``lexicon/places.toml``."""

    venues: frozenset[str]
    modes: Mapping[str, str]
    no_places: frozenset[str]
    quantified: frozenset[str]
    virtual: tuple[str, ...]
    leading: frozenset[str]
    trailing: frozenset[str]
    seats: frozenset[str]
    between: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bodies:
    """How a body is named where the text says that it was founded or has members; see ``lexicon/bodies.toml``, as of those below."""

    strong: frozenset[str]
    weak: frozenset[str]
    forms: frozenset[str]
    kinds: frozenset[str]
    things: frozenset[str]
    told: frozenset[str]
    joining: frozenset[str]
    made_up: frozenset[str]
    members: frozenset[str]
    seats: frozenset[str]
    founding: frozenset[str]


@dataclass(frozen=True, slots=True)
class Surnames:
    """Family names and three-syllable words that only look like names; ``named`` are words that one text is known to name people by."""

    one: frozenset[str]
    two: frozenset[str]
    common: frozenset[str]
    given: frozenset[str]
    not_names: frozenset[str]
    familiar: frozenset[str]
    named: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Votes:
    """Whether the model of names is asked, and how sure it must be by gap, and of what it proposes freely."""

    ask: bool
    sure: Mapping[str, float]
    free: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Belonging:
    """Words by which news gives people to bodies beside their titles; see ``lexicon/belonging.toml``."""

    belonging: frozenset[str]
    groups: frozenset[str]
    members: frozenset[str]
    agencies: frozenset[str]
    players: frozenset[str]
    address: frozenset[str]
    party_roles: frozenset[str]
    no_parties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Words between a body and one under it, and how units of bodies and offices of local governments end; see ``lexicon/gaps.toml``."""

    under: frozenset[str]
    units: frozenset[str]
    offices: frozenset[str]


@dataclass(frozen=True, slots=True)
class Names:
    """Words around names, and words that look like one; see ``lexicon/names.toml``."""

    barriers: frozenset[str]
    one_letter: frozenset[str]
    no_bodies: tuple[str, ...]
    works: tuple[str, ...]
    divisions: tuple[str, ...]
    dotted: tuple[str, ...]
    firms: frozenset[str]
    national: tuple[str, ...]
    houses: frozenset[str]
    before_events: frozenset[str]
    anew: frozenset[str]
    ranked: frozenset[str]
    afterwards: frozenset[str]
    scenes: tuple[str, ...]
    force: frozenset[str]
    numerals: frozenset[str]
    units: frozenset[str]
    districts: frozenset[str]
    no_sections: tuple[str, ...]
    no_aliases: frozenset[str]
