"""Views: folded, joined, cut into paragraphs with roles, and every character traced to the raw text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.model import Article, Region, Span
from kg.read.fold import Edit, apply_edits, fold, unify_quotes
from kg.read.given import Given
from kg.read.layout import line_style
from kg.read.page import articles_of
from kg.read.view import make_view


def view_of(text, title=None):
    [article] = articles_of(text, Given(identifier="a", source="a.txt"), title)
    return make_view(article)


def body_view(text):
    """The view of a text that is body from end to end."""
    region = Region(role="body", span=Span("text", 0, len(text)))
    return make_view(Article(identifier="a", source="a", fields=(("text", text),), regions=(region,)))


def paragraphs(view):
    return [(p.role, view.text[p.start : p.end]) for p in view.paragraphs]


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("ＫＩＳＡ ２０２４", "KISA 2024"),
        ("｢안내서｣를", "「안내서」를"),
        ("가\u00a0나\u3000다\u2009라", "가 나 다 라"),
        ("책\u200b나눔\u00ad잔치\ufeff", "책나눔잔치"),
        ("\uf0b7 일시", "□ 일시"),
        ("\U000f02ef 일시", "□ 일시"),
        ("\U000f02b2 장소", "② 장소"),
        ("산\uf09e학\uf09e연", "산·학·연"),
        ("3∼5월, 6～7월", "3~5월, 6~7월"),
        ("봄․여름ㆍ가을", "봄·여름·가을"),
        ("가\x01나\x02다", "가나다"),
        ("가  나 \t 다", "가 나 다"),
        (unicodedata.normalize("NFD", "한빛군 잔치"), "한빛군 잔치"),
        ("e\u200b\u0301", "é"),
        ("<p>한빛</p>", "한빛"),
        ("[](http://example.org/)www.example.org", "www.example.org"),
        ("＜br＞한빛", "한빛"),
        ("a<b 이고 c>d", "a<b 이고 c>d"),
    ],
)
def test_foldings(raw, folded):
    assert body_view(raw).text == folded


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("’25.12.15.(월)과 ‘24년", "’25.12.15.(월)과 ’24년"),
        ("'26.4.8. '자율 점검' 행사", "’26.4.8. ‘자율 점검’ 행사"),
        ("(ʼ22.9말) 기준", "(’22.9말) 기준"),
        ("’나눔 잔치’를 열었다", "‘나눔 잔치’를 열었다"),
        ("＇나눔＇과 ‘잔치‘", "‘나눔’과 ‘잔치’"),
        ("`나눔´", "‘나눔’"),
        ("Seoul's 나눔", "Seoul’s 나눔"),
        ("‘2024년 계획’을", "‘2024년 계획’을"),
        ("‘26년 계획’을 냈다", "‘26년 계획’을 냈다"),
        ("＂좋다＂고 했다", "“좋다”고 했다"),
        ('"좋다"며 "크다"고', "“좋다”며 “크다”고"),
        ("”좋다“고 했다", "“좋다”고 했다"),
        ("“좋다“고 했다", "“좋다”고 했다"),
        ("나눔”고 했다", "나눔”고 했다"),
        ("그는 “‘나눔’이 좋다”고", "그는 “‘나눔’이 좋다”고"),
    ],
)
def test_quotes(raw, expected):
    assert unify_quotes(fold(raw)) == expected


RUNS = (
    "한빛위, 새 절차\n마련\n\n\u00a0한빛위원회\n(위원장 한가람)\n는 도서관에 대한 \n신청 절차를 손질\n하고,\n 나눔\n조\n정모임에\n \n새로 \n설치\n하였다\n.\n\n"
    "※ \n나눔 \n절차\n는 \n별도\n로 안내\n\n□ \n일시\n : 3.5일\n(화)\n\n"
)


def test_lines_broken_at_will_are_joined_with_the_spaces_that_stand_there():
    assert line_style(RUNS) == "runs"
    assert paragraphs(view_of(RUNS, title="한빛위, 새 절차 마련")) == [
        ("title", "한빛위, 새 절차 마련"),
        ("title", "한빛위, 새 절차마련"),
        ("body", "한빛위원회(위원장 한가람)는 도서관에 대한 신청 절차를 손질하고, 나눔조정모임에 새로 설치하였다."),
        ("footnote", "※ 나눔 절차는 별도로 안내"),
        ("body", "□ 일시 : 3.5일(화)"),
    ]


def test_filled_lines_are_joined_with_spaces():
    text = (
        "한빛군은 지난 5일 군청 마당에서 주민과 함께 하는 책 나눔 잔치를 열고\n책 삼백 권을 나누었다고 밝혔다. 잔치에는 학교 다섯 곳의 학생과 교사가\n참석해 "
        "읽은 책의 이야기를 나누었으며 군청은 내년에도 같은 잔치를\n이어 가기로 했다.\n\n이어 두메면에서도 다음 달 같은 잔치가 열릴 예정이며 군청은 면마다 한 번씩\n잔치를 "
        "열 수 있도록 예산을 늘릴 계획이라고 한다.\n"
    )
    assert line_style(text) == "wrapped"
    assert [len(words) > 60 and "\n" not in words for _, words in paragraphs(body_view(text))] == [True, True]
    assert "잔치를 열고 책 삼백 권" in body_view(text).text


def test_a_line_is_a_paragraph_and_one_that_stops_amid_a_sentence_goes_on():
    text = "한빛군은 지난 5일 제3차 회의를 열고,\n책 나눔 계획을 정했다.\n둘째 문단이다.\n주최: 한빛군,\n주관: 두메면"
    assert [words for _, words in paragraphs(body_view(text))] == [
        "한빛군은 지난 5일 제3차 회의를 열고, 책 나눔 계획을 정했다.",
        "둘째 문단이다.",
        "주최: 한빛군,",
        "주관: 두메면",
    ]


ONE_LINE = (
    "- 다섯 기관 참여 - 한빛진흥원(HBA, 원장 한가람)은 ‘나눔 설명회’를 온라인*으로 개최했다. * 나눔 누리집 : www.example.org 이번 설명회에는 40개 기관**이 참여했다. "
    "** 가온원, 두메원 등 HBA 한가람 원장은 “나눔은 기쁨”이라고 말했다. ※ 나눔 제도 : 책을 나누는 제도로 올해 시작됨 HBA는 10일까지 신청을 받는다. "
    "<사진설명: 한가람 원장이 인사하고 있다> - 담당자 : 나눔과 두메(02-100-1234)"
)


def test_a_release_that_lost_its_lines():
    assert paragraphs(view_of(ONE_LINE, title="나눔 설명회 개최"))[1:] == [
        ("subtitle", "- 다섯 기관 참여 -"),
        ("body", "한빛진흥원(HBA, 원장 한가람)은 ‘나눔 설명회’를 온라인으로 개최했다."),
        ("footnote", "* 나눔 누리집 : www.example.org"),
        ("body", "이번 설명회에는 40개 기관이 참여했다."),
        ("footnote", "** 가온원, 두메원 등"),
        ("body", "HBA 한가람 원장은 “나눔은 기쁨”이라고 말했다."),
        ("footnote", "※ 나눔 제도 : 책을 나누는 제도로 올해 시작됨"),
        ("body", "HBA는 10일까지 신청을 받는다."),
        ("caption", "<사진설명: 한가람 원장이 인사하고 있다>"),
        ("contact", "- 담당자 : 나눔과 두메(02-100-1234)"),
    ]


def test_a_notice_block_on_one_line():
    text = (
        "한빛원(원장 한가람, 이하 한빛)은 잔치를 열었다. < 잔치 개요 > ‣ 일시/장소 : 3.5.(화) 14:00 / 군청 ‣ 참석대상 : 주민과 학생 3명 "
        "이번 잔치는 처음이다. * 나눔 제도를 통해 한빛은 책을 나눈다."
    )
    assert [words for _, words in paragraphs(body_view(text))] == [
        "한빛원(원장 한가람, 이하 한빛)은 잔치를 열었다.",
        "< 잔치 개요 >",
        "‣ 일시/장소 : 3.5.(화) 14:00 / 군청",
        "‣ 참석대상 : 주민과 학생 3명",
        "이번 잔치는 처음이다.",
        "* 나눔 제도를 통해 한빛은 책을 나눈다.",
    ]


@pytest.mark.parametrize(
    "note",
    [
        "* 나눔 제도란 책을 나누는 제도로 올해 새로 시작하여 신청을 받는 한빛군의 사업이다. 군청은 신청을 받는다.",
        "* 나눔 대상은 두메면의 이번 달 신청자와 가온면의 주민",
    ],
)
def test_where_a_note_ends_is_not_guessed(note):
    found = paragraphs(body_view(f"한빛군은 잔치를 열었다. {note}"))
    assert [words for _, words in found] == ["한빛군은 잔치를 열었다.", note]
    assert found[1][0] == ("body" if "사업이다." in note else "footnote")


@pytest.mark.parametrize(
    ("end", "parted"),
    [("나눔 조례 2건 발의", True), ("세부 일정은 누리집 공지 참고", True), ("나눔 조례를 발의한 두메군의", False)],
)
def test_a_note_ends_before_who_speaks_next(end, parted):
    speech = "나보람 한빛 사무처장은 “나눔은 기쁘다”고 말했다."
    found = [words for _, words in paragraphs(body_view(f"한빛원(원장 한가람, 이하 ‘한빛’)은 잔치를 열었다. * {end} {speech}"))]
    assert (speech in found) is parted


def test_cells_in_a_row_are_a_table_and_bullets_are_not():
    cells = "구분\n신청\n선정\n한빛시\n10\n3\n두메시\n8\n2\n"
    assert {role for role, _ in paragraphs(body_view(cells))} == {"table"}
    assert {
        role for role, _ in paragraphs(body_view("□ 일시: 5일\n□ 장소: 군청\n□ 참석: 군수\n□ 주최: 군청\n□ 문의: 군청\n"))
    } == {"body"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("누리집*을 열었다.\n* 누리집 : www.example.org", "누리집을 열었다."),
        ("온라인*으로 열었다.", "온라인으로 열었다."),
        ("홍*동 씨가 왔다.", "홍*동 씨가 왔다."),
        ("김** 씨가 왔다.", "김** 씨가 왔다."),
        ("3 * 4 = 12다.", "3 * 4 = 12다."),
    ],
)
def test_marks_of_footnotes(raw, expected):
    assert body_view(raw).text.split("\n")[0] == expected


def test_a_span_reaches_over_what_was_left_out():
    raw = "한빛\u200b군은 ＂나눔＂을\n\n연다."
    view = body_view(raw)
    at = view.text.index("한빛군")
    assert view.article.raw(view.span(at, at + 3)) == "한빛\u200b군"
    at = view.text.index("“나눔”")
    assert view.article.raw(view.span(at, at + 4)) == "＂나눔＂"


ALPHABET = (
    "가나다한빛군은을ᄒ\u1161\u11ab 123.*-※□○\n\n\r\t\u00a0\u200b\u0301‘’“”'\"()<>[]{}|▲①ＡＢ｢｣\uf0b7\U000f02b1"
    "월일회제4ab다요,:;/&#·∼"
)
LETTERS = st.text(st.sampled_from(ALPHABET), max_size=200)


def alike(seen, raw):
    blank = seen == " " and raw in " \n\r\u200b"
    return seen == raw or blank or {seen, raw} <= set("‘’'“”\"") or unicodedata.normalize("NFC", raw) == seen


def holds(view):
    """What must be true of every view."""
    at = 0
    for piece in view.pieces:
        assert piece.start == at < piece.end
        assert 0 <= piece.raw_start <= piece.raw_end <= len(view.article.text(piece.field))
        at = piece.end
    assert at == len(view.text)
    order = [(piece.field == "text", piece.raw_start) for piece in view.pieces]
    assert order == sorted(order)
    assert unicodedata.is_normalized("NFC", view.text)
    assert "\n".join(view.text[p.start : p.end] for p in view.paragraphs) == view.text
    assert all(view.text[p.start : p.end] and "\n" not in view.text[p.start : p.end] for p in view.paragraphs)
    for piece in view.pieces:
        words, raw = view.text[piece.start : piece.end], view.article.text(piece.field)[piece.raw_start : piece.raw_end]
        if len(words) == len(raw) and not piece.repair:
            assert all(alike(a, b) for a, b in zip(words, fold(raw)))
    for p in view.paragraphs:
        span = view.span(p.start, p.end)
        assert view.article.raw(span)


@settings(max_examples=150, deadline=None)
@given(LETTERS)
@example("e\u200b\u0301")
@example("*\n한 * 가*은 나.\n* 다")
def test_any_body_keeps_its_map(text):
    holds(body_view(text))


@settings(max_examples=100, deadline=None)
@given(LETTERS, st.none() | LETTERS)
@example("한빛군 나눔\n- 가나다 -\n한빛군은 나눔을 연다.", "한빛군 나눔")
def test_any_page_keeps_its_map(text, title):
    for article in articles_of(text, Given(identifier="a", source="a.txt"), title):
        for region in article.regions:
            assert 0 <= region.span.start < region.span.end <= len(article.text(region.span.field))
        holds(make_view(article))


def test_a_view_of_a_view_changes_nothing():
    text = view_of(ONE_LINE, title="나눔 설명회 개최").text
    assert body_view(text).text == text


@settings(max_examples=100, deadline=None)
@given(
    st.text("가나다라마", min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3), st.text("xy", max_size=2)), max_size=6),
)
def test_edits_keep_the_map(text, cuts):
    view = body_view(text)
    edits = [Edit(a, min(a + n, len(text)), new, "test") for a, n, new in cuts if a <= len(text) and (n or new)]
    words, pieces, found = apply_edits(view.text, view.pieces, view.paragraphs, edits)
    assert "".join(words[p.start : p.end] for p in pieces) == words
    assert [p.start for p in pieces] == [0, *(p.end for p in pieces)][: len(pieces)]
    for piece in pieces:
        if piece.repair is None:
            assert words[piece.start : piece.end] == text[piece.raw_start : piece.raw_end]
    if words:
        assert (found[0].start, found[-1].end) == (0, len(words))


@pytest.mark.parametrize("unit", [" ", "\n", "\r", "‘", "* ", "<사진>", "1", "다. ", "<p>", "\u0301", "“", "가나다라\n\n\n\n\n"])
def test_no_text_takes_more_than_its_share(unit):
    import time

    text = "한빛군은 지난 5일 잔치를 열었다고 밝혔다. * 나눔 " + unit * (40_000 // len(unit))
    start = time.process_time()
    view_of(text, title="나눔 잔치")
    assert time.process_time() - start < 5  # a quadratic pattern takes minutes
