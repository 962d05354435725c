"""The gazetteer's tables, ``data/gazetteer/*.tsv``: read and checked; what their columns mean is said in the README beside them.

A mistake is a KnowledgeError that names the file, the line, the column and the value.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KnowledgeError
from kg.knowledge.gazetteer import Entry, Gazetteer, Term
from kg.knowledge.resources import resource

_TERM = re.compile(r"(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?")
_IDENTIFIERS = {  # column → (what it looks like, as a pattern and for people)
    "wikidata": (re.compile(r"Q[1-9][0-9]*"), "Q1…"),
    "geonames": (re.compile(r"[1-9][0-9]*"), "1850147"),
    "ror": (re.compile(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}"), "05x4c1983"),
    "iso": (re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?"), "KR or KR-11"),
    "iso3": (re.compile(r"[A-Z]{3}"), "KOR"),
}
_MATTERS = {"name", "class"}  # columns that every table has


@dataclass(frozen=True, slots=True)
class _Schema:
    columns: frozenset[str]
    classes: frozenset[str]
    place_classes: frozenset[str]
    minimum: Mapping[str, int]


def load(folder: Path | None = None) -> Gazetteer:
    """Read and check all tables of a folder (the shipped one if none is given).

    >>> [entry.name for entry in load().by_name("인사처")]
    ['인사혁신처']
    """
    folder = resource("data", "gazetteer") if folder is None else Path(folder)
    schema = _schema(folder / "schema.toml")
    files = sorted(folder.glob("*.tsv"))
    unknown = [path for path in files if path.name not in schema.minimum]
    if unknown:
        raise KnowledgeError(folder / "schema.toml", "minimum", unknown[0].name, allowed=sorted(schema.minimum))
    rows = [(where, entry) for path in files for where, entry in _table(path, schema)]
    _check_across(rows)
    return Gazetteer(tuple(entry for _, entry in rows))


def minimum_rows(folder: Path | None = None) -> Mapping[str, int]:
    """How many rows each table has at least, as the schema states."""
    return _schema((resource("data", "gazetteer") if folder is None else Path(folder)) / "schema.toml").minimum


def classes() -> tuple[str, ...]:
    """The classes of the ontology that a name may have."""
    return tuple(sorted(_schema(resource("data", "gazetteer") / "schema.toml").classes))


def _schema(path: Path) -> _Schema:
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise KnowledgeError(path.parent, "schema.toml", None, why="is missing") from error
    keys = {"columns", "classes", "place_classes", "minimum"}
    for key in said.keys() ^ keys:
        raise KnowledgeError(path, key, said.get(key), allowed=sorted(keys), why="is missing" if key in keys else "is not known")
    return _Schema(frozenset(said["columns"]), frozenset(said["classes"]), frozenset(said["place_classes"]), said["minimum"])


def _table(path: Path, schema: _Schema) -> Iterator[tuple[str, Entry]]:
    """The entries of a table, each with its place (``local.tsv:12``) for messages."""
    header: list[str] | None = None
    previous = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        where, cells = f"{path}:{number}", line.split("\t")
        if header is None:
            header = cells
            for column in cells:
                if column not in schema.columns:
                    raise KnowledgeError(where, "column", column, allowed=sorted(schema.columns))
            for column in sorted(_MATTERS - set(cells)):
                raise KnowledgeError(where, "column", column, allowed=sorted(schema.columns), why="is missing")
            continue
        if len(cells) != len(header):
            raise KnowledgeError(where, "cells", len(cells), allowed=[len(header)], why="is not the number of columns")
        row = dict(zip(header, cells))
        if row["name"] <= previous:
            raise KnowledgeError(where, "name", row["name"], why=f"has to come after {previous!r} (rows are sorted)")
        previous = row["name"]
        yield where, _entry(row, where, path.name, schema)
    if header is None:
        raise KnowledgeError(path, "header", "", allowed=sorted(schema.columns), why="is missing")


def _entry(row: Mapping[str, str], where: str, file: str, schema: _Schema) -> Entry:
    for key, cell in row.items():
        if cell != cell.strip() or "||" in cell or cell.startswith("|") or cell.endswith("|"):
            raise KnowledgeError(where, key, cell, why="has an empty part or white space at its edge")
    for key, allowed in (("class", schema.classes), ("place_class", schema.place_classes)):
        if row.get(key) and row[key] not in allowed or key == "class" and not row[key]:
            raise KnowledgeError(where, key, row[key], allowed=sorted(allowed))
    for key, (pattern, like) in _IDENTIFIERS.items():
        if row.get(key) and not pattern.fullmatch(row[key]):
            raise KnowledgeError(where, key, row[key], allowed=[like])
    aliases, past = _parts(row, "aliases"), tuple(_term(part, where) for part in _parts(row, "past"))
    forms = (row["name"], *aliases)
    for form in forms:
        if forms.count(form) > 1:
            raise KnowledgeError(where, "aliases", form, why="is already a name of this row")
    every = {*forms, *(term.form for term in past)}
    flagged = {key: tuple(sorted(every)) if row.get(key) == "1" else _parts(row, key) for key in ("weak", "ambiguous")}
    for key, marked in flagged.items():
        for form in marked:
            if form not in every:
                raise KnowledgeError(where, key, form, allowed=["1", *sorted(every)])
    said = {
        key: row.get(key) or None
        for key in ("within", "capital", "iso", "iso3", "wikidata", "geonames", "ror", "head", "head_title")
    }
    start, end = (_day(row.get(key, ""), where, key) for key in ("from", "to"))
    return Entry(
        name=row["name"],
        cls=row["class"],
        place_cls=row.get("place_class") or None,
        aliases=aliases,
        past=past,
        start=start,
        end=end,
        weak_forms=flagged["weak"],
        ambiguous=flagged["ambiguous"],
        file=file,
        **said,
    )


def _parts(row: Mapping[str, str], key: str) -> tuple[str, ...]:
    return tuple(row[key].split("|")) if row.get(key) else ()


def _term(part: str, where: str) -> Term:
    """A past name with its term, ``안전행정부@2013-03-23..2014-11-18``; a side that is not known stays empty."""
    form, _, span = part.partition("@")
    match = _TERM.fullmatch(span)
    if not form or not match:
        raise KnowledgeError(where, "past", part, allowed=["NAME@YYYY-MM-DD..YYYY-MM-DD"])
    start, end = (_day(side or "", where, "past") for side in match.groups())
    if start and end and end < start:
        raise KnowledgeError(where, "past", part, why="ends before it starts")
    return Term(form, start, end)


def _day(cell: str, where: str, key: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(cell) if cell else None
    except ValueError as error:
        raise KnowledgeError(where, key, cell, allowed=["YYYY-MM-DD"], why="is no day") from error


def _check_across(rows: Iterable[tuple[str, Entry]]) -> None:
    """Names and identifiers are unique, parents and capitals exist; rows share a form only where both say so, or in turn."""
    rows = tuple(rows)
    names: dict[str, str] = {}
    identified: dict[tuple[str, str], str] = {}
    bearers: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for where, entry in rows:
        if entry.name in names:
            raise KnowledgeError(where, "name", entry.name, why=f"is already the name of {names[entry.name]}")
        names[entry.name] = where
        for key in _IDENTIFIERS:
            if (value := getattr(entry, key)) and (other := identified.setdefault((key, value), where)) != where:
                raise KnowledgeError(where, key, value, why=f"already identifies {other}")
        for form in entry.forms:
            bearers[form].append((where, entry))
    for where, entry in rows:
        for key, name in (("within", entry.within), ("capital", entry.capital)):
            if name and name not in names:
                raise KnowledgeError(where, key, name, why="is no canonical name of any table")
    for form, sharing in bearers.items():
        for i, (where, entry) in enumerate(sharing):
            for other_where, sharer in sharing[:i]:
                _check_shared(form, where, entry, other_where, sharer)


def _check_shared(form: str, where: str, entry: Entry, other_where: str, other: Entry) -> None:
    if all(form in e.weak_forms or form in e.ambiguous for e in (entry, other)):
        return
    if any(a.overlaps(b) for a in entry.terms(form) for b in other.terms(form)):
        raise KnowledgeError(where, "name", form, why=f"is also a name in {other_where}; flag it in both as weak or ambiguous")
