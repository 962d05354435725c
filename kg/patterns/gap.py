"""Patterns over gaps: a name, a few words, another name (한빛공단 산하 나래연구소)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.analyze.reading import Reading
from kg.knowledge.load import Knowledge
from kg.knowledge.patterns import Pattern
from kg.knowledge.patterns.gap import Match
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention
from kg.patterns.guards import refused
from kg.patterns.matches import Pair

_NOTE = re.compile(r"\([^()]*\)")
_LONGEST = 12  # characters of a name that is looked up
_GOES_ON = re.compile(r"[^,.·와과은는이가을를의\n]*")  # words in which no other phrase begins


_SECOND = re.compile(r"\w-$")  # 한-[아세안] 협력센터: one of two that something is of


def match_gaps(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Candidates of every pattern over the names of a text."""
    patterns = [(p, p.match) for p in knowledge.patterns if isinstance(p.match, Match)]
    names = _Names.of(reading)
    for left in (*reading.mentions, *_governments(reading, knowledge)):
        if _SECOND.search(names.text, max(left.start - 2, 0), left.start):
            continue
        for pattern, match in patterns:
            if schema().is_a(left.kind, match.left):
                for right in _rights(match, left, names, knowledge):
                    yield from _said(pattern, Pair(left, right, knowledge), reading)


def _governments(reading: Reading, knowledge: Knowledge) -> Iterator[Mention]:
    """Provinces and cities that the text names as places, as the bodies they are too (부산광역시 복지국)."""
    for mention in reading.mentions:
        if (
            mention.kind in ("City", "Region")
            and mention.known
            and mention.name.endswith(("시", "도", "군", "구"))
            and knowledge.gazetteer[mention.known].cls == "LocalGovernment"
        ):
            yield replace(mention, kind="LocalGovernment")


def _rights(match: Match, left: Mention, names: _Names, knowledge: Knowledge) -> Iterator[Mention]:
    """The names that a pattern finds to the right of one: right behind the words, or the next within a few characters."""
    note = _NOTE.match(names.text, left.end) if match.note else None
    for begin in sorted({left.end, note.end() if note else left.end}):
        for words in sorted(match.words):
            if not names.text.startswith(words, begin):
                continue
            right = names.right(match, begin + len(words))
            if right is None and schema().is_a(match.right, "Place"):
                right = _known_at(names.text, begin + len(words), match.right, knowledge)
            if right is None or right.known and right.known == left.known:
                continue
            if not match.after or names.text.startswith(match.after, right.end):
                yield right


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a text by where they begin."""

    text: str
    at: Mapping[int, Sequence[Mention]]
    starts: Sequence[int]

    @classmethod
    def of(cls, reading: Reading) -> _Names:
        at: defaultdict[int, list[Mention]] = defaultdict(list)
        for mention in reading.mentions:
            at[mention.start].append(mention)
        return cls(reading.tokens.text, at, sorted(at))

    def right(self, match: Match, low: int) -> Mention | None:
        """The name at an offset; else, where a pattern allows it, the next one that stands behind words without a particle."""
        is_a = schema().is_a
        here = next((m for m in reversed(self.at.get(low, ())) if is_a(m.kind, match.right)), None)
        if here is not None or not match.within:
            return here
        free = _GOES_ON.match(self.text, low, low + match.within)
        last = min(free.end(), low + match.within - 1) if free else low
        starts = self.starts[bisect_right(self.starts, low) : bisect_right(self.starts, last)]
        near = (m for start in starts for m in self.at[start] if is_a(m.kind, match.right))
        return min(near, key=lambda m: (m.start, not m.known, m.end), default=None)


def _known_at(text: str, start: int, cls: str, knowledge: Knowledge) -> Mention | None:
    """The place of the longest name at an offset that the gazetteer knows; phrases tell of places where something is done."""
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
        yield Candidate(
            relation=emission.relation,
            subject=roles[emission.subject],
            object=roles[emission.object] if emission.object else emission.words or "",
            rule=pattern.id,
            flags=pattern.flags,
            start=pair.left.start,
            end=pair.right.end,
            sentence=reading.sentence_at(pair.left.start),
        )
