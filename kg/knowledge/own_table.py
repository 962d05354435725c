"""The table of a user's own names: read from a file, each cell checked, and written again."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.errors import KnowledgeError
from kg.knowledge.gazetteer import Term

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
NAMES = ("names.tsv", "names.csv")


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

    >>> is_words("나라청"), is_words(" "), is_words("나라\\x1b청")
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
