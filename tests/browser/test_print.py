"""What comes out of a printer: one sheet with the picture, then the words of what is open, dark on white in every theme."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from chromium import Page
from selenium.webdriver.common.keys import Keys

LANDSCAPE, PORTRAIT = (842, 595), (595, 842)


def printed(window: Page) -> list[tuple[tuple[int, int], str, int]]:
    """The pages as their size in points, their text, and how many lines and shapes they have."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTCurve, LTFigure, LTTextContainer

    def flat(part: object) -> list[object]:
        return [part, *(inner for child in part for inner in flat(child))] if isinstance(part, LTFigure) else [part]

    # As from the print menu, where nobody ticks that backgrounds are printed too.
    answer = window.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": False})
    pages = []
    for page in extract_pages(io.BytesIO(base64.b64decode(answer["data"]))):
        parts = [inner for part in page for inner in flat(part)]
        words = "".join(part.get_text() for part in parts if isinstance(part, LTTextContainer))
        pages.append(((round(page.width), round(page.height)), words, sum(isinstance(part, LTCurve) for part in parts)))
    return pages


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_fills_one_sheet(window: Page, drawn: Path, theme: str) -> None:
    ((size, words, shapes),) = printed(window.open(drawn, f"#theme={theme}"))
    assert size == LANDSCAPE and shapes > 40
    assert "제3회 맑은물" in words and "공동 개최" in words and "윤다온" in words
    assert "행사" in words and "주최·개최" in words, "the key says what colours mean"
    assert "내보내기" not in words and "기간" not in words
    assert window.console() == []


def test_what_is_open_follows_with_its_words(window: Page, drawn: Path) -> None:
    window.open(drawn, "#theme=dark").press("/", "윤다온", Keys.ENTER)
    before = window.text("#panel")
    (first, picture, _), *rest = printed(window)
    assert first == LANDSCAPE and "제3회 맑은물" in picture
    assert 1 <= len(rest) <= 2 and {size for size, _, _ in rest} == {PORTRAIT}
    words = "".join(text for _, text, _ in rest)
    assert "윤다온" in words and "강 복원 사례를 소개했다" in words.replace("\n", "") and "숨기기" not in words
    assert window.text("#panel") == before, "and the page is as it was"
    assert window.run("return document.documentElement.dataset.theme") == "dark"


def test_paper_has_colours_of_its_own(window: Page, drawn: Path) -> None:
    window.open(drawn, "#theme=dark")
    ink = "return getComputedStyle(document.documentElement).getPropertyValue('--ink')"
    before = window.run(ink)
    window.run("dispatchEvent(new Event('beforeprint'))")
    assert window.run(ink) == "#000000"
    assert window.run("return document.querySelector('#sheet > svg rect').getAttribute('fill')") == "#ffffff"
    window.run("dispatchEvent(new Event('afterprint'))")
    assert window.run(ink) == before and window.run("return document.querySelector('#sheet').childElementCount") == 0


def test_filters_are_told_on_the_sheet(window: Page, drawn: Path) -> None:
    ((_, words, _),) = printed(window.open(drawn, "#since=2023-05&until=2023-05&sure=0.5"))
    assert "2023-05 – 2023-05" in words and "0.50" in words and "실천 주간" not in words


def test_what_is_too_large_for_paper_is_the_part_in_the_window(window: Page, crowded: Path) -> None:
    ((_, words, shapes),) = printed(window.open(crowded, "#view=all"))
    assert "창에 보이는 부분" not in words and "모두" in words, "a map of all"
    window.open(crowded, "#view=timeline")
    ((size, words, shapes),) = printed(window)
    assert size == LANDSCAPE and "창에 보이는 부분" in words and shapes > 40
    assert window.console() == []
