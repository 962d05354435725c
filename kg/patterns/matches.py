"""Matches as guards see them: over a clause, over a row, over a gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.analyze.reading import Reading, SentenceReading
from kg.knowledge.load import Knowledge
from kg.model import Mention, Value
from kg.syntax.arguments import Clause

Thing = Mention | Value | str


@dataclass(frozen=True, slots=True)
class Found:
    """A match over a clause: where it stands, and what fills its roles."""

    reading: Reading
    sentence: SentenceReading
    clause: Clause
    roles: Mapping[str, Mention]
    knowledge: Knowledge


@dataclass(frozen=True, slots=True)
class Row:
    """A match over a row: the phrases by role, and what fills the roles."""

    reading: Reading
    sentence: SentenceReading
    places: Mapping[str, int]
    roles: Mapping[str, Thing]
    knowledge: Knowledge


@dataclass(frozen=True, slots=True)
class Pair:
    """A match over a gap: two names with what stands between them."""

    left: Mention
    right: Mention
    knowledge: Knowledge
