"""The peak memory of taking the records of corpora of several sizes in each format that holds many articles, each in a process of its own."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from html import escape
from itertools import islice
from pathlib import Path

from kg.bench.stages import apart, peak
from kg.knowledge.resources import resource

FIELDS = ("id", "title", "date", "text")
_MEMBERS = 9_000  # files of an archive, which may hold 10,000
_ROWS = 1_000  # of a group in a Parquet file


def rows(size: int) -> Iterator[dict[str, str]]:
    """Articles under other names whose texts have so many bytes together: those of the samples again and again."""
    from kg.read.files import read

    samples = [article for article in read([resource("data", "articles")], on_error=lambda error: None) if article.title]
    number = 0
    while size > 0:
        sample = samples[number % len(samples)]
        number += 1
        size -= len(sample.text().encode())
        yield dict(zip(FIELDS, (f"a{number}", sample.title or "", "2026-03-05", sample.text())))


def write_table(path: Path, size: int) -> None:
    """CSV or TSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t" if path.suffix == ".tsv" else ",")
        table.writerow(FIELDS)
        table.writerows(row.values() for row in rows(size))


def write_json(path: Path, size: int) -> None:
    """JSON Lines, or a list."""
    between, ends = ("\n", ("", "\n")) if path.suffix == ".jsonl" else (",\n", ("[", "]\n"))
    with path.open("w", encoding="utf-8") as file:
        file.write(ends[0])
        for number, row in enumerate(rows(size)):
            file.write((between if number else "") + json.dumps(row, ensure_ascii=False))
        file.write(ends[1])


def write_feed(path: Path, size: int) -> None:
    """RSS or Atom."""
    head, entry, tail = _FEEDS[path.suffix]
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        for row in rows(size):
            file.write(entry.format(**{key: escape(words) for key, words in row.items()}))
        file.write(tail)


_FEEDS = {
    ".rss": (
        "<rss version='2.0'><channel><title>PressKG</title>\n",
        "<item><guid>{id}</guid><title>{title}</title><pubDate>{date}</pubDate><description>{text}</description></item>\n",
        "</channel></rss>\n",
    ),
    ".atom": (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>PressKG</title>\n",
        "<entry><id>{id}</id><title>{title}</title><published>{date}</published><content type='text'>{text}</content></entry>\n",
        "</feed>\n",
    ),
}


def write_workbook(path: Path, size: int) -> None:
    """XLSX with the texts in its cells, as programs write that write row by row."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(FIELDS)
    for row in rows(size):
        sheet.append(list(row.values()))
    book.save(path)


def write_parquet(path: Path, size: int) -> None:
    """Parquet in groups of rows."""
    from pyarrow import Table, parquet, schema, string

    found = rows(size)
    fields = schema([(field, string()) for field in FIELDS])
    with closing(parquet.ParquetWriter(path, fields)) as file:
        while group := list(islice(found, _ROWS)):
            file.write_table(Table.from_pylist(group, fields))


def write_archive(path: Path, size: int) -> None:
    """A zip archive of JSON Lines, as many files as an archive may have or one an article."""
    found, many = rows(size), max(1, size // 2_000 // _MEMBERS)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, group in enumerate(iter(lambda: list(islice(found, many)), [])):
            archive.writestr(f"{number}.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in group))


WRITERS: Mapping[str, Callable[[Path, int], None]] = {
    ".csv": write_table,
    ".tsv": write_table,
    ".json": write_json,
    ".jsonl": write_json,
    ".rss": write_feed,
    ".atom": write_feed,
    ".xlsx": write_workbook,
    ".parquet": write_parquet,
    ".zip": write_archive,
}


def read_whole(path: Path) -> tuple[int, float]:
    """How many records a file gives, and the most memory that taking them one by one took, in MB."""
    from kg.read.formats import Page, pages
    from kg.read.formats.source import on_disk

    return sum(isinstance(page, Page) for page in pages(on_disk(path))), peak()


def table(sizes: Sequence[int], folder: Path) -> Iterator[str]:
    """Rows of a table for a page, one a format: of each size, in MB of text, the articles and the peak."""
    yield "| format | " + " | ".join(f"{size:,} MB: articles | peak, MB" for size in sizes) + " |"
    yield "| --- |" + " ---: | ---: |" * len(sizes)
    for suffix, write in WRITERS.items():
        cells = []
        for size in sizes:
            path = folder / f"corpus{suffix}"
            apart(write, path, size * 1_000_000)
            articles, most = apart(read_whole, path)
            path.unlink()
            cells += [f"{articles:,}", f"{most:,.0f}"]
        yield f"| {suffix[1:]} | {' | '.join(cells)} |"
