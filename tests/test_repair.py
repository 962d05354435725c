"""Repairs: each rule with texts that it mends and near misses that it leaves alone."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.model import Article, Region, Span
from kg.read.repair import RULES
from kg.read.view import make_view

JULY = dt.date(2021, 7, 1)


def mended(text, *, date=JULY, role="body"):
    """The view's words, with the inserted ones in ⟦⟧, and the names of the repairs."""
    view = make_view(
        Article(
            identifier="a",
            source="a",
            fields=(("text", text),),
            date=date,
            regions=(Region(role=role, span=Span("text", 0, len(text))),),
        )
    )
    out = "".join(f"⟦{view.text[p.start : p.end]}⟧" if p.repair else view.text[p.start : p.end] for p in view.pieces)
    for piece in view.pieces:
        if piece.repair:
            assert piece.raw_start == piece.raw_end
            assert view.repairs(piece.start, piece.end) == (piece.repair,)
    return out, {p.repair for p in view.pieces if p.repair}


MENDED = {
    "lost-month": [
        ("토론회가 630일 열렸다.", "토론회가 6⟦월 ⟧30일 열렸다."),
        ("한빛군이 628두메국과 함께 잔치를 열었다.", "한빛군이 6⟦월 ⟧28⟦일 ⟧두메국과 함께 잔치를 열었다."),
        ("세미나는 오는 715일부터 열린다.", "세미나는 오는 7⟦월 ⟧15일부터 열린다."),
        ("설명회가 630(수) 열렸다.", "설명회가 6⟦월 ⟧30⟦일⟧(수) 열렸다."),
    ],
    "lost-ordinal": [
        (
            "가온부가 주관한 4회 나눔 정책 토론회가 열렸다. 이번 토론회에는 40명이 왔다.",
            "가온부가 주관한 ⟦제⟧4회 나눔 정책 토론회가 열렸다. 이번 토론회에는 40명이 왔다.",
        ),
        ("가온부는 ‘12회 나눔 한마당 대회’를 열었다.", "가온부는 ‘⟦제⟧12회 나눔 한마당 대회’를 열었다."),
        (
            "가온시는 시청에서 3회 자원순환 포럼을 개최했다. 자원순환 포럼에는 40명이 왔다.",
            "가온시는 시청에서 ⟦제⟧3회 자원순환 포럼을 개최했다. 자원순환 포럼에는 40명이 왔다.",
        ),
    ],
    "lost-dots": [
        (
            "포럼은 가온시가온연구원한국나눔협회 등 3개 기관이 열었다.",
            "포럼은 가온시⟦·⟧가온연구원⟦·⟧한국나눔협회 등 3개 기관이 열었다.",
        ),
        ("한빛진흥원두메재단 두 기관은 협약을 맺었다.", "한빛진흥원⟦·⟧두메재단 두 기관은 협약을 맺었다."),
        ("환경부기상청가온도 등 세 기관이 참여했다.", "환경부⟦·⟧기상청⟦·⟧가온도 등 세 기관이 참여했다."),
    ],
    "lost-space": [
        ("한빛시는5일 포럼을 열었다.", "한빛시는⟦ ⟧5일 포럼을 열었다."),
        ("한빛시는 강당에서제3회 나눔 포럼을 열었다.", "한빛시는 강당에서⟦ ⟧제3회 나눔 포럼을 열었다."),
        ("가온시는 7월 5일시청에서 포럼을 열었다.", "가온시는 7월 5일⟦ ⟧시청에서 포럼을 열었다."),
    ],
    "lost-colon": [
        ("모둠마다 5050의 성비를 지킨다.", "모둠마다 50⟦:⟧50의 성비를 지킨다."),
        ("남녀 성비는 4060으로 나타났다.", "남녀 성비는 40⟦:⟧60으로 나타났다."),
    ],
    "lost-particle": [
        ("나눔거점(HUB)2013년 설립한 협의체다.", "나눔거점(HUB)⟦ ⟧2013년 설립한 협의체다."),
    ],
    "lost-opening-quote": [
        ("한가람 원장은 나눔을 이어 가겠다.”고 말했다.", "한가람 원장은 ⟦“⟧나눔을 이어 가겠다.”고 말했다."),
        (
            "한가람 원장은 “나눔은 기쁨”이라며 앞으로도 이어 가겠다”고 말했다.",
            "한가람 원장은 “나눔은 기쁨”이라며 ⟦“⟧앞으로도 이어 가겠다”고 말했다.",
        ),
    ],
    "lost-closing-quote": [
        ("한가람 원장은 “나눔을 이어 가겠다고 말했다.", "한가람 원장은 “나눔을 이어 가겠다⟦”⟧고 말했다."),
        ("두메 대표는 “책을 나눌 계획이라고 밝혔다.", "두메 대표는 “책을 나눌 계획⟦”⟧이라고 밝혔다."),
    ],
}
LEFT_ALONE = [
    "628명이 참석했다.",
    "한빛군이 628명에게 나누었다.",
    "예산은 628억 원이다.",
    "총 630일 걸렸다.",
    "630일간 이어졌다.",
    "630일 동안 이어졌다.",
    "630일 만에 끝났다.",
    "365일 문을 연다.",
    "잔치가 215일 열렸다.",
    "잔치가 1231일 열렸다.",
    "군청은 628개 마을을 찾았다.",
    "법 제628조를 고쳤다.",
    "2.628일",
    "6월 28일 열렸다.",
    "’21.628일",
    "KT는 628호실에 있다.",
    "한빛군은 629선언을 기렸다. 제629호",
    "전화 02-628두메",
    "630(목) 열렸다.",
    "올해 4회 실시했다.",
    "3회 이상 참석한 사람",
    "토론회를 4회 열었다.",
    "가온부가 개최한 3회 토론회는 모두 온라인이었다.",
    "연 2회 정책 토론회를 연다. 이번 토론회는 온라인이다.",
    "가온부가 주관한 제4회 나눔 토론회가 열렸다. 이번 토론회",
    "가온부가 주관한 4회 나눔 정책 토론회가 열렸다.",
    "총 4회 나눔 정책 토론회",
    "가온시는 시청에서 2회 주민 설명회를 열었다.",
    "가온시는 읍면을 돌며 두 차례에 걸쳐 2회 주민 설명회를 열었다. 주민 설명회에는 많이 왔다.",
    "올해 3회 자원순환 포럼을 연다. 자원순환 포럼은 무료다.",
    "가온시 등 3개 기관이 왔다.",
    "가온연구원한빛 등 3개 기관이 왔다.",
    "가온시청소년재단 등 3개 기관이 왔다.",
    "가온시·한빛군 등 2개 기관이 왔다.",
    "한국나눔문화예술교육진흥원 등 5개 기관",
    "나는 5일까지 쉰다.",
    "5일간 연다",
    "5일부터 시청에서",
    "2030의 비율이 높다.",
    "2024의 비율",
    "5050원을 냈다.",
    "5050명이 왔다.",
    "전화는 1577-5050의 비율",
    "개발은행(2013년 설립)은 크다.",
    "거점(HUB) 2013년에 섰다.",
    "(3)2013호",
    "나눔을 이어 가겠다.”고 말했다.",
    "한가람 원장은 이날 기자들에게 나눔을 이어 가겠다.”고 말했다.",
    "한가람 원장은 나눔에 대해 이어 가겠다.”고 말했다.",
    "한가람 원장은 “나눔을 이어 가겠다.”고 말했다.",
    "거점(HUB)’과 함께 열었다.",
    "한가람 원장은 나눔을 소개하며 책을 나누었다.",
    "“나눔의 기쁨",
    "그는 “나눔, 책, “기쁨”을 말했다.",
]


@pytest.mark.parametrize(("rule", "text", "expected"), [(rule, *case) for rule, cases in MENDED.items() for case in cases])
def test_mended(rule, text, expected):
    words, names = mended(text)
    assert words == expected
    assert names == {rule}


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text):
    words, names = mended(text)
    assert not names
    assert "⟦" not in words


def test_both_halves_of_a_quotation_lost_their_marks():
    words, names = mended("한가람 원장은 나눔은 좋은 대안이 될 것이라며 앞으로도 이어 가겠다.”고 말했다.")
    assert words == "한가람 원장은 ⟦“⟧나눔은 좋은 대안이 될 것⟦”⟧이라며 ⟦“⟧앞으로도 이어 가겠다.”고 말했다."
    assert names == {"lost-opening-quote", "lost-closing-quote"}


def test_a_title_may_lose_its_closing_quote():
    assert mended("- “나눔은 기쁨, 책은 친구", role="subtitle")[0] == "- “나눔은 기쁨, 책은 친구⟦”⟧"
    assert mended("- “나눔은 기쁨, 책은 친구 -", role="subtitle")[0] == "- “나눔은 기쁨, 책은 친구⟦”⟧ -"


@pytest.mark.parametrize(
    ("date", "text", "names"),
    [
        (None, "토론회가 630일 열렸다. 신청은 6월에 받았다.", {"lost-month"}),
        (None, "토론회가 630일 열렸다. 신청은 5월에 받았다.", set()),
        (None, "토론회가 630일 열렸다.", set()),
        (dt.date(2021, 12, 30), "토론회가 15일 열렸다. 설명회는 내년 112일 열린다.", {"lost-month"}),
        (dt.date(2021, 3, 1), "토론회가 630일 열렸다.", set()),
        (dt.date(2021, 11, 15), "토론회가 1111일 열렸다.", {"lost-month"}),
        (dt.date(2021, 6, 1), "한빛군이 628두메국과 함께 연다.", set()),
        (dt.date(2021, 1, 20), "한빛원은 119상담센터를 열었다.", set()),
    ],
)
def test_a_month_needs_support(date, text, names):
    assert mended(text, date=date)[1] == names


def test_every_rule_has_cases():
    assert len(RULES) == 8
    assert all(MENDED.values())
    assert set(MENDED) == {
        "lost-month",
        "lost-ordinal",
        "lost-dots",
        "lost-space",
        "lost-colon",
        "lost-particle",
        "lost-opening-quote",
        "lost-closing-quote",
    }
    assert len(LEFT_ALONE) >= 40
