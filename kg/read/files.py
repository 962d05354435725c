"""Read articles from files, folders and JSON Lines corpora, in an order that does not depend on how they were named."""
from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import ArticleError, UsageError
from kg.model import Article
from kg.read.formats import FORMATS, decode, extract
from kg.read.page import articles_of

CORPORA = (".jsonl", ".ndjson")
_KEYS = ("id", "title", "text", "date", "publisher", "url")


def read(paths: Iterable[str | os.PathLike[str]], *, on_error: Callable[[ArticleError], None]) -> Iterator[Article]:
    """Every article under some paths; what cannot be read goes to ``on_error`` and the others go on.

    A missing path is a ``UsageError``. Files are read in the order of their paths; a second article with an identifier that
    was seen before is an error of that article.
    """
    seen: dict[str, str] = {}
    for path in _files(paths):
        try:
            for article in _articles(path, on_error):
                if article.identifier in seen:
                    taken = f"the identifier {article.identifier!r} is taken by {seen[article.identifier]}"
                    on_error(ArticleError(article.source, taken))
                    continue
                seen[article.identifier] = article.source
                yield article
        except ArticleError as error:
            on_error(error)
        except OSError as error:
            on_error(ArticleError(path.as_posix(), f"cannot be opened: {error.strerror or error}"))


def content_hash(article: Article) -> str:
    """A hash of all that an article says and of what is said about it, but not of where it lay.

    >>> a = Article(identifier="a", source="x/a.txt", fields=(("text", "가"),), regions=())
    >>> b = Article(identifier="a", source="y/a.txt", fields=(("text", "가"),), regions=())
    >>> content_hash(a) == content_hash(b)
    True
    """
    regions = [(r.role, r.span.field, r.span.start, r.span.end) for r in article.regions]
    parts = [article.identifier, article.fields, regions, str(article.date), article.publisher, article.url]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def _files(paths: Iterable[str | os.PathLike[str]]) -> list[Path]:
    found: dict[str, Path] = {}
    for path in map(Path, paths):
        if not path.exists():
            raise UsageError(f"{path}: there is no such file or folder")
        for file in _walk(path) if path.is_dir() else [path]:
            found.setdefault(os.path.realpath(file), file)
    return [found[real] for real in sorted(found)]


def _walk(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(here, name) for name in sorted(files) if not name.startswith("."))


def _articles(path: Path, on_error: Callable[[ArticleError], None]) -> Iterator[Article]:
    if path.suffix.lower() in CORPORA:
        yield from _corpus(path, on_error)
        return
    source, identifier = path.as_posix(), unicodedata.normalize("NFC", path.stem)
    if path.suffix.lower() not in FORMATS:
        raise ArticleError(source, f"the format {path.suffix or 'without a suffix'!r} is not read; read are: "
                                   f"{', '.join(sorted({*FORMATS, *CORPORA}))}")
    page = extract(path)
    if not page.text.strip():
        raise ArticleError(source, "the file holds no text")
    found = articles_of(page.text, identifier=identifier, source=source, title=page.title, date=page.date,
                        publisher=page.publisher, url=page.url, titles=page.titles, sites=page.sites, marks=page.marks)
    if not any(article.regions for article in found):
        raise ArticleError(source, "the page holds menus and forms only, no article")
    yield from (article for article in found if article.regions)


def _corpus(path: Path, on_error: Callable[[ArticleError], None]) -> Iterator[Article]:
    data = path.read_bytes()
    if not data.strip():
        raise ArticleError(path.as_posix(), "the file is empty")
    if data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:64]:
        data = decode(data, path.as_posix()).encode("utf-8")
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            yield _record(line, f"{path.as_posix()}:{number}")
        except ArticleError as error:
            on_error(error)


def _record(line: bytes, source: str) -> Article:
    try:
        try:
            words = line.decode("utf-8")
        except UnicodeDecodeError:
            words = decode(line, source)
        record = json.loads(words)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ArticleError(source, f"the line is no JSON: {error}") from error
    if not isinstance(record, dict):
        raise ArticleError(source, f"the line holds {type(record).__name__}, not an object with {', '.join(_KEYS)}")
    values = {key: _string(record, key, source) for key in _KEYS}
    identifier, text = values["id"], values["text"]
    if not identifier:
        raise ArticleError(source, "the record has no id")
    if not (text or "").strip() and not (values["title"] or "").strip():
        raise ArticleError(source, f"the record {identifier!r} has neither text nor title")
    notes = [] if (text or "").strip() else ["the record has a title and no text"]
    date = _date(values["date"], notes)
    identifier = unicodedata.normalize("NFC", identifier)
    [article] = articles_of(text or "", identifier=identifier, source=source, title=values["title"] or "", date=date,
                            publisher=values["publisher"], url=values["url"], notes=notes)
    return article


def _string(record: dict, key: str, source: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    if key == "id" and isinstance(value, int):
        value = str(value)
    if not isinstance(value, str):
        raise ArticleError(source, f"{key}: {value!r} is {type(value).__name__}, not a string")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ArticleError(source, f"{key}: half of a surrogate pair at character {error.start}") from error
    return value.strip() if key in ("id", "date", "publisher", "url") else value


def _date(value: str | None, notes: list[str]) -> dt.date | None:
    if not value:
        return None
    from kg.read.dates import record_date

    if (found := record_date(value)) is None:
        notes.append(f"the date {value!r} is no date")
    return found
