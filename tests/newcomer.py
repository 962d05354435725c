"""What a newcomer does, by the pages' own blocks: clone, two commands, a first article, name, question, correction, and relation of one's own.

``make newcomer`` does it with an environment that is made anew; ``python -m tests.newcomer --environment .venv`` with one that is there.
Every step is timed, and a step that does not do what its page says ends it.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.M | re.S)


def blocks(page: str, root: Path = ROOT) -> list[tuple[str, str, str]]:
    """The blocks of a page: kind, title, text."""
    return BLOCK.findall((root / page).read_text(encoding="utf-8"))


def run(command: str, folder: Path, environment: Mapping[str, str]) -> str:
    """What a command prints; it has to end well."""
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=3600
    )
    if done.returncode:
        raise SystemExit(f"$ {command}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def follow(page: str, folder: Path, environment: Mapping[str, str], root: Path) -> None:
    """Write the files and run the commands and the code of a page, in its order."""
    for kind, title, text in blocks(page, root):
        if title:
            (folder / title).parent.mkdir(parents=True, exist_ok=True)
            (folder / title).write_text(text, encoding="utf-8")
        elif kind == "console":
            for command in re.findall(r"^\$ (.*)$", text, re.M):
                run(command, folder, environment)


def relate(clone: Path, environment: Mapping[str, str]) -> None:
    """docs/new-relation.md, in the clone."""
    found = blocks("docs/new-relation.md", clone)
    meaning, expected = (text for kind, _, text in found if kind == "turtle")
    looks, sure = (text for kind, _, text in found if kind == "toml")
    sentence = next(text for kind, _, text in found if kind == "text")
    with (clone / "ontology" / "press.ttl").open("a", encoding="utf-8") as ontology:
        ontology.write(f"\n{meaning}")
    (clone / "data" / "patterns" / "visited.toml").write_text(looks, encoding="utf-8")
    with (clone / "data" / "confidence.toml").open("a", encoding="utf-8") as confidence:
        confidence.write(sure)
    run("python -m kg.knowledge.derived", clone, environment)
    (clone / "visit.txt").write_text(sentence, encoding="utf-8")
    run("kg build visit.txt --out visited && kg check visited", clone, environment)
    subject, predicate, other = expected.split()
    graph = (clone / "visited" / "graph.ttl").read_text(encoding="utf-8")
    if not re.search(rf"^{subject}.*?{predicate} {other}\b", graph, re.M | re.S):
        raise SystemExit(f"not in the graph: {expected}")


def path(folder: Path, environment: Path | None) -> Iterator[tuple[str, float]]:
    """The steps of the path with the seconds that each took."""
    clone, start = folder / "presskg", time.monotonic()
    run(f"git clone --quiet --no-hardlinks '{ROOT}' presskg", folder, os.environ)
    yield "clone", time.monotonic() - start
    programs, around = clone / ".venv" / "bin", {**os.environ, "COLUMNS": "120"}
    if environment is not None:  # its packages, with the clone's code
        programs = folder / "bin"
        programs.mkdir()
        for name, words in (("kg", "-m kg"), ("python", "")):
            (programs / name).write_text(f"#!/bin/sh\nexec '{environment}/bin/python' {words} \"$@\"\n", encoding="utf-8")
            (programs / name).chmod(0o755)
        around["PYTHONPATH"] = str(clone)
    around["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"
    commands = [
        line.split("#")[0].strip() for kind, _, text in blocks("README.md", clone) if kind == "sh" for line in text.splitlines()
    ]
    home = folder / "home"
    home.mkdir()
    todo = [
        (commands[0], lambda: run(commands[0] if environment is None else "kg build data/articles --out out", clone, around)),
        ("docs/start.md: an article, a graph, a question, a name", lambda: follow("docs/start.md", home, around, clone)),
        ("docs/corrections.md: a correction", lambda: follow("docs/corrections.md", home, around, clone)),
        ("docs/new-relation.md: a relation", lambda: relate(clone, around)),
    ]
    for name, step in todo:
        start = time.monotonic()
        step()
        yield name, time.monotonic() - start


def main() -> None:
    """All steps with their times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environment", type=lambda text: Path(text).absolute(), help="an environment with PressKG's packages")
    with tempfile.TemporaryDirectory() as made:
        for name, seconds in path(Path(made), parser.parse_args().environment):
            print(f"{seconds:7.1f} s  {name}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
