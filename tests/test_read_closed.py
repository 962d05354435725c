"""Pages that stand where an article was wanted: named for what they say, and no short article refused for its words."""

from __future__ import annotations

import tomllib

import pytest

from kg.errors import KnowledgeError
from kg.knowledge.resources import resource
from kg.read.files import read
from kg.read.page_words import load_page_words

FILE = resource("data", "reading", "pages.toml")
CLOSED = tomllib.loads(FILE.read_text(encoding="utf-8"))["closed"]
MISSING, MEMBERS, KEPT_OUT, COOKIES, WORKED_ON = (entry["why"] for entry in CLOSED)

PAGES = [
    (MISSING, "<title>한빛신문</title><nav><a href=/>홈</a></nav><h2>존재하지 않는 기사입니다.</h2><p>주소를 다시 확인해 주세요.</p><footer>Copyright 한빛신문</footer>"),
    (MISSING, "<title>404</title><h1>404 Not Found</h1><p>The requested URL was not found on this server.</p>"),
    (MISSING, "<title>오류 | 가온군청</title><p>죄송합니다.</p><p>페이지의 주소가 변경 혹은 삭제되어 요청하신 페이지를 찾을 수 없습니다.</p><a href=/>홈으로</a>"),
    (MISSING, "<title>가온대학교</title><p>해당 게시물은 삭제되었거나 열람 권한이 없습니다.</p><p>관리자에게 문의하시기 바랍니다.</p>"),
    (MEMBERS, "<title>두메일보</title><p>로그인 후 이용하실 수 있습니다.</p><p>회원이 되시면 더 많은 기사를 읽으실 수 있습니다.</p>"),
    (MEMBERS, "<title>한빛뉴스</title><p>이 기사는 유료 회원 전용 기사입니다.</p><a href=/join>구독하기</a>"),
    (KEPT_OUT, "<title>두메일보</title><h1>접근이 차단되었습니다.</h1><p>비정상적인 접근으로 판단되어 이용이 제한됩니다.</p>"),
    (KEPT_OUT, "<title>Just a moment...</title><p>이 사이트에 연결하기 전에 보안을 확인하고 있습니다.</p>"),
    (COOKIES, "<title>너른일보</title><p>이 웹사이트는 쿠키를 사용합니다. 계속 이용하시면 쿠키 사용에 동의하는 것으로 간주합니다.</p><button>동의</button>"),
    (WORKED_ON, "<title>한빛방송</title><p>서비스 점검 중입니다.</p><p>점검 시간: 2024년 3월 5일 02:00 ~ 06:00</p><p>이용에 불편을 드려 죄송합니다.</p>"),
]  # fmt: skip
ARTICLES = [
    "<title>한빛신문</title><h1>가온군, 누리집 새로 열어</h1><p>가온군은 5일 새 누리집을 열었다. 옛 주소로는 페이지를 찾을 수 없다는 안내가 나온다.</p>",
    "<title>한빛신문</title><h1>가온군 책 잔치</h1><p>가온군은 5일 책 잔치를 열었다고 밝혔다.</p><p>로그인 후 이용하실 수 있습니다.</p>",
    "<title>가온군</title><h1>책 잔치에 오세요</h1><p>3월 5일 마을 회관에서 책 잔치를 엽니다. 누구나 오실 수 있습니다.</p><h3>댓글</h3><p>로그인 후 댓글을 쓰실 수 있습니다.</p>",
]  # fmt: skip


def read_one(path, words):
    path.write_text(words, encoding="utf-8")
    errors: list = []
    return list(read([path], on_error=errors.append)), [error.reason for error in errors]


@pytest.mark.parametrize(("why", "markup"), PAGES)
def test_a_page_that_says_why_it_is_no_article_is_refused_with_that(tmp_path, why, markup):
    assert read_one(tmp_path / "a.html", markup) == ([], [f"the page holds no article: it says {why}"])


@pytest.mark.parametrize("markup", ARTICLES)
def test_an_article_with_such_words_is_read(tmp_path, markup):
    found, errors = read_one(tmp_path / "a.html", markup)
    assert not errors and len(found) == 1


def test_as_text_too(tmp_path):
    assert read_one(tmp_path / "a.txt", "존재하지 않는 기사입니다.\n\n이전 페이지로\n")[1] == [
        f"the page holds no article: it says {MISSING}"
    ]


@pytest.mark.parametrize("entry", CLOSED, ids=lambda entry: entry["why"])
def test_every_reason_brings_examples_and_near_misses(entry):
    [pattern] = [pattern for why, pattern in load_page_words().closed if why == entry["why"]]
    assert entry["examples"] and all(map(pattern.search, entry["examples"]))
    assert entry["near"] and not any(map(pattern.search, entry["near"]))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[portals]", "[portal]"), "portal"),
        (('labels = ["첨부"', 'labels = [3, "첨부"'), "is no word"),
        (("suffixes =", "suffix ="), "suffix"),
        (("why = ", "because = "), "because"),
        (("'''쿠키(를", "'''쿠키((를"), "no regular expression"),
    ],
)
def test_a_wrong_file_of_words_is_refused(tmp_path, change, said):
    text = FILE.read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "pages.toml"
    path.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=said):
        load_page_words(path)
