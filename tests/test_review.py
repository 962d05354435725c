"""What deserves a look, and that its proposals work as corrections."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from kg.ask.review import Item, Review, review
from kg.errors import UsageError
from kg.graph.check import check
from kg.knowledge.corrections import parse
from kg.pipeline import build

FIXTURE = Path(__file__).parent / "fixtures" / "out"
ARTICLES = {
    "notice": "해양수산부는 2023년 5월 18일 여수엑스포컨벤션센터에서 제3회 바다숲 국제포럼을 개최한다.",
    "report": "해양수산부는 2023년 5월 17일 여수엑스포컨벤션센터에서 제3회 바다숲 국제포럼을 개최했다.\n\n"
    "류단비 해양수산부 과장은 “바다숲의 탄소 흡수량을 재는 법을 나라마다 견주어 보겠다”라고 밝혔다.",
    "people": "류단비 해양수산부 국장은 “물질은 기다림의 기술이라는 말을 새긴다”라고 말했다.",
}


@pytest.fixture
def folder(tmp_path) -> tuple[Path, Path]:
    source = tmp_path / "in"
    source.mkdir()
    for name, text in ARTICLES.items():
        (source / f"{name}.txt").write_text(f"바다 소식 {name}\n\n{text}\n", encoding="utf-8")
    build([source], tmp_path / "out", view=False)
    return source, tmp_path / "out"


def test_duplicates_and_conflicts_are_found(folder):
    items = {item.kind: item for item in review(folder[1]).items}
    assert (
        items["duplicate"].about
        == "류단비 (해양수산부 · 과장 · id:류단비_해양수산부_과장) = 류단비 (해양수산부 · 국장 · id:류단비_해양수산부_국장)"
    )
    assert "과장 and 국장" in items["duplicate"].why
    conflict = items["conflict"]
    assert conflict.why == "2023-05-17 or 2023-05-18" and conflict.articles == ("notice", "report")


def test_conflicting_days_stay_side_by_side_and_check_says_so(folder):
    report = check(folder[1])
    assert report.conforms and any("different start dates" in finding.message for finding in report.warnings)


def test_proposals_become_corrections(folder):
    source, out = folder
    found = review(out)
    text = found.as_toml()
    assert parse(text) == (), "until somebody decides, nothing is corrected"
    decided = re.sub(r"^# (?!-- |Corrections)", "", text, flags=re.MULTILINE)
    (source / "corrections.toml").write_text(decided, encoding="utf-8")
    report = build([source], out, view=False)
    assert len(report.corrections) == len(found.items) >= 2 and all(line.endswith(": used") for line in report.corrections)
    assert not {"duplicate", "conflict"} & {item.kind for item in review(out).items}


def test_names_with_quotation_marks_stay_valid(tmp_path):
    item = Item(
        kind="unsure",
        about='"가" — 개최 → 나',
        why="r",
        articles=("a",),
        words="",
        proposal='[[reject]]\nsubject = "id:가"\nproperty = "hosted"\nobject = "말 \\"나\\""\n',
    )
    [correction] = parse(re.sub(r"^# (?!-- |Corrections)", "", Review((item,)).as_toml(), flags=re.MULTILINE))
    assert correction.one("object") == '말 "나"'


def test_lines_and_json(folder):
    found = review(folder[1])
    text = "\n".join(found.lines())
    assert "duplicate: 1" in text and "conflict: 1" in text
    assert len(json.loads(json.dumps(found.as_dict()))["items"]) == len(found.items)
    assert list(Review(()).lines()) == ["nothing to look at"]
    assert "and 2 more" in "\n".join(Review(found.items[:1] * 3).lines(limit=1))


def test_the_small_built_folder_has_what_a_review_needs(folder):
    """Its identity.jsonl is written as that of a build is."""
    assert review(FIXTURE).items == ()
    lines = [(out / "identity.jsonl").read_text(encoding="utf-8").splitlines() for out in (FIXTURE, folder[1])]
    assert json.loads(lines[0][0]).keys() == json.loads(lines[1][0]).keys()


def test_a_folder_of_an_older_build_is_told_from_an_empty_one(tmp_path):
    shutil.copytree(FIXTURE, tmp_path / "out")
    (tmp_path / "out" / "identity.jsonl").unlink()
    with pytest.raises(UsageError, match="out: holds no identity.jsonl; make it with: kg build PATH"):
        review(tmp_path / "out")
