"""Phones, dark mode, accessibility, large graphs, the other ways to see."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from chromium import NEEDED, Page, browser, missing
from kg.viz import draw

needs_browser = pytest.mark.skipif(
    bool(missing()) and os.environ.get("CI", "").lower() not in ("1", "true", "yes"),
    reason=f"BROWSER TESTS DID NOT RUN: no {missing()}; {NEEDED}",
)


@needs_browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)], ids=["desk", "phone"])
def test_axe_finds_no_serious_fault(drawn: Path, size: tuple[int, int], dark: bool) -> None:
    if find_spec("axe_core_python") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("axe-core did not run: pip install axe-core-python")
    import axe_core_python

    axe = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    with browser(*size, dark=dark) as window:
        window.open(drawn)
        states = (
            "",
            "document.querySelector('#stage').focus(); document.querySelector('#menu').click()",
            "const q = document.querySelector('#query'); q.value = '환'; q.focus(); q.dispatchEvent(new Event('input'))",
        )
        window.run(axe)
        window.click(*window.where("https://w3id.org/presskg/id/제3회_맑은물_정책_포럼_2023-05-11"))
        checked = 0
        for state in states:
            if state:
                window.run(state)
                window.wait(0.2)
            found = window.driver.execute_async_script("const done = arguments[arguments.length - 1]; axe.run().then(done)")
            checked += len(found["passes"])
            serious = [
                (v["id"], [n["html"][:120] for n in v["nodes"]][:3])
                for v in found["violations"]
                if v["impact"] in ("serious", "critical")
            ]
            assert serious == []
        assert checked > 40


def test_a_large_graph_opens_on_a_part_of_it_and_leads_on(window: Page, crowded: Path) -> None:
    window.open(crowded)
    shown = window.visible()
    assert 30 <= len(shown) <= 100
    window.run("const q = document.querySelector('#query'); q.focus(); q.value = '진흥원'; q.dispatchEvent(new Event('input'))")
    names = window.run("return [...document.querySelectorAll('#hits .name')].map(n => n.textContent)")
    assert len(names) == 12
    hub = window.run("return presskg.boxes()[0].iri")
    window.run("document.querySelector('#stage').focus()")
    window.press("ArrowRight".replace("ArrowRight", "\ue014"), "e")
    grown = window.visible()
    assert shown < grown and len(grown) <= len(shown) + 30 and hub in grown
    window.run("document.querySelector('[data-view=all]').click()")
    assert len(window.visible()) > 1000
    assert window.console() == []


def test_newcomers_take_free_room(window: Page, crowded: Path) -> None:
    window.open(crowded)
    before = {row["iri"]: row["box"] for row in window.run("return presskg.boxes()")}
    window.run("document.querySelector('#stage').focus()")
    window.press("\ue014", "e")
    after = {row["iri"]: row["box"] for row in window.run("return presskg.boxes()")}
    new = [after[iri] for iri in after if iri not in before]
    assert new and all(after[iri] == before[iri] for iri in before), "what stands, stays"
    for i, a in enumerate(new):
        assert not any(
            a is not b and a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for b in [*before.values(), *new[:i]]
        )


@pytest.mark.parametrize("layout", ["network", "timeline", "cohost", "article"])
def test_every_layout_opens(window: Page, built: Path, layout: str, tmp_path: Path) -> None:
    window.open(draw(built, layout=layout, target=tmp_path / "g.html"))
    assert window.run("return document.querySelector('#views [aria-pressed=true]').dataset.view") == layout
    assert len(window.visible()) >= 3 and window.console() == []
    if layout == "timeline":
        at = {row["iri"]: row["box"][0] for row in window.run("return presskg.boxes()")}
        days = sorted((iri[-10:], x) for iri, x in at.items() if iri[-10:].startswith("2023-"))
        assert [x for _, x in days] == sorted(x for _, x in days) and len(days) == 3
    if layout == "cohost":
        assert {edge[1] for edge in window.run("return presskg.visible().edges")} <= {
            "press:coHosted",
            "press:hosted",
            "press:organized",
            "press:sponsored",
            "press:signed",
        }
    if layout == "article":
        assert sum("/article/" in iri for iri in window.visible()) == 3


def test_focus_limit_and_classes_from_python(window: Page, crowd: Path, built: Path, tmp_path: Path) -> None:
    window.open(draw(crowd, limit=20, target=tmp_path / "few.html"))
    assert len(window.visible()) == 20
    window.open(draw(built, focus="충남도", target=tmp_path / "focus.html"))
    assert any("충청남도" in iri for iri in window.visible())
    window.open(draw(built, classes=["사람", "press:Event"], target=tmp_path / "classes.html"))
    assert len(window.visible()) == 5


def test_a_phone_shows_names_large_enough(drawn: Path) -> None:
    if missing():
        pytest.skip(f"no {missing()}")
    with browser(390, 844) as window:
        window.open(drawn)
        assert window.run("return document.documentElement.scrollWidth") == 390
        (ax, ay), (bx, by) = (
            window.where(f"https://w3id.org/presskg/id/{name}") for name in ("환경부", "제3회_맑은물_정책_포럼_2023-05-11")
        )
        boxes = {row["iri"].rpartition("/")[2]: row["box"] for row in window.run("return presskg.boxes()")}
        a, b = (boxes[name] for name in ("환경부", "제3회_맑은물_정책_포럼_2023-05-11"))
        scale = (
            abs(by - ay) / abs((b[1] + b[3]) / 2 - (a[1] + a[3]) / 2)
            if abs(by - ay) > 40
            else abs(bx - ax) / abs((b[0] + b[2]) / 2 - (a[0] + a[2]) / 2)
        )
        assert scale > 0.5
