"""Contacts stand in no graph, no evidence and no page; who is to be forgotten is, also in what is built later; offsets stay."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.forget import forget
from kg.graph.check import check
from kg.graph.shield import Shield
from kg.pipeline import build, remove
from kg.read.contacts import contacts, masked
from tests.serve.conftest import running

HIDDEN = [
    "044-200-1234",
    "02-123-4567",
    "(02) 2100-3074",
    "02)2100-3074",
    "031.123.4567",
    "010-1234-5678",
    "01012345678",
    "010 1234 5678",
    "+82-2-123-4567",
    "+82 10 1234 5678",
    "0082-2-123-4567",
    "1588-1234",
    "1899-0000",
    "070-1234-5678",
    "０２－１２３－４５６７",
    "02–123–4567",
    "042-481-3214∼3217",
    "hong@example.go.kr",
    "a.b+c@mail.example.co.kr",
    "hong(at)example.go.kr",
    "hong＠example.kr",
    "no-reply_1@example.org",
]
KEPT = [
    "2023-05-17",
    "2023. 5. 17.",
    "12,345-6789",
    "제2021-0174384호",
    "10-2022-0170115",
    "1592-1598년",
    "3.1-1234-5678",
    "제3회",
    "50:50",
    "0.123-456-7890",
    "1,234명",
    "@SUM(A1)",
    "홍보@담당",
    "010년",
    "9월 2-3일",
    "2-123-4567",
]


@pytest.mark.parametrize("words", HIDDEN)
def test_a_contact_is_hidden_sign_by_sign(words):
    for text in (words, f"문의: 정책과 노을찬({words})", f"담당자 {words}로 문의", f"☎ {words}."):
        hidden = masked(text)
        assert len(hidden) == len(text) and not any(c.isdigit() or c.isascii() and c.isalpha() for c in hidden)
        assert [text[a:b].strip("()") for a, b in contacts(text)] == [words.strip("()")] or "(" in words
        assert masked(hidden) == hidden


@pytest.mark.parametrize("words", KEPT)
def test_what_only_looks_like_one_stays(words):
    assert masked(f"행사는 {words} 열렸다") == f"행사는 {words} 열렸다"


@pytest.mark.parametrize(
    ("text", "number"),
    [("전화 : 200-7151", "200-7151"), ("Fax: 3459-2755", "3459-2755"), ("☎ 2100-3074, 3075", "2100-3074, 3075")],
)
def test_a_number_without_area_is_one_where_it_is_called_so(text, number):
    [(start, end)] = contacts(text)
    assert text[start:end] == number


@given(st.text(alphabet="0123456789-() .,@a가+~", max_size=60))
def test_a_mask_is_as_long_as_what_it_hides_and_hides_once(text):
    hidden = masked(text)
    assert len(hidden) == len(text) and masked(hidden) == hidden
    assert all(a == b or b == "█" for a, b in zip(text, hidden, strict=True))


NUMBER, MAIL, NAME = "044-987-6543", "noeul@example.go.kr", "한노을찬"
TEXTS = {
    "forum": f"""담서부, 숲길 포럼 열어 (문의 {NUMBER})

담서부(장관 {NAME})는 2023년 5월 17일 담서청사에서 제3회 숲길 포럼을 개최했다. 문의는 {NUMBER}, {MAIL}로 하면 된다.

{NAME} 담서부 장관은 “숲길을 이어 가자”라고 말했다. 담서부 장관({NUMBER})은 숲길을 걸었다. 도서진 담서대학교 교수가 좌장을 맡았다.

담당자 : 숲길과 노서율({NUMBER}, {MAIL})
""",
    "other": "담서대학교, 강변 세미나\n\n담서대학교는 2023년 6월 1일 강변 세미나를 개최했다.\n\n도서진 담서대학교 교수는 “물길을 보자”라고 말했다.\n",
}


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("private") / "in"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def files(out: Path) -> dict[str, str]:
    """Every file of a folder as text, the server's store and its like left out."""
    return {p.name: p.read_text(encoding="utf-8") for p in sorted(out.iterdir()) if p.is_file()}


def holding(out: Path, words: str) -> set[str]:
    forms = {words, unicodedata.normalize("NFD", words), json.dumps(words)[1:-1]}
    return {name for name, text in files(out).items() if any(form in text for form in forms)}


def digests(out: Path) -> dict[str, str]:
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files(out).items()}


def test_contacts_stand_in_the_article_alone(source, tmp_path, run_kg):
    out = tmp_path / "out"
    build([source], out)
    for words in (NUMBER, MAIL):
        assert holding(out, words) == {"articles.jsonl"}
    assert check(out).conforms
    said = (
        run_kg("explain", out, NAME).stdout
        + run_kg("explain", out, NAME, "--json").stdout
        + run_kg("query", out, "quotes").stdout
    )
    assert NAME in said and "물길을 보자" in said and NUMBER not in said and MAIL not in said
    with running(out) as server:
        import requests

        for path in ("/id/article/forum", f"/id/{NAME}_담서부", "/graph", "/search?q=숲길", "/timeline", "/"):
            page = requests.get(server.url(path), headers={"Accept": "text/html"}, timeout=30).text
            assert NUMBER not in page and MAIL not in page and "noeul" not in page


def test_no_contacts_hides_them_in_the_articles_too_and_stays_so(source, tmp_path):
    out, fresh = tmp_path / "out", tmp_path / "fresh"
    build([source / "forum.txt"], out, contacts=False)
    build([source / "other.txt"], out, add=True)
    build([source], fresh, contacts=False)
    assert digests(out) == digests(fresh) and check(out).conforms
    assert not holding(out, NUMBER) and not holding(out, MAIL)
    remove(out, ["other"])
    build([source / "forum.txt"], fresh, contacts=False)
    assert digests(out) == digests(fresh)
    raw = json.loads((out / "articles.jsonl").read_text(encoding="utf-8"))["fields"]["text"]
    assert len(raw) == len(TEXTS["forum"]) and "███-███-████" in raw
    build([source / "forum.txt"], out, contacts=True)
    assert holding(out, NUMBER) == {"articles.jsonl"}


def test_who_is_forgotten_is_in_nothing_then_and_later(source, tmp_path):
    out = tmp_path / "out"
    build([source], out)
    assert {"graph.nq", "evidence.ttl", "graph.html", "articles.jsonl", "results.jsonl"} <= holding(out, NAME)
    taken = forget(out, NAME)
    assert taken.people == 1 and taken.statements > 5 and taken.assertions >= 2 and taken.places == 2 and taken.articles == 1
    assert not taken.left and not holding(out, NAME) and check(out).conforms
    assert holding(out, "도서진") >= {"graph.nq", "articles.jsonl"}, "others stay"
    later = TEXTS["forum"].replace("숲길을 이어", "나무를 심어").replace(f"{NAME} 담서부", f"{' '.join(NAME)} 담서부")
    (tmp_path / "later.txt").write_text(later, encoding="utf-8")
    build([tmp_path / "later.txt"], out, add=True)
    assert (
        not holding(out, NAME)
        and not holding(out, " ".join(NAME))
        and "나무를 심어" in (out / "articles.jsonl").read_text(encoding="utf-8")
    )
    build([source], out)
    assert not holding(out, NAME) and check(out).conforms
    once = digests(out)
    build([source], out)
    assert digests(out) == once


def test_forgetting_says_whom_it_cannot_tell_apart_and_who_is_unknown(source, tmp_path, run_kg):
    out = tmp_path / "out"
    (tmp_path / "in").mkdir()
    for name, text in (
        ("a", TEXTS["other"]),
        ("b", TEXTS["other"].replace("담서대학교", "가온연구원").replace("교수", "원장").replace("강변", "산길")),
    ):
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    build([tmp_path / "in"], out, view=False)
    done = run_kg("forget", out, "도서진")
    assert done.returncode == 2 and "2 people are called so" in done.stderr and "--namesakes" in done.stderr
    assert run_kg("forget", out, "없는이").returncode == 2 and run_kg("forget", out, "도").returncode == 2
    done = run_kg("forget", out, "도서진", "--namesakes")
    assert done.returncode == 0 and done.stdout.startswith("2 people with ") and not holding(out, "도서진")


def test_an_identifier_that_holds_the_name_is_told(tmp_path):
    (tmp_path / f"{NAME}.txt").write_text(TEXTS["forum"], encoding="utf-8")
    build([tmp_path / f"{NAME}.txt"], tmp_path / "out", view=False)
    taken = forget(tmp_path / "out", NAME, view=False)
    assert any(one.startswith(f"{NAME} (identifier)") for one in taken.left) and "kg remove takes the article out" in "".join(
        taken.lines()
    )


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("한노을찬 장관", "████ 장관"),
        ("담서부장관한노을찬은", "담서부장관████은"),
        ("한 노 을 찬", "█ █ █ █"),
        ("한노을 찬성", "한노을 찬성"),
        (unicodedata.normalize("NFD", "한노을찬은"), None),
        ("존 스미스 대표와 존·스미스", "█ ███ 대표와 █·███"),
        ("john SMITH", "████ █████"),
    ],
)
def test_a_name_is_found_however_it_is_written(text, hidden):
    shield = Shield(salt="s").without([NAME, "존 스미스", "John Smith"])
    got = shield.words(text)
    assert len(got) == len(text) and (got == hidden if hidden else "█" in got and NAME not in unicodedata.normalize("NFC", got))


def test_a_damaged_list_stops_a_build(source, tmp_path):
    build([source], tmp_path / "out", view=False)
    (tmp_path / "out" / "forgotten.json").write_text("{}")
    with pytest.raises(UsageError, match="people who are forgotten would come back"):
        build([source], tmp_path / "out", view=False)
