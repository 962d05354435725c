"""What is told by words on pages of the web, from ``data/reading/pages.toml``, compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import KnowledgeError
from kg.knowledge.resources import resource

_LISTS = {"boxes": ("names",), "attached": ("labels", "suffixes"), "portals": ("names",)}
_CLOSED = ("why", "patterns", "examples", "near")


@dataclass(frozen=True, slots=True)
class PageWords:
    """Patterns of names of boxes, of the line that names an attached file, of portals; why a page says that it holds no article."""

    box: re.Pattern[str]
    attached: re.Pattern[str]
    portal: re.Pattern[str]
    closed: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def load_page_words(path: Path | None = None) -> PageWords:
    """Load and validate the words.

    >>> words = load_page_words()
    >>> bool(words.box.search("gnb-menu")), bool(words.box.search("gnbs"))
    (True, False)
    """
    path = path or resource("data", "reading", "pages.toml")
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    for key in _other(said, {*_LISTS, "closed"}):
        raise KnowledgeError(path, "table", key, allowed=[*_LISTS, "closed"])
    lists = {f"{table}.{key}": _words(path, table, key, said[table]) for table, keys in _LISTS.items() for key in keys}
    labels = "|".join(r"\s?".join(label) for label in lists["attached.labels"])
    return PageWords(
        re.compile(rf"(?:^|[\s_-])(?:{_either(lists['boxes.names'])})(?:$|[\s_-])", re.I),
        re.compile(
            rf"^[\[<(【]\s?(?:{labels})\s?\d{{0,2}}\s?[:：]\s?[^\n]{{1,200}}\.(?:{_either(lists['attached.suffixes'])})\s?[\])>】][^\S\n]*$",
            re.M | re.I,
        ),
        re.compile(_either(lists["portals.names"]), re.I),
        tuple(_closed(path, entry) for entry in said["closed"]),
    )


def _other(said: Mapping[str, object], allowed: Collection[str]) -> list[str]:
    """The keys that are unknown, then those that are missing."""
    return [*sorted(said.keys() - set(allowed)), *sorted(set(allowed) - said.keys())]


def _either(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, words))


def _words(path: Path, table: str, key: str, said: dict) -> tuple[str, ...]:
    for name in _other(said, _LISTS[table]):
        raise KnowledgeError(path, table, name, allowed=_LISTS[table])
    for value in said[key]:
        if type(value) is not str or not value:
            raise KnowledgeError(path, f"{table}.{key}", value, why="is no word")
    return tuple(said[key])


def _closed(path: Path, entry: dict) -> tuple[str, re.Pattern[str]]:
    for key in _other(entry, _CLOSED):
        raise KnowledgeError(path, f"closed {entry.get('why', '?')!r}", key, allowed=_CLOSED)
    try:
        return entry["why"], re.compile("|".join(f"(?:{pattern})" for pattern in entry["patterns"]))
    except re.error as error:
        raise KnowledgeError(
            path, f"closed {entry['why']!r}: patterns", entry["patterns"], why=f"is no regular expression: {error}"
        ) from error
