"""The XML parts of documents that are zip archives: opened within limits, parsed without entities or network."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from kg.errors import ArticleError
from kg.read.formats.source import Source
from kg.read.limits import LIMITS, check_size, megabytes

_FAULTS = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError, ValueError, KeyError, IndexError)


@contextmanager
def opened(source: Source, kind: str) -> Iterator[zipfile.ZipFile]:
    """The archive of a document; whatever is wrong with it is an ArticleError that names the kind of document."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.read())) as archive:
            yield archive
    except ArticleError:
        raise
    except _FAULTS as error:
        raise ArticleError(source.name, f"the file is no {kind}, or it is damaged: {_plain(error)}") from None


def part(archive: zipfile.ZipFile, name: str, source: Source, budget: Callable[[int], None]) -> bytes:
    """The bytes of a member, however large it claims to be; ``budget`` counts what the document unfolds to."""
    budget(archive.getinfo(name).file_size)
    with archive.open(name) as member:
        data = member.read(LIMITS.unpacked + 1)
    check_size(len(data), LIMITS.unpacked, source.name, f"{name} unfolds to more than")
    return data


def counted(source: Source, kind: str) -> Callable[[int], None]:
    """A counter of unpacked bytes that refuses what goes over the limit of one document."""
    total = 0

    def budget(size: int) -> None:
        nonlocal total
        total += size
        if total > LIMITS.unpacked:
            raise ArticleError(source.name, f"the {kind} unfolds to more than {megabytes(LIMITS.unpacked)}")

    return budget


def parsed(data: bytes, source: Source, name: str) -> Any:
    """The root of an XML part."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ArticleError(source.name, f"{name} is no XML: {error}") from None
    if root is None:
        raise ArticleError(source.name, f"{name} is empty")
    return root


def local(element: Any) -> str:
    """The name of an element without its namespace, empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _plain(error: Exception) -> str:
    return str(error).strip("'\"") or type(error).__name__
