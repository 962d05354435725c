"""What an event's own words say of it: its ordinal, its mode, its theme."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.clauses import Clause
from kg.knowledge import Knowledge
from kg.model import Claim, Mention, Value
from kg.schema import schema


def extract_occasions(reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge) -> Iterator[Claim]:
    """Claims of edition, mode and topic."""
    for mention in reading.mentions:
        if mention.edition is not None and schema().is_a(mention.kind, "Event"):
            yield Claim(relation="edition", subject=mention, object=Value(kind="edition", start=mention.start, end=mention.end, number=mention.edition),
                        rule="event.ordinal", start=mention.start, end=mention.end, sentence=reading.sentence_at(mention.start))
