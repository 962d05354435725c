"""Parties that an agreement's own name lists: ``금융위-경찰청-금감원 간 업무협약``, ``한국○○공사-○○항공 업무협약식``."""
from __future__ import annotations

import re
from collections.abc import Iterator

from kg.analyze.names.people import is_organization
from kg.analyze.reading import Reading
from kg.model import Claim

_BETWEEN = re.compile(r"\s?[-–·,ㆍ]\s?|\s?(?:과|와)\s")
_AFTER = re.compile(r"\s?간의?\s|\s")
_NOUNS = ("협약", "협약식", "양해각서", "협정", "MOU", "MoU", "협약서", "서명식", "체결식")


def extract_agreements(reading: Reading) -> Iterator[Claim]:
    """Claims of signed for every party in an agreement's name."""
    bodies = sorted((m for m in reading.mentions if is_organization(m) or m.kind == "Country"), key=lambda m: (m.start, -m.end))
    text = reading.tokens.text
    for event in reading.mentions:
        if event.kind not in ("Agreement", "Ceremony") or not event.name.rstrip("’”」』").endswith(_NOUNS):
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
            yield Claim(relation="signed", subject=body, object=event, rule="agreement.name", start=event.start, end=event.end,
                        sentence=reading.sentence_at(event.start), confidence=0.8)
