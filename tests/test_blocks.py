"""Every block of the README and the documents is run, read by the loader that it is for, or compared with what the program says.

``HELD`` is the one list of who holds which block; what nobody can hold stands in ``unheld_blocks.toml`` with the reason.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from test_site import KOREAN_WALKS, PAGES, WALKS

from docs.blocks import Block, blocks
from docs.make_reference import PARTS
from docs.readme import ROOT

UNHELD = tomllib.loads((ROOT / "tests" / "unheld_blocks.toml").read_text(encoding="utf-8"))["block"]
FOLLOWED = {*WALKS, *KOREAN_WALKS, "README.md", "docs/new-relation.md", "docs/ko/new-relation.md"}
ALL = [(page, block) for page in PAGES for block in blocks((ROOT / page).read_text(encoding="utf-8"))]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def followed(page: str, block: Block) -> bool:
    """Done by who follows the page: test_site, test_site_korean, test_readme, test_newcomer, test_new_relation."""
    return page in FOLLOWED and (bool(block.title) or block.kind in ("console", "python", "turtle"))


def asked(page: str, block: Block) -> bool:
    """Asked of the sample graph by test_site."""
    return block.kind == "sparql"


def derived(page: str, block: Block) -> bool:
    """Written from the code, and compared with it by test_cli or test_site."""
    marked = [name for name, (file, _) in PARTS.items() if f"docs/{file}" == page]
    text = (ROOT / page).read_text(encoding="utf-8")
    return Path(page).name == "commands.md" or any(
        block.text in text.partition(f"<!-- {name}:")[2].partition(f"<!-- end of {name}")[0] for name in marked
    )


def drawn(page: str, block: Block) -> bool:
    """The sentence of the first page and what comes of it, built by test_site."""
    found = [one for other, one in ALL if other == page and one.kind == "text"]
    return Path(page).name == "index.md" and block in found[:2]


def made(page: str, block: Block) -> bool:
    """Commands of make, tried below."""
    return block.kind == "sh"


def pattern(page: str, block: Block) -> bool:
    """Patterns, read and tried below."""
    return block.kind == "toml" and "[[pattern]]" in block.text


def refused(page: str, block: Block) -> bool:
    """Refusals, read below."""
    return block.kind == "toml" and "[[refused]]" in block.text


def said(page: str, block: Block) -> bool:
    """What people say of a graph, read below."""
    return block.kind == "toml" and Path(page).name == "linked-data.md"


def rooms(page: str, block: Block) -> bool:
    """The rooms of the code, looked for below."""
    return block.kind == "text" and block.text.startswith("kg.")


def neo4j(page: str, block: Block) -> bool:
    """The import of Neo4j, whose files are looked for below."""
    return block.kind == "text" and block.text.startswith("neo4j-admin ")


def proxy(page: str, block: Block) -> bool:
    """A place behind nginx, whose port is looked at below."""
    return block.kind == "text" and block.text.startswith("location /")


HELD = (followed, asked, derived, drawn, made, pattern, refused, said, rooms, neo4j, proxy)


def those(held) -> list:
    """The blocks that one of HELD speaks of and nobody follows, as parameters."""
    return [
        pytest.param(block.text, id=f"{page}-{number}")
        for number, (page, block) in enumerate(ALL)
        if held(page, block) and (held is followed or not followed(page, block))
    ]


def test_every_block_is_held_and_what_is_not_is_told_once() -> None:
    loose = [(page, block) for page, block in ALL if not any(held(page, block) for held in HELD)]
    told = [(row["page"], row["begins"]) for row in UNHELD]
    for page, block in loose:
        assert [(name, begins) for name, begins in told if name == page and block.text.startswith(begins)], (page, block.text)
    for row in UNHELD:
        assert [page for page, block in loose if page == row["page"] and block.text.startswith(row["begins"])], f"dead: {row}"
        assert len(row["why"].split()) > 3 and set(row) == {"page", "begins", "why"}
    assert len(told) == len(set(told)) <= 2, "this list may only shrink"


def test_the_harness_sees_the_blocks() -> None:
    assert len(ALL) > 140 and all([page for page, block in ALL if held(page, block)] for held in HELD)
    for page in PAGES:
        fences = re.findall(r"^ *(?:```|~~~)", (ROOT / page).read_text(encoding="utf-8"), re.M)
        assert len(fences) == 2 * len([one for one, _ in ALL if one == page]), f"{page}: every block says what it is"


@pytest.mark.parametrize("text", those(made))
def test_commands_of_make_are_targets_with_settings_that_they_take(text: str) -> None:
    for line in text.splitlines():
        command = line.split(" #")[0].strip()
        assert command.startswith("make "), command
        subprocess.run(f"{command} --dry-run", shell=True, cwd=ROOT, check=True, capture_output=True, timeout=60)
        for name in re.findall(r"\b([A-Z]+)=", command):
            assert re.search(rf"\b{name}\b", MAKEFILE), f"{command}: the Makefile knows no {name}"


@pytest.mark.parametrize("text", those(pattern))
def test_patterns_say_what_their_sentences_claim(text: str, tmp_path: Path) -> None:
    from kg.knowledge.load import load_knowledge
    from kg.patterns.__main__ import read, told

    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    lines = [line for one in read(tmp_path / "mine.toml") for line in told(one, load_knowledge())]
    assert lines and all(good for good, _ in lines), lines


@pytest.mark.parametrize("text", those(refused))
def test_refusals_are_read(text: str, tmp_path: Path) -> None:
    from kg.knowledge.refused import load_refused

    (tmp_path / "refused.toml").write_text(text, encoding="utf-8")
    assert load_refused(tmp_path / "refused.toml", {"venues": frozenset({"회관"})})


@pytest.mark.parametrize("text", those(said))
def test_what_people_say_of_a_graph_is_read(text: str, tmp_path: Path) -> None:
    from kg.graph import stated

    (tmp_path / stated.SAID).write_text(text, encoding="utf-8")
    assert set(stated.said(tmp_path)) == set(tomllib.loads(text))


@pytest.mark.parametrize("text", those(rooms))
def test_rooms_of_the_code_are_there(text: str) -> None:
    names = [name for line in text.splitlines() for name in re.findall(r"\bkg\.\w+", line.split("   ")[0])]
    assert len(names) > 10 and [name for name in names if not importlib.util.find_spec(name)] == []


@pytest.mark.parametrize("text", those(neo4j))
def test_the_import_of_neo4j_names_files_that_are_written(text: str, samples: Path, tmp_path: Path, run_kg) -> None:
    done = run_kg("export", samples, "--to", "neo4j", "--out", tmp_path / "neo4j")
    assert done.returncode == 0, done.stderr
    named = re.findall(r"=(\S+\.csv)", text)
    assert {path.relative_to(tmp_path).as_posix() for path in (tmp_path / "neo4j").iterdir()} == set(named)


def test_the_port_behind_a_proxy_is_the_servers() -> None:
    from inspect import signature

    from kg.cli.share import serve

    told = {found for _, block in ALL for found in re.findall(r"127\.0\.0\.1:(\d+)", block.text)}
    assert told == {str(signature(serve).parameters["port"].default)}
