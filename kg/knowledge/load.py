"""All that PressKG knows before it reads: lexicons, patterns and the gazetteer, loaded and validated once into a ``Knowledge``.

Files are data under ``data/``; a mistake in one is a ``KnowledgeError`` that names the file, the key and what is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KnowledgeError
from kg.knowledge import lexica
from kg.knowledge.lexicon import (
    Belonging,
    Bodies,
    Events,
    Gaps,
    Local,
    Names,
    Organizations,
    Places,
    Rosters,
    Surnames,
    Titles,
    Votes,
)
from kg.knowledge.resources import resource
from kg.knowledge.signs import Endings, Signs
from kg.knowledge.wordings import Awards, Cases, Kinds, Outcomes, Purposes, Quoting, Syntax, Systems, Talks, VerbGroup

if TYPE_CHECKING:
    from kg.knowledge.confidence import Confidence
    from kg.knowledge.factuality import Factuality
    from kg.knowledge.gazetteer import Gazetteer
    from kg.knowledge.patterns import Pattern
    from kg.knowledge.patterns.lexicon import Lexicon
    from kg.knowledge.refused import Refused


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
    refused: tuple[Refused, ...]
    factuality: Factuality
    notices: Mapping[str, str]
    atoms: Mapping[str, str]
    gaps: Gaps
    belonging: Belonging
    names: Names
    verbs: Mapping[str, VerbGroup]
    syntax: Syntax
    signs: Signs
    endings: Endings
    votes: Votes
    gazetteer: Gazetteer
    head_titles: Mapping[str, str]
    patterns: tuple[Pattern, ...]
    confidence: Confidence


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


@lru_cache(maxsize=2)
def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Load and validate ``data/`` (or another folder laid out like it).

    >>> "장관" in load_knowledge().titles.heads
    True
    """
    from kg.knowledge.confidence import load_confidence
    from kg.knowledge.factuality import load_factuality
    from kg.knowledge.patterns.lexicon import Lexicon
    from kg.knowledge.refused import load_refused
    from kg.knowledge.schema import schema
    from kg.knowledge.tables import load as load_gazetteer

    folder = folder or resource("data")
    lexicon, gazetteer = folder / "lexicon", load_gazetteer()
    confidence = load_confidence(folder / "confidence.toml")
    verbs, kinds = lexica.verbs(lexicon), lexica.flat(lexicon, "kinds.toml", Kinds)
    classes, properties = frozenset(schema().ancestors), frozenset(schema().properties) | {"altLabel"}
    return Knowledge(
        titles=lexica.titles(lexicon),
        events=lexica.events(lexicon),
        organizations=lexica.organizations(lexicon),
        places=lexica.places(lexicon),
        local=lexica.local(lexicon),
        surnames=lexica.flat(lexicon, "surnames.toml", Surnames),
        rosters=lexica.rosters(lexicon),
        cases=lexica.flat(lexicon, "cases.toml", Cases),
        talks=lexica.flat(lexicon, "talks.toml", Talks),
        quoting=lexica.flat(lexicon, "quotations.toml", Quoting),
        bodies=lexica.flat(lexicon, "bodies.toml", Bodies),
        awards=lexica.flat(lexicon, "awards.toml", Awards),
        systems=lexica.flat(lexicon, "systems.toml", Systems),
        purposes=lexica.flat(lexicon, "purposes.toml", Purposes),
        outcomes=lexica.flat(lexicon, "outcomes.toml", Outcomes),
        kinds=kinds,
        refused=load_refused(lexicon / "refused.toml", {name: getattr(kinds, name) for name in Kinds.__dataclass_fields__}),
        factuality=load_factuality(lexicon / "factuality.toml", properties, classes),
        notices=lexica.notices(lexicon),
        gaps=lexica.flat(lexicon, "gaps.toml", Gaps),
        belonging=lexica.flat(lexicon, "belonging.toml", Belonging),
        names=lexica.flat(lexicon, "names.toml", Names),
        atoms=lexica.composed(lexicon / "atoms.toml"),
        verbs=verbs,
        syntax=lexica.syntax(lexicon),
        signs=lexica.flat(lexicon, "signs.toml", Signs),
        endings=lexica.flat(lexicon, "endings.toml", Endings),
        votes=lexica.votes(lexicon),
        gazetteer=gazetteer,
        head_titles={title: entry.name for entry in gazetteer for title in entry.head_titles()},
        patterns=_patterns(folder, Lexicon(lexicon, verbs), confidence),
        confidence=confidence,
    )
