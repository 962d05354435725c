"""What page furniture looks like, from ``data/lexicon/page.toml``, compiled once."""
from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import KnowledgeError
from kg.resources import resource

ROLES = ("furniture", "file", "notice", "tail", "credit", "caption", "contact", "header")
_KEYS = {"name", "role", "patterns", "examples", "near"}


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled line cues: ``role_of`` is a lookup in the order of the file."""

    lines: tuple[tuple[str, re.Pattern[str]], ...]

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
    for key in entries.keys() - {"line"}:
        raise KnowledgeError(path, "table", key, allowed=["line"])
    return Cues(tuple(_line(path, entry) for entry in entries["line"]))


def _line(path: Path, entry: dict) -> tuple[str, re.Pattern[str]]:
    name = entry.get("name", "?")
    for key in entry.keys() - _KEYS:
        raise KnowledgeError(path, f"line {name!r}", key, allowed=sorted(_KEYS))
    for key in sorted(_KEYS - entry.keys()):
        raise KnowledgeError(path, f"line {name!r}", key, why="is missing")
    if entry["role"] not in ROLES:
        raise KnowledgeError(path, f"line {name!r}: role", entry["role"], allowed=ROLES)
    try:
        return entry["role"], re.compile("|".join(f"(?:{p})" for p in entry["patterns"]))
    except re.error as error:
        raise KnowledgeError(path, f"line {name!r}: patterns", entry["patterns"], why=f"is no regular expression: {error}") from error
