"""The command line: ``kg build``, ``query``, ``view``, ``check``, ``score`` …

Exit codes: 0 good, 1 the data violates what was checked, 2 bad input or usage. Answers go to standard output, everything else to
standard error, so that output can be piped.
"""

from __future__ import annotations

import copy
import inspect
import io
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Optional

import typer
from typer.models import CommandInfo

from kg.cli.base import app
from kg.cli.korean import chosen, known, translated
from kg.errors import PressKGError
from kg.screen import tell
from kg.speech import language
from kg.threads import one_thread
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


def wanted(arguments: Sequence[str]) -> typer.Typer:
    """The app with the one command that a call is for, or with all of them, but no options, where it asks which there are.

    What a command takes is worked out from its annotations, for all of them longer than most answers do.

    >>> [c.callback.__name__ for c in wanted(["--lang", "ko", "query", "out"]).registered_commands]
    ['query']
    >>> len(wanted(["--help"]).registered_commands) == len(wanted(["qurey"]).registered_commands) == len(app.registered_commands)
    True
    """
    words = list(arguments)
    while words and words[0] == "--lang":
        del words[:2]
    asked = [command for command in app.registered_commands if words[:1] == [_name(command)]]
    if not asked and words[:1] not in ([], ["--help"], ["-h"]) or "_KG_COMPLETE" in os.environ:
        return app
    small = copy.copy(app)
    small.registered_commands = asked or [_told(command) for command in app.registered_commands]
    return small


def _name(command: CommandInfo) -> str:
    return command.name or typer.main.get_command_name(command.callback.__name__)  # type: ignore[union-attr]


def _told(command: CommandInfo) -> CommandInfo:
    """A command that has its name and its help and takes nothing."""
    told = copy.copy(command)
    told.name, told.help, told.callback = _name(command), command.help or inspect.getdoc(command.callback), _nothing
    return told


def _nothing() -> None:
    """In the place of a command that is only listed."""


def main() -> None:
    """Run the command line; what PressKG raises on purpose becomes one line and exit code 2."""
    one_thread()
    language.set(chosen(sys.argv[1:]))
    for stream in (sys.stdout, sys.stderr):  # Korean comes out whole whatever the locale says
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        translated(typer.main.get_command(wanted(sys.argv[1:])))(prog_name="kg")
    except PressKGError as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def _fail(message: str) -> None:
    tell(f"kg: {' '.join(message.split())}")
    raise SystemExit(2)
