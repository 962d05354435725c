"""Lines that were filled to a width: joined where a sentence goes on, glued where a word was cut."""

from __future__ import annotations

import pytest

from kg.model import Article, Region, Span
from kg.read.view import make_view


def paragraphs(text):
    region = Region(role="body", span=Span("text", 0, len(text)))
    return make_view(Article(identifier="a", source="a", fields=(("text", text),), regions=(region,))).text.split("\n")


LEAD = "가온시(시장 한가람)는 12월 2일(화) 정부청사에서 ‘제2회 참여행"


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\n \n"])
def test_a_name_that_a_line_end_cuts(gap):
    assert paragraphs(
        f"□ {LEAD}{gap}정 토론회’를 개최했다.{gap} ○ 토론회에는 한빛대학교 이나래 교수가 ‘참여의 다음 단계’를 주제로 발표{gap}했으며, 나보람 원장이 좌장을 맡았다."
    ) == [
        f"□ {LEAD}정 토론회’를 개최했다.",
        "○ 토론회에는 한빛대학교 이나래 교수가 ‘참여의 다음 단계’를 주제로 발표했으며, 나보람 원장이 좌장을 맡았다.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "이어 열린 토론에는 가온연구원 나보람 연구위\n원, 한빛협회 서리하 총장이 참석했다.",
            "이어 열린 토론에는 가온연구원 나보람 연구위원, 한빛협회 서리하 총장이 참석했다.",
        ),
        ("이번 협의회에는 세 기관의 관계자 서른 명이 참석\n했다.", "이번 협의회에는 세 기관의 관계자 서른 명이 참석했다."),
        (
            "가온시는 민간구조대와 훈련했다. 서장은 “민간\n구조대와 훈련하겠다”고 말했다.",
            "가온시는 민간구조대와 훈련했다. 서장은 “민간구조대와 훈련하겠다”고 말했다.",
        ),
        (
            "가온시는 지난 5일 마을 주민과 함께 ‘봄 책\n나눔 잔치’를 시민회관에서 열었다고 밝혔다.",
            "가온시는 지난 5일 마을 주민과 함께 ‘봄 책 나눔 잔치’를 시민회관에서 열었다고 밝혔다.",
        ),
        ("첫째 문단이다.\n했지만 둘째 문단은 다르다.", "첫째 문단이다.\n했지만 둘째 문단은 다르다."),
        ("□ 일시: 5일\n□ 장소: 군청", "□ 일시: 5일\n□ 장소: 군청"),
        ("주최 : 가온시\n등 네 곳", "주최 : 가온시\n등 네 곳"),
    ],
)
def test_lines(text, expected):
    assert "\n".join(paragraphs(text)) == expected


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("ㅁ 일  시 : 5일", "□ 일시 : 5일"),
        ("☑ 주    최 : 군청", "□ 주최 : 군청"),
        ("➢ 장 소 | 군청 마당", "□ 장소 | 군청 마당"),
        ("(후 원) 두메군", "(후원) 두메군"),
        ("1. 참 가 비 : 없음", "1. 참가비 : 없음"),
        ("☎ 문의 0000", "☎ 문의 0000"),
        ("ㅇ 대상: 주민", "ㅇ 대상: 주민"),
        ("그 책 : 이야기", "그책 : 이야기"),
        ("ㅁㅁ 군청", "ㅁㅁ 군청"),
        ("㈜나래온은 책을 샀다.", "㈜나래온은 책을 샀다."),
    ],
)
def test_bullets_and_letter_spaced_keys(raw, seen):
    assert paragraphs(raw) == [seen]


def test_a_paragraph_that_stands_twice_is_read_once():
    line = "가온시는 27일 가온광장에서 공유자전거 시민평가단 발대식을 열었다."
    assert paragraphs(f"{line}\n{line}\n이어 책을 나누었다.") == [line, "이어 책을 나누었다."]
