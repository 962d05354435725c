"""Search as people type Korean: particles, initial consonants, other names, spaces, and what comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ask.search import Index, fold, stems
from kg.graph.store import load_store
from kg.knowledge.vocab import ID


@pytest.fixture(scope="module")
def index(folder: Path) -> Index:
    return Index(load_store(folder))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("가람대학교", "가람대학교"),
        ("가람", "가람대학교"),
        ("가람 대학교", "가람대학교"),
        ("가람대학교는", "가람대학교"),
        ("가람대학교에서", "가람대학교"),
        ("가람대학교에서는", "가람대학교"),
        ("물결연구원이", "물결연구원"),
        ("물결연구원으로", "물결연구원"),
        ("환경부와", "환경부"),
        ("환경부의", "환경부"),
        ("서울로", "서울"),
        ("ㄱㄹㄷㅎㄱ", "가람대학교"),
        ("ㅎㄱㅂ", "환경부"),
        ("ㅎㄱㅅㅈㅇㄱㅅ", "한국수자원공사"),
        ("한국ㅅㅈㅇ", "한국수자원공사"),
        ("ㅅㅇ", "서울"),
        ("맑은물 포럼", "제3회 맑은물 정책 포럼"),
        ("포럼 맑은물을", "제3회 맑은물 정책 포럼"),
        ("제3회", "제3회 맑은물 정책 포럼"),
        ("3회맑은물", "제3회 맑은물 정책 포럼"),
        ("충남도", "충청남도"),
        ("충남도가", "충청남도"),
        ("ㅊㄴㄷ", "충청남도"),
        ("‘도시 하천의 회복’", "도시 하천의 회복"),
        ("ㄳ", "한국수자원공사"),
        ("윤다온 교수", "윤다온"),
        ("윤다온 교수가", "윤다온"),
        ("가람대 윤다온", "윤다온"),
        ("ㅇㄷㅇ 가람대학교 교수는", "윤다온"),
        ("윤다온씨는", "윤다온"),
        ("윤다온 씨", "윤다온"),
    ],
)
def test_finds(index: Index, typed: str, first: str, folder: Path) -> None:
    names = {quad.subject.value: quad.object.value for quad in load_store(folder) if quad.predicate.value.endswith("#prefLabel")}
    found = [names[hit.iri] for hit in index.find(typed)]
    assert first in found[: 2 if len(typed) > 2 else 5], found


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "없는이름",
        "가람대학교 없는말",
        "가람대학교를를",
        "윤다온 장관",
        "ㅋㅋㅋ",
        ".*",
        "[가-힣]",
        "%",
        "(",
        "\\",
        "\u0000",
    ],
)
def test_finds_nothing(index: Index, typed: str) -> None:
    assert index.find(typed) == []


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("인사혁신처는", "인사혁신처"),
        ("국세청은", "국세청"),
        ("국세청는", None),
        ("인사혁신처은", None),
        ("서울로", "서울"),
        ("국세청로", None),
        ("처장에게서", "처장"),
        ("정이", None),
        ("이", None),
        ("회의", None),
        ("간담회의", "간담회"),
        ("KISA는", "KISA"),
        ("KISA은", "KISA"),
    ],
)
def test_a_particle_is_cut_only_where_it_may_stand(word: str, stem: str | None) -> None:
    assert list(stems(word)) == [word] + ([stem] if stem else [])


def test_an_own_name_comes_before_another_things_title(index: Index) -> None:
    """Titles of articles hold many names; the thing itself is what is meant."""
    assert index.find("환경부")[0].iri == f"{ID}환경부"


def test_composed_and_decomposed_are_alike(index: Index) -> None:
    import unicodedata

    assert index.find(unicodedata.normalize("NFD", "환경부")) == index.find("환경부") != []
    assert fold("ＫＩＳＡ") == "kisa"


def test_a_long_question_is_quick(index: Index) -> None:
    import time

    start = time.process_time()
    index.find("ㄱ" * 5000)
    index.find("가 " * 5000)
    assert time.process_time() - start < 1
