"""Signs that an encoding lost and left question marks for, days without their month, names without the dots between them."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.read.given import Given
from kg.read.page import articles_of
from kg.read.view import make_view

MENDED = {
    "dots": ("가온시는 시?군?구와 협력한다.", "가온시는 시·군·구와 협력한다."),
    "a law": ("?마을숲법? 시행령이 시?도에 적용된다.", "‘마을숲법’ 시행령이 시·도에 적용된다."),
    "around and between": ("군은 ?제3차 마을숲 기본계획?을 심의?의결했다.", "군은 ‘제3차 마을숲 기본계획’을 심의·의결했다."),
    "two digits and a weekday": ("군은 35일(화) 마을숲 회의를 연다.", "군은 3월 5일(화) 마을숲 회의를 연다."),
    "two digits and a word": ("군은 오는 37일 마을숲 회의를 연다.", "군은 오는 3월 7일 마을숲 회의를 연다."),
    "universities": (
        "군은 한빛대학교두메대학교가온문화재단 등 세 기관과 손잡았다.",
        "군은 한빛대학교·두메대학교·가온문화재단 등 세 기관과 손잡았다.",
    ),
}
LEFT = {
    "one mark": "군은 시?도와 협력한다.",
    "questions": "왜 그럴까?답은 숲에 있다. 누가 하나?모두가 한다.",
    "questions that stand apart": "숲은 왜 필요한가? 마을은 어디로 가는가? 답을 들었다.",
    "thirty-seven days": "군은 37일간 마을숲 잔치를 연다.",
    "a day too many without a sign": "군은 지난해 45일 회의를 열었다.",
    "another weekday": "군은 35일(금) 마을숲 회의를 연다.",
    "fewer names than counted": "군은 한빛대학교두메대학교 등 세 기관과 손잡았다.",
}


def seen(words: str) -> str:
    [article] = articles_of(
        f"두메군, 마을숲 새로 가꾼다\n\n{words}\n\n두메군은 마을숲을 새로 가꾼다고 밝혔다.",
        Given(identifier="p", source="p.txt", date=dt.date(2024, 3, 4)),
    )
    view = make_view(article)
    return view.text.split("\n")[1]


@pytest.mark.parametrize(("raw", "mended"), MENDED.values(), ids=MENDED)
def test_what_the_text_supports_is_mended(raw, mended):
    assert seen(raw) == mended


@pytest.mark.parametrize("raw", LEFT.values(), ids=LEFT)
def test_what_nothing_supports_is_left(raw):
    assert seen(raw) == raw
