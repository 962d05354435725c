"""CSV and TSV: one article a row, columns by name; read row by row in flat memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TextIO

from kg.errors import ArticleError
from kg.read.columns import chosen, load_columns, missing
from kg.read.formats.encoding import open_text
from kg.read.formats.headless import guessed_header
from kg.read.formats.source import Page, Source
from kg.read.limits import LIMITS, megabytes
from kg.read.records import record_page

_END = "\0end"  # a line behind the last one, which shows whether a quote is open there
_AGAIN = 20  # quotes that do not end, after which a table is given up
_SAMPLE = 50  # rows that tell what columns without names hold


def read(source: Source) -> Iterator[Page | ArticleError]:
    """The rows of a table of text; a row that gives no article is an ArticleError among the others."""
    with open_text(source) as file:
        rows = _rows(file, source)
        first = list(islice(rows, _SAMPLE))
        sample = [cells for _, cells in first if not isinstance(cells, ArticleError) and any(map(str.strip, cells))]
        if not sample:
            raise ArticleError(source.name, "the file is empty")
        yield from table_pages(chain(first, rows), sample, source)


def table_pages(
    rows: Iterable[tuple[int, Sequence[object] | ArticleError]],
    sample: Sequence[Sequence[object]],
    source: Source,
    sheet: str = "",
) -> Iterator[Page | ArticleError]:
    """Pages from numbered rows of cells, the first row the names of the columns (or, where it names none, by what the cells hold)."""
    header, skip = _header(sample, source)
    for number, cells in rows:
        if isinstance(cells, ArticleError):
            yield cells
            continue
        if not any(cell not in (None, "") for cell in cells):
            continue
        if skip:
            skip -= 1
            continue
        where = f"{sheet}:{number}"
        try:
            yield record_page(_record(header, cells, source.name + where), source, where)
        except ArticleError as error:
            yield error


def _header(sample: Sequence[Sequence[object]], source: Source) -> tuple[list[str], int]:
    """The names of the columns, and how many rows stand above the data."""
    for number, cells in enumerate(sample[:5]):  # some exports have a line of words above the names
        names = ["" if cell is None else str(cell).strip() for cell in cells]
        if "text" in chosen(names, source.columns) or len(set(chosen(names, source.columns))) >= 3:
            if "text" not in chosen(names, source.columns):
                raise ArticleError(source.name, missing(names, source.columns, "table"))
            return names, number + 1
    if (guess := guessed_header(sample)) is not None and not source.columns:
        return guess, 0
    raise ArticleError(
        source.name, missing(["" if cell is None else str(cell)[:40] for cell in sample[0]][:20], source.columns, "table")
    )


def _record(header: Sequence[str], cells: Sequence[object], place: str) -> dict[str, object]:
    extra = [cell for cell in cells[len(header) :] if cell not in (None, "")]
    if extra:
        raise ArticleError(
            place, f"the row has {len(cells)} cells and the header {len(header)}: is a mark between cells not quoted?"
        )
    if len(cells) < len(header) and "text" in chosen(header, {}) and "text" not in chosen(header[: len(cells)], {}):
        raise ArticleError(
            place, f"the row has {len(cells)} cells and the header {len(header)}: does a line break stand outside quotes?"
        )
    record: dict[str, object] = {}
    for name, cell in zip(header, cells):
        if name:
            record.setdefault(name, cell)
    return record


def _rows(file: TextIO, source: Source) -> Iterator[tuple[int, list[str] | ArticleError]]:
    """Rows with the line that each begins on. A quote that does not end costs its row: the lines behind it are read anew."""
    head = file.readline(LIMITS.record)
    mark = _delimiter(head, source)
    pending, start, again = chain([head], _bounded(file, source.name), [_END]), 1, 0
    csv.field_size_limit(LIMITS.record)
    while True:
        taken: list[str] = []
        reader = csv.reader(_kept(pending, taken), delimiter=mark)
        try:
            for row in reader:
                if row and row[-1].endswith(_END):
                    if len(taken) == 1 and row == [_END]:
                        return
                    raise csv.Error  # the quote is open still
                if row:
                    yield start, row
                start += len(taken)
                taken.clear()
            return
        except csv.Error:
            again += 1
            yield start, ArticleError(f"{source.name}:{start}", "a quote that opens in this row does not end")
            if again > _AGAIN:
                raise ArticleError(f"{source.name}:{start}", "rows from here on are not read: quotes do not end") from None
            pending, start = chain(taken[1:], pending), start + 1
        except UnicodeDecodeError as error:
            raise ArticleError(f"{source.name}:{start}", f"the file breaks as {error.encoding}: {error.reason}") from None


def _kept(lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    """Lines, each put into a list as it is taken; no more of them than one record may have."""
    size = 0
    for line in lines:
        size = len(line) if not taken else size + len(line)
        taken.append(line)
        if size > LIMITS.record:
            raise csv.Error
        yield line


def _bounded(file: TextIO, source: str) -> Iterator[str]:
    while line := file.readline(LIMITS.record):
        if len(line) >= LIMITS.record:
            raise ArticleError(source, f"a line is longer than {megabytes(LIMITS.record)}")
        yield line


def _delimiter(head: str, source: Source) -> str:
    """The mark between cells: tabs in TSV, else the one under which the first line has most known names, then most cells."""
    if source.suffix in (".tsv", ".tab"):
        return "\t"
    known = set(chain.from_iterable(load_columns().names.values()))

    def fit(mark: str) -> tuple[int, int]:
        cells = next(csv.reader([head], delimiter=mark), [])
        return len(chosen(cells, source.columns)) if known else 0, len(cells)

    return max(",\t;|", key=fit)
