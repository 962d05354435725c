"""The user's own names of bodies and places, ``names.tsv`` or ``names.csv`` beside the articles: they count for that graph alone.

::

    name          kind         other names      from        to  parent   link
    두루문화재단    Association  두루재단|두루       2021-03-02      가온시    Q1234
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KnowledgeError

if TYPE_CHECKING:
    from kg.knowledge.gazetteer import Entry, Gazetteer
    from kg.knowledge.load import Knowledge

NAMES = ("names.tsv", "names.csv")
COLUMNS = {  # each column and what else it may be called
    "name": ("이름", "명칭"),
    "kind": ("class", "종류", "유형"),
    "other names": ("other", "aliases", "alias", "다른 이름", "별칭", "약칭"),
    "from": ("부터", "시작"),
    "to": ("까지", "끝"),
    "parent": ("within", "상위", "상위 기관", "소속"),
    "link": ("wikidata", "링크", "주소"),
}
_WIKIDATA = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/)?(Q[1-9][0-9]*)")
_LONGEST = 60  # characters of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnName:
    """One name that the user gives: what it is, what else it is called, when it was borne, and where it stands in the file."""

    name: str
    kind: str
    also: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    parent: str | None = None
    link: str | None = None
    where: str = ""

    def row(self) -> str:
        """The name as a line of ``names.tsv``."""
        return "\t".join(
            (
                self.name,
                self.kind,
                "|".join(self.also),
                str(self.start or ""),
                str(self.end or ""),
                self.parent or "",
                self.link or "",
            )
        )


Own = tuple[tuple[OwnName, ...], tuple[str, ...]]  # the user's own names, and those that the user forbids


def find(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files of names beside the articles."""
    folders = dict.fromkeys(path if path.is_dir() else path.parent for path in paths)
    return tuple(sorted({folder / name for folder in folders for name in NAMES if (folder / name).is_file()}))


def read(path: Path) -> tuple[OwnName, ...]:
    """The names of a file; a mistake is a KnowledgeError that names file, line and column."""
    from kg.errors import ArticleError
    from kg.read.formats.encoding import decode

    try:
        text = decode(path.read_bytes(), path.as_posix())
    except ArticleError as error:
        raise KnowledgeError(path, "(file)", path.name, why=error.reason) from None
    return parse(text, path.as_posix())


def parse(text: str, source: str = NAMES[0]) -> tuple[OwnName, ...]:
    """The names of a table: cells are parted by tabs, or by commas in a ``.csv``.

    >>> [found] = parse("이름\\t종류\\t다른 이름\\n두루문화재단\\tAssociation\\t두루재단|두루")
    >>> found.name, found.kind, found.also
    ('두루문화재단', 'Association', ('두루재단', '두루'))
    """
    text = unicodedata.normalize("NFC", text)
    rows = csv.reader(
        io.StringIO(text, newline=""),
        delimiter="," if source.endswith(".csv") else "\t",
        quoting=csv.QUOTE_MINIMAL if source.endswith(".csv") else csv.QUOTE_NONE,
    )
    header: list[str] = []
    found: dict[str, OwnName] = {}
    for cells in _read(rows, source):
        where = f"{source}:{rows.line_num}"
        if not any(map(str.strip, cells)) or cells[0].startswith("#"):
            continue
        if not header:
            header = _header(cells, where)
            continue
        if len(cells) > len(header) and any(map(str.strip, cells[len(header) :])):
            raise KnowledgeError(where, "cells", len(cells), allowed=[len(header)], why="is more than there are columns")
        row = {key: cell.strip() for key, cell in zip(header, cells)}
        own = own_name(row, where)
        if own.name in found:
            raise KnowledgeError(where, "name", own.name, why=f"stands in {found[own.name].where} too")
        found[own.name] = own
    return tuple(found.values())


def _read(rows: Iterator[list[str]], source: str) -> Iterator[list[str]]:
    """The rows of a table; one that the csv module refuses (a cell of 131,072 characters) is a KnowledgeError."""
    try:
        yield from rows
    except csv.Error as error:
        raise KnowledgeError(source, "(row)", "", why=f"is no table: {error}") from None


def _header(cells: Sequence[str], where: str) -> list[str]:
    known = {re.sub(r"[\s_]", "", other): key for key, others in COLUMNS.items() for other in (key, *others)}
    header = []
    for cell in cells:
        key = known.get(re.sub(r"[\s_]", "", cell).casefold())
        if key is None or key in header:
            raise KnowledgeError(where, "column", cell, allowed=COLUMNS, why="is not known" if key is None else "stands twice")
        header.append(key)
    for key in ("name", "kind"):
        if key not in header:
            raise KnowledgeError(where, "column", key, allowed=COLUMNS, why="is missing")
    return header


def is_words(value: str) -> bool:
    """Whether something is said, and no sign in it steers a terminal or is forbidden in XML.

    >>> is_words("나라청"), is_words(" "), is_words("나라\x00청")
    (True, False, False)
    """
    return bool(value.strip()) and not any(unicodedata.category(sign) == "Cc" and sign not in "\t\n" for sign in value)


def own_name(row: dict[str, str], where: str) -> OwnName:
    """A row as a name, each of its cells checked."""
    for key in ("name", *(("other names",) if row.get("other names") else ())):
        for part in row.get(key, "").split("|"):
            if len(part) > _LONGEST or not any(c.isalpha() for c in part) or not is_words(part):
                raise KnowledgeError(where, key, part[:_LONGEST], why=f"has to be words of at most {_LONGEST} characters")
    kinds = _kinds()
    if row.get("kind", "") not in kinds:
        raise KnowledgeError(where, "kind", row.get("kind", ""), allowed=kinds)
    start, end = (_day(row.get(key, ""), where, key) for key in ("from", "to"))
    if start and end and end < start:
        raise KnowledgeError(where, "to", row["to"], why=f"is before the day of from, {row['from']}")
    link = row.get("link") or None
    if link and not _WIKIDATA.fullmatch(link):
        raise KnowledgeError(where, "link", link, allowed=["Q1…", "http://www.wikidata.org/entity/Q1…"])
    also = tuple(
        dict.fromkeys(
            part.strip() for part in row.get("other names", "").split("|") if part.strip() and part.strip() != row["name"]
        )
    )
    return OwnName(
        name=row["name"],
        kind=row["kind"],
        also=also,
        start=start,
        end=end,
        parent=row.get("parent") or None,
        link=found[1] if link and (found := _WIKIDATA.fullmatch(link)) else None,
        where=where,
    )


@lru_cache(maxsize=1)
def _kinds() -> tuple[str, ...]:
    from kg.knowledge.tables import classes

    return classes()


def _day(cell: str, where: str, key: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(cell) if cell else None
    except ValueError:
        raise KnowledgeError(where, key, cell, allowed=["YYYY-MM-DD"], why="is no day") from None


def forms(names: Iterable[OwnName]) -> tuple[str, ...]:
    """All words by which the user's own names go, each once."""
    return tuple(dict.fromkeys(form for one in names for form in (one.name, *one.also)))


def as_table(names: Iterable[OwnName]) -> str:
    """Names as the text of ``names.tsv``, empty where there are none."""
    rows = sorted(name.row() for name in names)
    return "".join(f"{row}\n" for row in ("\t".join(COLUMNS), *rows)) if rows else ""


@lru_cache(maxsize=2)
def with_names(own: tuple[OwnName, ...], forbidden: tuple[str, ...]) -> Knowledge:
    """What PressKG knows, with the user's own names and without those that the user forbids."""
    from kg.knowledge.gazetteer import Gazetteer
    from kg.knowledge.load import load_knowledge

    knowledge = load_knowledge()
    if not own and not forbidden:
        return knowledge
    gazetteer = Gazetteer(tuple(_entries(knowledge.gazetteer, own, frozenset(forbidden))))
    titles = {title: entry.name for entry in gazetteer for title in entry.head_titles()}
    return replace(knowledge, gazetteer=gazetteer, head_titles=titles)


def _entries(shipped: Gazetteer, own: Sequence[OwnName], forbidden: frozenset[str]) -> Iterator[Entry]:
    """The entries of the gazetteer; a form that the user gives to one thing is no longer another's other name."""
    from kg.knowledge.gazetteer import Entry

    mine = {one.name: one for one in own}
    names = {entry.name for entry in shipped} | set(mine)
    taken = {form: one for one in own for form in (one.name, *one.also)}
    for one in own:
        if one.parent and one.parent not in names:
            raise KnowledgeError(one.where, "parent", one.parent, why="is neither a name of this file nor one that PressKG knows")
        for form in one.also:
            if form in names:
                raise KnowledgeError(one.where, "other names", form, why="is the name of another body or place")
    for entry in shipped:
        if entry.name in mine:
            one = mine.pop(entry.name)
            entry = replace(
                entry,
                cls=one.kind,
                aliases=tuple(dict.fromkeys((*entry.aliases, *one.also))),
                start=one.start or entry.start,
                end=one.end or entry.end,
                within=one.parent or entry.within,
                wikidata=one.link or entry.wikidata,
            )
        if entry.name in forbidden:
            continue
        gone = forbidden | {form for form, other in taken.items() if other.name != entry.name}
        if gone & set(entry.forms):
            entry = replace(
                entry,
                aliases=tuple(f for f in entry.aliases if f not in gone),
                past=tuple(t for t in entry.past if t.form not in gone),
                weak_forms=tuple(f for f in entry.weak_forms if f not in gone),
            )
        yield entry
    yield from (
        Entry(
            name=one.name,
            cls=one.kind,
            aliases=tuple(f for f in one.also if f not in forbidden),
            start=one.start,
            end=one.end,
            within=one.parent,
            wikidata=one.link,
            file=NAMES[0],
        )
        for one in mine.values()
        if one.name not in forbidden
    )
