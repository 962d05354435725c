"""The model of names: what it must find, that offsets hold, that it is small and fast, and that PressKG does without it."""

from __future__ import annotations

import warnings

import pytest
from spacy.vocab import Vocab

from kg.analyze import ner
from kg.analyze.ner import load_ner, name_spans
from kg.analyze.tokenizer import KiwiTokenizer
from kg.knowledge.resources import resource

# sentence, names that must be among those found
CASES = [
    ("한가온 이화여대 교수가 서울에서 발표했다.", {("한가온", "PS"), ("이화여대", "OG"), ("서울", "LC"), ("교수", "OCCUPATION")}),
    ("문체부는 지난 12일 오후 3시 부산에서 설명회를 열었다.", {("문체부", "OG"), ("부산", "LC"), ("오후 3시", "TI")}),
    ("도로나라 대표 마리아 곤살레스는 3,000만원을 기부했다.", {("마리아 곤살레스", "PS"), ("3,000만원", "QT")}),
    ("나다솜 씨와 윤가람 씨는 2021년 6월 28일 결혼했다.", {("나다솜", "PS"), ("윤가람", "PS"), ("2021년 6월 28일", "DT")}),
]
PLAIN = ["물은 위에서 아래로 흐른다.", "그래서 정말 재미있게 보았다."]


@pytest.fixture(scope="module")
def tokenizer():
    return KiwiTokenizer(Vocab())


def _found(tokenizer, text):
    return {(text[name.start : name.end], name.label) for name in name_spans(tokenizer(text))}


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:12] for text, _ in CASES])
def test_names_are_found(tokenizer, text, expected):
    assert expected - _found(tokenizer, text) == set()


@pytest.mark.parametrize("text", PLAIN)
def test_nothing_is_found_where_nothing_is_named(tokenizer, text):
    assert _found(tokenizer, text) == set()


def test_offsets_hold_over_sentences_and_lines(tokenizer):
    text = "  " + "\n\n".join(text for text, _ in CASES)
    names = name_spans(tokenizer(text))
    assert {(text[n.start : n.end], n.label) for n in names} >= {("한가온", "PS"), ("부산", "LC"), ("나다솜", "PS")}
    assert all(0 <= n.start < n.end <= len(text) and text[n.start : n.end].strip() == text[n.start : n.end] for n in names)
    assert all(0 < n.score <= 1 for n in names)
    assert list(names) == sorted(names)


def test_a_sentence_is_read_alike_alone_and_among_others(tokenizer):
    sentences = [text for text, _ in CASES]
    together, offset, apart = name_spans(tokenizer("\n".join(sentences))), 0, []
    for sentence in sentences:
        apart += [(n.start + offset, n.end + offset, n.label) for n in name_spans(tokenizer(sentence))]
        offset += len(sentence) + 1
    assert [(n.start, n.end, n.label) for n in together] == apart != []


@pytest.mark.parametrize("text", ["", " ", "\n", "가" * 3000, "1 " * 2000])
def test_odd_texts(tokenizer, text):
    assert all(0 <= n.start < n.end <= len(text) for n in name_spans(tokenizer(text)))


def test_the_model_is_small():
    folder = resource(*ner.FOLDER)
    size = sum(file.stat().st_size for file in folder.iterdir())
    assert 1_000_000 < size <= 30 * 1024 * 1024


def test_without_the_model_a_notice_says_so_once(tokenizer, tmp_path, monkeypatch):
    monkeypatch.setattr(ner, "resource", lambda *parts: tmp_path / "none")
    load_ner.cache_clear()
    try:
        with pytest.warns(UserWarning, match="no model of names"):
            assert name_spans(tokenizer(CASES[0][0])) == ()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert name_spans(tokenizer(CASES[0][0])) == ()
    finally:
        load_ner.cache_clear()


def test_the_component_finds_the_same(tokenizer):
    import spacy

    from kg.analyze import components  # noqa: F401

    nlp = spacy.blank("ko", config={"nlp": {"tokenizer": {"@tokenizers": "presskg.Kiwi.v1"}}})
    nlp.add_pipe("press_ner")
    text = CASES[0][0]
    doc = nlp(text)
    assert {(span.text, span.label_) for span in doc.spans["press_names"]} == _found(tokenizer, text) != set()
    assert {ent.label_ for ent in doc.ents} >= {"PS", "OG", "LC"}
