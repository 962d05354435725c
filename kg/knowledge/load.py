"""All that PressKG knows before it reads: lexicons, patterns and the gazetteer, loaded and validated once into a ``Knowledge``.

Files are data under ``data/``; a mistake in one is a ``KnowledgeError`` that names the file, the key and what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KnowledgeError
from kg.knowledge.lexicon import (
    Awards,
    Belonging,
    Bodies,
    Cases,
    Events,
    Gaps,
    Kinds,
    Local,
    Organizations,
    Outcomes,
    Places,
    Purposes,
    Quoting,
    Rosters,
    Surnames,
    Syntax,
    Systems,
    Talks,
    Titles,
    VerbGroup,
    Votes,
)
from kg.knowledge.resources import resource
from kg.knowledge.toml import load_toml, words

if TYPE_CHECKING:
    from kg.knowledge.confidence import Confidence
    from kg.knowledge.factuality import Factuality
    from kg.knowledge.gazetteer import Gazetteer
    from kg.knowledge.patterns import Pattern
    from kg.knowledge.patterns.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything under ``data/`` as one value; passed to whoever reads, never a global."""

    titles: Titles
    events: Events
    organizations: Organizations
    places: Places
    local: Local
    rosters: Rosters
    surnames: Surnames
    cases: Cases
    talks: Talks
    quoting: Quoting
    bodies: Bodies
    awards: Awards
    systems: Systems
    purposes: Purposes
    outcomes: Outcomes
    kinds: Kinds
    factuality: Factuality
    notices: Mapping[str, str]
    atoms: Mapping[str, str]
    gaps: Gaps
    belonging: Belonging
    verbs: Mapping[str, VerbGroup]
    syntax: Syntax
    votes: Votes
    gazetteer: Gazetteer
    head_titles: Mapping[str, str]
    patterns: tuple[Pattern, ...]
    confidence: Confidence


GAPS = ("listed", "employer", "noted", "titled", "cut")  # see kg.analyze.votes
FREE = ("title", "person", "foreign")  # see kg.analyze.proposals


def _by_word(path: Path, classes: Mapping[str, str], *, allowed: frozenset[str]) -> dict[str, str]:
    """Word → class; the first class that names a word has it."""
    found: dict[str, str] = {}
    for name, text in classes.items():
        if name not in allowed:
            raise KnowledgeError(path, "class", name, allowed=sorted(allowed))
        for word in text.split():
            found.setdefault(word, name)
    return found


def _patterns(folder: Path, lexicon: Lexicon, confidence: Confidence) -> tuple[Pattern, ...]:
    """The patterns, each with a number for how sure it is."""
    from kg.knowledge.patterns import load_patterns

    patterns = load_patterns(folder / "patterns", lexicon)
    for pattern in patterns:
        if pattern.id not in confidence:
            raise KnowledgeError(
                folder / "confidence.toml", "rules", pattern.id, why=f"is a pattern in {pattern.source} and has no row"
            )
    return patterns


_PIECE = re.compile(r"\{([a-z_]+)\}")


def _composed(path: Path) -> dict[str, str]:
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


@lru_cache(maxsize=2)
def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Load and validate ``data/`` (or another folder laid out like it).

    >>> "장관" in load_knowledge().titles.heads
    True
    """
    from kg.knowledge.confidence import load_confidence
    from kg.knowledge.factuality import load_factuality
    from kg.knowledge.patterns.lexicon import Lexicon
    from kg.knowledge.schema import schema
    from kg.knowledge.tables import load as load_gazetteer

    folder = folder or resource("data")
    lexicon = folder / "lexicon"

    def nouns_of(name: str, classes: Mapping[str, str], parent: str) -> dict[str, str]:
        return _by_word(lexicon / name, classes, allowed=schema().below(parent))

    def flat(name: str, cls: type):
        return cls(
            **{key: words(text) for key, text in load_toml(lexicon / name, dict.fromkeys(cls.__dataclass_fields__, True)).items()}
        )

    titles = load_toml(
        lexicon / "titles.toml", dict.fromkeys((name for name in Titles.__dataclass_fields__ if name != "all"), True)
    )
    events = load_toml(
        lexicon / "events.toml",
        {
            "classes": {"*": True},
            "weak": True,
            "parts": True,
            "own": True,
            "qualified": True,
            "sittings": True,
            "notices": True,
            "after": {"*": True},
            "anaphora": {"determiners": True, "any": True, "hypernyms": {"*": True}},
        },
    )
    organizations = load_toml(
        lexicon / "organizations.toml",
        {
            "suffixes": {"*": True},
            "forms": {"*": True},
            "dropped_forms": {"*": True},
            "generic": {"words": True},
            "crowds": {"words": True},
            "staff": {"words": True},
            "ministries": {"words": True},
            "leagues": {"words": True},
            "terms": {"words": True},
            "missions": {"words": True},
            "latin": {"words": True},
        },
    )
    places = load_toml(lexicon / "places.toml", {"venues": True, "modes": {"online": True, "in-person": True, "hybrid": True}})
    notices = load_toml(
        lexicon / "notices.toml",
        dict.fromkeys(
            (
                "event",
                "host",
                "organizer",
                "sponsor",
                "party",
                "date",
                "place",
                "attendee",
                "member",
                "chair",
                "topic",
                "mode",
                "count",
                "purpose",
            ),
            True,
        ),
    )
    rosters = load_toml(lexicon / "rosters.toml", {"tails": {"*": True}, "group": {"ends": True, "kinds": True}})
    local = load_toml(
        lexicon / "local.toml",
        dict.fromkeys((name for name in Local.__dataclass_fields__ if name != "around"), True) | {"around": {"*": True}},
    )
    cases = load_toml(lexicon / "cases.toml", {"nouns": True, "strong": True})
    surnames = load_toml(lexicon / "surnames.toml", dict.fromkeys(("one", "two", "common", "given", "not_names"), True))
    verbs = load_toml(lexicon / "verbs.toml", {"groups": {"*": {"active": True, "*": True}}})["groups"]
    syntax = load_toml(
        lexicon / "syntax.toml",
        {
            "cases": {"*": True},
            "together": {"words": True},
            "postpositions": {"verbs": True, "aims": True},
            "nouns": {"final": True, "modifying": True, "manner": True, "event_verbs": True},
            "modality": dict.fromkeys(("planned_nouns", "feats", "irrealis", "cancelled"), True),
        },
    )
    votes = load_toml(lexicon / "votes.toml", {"ask": True, "sure": dict.fromkeys(GAPS, True), "free": dict.fromkeys(FREE, True)})
    confidence = load_confidence(folder / "confidence.toml")
    groups = {name: VerbGroup(words(group["active"]), words(group.get("passive", ""))) for name, group in verbs.items()}
    gazetteer = load_gazetteer()
    anaphora = events["anaphora"]
    event_nouns = nouns_of("events.toml", events["classes"], "Event")
    suffixes = nouns_of("organizations.toml", organizations["suffixes"], "Organization")
    return Knowledge(
        titles=Titles(**{key: words(text) for key, text in titles.items()}, all=words(titles["heads"]) | words(titles["staff"])),
        events=Events(
            classes=event_nouns,
            nouns=frozenset(event_nouns),
            parts=words(events["parts"]),
            own=words(events["own"]),
            qualified=words(events["qualified"]),
            sittings=words(events["sittings"]),
            notices=tuple(events["notices"].split()),
            after={noun: words(text) for noun, text in events["after"].items()},
            weak=words(events["weak"]),
            determiners=words(anaphora["determiners"]),
            any=words(anaphora["any"]),
            hypernyms={noun: words(kinds) for noun, kinds in anaphora["hypernyms"].items()},
        ),
        organizations=Organizations(
            suffixes,
            words(organizations["generic"]["words"]),
            frozenset(suffixes),
            *(nouns_of("organizations.toml", organizations[key], "Organization") for key in ("forms", "dropped_forms")),
            words(organizations["crowds"]["words"]),
            words(organizations["staff"]["words"]),
            words(organizations["ministries"]["words"]),
            *(tuple(organizations[key]["words"].split()) for key in ("leagues", "terms", "missions", "latin")),
        ),
        places=Places(words(places["venues"]), {w: mode for mode, text in places["modes"].items() for w in text.split()}),
        local=Local(
            **{key: words(text) for key, text in local.items() if key != "around"},
            around={name: words(text) for name, text in local["around"].items()},
        ),
        surnames=Surnames(**{key: words(text) for key, text in surnames.items()}),
        rosters=Rosters(
            {word: tuple(text.split()) for word, text in rosters["tails"].items()},
            tuple(rosters["group"]["ends"].split()),
            words(rosters["group"]["kinds"]),
        ),
        cases=Cases(words(cases["nouns"]), words(cases["strong"])),
        talks=flat("talks.toml", Talks),
        quoting=flat("quotations.toml", Quoting),
        bodies=flat("bodies.toml", Bodies),
        awards=flat("awards.toml", Awards),
        systems=flat("systems.toml", Systems),
        purposes=flat("purposes.toml", Purposes),
        outcomes=flat("outcomes.toml", Outcomes),
        kinds=flat("kinds.toml", Kinds),
        factuality=load_factuality(
            lexicon / "factuality.toml", frozenset(schema().properties) | {"altLabel"}, frozenset(schema().ancestors)
        ),
        notices={word.replace("_", " "): role for role, text in notices.items() for word in text.split()},
        gaps=flat("gaps.toml", Gaps),
        belonging=flat("belonging.toml", Belonging),
        atoms=_composed(lexicon / "atoms.toml"),
        verbs=groups,
        syntax=Syntax(
            cases={case: frozenset(particles) for case, particles in syntax["cases"].items()},
            together=words(syntax["together"]["words"]),
            postpositions=words(syntax["postpositions"]["verbs"]),
            aims=words(syntax["postpositions"]["aims"]),
            verbal_nouns=words(syntax["nouns"]["final"]),
            modifying_nouns=words(syntax["nouns"]["modifying"]),
            manner_nouns=words(syntax["nouns"]["manner"]),
            event_verbs=words(syntax["nouns"]["event_verbs"]),
            **{key: words(text) for key, text in syntax["modality"].items()},
        ),
        votes=Votes(**votes),
        gazetteer=gazetteer,
        head_titles={title: entry.name for entry in gazetteer for title in entry.head_titles()},
        patterns=_patterns(folder, Lexicon(lexicon, groups), confidence),
        confidence=confidence,
    )
