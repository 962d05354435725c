"""The command line: ``kg build``, ``query``, ``view``, ``check``, ``score`` …

Exit codes: 0 good, 1 the data violates what was checked, 2 bad input or usage. Answers go to standard output, everything else to
standard error, so that output can be piped.
"""

from __future__ import annotations

import sys
from typing import Annotated, Optional

import typer

from kg.cli.base import app
from kg.cli.korean import chosen, known, translated
from kg.errors import PressKGError
from kg.screen import tell
from kg.speech import language
from kg.version import __version__

# isort: off
from kg.cli import make, sources, ask, judge, share  # noqa: F401 - they register, in the order of kg --help

# isort: on

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
    lang: Annotated[
        Optional[str],
        typer.Option(
            metavar="ko|en",
            show_default=False,
            help="The language of messages, help and reports; of the pages too where a command makes some. [default: by the locale]",
        ),
    ] = None,
) -> None:
    """PressKG: a knowledge graph from Korean press releases and news articles, every statement with its words."""
    known(lang)


def main() -> None:
    """Run the command line; what PressKG raises on purpose becomes one line and exit code 2."""
    language.set(chosen(sys.argv[1:]))
    for stream in (sys.stdout, sys.stderr):  # Korean comes out whole whatever the locale says
        stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        translated(typer.main.get_command(app))(prog_name="kg")
    except PressKGError as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def _fail(message: str) -> None:
    tell(f"kg: {' '.join(message.split())}")
    raise SystemExit(2)
