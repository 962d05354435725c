"""Notes that say when and where by an event's name: ※ ○○ 설명회 : 3. 11.(금) 14시, ○○회관, and after a sentence of holding: * ’25.3.18. 15시 ○○회관."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from kg.analyze.reading import Reading
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention, Value
from kg.patterns.headings import headed_by
from kg.patterns.places import line_places

_END = re.compile(r"[*※\n]|\s[-□/]\s|(?<=[다요])\.\s|\s[가-힣]+\s?[:：]")

_NOTE = re.compile(r"[가-힣A-Z]\s?\([^()]*[가-힣]{2}[^()]*\)")
_LONG = 400  # characters: what stands farther behind a day tells of another matter


def noted_days(reading: Reading, knowledge: Knowledge) -> Iterator[tuple[Mention, tuple[str, int], bool]]:
    """Notes that begin with an event, or with a day alone: the event, the words from the day on with their offset, and whether a place is told."""
    text, before = reading.tokens.text, _Before(reading)
    for value in reading.values:
        if value.kind != "date" or value.date is None or not value.date.day:
            continue
        named = headed_by(text, value.start, knowledge)
        event = named or before.event(value, knowledge)
        if event is None:
            continue
        end = _end(text, value.end)
        bare = _bare_words(reading, value.end, end)
        if named is None and not (bare and _known_place(reading, knowledge, value.end, end)):
            continue  # * ’25.3.19일 경영개선권고
        yield event, (text[value.start : end].rstrip(" .,"), value.start), bare


def _known_place(reading: Reading, knowledge: Knowledge, start: int, end: int) -> bool:
    """Whether the words behind a day name a place that the gazetteer or its own ending vouches for."""
    inside = reading.within(start, end)
    return any(place.rule != "notice" for place in line_places(reading, knowledge, start, end, inside))


def _end(text: str, start: int) -> int:
    """Where the words on the place after a day end: at the next mark or key, or behind a parenthesis (○○회관(송파구) 2층은 …)."""
    last = min(len(text), start + _LONG)
    stop = _END.search(text, start, last)
    end = stop.start() if stop is not None else last
    note = _NOTE.search(text, start, end)
    return note.end() if note is not None else end


def _bare_words(reading: Reading, low: int, high: int) -> bool:
    """Whether between two offsets there are only nouns without particles, as in a note."""
    tokens = reading.tokens
    return all(
        p.kind in ("NP", "NOTE", "TIME") and (p.particle in ("", ",", "/", ":") or tokens.ends[p.last] > high)
        for p in reading.phrases_in(low, high)
    )


class _Before:
    """What stands before the days of a text."""

    def __init__(self, reading: Reading) -> None:
        self.rows = [(s, p, heads) for s in reading.sentences for p, heads in zip(s.phrases, s.heads)]
        self.at: dict[int, int] = {}
        for number, (_, phrase, _) in enumerate(self.rows):
            if phrase.kind == "TIME":
                self.at.setdefault(id(phrase.value), number)

    def event(self, value: Value, knowledge: Knowledge) -> Mention | None:
        """The event of the sentence before a note that begins with a day: 설명회도 개최*할 계획이다. * ’25.3.18.(화) 15시 ○○회관."""
        at = self.at.get(id(value), 0)
        if not at:
            return None
        verbs = knowledge.verbs["hold"].active | knowledge.verbs["hold"].passive
        sentence, phrase, _ = self.rows[at - 1]
        if phrase.kind != "PRED" or phrase.ending != "final" or phrase.lemma not in verbs:
            return None
        own = takewhile(lambda row: row[0] is sentence, (self.rows[i] for i in range(at - 1, -1, -1)))
        return next((m for _, _, heads in own for m in reversed(heads) if schema().is_a(m.kind, "Event")), None)
