"""Patterns over gaps: two names and what stands between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KnowledgeError
from kg.knowledge.patterns.check import VALUE_KINDS, class_of, only, strings
from kg.knowledge.patterns.lexicon import Lexicon

KEYS = ("left", "words", "note", "within", "right", "after")


@dataclass(frozen=True, slots=True)
class Match:
    """Classes of the two names, the ``words`` between them with their spaces (also behind a parenthesis, with ``note``),
    ``within`` how many characters of words without a particle the right one may stand; ``after`` are words of which one must
    follow."""

    left: str
    words: frozenset[str]
    note: bool
    within: int
    right: str
    after: tuple[str, ...]

    @property
    def kinds(self) -> Mapping[str, str]:
        """What each role holds."""
        return {"left": self.left, "right": self.right}


def read(path: Path, where: str, table: Mapping, lexicon: Lexicon) -> Match:
    """The match of a block; raises KnowledgeError for what cannot be meant."""
    only(path, where, table, KEYS)
    classes = {}
    for side in ("left", "right"):
        classes[side] = class_of(path, f"{where}.{side}", table.get(side, ""))
        if classes[side] in VALUE_KINDS:
            raise KnowledgeError(path, f"{where}.{side}", table[side], why="should be a class of the ontology")
    words = lexicon.words(path, f"{where}.words", strings(path, f"{where}.words", table.get("words", ())))
    if not words:
        raise KnowledgeError(path, where, "words", why="is missing")
    after = lexicon.words(path, f"{where}.after", strings(path, f"{where}.after", table.get("after", ())))
    within = int(table.get("within", 0))
    return Match(classes["left"], words, table.get("note") is True, within, classes["right"], tuple(sorted(after)))
