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

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


def reader(folder: Path, python: Sequence[str] = (sys.executable,), made: Path | None = None) -> Path:
    """A folder as a reader has it after ``make graph``: the repository's data, the ``kg`` command, and ``out``, built or a copy."""
    (folder / "data").symlink_to(ROOT / "data")
    program = folder / "bin" / "kg"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.join(python)} -m kg "$@"\n', encoding="utf-8")
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


def steps(text: str) -> list[tuple[str, str]]:
    """The commands of a ``console`` block, each with what it is said to print.

    >>> steps("$ a\\n1\\n$ b\\n")
    [('a', '1\\n'), ('b', '')]
    """
    found = re.split(r"^\$ ", text, flags=re.M)
    if found[0].strip() or len(found) < 2:
        raise ValueError(f"a console block begins with a command: {text[:40]!r}")
    return [(command, printed) for command, _, printed in (step.partition("\n") for step in found[1:])]


def current(page: str, folder: Path) -> str:
    """The page with what its commands print now; a block with ``…`` stays for a person to mend."""

    def block(match: re.Match[str]) -> str:
        kind, text = match.groups()
        if kind != "console" or "\n…\n" in f"\n{text}":
            return match[0]
        return "```console\n" + "".join(f"$ {command}\n{shell(folder, command)}" for command, _ in steps(text)) + "```"

    return BLOCK.sub(block, page)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        PAGE.write_text(current(PAGE.read_text(encoding="utf-8"), reader(Path(made))), encoding="utf-8")
