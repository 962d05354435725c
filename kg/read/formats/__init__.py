"""The registry of formats: which module reads a file, by the suffix of its name.

Each module has ``read(source)``, which gives pages, or an ``ArticleError`` for a record, entry or member that gives none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module

from kg.errors import ArticleError
from kg.read.formats.encoding import decode
from kg.read.formats.source import Page, Source

_HERE = "kg.read.formats"
READERS: Mapping[str, str] = {
    **dict.fromkeys((".txt", ".md", ".text", ".markdown"), f"{_HERE}.plain:read"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "kg.read.html:read"),
    **dict.fromkeys((".mhtml", ".mht"), f"{_HERE}.mhtml:read"),
    ".docx": f"{_HERE}.docx:read",
    ".hwpx": f"{_HERE}.hwpx:read",
    ".hwp": f"{_HERE}.hwp:read",
    ".pdf": f"{_HERE}.pdf:read",
    ".eml": f"{_HERE}.mail:read",
    **dict.fromkeys((".rss", ".atom", ".xml", ".rdf"), f"{_HERE}.feed:read"),
    **dict.fromkeys((".csv", ".tsv", ".tab"), f"{_HERE}.delimited:read"),
    ".xlsx": f"{_HERE}.sheet:read",
    ".parquet": f"{_HERE}.parquet:read",
    **dict.fromkeys((".jsonl", ".ndjson"), f"{_HERE}.jsons:read_lines"),
    ".json": f"{_HERE}.jsons:read_document",
    ".zip": f"{_HERE}.archive:read",
}
_OLD = {".xls": "XLSX or CSV", ".doc": "DOCX", ".hml": "HWPX", ".rtf": "DOCX", ".odt": "DOCX"}  # what to save it as


def pages(source: Source) -> Iterator[Page | ArticleError]:
    """The pages of a file; what is wrong with the whole of it raises an ArticleError that says why.

    >>> import io
    >>> data = "제목\\n\\n본문이다.".encode("cp949")
    >>> source = Source(name="a.txt", stem="a", suffix=".txt", size=len(data), open=lambda: io.BytesIO(data))
    >>> [page.text for page in pages(source)]
    ['제목\\n\\n본문이다.']
    """
    if source.suffix not in READERS:
        more = f" (saved as {_OLD[source.suffix]} it is)" if source.suffix in _OLD else ""
        raise ArticleError(
            source.name,
            f"the format {source.suffix or 'without a suffix'!r} is not read{more}; read are: {', '.join(sorted(READERS))}",
        )
    if source.inside and source.suffix in (".zip", ".eml"):
        raise ArticleError(source.name, "an archive within another file is not opened")
    module, _, function = READERS[source.suffix].partition(":")
    try:
        found = getattr(import_module(module), function)(source)
        yield from found
    except (ArticleError, GeneratorExit):
        raise
    except ImportError as error:
        raise ArticleError(source.name, f"the reader of {source.suffix} does not import: {error}") from None
    except (MemoryError, RecursionError) as error:
        raise ArticleError(source.name, f"the file cannot be read: {type(error).__name__}") from None
    except OSError as error:
        raise ArticleError(source.name, f"the file cannot be read: {error.strerror or error}") from None
    except Exception as error:  # whatever one file brings about, the others go on, and the report says so
        raise ArticleError(source.name, f"the file cannot be read: {type(error).__name__}: {error}") from error


def member_pages(source: Source, where: str, identifier: str) -> Iterator[Page | ArticleError]:
    """The pages of a file inside another one, each with its place and an identifier."""
    try:
        for page in pages(source):
            if isinstance(page, Page):
                page = replace(page, where=where + page.where, identifier=page.identifier or identifier)
            yield page
    except ArticleError as error:
        yield error


__all__ = ["READERS", "Page", "Source", "decode", "member_pages", "pages"]
