"""Marked pages of many makers (``tests/pages``): articles counted, titles, publishers, dates, bodies as careful readers see them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.measure.pages import as_plain, parse_marked, read_marked, render_pages, same_name, score_page, score_pages, table
from kg.read.files import read

PAGES = Path(__file__).parent / "pages"
VISIBLE = sorted(path for path in PAGES.iterdir() if path.is_file())
HELD = sorted((PAGES / "held").iterdir())
GAPS = {"": "\n", "+": "\n\n", "*": "\n\n\u00a0\n\n"}  # as scrapers leave them between lines


def read_page(page, folder):
    path = folder / f"page{page.suffix}"
    path.write_text(page.text, encoding="utf-8")
    errors = []
    return list(read([path], on_error=errors.append)), errors


def variants(path):
    page = read_marked(path)
    gaps = GAPS if page.suffix == ".txt" else {"": "\n"}
    return [replace(page, name=page.name + name, text=page.text.replace("\n", gap)) for name, gap in gaps.items()]


@pytest.mark.parametrize("path", VISIBLE, ids=lambda path: path.stem)
def test_a_page(path, tmp_path):
    for page in variants(path):
        found, errors = read_page(page, tmp_path)
        assert not errors
        score = score_page(page, found)
        for name in ("articles", "title", "publisher", "date"):
            assert score.right[name] == score.total[name], (page.name, score.wrong)
        assert score.right["body"] >= 0.94 * score.total["body"], (page.name, score.wrong)
        for article in found:
            end = 0
            for region in article.regions:
                assert article.raw(region.span).strip()
                if region.span.field == "text":
                    assert region.span.start >= end
                    end = region.span.end


def test_pages_that_were_set_aside(tmp_path):
    """Twenty-two pages that were written before the reader and whose mistakes nobody looks at."""
    scores = [score_page(page, read_page(page, tmp_path)[0]) for path in HELD for page in variants(path)]
    total = table(scores)
    least = {"articles": 0.95, "title": 0.95, "publisher": 0.90, "date": 0.95, "body": 0.97}
    assert len(HELD) >= 20
    assert all(total[name] >= value for name, value in least.items()), total


def test_there_are_pages_of_many_kinds():
    assert len(VISIBLE) + len(HELD) >= 60
    assert sum(path.suffix == ".html" for path in (*VISIBLE, *HELD)) >= 9
    counts = {len(read_marked(path).articles) for path in (*VISIBLE, *HELD)}
    assert {1, 2, 3, 4, 6} <= counts


def test_a_score_falls_where_something_is_wrong(tmp_path):
    page = parse_marked(
        "#: publisher = 한빛신문\n#: date = 2024-03-05\n |한빛신문\nT|군청, 책 잔치 열어\nD|입력 2024-03-05\nB|군청은 5일 책 잔치를 열었다.\n |ⓒ 한빛신문 무단전재 금지",
        "a",
    )
    found, _ = read_page(page, tmp_path)
    assert all(
        share == 1 for name, share in table([score_page(page, found)]).items() if name not in ("subtitle", "modified", "section")
    )
    wrong = replace(page, articles=(replace_article(page, title="다른 제목", publisher="가온일보", date=None),))
    score = score_page(wrong, found)
    assert (score.right["title"], score.right["publisher"], score.right["body"]) == (0, 0, 1)
    assert score_page(page, []).right == dict.fromkeys(score.right, 0.0)
    assert score_page(page, found * 2).right["articles"] == 0


def replace_article(page, **changes):
    from copy import copy

    article = copy(page.articles[0])
    for name, value in changes.items():
        setattr(article, name, value)
    return article


@pytest.mark.parametrize("words", ["no mark", "T군청", "#: date = 2024-03-05\n |menu"])
def test_a_page_that_is_not_marked_is_refused(words):
    with pytest.raises(UsageError):
        parse_marked(words)


@pytest.mark.parametrize(
    ("found", "gold", "same"),
    [("한빛시청", "한빛시", True), ("한빛신문", "한빛 신문", True), ("한빛", "한빛신문", False), ("", "한빛신문", False)],
)
def test_names_of_publishers(found, gold, same):
    assert same_name(found, gold) is same


def test_a_folder_of_pages_is_scored():
    scores = score_pages(PAGES)
    assert len(scores) == len(VISIBLE)
    assert as_plain(scores)["scores"]["articles"] == 1.0
    words = render_pages(scores, errors=True)
    assert words.splitlines()[1].split() == ["articles", "1.000", str(len(VISIBLE))]


@pytest.mark.parametrize("name", ["nothing.page", "a.txt"])
def test_what_is_no_marked_page_is_refused(tmp_path, name):
    (tmp_path / "a.txt").write_text("군청", encoding="utf-8")
    with pytest.raises(UsageError, match="marked page"):
        score_pages(tmp_path / name)
