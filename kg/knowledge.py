"""All that PressKG knows before it reads: lexicons, frames and the gazetteer, loaded and validated once into a ``Knowledge``.

Files are data under ``data/``; a mistake in one is a ``KnowledgeError`` that names the file, the key and what is allowed.
"""
from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KnowledgeError
from kg.resources import resource

if TYPE_CHECKING:
    from kg.extract.frames import Frame
    from kg.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Titles:
    """Role words: ``heads`` lead the organization they stand with, ``unit_heads`` lead a unit of it, ``staff`` are all others."""

    heads: frozenset[str]
    unit_heads: frozenset[str]
    staff: frozenset[str]
    acting: frozenset[str]
    former: frozenset[str]
    current: frozenset[str]
    honorifics: frozenset[str]
    all: frozenset[str]


@dataclass(frozen=True, slots=True)
class Events:
    """Event nouns: class by noun, the weak ones, and what an anaphoric mention may take up."""

    classes: Mapping[str, str]
    weak: frozenset[str]
    determiners: frozenset[str]
    any: frozenset[str]
    hypernyms: Mapping[str, frozenset[str]]
    nouns: frozenset[str]
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Organizations:
    """Suffixes of organization names with their class, and the words that name a kind and no one body.

    ``forms`` and ``dropped_forms`` are legal forms before a name, with its class: part of the name, or not; ``crowds`` call people
    of no one body.
    """

    suffixes: Mapping[str, str]
    generic: frozenset[str]
    words: frozenset[str]
    forms: Mapping[str, str]
    dropped_forms: Mapping[str, str]
    crowds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Places:
    """Venue suffixes, and words for the mode of an event (online, in-person, hybrid)."""

    venues: frozenset[str]
    modes: Mapping[str, str]


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
    stances: frozenset[str]
    conveying: frozenset[str]


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
    treat: frozenset[str]
    signs: frozenset[str]
    papers: frozenset[str]
    found: frozenset[str]
    vague: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bodies:
    """How a body is named where the text says that it was founded or has members; see ``lexicon/bodies.toml``, as of those below."""

    strong: frozenset[str]
    weak: frozenset[str]
    forms: frozenset[str]
    kinds: frozenset[str]
    joining: frozenset[str]
    made_up: frozenset[str]
    members: frozenset[str]
    seats: frozenset[str]
    founding: frozenset[str]


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
    headings: frozenset[str]


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


@dataclass(frozen=True, slots=True)
class Purposes:
    """Words for aims, and the keys of notices that state one."""

    aims: frozenset[str]
    words: frozenset[str]
    notice: frozenset[str]
    beside: frozenset[str]
    made: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Words that tell whether an event took place."""

    finished: frozenset[str]
    curtain: frozenset[str]
    called_off: frozenset[str]
    ahead: frozenset[str]
    every: frozenset[str]
    was: frozenset[str]


@dataclass(frozen=True, slots=True)
class Surnames:
    """Family names and three-syllable words that only look like names."""

    one: frozenset[str]
    two: frozenset[str]
    given: frozenset[str]
    not_names: frozenset[str]


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
    irrealis: frozenset[str]
    cancelled: frozenset[str]
    postpositions: frozenset[str]
    verbal_nouns: frozenset[str]
    modifying_nouns: frozenset[str]
    event_verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Votes:
    """Whether the model of names is asked, how sure it must be by gap, and what a vote takes from confidence."""

    ask: bool
    confidence: float
    sure: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything under ``data/`` as one value; passed to whoever reads, never a global."""

    titles: Titles
    events: Events
    organizations: Organizations
    places: Places
    surnames: Surnames
    cases: Cases
    talks: Talks
    quoting: Quoting
    bodies: Bodies
    awards: Awards
    systems: Systems
    purposes: Purposes
    outcomes: Outcomes
    notices: Mapping[str, str]
    verbs: Mapping[str, VerbGroup]
    syntax: Syntax
    votes: Votes
    gazetteer: "Gazetteer"
    head_titles: Mapping[str, str]
    frames: tuple["Frame", ...]


GAPS = ("listed", "employer", "noted", "titled", "cut")  # see kg.analyze.votes


def words(text: str | Iterable[str]) -> frozenset[str]:
    """The words of a lexicon entry: a white-space separated string or a list; ``_`` stands for a space inside a word.

    >>> sorted(words("장관 막을_올리다"))
    ['막을 올리다', '장관']
    """
    return frozenset(w.replace("_", " ") for w in (text.split() if isinstance(text, str) else text))


def load_toml(path: Path, schema: Mapping[str, object]) -> dict:
    """A TOML file whose keys are those of ``schema``, nested tables included; ``"*"`` stands for any key.

    Raises KnowledgeError for a key that is missing or not in the schema.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(path, "(file)", str(error), why="is not valid TOML") from None
    _compare(path, "", data, schema)
    return data


def _compare(path: Path, where: str, data: Mapping, schema: Mapping[str, object]) -> None:
    names = [key for key in schema if key != "*"]
    for key in data:
        inner = schema.get(key, schema.get("*"))
        if inner is None:
            raise KnowledgeError(path, where or "(top)", key, allowed=names, why="is no key of this file")
        if isinstance(inner, Mapping):
            if not isinstance(data[key], Mapping):
                raise KnowledgeError(path, f"{where}{key}", data[key], why="should be a table")
            _compare(path, f"{where}{key}.", data[key], inner)
    missing = [key for key in names if key not in data]
    if missing:
        raise KnowledgeError(path, where or "(top)", missing[0], why="is missing")


def _by_word(path: Path, classes: Mapping[str, str], *, allowed: frozenset[str]) -> dict[str, str]:
    """Word → class; the first class that names a word has it."""
    found: dict[str, str] = {}
    for name, text in classes.items():
        if name not in allowed:
            raise KnowledgeError(path, "class", name, allowed=sorted(allowed))
        for word in text.split():
            found.setdefault(word, name)
    return found


@lru_cache(maxsize=2)
def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Load and validate ``data/`` (or another folder laid out like it).

    >>> "장관" in load_knowledge().titles.heads
    True
    """
    from kg.extract.frames import load_frames
    from kg.gazetteer_tables import load as load_gazetteer
    from kg.schema import schema

    folder = folder or resource("data")
    lexicon = folder / "lexicon"
    def nouns_of(name: str, classes: Mapping[str, str], parent: str) -> dict[str, str]:
        return _by_word(lexicon / name, classes, allowed=schema().below(parent))

    def flat(name: str, cls: type):
        return cls(**{key: words(text) for key, text in load_toml(lexicon / name, dict.fromkeys(cls.__dataclass_fields__, True)).items()})

    titles = load_toml(lexicon / "titles.toml", dict.fromkeys((name for name in Titles.__dataclass_fields__ if name != "all"), True))
    events = load_toml(lexicon / "events.toml", {
        "classes": {"*": True}, "weak": True, "parts": True,
        "anaphora": {"determiners": True, "any": True, "hypernyms": {"*": True}}})
    organizations = load_toml(lexicon / "organizations.toml", {
        "suffixes": {"*": True}, "forms": {"*": True}, "dropped_forms": {"*": True}, "generic": {"words": True}, "crowds": {"words": True}})
    places = load_toml(lexicon / "places.toml", {"venues": True, "modes": {"online": True, "in-person": True, "hybrid": True}})
    notices = load_toml(lexicon / "notices.toml", dict.fromkeys(
        ("event", "host", "organizer", "sponsor", "party", "date", "place", "attendee", "member", "chair", "topic", "mode", "count"), True))
    cases = load_toml(lexicon / "cases.toml", {"nouns": True, "strong": True})
    surnames = load_toml(lexicon / "surnames.toml", dict.fromkeys(("one", "two", "given", "not_names"), True))
    verbs = load_toml(lexicon / "verbs.toml", {"groups": {"*": {"active": True, "*": True}}})["groups"]
    syntax = load_toml(lexicon / "syntax.toml", {
        "cases": {"*": True}, "together": {"words": True}, "postpositions": {"verbs": True}, "nouns": {"final": True, "modifying": True, "event_verbs": True},
        "modality": dict.fromkeys(("planned_nouns", "irrealis", "cancelled"), True)})
    votes = load_toml(lexicon / "votes.toml", {"ask": True, "confidence": True, "sure": dict.fromkeys(GAPS, True)})
    groups = {name: VerbGroup(words(group["active"]), words(group.get("passive", ""))) for name, group in verbs.items()}
    gazetteer = load_gazetteer()
    anaphora = events["anaphora"]
    event_nouns = nouns_of("events.toml", events["classes"], "Event")
    suffixes = nouns_of("organizations.toml", organizations["suffixes"], "Organization")
    return Knowledge(
        titles=Titles(**{key: words(text) for key, text in titles.items()}, all=words(titles["heads"]) | words(titles["staff"])),
        events=Events(
            classes=event_nouns, nouns=frozenset(event_nouns), parts=words(events["parts"]),
            weak=words(events["weak"]), determiners=words(anaphora["determiners"]), any=words(anaphora["any"]),
            hypernyms={noun: words(kinds) for noun, kinds in anaphora["hypernyms"].items()}),
        organizations=Organizations(
            suffixes, words(organizations["generic"]["words"]), frozenset(suffixes),
            *(nouns_of("organizations.toml", organizations[key], "Organization") for key in ("forms", "dropped_forms")),
            words(organizations["crowds"]["words"])),
        places=Places(words(places["venues"]), {w: mode for mode, text in places["modes"].items() for w in text.split()}),
        surnames=Surnames(**{key: words(text) for key, text in surnames.items()}),
        cases=Cases(words(cases["nouns"]), words(cases["strong"])),
        talks=flat("talks.toml", Talks), quoting=flat("quotations.toml", Quoting), bodies=flat("bodies.toml", Bodies), awards=flat("awards.toml", Awards), systems=flat("systems.toml", Systems),
        purposes=flat("purposes.toml", Purposes), outcomes=flat("outcomes.toml", Outcomes),
        notices={word.replace("_", " "): role for role, text in notices.items() for word in text.split()},
        verbs=groups,
        syntax=Syntax(
            cases={case: frozenset(particles) for case, particles in syntax["cases"].items()},
            together=words(syntax["together"]["words"]), postpositions=words(syntax["postpositions"]["verbs"]),
            verbal_nouns=words(syntax["nouns"]["final"]), modifying_nouns=words(syntax["nouns"]["modifying"]),
            event_verbs=words(syntax["nouns"]["event_verbs"]),
            **{key: words(text) for key, text in syntax["modality"].items()}),
        votes=Votes(**votes), gazetteer=gazetteer, head_titles={title: entry.name for entry in gazetteer for title in entry.head_titles()},
        frames=load_frames(folder / "frames", groups),
    )
