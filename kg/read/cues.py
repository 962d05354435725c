"""What page furniture looks like, from ``data/lexicon/page.toml``, compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kg.errors import KnowledgeError
from kg.knowledge.resources import resource
from kg.knowledge.toml import any_of, listed

ROLES = ("furniture", "file", "notice", "tail", "credit", "caption", "contact", "header", "copyright", "related", "comments")
_DATES = ("published", "modified", "embargo", "event")
_WORDS = ("furniture", "generic", "sections", "agencies", "alone")
_LISTS = {
    "units": str,
    "hotlines": int,
    "spans": str,
    "counted": str,
    "event_heads": str,
    "ratios": str,
    "body_heads": str,
    "body_counts": str,
    "numerals": str,
}
_KEYS = {"name", "role", "patterns", "examples", "near"}


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled line cues: ``role_of`` is a lookup in the order of the file."""

    lines: tuple[tuple[str, re.Pattern[str]], ...]
    repair: Mapping[str, frozenset[str]]
    hotlines: frozenset[int]
    numerals: tuple[str, ...]  # in their order; the pattern of them is made from ``repair``
    dates: Mapping[str, tuple[str, ...]]
    words: Mapping[str, frozenset[str]]

    def role_of(self, line: str) -> str | None:
        """The page role of a folded, trimmed line, None for words of the article.

        >>> load_cues().role_of("사진제공: 환경부")
        'credit'
        """
        if len(line) > 400:
            return None
        return next((role for role, pattern in self.lines if pattern.fullmatch(line)), None)


@cache
def load_cues(path: Path | None = None) -> Cues:
    """Load and validate the cues."""
    path = path or resource("data", "lexicon", "page.toml")
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    tables = ["dates", "line", "repair", "words"]
    for key in entries.keys() - set(tables):
        raise KnowledgeError(path, "table", key, allowed=tables)
    lines = tuple(_line(path, entry) for entry in entries.get("line", ()))
    dates, words = (_words(path, name, entries.get(name, {}), keys) for name, keys in (("dates", _DATES), ("words", _WORDS)))
    return Cues(
        lines,
        *_repair(path, entries.get("repair", {})),
        MappingProxyType(dates),
        MappingProxyType({key: frozenset(row) for key, row in words.items()}),
    )


def _words(path: Path, name: str, table: dict, keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    for key in table.keys() ^ set(keys):
        raise KnowledgeError(path, name, key, allowed=keys, why="is missing" if key in keys else "is not known")
    return {key: listed(path, f"{name}.{key}", row) for key, row in table.items()}


def _line(path: Path, entry: dict) -> tuple[str, re.Pattern[str]]:
    name = entry.get("name", "?")
    for key in entry.keys() - _KEYS:
        raise KnowledgeError(path, f"line {name!r}", key, allowed=sorted(_KEYS))
    for key in sorted(_KEYS - entry.keys()):
        raise KnowledgeError(path, f"line {name!r}", key, why="is missing")
    if entry["role"] not in ROLES:
        raise KnowledgeError(path, f"line {name!r}: role", entry["role"], allowed=ROLES)
    return entry["role"], any_of(path, f"line {name!r}: patterns", entry["patterns"])


def _repair(path: Path, table: dict) -> tuple[Mapping[str, frozenset[str]], frozenset[int], tuple[str, ...]]:
    for key in table.keys() ^ _LISTS.keys():
        raise KnowledgeError(path, "repair", key, allowed=sorted(_LISTS), why="is missing" if key in _LISTS else "is not known")
    for key, kind in _LISTS.items():
        for value in table[key]:
            if type(value) is not kind:
                raise KnowledgeError(path, f"repair.{key}", value, why=f"is no {kind.__name__}")
    words = {key: frozenset(table[key]) for key in _LISTS.keys() - {"hotlines"}}
    return MappingProxyType(words), frozenset(table["hotlines"]), tuple(table["numerals"])
