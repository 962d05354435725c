"""Read articles from files and folders of them, in an order that does not depend on how they were named."""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kg.errors import ArticleError, UsageError
from kg.model import Article
from kg.read.closed import closed_because
from kg.read.composed import articles_in
from kg.read.formats import pages
from kg.read.formats.mojibake import unscrambled
from kg.read.formats.source import Page, Source, Unreadable, on_disk, shown
from kg.read.given import Given
from kg.read.limits import check_length

BESIDE = ("corrections.toml", "names.tsv", "names.csv")  # files that lie among the articles and are none
_INSIDE = re.compile(r"(?<=\.zip|\.eml)!/.*$|(?<=\.xlsx)!/.*$", re.I | re.S)
_PLACE = re.compile(r":\d+$")

OnError = Callable[[ArticleError], None]


def read(
    paths: Iterable[str | os.PathLike[str]], *, on_error: OnError, columns: Mapping[str, str] | None = None
) -> Iterator[Article]:
    """Every article under some paths; what cannot be read goes to ``on_error`` and the others go on.

    A missing path is a ``UsageError``. Files are read in the order of their paths; a second article with an identifier that
    was seen before is an error of that article. ``columns`` names columns of tables and keys of records where they are not known.
    """
    yield from once((articles(source, on_error) for source in sources(paths, on_error, columns)), on_error)


def sources(
    paths: Iterable[str | os.PathLike[str]], on_error: OnError, columns: Mapping[str, str] | None = None
) -> Iterator[Source]:
    """The files under some paths, in the order of where they really are."""
    for path in _files(paths, on_error):
        try:
            yield on_disk(path, columns)
        except ArticleError as error:
            on_error(error)


def once(files: Iterable[Iterable[Article]], on_error: OnError) -> Iterator[Article]:
    """The articles of files, each identifier once; a file that raises is told to ``on_error`` and the others go on."""
    seen: dict[str, str] = {}
    for file in files:
        try:
            for article in file:
                if article.identifier in seen:
                    taken = f"the identifier {article.identifier!r} is taken by {seen[article.identifier]}"
                    on_error(ArticleError(article.source, taken))
                    continue
                seen[article.identifier] = article.source
                yield article
        except ArticleError as error:
            on_error(error)


def articles(source: Source, on_error: OnError) -> Iterator[Article]:
    """The articles of one file; what is wrong with the whole of it is raised."""
    return from_pages(pages(source), source, on_error)


def from_pages(found: Iterable[Page | ArticleError], source: Source, on_error: OnError) -> Iterator[Article]:
    """The articles of pages; what is wrong with one of many goes to ``on_error``."""
    for page in found:
        if isinstance(page, ArticleError):
            on_error(page)
            continue
        try:
            yield from _articles(page, source)
        except ArticleError as error:
            if not page.where:
                raise
            on_error(error)


def _legible(page: Page) -> Page:
    """A page whose Korean was decoded as Latin letters, as it was meant; marks of markup hold for the text that they came with."""
    if page.marks or (text := unscrambled(page.text)) is page.text:
        return page

    def korean(words: str | None) -> str | None:
        return words and unscrambled(words, 1)

    notes = (*page.notes, "its Korean had been decoded as Latin letters")
    return replace(
        page, text=text, title=korean(page.title), publisher=korean(page.publisher), section=korean(page.section), notes=notes
    )


def _articles(page: Page, source: Source) -> Iterator[Article]:
    page = _legible(page)
    place = source.name + page.where
    if not page.text.strip() and not page.title:
        raise ArticleError(place, "the file holds no text")
    check_length(page.text, place)
    identifier = page.identifier or unicodedata.normalize("NFC", source.stem)
    given = Given(
        identifier=identifier,
        source=place,
        date=page.date,
        modified=page.modified,
        section=page.section,
        publisher=page.publisher,
        url=page.url or source.url,
        notes=page.notes,
        titles=page.titles,
        headlines=page.headlines,
        sites=page.sites,
        marks=page.marks,
    )
    found = articles_in(page.text, given, page.title)
    if page.identifier is None and page.title is None and (why := closed_because(page.text, found)):
        raise ArticleError(place, f"the page holds no article: it says {why}")
    if page.identifier is None and not any(article.regions for article in found):
        raise ArticleError(place, "the page holds menus and forms only, no article")
    yield from (article for article in found if article.regions or page.identifier is not None)


def content_hash(article: Article, *more: str) -> str:
    """A hash of all that an article says and of what is said about it, but not of where it lay; and of what else decides its facts.

    >>> a = Article(identifier="a", source="x/a.txt", fields=(("text", "가"),), regions=())
    >>> b = Article(identifier="a", source="y/a.txt", fields=(("text", "가"),), regions=())
    >>> content_hash(a) == content_hash(b)
    True
    """
    regions = [(r.role, r.span.field, r.span.start, r.span.end) for r in article.regions]
    parts = [article.identifier, article.fields, regions, str(article.date), article.publisher, article.url, *filter(None, more)]
    if article.modified:
        parts.append(f"modified {article.modified}")
    if article.section:
        parts.append(f"section {article.section}")
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def file_of(source: str) -> str:
    """The file of an article's source, which has the place in it behind its name.

    >>> file_of("in/c.jsonl:12"), file_of("in/z.zip!/a.csv:3"), file_of("in/속보!/a.txt")
    ('in/c.jsonl', 'in/z.zip', 'in/속보!/a.txt')
    """
    return _PLACE.sub("", _INSIDE.sub("", source))


def lies_under(source: str, path: str) -> bool:
    """Whether a source's file is a path or lies in that folder.

    >>> lies_under("in/d/b.txt", "in/d"), lies_under("in/dd.txt", "in/d")
    (True, False)
    """
    file = file_of(source)
    return file == path or file.startswith(path.rstrip("/") + "/")


def _files(paths: Iterable[str | os.PathLike[str]], on_error: OnError) -> list[Path]:
    found: dict[str, Path] = {}
    for path in map(Path, paths):
        try:
            is_folder = path.is_dir()
            there = is_folder or path.exists() or path.is_symlink()
        except OSError as error:  # a folder above it is closed
            on_error(Unreadable(shown(path), f"cannot be opened: {error.strerror or error}"))
            continue
        if not there:
            raise UsageError(f"{shown(path)}: there is no such file or folder")
        for file in _walk(path, on_error) if is_folder else [path] if path.name not in BESIDE else []:
            found.setdefault(os.path.realpath(file), file)
    return [found[real] for real in sorted(found)]


def _walk(folder: Path, on_error: OnError) -> Iterator[Path]:
    def closed(error: OSError) -> None:
        on_error(Unreadable(shown(Path(os.fsdecode(error.filename))), f"the folder cannot be opened: {error.strerror or error}"))

    for here, folders, files in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(here, name) for name in sorted(files) if not name.startswith(".") and name not in BESIDE)
