"""The page in a real browser: it opens in silence and alone, a click shows the words, the legend filters."""

from __future__ import annotations

from pathlib import Path

from chromium import Page

ID = "https://w3id.org/presskg/id/"
FORUM = f"{ID}제3회_맑은물_정책_포럼_2023-05-11"


def test_opens_in_silence_and_asks_for_nothing(window: Page, drawn: Path) -> None:
    window.open(drawn).wait(0.5)
    assert window.console() == []
    assert window.requests() == [drawn.resolve().as_uri()]


def test_a_clicked_thing_shows_its_statements_with_their_words(window: Page, drawn: Path) -> None:
    window.open(drawn).click(*window.where(FORUM))
    assert "제3회 맑은물 정책 포럼" in window.text("#panel h2")
    window.run("for (const b of document.querySelectorAll('#panel .open[aria-expanded=false]')) b.click()")
    window.wait()
    assert "대전컨벤션센터에서" in window.run("return [...document.querySelectorAll('#panel mark')].map(m => m.textContent)")
    clipping = window.text("#panel figure")
    assert "환경부, 제3회 맑은물 정책 포럼 개최" in clipping and "2023-05-12" in clipping


def test_a_clicked_link_says_why_it_is_there(window: Page, drawn: Path) -> None:
    window.open(drawn)
    (ax, ay), (bx, by) = window.where(f"{ID}대전컨벤션센터"), window.where(FORUM)
    window.click(ax + (bx - ax) * 0.42, ay + (by - ay) * 0.42)
    assert "장소" in window.text("#panel .triple")
    assert window.text("#panel mark") == "대전컨벤션센터에서"


def test_the_legend_filters(window: Page, drawn: Path) -> None:
    before = window.open(drawn).visible()
    window.run("[...document.querySelectorAll('#legend [aria-pressed=true]')].find(b => b.innerText.includes('사람')).click()")
    assert {iri.removeprefix(ID) for iri in before - window.visible()} == {"윤다온_가람대학교", "서한결_물결연구원"}
