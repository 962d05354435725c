"""An HTML file that is one table of records, as data frames and spreadsheets write it: a row is an article, as in a CSV."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import TYPE_CHECKING

from kg.errors import ArticleError
from kg.read.columns import chosen, missing
from kg.read.formats.delimited import table_pages
from kg.read.formats.source import Page, Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SHARE = 0.8  # of a page's letters stand in its table of records
_LONG = 80  # letters that a text has in the middle of such a table
_MANY = 50  # so many rows under names are a table and no article's
_NAMES = frozenset({"title", "text"})


def table_of_records(root: HtmlElement, source: Source) -> Iterator[Page | ArticleError] | None:
    """The rows of the table that a page consists of, None where it is no such table.

    >>> import io
    >>> from lxml import html
    >>> body = "군청은 5일 마을 회관에서 책 잔치를 열었다고 밝혔다. " * 4
    >>> table = f"<table><tr><th>제목<th>본문</tr><tr><td>책 잔치<td>{body}</tr><tr><td>장터<td>{body}</tr></table>"
    >>> source = Source(name="a.html", stem="a", suffix=".html", size=1, open=io.BytesIO)
    >>> [page.title for page in table_of_records(html.fromstring(table), source)]
    ['책 잔치', '장터']
    >>> table_of_records(html.fromstring(f"<h1>책 잔치</h1><p>{body * 9}</p>{table}"), source) is None
    True
    """
    tables = [table for table in root.iter("table") if table.find(".//table") is None]
    for table in sorted(tables, key=_length, reverse=True)[:1]:
        rows = [[_words(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
        rows = [row for row in rows if row]
        names = chosen(rows[0], source.columns) if rows else {}
        whole = _length(root)
        if len(rows) >= _MANY and "text" not in names and _length(table) >= 0.9 * whole and _are_names(rows):
            raise ArticleError(source.name, missing(rows[0], source.columns, "table"))
        if len(rows) < 3 or not names.keys() >= _NAMES:
            return None
        place = rows[0].index(str(names["text"]))
        lengths = sorted(len(row[place]) for row in rows[1:] if place < len(row))
        if lengths and lengths[len(lengths) // 2] >= _LONG and _length(table) >= _SHARE * whole:
            return table_pages(enumerate(rows, 1), rows[:5], source)
    return None


def _are_names(rows: list[list[str]]) -> bool:
    """Whether the first of many rows names columns that all of them have."""
    width = len(rows[0])
    return (
        width >= 3 and all(0 < len(name) <= 20 for name in rows[0]) and sum(len(row) == width for row in rows) >= 0.9 * len(rows)
    )


def _words(cell: HtmlElement) -> str:
    """The words of a cell; its line ends stand."""
    cell = deepcopy(cell)  # the page is read from the same tree
    for mark in cell.iter("br", "p", "div", "li"):
        mark.tail = "\n" + (mark.tail or "")
    return "\n".join(" ".join(line.split()) for line in cell.text_content().split("\n")).strip()


def _length(element: HtmlElement) -> int:
    return sum(len(words.strip()) for words in element.itertext())
