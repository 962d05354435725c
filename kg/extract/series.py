"""The edition before: 지난해 세미나, 제5회 … 제6회."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.analyze.reading import Reading
from kg.extract.last_times import MARKS, is_event, last_times, noun_of
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention, Origin

_EDITION = re.compile(r"제?\s?(\d{1,3})\s?(?:회|차|기)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:년도?)?(?!\d)")


def extract_series(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of previousEvent."""
    for last in last_times(reading, knowledge):
        before, after = (last.current, last.previous) if last.later else (last.previous, last.current)
        yield Candidate(
            relation="previousEvent",
            subject=after,
            object=before,
            rule="series.last-time",
            origin=Origin.SERIES,
            start=last.start,
            end=last.end,
            sentence=(last.sentence.start, last.sentence.end),
        )
    yield from _numbered(reading, knowledge)


def _core(name: str) -> str:
    return " ".join(_YEAR.sub(" ", _EDITION.sub(" ", MARKS.sub(" ", name))).split())


def _numbered(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """제5회 ○○ 경진대회 … 제6회 ○○ 경진대회: the same name with the number, or the year, before."""
    series: dict[str, dict[tuple[str, int], Mention]] = {}
    for mention in reading.mentions:
        core = _core(mention.name)
        if not is_event(mention) or len(core.replace(" ", "")) < len(noun_of(mention, knowledge)) + 1:
            continue
        years = _YEAR.findall(MARKS.sub(" ", mention.name))
        if mention.edition is not None:
            series.setdefault(core, {}).setdefault(("edition", mention.edition), mention)
        elif len(years) == 1:
            series.setdefault(core, {}).setdefault(("year", int(years[0])), mention)
    for editions in series.values():
        for (kind, number), mention in editions.items():
            before = editions.get((kind, number - 1))
            if before is not None:
                start, end = min(before.start, mention.start), max(before.end, mention.end)
                near = reading.sentence_at(mention.start) == reading.sentence_at(before.start)
                yield Candidate(
                    relation="previousEvent",
                    subject=mention,
                    object=before,
                    rule="series.number",
                    origin=Origin.SERIES,
                    start=start if near else before.start,
                    end=end if near else before.end,
                    sentence=reading.sentence_at(before.start),
                )
