"""What broke on public files, as invented inputs: release headers, front matter, portals, records with markup, reporters' brackets."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from kg.read.files import read
from kg.read.view import SPOKEN, make_view

BODY = "가온시(시장 한가람)는 5일 가온도서관에서 ‘제3회 책 나눔 포럼’을 개최했다고 밝혔다."
MORE = "포럼에는 두메대학교 송다솜 교수가 ‘이웃이 돌보는 마을’을 주제로 발표했다."


def articles(tmp_path, name, words):
    (tmp_path / name).write_text(words, encoding="utf-8")
    errors = []
    found = list(read([tmp_path / name], on_error=errors.append))
    assert not errors
    return found


def words(article, role="body"):
    return [" ".join(article.raw(r.span).split()) for r in article.regions if r.role == role]


def spoken(article):
    return " ".join(article.raw(r.span) for r in article.regions if r.role in SPOKEN)


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("보도시점\n\n(온라인) 2025. 12. 2.(화) 16:00\n\n(지  면) 2025. 12. 3.(수) 조간", dt.date(2025, 12, 2)),
        ("보도일시\n\n2025. 12. 3.(수) 조간\n\n배포일시\n\n2025. 12. 2.(화) 09:00", dt.date(2025, 12, 2)),
        ("보도시점 2025. 12. 3.(수) 12:00 배포 2025. 12. 2.(화)", dt.date(2025, 12, 2)),
        ("2025. 12. 3.(수) 석간부터 보도하여 주시기 바랍니다.\n\n배포일 2025. 12. 2.", dt.date(2025, 12, 2)),
        ("보도시점: 2025.12.2.(화) 14:00 (엠바고)", dt.date(2025, 12, 2)),
    ],
)
def test_the_head_of_a_release(tmp_path, head, date):
    [article] = articles(
        tmp_path,
        "a.txt",
        f"보도자료\n\n{head}\n\n‘국민과 함께 여는 내일’\n\n제3회 책 나눔 포럼 개최\n\n- 가온시, 시민과 함께 이웃의 길 찾는다 -\n\n□ {BODY}\n\n ○ {MORE}\n",
    )
    assert (article.title, article.date) == ("제3회 책 나눔 포럼 개최", date)
    assert words(article, "subtitle")[-1] == "- 가온시, 시민과 함께 이웃의 길 찾는다 -"
    assert words(article) == [f"□ {BODY} ○ {MORE}"]


def test_front_matter_and_markdown(tmp_path):
    [article] = articles(
        tmp_path,
        "a.md",
        f'---\ntitle: "제3회 책 나눔 포럼 개최"\nministry: "가온시"\napprove_date: "12/02/2025 10:58:48"\n'
        f'original_url: "https://example.org/1"\nattachment_count: 0\n---\n\n# 제3회 책 나눔 포럼 개최\n\n- 배포일: 12/02/2025\n- 번호: 1\n\n## 본문\n\n{BODY}\n\n{MORE}\n\n## 출처\n\n- 보도자료 모음\n',
    )
    assert (article.title, article.date, article.publisher, article.url) == (
        "제3회 책 나눔 포럼 개최",
        dt.date(2025, 12, 2),
        "가온시",
        "https://example.org/1",
    )
    assert words(article) == [f"{BODY} {MORE}"]


def record(tmp_path, **keys):
    [article] = articles(
        tmp_path,
        "a.jsonl",
        json.dumps({"id": "a", "title": "가온시, 책 나눔 포럼 개최", "date": "2025-03-06"} | keys, ensure_ascii=False),
    )
    return article


@pytest.mark.parametrize(
    ("text", "publisher", "body"),
    [
        (f"[한빛데일리 이나래 기자] {BODY}\n\n이나래 (narae@example.org)", "한빛데일리", [BODY]),
        (f"시민 200명 참석[가온일보 이나래 기자] {BODY}", "가온일보", [BODY]),
        (
            f"{BODY}\n\n관련기사\n두메시, 6일 봄꽃 축제 개막식 개최\n\n[주요기사]\n두메시장 “예산 늘린다”\n\n댓글 3\nabc123 시장님 최고\n",
            None,
            [BODY],
        ),
        (f"{BODY}/나보람기자", None, [BODY]),
        (f"{BODY} 나보람 한빛닷컴 객원기자 news@example.org ⓒ 한빛경제 & , 무단전재 및 재배포 금지", None, [BODY]),
        (f"{BODY} 나보람 기자가 함께 걸었다.", None, [f"{BODY} 나보람 기자가 함께 걸었다."]),
        (f"{BODY}\n-해넘이 (1).jpg[1539 kb] [바로보기] 파일 19-해넘이 축제 개최.hwp[115 kb] [바로보기] 파일", None, [BODY]),
    ],
)
def test_what_stands_around_a_record(tmp_path, text, publisher, body):
    article = record(tmp_path, text=text)
    assert (article.publisher, words(article)) == (publisher, body)


def test_a_badge_is_no_part_of_a_title(tmp_path):
    article = record(
        tmp_path,
        title="새글 두메면 청년회, 장학금 기탁",
        text="새글 두메면 청년회, 장학금 기탁\n\n새글 두메면 청년회가 장학금을 기탁했다.",
    )
    assert article.title == "두메면 청년회, 장학금 기탁" and "새글" not in spoken(article)


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("Wed, 05 Mar 2025 10:00:00 +0900", "2025-03-05"),
        ("03/05/2025 11:00:00", "2025-03-05"),
        ("25.03.05", "2025-03-05"),
        ("1741136400", "2025-03-05"),
        ("2025-03-05T23:30:00Z", "2025-03-06"),
        ("20250305", "2025-03-05"),
        ("5시간 전", "None"),
    ],
)
def test_days_of_records(tmp_path, date, day):
    article = record(tmp_path, text=BODY, date=date)
    assert str(article.date) == day
    assert bool(article.notes) is (day == "None")


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("<b>가온시</b>는 &lsquo;책 나눔&rsquo;을 열었다.", "가온시는 ‘책 나눔’을 열었다."),
        ("한빛대&middot;두메대 R&amp;D", "한빛대·두메대 R&D"),
        ("&lt;p&gt;가온시는 &#8216;책&#x2019; 잔치를", "가온시는 ‘책’ 잔치를"),
        ("&apos;책 나눔&apos;을 &quot;연다&quot;고", "‘책 나눔’을 “연다”고"),
        ("AT&T; 회사", "AT&T; 회사"),
        ("가온시는 책 나눔 잔치를 열었다".encode().decode("cp1252", "ignore"), None),
        ("가온시는 책을".encode().decode("latin-1"), "가온시는 책을"),
        ("Ã©tude café", "Ã©tude café"),
    ],
)
def test_entities_and_letters_that_were_misread(tmp_path, raw, seen):
    article = record(tmp_path, text=raw)
    view = make_view(article)
    if seen is not None:
        assert view.text.split("\n")[-1] == seen
    for piece in view.pieces:
        assert 0 <= piece.raw_start <= piece.raw_end <= len(article.text(piece.field))


def test_entities_of_a_title(tmp_path):
    assert record(tmp_path, title="가온시, <b>책 나눔</b> &quot;성황&quot;", text=BODY).title == '가온시, 책 나눔 "성황"'


COPYRIGHT = "저작권자 © 가온일보 무단전재 및 재배포 금지"


@pytest.mark.parametrize("between", [f"\n\n{COPYRIGHT}\n\n", "\n\n\n\n", "\n\n이나래 기자 narae@example.org\n\n"])
def test_two_articles_under_each_other(tmp_path, between):
    one = f"가온시, 제3회 책 나눔 포럼 개최\n\n입력 2025.03.06 10:00\n\n{BODY}\n\n{MORE}"
    two = "두메시, 해양 안전 세미나 열어\n\n입력 2025.03.08 09:00\n\n두메시는 7일 두메시청에서 ‘해양 안전 세미나’를 개최했다고 밝혔다.\n\n이날 세미나에는 한빛연구원 나보람 원장이 참석했다."
    first, second = articles(tmp_path, "a.txt", one + between + two + between)
    assert [(a.identifier, a.title, a.date.day) for a in (first, second)] == [
        ("a#1", "가온시, 제3회 책 나눔 포럼 개최", 6),
        ("a#2", "두메시, 해양 안전 세미나 열어", 8),
    ]
    assert len(words(second)) == 1 and "두메시" not in spoken(first)


def page(body, head="", title="가온시청"):
    return f'<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'


def test_a_footers_day_is_not_the_articles(tmp_path):
    [article] = articles(
        tmp_path,
        "a.html",
        page(
            f'<div class="gnb"><ul><li><a href="/a">도정소식</a></li></ul></div><h4>가온시, 책 나눔 포럼 개최</h4><dl><dt>작성자</dt><dd>이나래</dd><dt>작성일</dt><dd>2026-01-07 14:11:54</dd></dl>'
            f'<div><p>{BODY}</p><p>{MORE}</p></div><dl class="lastModifiedDate"><dt>최종수정일</dt><dd>2025-02-03</dd></dl>',
            '<meta property="og:title" content="가온시청, 가온, 시청">',
        ),
    )
    assert (article.title, article.date) == ("가온시, 책 나눔 포럼 개최", dt.date(2026, 1, 7))
    assert words(article) == [f"{BODY} {MORE}"]


def test_a_breadcrumb_is_no_title(tmp_path):
    [article] = articles(
        tmp_path,
        "a.html",
        page(
            f'<h2>보도자료</h2><div><p class="subject">가온시, 제3회 책 나눔 포럼 개최</p><ul><li>등록일 2025-12-11</li><li>조회수 42</li></ul><div>가온시, 제3회 책 나눔 포럼 개최<br>- 시민 200명 참석 -<br>{BODY}<br>{MORE}'
            "<br>※ 사진 있음. (업무담당자 행정과 두루미 ☎061-000-0000)</div></div>",
            title="알림마당&gt;가온뉴스&gt;보도자료 &gt; 상세",
        ),
    )
    assert (article.title, article.date, article.publisher) == (
        "가온시, 제3회 책 나눔 포럼 개최",
        dt.date(2025, 12, 11),
        "가온시",
    )
    assert words(article, "subtitle") == ["- 시민 200명 참석 -"]


def test_no_lead_is_lost_and_labels_of_a_form_are_no_title(tmp_path):
    [article] = articles(
        tmp_path,
        "a.html",
        page(
            f'<table><tbody><tr><th>등록일</th><td>2025-12-12</td></tr><tr><th>제목</th><td>가온시, 책 나눔 포럼 개최</td></tr><tr><th>내용</th><td><div><img src="a.jpg"></div><!-- x --><span>{BODY}<br><br> {MORE}</span></td></tr></table>',
            title="보도자료 &lt; 열린시정 &lt; 가온시청",
        ),
    )
    assert (article.title, article.date) == ("가온시, 책 나눔 포럼 개최", dt.date(2025, 12, 12))
    assert words(article) == [f"{BODY} {MORE}"]


def test_a_portal_is_no_publisher_and_a_profile_no_body(tmp_path):
    [article] = articles(
        tmp_path,
        "a.html",
        page(
            f"<header><h1>뉴스</h1><a>구독</a></header><div><h2><span>가온시, 제3회 책 나눔 포럼 개최</span></h2><div><em>입력</em><span>2025.03.06. 오전 9:12</span></div><article><strong>이웃 돌봄 사례 공유</strong>"
            f'[한빛일보 이나래 기자] {BODY}<br><br>{MORE}</article><div class="journalist_card"><h4>기자 프로필</h4><p>구석구석 이야기를 듣는, 사회부 이나래 기자입니다.</p></div>'
            "<p>Copyright ⓒ 한빛일보. All rights reserved. 무단 전재 및 재배포 금지.</p><div><h3>주요뉴스</h3><ul><li><a>두메군, 봄꽃 축제 4일 개막</a></li></ul></div></div>",
            '<meta property="og:article:author" content="한빛일보 | 네이버"><meta name="twitter:site" content="네이버 뉴스">',
            title="가온시, 제3회 책 나눔 포럼 개최",
        ),
    )
    assert (article.publisher, article.date) == ("한빛일보", dt.date(2025, 3, 6))
    assert words(article)[-1] == f"{BODY} {MORE}" and "프로필" not in spoken(article) and "두메군, 봄꽃" not in spoken(article)


def test_a_body_that_only_linked_data_holds(tmp_path):
    data = {
        "@type": "NewsArticle",
        "headline": "가온시, 책 나눔 포럼 개최",
        "datePublished": "2025-03-06T23:30:00.000Z",
        "dateModified": "2025-03-08T00:00:00Z",
        "publisher": {"@type": "Organization", "name": "가온일보"},
        "articleBody": BODY,
    }
    [article] = articles(
        tmp_path,
        "a.html",
        page('<div id="root"></div>', f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'),
    )
    assert (article.title, article.date, article.publisher, words(article)) == (
        "가온시, 책 나눔 포럼 개최",
        dt.date(2025, 3, 7),
        "가온일보",
        [BODY],
    )


@pytest.mark.parametrize("words", ["요청하신 페이지를 찾을 수 없습니다.\n\n홈으로 이동", "404 Not Found\n\n잘못된 접근입니다."])
def test_an_error_page_is_no_article(tmp_path, words):
    (tmp_path / "a.txt").write_text(words, encoding="utf-8")
    errors = []
    found = list(read([tmp_path / "a.txt"], on_error=errors.append))
    assert not [r for a in found for r in a.regions if r.role == "body"] and (errors or found)


@pytest.mark.parametrize(
    "unit",
    [
        "홈 | 뉴스\n",
        "군청, 책 잔치 열어\n",
        "군청은 5일 책 잔치를 열었다.\n",
        "◆ 군청 책 잔치\n군청은 책 잔치를 열었다.\n",
        "2024-03-05\n",
        "ⓒ 한빛신문\n",
        "가나다라 " * 50 + "\n",
        "ê°€",
        "&amp;",
        "| a | b |\n",
        "- 가나다\n",
        "<사진설명\n",
        "[가온일보 ",
        "A" * 50,
    ],
)
def test_no_page_takes_more_than_its_share(tmp_path, unit):
    import time

    from kg.read.given import Given
    from kg.read.page import articles_of

    def seconds(size):  # the least of three: a busy machine makes more of them, never fewer
        text = "한빛신문\n군청, 책 잔치 열어\n군청은 5일 책 잔치를 열었다.\n" + unit * (size // len(unit))
        taken = []
        for _ in range(3):
            start = time.process_time()
            articles_of(text, Given(identifier="a", source="a"))
            taken.append(time.process_time() - start)
        return min(taken)

    assert seconds(80_000) < 6 * seconds(20_000) + 0.5
