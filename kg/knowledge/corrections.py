"""What people decided over what articles give: ``corrections.toml`` beside the articles, applied at every build.

To undo a decision is to take it out of the file.

::

    [[merge]]                       # one thing under two names; the first stays
    things = ["id:홍가람_나라청", "id:홍가람_나라부"]
    [[split]]                       # what these articles say is of another thing of the name
    thing = "id:홍가람_나라청"
    articles = ["나라-17"]
    [[rename]]                      # another label; the IRI stays
    thing = "id:나라_포럼_2024-05-02"
    name = "나라 포럼"
    [[reject]]                      # a statement that is wrong; with articles, only as those say it
    subject = "id:나라청"
    property = "hosted"
    object = "id:나라_포럼_2024-05-02"
    [[alias]]                       # another name of a thing
    thing = "id:나라청"
    name = "나라廳"
    [[name]]                        # a body or place that is not known; as a row of names.tsv
    name = "나라문화재단"
    kind = "Association"
    also = ["나라재단"]               # and from, to, parent, link, former = ["나라책재단@..2020-12-31"]
    [[forbid]]                      # words that are no name
    name = "나라사랑"
    [[link]]                        # the same thing elsewhere
    thing = "id:나라청"
    same = "http://www.wikidata.org/entity/Q1"
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import KnowledgeError
from kg.knowledge.own_table import OwnName, is_words, own_name

NAME = "corrections.toml"
_MOST = 10**15  # a number that stands for words; tables of names have no larger ones
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_KEYS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # kind → (keys that it needs, keys that it may have)
    "merge": (("things",), ("why",)),
    "split": (("thing", "articles"), ("why",)),
    "rename": (("thing", "name"), ("why",)),
    "reject": (("subject", "property", "object"), ("articles", "why")),
    "alias": (("thing", "name"), ("why",)),
    "link": (("thing", "same"), ("why",)),
    "name": (("name", "kind"), ("also", "former", "from", "to", "parent", "link", "why")),
    "forbid": (("name",), ("why",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One decision: its kind and what it says; ``where`` is its place in the file, for the report."""

    kind: str
    where: str
    values: Mapping[str, str | tuple[str, ...]] = field(hash=False)

    def many(self, key: str) -> tuple[str, ...]:
        """A list of the entry, empty where it is not there."""
        return tuple(self.values.get(key, ()))

    def one(self, key: str) -> str:
        return str(self.values[key])


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a correction in a build: used, or no longer matching and why."""

    correction: Correction
    used: bool
    reason: str = ""

    def line(self) -> str:
        """For the report.

        >>> Outcome(Correction(kind="alias", where="corrections.toml: alias 1", values={}), False, "no thing is id:나라청").line()
        'corrections.toml: alias 1: no longer matches: no thing is id:나라청'
        """
        return f"{self.correction.where}: {'used' if self.used else f'no longer matches: {self.reason}'}"


def is_address(words: str) -> bool:
    """Whether words are an address that a link may point to.

    >>> is_address("http://www.wikidata.org/entity/Q1"), is_address("Q1"), is_address("http://example.org/a b")
    (True, False, False)
    """
    return _IRI.fullmatch(words) is not None


def find(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The corrections beside the articles: in the folders that are given, and in those of the files that are given."""
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in paths)
    return tuple(sorted({folder / NAME for folder in folders if (folder / NAME).is_file()}))


def parse(text: str, source: str = NAME) -> tuple[Correction, ...]:
    """The corrections of a file; a mistake in it is a KnowledgeError that names the entry and what is allowed.

    >>> [c.kind for c in parse('[[alias]]\\nthing = "id:나라청"\\nname = "나라廳"')]
    ['alias']
    """
    try:
        data = tomllib.loads(unicodedata.normalize("NFC", text))
    except ValueError as error:  # of TOML, or of a number with more digits than Python reads
        raise KnowledgeError(source, "(file)", str(error), why="is not valid TOML") from None
    except RecursionError:
        raise KnowledgeError(source, "(file)", text[:20], why="is nested too deep") from None
    return tuple(
        _entry(kind, number, entry, source)
        for kind, entries in data.items()
        for number, entry in enumerate(_list(kind, entries, source), 1)
    )


def own_names(corrections: Iterable[Correction]) -> tuple[tuple[OwnName, ...], tuple[str, ...]]:
    """The names that corrections add, and those that they forbid."""
    added, forbidden = [], []
    for c in corrections:
        if c.kind == "forbid":
            forbidden.append(" ".join(c.one("name").split()))
        elif c.kind == "name":
            row = {key: str(c.values[key]) for key in ("name", "kind", "from", "to", "parent", "link") if key in c.values}
            added.append(
                own_name(row | {"other names": "|".join(c.many("also")), "former names": "|".join(c.many("former"))}, c.where)
            )
    return tuple(added), tuple(sorted(set(forbidden)))


def _list(kind: str, entries: object, source: str) -> list:
    if kind not in _KEYS:
        raise KnowledgeError(source, "(top)", kind, allowed=[f"[[{k}]]" for k in _KEYS])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise KnowledgeError(source, kind, entries, why=f"is written [[{kind}]]")
    return entries


def _entry(kind: str, number: int, entry: Mapping, source: str) -> Correction:
    where, (needed, optional) = f"{source}: {kind} {number}", _KEYS[kind]
    for key in entry:
        if key not in needed + optional:
            raise KnowledgeError(where, "key", key, allowed=needed + optional)
    values: dict[str, str | tuple[str, ...]] = {}
    for key in needed:
        if key not in entry:
            raise KnowledgeError(where, key, None, why="is missing")
    for key, value in entry.items():
        if key in ("things", "articles", "also", "former"):
            least = 2 if key == "things" else 1
            if not isinstance(value, list) or len(value) < least or not all(isinstance(v, str) and is_words(v) for v in value):
                raise KnowledgeError(where, key, value, why=f"has to be a list of {least} or more names")
            values[key] = tuple(v.strip() for v in value)
        else:
            if not isinstance(value, str | int | dt.date) or isinstance(value, int) and abs(value) > _MOST:
                raise KnowledgeError(where, key, type(value).__name__, why="has to be words")
            if not is_words(str(value)):
                raise KnowledgeError(where, key, value, why="has to be words")
            values[key] = words = str(value).strip()
            if key == "same" and not is_address(words):
                raise KnowledgeError(where, key, value, why="has to be an address, http://… or https://…")
    return Correction(kind=kind, where=where, values=values)
