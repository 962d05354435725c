"""The panel: evidence by place, in parts where there is much of it, beside a picture that keeps its size."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from chromium import Page
from kg.viz import draw

ID = "https://w3id.org/presskg/id/"
FORUM = f"{ID}제3회_맑은물_정책_포럼_2023-05-11"
THINGS = (FORUM, f"{ID}맑은물_실천_주간_2023-06-05", f"{ID}물관리_인재양성_업무협약_2023-07-03", f"{ID}윤다온_가람대학교")


def test_the_picture_keeps_its_size_beside_the_panel(window: Page, drawn: Path) -> None:
    window.open(drawn)

    def span() -> float:
        (ax, ay), (bx, by) = map(window.where, THINGS[:2])
        return ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5

    before = span()
    for iri in THINGS:
        window.click(*window.where(iri))
        x, y = window.where(iri)
        left, top, right, bottom = window.run(
            "const r = document.querySelector('#canvas').getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]"
        )
        assert left < x < right and top < y < bottom, "what was clicked is not hidden by its panel"
        assert abs(span() - before) < 1


def test_nothing_but_words_stands_in_the_panel(window: Page, drawn: Path) -> None:
    window.open(drawn)
    for iri in THINGS:
        window.click(*window.where(iri))
        assert len(window.text("#panel")) > 20
        assert re.findall(r"\b(?:false|true|undefined|null|NaN)\b", window.text("#panel")) == []


def with_evidence(built: Path, folder: Path, *changes: dict[str, str]) -> Path:
    """The page of the small folder, where the venue of the forum has more evidence: its own with some values replaced."""
    shutil.copytree(built, folder)
    path = folder / "evidence.ttl"
    text = path.read_text(encoding="utf-8")
    block = next(part for part in text.split("\n\n") if '"대전컨벤션센터에서"' in part)
    for number, change in enumerate(changes):
        more = re.sub(r"^\S+", f"<https://w3id.org/presskg/id/assertion/more-{number}>", block)
        for name, value in change.items():
            more = re.sub(rf"press:{name} \S+", f"press:{name} {value}", more)
        text += f"\n\n{more}"
    path.write_text(f"{text}\n", encoding="utf-8")
    return draw(folder)


def choose_venue(window: Page, page: Path) -> None:
    window.open(page)
    (ax, ay), (bx, by) = window.where(f"{ID}대전컨벤션센터"), window.where(FORUM)
    window.click(ax + (bx - ax) * 0.42, ay + (by - ay) * 0.42)


def test_words_that_several_rules_read_are_shown_once(window: Page, tmp_path: Path, built: Path) -> None:
    choose_venue(window, with_evidence(built, tmp_path / "out", {"extractor": '"another.rule"'}))
    assert window.run("return document.querySelectorAll('#panel figure').length") == 1
    assert "another.rule" not in window.text("#panel figure"), "ids of rules are told on demand"
    window.run("document.querySelector('#panel figure summary').click()")
    assert "another.rule" in window.text("#panel figure") and window.text("#panel figure").count("규칙") == 2


def test_many_places_come_in_parts(window: Page, tmp_path: Path, built: Path) -> None:
    places = [{"start": str(i), "end": str(i + 3), "sentenceStart": "0"} for i in range(30)]
    choose_venue(window, with_evidence(built, tmp_path / "out", *places))
    assert window.run("return document.querySelectorAll('#panel figure').length") == 2
    window.run("[...document.querySelectorAll('#panel .action')].find(b => b.innerText.startsWith('더')).click()")
    assert window.run("return document.querySelectorAll('#panel figure').length") == 31
