"""What a build is made of: articles from files, folders, addresses and data frames, people's corrections and names beside them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from kg.errors import ArticleError, KnowledgeError, UsageError
from kg.graph.folder import sources as outside
from kg.graph.results import stored_articles, stored_skipped
from kg.knowledge import corrections as corrections_file
from kg.knowledge import own_names
from kg.knowledge.own_table import OwnName
from kg.model import Article
from kg.read.files import OnError, articles, file_of, from_pages, lies_under, once, sources
from kg.read.formats.source import Source, Unreadable, shown
from kg.web.objects import is_object, objects

Path_ = str | os.PathLike[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user asked to be read, and how: ``columns`` names columns, ``strict`` makes any fault the end.

    ``private`` allows addresses of this machine and of private networks. With ``gather``, what ``out`` holds of feeds and addresses
    stays when they no longer show it. ``visitor`` asks the web (a new one by default).
    """

    inputs: tuple[Any, ...]
    add: bool = False
    strict: bool = False
    corrections: Path_ | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    private: bool = False
    gather: bool = False
    visitor: Any | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files and folders of this machine among the inputs."""
        return tuple(Path(one) for one in self.inputs if not is_address(one) and not is_object(one) and not is_frame(one))


@dataclass(frozen=True, slots=True)
class Given:
    """The articles of a build, what was skipped and why, and what people decided."""

    articles: tuple[Article, ...]
    skipped: tuple[tuple[str, str], ...]
    corrections: str
    names: tuple[OwnName, ...] = ()


def is_address(one: object) -> bool:
    """Whether an input is an address on the web.

    >>> is_address("https://example.org/a"), is_address("in/a.txt")
    (True, False)
    """
    return isinstance(one, str) and one.lower().startswith(("http://", "https://"))


def is_frame(one: object) -> bool:
    """Whether an input is a data frame of pandas or polars."""
    return hasattr(one, "columns") and (hasattr(one, "itertuples") or hasattr(one, "iter_rows"))


def check(asked: Asked) -> None:
    """UsageError for a path that is not there."""
    if asked.corrections is not None and not Path(asked.corrections).is_file():
        raise UsageError(f"{asked.corrections}: there is no such file of corrections")
    for path in asked.paths:
        if not os.path.lexists(path):
            raise UsageError(f"{shown(path)}: there is no such file or folder")


def given(asked: Asked, out: Path) -> Given:
    """Read what a build is made of; with ``add``, and where something cannot be read now, what ``out`` holds of it stays."""
    skipped: list[tuple[str, str]] = []
    closed: list[Unreadable] = []

    def bad(error: ArticleError) -> None:
        if asked.strict:
            raise error
        if isinstance(error, Unreadable):
            closed.append(error)
        else:
            skipped.append((error.source, error.reason))

    def passed(folder: Path) -> None:
        skipped.append((shown(folder), "is a folder that kg build made, and holds no articles"))

    found = {a.identifier: a for a in once(_each(asked, out, passed, bad), bad)}
    decided, names = _decided(asked), names_beside(asked)
    kept: dict[str, Article] = {}
    if (out / "manifest.json").is_file() and (asked.add or asked.gather or closed):
        stored = list(stored_articles(out))
        again = {file_of(source) for source in (*(a.source for a in found.values()), *(source for source, _ in skipped))}
        for article in stored:
            if (
                asked.add
                and file_of(article.source) not in again
                or _gathered(asked, article.source)
                or any(lies_under(article.source, e.source) for e in closed)
            ):
                kept[article.identifier] = article
        if asked.add:
            skipped += [pair for pair in stored_skipped(out) if file_of(pair[0]) not in again]
            decided, names = decided or stored_corrections(out), names or stored_names(out)
    for error in closed:
        stay = sum(lies_under(article.source, error.source) for article in kept.values())
        more = f"; what an earlier build read there stays ({stay:,} article{'' if stay == 1 else 's'})" if stay else ""
        skipped.append((error.source, error.reason + more))
    return Given(tuple((kept | found).values()), tuple(dict(skipped).items()), decided, names)


def _each(asked: Asked, out: Path, passed, bad: OnError) -> Iterator[Iterator[Article]]:
    """The articles of each file, frame and address, a lazy list each."""
    for source in sources(outside(asked.paths, out, passed), bad, asked.columns):
        yield articles(source, bad)
    yield from _from_elsewhere(asked, bad)


def shown_articles(asked: Asked, bad: OnError) -> Iterator[Article]:
    """The articles of what was asked, without a folder to build in."""
    check(asked)
    files = (articles(source, bad) for source in sources(asked.paths, bad, asked.columns))
    yield from once(chain(files, _from_elsewhere(asked, bad)), bad)


def _from_elsewhere(asked: Asked, bad: OnError) -> Iterator[Iterator[Article]]:
    """The articles of each data frame, each file of an object store, and each address."""
    for number, one in enumerate((one for one in asked.inputs if is_frame(one)), 1):
        from kg.read.frames import frame_pages

        name = "frame" if number == 1 else f"frame{number}"
        source = Source(name=name, stem=name, suffix="", size=0, open=_nothing, columns=asked.columns)
        yield from_pages(frame_pages(one, source), source, bad)
    for source in objects([one for one in asked.inputs if is_object(one)], bad, asked.columns):
        yield articles(source, bad)
    if addresses := [one for one in asked.inputs if is_address(one)]:
        from kg.web.fetch import Manners, Visitor, fetched

        for source in fetched(addresses, bad, asked.visitor or Visitor(Manners(private=asked.private))):
            yield articles(source, bad)


def _gathered(asked: Asked, source: str) -> bool:
    """Whether what gathers keeps an article that no source shows now: one of a feed, or one that is from elsewhere."""
    return asked.gather and (_moves(source) or not any(lies_under(source, shown(path)) for path in asked.paths))


def _moves(source: str) -> bool:
    """Whether a source shows what is new only: an address, or a feed in a file.

    >>> _moves("https://example.org/rss:3"), _moves("in/news.rss:3"), _moves("in/a.txt")
    (True, True, False)
    """
    return is_address(source) or file_of(source).lower().endswith((".rss", ".atom", ".xml", ".rdf"))


def _nothing():
    raise OSError("a data frame is no file")


def stored_corrections(out: Path) -> str:
    """The corrections that made a graph."""
    path = out / corrections_file.NAME
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def stored_names(out: Path) -> tuple[OwnName, ...]:
    """The user's own names that made a graph."""
    path = out / own_names.NAMES[0]
    return own_names.read(path) if path.is_file() else ()


def names_beside(asked: Asked) -> tuple[OwnName, ...]:
    """The user's own names in files beside the articles."""
    found: dict[str, OwnName] = {}
    for path in own_names.find(asked.paths):
        for one in own_names.read(path):
            if (other := found.setdefault(one.name, one)) is not one:
                raise KnowledgeError(one.where, "name", one.name, why=f"stands in {other.where} too")
    return tuple(found.values())


def _decided(asked: Asked) -> str:
    paths: Iterable[Path] = corrections_file.find(asked.paths) if asked.corrections is None else (Path(asked.corrections),)
    return "\n".join(_words(path).strip() + "\n" for path in paths)


def _words(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise KnowledgeError(path, "(file)", f"byte {error.start}", why="is not UTF-8") from None
