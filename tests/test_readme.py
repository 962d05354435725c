"""The README is executed, block by block in its order, in a folder that holds the repository's data and nothing else.

``console`` blocks hold commands after ``$`` and what they print (a line ``…`` stands for any lines), ``python`` blocks run,
``turtle`` blocks must be in the graph, and ``sh`` blocks set up: their commands are ``make`` targets that exist.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from docs.blocks import blocks, matches, steps
from docs.readme import PAGE, ROOT, environment, reader, shell

README = PAGE.read_text(encoding="utf-8")
BLOCKS = [(kind, text) for kind, _, text in blocks(README)]
RUN = [
    pytest.param(kind, text, id=f"{number}-{kind}")
    for number, (kind, text) in enumerate(BLOCKS)
    if kind in ("console", "python", "turtle")
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, interpreter: list[str], samples: Path) -> Path:
    return reader(tmp_path_factory.mktemp("readme"), interpreter, samples)


@pytest.mark.parametrize(
    ("printed", "said", "expected"),
    [
        ("a\nb\n", "a  \nb\n", True),
        ("a\n…\nc\n", "a\nb\nb\nc\n", True),
        ("a\n…\n", "a\nb\n", True),
        ("a\n…\n", "a\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n…\nd\n", "a\nb\n", False),
    ],
)
def test_pages_are_compared_as_they_say(printed, said, expected):
    assert matches(printed, said) is expected


@pytest.mark.parametrize(("kind", "text"), RUN)
def test_block(folder, interpreter, kind, text):
    if kind == "console":
        for command, printed in steps(text):
            said = shell(folder, command)
            assert matches(printed, said), f"make docs, or mend by hand:\n$ {command}\n{said}"
    elif kind == "python":
        ended = subprocess.run(
            [*interpreter, "-c", text], cwd=folder, env=environment(folder), capture_output=True, encoding="utf-8", timeout=300
        )
        assert ended.returncode == 0, ended.stderr
    else:
        from rdflib import Graph

        from kg.knowledge.vocab import PREFIXES

        built = set(Graph().parse(folder / "out" / "graph.ttl"))
        shown = Graph().parse(
            data="".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + text, format="turtle"
        )
        assert len(shown) and not set(shown) - built


def test_the_readme_shows_every_kind_of_block():
    assert {"console", "python", "turtle", "sh"} <= {kind for kind, _ in BLOCKS}
    assert len(README.split("```")) == 2 * len(BLOCKS) + 1, "every block says what it is"


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_a_readme_is_one_screen(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 54, "what is longer goes to a page of docs/"


def test_both_readmes_say_the_same_figures():
    korean = (ROOT / "README.ko.md").read_text(encoding="utf-8")
    said, told = (re.findall(r"(?<!\d)0\.\d{3}(?!\d)", text) for text in (README, korean))
    assert len(said) == 3 and said == told


def test_set_up_commands_are_targets_of_the_makefile():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    called = [line.split("#")[0].split() for kind, text in BLOCKS if kind == "sh" for line in text.splitlines() if line.strip()]
    assert called and all(words[0] == "make" and words[1] in targets for words in called)


def test_every_command_is_named_and_no_other():
    import typer

    from kg.cli import app

    assert set(re.findall(r"`kg ([a-z]+)", README)) == set(typer.main.get_command(app).commands)


def test_links_and_pictures_exist():
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", README) + re.findall(r'src="([^"]+)"', README)
    assert links and [link for link in links if not (ROOT / link).exists()] == []
