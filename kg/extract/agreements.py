"""Parties that an agreement's own name lists: ``금융위-경찰청-금감원 간 업무협약``, ``한국○○공사-○○항공 업무협약식``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.analyze.names.known import known_names
from kg.analyze.names.people import is_organization
from kg.analyze.reading import Reading
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention

_BETWEEN = re.compile(r"\s?[-–·,ㆍ]\s?|\s?(?:과|와)\s")
_AFTER = re.compile(r"\s?간의?\s|\s")
_NAMED = re.compile(r"\s?간의?\s(?:[^\s,.”’]+\s){0,3}?[^\s,.”’]*(?:업무협약|협약|양해각서|협정|MOU|MoU)")


def extract_agreements(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of signed for every party in an agreement's name."""
    bodies = sorted((m for m in reading.mentions if is_organization(m) or m.kind == "Country"), key=lambda m: (m.start, -m.end))
    text = reading.tokens.text
    yield from _between(reading, bodies, knowledge)
    for event in reading.mentions:
        if event.kind not in ("Agreement", "Ceremony") or not event.name.rstrip("’”」』").endswith(knowledge.signs.agreements):
            continue
        inside = [b for b in bodies if event.start <= b.start and b.end <= event.end]
        if len(inside) < 2 or inside[0].start > event.start + 2:
            continue
        chain = inside[:1]
        for body in inside[1:]:
            if _BETWEEN.fullmatch(text, chain[-1].end, body.start):
                chain.append(body)
        if len(chain) < 2 or not _AFTER.match(text, chain[-1].end):
            continue
        for body in chain:
            yield Candidate(
                relation="signed",
                subject=body,
                object=event,
                rule="agreement.name",
                start=event.start,
                end=event.end,
                sentence=reading.sentence_at(event.start),
            )


def _between(reading: Reading, bodies: list[Mention], knowledge: Knowledge) -> Iterator[Candidate]:
    """``A-B 간 업무협약`` where no phrase has given the agreement as an event (inside quoted speech)."""
    text, tokens = reading.tokens.text, reading.tokens
    if not _NAMED.search(text):
        return
    seen = {(b.start, b.end) for b in bodies}
    known = [
        Mention(
            start=tokens.starts[first],
            end=tokens.ends[last],
            kind=entries[0].cls,
            name=tokens.surface(first, last),
            rule="gazetteer",
            known=entries[0].name,
        )
        for first, last, entries in known_names(tokens, knowledge)
        if (tokens.starts[first], tokens.ends[last]) not in seen and len(entries) == 1
    ]
    bodies = sorted([*bodies, *(m for m in known if is_organization(m))], key=lambda m: (m.start, -m.end))
    for first, second in zip(bodies, bodies[1:]):
        if not _BETWEEN.fullmatch(text, first.end, second.start) or (after := _NAMED.match(text, second.end)) is None:
            continue
        if any(e.kind in ("Agreement", "Ceremony") for e in reading.over(first.start, after.end())):
            continue
        agreement = Mention(
            start=first.start, end=after.end(), kind="Agreement", name=text[first.start : after.end()], rule="agreement.between"
        )
        for body in (first, second):
            yield Candidate(
                relation="signed",
                subject=body,
                object=agreement,
                rule="agreement.between",
                start=first.start,
                end=after.end(),
                sentence=reading.sentence_at(first.start),
            )
