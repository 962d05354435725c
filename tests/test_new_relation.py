"""A new relation is a block in the ontology and a pattern: docs/ko/new-relation.md, followed in a copy of the project.

The English page, whose blocks are the same, is followed by the newcomer of tests/test_newcomer.py, with all tests that it names; here
those of the relation stand for them.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docs.blocks import blocks, follow
from docs.readme import environment
from kg.knowledge.derived import files
from kg.knowledge.resources import resource
from kg.knowledge.vocab import PRESS

ROOT = Path(__file__).resolve().parents[1]
PAGES = [(ROOT / "docs" / part / "new-relation.md").read_text(encoding="utf-8") for part in ("ko", "")]
CHOSEN = "-p no:cacheprovider -k 'visited or derived or context or shapes or same_terms'"


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy of the project, with programs that run it."""
    root = tmp_path_factory.mktemp("project")
    for folder in ("kg", "ontology", "viz", "data", "tests", "docs"):
        ignored = shutil.ignore_patterns("__pycache__", "models", "vendor", "browser", "fixtures")
        shutil.copytree(ROOT / folder, root / folder, ignore=ignored)
    for large in ("data/models", "tests/fixtures"):
        (root / large).symlink_to(ROOT / large)
    for name, words in (("kg", "-m kg"), ("python", "")):
        program = root / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\nexec '{sys.executable}' {words} \"$@\"\n", encoding="utf-8")
        program.chmod(0o755)
    return root


def test_the_page_is_true(project):
    around = environment(project) | {"PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1", "PYTEST_ADDOPTS": CHOSEN}
    said = []

    def run(command: str) -> str:
        done = subprocess.run(["bash", "-c", command], cwd=project, env=around, capture_output=True, encoding="utf-8")
        assert done.returncode == 0, done.stdout + done.stderr
        said.append(done.stdout)
        return done.stdout

    assert follow(PAGES[0], project, run, run) == len(blocks(PAGES[0]))
    assert "press:visited" in (project / "ontology" / "shapes.ttl").read_text(encoding="utf-8")
    assert '"visited": {"@id": "press:visited", "@type": "@id"}' in (project / "ontology" / "context.jsonld").read_text(
        encoding="utf-8"
    )
    evidence = (project / "visited" / "evidence.ttl").read_text(encoding="utf-8")
    assert '"visited.go"' in evidence and "0.85" in evidence
    assert "방문" in (project / "visited" / "graph.html").read_text(encoding="utf-8")
    assert any(re.search(r"\d+ passed", text) and "failed" not in text for text in said)


def test_both_pages_have_the_same_blocks():
    korean, english = (
        [(kind, title.replace("끝에", "at the end"), text) for kind, title, text in blocks(page)] for page in PAGES
    )
    assert korean == english


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
