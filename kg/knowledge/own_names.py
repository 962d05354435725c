"""The user's own names of bodies, places, persons, events and systems, ``names.tsv`` or ``names.csv`` beside the articles: they count for
that graph alone.

::

    name          kind         other names      from        to  parent   link   former names
    두루문화재단    Association  두루재단|두루       2021-03-02      가온시    Q1234  가온책재단@2012-01-01..2021-03-01
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
from kg.knowledge.gazetteer import Entry, Gazetteer, Term

if TYPE_CHECKING:
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
    "former names": ("former", "past", "옛 이름", "이전 이름", "예전 이름", "구 명칭"),
}
_ROOTS = ("Person", "Event", "System")  # what may be named beside the bodies and places of the gazetteer, and all below
_WIKIDATA = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/)?(Q[1-9][0-9]*)")
_TERM = re.compile(r"(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?")
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
    former: tuple[Term, ...] = ()
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
                "|".join(map(_written, self.former)),
            )
        )

    def forms(self) -> tuple[str, ...]:
        """All words by which it goes or went, each once."""
        return tuple(dict.fromkeys((self.name, *self.also, *(term.form for term in self.former))))


def _written(term: Term) -> str:
    """A former name as it stands in the table."""
    return f"{term.form}@{term.start or ''}..{term.end or ''}" if term.start or term.end else term.form


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
    for cells in rows:
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


def own_name(row: dict[str, str], where: str) -> OwnName:
    """A row as a name, each of its cells checked."""
    for key in ("name", *(("other names",) if row.get("other names") else ())):
        for part in row.get(key, "").split("|"):
            if not part.strip() or len(part) > _LONGEST or not any(c.isalpha() for c in part):
                raise KnowledgeError(where, key, part, why=f"has to be words of at most {_LONGEST} characters")
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
        former=tuple(_former(part.strip(), where, start) for part in row.get("former names", "").split("|") if part.strip()),
        where=where,
    )


def _former(part: str, where: str, since: dt.date | None) -> Term:
    """A former name with the days on which it was borne; where they are not given, until the day before the new name's."""
    form, _, span = part.partition("@")
    form = form.strip()
    match = _TERM.fullmatch(span.strip()) if span else None
    if not form or len(form) > _LONGEST or not any(c.isalpha() for c in form) or span and not match:
        allowed = ["NAME", "NAME@YYYY-MM-DD..YYYY-MM-DD"]
        raise KnowledgeError(where, "former names", part, allowed=allowed, why="is no former name")
    if match is None:
        return Term(form, None, since - dt.timedelta(days=1) if since else None)
    start, end = (_day(side or "", where, "former names") for side in match.groups())
    if start and end and end < start:
        raise KnowledgeError(where, "former names", part, why="ends before it starts")
    return Term(form, start, end)


@lru_cache(maxsize=1)
def _kinds() -> tuple[str, ...]:
    from kg.knowledge.schema import schema
    from kg.knowledge.tables import classes

    return tuple(sorted({*classes(), *(kind for root in _ROOTS for kind in schema().below(root))}))


def _day(cell: str, where: str, key: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(cell) if cell else None
    except ValueError:
        raise KnowledgeError(where, key, cell, allowed=["YYYY-MM-DD"], why="is no day") from None


def forms(names: Iterable[OwnName]) -> tuple[str, ...]:
    """All words by which the user's own names go, each once."""
    return tuple(dict.fromkeys(form for one in names for form in one.forms()))


def as_table(names: Iterable[OwnName]) -> str:
    """Names as the text of ``names.tsv``, empty where there are none; the column of former names stands there where one has some."""
    rows = ["\t".join(COLUMNS), *sorted(name.row() for name in names)]
    if len(rows) == 1:
        return ""
    if not any(row.rsplit("\t", 1)[1] for row in rows[1:]):
        rows = [row.rsplit("\t", 1)[0] for row in rows]
    return "".join(f"{row}\n" for row in rows)


@lru_cache(maxsize=2)
def with_names(own: tuple[OwnName, ...], forbidden: tuple[str, ...]) -> Knowledge:
    """What PressKG knows, with the user's own names and without those that the user forbids."""
    from kg.knowledge.load import load_knowledge

    knowledge = load_knowledge()
    if not own and not forbidden:
        return knowledge
    gazetteer = Gazetteer(tuple(_entries(knowledge.gazetteer, own, frozenset(forbidden))))
    titles = {title: entry.name for entry in gazetteer for title in entry.head_titles()}
    return replace(knowledge, gazetteer=gazetteer, head_titles=titles)


def _entries(shipped: Gazetteer, own: Sequence[OwnName], forbidden: frozenset[str]) -> Iterator[Entry]:
    """The entries of the gazetteer; a form that the user gives to one thing is no longer another's other name."""
    mine = {one.name: one for one in own}
    names = {entry.name for entry in shipped} | set(mine)
    taken = {form: one for one in own for form in one.forms()}
    for one in own:
        if one.parent and one.parent not in names:
            raise KnowledgeError(one.where, "parent", one.parent, why="is neither a name of this file nor one that PressKG knows")
        for column, form in (*(("other names", form) for form in one.also), *(("former names", t.form) for t in one.former)):
            if form in names - {one.name}:
                raise KnowledgeError(one.where, column, form, why="is the name of another body or place")
    for entry in shipped:
        if entry.name in mine:
            one = mine.pop(entry.name)
            entry = replace(
                entry,
                cls=one.kind,
                aliases=tuple(dict.fromkeys((*entry.aliases, *one.also))),
                past=tuple(dict.fromkeys((*entry.past, *one.former))),
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
            past=tuple(term for term in one.former if term.form not in forbidden),
            start=one.start,
            end=one.end,
            within=one.parent,
            wikidata=one.link,
            file=NAMES[0],
        )
        for one in mine.values()
        if one.name not in forbidden
    )
