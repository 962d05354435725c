"""Writes ``docs/commands.md`` from the commands' own help; a test holds the page to it."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).with_name("commands.md")
HEAD = "# The commands of `kg`\n\nWritten by `make docs` from `kg COMMAND --help`.\n"


def page() -> str:
    """The help of ``kg`` and of each command, as Markdown."""
    import typer
    from typer.testing import CliRunner

    from kg.cli import app

    def shown(*words: str) -> str:
        result = CliRunner().invoke(app, [*words, "--help"], prog_name="kg", terminal_width=100, color=False)
        if result.exit_code:
            raise SystemExit(f"kg {' '.join(words)} --help: {result.output}")
        return "```text\n" + "".join(line.rstrip() + "\n" for line in result.output.strip().splitlines()) + "```\n"

    names = typer.main.get_command(app).commands
    return "\n".join([HEAD, shown(), *(f"## kg {name}\n\n{shown(name)}" for name in names)])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
