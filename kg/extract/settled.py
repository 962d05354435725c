"""Claims on days and places set against each other: ends after beginnings, fuller names of venues, notice lines of the same day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Claim, Mention, Value


_HOSTS = frozenset({"hosted", "coHosted", "organized"})


def settled(claims: Sequence[Claim]) -> list[Claim]:
    """Claims with ends in the month of their beginnings (10월 20일 개막해 22일 폐막했다), and one place under its fullest name."""
    starts = {
        (c.sentence, c.subject.start): c
        for c in claims
        if c.relation == "startDate" and isinstance(c.object, Value) and c.object.date
    }
    venues = {c.object.name: c.object for c in claims if c.relation == "venue" and isinstance(c.object, Mention)}
    pictured = {(c.subject.start, c.subject.end) for c in claims if c.rule == "caption.row" and c.relation == "participatedIn"}
    out = []
    for claim in claims:
        if claim.relation in _HOSTS and (claim.subject.start, claim.subject.end) in pictured:
            continue  # (왼쪽부터) ○○○ 부장 [한빛공단은 … 열었다]: a caption that the text goes on with
        if (
            claim.relation == "endDate"
            and isinstance(claim.object, Value)
            and claim.object.date
            and claim.object.date.month is None
            and not claim.object.hint
        ):
            begin = starts.get((claim.sentence, claim.subject.start))
            if begin is not None and (begin.object.date.day or 0) < (claim.object.date.day or 0):
                first = begin.object
                claim = replace(
                    claim, object=replace(claim.object, date=replace(first.date, day=claim.object.date.day), hint=first.hint)
                )
        elif claim.relation == "venue" and isinstance(claim.object, Mention) and claim.object.known is None:
            fuller = max(
                (n for n in venues if n != claim.object.name and n.endswith(" " + claim.object.name)), key=len, default=None
            )
            if fuller is not None:
                claim = replace(claim, object=replace(claim.object, name=fuller))
        out.append(claim)
    return _of_the_day(out)


_FAR = 600  # characters between lines of one notice block


def _of_the_day(claims: list[Claim]) -> list[Claim]:
    """Notice lines that name no event belong to the event that the text dates to the same day."""
    dated = [
        c
        for c in claims
        if c.relation == "startDate"
        and c.subject.name
        and not c.rule.startswith("notice.")
        and isinstance(c.object, Value)
        and c.object.date
    ]
    lines = sorted(
        (c for c in claims if c.rule.startswith("notice.") and c.subject.rule == "context"), key=lambda c: c.subject.start
    )
    owner: dict[int, Mention] = {}
    for claim in lines:
        if claim.relation != "startDate" or claim.object.date is None:
            continue
        day = claim.object.date
        same = [
            c
            for c in dated
            if c.object.date.day == day.day
            and c.object.date.month in (None, day.month)
            and c.object.date.year in (None, day.year)
            or day.year is None
            and (c.object.date.month, c.object.date.day) == (day.month, day.day)
        ]
        if same:
            best = min(same, key=lambda c: (c.subject.start > claim.start, abs(claim.start - c.subject.start)))
            owner[claim.subject.start] = best.subject
    if not owner:
        return claims
    block: dict[int, Mention] = {}
    current, last = None, None
    objects = {c.object.start for c in claims if c.rule.startswith("notice.") and isinstance(c.object, Mention) and c.object.rule == "context"}
    for start in sorted({c.subject.start for c in lines} | objects):
        current = owner.get(start) or (current if last is not None and start - last < _FAR else None)
        last = start
        if current is not None:
            block[start] = current
    return [
        replace(c, subject=block[c.subject.start])
        if c.rule.startswith("notice.") and c.subject.rule == "context" and c.subject.start in block
        else replace(c, object=block[c.object.start])
        if c.rule.startswith("notice.")
        and isinstance(c.object, Mention)
        and c.object.rule == "context"
        and c.object.start in block
        else c
        for c in claims
    ]
