"""The command line: ``kg build``, ``query``, ``view``, ``check``, ``score`` …

Exit codes: 0 good, 1 the data violates what was checked, 2 bad input or usage. Answers go to standard output, everything else to
standard error, so that output can be piped.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

# isort: off
from kg.cli import make, sources, ask, judge, share  # noqa: F401 - they register, in the order of kg --help

# isort: on
from kg.cli.base import app
from kg.errors import PressKGError
from kg.screen import tell
from kg.version import __version__

__all__ = ["app", "main"]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """PressKG: a knowledge graph from Korean press releases and news articles, every statement with its words."""


def main() -> None:
    """Run the command line; what PressKG raises on purpose becomes one line and exit code 2."""
    for stream in (sys.stdout, sys.stderr):  # Korean comes out whole whatever the locale says
        stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app(prog_name="kg")
    except PressKGError as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def _fail(message: str) -> None:
    tell(f"kg: {' '.join(message.split())}")
    raise SystemExit(2)
