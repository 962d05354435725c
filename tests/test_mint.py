"""Minting: an IRI says what the thing is and nothing else, and two things never share one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.mint import article_iri, assertion_iri, mint
from kg.knowledge.vocab import ARTICLE, ASSERTION, ID
from kg.model import Evidence, Span, Thing


@pytest.mark.parametrize(
    ("kind", "name", "scope", "local"),
    [
        ("GovernmentBody", "인사혁신처", "", "인사혁신처"),
        ("Seminar", "국제 세미나", "2021-06-28", "국제_세미나_2021-06-28"),
        ("Person", "문가람", "한빛대", "문가람_한빛대"),
        ("Venue", "한빛홀", "", "한빛홀_장소"),
        ("City", "나래", "", "나래_지역"),
        ("Region", "나래", "", "나래_지역"),
        ("Place", "나래", "", "나래_장소"),
        ("Topic", "물·길!", "", "물_길_주제"),
        ("Presentation", "‘물’의 길", "a", "물_의_길_발표_a"),
        ("Case", "물", "", "물_사례"),
        ("System", "물", "", "물_시스템"),
        ("Award", "물", "", "물_상"),
        ("Company", "  (주) 나래-온 ", "", "주_나래_온"),
        ("Company", "나래온", "a b-c", "나래온_a_b-c"),
        ("Country", "!", "", ""),
    ],
)
def test_names_are_readable(kind, name, scope, local):
    assert mint(Thing(kind=kind, name=name, scope=scope)) == ID + local


def test_both_forms_of_hangul_are_one_thing():
    name = "물길 재단"
    assert mint(Thing(kind="Company", name=unicodedata.normalize("NFD", name))) == mint(Thing(kind="Company", name=name))
    assert article_iri(unicodedata.normalize("NFD", "가")) == article_iri("가") == ARTICLE + "가"


@pytest.mark.parametrize(("length", "cut"), [(79, False), (80, False), (81, True), (200, True)])
def test_long_names_are_cut_and_told_apart(length, cut):
    one, other = (mint(Thing(kind="Company", name="물" * length + end)).removeprefix(ID) for end in ("", "길"))
    assert one != other
    assert (one != "물" * length) == cut
    assert not cut or one.startswith("물" * 80 + "_") and len(one) == 80 + 1 + 10


def test_a_long_scope_tells_apart_too():
    one, other = (mint(Thing(kind="Forum", name="물" * 90, scope=scope)) for scope in ("a", "b"))
    assert one != other


def test_quotations_are_known_by_their_words_and_scope():
    words = "물은 흐르고 또 흐른다는 사실을 잊지 말아야 한다"
    one = mint(Thing(kind="Quotation", name=words, scope="a"))
    assert one.startswith(ID + "말_물은_흐르고_또_흐른다는_사실을_") and one == mint(
        Thing(kind="Quotation", name=words, scope="a")
    )
    assert (
        len(
            {
                one,
                mint(Thing(kind="Quotation", name=words, scope="b")),
                mint(Thing(kind="Quotation", name=words + ".", scope="a")),
            }
        )
        == 3
    )
    assert len(one.rpartition("_")[2]) == 10


@pytest.mark.parametrize(
    ("identifier", "local"),
    [
        ("a-1_b.c~", "a-1_b.c~"),
        ("a b", "a%20b"),
        ("a#2", "a%232"),
        ("a/b", "a%2Fb"),
        ("가", "가"),
        ("é", "é"),
        ("가 나#2", "가%20나%232"),
        ("50%", "50%25"),
    ],
)
def test_articles_keep_their_identifiers(identifier, local):
    assert article_iri(identifier) == ARTICLE + local


def _evidence(**values) -> Evidence:
    given_ = {"article": "a", "span": Span("text", 0, 5), "sentence": Span("text", 0, 9), "rule": "r", "confidence": 0.9}
    return Evidence(**{**given_, **values})


@pytest.mark.parametrize(
    "changed",
    [
        {"article": "b"}, {"span": Span("title", 0, 5)}, {"span": Span("text", 1, 5)}, {"span": Span("text", 0, 6)}, {"rule": "q"},
    ],
    ids=("article", "field", "start", "end", "rule"),
)  # fmt: skip
def test_an_assertion_is_known_by_its_words(changed):
    one = assertion_iri("s", "p", "o", _evidence())
    assert one.startswith(ASSERTION) and len(one) == len(ASSERTION) + 16
    assert one != assertion_iri("s", "p", "o", _evidence(**changed))
    assert one == assertion_iri("s", "p", "o", _evidence(confidence=0.1, sentence=Span("text", 0, 7)))


@pytest.mark.parametrize("triple", [("t", "p", "o"), ("s", "q", "o"), ("s", "p", "x"), ("sp", "", "o"), ("o", "p", "s")])
def test_an_assertion_is_known_by_what_it_says(triple):
    assert assertion_iri("s", "p", "o", _evidence()) != assertion_iri(*triple, _evidence())


def test_hashes_stay_what_they_are():
    """IRIs that are out in the world: a change here is a change of everybody's links."""
    assert mint(Thing(kind="Quotation", name="물이 길이다", scope="a")) == ID + "말_물이_길이다_8aa8b6054e"
    assert assertion_iri("s", "p", "o", _evidence()) == ASSERTION + "01f53d912a74edf1"


@given(st.text(min_size=1, max_size=120), st.text(max_size=20))
def test_minting_is_a_function_of_the_thing(name, scope):
    thing = Thing(kind="Company", name=name, scope=scope)
    iri = mint(thing)
    assert iri == mint(Thing(kind="Association", name=name, scope=scope))
    assert iri == unicodedata.normalize("NFC", iri) and not any(c.isspace() for c in iri)
