"""Why something is in the graph: for things and statements, what merged, what was rejected, on the terminal and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.ask.explain import explain
from kg.ask.explanation import Explanation, Place, Statement, Support
from kg.errors import UsageError
from kg.pipeline import build

GOLDEN = Path(__file__).parent / "golden" / "articles"
FORUM = "제3회 바다숲 국제포럼"


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("explain") / "out"
    build([GOLDEN], folder, view=False)
    return folder


@pytest.fixture(scope="module")
def texts(out) -> dict:
    rows = map(json.loads, (out / "articles.jsonl").read_text(encoding="utf-8").splitlines())
    return {row["id"]: row["fields"] for row in rows}


def test_a_thing_with_the_words_behind_each_statement(out, texts):
    explanation = explain(out, "해양수산부")
    assert (explanation.kind, explanation.heading, explanation.classes) == ("thing", "해양수산부", ("정부 기관",))
    beyond = {s.predicate for s in explanation.statements if not s.supports}
    said = [s for s in explanation.statements if s.supports]
    assert (
        beyond == {"http://www.w3.org/2002/07/owl#sameAs"}
        and "  no article says so: the gazetteer, linking or a correction does" in explanation.lines()
    )
    assert len(said) >= 3
    for statement in said:
        assert statement.stated and statement.supports, statement.shown
        for support in statement.supports:
            place = support.place
            text = texts[place.article][place.field]
            assert text[place.start : place.end] == place.words and place.before + place.words + place.after in text
            assert support.rule and 0 < support.confidence <= 1 and f"【{' '.join(place.words.split())}】" in place.marked


@pytest.mark.parametrize(
    "name",
    [
        "해양수산부",
        "해수부",
        "id:해양수산부",
        "https://w3id.org/presskg/id/해양수산부",
        "<https://w3id.org/presskg/id/해양수산부>",
    ],
)
def test_the_ways_to_name_a_thing(out, name):
    assert explain(out, name).iri == "https://w3id.org/presskg/id/해양수산부"


@pytest.mark.parametrize("name", ["부산", "부산광역시", "부산시"])
def test_a_city_by_any_of_its_known_names(out, name):
    assert explain(out, name).iri.endswith("/부산광역시_지역")


def test_a_name_in_other_spelling(out):
    assert explain(out, "제3회 바다숲국제포럼").heading == FORUM


@pytest.mark.parametrize(
    "words",
    [
        ("해양수산부", "coHosted", FORUM),
        ("해양수산부", "press:coHosted", FORUM),
        ("해양수산부", "공동 개최", FORUM),
        (f"해양수산부 | coHosted | {FORUM}",),
        (f"해양수산부 — 공동 개최 → {FORUM}",),
        (f"해양수산부 coHosted {FORUM}",),
        (f"해양수산부 hosted {FORUM}",),
    ],
    ids=" ".join,
)
def test_the_ways_to_name_a_statement(out, words):
    explanation = explain(out, *words)
    assert explanation.kind == "statement"
    [statement] = explanation.statements
    assert statement.predicate.endswith("#coHosted") and {s.place.article for s in statement.supports} == {
        "2023-seaweed-forum-notice",
        "2023-seaweed-forum-report",
    }


def test_the_object_of_a_statement_may_be_a_value(out):
    [statement] = explain(out, FORUM, "startDate", "2023-05-17").statements
    assert statement.stated and {s.status for s in statement.supports} >= {"asserted"}


def test_what_merged_and_why(out):
    members = explain(out, FORUM).members
    assert {a for m in members for a in m.articles} == {"2023-seaweed-forum-notice", "2023-seaweed-forum-report"}
    assert {"same name", "same edition 3"} <= {reason for m in members for reason in m.reasons}


def test_others_of_the_name_are_listed(out):
    explanation = explain(out, "류단비")
    assert len(explanation.others) == 1 and any("others of this name" in line for line in explanation.lines())


def test_what_was_considered_and_rejected_in_the_same_sentence(out, texts):
    """Rejections depend on what the rules cannot do yet, so this one is written by hand; they are found by the sentence that they stand in."""
    path = out / "rejected.jsonl"
    before = path.read_text(encoding="utf-8")
    text, words = texts["2023-seaweed-forum-report"]["text"], "지난 17일 여수엑스포컨벤션센터에서"
    start = text.index(words)
    row = {
        "article": "2023-seaweed-forum-report",
        "rule": "made.up",
        "reason": "for this test",
        "field": "text",
        "start": start,
        "end": start + len(words),
        "words": words,
    }
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    try:
        explanation = explain(out, "한국수산자원공단", "venue", "여수엑스포컨벤션센터")
        assert not explanation.statements
        [rejected] = explanation.rejected
        assert (rejected.rule, rejected.reason, rejected.place.words) == ("made.up", "for this test", words)
        text = "\n".join(explanation.lines())
        assert "no article was read to say so" in text and "considered and rejected: 1" in text and f"【{words}】" in text
        assert [r.rule for r in explain(out, "여수엑스포컨벤션센터").rejected] == ["made.up"]
        assert not explain(out, "노을찬").rejected, "of another article"
        assert not explain(out, "한국수산자원공단", "hosted", "해조류와 밥상 공개강좌").rejected, (
            "the sentence does not speak of both"
        )
    finally:
        path.write_text(before, encoding="utf-8")


def test_lines_and_json_hold_the_same(out):
    explanation = explain(out, FORUM)
    data = json.loads(json.dumps(explanation.as_dict(), ensure_ascii=False))
    text = "\n".join(explanation.lines())
    assert data["heading"] == FORUM and len(data["statements"]) == len(explanation.statements) >= 5
    for statement in data["statements"]:
        assert statement["shown"] in text
        for support in statement["supports"]:
            assert f"{support['field']}[{support['start']}:{support['end']}]" in text and support["rule"] in text


def test_a_hub_of_the_graph_is_cut_on_the_terminal_and_whole_in_json():
    place = Place(article="a", title="제목", date=None, field="text", start=0, end=2, before="", words="나라", after="")
    support = Support(rule="r", confidence=0.9, status="asserted", recovered=False, place=place)
    statement = Statement(subject="s", predicate="p", object="o", shown="나라 — p → o", stated=True, supports=(support,) * 9)
    explanation = Explanation(
        kind="thing",
        heading="나라",
        iri=None,
        classes=(),
        names=(),
        statements=(statement,) * 50,
        members=(),
        possibly=(),
        rejected=(),
        others=(),
    )
    text = "\n".join(explanation.lines())
    assert "… and in 4 more places" in text and "… and 10 more statements" in text and text.count("【나라】") == 40 * 5
    assert sum(len(s["supports"]) for s in explanation.as_dict()["statements"]) == 450


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("바다숲 국제포럼 위원회",), "nothing is called"),
        (("바다숲",), "did you mean .*제2회 바다숲 국제포럼"),
        (("해양수산부", "hostd", FORUM), "'hostd' is no property; allowed: .*hosted"),
        (("없는청", "hosted", FORUM), "nothing is called '없는청'"),
        (("해양수산부", "hosted"), "neither a thing nor a statement"),
        ((), "neither a thing nor a statement"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_is_not_known_is_said(out, words, message):
    with pytest.raises(UsageError, match=message):
        explain(out, *words)


def test_a_folder_that_holds_no_graph(tmp_path):
    with pytest.raises(UsageError, match="kg build"):
        explain(tmp_path / "nowhere", "해양수산부")
