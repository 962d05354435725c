"""A new relation is a block in the ontology and a pattern: docs/new-relation.md, done in a copy of the project."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.knowledge.derived import files
from kg.knowledge.resources import resource
from kg.knowledge.vocab import PRESS

ROOT = Path(__file__).resolve().parents[1]
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", (ROOT / "docs" / "new-relation.md").read_text(encoding="utf-8"), re.S | re.M)

# The commands of the page and the tests that it names, in one process: what they load, they load once.
AFTER = """
import runpy, sys, pytest
for words in (["build", "visit.txt", "--out", "out"], ["check", "out"]):
    sys.argv = ["kg", *words]
    try:
        runpy.run_module("kg", run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        assert not ended.code, words
files = ["tests/test_ontology.py", "tests/test_patterns.py"]
sys.exit(pytest.main(["-p", "no:cacheprovider", *files, "-k", "visited or derived or context or shapes or same_terms"]))
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy of the project with what the page adds."""
    root = tmp_path_factory.mktemp("project")
    for folder in ("kg", "ontology", "viz", "data", "tests", "docs"):
        ignored = shutil.ignore_patterns("__pycache__", "models", "vendor", "browser", "fixtures")
        shutil.copytree(ROOT / folder, root / folder, ignore=ignored)
    for large in ("data/models", "tests/fixtures"):
        (root / large).symlink_to(ROOT / large)
    (meaning, looks, sure) = [text for kind, text in BLOCKS if kind in ("turtle", "toml")][:3]
    with (root / "ontology" / "press.ttl").open("a", encoding="utf-8") as ontology:
        ontology.write(f"\n{meaning}")
    (root / "data" / "patterns" / "visited.toml").write_text(looks, encoding="utf-8")
    with (root / "data" / "confidence.toml").open("a", encoding="utf-8") as confidence:
        confidence.write(sure)
    return root


def run(project: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=project,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_page_is_true(project):
    [text] = [text for kind, text in BLOCKS if kind == "text"]
    [expected] = [text for kind, text in BLOCKS if kind == "turtle"][1:]
    (project / "visit.txt").write_text(text, encoding="utf-8")
    (command,) = re.findall(r"^\$ python (.*derived)$", BLOCKS[3][1], re.M)
    run(project, *command.split())
    assert "press:visited" in (project / "ontology" / "shapes.ttl").read_text(encoding="utf-8")
    assert '"visited": {"@id": "press:visited", "@type": "@id"}' in (project / "ontology" / "context.jsonld").read_text(
        encoding="utf-8"
    )
    said = run(project, "-c", AFTER)
    subject, predicate, object_ = expected.split()
    graph = (project / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert re.search(rf"^{subject}.*?{predicate} {object_}\b", graph, re.M | re.S)
    evidence = (project / "out" / "evidence.ttl").read_text(encoding="utf-8")
    assert '"visited.go"' in evidence and "0.85" in evidence
    assert "conforms" in said
    assert "방문" in (project / "out" / "graph.html").read_text(encoding="utf-8")
    assert " passed" in said and "failed" not in said


@pytest.mark.parametrize("name", sorted(files()))
def test_what_follows_from_the_ontology_is_current(name):
    assert resource("ontology", name).read_text(encoding="utf-8") == files()[name], "python -m kg.knowledge.derived writes it"


def _terms_in_code():
    for folder in ("kg", "viz"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Attribute)
                    and isinstance(node.value, ast.Name)
                    and node.value.id == "PRESS"
                    and node.attr != "_NS"
                ):
                    yield path.name, node.attr


def test_every_term_in_code_is_one_of_the_ontology():
    used = list(_terms_in_code())
    assert len(used) > 60
    assert [f"{file}: {term}" for file, term in used if term not in set(PRESS)] == []


@pytest.mark.parametrize("name", ("cohosted", "Hosted", "_private", ""))
def test_a_term_that_is_none_fails(name):
    with pytest.raises(AttributeError, match="not in namespace"):
        getattr(PRESS, name)
    with pytest.raises(AttributeError):
        PRESS[name]


def test_terms_are_found_by_address():
    assert PRESS.hosted in PRESS and str(PRESS.hosted) + "s" not in PRESS and "hosted" not in PRESS and "hosted" in dir(PRESS)
