"""Writes ``docs/commands.md`` and its Korean from the commands' own help; a test holds the pages to it."""

from __future__ import annotations

import sys
from pathlib import Path

PAGES = {"en": Path(__file__).with_name("commands.md"), "ko": Path(__file__).parent / "ko" / "commands.md"}
HEADS = {
    "en": "# The commands of `kg`\n\nWritten by `make docs` from `kg COMMAND --help`.\n",
    "ko": "# `kg`의 명령\n\n`make docs`가 `kg --lang ko 명령 --help`에서 그대로 옮깁니다. 무엇을 하려는지에 따라 고르는 표는\n"
    "[소개](index.md)에 있습니다.\n",
}


def page(lang: str) -> str:
    """The help of ``kg`` and of each command in a language, as Markdown; Korean changes what the library says, so it has a process of its own."""
    import typer

    from kg.cli import app
    from kg.cli.korean import translated
    from kg.speech import language

    language.set(lang)
    kg = translated(typer.main.get_command(app))

    def shown(context: typer.Context) -> str:
        return "```text\n" + "".join(line.rstrip() + "\n" for line in context.get_help().strip().splitlines()) + "```\n"

    top = kg.make_context("kg", [], resilient_parsing=True, terminal_width=100, color=False)
    parts = [
        (name, command.make_context(name, [], parent=top, resilient_parsing=True, terminal_width=100))
        for name, command in kg.commands.items()
    ]
    return "\n".join([HEADS[lang], shown(top), *(f"## kg {name}\n\n{shown(context)}" for name, context in parts)])


if __name__ == "__main__":
    if lang := "".join(sys.argv[1:]):
        sys.stdout.write(page(lang))
    else:
        import subprocess

        for lang, path in PAGES.items():
            path.write_text(
                subprocess.run(
                    [sys.executable, "-m", "docs.make_commands", lang], check=True, capture_output=True, encoding="utf-8"
                ).stdout,
                encoding="utf-8",
            )
