"""What ``kg stats`` counts, on the small built folder where every number can be counted by hand."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from kg.ask.plot import plot
from kg.ask.stats import FORMATS, Stats, render, stats, write_csv
from kg.errors import UsageError
from kg.knowledge.resources import resource

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "tests" / "fixtures" / "out"


@pytest.fixture(scope="module")
def found() -> Stats:
    return stats(OUT)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("size", ("기사", 3)),
        ("size", ("아니라고 한 진술", 1)),
        ("classes", ("사람", 2)),
        ("classes", ("토론회·포럼", 1)),
        ("properties", ("공동 개최", 2)),
        ("coverage", ("날짜가 있는 행사", 3, 3, 1.0)),
        ("coverage", ("여는 곳이 있는 행사", 2, 3, 0.667)),
        ("coverage", ("소속이 있는 사람", 2, 2, 1.0)),
        ("bodies", ("가람대학교", 2, 3)),
        ("people", ("윤다온", 5, 3)),
        ("cohosts", ("한국수자원공사", "환경부", 1)),
        ("months", ("2023-06", 1)),
    ],
)
def test_counts(found: Stats, table: str, row: tuple) -> None:
    assert row in found[table].rows


def test_who_stands_between(found: Stats) -> None:
    assert found["betweenness"].rows[0][0] == "제3회 맑은물 정책 포럼"


def test_articles_link_nothing(found: Stats) -> None:
    """An article mentions all its things; that would make it the centre of everything."""
    assert not [row for row in found["betweenness"].rows if row[1] == "기사"] and "기사" not in dict(found["classes"].rows)


def test_communities_part_the_things(found: Stats) -> None:
    sizes = [row[1] for row in found["communities"].rows]
    assert sizes == sorted(sizes, reverse=True) and 12 <= sum(sizes) <= 17


def test_rankings_are_bounded() -> None:
    assert [len(stats(OUT, top=1)[name].rows) for name in ("bodies", "people", "betweenness", "communities", "cohosts")] == [
        1
    ] * 5


def test_every_table_in_every_format(found: Stats) -> None:
    assert len(found.tables) == 10
    for table in found.tables:
        assert table.rows and all(len(row) == len(table.columns) for row in table.rows)
        for form in FORMATS:
            text = render(found, form, table=table.name, width=100)
            assert str(table.rows[0][0]) in text and text.endswith("\n")
    assert json.loads(render(found, "json")).keys() == {table.name for table in found.tables}


def test_csv_files(found: Stats, tmp_path: Path) -> None:
    paths = write_csv(found, tmp_path / "tables")
    assert {path.stem for path in paths} == {table.name for table in found.tables}
    with (tmp_path / "tables" / "cohosts.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["기관", "기관", "행사"], ["한국수자원공사", "환경부", "1"]]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda found: render(found, "xls"), "'xls' is not known; allowed: table"),
        (lambda found: render(found, "csv"), "csv holds one table"),
        (lambda found: found["size2"], "'size2' is not known; allowed: size"),
        (lambda found: stats(OUT, top=0), "top 0 is not allowed"),
        (lambda found: stats("nowhere"), "no such folder"),
        (lambda found: plot(found, "a.gif"), "'.gif' is not known; allowed: .png, .svg"),
    ],
)
def test_mistakes_are_told(found: Stats, call, words: str) -> None:
    with pytest.raises(UsageError, match=words.replace(".", r"\.").replace("(", r"\(")):
        call(found)


def test_a_graph_of_nothing(tmp_path: Path) -> None:
    shutil.copytree(OUT, tmp_path / "out")
    for name in ("graph.nq", "evidence.ttl", "articles.jsonl"):
        (tmp_path / "out" / name).write_text("", encoding="utf-8")
    empty = stats(tmp_path / "out")
    assert dict(empty["size"].rows)["것"] == 0 and empty["months"].rows == ()
    assert render(empty).startswith("크기")


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_the_plot_has_its_korean_words_and_the_same_bytes_again(found: Stats, tmp_path: Path, suffix: str) -> None:
    """A glyph that the font lacks is a warning of matplotlib's, and here an error."""
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    first, again = plot(found, tmp_path / f"a{suffix}").read_bytes(), plot(found, tmp_path / f"b{suffix}").read_bytes()
    assert first == again and len(first) > 20_000
    assert first.startswith(b"\x89PNG" if suffix == ".png" else b"<?xml")


def test_korean_is_drawn_where_no_installed_font_has_it(found: Stats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manager = pytest.importorskip("matplotlib.font_manager")
    wanted = plot(found, tmp_path / "a.png").read_bytes()
    latin = [entry for entry in manager.fontManager.ttflist if entry.name.startswith("DejaVu")]
    monkeypatch.setattr(manager.fontManager, "ttflist", latin)
    manager.fontManager._findfont_cached.cache_clear()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert plot(found, tmp_path / "b.png").read_bytes() == wanted, "no box, and the same bytes as elsewhere"


def test_the_font_that_comes_along_has_all_of_todays_hangul() -> None:
    fonts = pytest.importorskip("matplotlib.ft2font")
    signs = fonts.FT2Font(str(resource("viz", "fonts", "PressKGSans-Regular.ttf"))).get_charmap()
    assert {*range(ord("가"), ord("힣") + 1), *map(ord, "ㄱㅎㅏㅣ·…“”‘’「」『』①②ㆍ~%&")} <= set(signs)


def test_the_same_graph_gives_the_same_tables_whatever_the_hash_seed() -> None:
    script = "from kg.ask.stats import render, stats; print(render(stats('tests/fixtures/out'), 'json'))"
    seen = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1
