"""Zip archives: each file in one that has a format of its own, within limits; archives in archives are not opened."""

from __future__ import annotations

import contextlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from kg.errors import ArticleError
from kg.read.formats.source import Page, Source
from kg.read.limits import LIMITS, megabytes

_FAULTS = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError, ValueError)
_UTF8 = 0x800  # the flag of a member whose name is in UTF-8


def read(source: Source) -> Iterator[Page | ArticleError]:
    """The pages of the files in an archive, in the order of their names."""
    from kg.read.formats import member_pages

    try:
        with source.open() as file, zipfile.ZipFile(file) as archive:
            members = sorted(((_name(info), info) for info in archive.infolist() if not info.is_dir()), key=lambda pair: pair[0])
            members = [
                (name, info)
                for name, info in members
                if not any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(name).parts)
            ]
            if len(members) > LIMITS.members:
                raise ArticleError(source.name, f"the archive holds {len(members):,} files; the limit is {LIMITS.members:,}")
            if not members:
                raise ArticleError(source.name, "the archive holds no files")
            left = LIMITS.archive
            for name, info in members:
                where = f"!/{name}"
                try:
                    data = _unpacked(archive, info, min(left, LIMITS.file), source.name + where)
                except ArticleError as error:
                    yield error
                    if left < LIMITS.file:
                        return
                    continue
                left -= len(data)
                path = PurePosixPath(name)
                inner = Source(
                    name=source.name + where,
                    stem=path.stem,
                    suffix=path.suffix.lower(),
                    size=len(data),
                    open=partial(io.BytesIO, data),
                    columns=source.columns,
                    inside=True,
                )
                yield from member_pages(inner, where, path.stem)
    except ArticleError:
        raise
    except _FAULTS as error:
        raise ArticleError(source.name, f"the file is no zip archive, or it is damaged: {error}") from None


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; without the flag of UTF-8 it is in the Korean encoding that Windows writes."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("cp949")
    return name.replace("\\", "/").lstrip("/")


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, source: str) -> bytes:
    if info.flag_bits & 1:
        raise ArticleError(source, "the file is locked with a password")
    try:
        with archive.open(info) as member:
            data = member.read(limit + 1)
    except _FAULTS as error:
        raise ArticleError(source, f"the file in the archive is damaged: {error}") from None
    if len(data) > limit:
        what = "one file" if limit == LIMITS.file else "an archive"
        raise ArticleError(
            source,
            f"the file unfolds to more than the {megabytes(LIMITS.file if limit == LIMITS.file else LIMITS.archive)} of {what}",
        )
    return data
