"""From a reading to candidates: what stands beside names, in quotation marks, in notice blocks and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.analyze.reading import Reading, SentenceReading
    from kg.knowledge.load import Knowledge
    from kg.model import Candidate, Rejection
    from kg.syntax.arguments import Clause


def propose(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate | Rejection]:
    """All that readers which no pattern can be find in a text, in any order; ``kg.decide`` says what stands. Rejections are what the readers themselves refused."""
    from kg.extract.agreements import extract_agreements
    from kg.extract.captions import extract_captions
    from kg.extract.clubs import extract_clubs
    from kg.extract.debates import extract_debates
    from kg.extract.glosses import extract_glosses
    from kg.extract.meetings import extract_meetings
    from kg.extract.members import extract_members
    from kg.extract.occasions import extract_occasions
    from kg.extract.quotations import extract_quotations
    from kg.extract.reported import extract_reported
    from kg.extract.series import extract_series
    from kg.extract.systems import extract_systems
    from kg.extract.talks import extract_talks

    for of_text in (
        extract_quotations,
        extract_reported,
        extract_agreements,
        extract_captions,
        extract_members,
        extract_glosses,
        extract_clubs,
        extract_series,
    ):
        yield from of_text(reading, knowledge)
    for of_clauses in (
        extract_occasions,
        extract_talks,
        extract_meetings,
        extract_debates,
        extract_systems,
    ):
        yield from of_clauses(reading, clauses, knowledge)
