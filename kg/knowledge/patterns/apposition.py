"""Patterns over appositions: what the reader of names has put together, such as a person with a title and a body, or a name with another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KnowledgeError
from kg.knowledge.patterns.check import class_of, only, strings
from kg.knowledge.patterns.lexicon import Lexicon

# The groups that names are read in, with their members; ``kg.patterns.apposition`` builds them.
GROUPS: Mapping[str, Mapping[str, str]] = {
    "person": {"person": "Person", "title": "text", "body": "Organization", "unit": "Organization", "whole": "Organization"},
    "alias": {"thing": "Thing", "alias": "text"},
    "occasion": {"event": "Event", "day": "date", "venue": "Venue", "city": "City", "mode": "mode"},
    "remark": {"person": "Person", "remark": "text", "event": "Event"},
    "event": {"event": "Event", "ordinal": "edition"},
    "named_whole": {"unit": "OrganizationalUnit", "whole": "Organization"},
    "owned": {"body": "Organization", "whole": "Organization"},
}
# What else is known of a group.
FLAGS: Mapping[str, tuple[str, ...]] = {"person": ("leads", "former", "houses", "titled"), "event": ("counts_signings",)}
KEYS = ("group", "needs", "flags", "no", "where", "of")


@dataclass(frozen=True, slots=True)
class Match:
    """A kind of group, the members it needs, the flags that it must and must not have, and the words and the classes that a member must be one of."""

    group: str
    needs: frozenset[str]
    flags: frozenset[str]
    no: frozenset[str]
    where: Mapping[str, frozenset[str]]
    of: Mapping[str, frozenset[str]]

    @property
    def kinds(self) -> Mapping[str, str]:
        """What each member holds."""
        return GROUPS[self.group]


def read(path: Path, where: str, table: Mapping, lexicon: Lexicon) -> Match:
    """The match of a block; raises KnowledgeError for what cannot be meant."""
    only(path, where, table, KEYS)
    group = table.get("group", "")
    if group not in GROUPS:
        raise KnowledgeError(path, f"{where}.group", group, allowed=sorted(GROUPS))

    def named(key: str, allowed: tuple[str, ...]) -> frozenset[str]:
        found = strings(path, f"{where}.{key}", table.get(key, ()))
        for name in found:
            if name not in allowed:
                raise KnowledgeError(path, f"{where}.{key}", name, allowed=allowed)
        return frozenset(found)

    members, flags = tuple(GROUPS[group]), FLAGS.get(group, ())
    words = {}
    for member, listed in table.get("where", {}).items():
        if member not in members:
            raise KnowledgeError(path, f"{where}.where", member, allowed=members)
        words[member] = lexicon.words(path, f"{where}.where.{member}", strings(path, f"{where}.where.{member}", listed))
    classes = {}
    for member, listed in table.get("of", {}).items():
        if member not in members:
            raise KnowledgeError(path, f"{where}.of", member, allowed=members)
        classes[member] = frozenset(
            class_of(path, f"{where}.of.{member}", name) for name in strings(path, f"{where}.of.{member}", listed)
        )
    return Match(group, named("needs", members), named("flags", flags), named("no", flags), words, classes)
