"""Pages: where articles begin and end between menus, credits, forms, and what a page says about itself."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from kg.errors import KnowledgeError
from kg.knowledge.resources import resource
from kg.read.cues import load_cues
from kg.read.dates import day, named_file_date, stated_date
from kg.read.files import read
from kg.read.given import Given
from kg.read.page import articles_of
from kg.read.view import SPOKEN, make_view

FIRST = """가온부, 마을 도서관 경험 나눠

\u00a0

- 다섯 나라와 온라인 세미나 개최

\u00a0

[한빛투데이] 마을 도서관의 경험을 나누는 온라인 세미나가 열렸다.

\u00a0

가온부가 지난 4일 두메재단과 공동으로 마을 도서관을 주제로 세미나를 개최했다.

\u00a0

사본 -20240304101010_abc.png

자료출처: 가온부

\u00a0

세미나에는 사서 100여 명이 참석해 여러 나라의 사례를 들었다.
"""
SECOND = """한빛시, 책 읽는 거리 조성 토론회 개최

\u00a0

- 시민 제안 열 건을 모아 발표

\u00a0

책 읽는 거리를 만드는 방안을 논의하는 토론회가 5일 열렸다.

\u00a0

한빛시가 주관한 토론회에는 시민 40여 명이 참석했다.
"""
PAGE = f"""• blog band
  • 최종편집 2024-05-24(금)
\u00a0

resize_20240305_101112.png

사진제공: 가온부

\u00a0

{FIRST}
\u00a0

\u00a0

\u00a0

{SECOND}
비밀번호 :
메일보내기닫기
기사제목
가온부와 한빛시, 도서관과 거리 이야기
보내는 분 이메일
받는 분 이메일"""


def roles(article):
    """The regions that are read, with their words."""
    return [(region.role, " ".join(article.raw(region.span).split())) for region in article.regions if region.role in SPOKEN]


def test_a_page_holds_two_articles():
    first, second = articles_of(PAGE, Given(identifier="page", source="page.txt"))
    assert (first.identifier, second.identifier) == ("page#1", "page#2")
    assert first.publisher == second.publisher == "한빛투데이"
    assert first.date == second.date == dt.date(2024, 3, 5)
    assert roles(first) == [
        ("credit", "사진제공: 가온부"),
        ("title", "가온부, 마을 도서관 경험 나눠"),
        ("subtitle", "- 다섯 나라와 온라인 세미나 개최"),
        (
            "body",
            "마을 도서관의 경험을 나누는 온라인 세미나가 열렸다. 가온부가 지난 4일 두메재단과 공동으로 마을 도서관을 주제로 세미나를 개최했다.",
        ),
        ("credit", "자료출처: 가온부"),
        ("body", "세미나에는 사서 100여 명이 참석해 여러 나라의 사례를 들었다."),
    ]
    assert roles(second) == [
        ("title", "한빛시, 책 읽는 거리 조성 토론회 개최"),
        ("subtitle", "- 시민 제안 열 건을 모아 발표"),
        (
            "body",
            "책 읽는 거리를 만드는 방안을 논의하는 토론회가 5일 열렸다. 한빛시가 주관한 토론회에는 시민 40여 명이 참석했다.",
        ),
    ]


def test_headings_within_a_release_begin_no_article():
    text = (
        "가온부, 도서관 지원 계획 발표\n\n가온부는 5일 마을 도서관 지원 계획을 발표했다.\n\n올해 예산은 지난해보다 두 배로 늘었다.\n\n추진 배경과 그간의 경과\n\n"
        "- 마을 도서관은 지난해 열 곳이 늘었다.\n\n가온부는 앞으로도 지원을 이어 갈 계획이다.\n"
    )
    [article] = articles_of(text, Given(identifier="a", source="a.txt"))
    assert article.identifier == "a"
    assert roles(article)[0] == ("title", "가온부, 도서관 지원 계획 발표")
    assert "추진 배경" in roles(article)[1][1]


def test_the_head_of_an_official_release():
    text = (
        "보도자료\n\n보도시점 2024. 3. 5.(화) 12:00\n배포 2024. 3. 4.(월)\n\n가온부, 마을 도서관 백 곳 지원한다\n- 3월부터 신청 접수 -\n\n"
        "□ 가온부는 3월부터 마을 도서관 지원 신청을 받는다고 밝혔다.\n ㅇ 지원 대상은 백 곳이다.\n\n담당부서\n도서관정책과\n책임자\n과 장 한가람 (044-200-1234)\n"
    )
    [article] = articles_of(text, Given(identifier="a", source="a.txt"))
    assert article.date == dt.date(2024, 3, 4)  # the day it was given out, before that of the embargo
    assert roles(article) == [
        ("title", "가온부, 마을 도서관 백 곳 지원한다"),
        ("subtitle", "- 3월부터 신청 접수 -"),
        ("body", "□ 가온부는 3월부터 마을 도서관 지원 신청을 받는다고 밝혔다. ㅇ 지원 대상은 백 곳이다."),
        ("contact", "담당부서"),
        ("contact", "도서관정책과"),
        ("contact", "책임자"),
        ("contact", "과 장 한가람 (044-200-1234)"),
    ]


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("[한빛신문] 한빛군은 책 잔치를 열었다고 5일 밝혔다.", "한빛신문"),
        ("(한빛=가온통신) 두메 기자 = 한빛군은 책 잔치를 열었다고 5일 밝혔다.", "가온통신"),
        ("[사진] 한빛군은 책 잔치를 열었다고 5일 밝혔다.", None),
        ("[단독] 한빛군은 책 잔치를 열었다고 5일 밝혔다.", None),
        ("[별첨 1] 한빛군은 책 잔치를 열었다고 5일 밝혔다.", None),
    ],
)
def test_the_bracket_before_the_body_names_the_publisher(head, publisher):
    [article] = articles_of(f"한빛군, 책 잔치 개최\n\n{head}\n", Given(identifier="a", source="a.txt"))
    assert article.publisher == publisher
    if publisher:
        assert roles(article)[1] == ("body", "한빛군은 책 잔치를 열었다고 5일 밝혔다.")


@pytest.mark.parametrize(
    ("line", "date", "publisher"),
    [
        ("발행일: 2024-03-05", dt.date(2024, 3, 5), None),
        ("입력 2024.03.05 10:00", dt.date(2024, 3, 5), None),
        ("등록일 : 2024년 3월 5일", dt.date(2024, 3, 5), None),
        ("최종편집 2024-03-05(화)", None, None),
        ("발행일: 2024-02-31", None, None),
        ("발행처: 한빛신문", None, "한빛신문"),
    ],
)
def test_header_lines(line, date, publisher):
    [article] = articles_of(
        f"한빛군, 책 잔치 개최\n{line}\n\n한빛군은 책 잔치를 열었다고 5일 밝혔다.\n", Given(identifier="a", source="a.txt")
    )
    assert (article.date, article.publisher) == (date, publisher)
    assert [role for role, _ in roles(article)] == ["title", "body"]


def test_an_attachment_list_ends_the_article():
    text = "한빛군은 책 잔치를 열었다고 5일 밝혔다.\n\n첨부파일 (2)\n첨부파일 목록\n\n책 잔치 안내문.hwp\n\n(446 KB)\n\n파일다운로드\n\n목록으로"
    [article] = articles_of(text, Given(identifier="a", source="a.jsonl:1"), "한빛군, 책 잔치 개최")
    assert roles(article) == [("title", "한빛군, 책 잔치 개최"), ("body", "한빛군은 책 잔치를 열었다고 5일 밝혔다.")]


def test_a_list_of_attachments_above_the_article_ends_nothing():
    text = "첨부파일\n\n책 잔치 안내문.hwp\n\n한빛군은 책 잔치를 열었다고 5일 밝혔다.\n\n목록으로"
    [article] = articles_of(text, Given(identifier="a", source="a.jsonl:1"), "한빛군, 책 잔치 개최")
    assert roles(article)[1:] == [("body", "한빛군은 책 잔치를 열었다고 5일 밝혔다.")]


def test_what_attachments_hold_is_left_out_and_noted():
    text = "한빛군은 책 잔치를 열었다고 5일 밝혔다.\n\n첨부파일 (1)\n\n" + "붙임 문서의 문장이다.\n" * 300
    [article] = articles_of(text, Given(identifier="a", source="a.jsonl:1"), "한빛군, 책 잔치 개최")
    assert roles(article)[1:] == [("body", "한빛군은 책 잔치를 열었다고 5일 밝혔다.")]
    assert "left out" in article.notes[0]


def test_texts_of_attached_files_are_body_where_they_say_more():
    body = "한빛군은 책 잔치를 5일 마을 회관에서 열었다고 밝혔다. 주민 40여 명이 왔다."
    speech = "반갑습니다. 한빛군수 두메라입니다. 책 잔치는 올해로 세 번째입니다."
    text = f"{body}\n\n첨부파일 (2)\n\n보도자료.hwp\n\n목록으로\n\n[첨부: 보도자료.hwp]\n책 잔치 열어\n{body}\n\n[첨부: 인사말(최종).hwpx]\n인사말씀\n{speech}\n"
    [article] = articles_of(text, Given(identifier="a", source="a.jsonl:1"), "한빛군, 책 잔치 개최")
    assert roles(article)[1:] == [("body", body), ("body", speech)]
    assert article.notes == ()
    assert "반갑습니다." in make_view(article).text


def test_an_attached_file_does_not_say_how_the_release_hangs_together():
    body = "한빛군은 책 잔치를 5일 마을 회관에서 열었다고 밝혔다.\n주민 40여 명이 왔다."
    wrapped = "\n".join(
        "마을 사람들이 책을 나누고 이야기를 이어 가며 서로의 하루를 묻고 밥을 나누는 일이 어느 때보다도 값지" for _ in range(9)
    )
    text = f"{body}\n\n첨부파일 (1)\n\n목록으로\n\n[첨부: 인사말.pdf]\n{wrapped}"
    [article] = articles_of(text, Given(identifier="a", source="a.jsonl:1"), "한빛군, 책 잔치 개최")
    view = make_view(article)
    assert view.text.split("\n")[1:3] == body.split("\n")


def test_a_lone_menu_word_amid_the_body_is_body():
    text = "한빛군은 새 누리집을 5일 열었다고 밝혔다.\n\n검색\n\n자료를 찾는 기능이 새로 들어갔다고 한다.\n\n로그인"
    [article] = articles_of(text, Given(identifier="a", source="a.txt"), "한빛군, 누리집 개편")
    assert roles(article)[1][1].split("다. ")[1].startswith("검색")
    assert not roles(article)[1][1].endswith("로그인")


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "한빛원, 나눔 설명회 개최",
            "- 다섯 기관 참여, 10일까지 접수 - 한빛원(HBA, 원장 한가람)은 나눔 설명회를 5일 열었다.",
            [("subtitle", "- 다섯 기관 참여, 10일까지 접수 -")],
        ),
        (
            "한빛원, 나눔 설명회 개최",
            "한빛원,나눔 설명회 개최 - 다섯 기관 참여 - 열 곳 지원 한빛원(원장 한가람)은 나눔 설명회를 5일 열었다.",
            [("body", "한빛원,나눔 설명회 개최"), ("subtitle", "- 다섯 기관 참여"), ("subtitle", "- 열 곳 지원")],
        ),
        (
            "한빛원, 나눔 설명회 개최",
            "한빛원, 나눔 설명회 개최 - 다섯 기관 참여 - 지난 설명회에 이어, 한빛원(원장 한가람)은 나눔 설명회를 5일 열었다.",
            [("body", "한빛원, 나눔 설명회 개최"), ("subtitle", "- 다섯 기관 참여 -")],
        ),
        (
            "한빛원, 나눔 설명회 개최",
            "- 다섯 기관 참여 - □ 한빛원(원장 한가람)은 나눔 설명회를 5일 열었다.",
            [("subtitle", "- 다섯 기관 참여 -")],
        ),
        ("한빛원, 나눔 설명회 개최", "- 다섯 기관 참여 나눔 설명회는 많은 관심을 모았다. 한빛원(원장 한가람)은 기뻐했다.", []),
        ("한빛원, 나눔 설명회 개최", "한빛원(원장 한가람)은 나눔 설명회를 5일 열었다.", []),
    ],
)
def test_heads_of_releases_on_one_line(title, text, expected):
    [article] = articles_of(text, Given(identifier="a", source="a.jsonl:1"), title)
    assert roles(article)[1:-1] == expected
    assert roles(article)[-1][0] == "body"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2024-03-05", dt.date(2024, 3, 5)),
        ("2024년 3월 5일", dt.date(2024, 3, 5)),
        ("2024. 13. 5. 2024. 3. 5.", dt.date(2024, 3, 5)),
        ("3월 5일", None),
    ],
)
def test_day(words, expected):
    assert day(words) == expected


def test_the_day_of_publication_goes_before_others():
    assert stated_date(["2024-01-01", "발행일: 2024-03-05"]) == dt.date(2024, 3, 5)
    assert stated_date(["최종수정 2024-04-01"]) is None


def test_a_picture_stored_after_the_page_was_seen_is_no_evidence():
    names = ["a_20240305_1.png", "b_20250101_2.jpg", "20240306.pdf", "c_20241399.png"]
    assert named_file_date(names, dt.date(2024, 6, 1)) == dt.date(2024, 3, 5)
    assert named_file_date(["a.png"], None) is None


def entries():
    return tomllib.loads(resource("data", "lexicon", "page.toml").read_text(encoding="utf-8"))["line"]


@pytest.mark.parametrize(("role", "line"), [(e["role"], line) for e in entries() for line in e["examples"]])
def test_cue_examples(role, line):
    assert load_cues().role_of(line) == role


@pytest.mark.parametrize("line", [line for e in entries() for line in e["near"]])
def test_cue_near_misses(line):
    assert load_cues().role_of(line) is None


def test_every_cue_brings_examples_and_near_misses():
    assert len(entries()) >= 10
    assert all(e["examples"] and e["near"] for e in entries())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('role = "furniture"', 'role = "menu"'), "'menu'"),
        (('name = "menu"', 'nmae = "menu"'), "'nmae'"),
        (("'''더보기'''", "'''더(보기'''"), "no regular expression"),
        (("hotlines = [110,", 'hotlines = ["110",'), "hotlines"),
        (("ratios = ", "ratio = "), "'ratio"),
    ],
)
def test_a_wrong_cue_file_is_refused(tmp_path, change, said):
    text = resource("data", "lexicon", "page.toml").read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "page.toml"
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="page.toml") as caught:
        load_cues(path)
    assert said in str(caught.value)


FRONT = {
    "TOML, the title stands nowhere else": '+++\ntitle = "마을 극장, 다시 문 연다"\ndate = 2024-06-27T23:30:00+09:00\nimage = "© 그림방"\n+++\n\n',
    "YAML": '---\ntitle: "마을 극장, 다시 문 연다"\ndate: 2024-06-27\n---\n\n',
}


@pytest.mark.parametrize("front", FRONT.values(), ids=FRONT)
@pytest.mark.parametrize("heading", ["", "# 스무 해 만의 막\n\n", "# 마을 극장, 다시 문 연다\n\n"])
def test_front_matter_says_title_and_day(front, heading):
    text = front + heading + "두메군은 27일 마을 극장을 다시 연다고 밝혔다. 극장은 스무 해 동안 닫혀 있었다.\n"
    [article] = articles_of(text, Given(identifier="p", source="p.md"))
    assert (article.title, article.date, article.publisher) == ("마을 극장, 다시 문 연다", dt.date(2024, 6, 27), None)
    assert all(article.raw(region.span).strip() for region in article.regions)


OPENINGS = {
    "a call": ("장난감, 꼼꼼히 보고 고르세요!", "- 가온청, 장난감 20종 살펴 -"),
    "a polite sentence": ("장난감에 가짜 안전표를 붙이면 상표법 위반입니다.", "- 가온청, 장난감 가게 석 달 살펴 -"),
    "a verb at its end": ("가온청, 동네 가게와 장난감 고쳐 쓴다", "- 가온청, 가게 20곳과 손잡아"),
    "items under it": ("한가위 장난감 고르는 법", "◈ 가온청, 장난감 20종 안전 살펴"),
}
NO_OPENINGS = {
    "a sentence of the body": ("가온청은 5일 장난감 20종을 살폈다고 밝혔다.", "- 가온청, 장난감 20종 살펴 -"),
    "the site's name": ("한빛소식", "가온청, 장난감 20종 살펴"),
}
UNDER = "\n\n□ 가온청(청장 두메)은 5일 장난감 20종이 안전한지 살폈다고 밝혔다. 살핀 곳은 두메시장 가게 서른 곳이다.\n"


@pytest.mark.parametrize("lines", OPENINGS.values(), ids=OPENINGS)
def test_a_text_opens_with_its_headline(lines):
    [article] = articles_of("\n".join(lines) + UNDER, Given(identifier="p", source="p.txt"))
    assert article.title == lines[0]


@pytest.mark.parametrize("lines", NO_OPENINGS.values(), ids=NO_OPENINGS)
def test_other_first_lines_are_no_headline(lines):
    [article] = articles_of("\n".join(lines) + UNDER, Given(identifier="p", source="p.txt"))
    assert article.title != lines[0]


SECTIONS = {
    "a way": ("한빛신문\n홈 > 사회 > 교육\n", "홈 > 사회 > 교육"),
    "one name": ("한빛신문\n사회\n", "사회"),
    "with a mark": ("한빛신문\n[경제·산업]\n", "[경제·산업]"),
    "a menu in a row": ("한빛신문\n정치 경제 사회 문화\n", None),
    "a menu in lines": ("한빛신문\n정치\n경제\n사회\n", None),
    "another word": ("한빛신문\n두메면\n", None),
}


@pytest.mark.parametrize(("above", "section"), SECTIONS.values(), ids=SECTIONS)
def test_the_section_of_an_article(above, section):
    page = f"{above}두메초, 책 잔치 열어\n입력 2024.03.05 10:00 | 수정 2024.03.07 09:00\n두메초등학교는 5일 책 잔치를 열었다고 밝혔다.\nⓒ 한빛신문 무단전재 금지"
    [article] = articles_of(page, Given(identifier="p", source="p.txt"))
    assert [article.raw(r.span) for r in article.regions if r.role == "section"] == [section] * (section is not None)
    assert (article.date, article.modified) == (dt.date(2024, 3, 5), dt.date(2024, 3, 7))


@pytest.mark.parametrize("foot", ["콘텐츠 수정일 2025-11-30", "최종수정 2024-03-05"])
def test_a_day_of_change_is_the_articles_own_and_later(foot):
    page = f"두메초, 책 잔치 열어\n입력 2024.03.05 10:00\n두메초등학교는 5일 책 잔치를 열었다고 밝혔다.\n목록으로\n{foot}"
    [article] = articles_of(page, Given(identifier="p", source="p.txt"))
    assert article.modified is None


@pytest.mark.parametrize(
    ("last", "publisher"),
    [
        ("[Source : 두메일보]\nCopyright © 2024 새소식모음 all rights reserved", "두메일보"),
        ("(출처=두메신문)\nCopyright © 2024 새소식모음 all rights reserved", "두메신문"),
        ("(출처=통계청)\nCopyright © 2024 한빛신문 all rights reserved", "한빛신문"),
        ("(가온연합뉴스) 한가람 기자 hgr@example.com", "연합뉴스"),
        ("[저작권자ⓒ 두메(DUME)세상. 무단전재-재배포 금지]", "두메(DUME)세상"),
        ("ⓒ 두메투데이(주) 무단전재 금지", "두메투데이"),
    ],
)
def test_the_foot_of_a_page_names_whose_report_it_is(last, publisher):
    [article] = articles_of(
        f"교육 교육일반\n\n한빛군, 책 잔치 개최\n\n입력 2024.03.05\n\n한빛군은 책 잔치를 열었다고 5일 밝혔다. 잔치에는 군민 300명이 왔다.\n\n{last}\n",
        Given(identifier="a", source="a.txt"),
    )
    assert article.publisher == publisher
    assert [said for said in roles(article) if said[0] in ("title", "body")] == [
        ("title", "한빛군, 책 잔치 개최"),
        ("body", "한빛군은 책 잔치를 열었다고 5일 밝혔다. 잔치에는 군민 300명이 왔다."),
    ]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="news_control_group"><div class="option_group">',
        '<div class="ArticleTtsLayer_box__x1"><div>',
        '<div id="pop_summary"><div>',
        '<div class="locked login"><div>',
        '<div class="btn-wrap"><div role="dialog">',
    ],
)
def test_words_of_a_sites_controls_are_no_body(tmp_path, box):
    said = "기계가 간추린 글은 핵심을 빠르게 전합니다. 전체 맥락은 기사 본문을 함께 확인하는 것이 좋습니다. 두메시가 새 다리를 놓아 마을이 가까워진다고 두메시가 밝혔다."
    body = "두메시는 5일 샘골에 새 다리를 놓는다고 밝혔다. 다리는 내년 봄에 열린다. 시는 마을 사이 길이 20분 짧아진다고 설명했다."
    path = tmp_path / "a.html"
    path.write_text(
        f"<body><h1>두메시, 샘골에 새 다리 놓는다</h1><p>2024.03.05</p>{box}<p>{said}</p></div></div><p>{body}</p></body>",
        encoding="utf-8",
    )
    [article] = read([path], on_error=pytest.fail)
    assert [article.raw(region.span) for region in article.regions if region.role == "body"] == [body]


def test_a_sites_name_may_hold_a_number_and_a_slogan(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        '<head><meta property="og:site_name" content="마을 책방 소식지: 두메365"></head><body><h2>다음 글</h2><h1>두메시, 새 다리 놓는다</h1>'
        "<p>두메시는 5일 새 다리를 놓는다고 밝혔다. 다리는 내년 봄에 열린다.</p></body>",
        encoding="utf-8",
    )
    [article] = read([path], on_error=pytest.fail)
    assert article.publisher == "두메365"
