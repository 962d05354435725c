"""The vote of the model of names: what it adds where rules leave a gap, what it may not touch, and that it says so."""

from __future__ import annotations

import datetime as dt

import pytest
from spacy.vocab import Vocab

from kg.analyze import ner, reading
from kg.analyze.ner import Name
from kg.analyze.tokenizer import KiwiTokenizer
from kg.knowledge.lexica import GAPS
from kg.knowledge.load import load_knowledge
from kg.model import Article, Region, Span, Thing
from kg.pipeline import facts_of
from kg.read.view import make_view

TITLED = "르우엔토 산림청 연구관이 좌장을 맡았다."
NOTED = "전문가로 나들목(경북대학교 산림학과 교수), 문가람(국립수목원 연구관)이 함께했다."
EMPLOYER = "토론에는 노을빛나래 민서율 위원과 문가람 산림청 과장이 참석했다."
BETWEEN = "이번 포럼에는 민서율 노을빛나래글로벌이음 본부장이 참석했다."
CUT = "나들목 서민돌봄재단 이사장은 “돌봄이 먼저다.”라고 말했다."
LISTED = "이번 간담회에는 산림청, 한국전력공사, 에이누 가람소, 국립수목원이 참석했다."

# text, what the model says, statement that follows from it
POSITIVE = [
    (TITLED, [("르우엔토", "PS", 0.97)], ("르우엔토", "affiliatedWith", "산림청")),
    (NOTED, [("나들목", "PS", 0.9)], ("나들목", "affiliatedWith", "경북대학교")),
    (NOTED, [("나들목", "PS", 0.9)], ("나들목", "jobTitle", "교수")),
    (EMPLOYER, [("노을빛나래", "OG", 0.8)], ("민서율", "affiliatedWith", "노을빛나래")),
    (EMPLOYER, [("노을빛나래 민서율", "PS", 0.7)], ("민서율", "affiliatedWith", "노을빛나래")),
    (BETWEEN, [("노을빛나래글로벌이음", "OG", 0.8)], ("민서율", "affiliatedWith", "노을빛나래글로벌이음")),
    (BETWEEN, [("노을빛나래글로벌이음", "OG", 0.8)], ("민서율", "jobTitle", "본부장")),
    (BETWEEN, [("민서율 노을빛나래글로벌이음", "PS", 0.7)], ("민서율", "affiliatedWith", "노을빛나래글로벌이음")),
    (CUT, [("나들목", "PS", 0.9)], ("나들목", "heads", "서민돌봄재단")),
    (LISTED, [("에이누 가람소", "PS", 0.8)], ("에이누 가람소", "participatedIn", "*")),
]
# text, what the model says, statement that must not follow
NEGATIVE = [
    ("too unsure", NOTED, [("나들목", "PS", 0.3)], ("나들목", "affiliatedWith", "*")),
    ("no person", NOTED, [("나들목", "OG", 0.99)], ("나들목", "*", "*")),
    ("longer than the gap", NOTED, [("전문가로 나들목", "PS", 0.99)], ("나들목", "*", "*")),
    (
        "what somebody was",
        NOTED.replace("경북대학교 산림학과", "前 경북대학교"),
        [("나들목", "PS", 0.99)],
        ("나들목", "affiliatedWith", "*"),
    ),
    ("no title", NOTED.replace("경북대학교 산림학과 교수", "경북 안동"), [("나들목", "PS", 0.99)], ("나들목", "*", "*")),
    ("a title alone", "민서율(단장)은 안동에서 나고 자랐다.", [("민서율", "PS", 0.99)], ("민서율", "affiliatedWith", "*")),
    ("no foreign name for sure", TITLED, [("르우엔토", "PS", 0.88)], ("르우엔토", "*", "*")),
    (
        "a term",
        "국립수목원 오세린 산림생태(FE)보전본부장은 “숲이 먼저다.”라고 밝혔다.",
        [("오세린", "PS", 0.99)],
        ("*", "affiliatedWith", "산림생태"),
    ),
    ("the last part of a name", "두 사람은 로헤르트 판 데르 마우 위원이 맡았다.", [("마우", "PS", 0.99)], ("마우", "*", "*")),
    ("an embassy", "새로 온 주멕시코 대사가 좌장을 맡았다.", [("주멕시코", "PS", 0.99)], ("주멕시코", "*", "*")),
    ("a part of a word", TITLED, [("엔토", "PS", 0.99)], ("엔토", "*", "*")),
    ("a place, no employer", EMPLOYER, [("노을빛나래", "LC", 0.99)], ("민서율", "affiliatedWith", "*")),
    ("an ordinary word", EMPLOYER.replace("노을빛나래", "이날"), [("이날", "OG", 0.99)], ("민서율", "affiliatedWith", "*")),
    ("a known body", "산림청 위원회는 세미나를 열었다.", [("산림청 위원회", "PS", 0.99)], ("산림청 위원회", "*", "*")),
    ("a body with no person in it", "서민돌봄 이음재단 이사장은 말을 아꼈다.", [("서민돌봄", "PS", 0.7)], ("서민돌봄", "*", "*")),
    ("a part of an item", LISTED, [("에이누", "OG", 0.99)], ("에이누", "*", "*")),
    (
        "one known body alone",
        "간담회에는 산림청, 에이누 가람소, 온누리 마루가 참석했다.",
        [("에이누 가람소", "OG", 0.99)],
        ("에이누 가람소", "*", "*"),
    ),
    (
        "a list of people",
        LISTED.replace("산림청", "산림청 문가람 과장"),
        [("에이누 가람소", "OG", 0.99)],
        ("에이누 가람소", "*", "*"),
    ),
]


def _article(text: str):
    whole = Region(role="body", span=Span("text", 0, len(text)))
    return make_view(Article(identifier="a", source="a", fields=(("text", text),), regions=(whole,), date=dt.date(2024, 3, 13)))


def _facts(text: str) -> list:
    view = _article(text)
    return facts_of(view, KiwiTokenizer(Vocab())(view.text), load_knowledge())[1]


def _rows(text: str) -> set[tuple[str, str, str]]:
    return {(f.subject.name, f.relation, f.object.name if isinstance(f.object, Thing) else str(f.object)) for f in _facts(text)}


def _fits(triple: tuple, row: tuple) -> bool:
    return all(part in ("*", own) for part, own in zip(triple, row))


@pytest.fixture
def model(monkeypatch):
    """Makes the model say what a test wants, and counts how often it is asked."""

    def answer(*names):
        asked = []

        def names_in(doc, ranges, read=None):
            asked.extend(ranges)
            at = doc.text.index
            return tuple(Name(at(surface), at(surface) + len(surface), label, score) for surface, label, score in names)

        monkeypatch.setattr(reading, "names_in", names_in)
        monkeypatch.setattr(reading, "names_in_fields", lambda doc, ranges, fields, read=None: ())
        monkeypatch.setattr(reading, "employed", lambda *told: [])  # what the model of employers sees is no vote
        return asked

    return answer


@pytest.mark.parametrize(("text", "names", "triple"), POSITIVE, ids=[f"{t[0]}-{t[1]}" for *_, t in POSITIVE])
def test_a_vote_fills_a_gap(model, text, names, triple):
    model()
    assert not any(_fits(triple, row) for row in _rows(text)), "the rules know it: the case tests nothing"
    model(*names)
    assert any(_fits(triple, row) for row in _rows(text))


@pytest.mark.parametrize(("text", "names", "triple"), [case[1:] for case in NEGATIVE], ids=[case[0] for case in NEGATIVE])
def test_a_vote_that_does_not_fit_counts_nothing(model, text, names, triple):
    model()
    before = _rows(text)
    model(*names)
    assert _rows(text) == before
    assert not any(_fits(triple, row) for row in before)


def test_the_model_is_not_asked_where_nothing_is_missing(model):
    asked = model(("산림청", "PS", 0.99))
    assert ("산림청", "hosted", "산림 세미나") in _rows("산림청은 12일 대전에서 산림 세미나를 열었다. 비가 왔다.")
    assert asked == []


def test_evidence_says_who_voted(model):
    model(("나들목", "PS", 0.9))
    title = next(f for f in _facts(NOTED) if f.relation == "jobTitle" and f.subject.name == "나들목").evidence[0]
    assert title.rule.endswith("+model") and title.confidence < 0.9
    model(("민서율", "PS", 0.9))
    known = next(f for f in _facts(EMPLOYER) if f.subject.name == "문가람" and f.relation == "affiliatedWith").evidence[0]
    assert not known.rule.endswith("+model")


@pytest.mark.parametrize("text", [TITLED, EMPLOYER])
def test_the_shipped_model_votes(text):
    assert _rows(text) & {triple for _, _, triple in POSITIVE}


def test_without_the_model_there_are_no_votes(monkeypatch, tmp_path):
    monkeypatch.setattr(ner, "resource", lambda *parts: tmp_path / "none")
    ner.load_ner.cache_clear()
    try:
        with pytest.warns(UserWarning, match="no model of names"):
            rows = _rows(NOTED)
        assert not any(row[0] == "나들목" for row in rows)
    finally:
        ner.load_ner.cache_clear()


def test_thresholds_are_data():
    votes = load_knowledge().votes
    assert set(votes.sure) == set(GAPS)
    assert all(0.5 <= sure < 1 for sure in votes.sure.values())
