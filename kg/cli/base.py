"""What every command needs: the app, the common arguments, and one way to write answers and to show progress."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Optional

import typer

from kg.screen import clean

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="PressKG: a knowledge graph from Korean press releases and news articles, every statement with its words.",
    epilog="Exit codes: 0 good, 1 the data violates what was checked, 2 bad input or usage.",
)
Out = Annotated[Path, typer.Argument(metavar="OUT", help="A folder that 'kg build' made.", show_default=False)]

Factuality = Annotated[
    Optional[list[str]],
    typer.Option(
        "--factuality",
        metavar="VALUE",
        show_default=False,
        help="Also what articles only say so of: reported, doubted, postponed, cancelled, denied, or all; may be repeated.",
    ),
]

MinConfidence = Annotated[
    Optional[str],
    typer.Option(
        "--min-confidence",
        metavar="N|strict",
        show_default=False,
        help="Only statements that are as sure: a number from 0 to 1, or strict for one of each relation (data/confidence.toml).",
    ),
]


Formulas = Annotated[
    bool, typer.Option("--formulas", help="Keep cells of CSV that begin like formulas as they are; spreadsheets run them.")
]


Columns = Annotated[
    Optional[str],
    typer.Option(
        metavar="FIELD=NAME,...",
        show_default=False,
        help="What columns of tables and keys of records hold: title=제목,text=본문.",
    ),
]
Private = Annotated[bool, typer.Option("--private", help="Ask addresses of this machine and of private networks too.")]


def show(text: str, *, exact: bool = False) -> None:
    """Write an answer; a reader that closes the pipe early, as head does, is no error.

    Control characters become signs for them, but not in data (``exact``) that a program reads or a file takes.
    """
    try:
        sys.stdout.write(text if exact and not sys.stdout.isatty() else clean(text))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None


def as_json(value: object) -> str:
    """A value as the text that ``--json`` writes."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


@contextmanager
def progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on a terminal, which takes what is done and how much there is; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, all_: bar.update(task, completed=done, total=all_)
