"""The blocks of code on a page, and who follows them from top to bottom: its files written, its commands and code run, its answers compared.

It needs nothing beside Python, for ``make newcomer`` follows pages before anything is installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.M | re.S)
_PLACE = re.compile(r"(.+?)( \((?:at the end|끝에)\))?")


class Block(NamedTuple):
    """A block of a page: what it is written in, the file that it is where it is one, and its text."""

    kind: str
    title: str
    text: str


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a page in their order.

    >>> blocks('```text title="a.txt"\\n가\\n```\\n')
    (Block(kind='text', title='a.txt', text='가\\n'),)
    """
    return tuple(Block(*found) for found in BLOCK.findall(text))


def steps(text: str) -> list[tuple[str, str]]:
    """The commands of a ``console`` block, each with what it is said to print.

    >>> steps("$ a\\n1\\n$ b\\n")
    [('a', '1\\n'), ('b', '')]
    """
    found = re.split(r"^\$ ", text, flags=re.M)
    if found[0].strip() or len(found) < 2:
        raise ValueError(f"a console block begins with a command: {text[:40]!r}")
    return [(command, printed) for command, _, printed in (step.partition("\n") for step in found[1:])]


def matches(printed: str, said: str) -> bool:
    """Whether output is what the page says, where a line ``…`` stands for any lines.

    >>> matches("a\\n…\\n", "a\\nb\\n"), matches("a\\n", "a\\nb\\n")
    (True, False)
    """
    parts = [
        re.escape("\n".join(line.rstrip() for line in part.strip("\n").splitlines()))
        for part in re.split(r"^…$", printed, flags=re.M)
    ]
    lines = "\n".join(line.rstrip() for line in said.strip("\n").splitlines())
    return re.fullmatch(r"\n?(?:.*\n?)?".join(parts), lines, re.S) is not None


def write(block: Block, folder: Path) -> None:
    """Write the file that a block is; where its title says so, at the end of the file that is there."""
    place, end = _PLACE.fullmatch(block.title).groups()  # type: ignore[union-attr]  # a title is never empty
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a" if end else "w", encoding="utf-8") as file:
        file.write(f"\n{block.text}" if end else block.text)


def follow(page: str, folder: Path, shell: Callable[[str], str], code: Callable[[str], str]) -> int:
    """Do what the blocks of a page's text say, in their order, and hold what comes of it against the page; how many were followed.

    A block with a title is written, ``console`` goes to ``shell``, ``python`` to ``code``, and statements of ``turtle`` have to stand in
    the graph that was built last. Blocks of other kinds are passed over.
    """
    out, done = "out", 0
    for block in blocks(page):
        if block.title:
            write(block, folder)
        elif block.kind == "console":
            for command, printed in steps(block.text):
                said = shell(command)
                if not matches(printed, said):
                    raise AssertionError(f"the page says otherwise:\n$ {command}\n{said}")
                out = (re.findall(r"^kg build .*?(?:--out|-o) (\S+)", command) or [out])[-1]
        elif block.kind == "python":
            code(block.text)
        elif block.kind == "turtle":
            asked = f"ASK {{ {block.text.strip().rstrip('.')} }}"
            if shell(f"kg query {out} - <<'ASKED'\n{asked}\nASKED").strip() != "true":
                raise AssertionError(f"not in the graph {out}: {block.text}")
        else:
            continue
        done += 1
    return done
