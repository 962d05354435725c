"""The word lists of ``data/lexicon``, one function for each that is more than lists of words by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import KnowledgeError
from kg.knowledge.lexicon import Events, Local, Organizations, Places, Rosters, Titles, Votes
from kg.knowledge.toml import in_order, load_toml, words
from kg.knowledge.wordings import Syntax, VerbGroup

GAPS = ("listed", "employer", "noted", "titled", "cut")  # see kg.analyze.votes
FREE = ("person", "title", "foreign", "bare", "body", "acts", "longer", "event")  # see kg.analyze.proposals
NOTICES = "event host organizer sponsor party date place attendee member chair topic mode count purpose".split()
L = TypeVar("L")


def _by_word(path: Path, classes: Mapping[str, str], *, allowed: frozenset[str]) -> dict[str, str]:
    """Word → class; the first class that names a word has it."""
    found: dict[str, str] = {}
    for name, text in classes.items():
        if name not in allowed:
            raise KnowledgeError(path, "class", name, allowed=sorted(allowed))
        for word in text.split():
            found.setdefault(word, name)
    return found


def _nouns(folder: Path, name: str, classes: Mapping[str, str], parent: str) -> dict[str, str]:
    from kg.knowledge.schema import schema

    return _by_word(folder / name, classes, allowed=schema().below(parent))


_PIECE = re.compile(r"\{([a-z_]+)\}")


def composed(path: Path) -> dict[str, str]:
    """Regular expressions by name, with the pieces that they name put in; a piece is written before what is composed of it."""
    found: dict[str, str] = {}
    for name, text in load_toml(path, {"*": True}).items():
        for piece in _PIECE.findall(text):
            if piece not in found:
                raise KnowledgeError(path, name, piece, allowed=list(found), why="is no piece that stands before")
        found[name] = _PIECE.sub(lambda piece: found[piece[1]], text)
        try:
            re.compile(found[name] if name != "bullets" else f"[{found[name]}]")
        except re.error as error:
            raise KnowledgeError(path, name, text, why=f"is no regular expression: {error}") from None
    return found


def flat(folder: Path, name: str, cls: type[L]) -> L:
    """A file of nothing but lists of words, by name: sets, but where the class says that they are in order."""
    asked = {field.name: field.type for field in fields(cls) if field.default is MISSING}  # type: ignore[arg-type]
    ordered = {key for key, type_ in asked.items() if type_.startswith("tuple")}
    table = load_toml(folder / name, dict.fromkeys(asked, True))
    return cls(**{key: in_order(text) if key in ordered else words(text) for key, text in table.items()})


def titles(folder: Path) -> Titles:
    """Titles; ``all`` is those of heads and of staff."""
    lists = dict.fromkeys((name for name in Titles.__dataclass_fields__ if name not in ("all", "stems", "councils")), True)
    table = load_toml(folder / "titles.toml", lists | {"stems": {"*": True}, "councils": {"*": True}})
    found = {key: words(table[key]) for key in lists}
    unknown = [role for role in table["stems"] if role not in found["heads"]]
    if unknown:
        raise KnowledgeError(folder / "titles.toml", "stems", unknown[0], why="is no title of a head")
    unknown = [role for role in table["councils"] if role not in found["staff"]]
    if unknown:
        raise KnowledgeError(folder / "titles.toml", "councils", unknown[0], why="is no title of staff")
    return Titles(**found, stems=table["stems"], councils=table["councils"], all=found["heads"] | found["staff"])


def events(folder: Path) -> Events:
    """Nouns of events by class, and how they are taken up again."""
    table = load_toml(
        folder / "events.toml",
        {
            "classes": {"*": True},
            "weak": True,
            "parts": True,
            "own": True,
            "qualified": True,
            "visits": True,
            "bodies": True,
            "sittings": True,
            "notices": True,
            "after": {"*": True},
            "passing": {"*": True},
            "carried": True,
            "anaphora": {"determiners": True, "any": True, "hypernyms": {"*": True}},
        },
    )
    anaphora, classes = table["anaphora"], _nouns(folder, "events.toml", table["classes"], "Event")
    return Events(
        classes=classes,
        nouns=frozenset(classes),
        notices=tuple(table["notices"].split()),
        visits=tuple(table["visits"].split()),
        after={noun: words(text) for noun, text in table["after"].items()},
        passing={relation: words(text) for relation, text in table["passing"].items()},
        determiners=words(anaphora["determiners"]),
        any=words(anaphora["any"]),
        hypernyms={noun: words(kinds) for noun, kinds in anaphora["hypernyms"].items()},
        **{key: words(table[key]) for key in ("parts", "own", "qualified", "bodies", "sittings", "weak", "carried")},
    )


def organizations(folder: Path) -> Organizations:
    """Endings and forms of bodies by class, and words for kinds of them."""
    sets, tuples = ("generic", "crowds", "staff", "ministries"), ("leagues", "terms", "missions", "latin", "schools", "schooled")
    schema = {key: {"*": True} for key in ("suffixes", "forms", "dropped_forms")} | {
        key: {"words": True} for key in (*sets, *tuples)
    }
    table = load_toml(folder / "organizations.toml", schema)
    suffixes, forms, dropped = (
        _nouns(folder, "organizations.toml", table[key], "Organization") for key in ("suffixes", "forms", "dropped_forms")
    )
    listed: Any = {key: words(table[key]["words"]) for key in sets}
    listed |= {key: tuple(table[key]["words"].split()) for key in tuples}
    return Organizations(suffixes=suffixes, words=frozenset(suffixes), forms=forms, dropped_forms=dropped, **listed)


def places(folder: Path) -> Places:
    """Endings of venues, and how an event is held by the word for it."""
    sets = ("venues", "no_places", "quantified", "leading", "trailing", "seats", "between")
    modes = {"online": True, "in-person": True, "hybrid": True}
    table = load_toml(folder / "places.toml", {**dict.fromkeys((*sets, "virtual"), True), "modes": modes})
    by_word = {word: mode for mode, text in table["modes"].items() for word in text.split()}
    return Places(modes=by_word, virtual=in_order(table["virtual"]), **{key: words(table[key]) for key in sets})


def local(folder: Path) -> Local:
    """What every place has of its own: offices and the like."""
    lists = dict.fromkeys((name for name in Local.__dataclass_fields__ if name != "around"), True)
    table = load_toml(folder / "local.toml", lists | {"around": {"*": True}})
    around = {name: words(text) for name, text in table["around"].items()}
    return Local(**{key: words(table[key]) for key in lists}, around=around)


def rosters(folder: Path) -> Rosters:
    """Words that end lists of people and bodies."""
    table = load_toml(folder / "rosters.toml", {"tails": {"*": True}, "group": {"ends": True, "kinds": True}})
    tails = {word: tuple(text.split()) for word, text in table["tails"].items()}
    return Rosters(tails, tuple(table["group"]["ends"].split()), words(table["group"]["kinds"]))


def notices(folder: Path) -> dict[str, str]:
    """The meaning of each key of a notice."""
    table = load_toml(folder / "notices.toml", dict.fromkeys(NOTICES, True))
    return {word.replace("_", " "): role for role, text in table.items() for word in text.split()}


def verbs(folder: Path) -> dict[str, VerbGroup]:
    """Groups of verbs by name."""
    groups = load_toml(folder / "verbs.toml", {"groups": {"*": {"active": True, "*": True}}})["groups"]
    return {name: VerbGroup(words(group["active"]), words(group.get("passive", ""))) for name, group in groups.items()}


def syntax(folder: Path) -> Syntax:
    """Particles by case, and words that work as parts of grammar."""
    table = load_toml(
        folder / "syntax.toml",
        {
            "cases": {"*": True},
            "together": {"words": True},
            "postpositions": {"verbs": True, "aims": True},
            "nouns": {"final": True, "modifying": True, "manner": True, "event_verbs": True},
            "modality": dict.fromkeys(("planned_nouns", "feats", "irrealis", "cancelled"), True),
        },
    )
    nouns, postpositions = table["nouns"], table["postpositions"]
    return Syntax(
        cases={case: frozenset(particles) for case, particles in table["cases"].items()},
        together=words(table["together"]["words"]),
        postpositions=words(postpositions["verbs"]),
        aims=words(postpositions["aims"]),
        verbal_nouns=words(nouns["final"]),
        modifying_nouns=words(nouns["modifying"]),
        manner_nouns=words(nouns["manner"]),
        event_verbs=words(nouns["event_verbs"]),
        **{key: words(text) for key, text in table["modality"].items()},
    )


def votes(folder: Path) -> Votes:
    """Whether and how surely the model of names is asked."""
    return Votes(
        **load_toml(folder / "votes.toml", {"ask": True, "sure": dict.fromkeys(GAPS, True), "free": dict.fromkeys(FREE, True)})
    )
