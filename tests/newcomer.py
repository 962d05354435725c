"""What a newcomer does, by the pages' own blocks: clone, two commands, a first article, name, question, correction, and relation of one's own.

``make newcomer`` does it with an environment that is made anew; ``python -m tests.newcomer --environment .venv`` begins with the packages
of one that is there, which ``make`` then finds. Every step is timed, and a step that does not do what its page says ends it. Of the second
command, ``make test``, a few tests stand for all: the same target with ``TESTS``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from docs.blocks import blocks, follow

ROOT = Path(__file__).resolve().parents[1]
STANDING_FOR_ALL = "TESTS='tests/test_dates.py tests/test_own_names.py'"
_LARGE = 2**20  # bytes of a file from which on a clone's environment shares it
_NOT_OURS = ("PYTHON", "PYTEST", "VIRTUAL_ENV", "MAKE", "MFLAGS")  # what a test or a make around this says of itself


def commands(page: str) -> list[str]:
    """The commands that set up, as the README says them.

    >>> commands('```sh\\nmake graph   # why\\n```\\n')
    ['make graph']
    """
    lines = [line for block in blocks(page) if block.kind == "sh" for line in block.text.splitlines()]
    return [line.split("#")[0].strip() for line in lines]


def shell(command: str, folder: Path, environment: Mapping[str, str]) -> str:
    """What a command prints; it has to end well."""
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=3600
    )
    if done.returncode:
        raise AssertionError(f"$ {command}\n{done.stdout}{done.stderr}")
    return done.stdout


def clone(folder: Path, environment: Mapping[str, str]) -> Path:
    """A clone of this checkout in a folder; of what is no checkout a copy."""
    made = folder / "presskg"
    if (ROOT / ".git").exists():
        shell(f"git clone --quiet --no-hardlinks '{ROOT}' presskg", folder, environment)
    else:
        shutil.copytree(ROOT, made, ignore=shutil.ignore_patterns(".venv", "out", "build", "dist", "vendor", "__pycache__"))
    return made


def prepare(place: Path, environment: Path) -> None:
    """Give a clone the packages of an environment, for pip to find: large files are shared with it, which nothing writes into."""

    def take(source: str, target: str) -> None:
        if os.stat(source).st_size >= _LARGE:
            try:
                os.link(source, target)
                return
            except OSError:  # on another disk
                pass
        shutil.copy2(source, target)

    marks = shutil.ignore_patterns("ready", "dev", "docs", "__pycache__")  # by which make says what it did
    shutil.copytree(environment, place / ".venv", symlinks=True, copy_function=take, ignore=marks)
    vendor = ROOT / "viz" / "serve" / "static" / "vendor"
    if vendor.is_dir():  # from npm
        shutil.copytree(vendor, place / vendor.relative_to(ROOT), dirs_exist_ok=True)


def walk(page: Path, folder: Path, environment: Mapping[str, str]) -> None:
    """Do what a page says, in a folder."""

    def code(text: str) -> str:
        return shell(f"python - <<'CODE'\n{text}\nCODE", folder, environment)

    if not follow(page.read_text(encoding="utf-8"), folder, lambda command: shell(command, folder, environment), code):
        raise AssertionError(f"{page}: nothing on it can be followed")


def path(folder: Path, environment: Path | None) -> Iterator[tuple[str, float]]:
    """The steps of the path with the seconds that each took."""
    around = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_OURS)}
    start = time.monotonic()
    place = clone(folder, around)
    yield "clone", time.monotonic() - start
    if environment is not None:
        prepare(place, environment)
    around |= {"COLUMNS": "120", "PATH": f"{place / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    home = folder / "home"
    home.mkdir()
    graph, test = commands((place / "README.md").read_text(encoding="utf-8"))
    todo = [
        (graph, lambda: shell(graph, place, around)),
        (f"{test} {STANDING_FOR_ALL}", lambda: shell(f"{test} {STANDING_FOR_ALL}", place, around)),
        ("docs/start.md: an article, a graph, a question, a name", lambda: walk(place / "docs/start.md", home, around)),
        ("docs/corrections.md: a correction", lambda: walk(place / "docs/corrections.md", home, around)),
        ("docs/new-relation.md: a relation", lambda: walk(place / "docs/new-relation.md", place, around)),
    ]
    for name, step in todo:
        start = time.monotonic()
        step()
        yield name, time.monotonic() - start


def main() -> None:
    """All steps with their times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environment", type=lambda text: Path(text).resolve(), help="an environment with PressKG's packages")
    with tempfile.TemporaryDirectory() as made:
        try:
            for name, seconds in path(Path(made), parser.parse_args().environment):
                print(f"{seconds:7.1f} s  {name}", flush=True)
        except AssertionError as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()
