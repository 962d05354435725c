"""Data frames of pandas and polars as pages: one article a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import ArticleError
from kg.read.columns import chosen, missing
from kg.read.formats.source import Page, Source
from kg.read.records import record_page


def frame_pages(frame: Any, source: Source) -> Iterator[Page | ArticleError]:
    """The rows of a frame, of the columns that are read."""
    keys = chosen(list(frame.columns), source.columns)
    if "text" not in keys:
        raise ArticleError(source.name, missing(list(frame.columns), source.columns, "frame"))
    for number, record in enumerate(_records(frame, list(keys.values())), 1):
        try:
            yield record_page(record, source, f":{number}")
        except ArticleError as error:
            yield error


def _records(frame: Any, names: list[object]) -> Iterator[Mapping[object, object]]:
    if hasattr(frame, "iter_rows"):  # polars
        yield from frame.select(names).iter_rows(named=True)
        return
    for row in frame[names].itertuples(index=False, name=None):
        yield dict(zip(names, row))
