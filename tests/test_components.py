"""The spaCy components over Korean sentences: over Kiwi's morphemes, after another tokenizer, and saved and loaded again."""

from __future__ import annotations

import pytest
import spacy

from kg.analyze import language
from kg.analyze.components import MENTIONS, QUOTES, VALUES

# text, mentions (words, class)
ENTITIES = [
    (
        "환경부는 12일 서울 코엑스에서 제3회 물산업 토론회를 개최했다.",
        [("환경부", "GovernmentBody"), ("서울 코엑스", "Venue"), ("제3회 물산업 토론회", "Forum")],
    ),
    ("국립환경과학원과 한국물포럼이 함께 세미나를 열었다.", [("국립환경과학원", "ResearchInstitute")]),
    ("이화여자대학교 한가온 교수가 발표했다.", [("이화여자대학교", "University"), ("한가온", "Person")]),
    ("우즈베키스탄과 카자흐스탄이 참여했다.", [("우즈베키스탄", "Country"), ("카자흐스탄", "Country")]),
]
# text, values (words, kind)
VALUE_CASES = [
    ("’26.2.11.(수) 행사에 100여 명이 모였다.", [("’26.2.11.(수)", "date"), ("100여 명", "people")]),
    ("제57차 회의는 10월 15일부터 18일까지 열린다.", [("제57차", "edition"), ("10월 15일부터 18일까지", "date")]),
    ("45개국이 2013년에 가입했다.", [("45개국", "countries"), ("2013년", "year")]),
]
QUOTE_CASES = [
    ("한가온 원장은 “물은 생명이다. 함께 지키자.”라고 말했다.", ["“물은 생명이다. 함께 지키자.”"]),
    ("‘물의 날’ 행사가 열렸다.", []),
]
SENTENCES = [
    ("물은 맑다. 하늘은 푸르다.", ["물은 맑다.", "하늘은 푸르다."]),
    (
        "한가온 원장은 “물은 맑다. 하늘은 푸르다.”라고 말했다. 모두 웃었다.",
        ["한가온 원장은 “물은 맑다. 하늘은 푸르다.”라고 말했다.", "모두 웃었다."],
    ),
    ("물의 날 행사\n하늘은 푸르다.", ["물의 날 행사", "하늘은 푸르다."]),
]


@pytest.fixture(scope="module")
def nlp():
    return language.create()


@pytest.fixture(scope="module")
def spaced():
    """Somebody's pipeline whose tokens are what white space parts."""
    nlp = spacy.blank("ko", config={"nlp": {"tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}})
    for name in language.PIPES:
        nlp.add_pipe(name)
    return nlp


def _words(spans):
    return [(span.text, span.label_) for span in spans]


@pytest.mark.parametrize(("text", "expected"), ENTITIES, ids=[text[:12] for text, _ in ENTITIES])
def test_entities(nlp, text, expected):
    doc = nlp(text)
    found = _words(doc.spans[MENTIONS])
    assert [pair for pair in expected if pair not in found] == []
    assert all(s._.press_mention.name in s.text and s._.press_mention.kind == s.label_ for s in doc.spans[MENTIONS])
    assert {ent.text for ent in doc.ents} <= {span.text for span in doc.spans[MENTIONS]}
    assert any(ent.text == expected[0][0] for ent in doc.ents)


@pytest.mark.parametrize(("text", "expected"), VALUE_CASES, ids=[text[:12] for text, _ in VALUE_CASES])
def test_values(nlp, text, expected):
    doc = nlp(text)
    assert _words(doc.spans[VALUES]) == expected
    assert [span._.press_value.kind for span in doc.spans[VALUES]] == [kind for _, kind in expected]


@pytest.mark.parametrize(("text", "expected"), QUOTE_CASES, ids=[text[:12] for text, _ in QUOTE_CASES])
def test_quotes(nlp, text, expected):
    doc = nlp(text)
    assert [span.text for span in doc.spans[QUOTES]] == expected


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text[:12] for text, _ in SENTENCES])
def test_sentences(nlp, spaced, text, expected):
    assert [sent.text.strip() for sent in nlp(text).sents] == expected
    assert [sent.text.strip() for sent in spaced(text).sents] == expected


def test_after_another_tokenizer_mentions_widen_to_its_tokens(spaced):
    doc = spaced("환경부는 12일 서울 코엑스에서 토론회를 개최했다.")
    found = _words(doc.spans[MENTIONS])
    assert found == [("환경부는", "GovernmentBody"), ("서울 코엑스에서", "Venue"), ("토론회를", "Forum")]
    assert doc.spans[MENTIONS][0]._.press_mention.name == "환경부"
    assert [span.text for span in doc.spans[VALUES]] == ["12일"]


def test_entities_of_components_before_stay():
    nlp = spacy.blank("ko", config={"nlp": {"tokenizer": {"@tokenizers": "presskg.Kiwi.v1"}}})
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "MINE", "pattern": "환경부"}])
    nlp.add_pipe("press_entities")
    ents = _words(nlp("환경부는 서울에서 행사를 열었다.").ents)
    assert ents[0] == ("환경부", "MINE") and ("서울", "City") in ents


def test_saved_and_loaded_again_reads_the_same(nlp, tmp_path):
    nlp.to_disk(tmp_path / "press")
    again = spacy.load(tmp_path / "press")
    assert again.pipe_names == list(language.PIPES)
    doc, other = nlp(ENTITIES[0][0]), again(ENTITIES[0][0])
    assert _words(other.spans[MENTIONS]) == _words(doc.spans[MENTIONS]) != []


def test_docs_can_be_stored_and_read_again(nlp):
    from spacy.tokens import Doc

    doc = nlp(ENTITIES[0][0])
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert _words(again.spans[MENTIONS]) == _words(doc.spans[MENTIONS]) != []
    assert again.spans[MENTIONS][0]._.press_mention == doc.spans[MENTIONS][0]._.press_mention


def test_components_say_what_they_assign(nlp):
    analysis = nlp.analyze_pipes()
    assert analysis["problems"] == {name: [] for name in language.PIPES}
    assert "doc.ents" in analysis["summary"]["press_entities"]["assigns"]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing_to_read(nlp, text):
    doc = nlp(text)
    assert [len(doc.spans[key]) for key in (MENTIONS, VALUES, QUOTES)] == [0, 0, 0]
