"""Pages whose text stands in their scripts only, as frameworks of the web write them."""

from __future__ import annotations

import json

import pytest

from kg.errors import ArticleError
from kg.read.files import read

TITLE = "가온시, 다리 밑에 책 쉼터 연다"
PARAGRAPHS = [
    "가온시는 오는 5일 샘골다리 밑에 책 쉼터를 연다고 3일 밝혔다. 쉼터에는 주민이 고른 책 4천 권이 놓인다.",
    "쉼터는 해가 질 때까지 열며, 누구나 책을 빌릴 수 있다. 시는 쉼터를 지킬 주민 12명을 뽑았다고 설명했다.",
    "책은 마을 학교와 가게들이 나눠 모았다. 가온시는 비가 많이 오는 날에는 책을 높은 선반으로 옮겨 지킬 계획이라고 덧붙였다.",
    '두메라 도서관팀장은 "다리 밑이 마을의 서재가 되기를 바란다"고 말했다. 시는 다음 달에 쉼터를 두 곳 더 늘릴 예정이다.',
]
HTML = (
    "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    + '<figure><img src="a.jpg"><figcaption>샘골다리 밑 책 쉼터. 가온시 제공</figcaption></figure>'
)
OTHER = [
    {"title": f"노래 모임 {n}곳 새로 생겨", "body": f"새빛동 노래 모임이 {n}곳 늘었다고 새빛동이 전했다. " * 20} for n in (3, 4)
]


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")


def _rows(*rows: str) -> str:
    """Rows of a stream that scripts append to piece by piece, cut amid words."""
    stream = "\n".join(rows)
    pieces = [stream[i : i + 90] for i in range(0, len(stream), 90)]
    return "</script><script>".join(f"self.__next_f.push({_dumped([1, piece])})" for piece in pieces)


def _text_row(words: str) -> str:
    return f"1f:T{len(words.encode()):x},{words}"


ELEMENTS = [{"type": "text", "content": words} for words in PARAGRAPHS]
SCRIPTS = {
    "data of a page": f'<script id="__NEXT_DATA__" type="application/json">{_dumped({"props": {"article": {"title": TITLE, "contentHtml": HTML}, "more": OTHER}})}</script>',
    "elements of a text": f"<script>Fusion.globalContent={_dumped({'headlines': {'basic': TITLE}, 'content_elements': ELEMENTS})};Fusion.spa=false;</script>",
    "a store's state": f'<script>window.__STATE__ = {{"news":{_dumped({"subject": TITLE, "body": HTML})},"user":undefined,"at":new Date()}}</script>',
    "keys without quotes": f"<script>window.__NUXT__=(function(a){{return {{news:{{title:{_dumped(TITLE)},text:{_dumped(HTML)},hit:a}}}}}}(3))</script>",
    "JSON in a string": f"<script>load(JSON.parse({_dumped(_dumped({'title': TITLE, 'body': HTML}))}))</script>",
    "rows of elements": f"<script>{_rows('0:' + _dumped(['$', 'main', None, {'children': [['$', 'p', None, {'children': words}] for words in PARAGRAPHS]}]))}</script>",
    "a row of text": f"<script>{_rows('0:' + _dumped({'title': TITLE}), _text_row(HTML) + '2:null')}</script>",
    "plain lines": f"<script>var article = {_dumped({'title': TITLE, 'content': chr(10).join(PARAGRAPHS)})}</script>",
}


def _page(scripts: str) -> str:
    return (
        f'<html><head><title>{TITLE} | 가온소식</title><meta property="og:title" content="{TITLE} | 가온소식"><meta property="og:type" content="article">'
        f'<meta property="og:site_name" content="가온소식"><meta property="article:published_time" content="2025-04-03T09:00:00+09:00"></head>'
        f'<body><div id="root">불러오는 중</div>{scripts}</body></html>'
    )


def _read(tmp_path, markup):
    path = tmp_path / "a.html"
    path.write_text(markup, encoding="utf-8")
    errors: list[ArticleError] = []
    return list(read([path], on_error=errors.append)), errors


@pytest.mark.parametrize("scripts", SCRIPTS.values(), ids=SCRIPTS)
def test_an_article_in_a_script_is_read(tmp_path, scripts):
    [article], errors = _read(tmp_path, _page(scripts))
    said = [article.raw(region.span) for region in article.regions if region.role == "body"]
    assert (article.title, str(article.date), article.publisher, errors) == (TITLE, "2025-04-03", "가온소식", [])
    assert [line for words in said for line in words.split("\n") if line] == PARAGRAPHS


@pytest.mark.parametrize(
    "value",
    [
        OTHER,
        {"terms": "가온소식은 회원의 정보를 지킵니다. 회원은 언제든 탈퇴할 수 있습니다. 약관은 누리집에 싣습니다. " * 9},
        {"title": TITLE, "summary": PARAGRAPHS[0]},
        {"title": TITLE, "keywords": "책 쉼터, 샘골다리, 가온시, 다리 밑, " * 30},
    ],
    ids=["other articles", "terms of use", "a beginning", "keywords"],
)
def test_what_else_scripts_hold_is_no_article(tmp_path, value):
    articles, _ = _read(tmp_path, _page(f"<script>var data = {_dumped(value)}</script>"))
    assert not [region for article in articles for region in article.regions if region.role == "body"]


def test_the_text_on_the_page_goes_before_that_of_its_scripts(tmp_path):
    shown = f"<h1>{TITLE}</h1>" + "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    [article], _ = _read(tmp_path, _page(shown + SCRIPTS["plain lines"]))
    assert article.text("text").count(PARAGRAPHS[0]) == 1


@pytest.mark.parametrize("opened", ["[", '{"a":', '["a",', "[[1],"], ids=["lists", "objects", "items", "pairs"])
def test_scripts_that_never_end_are_let_go(tmp_path, opened):
    articles, _ = _read(tmp_path, _page(f"<script>{opened * 20_000}</script>"))
    assert not any(region.role == "body" for article in articles for region in article.regions)
