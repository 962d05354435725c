"""What confidence is worth: verdicts, bins, what a rule's row becomes, and the table rewritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.knowledge.confidence import Confidence, load_confidence
from kg.knowledge.resources import resource
from kg.measure.calibration import PRIOR, Said, expected_error, measured, rewritten, said
from kg.measure.score import score
from kg.pipeline import build

TABLE = Confidence({"talk": 0.8, "talk.told": 0.7, "place": 0.9}, {"recovered": 0.8, "voted": 0.85})
TEXT = "물길 포럼 개최\n\n환경부는 2024년 5월 3일 세종에서 물길 포럼을 개최했다.\n"


def _said(rule: str, right: int, wrong: int, sure: float = 0.8) -> list[Said]:
    return [Said(((rule, sure),), True)] * right + [Said(((rule, sure),), False)] * wrong


def test_statements_are_judged_as_the_score_judges_them(tmp_path: Path):
    source, gold, out = tmp_path / "a.txt", tmp_path / "gold.jsonl", tmp_path / "out"
    source.write_text(TEXT, encoding="utf-8")
    build([source], out, view=False)
    entities = {"o1": {"type": "Organization", "names": ["환경부"]}, "e1": {"type": "Event", "names": ["물길 포럼"]}}
    facts = [["o1", "hosted", "e1"], ["e1", "startDate", "2024-05-04"]]  # the day is another: what is said is wrong
    gold.write_text(json.dumps({"id": "a", "entities": entities, "facts": facts, "optional": []}), encoding="utf-8")
    found = list(said(gold, out))
    row = score(gold, out).table()["ALL"]
    assert (sum(s.right for s in found), sum(not s.right for s in found)) == (row.right, row.wrong) and row.right and row.wrong
    assert all(0 < s.confidence <= 1 and s.rules for s in found)


@pytest.mark.parametrize(("statements", "error"), [
    (_said("talk", 8, 2), 0.0),
    (_said("talk", 10, 0), 0.2),
    (_said("talk", 0, 10), 0.8),
    ([], 0.0),
])  # fmt: skip
def test_expected_error(statements: list[Said], error: float):
    assert expected_error(statements) == pytest.approx(error)


def test_rows_take_what_was_measured_smoothed_by_their_family():
    numbers = measured(_said("talk.told.here", 30, 10) + _said("talk", 50, 10) + _said("place", 2, 1), TABLE)
    assert numbers.keys() == {"talk", "talk.told"}  # three statements are too few for a row
    assert 30 / 40 < numbers["talk.told"] < 80 / 100 < numbers["talk"] < 50 / 60
    assert measured(_said("talk", 1000, 0), TABLE)["talk"] == 0.99  # nothing is certain
    assert PRIOR > 0 and measured([], TABLE) == {}


def test_the_shipped_table_rewritten_with_its_own_numbers_stays(tmp_path: Path):
    path = resource("data", "confidence.toml")
    text = path.read_text(encoding="utf-8")
    assert rewritten(text, load_confidence(path).rules) == text


def test_what_is_written_can_be_loaded(tmp_path: Path):
    """Also where a row comes to say what its family says."""
    path = tmp_path / "confidence.toml"
    path.write_text(
        '[factors]\nrecovered = 0.8\nvoted = 0.85\n\n[strict]\n"*" = 0.7\n\n[rules]\n'
        + rewritten('"a" = 0.9\n"a.b" = 0.7\n"c" = 0.5\n', {"a.b": 0.9}),
        encoding="utf-8",
    )
    assert load_confidence(path).rules == {"a": 0.9, "c": 0.5}
