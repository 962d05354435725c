"""Patterns over gaps: a name, a few words, another name (한빛공단 산하 나래연구소)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.analyze.reading import Reading
from kg.knowledge.load import Knowledge
from kg.knowledge.patterns import Pattern
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention
from kg.patterns.guards import refused

_NOTE = re.compile(r"\([^()]*\)")
_LONGEST = 12  # characters of a name that is looked up
_GOES_ON = re.compile(r"[^,.·와과은는이가을를의\n]*")  # words in which no other phrase begins


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names with what stands between them, as guards see them."""

    left: Mention
    right: Mention
    knowledge: Knowledge


def match_gaps(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Candidates of every pattern over the names of a text."""
    patterns = [p for p in knowledge.patterns if p.over == "gap"]
    names = [*reading.mentions, *_governments(reading, knowledge)]
    at: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in reading.mentions:
        at[mention.start].append(mention)
    starts = sorted(at)
    for left in names:
        for pattern in patterns:
            if schema().is_a(left.kind, pattern.match.left):
                for right in _rights(pattern, left, reading.tokens.text, at, starts, knowledge):
                    yield from _said(pattern, Pair(left, right, knowledge), reading)


def _governments(reading: Reading, knowledge: Knowledge) -> Iterator[Mention]:
    """Provinces and cities that the text names as places, as the bodies they are too (부산광역시 복지국)."""
    for mention in reading.mentions:
        if mention.kind in ("City", "Region") and mention.known and mention.name.endswith(("시", "도", "군", "구")) \
                and knowledge.gazetteer[mention.known].cls == "LocalGovernment":
            yield replace(mention, kind="LocalGovernment")


def _rights(pattern: Pattern, left: Mention, text: str, at: Mapping[int, Sequence[Mention]], starts: Sequence[int],
            knowledge: Knowledge) -> Iterator[Mention]:  # fmt: skip
    """The names that a pattern finds to the right of one: right behind the words, or the next within a few characters."""
    match, is_a = pattern.match, schema().is_a
    note = _NOTE.match(text, left.end) if match.note else None
    for begin in {left.end, note.end() if note else left.end}:
        for words in match.words:
            if not text.startswith(words, begin):
                continue
            low = begin + len(words)
            right = next((m for m in reversed(at.get(low, ())) if is_a(m.kind, match.right)), None)
            if right is None and is_a(match.right, "Place"):
                right = _known_at(text, low, match.right, knowledge)
            elif right is None and match.within:
                free = _GOES_ON.match(text, low, low + match.within)
                near = (m for start in starts if low < start < low + match.within and start <= free.end() for m in at[start] if is_a(m.kind, match.right))
                right = min(near, key=lambda m: (m.start, not m.known, m.end), default=None)
            if right is not None and not (right.known and right.known == left.known) and (not match.after or text.startswith(match.after, right.end)):
                yield right


def _known_at(text: str, start: int, cls: str, knowledge: Knowledge) -> Mention | None:
    """The place of the longest name at an offset that the gazetteer knows: phrases tell of places only where something is done."""
    for end in range(start + _LONGEST, start + 1, -1):
        for entry in knowledge.gazetteer.by_name(text[start:end]):
            for kind in (entry.place_cls, entry.cls):
                if kind and schema().is_a(kind, cls):
                    return Mention(start=start, end=end, kind=kind, name=text[start:end], rule="gazetteer", known=entry.name)
    return None


def _said(pattern: Pattern, pair: Pair, reading: Reading) -> Iterator[Candidate]:
    if pattern.unless and refused(pattern, pair):
        return
    roles = {"left": pair.left, "right": pair.right}
    for emission in pattern.emit:
        yield Candidate(relation=emission.relation, subject=roles[emission.subject], object=roles[emission.object] if emission.object else emission.words,
                        rule=pattern.id, flags=pattern.flags, start=pair.left.start, end=pair.right.end,
                        sentence=reading.sentence_at(pair.left.start))  # fmt: skip
