"""Tables of numbers as values, and how they are written: for a terminal, as CSV, JSON and Markdown."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError
from kg.graph.spreadsheet import as_csv

FORMATS = ("table", "csv", "json", "markdown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One view of the graph: a name for files, titles for people, rows of words and numbers."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """All tables of a graph."""

    tables: tuple[Table, ...]

    def __getitem__(self, name: str) -> Table:
        found = [table for table in self.tables if table.name == name]
        if not found:
            raise UsageError(f"table {name!r} is not known; allowed: {', '.join(table.name for table in self.tables)}")
        return found[0]


def render(
    found: Stats, form: str = "table", *, table: str | None = None, width: int | None = None, formulas: bool = False
) -> str:
    """All tables, or the one named, as text; ``csv`` writes one table and needs its name, ``write_csv`` writes all.

    >>> hosts = Table(name="cohosts", title="함께 여는 기관", columns=("기관", "기관", "행사"), rows=(("한국수자원공사", "환경부", 1),))
    >>> print(render(Stats(tables=(hosts,)), "csv", table="cohosts"), end="")
    기관,기관,행사
    한국수자원공사,환경부,1
    """
    if form not in FORMATS:
        raise UsageError(f"format {form!r} is not known; allowed: {', '.join(FORMATS)}")
    tables = found.tables if table is None else (found[table],)
    if form == "json":
        rows = {t.name: {"title": t.title, "columns": t.columns, "rows": t.rows} for t in tables}
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        if len(tables) > 1:
            raise UsageError(f"csv holds one table; name it, or a folder for all: {', '.join(t.name for t in tables)}")
        return _csv(tables[0], formulas)
    write = _markdown if form == "markdown" else _text
    return "\n".join(write(t, width) for t in tables)


def write_csv(found: Stats, folder: Path | str, *, formulas: bool = False) -> tuple[Path, ...]:
    """Every table as a file of its own in a folder."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    paths = []
    for table in found.tables:
        path = target / f"{table.name}.csv"
        path.write_text(_csv(table, formulas), encoding="utf-8", newline="")
        paths.append(path)
    return tuple(paths)


def _csv(table: Table, formulas: bool) -> str:
    return as_csv(table.columns, table.rows, formulas=formulas)


def _cell(value: str | float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:g}" if isinstance(value, float) else value


def _text(table: Table, width: int | None) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    drawn = Drawn(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, head in enumerate(table.columns):
        right = bool(table.rows) and not isinstance(table.rows[0][number], str)
        drawn.add_column(Text(head), overflow="fold", justify="right" if right else "left")
    for row in table.rows:
        drawn.add_row(*(Text(_cell(value)) for value in row))
    shown = io.StringIO()
    console = Console(file=shown, width=width, color_system=None, legacy_windows=False)
    console.print(drawn)
    return f"{table.title} ({table.name})\n" + "".join(line.rstrip() + "\n" for line in shown.getvalue().splitlines())


def _markdown(table: Table, width: int | None) -> str:
    def line(cells: Iterable[str]) -> str:
        return f"| {' | '.join(cell.replace('|', chr(92) + '|').replace('<', '&lt;') for cell in cells)} |\n"

    return (
        f"## {table.title}\n\n"
        + line(table.columns)
        + "|"
        + " --- |" * len(table.columns)
        + "\n"
        + "".join(line(map(_cell, row)) for row in table.rows)
    )
