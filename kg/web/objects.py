"""Files of object stores and other file systems that fsspec knows: ``s3://…``, ``gs://…``, ``hdfs://…``, each read when its turn comes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.errors import ArticleError, UsageError
from kg.read.formats.source import Source, Unreadable, shown

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_SCHEME = re.compile(r"(?!https?://)[a-z][a-z0-9+.-]+(?:://|::)", re.I)


def is_object(one: object) -> bool:
    """Whether an input lies in a file system that has an address of its own.

    >>> [is_object(one) for one in ("s3://news/2024", "https://example.org/a", "in/a.txt", "C:/a.txt")]
    [True, False, False, False]
    """
    return isinstance(one, str) and _SCHEME.match(one) is not None


def objects(
    addresses: Sequence[str], on_error: Callable[[ArticleError], None], columns: Mapping[str, str] | None = None
) -> Iterator[Source]:
    """The files at and below some addresses, in the order of their names; what cannot be listed goes to ``on_error``.

    UsageError where fsspec, or what it needs for the kind of address (s3fs, gcsfs), is not installed.
    """
    asked = tuple(dict.fromkeys(addresses))
    if not asked:
        return
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError(f"{shown(asked[0])}: needs fsspec: pip install 'presskg[objects]'") from error
    for address in asked:
        try:
            system, path = url_to_fs(address)
        except (ImportError, ValueError) as error:  # fsspec names the package, or the kind that it does not know
            raise UsageError(f"{shown(address)}: {error}") from error
        where = shown(system.unstrip_protocol(path))  # as its files are named, which stay where it cannot be listed
        try:
            found = system.find(path, detail=True)
        except Exception as error:  # each kind of store has faults of its own
            on_error(Unreadable(where, f"cannot be listed: {type(error).__name__}: {error}"))
            continue
        if not found:
            on_error(Unreadable(where, "there is no such file or folder, or it is empty"))
        for name in sorted(found):
            if not any(part.startswith(".") for part in PurePosixPath(name).parts):
                yield _as_source(system, name, found[name], columns or {})


def _as_source(system: AbstractFileSystem, name: str, said: Mapping[str, Any], columns: Mapping[str, str]) -> Source:
    address = shown(system.unstrip_protocol(name))
    where = PurePosixPath(name)
    return Source(
        name=address,
        stem=shown(where.stem),
        suffix=where.suffix.lower(),
        size=int(said.get("size") or 0),
        open=partial(_opened, system, name, address),
        columns=columns,
    )


def _opened(system: AbstractFileSystem, name: str, address: str) -> BinaryIO:
    try:
        file: BinaryIO = system.open(name, "rb")
    except Exception as error:  # each kind of store has faults of its own
        raise Unreadable(address, f"cannot be opened: {type(error).__name__}: {error}") from error
    return file
