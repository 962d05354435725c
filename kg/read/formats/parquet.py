"""Parquet tables: one article a row, read a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import ArticleError
from kg.read.columns import chosen, missing
from kg.read.formats.source import Page, Source, needed
from kg.read.records import record_page

_BATCH = 256


def read(source: Source) -> Iterator[Page | ArticleError]:
    """The rows of a Parquet file, of the columns that are read."""
    needed("pyarrow", "pyarrow", source.name, "parquet")
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    with source.open() as file:
        try:
            table = ParquetFile(file, memory_map=False, pre_buffer=False)
            names = table.schema_arrow.names
        except (ArrowException, OSError, ValueError) as error:
            raise ArticleError(source.name, f"the file is no Parquet: {error}") from None
        keys = chosen(names, source.columns)
        if "text" not in keys:
            raise ArticleError(source.name, missing(names, source.columns, "table"))
        number = 0
        try:
            for batch in table.iter_batches(batch_size=_BATCH, columns=[str(key) for key in keys.values()], use_threads=False):
                for record in batch.to_pylist():
                    number += 1
                    try:
                        yield record_page(record, source, f":{number}")
                    except ArticleError as error:
                        yield error
        except (ArrowException, OSError, ValueError) as error:
            raise ArticleError(f"{source.name}:{number + 1}", f"the table breaks: {error}") from None
        if not number:
            raise ArticleError(source.name, "the table has no rows")
