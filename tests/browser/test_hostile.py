"""Every string of an article is text, never markup, wherever the page shows it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from chromium import Page
from kg.viz import draw

ID = "https://w3id.org/presskg/id/"
NASTY = (
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "\u2028window.pwned=1//",
    '"><svg onload=window.pwned=1>',
    "<!--<script>",
    "javascript:window.pwned=1",
    "{{7*7}}${window.pwned=1}",
    "href <a href=javascript:window.pwned=1>x</a>",
    "&lt;b&gt;",
)
TEXT = " ".join(NASTY)
MARKUP = "img,iframe,object,embed,a[href^=javascript],svg[onload],[onerror],b"


@pytest.fixture(scope="module")
def hostile(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the small folder with names, titles, texts, publishers and addresses replaced by markup."""
    folder = tmp_path_factory.mktemp("hostile") / "out"
    shutil.copytree(built, folder)
    written = json.dumps(TEXT)  # \\u2028 is an escape of N-Quads too
    quads = [
        line.replace('"가람대학교"', written) if "prefLabel" in line or "#label" in line else line
        for line in (folder / "graph.nq").read_text(encoding="utf-8").splitlines()
    ]
    quads.append(f"<{ID}가람대학교> <http://www.w3.org/2004/02/skos/core#altLabel> {written} <{ID}article/water-forum> .")
    (folder / "graph.nq").write_text("\n".join(sorted(quads)) + "\n", encoding="utf-8")
    rows = [json.loads(line) for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row.update(title=TEXT, publisher=TEXT, url="javascript:window.pwned=1")
        row["fields"] = {key: (TEXT * 9)[: len(text)] for key, text in row["fields"].items()}
    (folder / "articles.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return draw(folder)


def unharmed(window: Page, page: Path) -> None:
    assert window.run("return window.pwned === undefined")
    assert window.run("return document.querySelectorAll(arguments[0]).length", MARKUP) == 0
    assert window.console() == [] and set(window.requests()) <= {page.resolve().as_uri()}


def test_names_titles_and_words_stay_text(window: Page, hostile: Path) -> None:
    window.open(hostile)
    at = window.where(f"{ID}가람대학교")
    window.hover(*at)
    window.click(*at)
    window.run("for (const b of document.querySelectorAll('#panel .open[aria-expanded=false]')) b.click()")
    window.wait(0.5)
    shown = window.text("#panel")
    assert all(part in shown for part in NASTY[:2] + NASTY[3:]), shown
    assert window.run("return document.title").startswith(NASTY[0])
    unharmed(window, hostile)


def test_links_stay_text(window: Page, hostile: Path) -> None:
    window.open(hostile)
    (ax, ay), (bx, by) = window.where(f"{ID}한국수자원공사"), window.where(f"{ID}제3회_맑은물_정책_포럼_2023-05-11")
    window.click(ax + (bx - ax) * 0.3, ay + (by - ay) * 0.3)
    assert NASTY[0] in window.text("#panel")
    unharmed(window, hostile)


def test_lists_and_exports_stay_text(window: Page, hostile: Path) -> None:
    from xml.etree import ElementTree

    from rdflib import Graph, Literal

    window.open(hostile)
    window.run("const q = document.querySelector('#query'); q.focus(); q.value = 'onerror'; q.dispatchEvent(new Event('input'))")
    assert NASTY[1] in window.text("#hits")
    assert NASTY[0] in window.run("return document.querySelector('#paper').options[1].text")
    words = " ".join(ElementTree.fromstring(window.saved("svg", "graph.svg")).itertext())
    assert "<img" in words or "</script" in words
    part = Graph().parse(data=window.run("return presskg.turtle()"), format="turtle")
    assert any(isinstance(o, Literal) and NASTY[1] in str(o) for o in part.objects())
    unharmed(window, hostile)


def test_words_that_scripts_trip_over_are_whole(window: Page, hostile: Path) -> None:
    """What would end the JSON, its element or a JavaScript string arrives as it was."""
    window.open(hostile)
    data = window.run("return JSON.parse(document.getElementById('graph').textContent).articles[0][1]")
    assert data == TEXT
