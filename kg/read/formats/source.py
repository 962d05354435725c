"""What a reader is given and what it gives: an opened file, and pages with what the file says about them."""

from __future__ import annotations

import datetime as dt
import importlib
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import ArticleError
from kg.read.limits import LIMITS, check_size, megabytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The text that was taken out of a file, or of one record or entry in it.

    ``title`` only where it is apart from the text; ``identifier`` only where the file gives one; ``where`` is the place in the
    file, put behind its name (``:12`` a line or row, ``!/`` a member). ``titles`` and ``sites`` are hints of markup, ``headlines`` forms of
    the one headline that a page states, ``marks`` what markup says of stretches of the text (``link``, ``aside``, ``caption``).
    """

    text: str
    title: str | None = None
    date: dt.date | None = None
    modified: dt.date | None = None
    section: str | None = None
    publisher: str | None = None
    url: str | None = None
    identifier: str | None = None
    where: str = ""
    notes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    marks: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that can be opened: its name for messages, its suffix, how large it says it is, and the columns that are asked for."""

    name: str
    stem: str
    suffix: str
    size: int
    open: Callable[[], BinaryIO] = field(repr=False)
    columns: Mapping[str, str] = field(default_factory=dict)
    inside: bool = False  # a member of an archive or an attachment
    url: str | None = None  # where on the web it was found

    def read(self, limit: int = LIMITS.file) -> bytes:
        """All bytes, or an ArticleError where there are none or too many, whatever size was claimed."""
        check_size(self.size, limit, self.name, "the file has")
        with self.open() as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise ArticleError(self.name, f"the file has more than the {megabytes(limit)} that one file may have")
        if not data:
            raise ArticleError(self.name, "the file is empty")
        return data


class Unreadable(ArticleError):
    """A file or folder is there and cannot be read now: what is known of it from before stays."""


def on_disk(path: Path, columns: Mapping[str, str] | None = None) -> Source:
    """A regular file as a source; whatever else stands there (a pipe, a device, a socket) is an ArticleError that says what it is."""
    name = shown(path)
    try:
        with _opened(path) as file:
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise Unreadable(name, f"cannot be opened: {error.strerror or error}") from error
    return Source(
        name=name,
        stem=shown(Path(path.name).with_suffix("") if path.suffix else Path(path.name)),
        suffix=path.suffix.lower(),
        size=size,
        open=lambda: _opened(path),
        columns=columns or {},
    )


_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
    stat.S_IFDIR: "a folder",
}


def _opened(path: Path) -> BinaryIO:
    """A regular file, opened without waiting for whoever writes into a pipe."""
    mode = os.stat(path).st_mode
    if stat.S_ISREG(mode):
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        mode = os.fstat(number).st_mode
        if stat.S_ISREG(mode):
            return os.fdopen(number, "rb")
        os.close(number)  # it was changed under us
    raise ArticleError(shown(path), f"is {_KINDS.get(stat.S_IFMT(mode), 'something else')}; only regular files are read")


def shown(path: Path | str) -> str:
    """A path for people: names that are no UTF-8 as the Korean encoding that they are in, or with their bytes spelled out.

    >>> shown(os.fsdecode("명.txt".encode("cp949")))
    '명.txt'
    """
    name = path.as_posix() if isinstance(path, Path) else path
    try:
        name.encode("utf-8")
        return name
    except UnicodeEncodeError:
        raw = os.fsencode(name)
    try:
        return raw.decode("cp949")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "backslashreplace")


def needed(module: str, package: str, source: str, extra: str = "formats") -> Any:
    """An optional package, or an ArticleError that says how to install it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        how = f"pip install 'presskg[{extra}]' (in a checkout: .venv/bin/pip install '.[{extra}]')"
        raise ArticleError(source, f"reading this format needs the package {package}: {how}") from None
