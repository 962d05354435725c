"""The model of employers: bodies by their place beside a person, near misses, exact sums, an absent or broken folder, the threshold."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from kg.analyze import employed as model_of
from kg.analyze.employed import Employers, load, load_employers
from kg.analyze.reading import read_doc
from kg.analyze.slots import slots
from kg.errors import KnowledgeError
from kg.knowledge.load import load_knowledge
from kg.knowledge.resources import resource
from kg.train.employers import Example, threshold

# (sentence, body of the person who is named 오한결 or 문새별)
FOUND = [
    ("3위는 문새별(두빛은행)과 남다온(가온시청)이 차지했다.", "두빛은행"),
    ("대회에 나선 문새별(24·달빛클럽)은 지난해에도 우승했다.", "달빛클럽"),
    ("동물구호단체 ‘두발로’ 오한결 팀장이 발견했다.", "두발로"),
    ("물떼새책방 오한결 점장은 손님이 늘었다고 말했다.", "물떼새책방"),
    ("상인모임 ‘바람길’(대표 오한결)이 참여했다.", "바람길"),
]
# near misses: nobody's body
SILENT = [
    "주민 오한결(71) 씨는 걱정이라고 말했다.",
    "오한결(52·은별시 갑) 의원은 반대했다.",
    "소설가 오한결(45) 씨가 강연했다.",
    "오한결(왼쪽) 감독이 선수들과 이야기하고 있다.",
    "오한결(본명 문새별) 감독이 새 영화를 찍는다.",
    "맞은편에서는 여류기사 오한결 3단이 기다린다.",
]
NOBODY = ["김치말이(겨울)와 오이소박이(여름)를 냈다.", "고등어(제주)와 민어(목포)가 올랐다."]


@pytest.fixture(scope="module")
def read():
    from spacy.vocab import Vocab

    from kg.analyze.tokenizer import KiwiTokenizer

    tokenizer, knowledge = KiwiTokenizer(Vocab()), load_knowledge()
    return lambda text: read_doc(tokenizer(text), knowledge)


@pytest.mark.parametrize(("text", "body"), FOUND)
def test_the_place_beside_a_person_tells_the_body(text: str, body: str, read) -> None:
    people = {a.person.name: a for a in read(text).anchored}
    person = people.get("오한결") or people["문새별"]
    assert person.body is not None
    assert (person.body.name, text[person.body.start : person.body.end]) == (body, body)


@pytest.mark.parametrize("text", SILENT)
def test_ages_places_and_what_somebody_is_are_no_bodies(text: str, read) -> None:
    assert [a.body for a in read(text).anchored if a.body is not None] == []


@pytest.mark.parametrize("text", NOBODY)
def test_words_before_a_parenthesis_are_nobody(text: str, read) -> None:
    assert [m for m in read(text).mentions if m.kind == "Person"] == []


def test_without_the_model_nothing_is_found_and_a_notice_says_so(read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(model_of, "resource", lambda *parts: tmp_path)
    load_employers.cache_clear()
    with pytest.warns(UserWarning, match="beside a person"):
        found = read(FOUND[0][0])
    load_employers.cache_clear()
    assert [a.body for a in found.anchored if a.body is not None] == []


def test_slots_hold_whole_words_of_the_text(read) -> None:
    text = "동물구호단체 ‘두발로’ 오한결 팀장이 발견했다."
    reading = read(text)
    person = next(m for m in reading.mentions if m.kind == "Person")
    found = list(slots(person, reading.tokens, (), load_knowledge()))
    assert [text[s.start : s.end] for s in found] == ["두발로", "동물구호단체 ‘두발로’", "동물구호단체"]
    assert all(trait.startswith("before|") for slot in found for trait in slot.traits)


@pytest.mark.parametrize(
    ("meta", "weights", "told"),
    [
        ({"format": 1, "bias": 0}, "a\t1\n", "accept"),
        ({"format": 9, "bias": 0, "accept": 1}, "a\t1\n", "format"),
        ({"format": 1, "bias": 0, "accept": 1}, "a\t1\nb two\n", "line 2"),
    ],
)
def test_a_broken_model_says_what_is_wrong(meta: dict, weights: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    (tmp_path / "weights.tsv").write_text(weights, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=told):
        load(tmp_path)


def test_the_shipped_model_says_the_same_in_any_order() -> None:
    model = load(resource(*model_of.FOLDER))
    traits = tuple(model.weights)[:50]
    assert model.score(traits) == model.score(traits[::-1]) == Employers(model.weights, model.bias, 0).score(traits)


def test_the_threshold_is_the_lowest_that_is_right_often_enough() -> None:
    found = [Example(f"a{i}", (), (0, 3), right, True) for i, right in enumerate([True] * 8 + [False] * 2 + [False] * 5)]
    scores = np.array([2500] * 10 + [400] * 5)
    assert threshold(found, scores, {"support": 5, "precise": 0.8}) == 500
    with pytest.raises(SystemExit):
        threshold(found, scores, {"support": 5, "precise": 0.9})
