"""Patterns over lines: keys of a notice, and what the words behind them hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KnowledgeError
from kg.knowledge.patterns.check import only, strings
from kg.knowledge.patterns.lexicon import Lexicon

# What words behind a key may hold, with the roles that it gives; ``kg.patterns.items`` reads them.
ITEMS: Mapping[str, Mapping[str, str]] = {
    **{name: {"item": "Agent"} for name in ("body", "holder", "member", "listed", "attending")},
    **{name: {"item": "Person"} for name in ("person", "chair", "guest")},
    "employee": {"person": "Person", "body": "Organization"},
    "day": {"item": "date"}, "venue": {"item": "Venue"}, "city": {"item": "City"}, "ordinal": {"item": "edition"}, "topic": {"item": "Topic"}, "purpose": {"item": "text"},
    "mode": {"item": "mode"}, "mode_of_place": {"item": "mode"}, "count": {"item": "people"}, "whole_count": {"item": "people"},
}  # fmt: skip
# Meanings that a line has by where it stands, beside those of ``lexicon/notices.toml``: a note that begins with a day, a line below the one of
# participants, the group in brackets before some of them.
PLACED = ("day", "site", "below", "group")
KEYS = ("keys", "without", "item")


@dataclass(frozen=True, slots=True)
class Match:
    """The meanings of keys of which a line must have one, those that it must not have, and what is taken from its words."""

    keys: frozenset[str]
    without: frozenset[str]
    item: str

    @property
    def kinds(self) -> Mapping[str, str]:
        """What each role holds."""
        return {"event": "Event", **ITEMS[self.item]}


def read(path: Path, where: str, table: Mapping, lexicon: Lexicon) -> Match:
    """The match of a block; raises KnowledgeError for what cannot be meant."""
    only(path, where, table, KEYS)
    allowed = (*lexicon.keys("notices"), *PLACED)

    def meanings(key: str) -> frozenset[str]:
        found = strings(path, f"{where}.{key}", table.get(key, ()))
        for name in found:
            if name not in allowed:
                raise KnowledgeError(path, f"{where}.{key}", name, allowed=allowed)
        return frozenset(found)

    if not table.get("keys"):
        raise KnowledgeError(path, where, "keys", why="is missing")
    item = table.get("item", "")
    if item not in ITEMS:
        raise KnowledgeError(path, f"{where}.item", item, allowed=sorted(ITEMS))
    return Match(meanings("keys"), meanings("without"), item)
