"""The gazetteer: names of bodies and places that are known beforehand, looked up in text and by name on a day.

The tables are ``data/gazetteer/*.tsv``; what their columns mean is said in the README beside them. Nothing is decided here about
where a name ends in a sentence: ``find`` gives candidates, and particles, morphemes and longer names are the caller's business.
"""
from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import KnowledgeError
from kg.resources import resource

_TERM = re.compile(r"(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?")
_WIKIDATA = re.compile(r"Q[1-9]\d*")
_MATTERS = {"name", "class"}  # columns that every table has


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A name and the days on which it was borne, both inclusive; an open side is None.

    >>> Term("안전행정부", dt.date(2013, 3, 23), dt.date(2014, 11, 18)).on(dt.date(2014, 1, 1))
    True
    """

    form: str
    start: dt.date | None = None
    end: dt.date | None = None

    def on(self, day: dt.date) -> bool:
        """Whether the name was borne on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: Term) -> bool:
        """Whether there is a day on which both names were borne."""
        apart = (self.end and other.start and self.end < other.start) or (other.end and self.start and other.end < self.start)
        return not apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A known body or place.

    ``cls`` and ``place_cls`` are local names of the ontology; ``place_cls`` is set where the same name is also a place (서울특별시).
    ``aliases`` hold for all time, ``past`` only for their terms. ``weak`` says that the canonical name is also an ordinary word;
    ``weak_forms`` are all surface forms of that kind, which count only beside a cue; ``ambiguous`` are the forms that other
    entries bear as well. ``iso`` is ISO 3166-1 alpha-2 (or 3166-2 for a part of a country), ``iso3`` alpha-3.
    """

    name: str
    cls: str
    place_cls: str | None = None
    aliases: tuple[str, ...] = ()
    past: tuple[Term, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    within: str | None = None
    capital: str | None = None
    iso: str | None = None
    iso3: str | None = None
    wikidata: str | None = None
    head: str | None = None
    head_title: str | None = None
    weak_forms: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    file: str

    @property
    def weak(self) -> bool:
        """Whether the canonical name itself is weak."""
        return self.name in self.weak_forms

    @property
    def forms(self) -> tuple[str, ...]:
        """Every surface form once: the name, aliases, past names."""
        return tuple(dict.fromkeys((self.name, *self.aliases, *(term.form for term in self.past))))

    def head_titles(self) -> tuple[str, ...]:
        """The names of the head that are one word with the body's: 인사혁신처장, 금융위원장, 외교부장관, 종로구청장, 경기도지사.

        >>> Entry(name="금융위원회", cls="GovernmentBody", aliases=("금융위",), head="위원장", file="").head_titles()
        ('금융위원장',)
        """
        fused = [_fuse(form, self.head) for form in self.forms] if self.head else []
        return tuple(dict.fromkeys(([self.head_title] if self.head_title else []) + fused))

    def is_weak(self, surface: str) -> bool:
        """Whether a surface form is an ordinary word too, or the acronym of other things, and so needs a cue beside it."""
        return surface in self.weak_forms

    def terms(self, surface: str) -> tuple[Term, ...]:
        """When a surface form was borne; without bounds for an alias."""
        own = (Term(self.name, self.start, self.end),) if surface == self.name else ()
        timeless = (Term(surface),) if surface in self.aliases else ()
        return (*own, *timeless, *(term for term in self.past if term.form == surface))

    def name_on(self, day: dt.date) -> str:
        """The name of that day; the canonical one where no past name covers it."""
        return next((term.form for term in (Term(self.name, self.start, self.end), *self.past) if term.on(day)), self.name)


def _fuse(form: str, head: str) -> str:
    """A body's name with its head's title, what both share written once: 경찰청 + 청장 → 경찰청장."""
    stem = form.removesuffix("회") if head == "위원장" and form.endswith("위원회") else form
    shared = next((size for size in range(len(head) - 1, 0, -1) if stem.endswith(head[:size])), 0)
    return stem + head[shared:]


Found = tuple[int, int, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All entries, with their surface forms indexed by the first two characters."""

    entries: tuple[Entry, ...]
    _forms: Mapping[str, tuple[Entry, ...]] = field(init=False, repr=False, compare=False)
    _sizes: Mapping[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)
    _names: Mapping[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        forms: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for form in entry.forms:
                forms[form].append(entry)
        sizes: dict[str, set[int]] = defaultdict(set)
        for form in forms:
            sizes[form[:2]].add(len(form))
        for first, lengths in sizes.items():  # 美 is found before any other character, 美국 stays possible
            if len(first) == 2 and first[0] in sizes:
                lengths.add(1)
        object.__setattr__(self, "_forms", {form: tuple(entries) for form, entries in forms.items()})
        object.__setattr__(self, "_sizes", {first: tuple(sorted(lengths, reverse=True)) for first, lengths in sizes.items()})
        object.__setattr__(self, "_names", {entry.name: entry for entry in self.entries})

    def __getitem__(self, name: str) -> Entry:
        """The entry with this canonical name."""
        return self._names[name]

    def __contains__(self, surface: object) -> bool:
        return surface in self._forms

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def by_name(self, surface: str, on: dt.date | None = None) -> tuple[Entry, ...]:
        """The entries that bear a name, in order of their tables.

        With a day: those that bore it on that day; where none did, those that had borne it before, since a former name is
        still spoken of; never one that took the name only later.
        """
        entries = self._forms.get(surface, ())
        if on is None:
            return entries
        current = tuple(e for e in entries if any(term.on(on) for term in e.terms(surface)))
        return current or tuple(e for e in entries if any(term.end and term.end < on for term in e.terms(surface)))

    def find(self, text: str) -> tuple[Found, ...]:
        """The names in a text: (start, end, entries), the longest from the left, without overlaps.

        A name in Latin letters is not looked for inside a longer Latin word.
        """
        forms, get = self._forms, self._sizes.get
        found: list[Found] = []
        at, last = 0, len(text)
        while at < last:
            lengths = get(text[at:at + 2]) or get(text[at])
            if lengths:
                for size in lengths:
                    end = at + size
                    entries = forms.get(text[at:end])
                    if entries and end <= last and not _cuts_latin(text, at, end):
                        found.append((at, end, entries))
                        at = end
                        break
                else:
                    at += 1
            else:
                at += 1
        return tuple(found)


def _cuts_latin(text: str, start: int, end: int) -> bool:
    """Whether a Latin word or number goes on across either edge of a stretch."""
    return (start > 0 and _latin(text[start - 1]) and _latin(text[start])) or (
        end < len(text) and _latin(text[end]) and _latin(text[end - 1]))


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


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
    if row.get("wikidata") and not _WIKIDATA.fullmatch(row["wikidata"]):
        raise KnowledgeError(where, "wikidata", row["wikidata"], allowed=["Q1…"])
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
    said = {key: row.get(key) or None for key in ("within", "capital", "iso", "iso3", "wikidata", "head", "head_title")}
    start, end = (_day(row.get(key, ""), where, key) for key in ("from", "to"))
    return Entry(
        name=row["name"], cls=row["class"], place_cls=row.get("place_class") or None, aliases=aliases, past=past,
        start=start, end=end, weak_forms=flagged["weak"], ambiguous=flagged["ambiguous"], file=file, **said)


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
    """Names are unique, parents and capitals exist, and no two entries share a form unless both say so or never at one time."""
    rows = tuple(rows)
    names: dict[str, str] = {}
    bearers: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
    for where, entry in rows:
        if entry.name in names:
            raise KnowledgeError(where, "name", entry.name, why=f"is already the name of {names[entry.name]}")
        names[entry.name] = where
        for form in entry.forms:
            bearers[form].append((where, entry))
    for where, entry in rows:
        for key, name in (("within", entry.within), ("capital", entry.capital)):
            if name and name not in names:
                raise KnowledgeError(where, key, name, why="is no canonical name of any table")
    for form, sharing in bearers.items():
        for i, (where, entry) in enumerate(sharing):
            for other_where, other in sharing[:i]:
                _check_shared(form, where, entry, other_where, other)


def _check_shared(form: str, where: str, entry: Entry, other_where: str, other: Entry) -> None:
    if all(form in e.weak_forms or form in e.ambiguous for e in (entry, other)):
        return
    if any(a.overlaps(b) for a in entry.terms(form) for b in other.terms(form)):
        raise KnowledgeError(where, "name", form, why=f"is also a name in {other_where}; flag it in both as weak or ambiguous")
