"""The pages: what a thing's page holds, in which formats it comes, and that the words of articles never become markup."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib
import requests

from kg.knowledge.vocab import ID, PRESS
from tests.serve.conftest import Server, running

FORUM, PAGE2 = "제3회_맑은물_정책_포럼_2023-05-11", "article/page%232"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def see(server: Server, path: str, **headers: str) -> requests.Response:
    return requests.get(server.url(path), headers={**BROWSER, **headers}, timeout=20, allow_redirects=False)


def words(html: str) -> str:
    """What a reader sees."""
    import html as escapes

    return " ".join(
        escapes.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"<(script|style|svg).*?</\1>", " ", html, flags=re.S))).split()
    )


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/timeline",
        "/search?q=환경부",
        "/ask/co-hosts",
        f"/id/{quote(FORUM)}",
        "/graph",
        "/static/app.css",
        "/static/theme.css",
        "/static/ask.js",
        "/terms.json",
    ],
)
def test_every_address_answers_in_silence(server: Server, path: str) -> None:
    answer = see(server, path)
    assert answer.status_code == 200 and answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors" in policy
    if path != "/graph":
        assert "default-src 'none'" in policy and "connect-src 'self'" in policy and "unsafe" not in policy
    assert not re.search(r"""(src|href)=["'](https?:)?//""", answer.text) or path.startswith(("/id", "/graph")), (
        "asks for something elsewhere"
    )


def test_a_things_page_tells_what_is_known_with_the_words(server: Server) -> None:
    text = see(server, f"/id/{quote(FORUM)}").text
    seen = words(text)
    for expected in (
        "제3회 맑은물 정책 포럼",
        "토론회·포럼",
        "2023. 5. 11.",
        "열림",
        "대전컨벤션센터",
        "← 공동 개최",
        "환경부",
        "한국수자원공사",
        "← 참석",
        "서한결",
        "환경부, 제3회 맑은물 정책 포럼 개최",
        "신뢰도 0.9",
    ):
        assert expected in seen, expected
    assert "<mark>대전컨벤션센터에서</mark>" in text
    assert f'href="/id/{quote("대전컨벤션센터")}"' in text and '<svg xmlns="http://www.w3.org/2000/svg" class="picture"' in text


def test_what_is_said_not_to_be_so_stands_apart(server: Server) -> None:
    seen = words(see(server, f"/id/{quote('환경부')}").text)
    assert "아니라고 한 것" in seen and "부정" in seen and "체결하지 않았다" in seen.partition("아니라고 한 것")[2]


def test_an_article_shows_its_text_with_the_words_that_say_something_marked(server: Server) -> None:
    text = see(server, "/id/article/water-forum").text
    assert '<mark title="장소: 제3회 맑은물 정책 포럼 → 대전컨벤션센터">대전컨벤션센터에서</mark>' in text
    assert "https://example.org/water-forum" in text
    body = re.search(r'<p class="body">(.*?)</p>', text, re.S)[1]
    assert "이날 포럼에는 가람대학교 윤다온 교수와" in re.sub(r"<[^>]*>", "", body)


@pytest.mark.parametrize("path", [f"/id/{PAGE2}", f"/id/{PAGE2.replace('%', '%25')}"])
def test_an_identifier_with_a_reserved_sign_is_found_either_way(server: Server, path: str) -> None:
    assert "물관리 인재양성 업무협약 체결" in words(see(server, path).text)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/ld+json", "json-ld"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_a_thing_as_linked_data(server: Server, accept: str, form: str) -> None:
    answer = see(server, f"/id/{quote(FORUM)}", Accept=accept)
    assert answer.headers["content-type"].startswith(accept) and "accept" in answer.headers["vary"].lower()
    graph = rdflib.Graph().parse(data=answer.text, format=form)
    forum = rdflib.URIRef(ID + FORUM)
    assert (forum, rdflib.RDF.type, PRESS.Forum) in graph and (rdflib.URIRef(f"{ID}환경부"), PRESS.coHosted, forum) in graph
    assert 'rel="canonical"' in answer.headers["link"]


def test_a_thing_that_is_not_there(server: Server) -> None:
    assert see(server, "/id/없다").status_code == 404 and "이 그래프에 없습니다" in see(server, "/id/없다").text
    assert see(server, "/id/없다", Accept="text/turtle").headers["content-type"].startswith("text/plain")
    assert see(server, f"/id/{quote(FORUM)}", Accept="image/png").status_code == 406
    assert (
        see(server, "/static/../app.py").status_code == 404
        and see(server, "/static/%2e%2e/templates/base.html").status_code == 404
    )


def test_an_old_name_leads_to_the_new_one(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "out"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".store"))
    with (copy / "graph.nq").open("a", encoding="utf-8") as file:
        file.write(f"<{ID}옛이름> <http://purl.org/dc/terms/isReplacedBy> <{ID}환경부> <{ID}graph/replaced> .\n")
    with running(copy) as server:
        answer = see(server, "/id/옛이름", Accept="text/turtle")
        assert (answer.status_code, answer.headers["location"]) == (301, f"/id/{quote('환경부')}")
        assert "옛이름" not in words(see(server, f"/id/{quote('환경부')}").text)


def test_search_as_page_and_as_data(server: Server) -> None:
    assert "충청남도" in words(see(server, "/search?q=충남도는").text)
    hits = requests.get(server.url("/search"), params={"q": "ㅎㄱㅂ"}, timeout=20).json()["hits"]
    assert hits[0] == {
        "iri": f"{ID}환경부",
        "href": f"/id/{quote('환경부')}",
        "name": "환경부",
        "found": "환경부",
        "beside": "",
        "kind": "press:GovernmentBody",
        "ko": "정부 기관",
    }


def test_the_timeline_has_events_by_month(server: Server) -> None:
    text = see(server, "/timeline?year=2023").text
    seen = words(text)
    assert (
        "5일–9일" in seen
        and "예정" in seen
        and seen.index("제3회 맑은물 정책 포럼") > seen.index("맑은물 실천 주간") > seen.index("물관리 인재양성 업무협약")
    )
    assert text.count('class="bar"') == 12
    assert "없습니다" in words(see(server, "/timeline?year=1900").text)


def test_a_named_question_as_a_page(server: Server) -> None:
    seen = see(server, "/ask/co-hosts?organization=" + quote("한국수자원")).text
    assert "누가 누구와 함께 무엇을 열었는가?" in seen and 'value="한국수자원"' in seen and "함께 연 곳" in seen
    assert f'<a href="/id/{quote("환경부")}">환경부</a>' in seen


def test_terms_for_the_editor(server: Server) -> None:
    terms = see(server, "/terms.json").json()
    rows = {row["name"]: row for row in terms["terms"]}
    assert rows["press:coHosted"] == {"name": "press:coHosted", "ko": "공동 개최", "en": "co-hosted", "kind": "property"}
    assert len(rows) == len(terms["terms"]) and rows["press:Forum"]["kind"] == "class"
    assert {question["name"] for question in terms["questions"]} > {"co-hosts", "panel-of"}


NASTY = (
    '</script><script>alert(1)</script> <img src=x onerror=alert(1)> "><svg onload=alert(1)> '
    "javascript:alert(1) {{7*7}} &lt;b&gt;"
)


@pytest.fixture(scope="module")
def hostile(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the same folder with names, titles, texts and addresses replaced by markup."""
    copy = tmp_path_factory.mktemp("hostile") / "out"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".store"))
    written = json.dumps(NASTY)
    lines = (copy / "graph.nq").read_text(encoding="utf-8").replace('"가람대학교"', written).splitlines()
    lines.append(f"<{ID}가람대학교> <{PRESS.topic}> <javascript:alert(1)> <{ID}article/water-forum> .")
    lines.append(f"<{ID}가람대학교> <http://www.w3.org/2004/02/skos/core#altLabel> {written} <{ID}article/water-forum> .")
    (copy / "graph.nq").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = [json.loads(line) for line in (copy / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row.update(
            title=NASTY,
            publisher=NASTY,
            url="javascript:alert(1)",
            fields={name: (NASTY * 9)[: len(text)] for name, text in row["fields"].items()},
        )
    (copy / "articles.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with running(copy) as made:
        yield made


@pytest.mark.parametrize(
    "path",
    [
        "/id/가람대학교",
        "/id/윤다온_가람대학교",
        "/id/article/water-forum",
        "/search?q=script",
        "/search?q=<script>alert(1)</script>",
        "/ask/about-person?person=<svg onload=alert(1)>",
        "/?query=</textarea><script>alert(1)</script>",
        "/timeline?year=<b>",
        "/id/<script>alert(1)</script>",
        "/ask/<img src=x>",
        "/id/가람대학교?format=svg",
        "/ask/about-person?person=윤다온&format=svg",
    ],
)
def test_words_never_become_markup(hostile: Server, path: str) -> None:
    from lxml import html

    text = see(hostile, path).text
    for element in html.document_fromstring(text.encode()).iter():
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"], path
        for name in ("src", "href", "action"):
            assert element.get(name, "/").startswith(("/", "?", "#", "https://example.org/")), (path, element.get(name))
        assert element.tag not in ("iframe", "object", "embed", "base") and (element.tag != "script" or element.get("src")), path
    if path in ("/id/가람대학교", "/id/article/water-forum"):
        assert "alert(1)" in words(text), "the words are there, as words"
