"""What is sure enough: statements below a threshold go from graph, union and evidence, and with them what only they named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli.base import app
from kg.errors import KnowledgeError, UsageError
from kg.graph.store import quads
from kg.graph.sure import Least, least_of, surer, write_surer
from kg.knowledge.confidence import load_confidence
from kg.knowledge.resources import resource

FIXTURE = Path("tests/fixtures/out")
CASE = "노르웨이_강_복원_사례"


@pytest.fixture()
def out(tmp_path: Path) -> Path:
    """The fixture with one statement made doubtful: the case that was presented at the forum."""
    folder = tmp_path / "out"
    shutil.copytree(FIXTURE, folder)
    blocks = (folder / "evidence.ttl").read_text(encoding="utf-8").split("\n\n")
    found = [i for i, b in enumerate(blocks) if f"id:{CASE}" in b and "press:confidence 0.9" in b]
    assert found
    for i in found:
        blocks[i] = blocks[i].replace("press:confidence 0.9", "press:confidence 0.4")
    (folder / "evidence.ttl").write_text("\n\n".join(blocks), encoding="utf-8")
    return folder


def _graph(folder: Path) -> set:
    return set(quads(folder))


def test_of_nothing_unsure_all_stays(out: Path, tmp_path: Path) -> None:
    (tmp_path / "less").mkdir()
    less = write_surer(out, Least(0.0), tmp_path / "less")
    assert _graph(less) == _graph(out)
    assert len(kg.load(less)) == len(kg.load(out))


def test_what_is_doubtful_goes_and_what_only_it_named(out: Path, tmp_path: Path) -> None:
    (tmp_path / "less").mkdir()
    less = write_surer(out, Least(0.5), tmp_path / "less")
    gone = _graph(out) - _graph(less)
    assert gone and all("노르웨이" in f"{q.subject}{q.object}" for q in gone)  # the case, and the country that only presented it
    assert any(q.predicate.value.endswith("prefLabel") for q in gone)
    for name in ("graph.nq", "graph.ttl", "evidence.ttl"):
        assert CASE in (out / name).read_text(encoding="utf-8")
        assert CASE not in (less / name).read_text(encoding="utf-8")


def test_a_relation_may_have_its_own_number(out: Path, tmp_path: Path) -> None:
    (tmp_path / "less").mkdir()
    less = write_surer(out, Least(0.5, {"presentedAt": 0.3, "presented": 0.3}), tmp_path / "less")
    assert any(q.predicate.value.endswith("presentedAt") and CASE in q.subject.value for q in _graph(less))


def test_python_and_command_line_agree(out: Path) -> None:
    def told(*words: str) -> str:
        return CliRunner().invoke(app, [*words, "--min-confidence", "0.5"]).output

    assert [row[0].value for row in kg.load(out).query("country-cases", country="노르").rows] == ["노르웨이"]
    assert list(kg.load(out).at_least(0.5).query("country-cases", country="노르").rows) == []
    assert "윤다온" in told("export", str(out), "--to", "n-quads") and CASE not in told("export", str(out), "--to", "n-quads")
    assert "강 복원" not in told("query", str(out), "country-cases", "--country", "노르")


def test_without_a_threshold_the_folder_itself_is_read(out: Path) -> None:
    with surer(out, None) as folder:
        assert folder == out


def test_strict_is_data(out: Path) -> None:
    assert least_of("strict").own["participatedIn"] > least_of("strict").number
    with surer(out, "strict") as folder:
        assert not any(CASE in str(q) for q in _graph(folder))


@pytest.mark.parametrize("words", ["much", "-1", "1.5", "nan"])
def test_what_is_no_threshold_is_named(words: str) -> None:
    with pytest.raises(UsageError, match="allowed: a number from 0 to 1, strict"):
        least_of(words)


def test_the_table_names_relations_of_the_ontology(tmp_path: Path) -> None:
    text = resource("data", "confidence.toml").read_text(encoding="utf-8")
    (tmp_path / "c.toml").write_text(text.replace("organized = 0.8 ", "organised = 0.8 "), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="organised"):
        load_confidence(tmp_path / "c.toml")
