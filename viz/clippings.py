"""Evidence cut out of the articles with the paragraph around it, as the page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kg.viz.source import Evidence, Source, Statement
from kg.viz.style import Style

_PARAGRAPH = 700  # longer paragraphs are shown by the sentence and its neighbours


class Clippings:
    """Evidence as rows of numbers over a list of paragraphs, each paragraph held once."""

    def __init__(self, source: Source, articles: Mapping[str, int], style: Style) -> None:
        self._papers, self._articles, self._style = source.papers, articles, style
        self.contexts: list[str] = []
        self.rows: list[list[Any]] = []
        self._known: dict[tuple[str, str, int, int], int] = {}

    def add(self, statement: Statement, *, also: Iterable[Statement] = ()) -> list[int]:
        """The numbers of the rows that hold this statement's evidence."""
        first = len(self.rows)
        for row in (statement, *also):
            name = self._style.relation(row.predicate)[0]
            for words in sorted(row.evidence, key=lambda e: (self._articles.get(e.article, -1), e.field, e.start, e.end, e.rule)):
                self._row(words, name)
        return list(range(first, len(self.rows)))

    def _row(self, words: Evidence, relation: str) -> None:
        paper = self._papers.get(words.article)
        text = paper.fields.get(words.field, "") if paper else ""
        if not 0 <= words.start <= words.end <= len(text):
            return
        low, high = _around(text, words)
        key = (words.article, words.field, low, high)
        if key not in self._known:
            self._known[key] = len(self.contexts)
            self.contexts.append(text[low:high])
        marks = [
            _utf16(text, low, at)
            for at in (words.start, words.end, max(low, words.sentence_start), min(high, words.sentence_end))
        ]
        self.rows.append(
            [
                self._known[key],
                self._articles[words.article],
                *marks,
                words.confidence,
                words.rule,
                words.status,
                int(words.recovered),
                words.field,
                words.start,
                words.end,
                relation,
            ]
        )


def _around(text: str, words: Evidence) -> tuple[int, int]:
    """The paragraph around the evidence, or its sentence where the paragraph is long."""
    low, high = text.rfind("\n", 0, words.start) + 1, text.find("\n", words.end)
    high = len(text) if high < 0 else high
    if high - low > _PARAGRAPH:
        low = max(low, min(words.sentence_start, words.start) - 60)
        high = min(high, max(words.sentence_end, words.end) + 60)
    return low, high


def _utf16(text: str, low: int, at: int) -> int:
    """An offset from ``low`` as a browser counts it: characters beyond the basic plane count twice."""
    part = text[low:at]
    return len(part) if part.isascii() or max(part) <= "\uffff" else len(part.encode("utf-16-le")) // 2
