"""The README's blocks: found, run, and (``python -m docs.readme``) brought up to date with what their commands print now."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from docs.blocks import BLOCK, steps

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "README.md"


def reader(folder: Path, python: Sequence[str] = (sys.executable,), made: Path | None = None) -> Path:
    """A folder as a reader has it after ``make graph``: the repository's data, ``kg`` and ``python``, and ``out``, built or a copy."""
    (folder / "data").symlink_to(ROOT / "data")
    (folder / "bin").mkdir()
    for name, words in (("kg", (*python, "-m", "kg")), ("python", python)):
        program = folder / "bin" / name
        program.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    if made is None:
        shell(folder, "kg build data/articles --out out")
    else:
        shutil.copytree(made, folder / "out")
    return folder


def environment(folder: Path) -> dict[str, str]:
    """What commands of the page find around them."""
    return {**os.environ, "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "COLUMNS": "120"}


def shell(folder: Path, command: str) -> str:
    """What a command prints; it has to end well."""
    said = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment(folder), capture_output=True, encoding="utf-8", timeout=300
    )
    if said.returncode:
        raise AssertionError(f"$ {command}\n{said.stderr}")
    return said.stdout


def current(page: str, folder: Path) -> str:
    """The page with what its commands print now; a block with ``…`` stays for a person to mend."""

    def block(match: re.Match[str]) -> str:
        kind, _, text = match.groups()
        if kind != "console" or "\n…\n" in f"\n{text}":
            return match[0]
        return "```console\n" + "".join(f"$ {command}\n{shell(folder, command)}" for command, _ in steps(text)) + "```"

    return BLOCK.sub(block, page)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        PAGE.write_text(current(PAGE.read_text(encoding="utf-8"), reader(Path(made))), encoding="utf-8")
