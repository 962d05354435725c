"""Notes that say when and where by an event's name: ※ ○○ 설명회 : 3. 11.(금) 14시, ○○회관, and after a sentence of holding: * ’25.3.18. 15시 ○○회관."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.analyze.reading import Reading
from kg.patterns.headings import headed_by
from kg.patterns.places import line_places
from kg.knowledge.load import Knowledge
from kg.model import Mention, Value
from kg.knowledge.schema import schema

_END = re.compile(r"[*※\n]|\s[-□/]\s|(?<=[다요])\.\s|\s[가-힣]+\s?[:：]")


def noted_days(reading: Reading, knowledge: Knowledge) -> Iterator[tuple[Mention, tuple[str, int], bool]]:
    """Notes that begin with an event, or with a day alone: the event, the words from the day on with their offset, and whether a place is told."""
    text = reading.tokens.text
    for value in reading.values:
        if value.kind != "date" or value.date is None or not value.date.day:
            continue
        named = headed_by(text, value.start, knowledge)
        event = named or _noted(reading, value, knowledge)
        if event is None:
            continue
        end = _end(text, value.end)
        bare = _bare_words(reading, value.end, end)
        if named is None and not (bare and _known_place(reading, knowledge, value.end, end)):
            continue  # * ’25.3.19일 경영개선권고
        yield event, (text[value.start : end].rstrip(" .,"), value.start), bare


def _known_place(reading: Reading, knowledge: Knowledge, start: int, end: int) -> bool:
    """Whether the words behind a day name a place that the gazetteer or its own ending vouches for."""
    inside = [m for m in reading.mentions if start <= m.start and m.end <= end]
    return any(place.rule != "notice" for place in line_places(reading, knowledge, start, end, inside))


def _end(text: str, start: int) -> int:
    """Where the words on the place after a day end: at the next mark or key, or behind a parenthesis (○○회관(송파구) 2층은 …)."""
    stop = _END.search(text, start)
    end = stop.start() if stop is not None else len(text)
    note = re.compile(r"[가-힣A-Z]\s?\([^()]*[가-힣]{2}[^()]*\)").search(text, start, end)
    return note.end() if note is not None else end


def _bare_words(reading: Reading, low: int, high: int) -> bool:
    """Whether between two offsets there are only nouns without particles, as in a note."""
    tokens = reading.tokens
    inside = [p for s in reading.sentences for p in s.phrases if low <= tokens.starts[p.first] < high]
    return all(
        p.kind in ("NP", "NOTE", "TIME") and (p.particle in ("", ",", "/", ":") or tokens.ends[p.last] > high) for p in inside
    )


def _noted(reading: Reading, value: Value, knowledge: Knowledge) -> Mention | None:
    """The event of the sentence before a note that begins with a day: 설명회도 개최*할 계획이다. * ’25.3.18.(화) 15시 ○○회관."""
    verbs = knowledge.verbs["hold"].active | knowledge.verbs["hold"].passive
    rows = [(s, p, heads) for s in reading.sentences for p, heads in zip(s.phrases, s.heads)]
    at = next((i for i, (_, p, _) in enumerate(rows) if p.kind == "TIME" and p.value is value), 0)
    if not at or rows[at - 1][1].kind != "PRED" or rows[at - 1][1].ending != "final" or rows[at - 1][1].lemma not in verbs:
        return None
    events = [m for s, _, heads in rows[:at] if s is rows[at - 1][0] for m in heads if schema().is_a(m.kind, "Event")]
    return events[-1] if events else None
