"""The command line in Korean: which language a call wants, and the help of every command in it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from typing import Any

from kg.errors import UsageError
from kg.screen import tell
from kg.speech import LANGUAGES, book, here, language


def chosen(arguments: Sequence[str]) -> str:
    """The language of a call: that of ``--lang`` before the command, else that of the locale.

    >>> chosen(["--lang", "ko", "build"]), chosen(["--lang=en", "--help"])
    ('ko', 'en')
    """
    wanted = None
    rest = list(arguments)
    while rest and rest[0].startswith("-"):
        word = rest.pop(0)
        if word == "--lang" and rest:
            wanted = rest.pop(0)
        elif word.startswith("--lang="):
            wanted = word.partition("=")[2]
    return wanted if wanted in LANGUAGES else here()


def known(lang: str | None) -> None:
    """A language that is none is refused."""
    if lang is not None and lang not in LANGUAGES:
        raise UsageError(f"language {lang!r} is not known; allowed: {', '.join(LANGUAGES)}")


def translated(command: Any) -> Any:
    """A command with all under it, its help in the language of this call."""
    if language.get() == "ko":
        _frame()
        _walk(command)
    return command


def helped(text: str) -> str:
    """The Korean of a text of help, by its first line."""
    korean = book()["help"].get(text.strip().partition("\n")[0])
    return text if korean is None else korean


def _walk(command: Any) -> None:
    for name in ("help", "epilog", "short_help"):
        if words := getattr(command, name, None):
            setattr(command, name, helped(words))
    for parameter in command.params:
        if words := getattr(parameter, "help", None):
            parameter.help = helped(words)
    made = command.get_help_option

    def help_option(context: Any) -> Any:
        option = made(context)
        if option is not None:
            option.help = helped(option.help)
        return option

    command.get_help_option = help_option
    for under in getattr(command, "commands", {}).values():
        _walk(under)


def _frame() -> None:
    """What the library says by itself: headings of help, and what is wrong with a call."""
    words = book()["frame"]
    for name, module in list(sys.modules.items()):
        if name.startswith(("typer", "click")):
            if callable(getattr(module, "_", None)):
                module._ = lambda text: words.get(text, text)  # type: ignore[attr-defined]
            if name.endswith("exceptions") and hasattr(module, "UsageError"):
                module.UsageError.show, module.ClickException.show = map(
                    _told, (module.UsageError.show, module.ClickException.show)
                )
            if name.endswith("formatting") and hasattr(module, "HelpFormatter"):
                module.HelpFormatter.write_usage = _headed(module.HelpFormatter.write_usage, words["Usage:"])


def _told(show: Callable[..., None]) -> Callable[..., None]:
    """Say what a call lacks, line by line in the reader's language."""

    def said(error: Any, file: Any = None) -> None:
        lines = io.StringIO()
        show(error, lines)
        for line in lines.getvalue().splitlines():
            tell(line)

    return said


def _headed(write: Callable[..., None], head: str) -> Callable[..., None]:
    return lambda formatter, program, arguments="", prefix=None: write(formatter, program, arguments, prefix or f"{head} ")
