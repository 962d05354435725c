"""Filters of a large graph choose anew what a view shows, and the counts of the legend follow them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from chromium import Page

VIEWS = ["network", "timeline", "cohost", "article"]


def chosen(window: Page, paper: str, view: str = "network") -> set[str]:
    """What is drawn after the article with these words in its title was chosen by typing them."""
    window.run(f"document.querySelector('[data-view={view}]').click()")
    window.run(
        "const f = document.querySelector('#paperfind'); f.value = arguments[0]; f.dispatchEvent(new Event('input')); "
        "const s = document.querySelector('#paper'); s.value = s.options[1].value; s.dispatchEvent(new Event('change'))",
        paper,
    )
    return window.visible()


def many(window: Page) -> int:
    """How many things the legend counts."""
    return window.run(
        "return [...document.querySelectorAll('#legend .row:not(.inner)')].slice(0, document.querySelectorAll('#legend .fold').length"
        " || 99).map(r => Number(r.querySelector('.many').textContent.replaceAll(',', ''))).reduce((a, b) => a + b, 0)"
    )


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("number", [0, 40, -1], ids=["first", "middle", "last"])
def test_an_article_shows_what_it_says(window: Page, crowd: Path, crowded: Path, view: str, number: int) -> None:
    papers = [json.loads(line) for line in (crowd / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    paper = sorted(papers, key=lambda row: row["date"])[number]
    window.open(crowded)
    seen = chosen(window, f"{paper['date']} {paper['title']}", view)
    said = {
        line.split("> ")[0][1:]
        for line in (crowd / "graph.nq").read_text(encoding="utf-8").splitlines()
        if f"<{paper['iri']}> ." in line
    }
    assert seen and seen <= said, "all that is shown is said by it"


def test_a_period_fills_the_first_view_and_the_counts_follow(window: Page, crowded: Path) -> None:
    window.open(crowded)
    before, whole = window.visible(), many(window)
    window.run("document.querySelector('#strip .bin').focus()")
    window.press("\ue007")
    shown, left = window.visible(), many(window)
    assert len(shown) >= 10 and shown - before, "other things than those of the first view"
    assert 0 < left < whole
    window.run("document.querySelector('#strip .whole').click()")
    assert window.visible() == before and many(window) == whole


def test_the_timeline_of_a_period_stands_in_its_order(window: Page, crowded: Path) -> None:
    window.open(crowded, "#view=timeline")
    window.run("document.querySelector('#strip .bin').focus()")
    window.press("\ue007")
    days = sorted((iri.rpartition("_2022-")[2][:5], window.where(iri)[0]) for iri in window.visible() if "_2022-" in iri)
    assert len(days) > 3 and [x for _, x in days] == sorted(x for _, x in days)


def test_what_is_chosen_stays_in_sight_in_another_view(window: Page, crowded: Path) -> None:
    window.open(crowded)
    x, y, right, bottom = window.run(
        "const r = document.querySelector('#canvas').getBoundingClientRect(); return [r.x, r.y, r.right, r.bottom]"
    )
    inside = [iri for iri in sorted(window.visible()) if x < window.where(iri)[0] < right and y < window.where(iri)[1] < bottom]
    for iri in inside[:3]:
        window.open(crowded)
        window.click(*window.where(iri))
        window.run("document.querySelector('[data-view=timeline]').click()")
        at = window.where(iri)
        right = window.run("return document.querySelector('#canvas').getBoundingClientRect().right")
        assert iri in window.visible() and x < at[0] < right and y < at[1] < bottom
