"""The bench measures what it says: copies are other articles with known results, and its table stands between the marks of a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.bench.formats import WRITERS, read_whole, rows
from kg.bench.page import MARKS, written
from kg.bench.rest import SIZES, Row, copied, growth
from kg.bench.stages import Measured
from kg.errors import UsageError
from kg.graph.results import kept, stored_articles
from kg.pipeline import build

ROWS = [Row(what, f"{n} articles", float(n)) for what in ("link all articles", "write all files") for n in SIZES]


def test_copies_are_other_articles_whose_results_are_known(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "소식\n\n나라숲청은 2023년 5월 1일 서울에서 제3회 나라숲 국제포럼을 개최했다.\n", encoding="utf-8"
    )
    build([tmp_path / "a.txt"], tmp_path / "out", view=False)
    copied(tmp_path / "out", tmp_path / "more", 3)
    assert len({a.identifier for a in stored_articles(tmp_path / "more")}) == len(kept(tmp_path / "more")) == 3
    link, write = growth(tmp_path / "more")
    assert (link.size, write.peak > 0) == ("3 articles", True)
    assert (tmp_path / "more" / "graph.nq").is_file()


def test_the_table_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{MARKS[0]}\nold\n{MARKS[1]}\nafter\n", encoding="utf-8")
    for _ in range(2):
        written(page, Measured({"Kiwi alone": 2.0}, 1), Measured({"whole build": 4.0}, 2), ROWS)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n") and text.endswith("\nafter\n") and "old" not in text
    assert text.count("| whole build | 4.00 | 2.00 |") == 1 and "exponent 1.00" in text


def test_a_page_without_marks_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("nothing", encoding="utf-8")
    with pytest.raises(UsageError, match="has no"):
        written(tmp_path / "page.md", Measured({"Kiwi alone": 1.0}, 1), Measured({}, 1), ROWS)


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_corpus_of_a_format_is_read_whole(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"corpus{suffix}"
    WRITERS[suffix](path, 20_000)
    articles, most = read_whole(path)
    assert articles == len(list(rows(20_000))) > 5
    assert most > 10
