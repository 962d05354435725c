"""XLSX workbooks: one article a row of the first sheet (or sheets) whose columns have names; read row by row."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from kg.errors import ArticleError
from kg.read.formats.delimited import table_pages
from kg.read.formats.source import Page, Source, needed
from kg.read.limits import LIMITS, check_size

_SAMPLE = 50
_FAULTS = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    RuntimeError,
    SyntaxError,
)


def read(source: Source) -> Iterator[Page | ArticleError]:
    """The rows of a workbook."""
    openpyxl = needed("openpyxl", "openpyxl", source.name)
    _check(source)
    with source.open() as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that openpyxl does not know
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            names = list(book.sheetnames)
        except _FAULTS as error:
            raise ArticleError(source.name, f"the file is no XLSX: {type(error).__name__}: {error}") from None
        refusals, read_any = [], False
        for name in names:
            try:
                sheet = book[name]
                if not hasattr(sheet, "iter_rows"):
                    continue
                sheet.reset_dimensions()  # files say A1 where they hold more
                rows = (
                    (number, cells) for number, cells in enumerate(_cells(sheet, source), 1) if any(c is not None for c in cells)
                )
                first = list(islice(rows, _SAMPLE))
                if not first:
                    continue
                width = max(len(cells) for _, cells in first)
                pages = table_pages(
                    ((n, cells) for n, cells in chain(first, rows)),
                    [cells[:width] for _, cells in first],
                    source,
                    f"!/{name}" if len(names) > 1 else "",
                )
                for page in pages:
                    read_any = True
                    yield page
            except ArticleError as error:
                refusals.append(f"sheet {name!r}: {error.reason}")
        if not read_any:
            raise ArticleError(source.name, "; ".join(refusals[:3]) or "the workbook has no rows")


def _cells(sheet: Any, source: Source) -> Iterator[Sequence[object]]:
    try:
        for row in sheet.iter_rows(values_only=True):
            cells = list(row)
            while cells and cells[-1] is None:
                cells.pop()
            yield cells
    except _FAULTS as error:
        raise ArticleError(source.name, f"the workbook breaks: {type(error).__name__}: {error}") from None


def _check(source: Source) -> None:
    """Refuse what is no workbook, and one that unfolds too far, before anything is unfolded."""
    try:
        with source.open() as file, zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ArticleError(source.name, f"the file is no XLSX: {error}") from None
    check_size(sum(info.file_size for info in infos), LIMITS.workbook, source.name, "the workbook unfolds to")
    if not any(info.filename.startswith("xl/") for info in infos):
        raise ArticleError(source.name, "the file is no XLSX: no xl/ in it")
