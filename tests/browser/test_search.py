"""Finding things as Koreans type: whole and half names, initials, aliases, shortened names, particles."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import Page
from selenium.webdriver.common.keys import Keys

ID = "https://w3id.org/presskg/id/"


def first_hit(window: Page, words: str) -> str:
    window.run(
        "const q = document.querySelector('#query'); q.focus(); q.value = arguments[0]; q.dispatchEvent(new Event('input'))",
        words,
    )
    return window.text("#hits [aria-selected=true] .name")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("환경부", "환경부"),
        ("ㅎㄱㅂ", "환경부"),
        ("환경부는", "환경부"),
        ("한국수자원공사가", "한국수자원공사"),
        ("수자원", "한국수자원공사"),
        ("ㅎㄱㅅㅈㅇㄱㅅ", "한국수자원공사"),
        ("수자원공사에서", "한국수자원공사"),
        ("한국수자우", "한국수자원공사"),
        ("한국수자원ㄱ", "한국수자원공사"),
        ("환겨", "환경부"),
        ("한국수장", "한국수자원공사"),
        ("맑은 물 정책포럼", "제3회 맑은물 정책 포럼 2023. 5. 11. · 한국수자원공사 외 1"),
        ("한수공사", "한국수자원공사"),
        ("윤다온", "윤다온 가람대학교 · 교수"),
    ],
)
def test_finds(window: Page, drawn: Path, words: str, name: str) -> None:
    window.open(drawn)
    assert first_hit(window, words) == name


@pytest.mark.parametrize("words", ["없는이름", "ㅋㅋㅋㅋ", "<b>", "\\"])
def test_says_when_nothing_is_found(window: Page, drawn: Path, words: str) -> None:
    window.open(drawn)
    assert first_hit(window, words) == "" and "찾은 것이 없습니다" in window.text("#hits")


def test_an_alias_is_shown_beside_the_name(window: Page, drawn: Path) -> None:
    window.open(drawn)
    assert first_hit(window, "충남도") == "충청남도충남도"


def test_enter_goes_to_the_thing(window: Page, drawn: Path) -> None:
    window.open(drawn)
    window.press("/", "ㄱㄹㄷㅎㄱ", Keys.ENTER)
    assert window.text("#panel h2") == "가람대학교"
    assert window.run("return document.activeElement.id") == "stage"


def test_what_a_filter_hides_comes_back_when_it_is_sought(window: Page, drawn: Path) -> None:
    window.open(drawn)
    window.run("[...document.querySelectorAll('#legend .switch')].find(b => b.innerText.includes('사람')).click()")
    assert f"{ID}윤다온_가람대학교" not in window.visible()
    first_hit(window, "윤다온")
    window.press(Keys.ENTER)
    assert f"{ID}윤다온_가람대학교" in window.visible() and window.text("#panel h2") == "윤다온"
