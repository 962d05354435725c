"""The user's own names of bodies, places, persons, events and systems, ``names.tsv`` or ``names.csv`` beside the articles: they count for
that graph alone.

::

    name          kind         other names      from        to  parent   link   former names
    두루문화재단    Association  두루재단|두루       2021-03-02      가온시    Q1234  가온책재단@2012-01-01..2021-03-01
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KnowledgeError
from kg.knowledge.gazetteer import Entry, Gazetteer
from kg.knowledge.own_table import COLUMNS, NAMES, OwnName, parse

if TYPE_CHECKING:
    from kg.knowledge.load import Knowledge


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
