"""TOML files of data, with the keys that they may have, and the words in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kg.errors import KnowledgeError


def words(text: str | Iterable[str]) -> frozenset[str]:
    """The words of a lexicon entry: a white-space separated string or a list; ``_`` stands for a space inside a word.

    >>> sorted(words("장관 막을_올리다"))
    ['막을 올리다', '장관']
    """
    return frozenset(w.replace("_", " ") for w in (text.split() if isinstance(text, str) else text))


def in_order(text: str) -> tuple[str, ...]:
    """The words of a lexicon entry as they stand.

    >>> in_order("장관 막을_올리다")
    ('장관', '막을 올리다')
    """
    return tuple(w.replace("_", " ") for w in text.split())


def load_toml(path: Path, schema: Mapping[str, object]) -> dict:
    """A TOML file whose keys are those of ``schema``, nested tables included; ``"*"`` stands for any key.

    Raises KnowledgeError for a key that is missing or not in the schema.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(path, "(file)", str(error), why="is not valid TOML") from None
    compare(path, "", data, schema)
    return data


def compare(path: Path, where: str, data: Mapping, schema: Mapping[str, object]) -> None:
    """Hold the keys of a table against those of ``schema``, as ``load_toml`` does; ``where`` is how messages call the table."""
    names = [key for key in schema if key != "*"]
    for key in data:
        inner = schema.get(key, schema.get("*"))
        if inner is None:
            raise KnowledgeError(path, where or "(top)", key, allowed=names, why="is no key of this file")
        if isinstance(inner, Mapping):
            if not isinstance(data[key], Mapping):
                raise KnowledgeError(path, f"{where}{key}", data[key], why="should be a table")
            compare(path, f"{where}{key}.", data[key], inner)
    missing = [key for key in names if key not in data]
    if missing:
        raise KnowledgeError(path, where or "(top)", missing[0], why="is missing")


def listed(path: Path, where: str, values: Iterable[object]) -> tuple[str, ...]:
    """The words of a list; raises KnowledgeError for what is none.

    >>> listed(Path("a.toml"), "names", ["홈", "메뉴"])
    ('홈', '메뉴')
    """
    found = []
    for value in values:
        if type(value) is not str or not value:
            raise KnowledgeError(path, where, value, why="is no word")
        found.append(value)
    return tuple(found)


def any_of(path: Path, where: str, patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern for all of some; raises KnowledgeError for one that is no regular expression.

    >>> bool(any_of(Path("a.toml"), "patterns", ["가+", "나"]).fullmatch("가가"))
    True
    """
    try:
        return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    except re.error as error:
        raise KnowledgeError(path, where, patterns, why=f"is no regular expression: {error}") from error
