"""Tables as CSV that a spreadsheet shows and never runs: the one place that writes CSV.

A cell that begins like a formula is one to Excel, LibreOffice and Google Sheets, whoever wrote the text. Such cells get an apostrophe
in front, which spreadsheets take as "this is text"; programs that read CSV otherwise ask for the words as they are.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import TypeVar

C = TypeVar("C")
_FORMULA = re.compile(r"[\s\ufeff\u200b]*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[+\-]?\d[\d.,]*(?:[eE][+\-]?\d+)?%?|[+\-]")


def harmless(value: C, *, formulas: bool = False) -> C | str:
    """A cell that no spreadsheet takes for a formula; numbers, and with ``formulas`` all cells, stay as they are.

    >>> [harmless(cell) for cell in ("=1+1", " @SUM(A1)", "＋82-2-123", "-3.5", -3, "환경부", "- 한강 포럼")]
    ["'=1+1", "' @SUM(A1)", "'＋82-2-123", '-3.5', -3, '환경부', "'- 한강 포럼"]
    """
    if formulas or not isinstance(value, str) or not _FORMULA.match(value) or _NUMBER.fullmatch(value):
        return value
    return f"'{value}"


def as_csv(heads: Iterable[object], rows: Iterable[Iterable[object]], *, end: str = "\r\n", formulas: bool = False) -> str:
    """A table as CSV; ``end`` is the line end, that of RFC 4180 and of SPARQL's CSV unless another one is named."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=end)
    writer.writerow([harmless(head, formulas=formulas) for head in heads])
    writer.writerows([harmless(cell, formulas=formulas) for cell in row] for row in rows)
    return text.getvalue()
