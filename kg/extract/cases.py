"""Who acts in a case, and the occasion near which it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.analyze.reading import Reading
from kg.knowledge.schema import schema
from kg.model import Mention

_NEAR = 2  # sentences back in which an occasion was named


def acting(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Mentions that can act; a city or province that shows a case is its government."""
    is_a = schema().is_a
    found = (
        m if is_a(m.kind, "Agent") else replace(m, kind="LocalGovernment") if m.kind in ("City", "Region") and m.known else None
        for m in mentions
    )
    return tuple(m for m in found if m is not None)


def occasion_near(reading: Reading, offset: int, back: int = _NEAR) -> Mention | None:
    """The event that was named last in the sentence around an offset or in those right before."""
    index = reading.sentence_index(offset)
    if index is None:
        return None
    low, high = reading.sentences[max(0, index - back)].start, reading.sentences[index].end
    return next((m for m in reversed(reading.mentions_in(low, high)) if schema().is_a(m.kind, "Event")), None)
