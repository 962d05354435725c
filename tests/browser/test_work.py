"""Working with the page: filters, opening and hiding, paths, undo, the address, the keyboard, taking things away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from chromium import Page, browser, missing
from selenium.webdriver.common.keys import Keys

ID = "https://w3id.org/presskg/id/"
FORUM, WEEK, DEAL = (
    f"{ID}{name}"
    for name in ("제3회_맑은물_정책_포럼_2023-05-11", "맑은물_실천_주간_2023-06-05", "물관리_인재양성_업무협약_2023-07-03")
)


def choose(window: Page, iri: str) -> None:
    window.click(*window.where(iri))


def action(window: Page, words: str) -> None:
    window.run("[...document.querySelectorAll('#panel .action')].find(b => b.innerText.startsWith(arguments[0])).click()", words)
    window.wait(0.1)


def test_a_period_keeps_what_happened_in_it(window: Page, drawn: Path) -> None:
    window.open(drawn)
    assert {FORUM, WEEK, DEAL} <= window.visible()
    bars = window.run("return [...document.querySelectorAll('#strip .bin')].map(b => b.dataset.bin)")
    assert bars[0] == "2023-05" and bars[-1] == "2023-07"
    x, y = window.run(
        "const r = document.querySelector('#strip .bin').getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]"
    )
    window.click(x, y)
    assert FORUM in window.visible() and not {WEEK, DEAL} & window.visible()
    assert "2023-05" in window.text("#strip .whole")


def test_an_article_and_a_kind_of_relation_filter(window: Page, drawn: Path) -> None:
    window.open(drawn)
    window.run(
        "const s = document.querySelector('#paper'); s.value = [...s.options].find(o => o.text.includes('업무협약')).value; "
        "s.dispatchEvent(new Event('change'))"
    )
    seen = window.visible()
    assert DEAL in seen and FORUM not in seen and WEEK not in seen
    window.open(drawn)
    window.run("[...document.querySelectorAll('#legend .switch')].find(b => b.innerText.includes('주최')).click()")
    edges = window.run("return presskg.visible().edges.map(e => e[1])")
    assert edges and "press:coHosted" not in edges


def test_confidence_filters(window: Page, drawn: Path) -> None:
    window.open(drawn)
    window.run("const s = document.querySelector('#sure'); s.value = 0.95; s.dispatchEvent(new Event('change'))")
    assert window.visible() == set() and "조건에 맞는 것이 없습니다" in window.text("#empty")


def test_a_chosen_period_comes_into_sight(window: Page, crowded: Path) -> None:
    window.open(crowded, "#view=all")
    window.run("const b = document.querySelector('#strip .bin'); b.focus()")
    window.press(Keys.ENTER)
    shown = window.visible()
    assert 5 < len(shown) < 200
    inside = window.run(
        "const r = document.querySelector('#canvas').getBoundingClientRect(); "
        "const within = (p) => p.x > r.left && p.x < r.right && p.y > r.top && p.y < r.bottom; "
        "return presskg.visible().nodes.map(presskg.where).filter(within)"
    )
    assert len(inside) == len(shown)


def test_hide_undo_redo(window: Page, drawn: Path) -> None:
    before = window.open(drawn).visible()
    choose(window, WEEK)
    action(window, "숨기기")
    assert window.visible() == before - {WEEK}
    window.chord(Keys.CONTROL, "z")
    assert window.visible() == before
    window.run("document.querySelector('#redo').click()")
    assert window.visible() == before - {WEEK}


def test_collapse_and_expand(window: Page, drawn: Path) -> None:
    before = window.open(drawn).visible()
    choose(window, FORUM)
    action(window, "이웃 접기")
    assert window.visible() < before
    action(window, "이웃 펼치기")
    assert window.visible() == before


def test_a_pinned_thing_stays_and_survives_the_address(window: Page, drawn: Path) -> None:
    window.open(drawn)
    choose(window, FORUM)
    action(window, "고정")
    fragment = window.run("return location.hash")
    assert "pin=" in fragment
    window.open(drawn, fragment)
    choose(window, FORUM)
    assert "고정 풀기" in window.text("#panel .actions")


def test_the_path_between_two_things(window: Page, drawn: Path) -> None:
    window.open(drawn)
    choose(window, f"{ID}서울")
    action(window, "길 찾기")
    choose(window, DEAL)
    assert window.run("return new URLSearchParams(location.hash.slice(1)).get('path').split('.').length") == 2
    assert window.text("#toast") == "", "nothing asks for its end any more"


def test_a_long_path_is_seen_whole(drawn: Path) -> None:
    if missing():
        pytest.skip(f"no {missing()}")
    with browser(390, 844) as phone:
        phone.open(drawn)
        phone.run("document.querySelector('#stage').focus()")
        phone.press("/", "노르웨이", Keys.ENTER, "w", "/", "윤다온", Keys.ENTER)
        path = phone.run("return new URLSearchParams(location.hash.slice(1)).get('path').split('.').length")
        boxes = phone.run(
            "const r = document.querySelector('#canvas').getBoundingClientRect(); return ['노르웨이', '윤다온_가람대학교']"
            ".map(name => presskg.where(arguments[0] + name)).map(p => p.x > 0 && p.x < r.right && p.y > r.top && p.y < r.bottom)",
            ID,
        )
        assert path >= 4 and boxes == [True, True]


def test_the_address_restores_everything(window: Page, drawn: Path) -> None:
    window.open(drawn)
    window.run("[...document.querySelectorAll('#legend .switch')].find(b => b.innerText.includes('발표')).click()")
    window.run("document.querySelector('[data-view=cohost]').click()")
    window.run("document.querySelector('#lang').click()")
    window.run("document.querySelector('#theme').click()")
    choose(window, FORUM)
    want = (
        window.visible(),
        window.text("#panel"),
        window.run("return location.hash"),
        window.run("return document.documentElement.dataset.theme"),
    )
    window.open(drawn, want[2])
    assert (
        window.visible(),
        window.text("#panel"),
        window.run("return location.hash"),
        window.run("return document.documentElement.dataset.theme"),
    ) == want
    assert "Evidence" not in want[1] and "Links" in want[1]


def test_a_view_in_a_file_restores_everything(window: Page, drawn: Path, tmp_path: Path) -> None:
    window.open(drawn)
    window.run("document.querySelector('[data-view=cohost]').click()")
    choose(window, FORUM)
    want = window.visible(), window.run("return location.hash")
    kept = tmp_path / "view.json"
    kept.write_bytes(window.saved("view", "graph-view.json"))
    (tmp_path / "other.json").write_text('{"presskg": "map"}', encoding="utf-8")
    window.open(drawn)
    for name in ("other.json", "view.json"):
        window.run("document.querySelector('[data-save=openView]').click()")
        window.driver.find_element("id", "view-file").send_keys(str(tmp_path / name))
        window.wait(0.5)
    assert (window.visible(), window.run("return location.hash")) == want
    assert window.run("return document.querySelectorAll('#view-file').length") == 0


@pytest.mark.parametrize(
    "fragment",
    [
        "#view=nowhere&see=zzz&hide=&pin=a_b.c_d_e",
        "#since=<script>&until=%22&sure=lots&papers=99.-1",
        "#path=x.y&start=q&off=press:Nothing&theme=constructor&lang=toString",
    ],
)
def test_a_spoilt_address_does_no_harm(window: Page, drawn: Path, fragment: str) -> None:
    before = window.open(drawn).visible()
    window.open(drawn, fragment)
    assert window.visible() == (set() if "off=" in fragment and not before else window.visible()) and window.visible()
    assert window.console() == []


def test_everything_by_keyboard(window: Page, drawn: Path) -> None:
    window.open(drawn)
    window.run("document.querySelector('#stage').focus()")
    window.press(Keys.ARROW_RIGHT)
    first = window.text("#panel h2")
    assert first
    window.press(Keys.ARROW_RIGHT, Keys.ARROW_LEFT, Keys.ARROW_DOWN)
    assert window.text("#panel h2")
    window.press("l")
    assert "왜 이 선이 있나" in window.text("#panel")
    window.press(Keys.ENTER)
    assert window.run("return document.activeElement.id") == "panel"
    window.press(Keys.ESCAPE)
    assert window.text("#panel") == "" and window.run("return document.activeElement.id") == "stage"
    before = window.visible()
    window.press(Keys.ARROW_UP, "h")
    assert len(window.visible()) == len(before) - 1
    window.press("/", "환경부", Keys.ENTER, "f")
    assert "start=" in window.run("return location.hash")


def test_the_tab_key_reaches_all_parts(window: Page, drawn: Path) -> None:
    window.open(drawn)
    reached = set()
    for _ in range(70):
        window.driver.switch_to.active_element.send_keys(Keys.TAB)
        reached.add(
            window.run("return document.activeElement.closest('#views,#find,#tools,#legend,#stage,#strip,#panel')?.id ?? null")
        )
    assert {"views", "find", "tools", "legend", "stage", "strip"} <= reached


def test_the_visible_part_as_turtle(window: Page, drawn: Path, built: Path) -> None:
    from rdflib import Graph

    window.open(drawn)
    whole = Graph().parse(built / "graph.ttl")
    part = Graph().parse(data=window.saved("ttl", "graph.ttl").decode(), format="turtle")
    assert len(part) > 60
    assert not set(part) - set(whole), sorted(set(part) - set(whole))[:5]
    choose(window, WEEK)
    action(window, "숨기기")
    less = Graph().parse(data=window.saved("ttl", "graph.ttl").decode(), format="turtle")
    assert 0 < len(less) < len(part) and not any(WEEK in (str(s), str(o)) for s, _, o in less)


def test_pictures_to_take_away(window: Page, drawn: Path) -> None:
    from xml.etree import ElementTree

    window.open(drawn)
    assert window.saved("png", "graph.png")[:8] == b"\x89PNG\r\n\x1a\n"
    words = " ".join(ElementTree.fromstring(window.saved("svg", "graph.svg")).itertext())
    assert "제3회 맑은물" in words and "공동 개최" in words
    assert window.console() == []


def test_no_line_runs_through_the_names_of_its_ends(window: Page, drawn: Path) -> None:
    things = window.open(drawn).run("return JSON.parse(document.getElementById('graph').textContent).nodes")
    symbol = {thing["iri"]: 0 if "w" in thing else 2 * thing["size"] for thing in things}
    rows = [(row["iri"], *row["box"]) for row in window.run("return presskg.boxes()")]
    names = [(a, b + symbol[iri] + 4, c, d) for iri, a, b, c, d in rows if c - a > symbol[iri]]
    assert len(names) >= 8
    found = re.findall(rb'd="M([-\d.]+) ([-\d.]+)L([-\d.]+) ([-\d.]+)" stroke=', window.saved("svg", "graph.svg"))
    points = [(float(x), float(y)) for line in found for x, y in (line[:2], line[2:])]
    assert len(points) >= 24
    assert not [(x, y) for x, y in points for a, b, c, d in names if a + 1 < x < c - 1 and b + 1 < y < d - 1]


def test_no_name_lies_on_another(window: Page, drawn: Path) -> None:
    boxes = window.open(drawn).run("return presskg.boxes()")
    assert len(boxes) >= 15
    hits = [
        (a["iri"], b["iri"])
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if a["box"][0] < b["box"][2] and b["box"][0] < a["box"][2] and a["box"][1] < b["box"][3] and b["box"][1] < a["box"][3]
    ]
    assert hits == []


def test_starting_from_a_thing_brings_it_to_the_middle(window: Page, drawn: Path) -> None:
    window.open(drawn)
    window.press("/", "가람대학교", Keys.ENTER, "f")
    window.wait()
    boxes = [row["box"] for row in window.run("return presskg.boxes()")]
    middle = (min(box[0] for box in boxes) + max(box[2] for box in boxes)) / 2
    left, width = window.run("const r = document.querySelector('#stage').getBoundingClientRect(); return [r.x, r.width]")
    x, _ = window.where(f"{ID}가람대학교")
    own = next(row["box"] for row in window.run("return presskg.boxes()") if row["iri"].endswith("/가람대학교"))
    shift = (own[0] + own[2]) / 2 - middle
    assert abs(x - (left + width / 2)) <= abs(shift) * 1.4 + 20
