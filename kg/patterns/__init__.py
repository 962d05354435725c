"""The matchers: what patterns in data find in the clauses and the groups of names of a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.analyze.reading import Reading, SentenceReading
    from kg.knowledge.load import Knowledge
    from kg.model import Candidate, Rejection
    from kg.syntax.arguments import Clause


def match_patterns(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate | Rejection]:
    """Candidates of every pattern over every view, in any order, and what the matchers themselves refused."""
    from kg.patterns.apposition import groups, match_appositions
    from kg.patterns.clause import match_clauses
    from kg.patterns.gap import match_gaps
    from kg.patterns.line import match_lines
    from kg.patterns.row import match_rows

    yield from match_clauses(reading, clauses, knowledge)
    yield from match_lines(reading, knowledge)
    yield from match_gaps(reading, knowledge)
    yield from match_rows(reading, knowledge)
    yield from match_appositions(groups(reading, knowledge), reading, knowledge)
