"""The tables of this folder as the scripts beside it read and write them: comments, columns, rows; what is read is written the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent


def rows(table: str) -> tuple[list[str], list[str], list[dict[str, str]]]:
    """The comments, the columns and the rows of a table."""
    lines = (HERE / table).read_text(encoding="utf-8").splitlines()
    notes = [line for line in lines if line.startswith("#")]
    head, *cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return notes, head, [dict(zip(head, row)) for row in cells]


def save(table: str, notes: Sequence[str], head: Sequence[str], found: Iterable[Mapping[str, str]]) -> None:
    """Write a table of comments, columns and rows."""
    text = "\n".join([*notes, "\t".join(head), *("\t".join(row[column] for column in head) for row in found)])
    (HERE / table).write_text(text + "\n", encoding="utf-8")
