"""Which column or key of a record says what of an article, from ``data/reading/columns.toml`` and from what the user names."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import KnowledgeError, UsageError
from kg.knowledge.resources import resource

FIELDS = ("id", "title", "text", "date", "modified", "publisher", "section", "url")
_MARKS = re.compile(r"[\s_\-./()\[\]:]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """Folded names by field, best first; where records lie in a JSON document; and how a cut text ends."""

    names: Mapping[str, tuple[str, ...]]
    shown: Mapping[str, tuple[str, ...]]
    around: frozenset[str]
    cut: tuple[str, ...]


def folded(name: object) -> str:
    """A column's name without what exports write differently.

    >>> folded("뉴스 식별자"), folded("Published_At")
    ('뉴스식별자', 'publishedat')
    """
    return _MARKS.sub("", unicodedata.normalize("NFC", str(name)).casefold().lstrip("\ufeff"))


@cache
def load_columns(path: Path | None = None) -> Columns:
    """Load and validate the names."""
    path = path or resource("data", "reading", "columns.toml")
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    for key in said.keys() ^ {"columns", "around", "cut"}:
        raise KnowledgeError(path, "table", key, allowed=["columns", "around", "cut"])
    for key in said["columns"].keys() ^ set(FIELDS):
        raise KnowledgeError(path, "columns", key, allowed=FIELDS)
    taken: dict[str, str] = {}
    for field, names in said["columns"].items():
        for name in names:
            if (other := taken.setdefault(folded(name), field)) != field:
                raise KnowledgeError(path, f"columns.{field}", name, why=f"stands under {other} too")
    return Columns(
        {field: tuple(dict.fromkeys(map(folded, names))) for field, names in said["columns"].items()},
        {field: tuple(names) for field, names in said["columns"].items()},
        frozenset(map(folded, said["around"]["lists"])),
        tuple(said["cut"]["ends"]),
    )


def chosen(keys: Iterable[object], asked: Mapping[str, str]) -> dict[str, object]:
    """The key of a record for each field that it has: the one that the user named, else the best known one.

    >>> chosen(["뉴스 식별자", "제목", "본문", "키워드"], {})
    {'id': '뉴스 식별자', 'title': '제목', 'text': '본문'}
    >>> chosen(["본문", "요약"], {"text": "요약"})
    {'text': '요약'}
    """
    by_name: dict[str, object] = {}
    for key in keys:
        by_name.setdefault(folded(key), key)
    found: dict[str, object] = {}
    for field, names in load_columns().names.items():
        wanted = [folded(asked[field])] if field in asked else names
        if (key := next((by_name[name] for name in wanted if name in by_name), None)) is not None:
            found[field] = key
    return found


def parse_columns(words: str) -> dict[str, str]:
    """``title=제목,text=본문`` as a mapping; a field that is not known is a UsageError.

    >>> parse_columns("title=제목, text=본문")
    {'title': '제목', 'text': '본문'}
    """
    found: dict[str, str] = {}
    for pair in filter(str.strip, words.split(",")):
        field, _, name = pair.partition("=")
        if field.strip() not in FIELDS or not name.strip():
            raise UsageError(f"--columns: {pair.strip()!r} is no FIELD=COLUMN; allowed fields: {', '.join(FIELDS)}")
        found[field.strip()] = name.strip()
    return found


def missing(keys: Iterable[object], asked: Mapping[str, str], what: str = "record") -> str:
    """Why a record gives no text: the names that it has and those that are read."""
    has = ", ".join(str(key) for key in keys) or "none"
    if "text" in asked:
        return f"the {what} has no column {asked['text']!r}, which --columns names as text; it has: {has}"
    return f"the {what} has no text; it has: {has}; read as text are: {', '.join(load_columns().shown['text'])}; --columns text=NAME names another"
