"""Where the ends that a relation may hold between stand in a text: their sentences, phrases, lists and predicates."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Mention, Thing, Value
from kg.syntax.arguments import JOIN

if TYPE_CHECKING:
    from kg.analyze.phrases import Phrase
    from kg.analyze.readings import Reading
    from kg.knowledge.load import Knowledge

_SHORT = 40  # characters of a line that may be the key of what follows
_LISTED = 40  # phrases that a list may have


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an end stands: its sentence and phrase, and what its phrase, or the list that it opens, is for."""

    sentence: int
    phrase: int
    particle: str
    members: int
    tail: str
    predicate: int | None
    lemma: str
    after: str
    ending: str


class Page:
    """A reading with what is looked up again and again: where the ends stand, and which of the others is spoken of most."""

    def __init__(
        self,
        reading: Reading,
        of: Callable[[Mention], Thing | None],
        knowledge: Knowledge,
        ones: Sequence[Mention],
        others: Sequence[Mention],
    ) -> None:
        self.reading, self.of = reading, of
        self.groups: dict[str, list[str]] = defaultdict(list)
        for name, group in sorted(knowledge.verbs.items()):
            for lemma in sorted(group.active | group.passive):
                self.groups[lemma].append(name)
        self._sentence_starts = [s.start for s in reading.sentences]
        self._phrase_starts = [[reading.tokens.starts[p.first] for p in s.phrases] for s in reading.sentences]
        self.slots: dict[tuple[int, int], Slot] = {}
        self.ones, self.others = self._placed(ones), self._placed(others)
        self.titled = {
            of(m)
            for i in range(len(reading.sentences))
            if self.role(i) == "title"
            for m in (*self.ones.get(i, ()), *self.others.get(i, ()))
        }
        self.told: dict[Thing | None, int] = defaultdict(int)
        for end in (*ones, *others):
            self.told[of(end)] += 1
        self.ranks = {thing: rank for rank, thing in enumerate(self._by_weight())}

    def role(self, number: int) -> str:
        """What a sentence is part of: title, body, caption …"""
        return self.reading.sentences[number].sentence.role

    def place(self, end: Mention | Value) -> Slot | None:
        """Where a mention or a value stands; None for what stands in no sentence."""
        return self.slots.get((end.start, end.end)) or self._slot(end)

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that begins last before an offset, or at it."""
        return bisect_right(self._sentence_starts, offset) - 1

    def bounds(self, end: Mention) -> tuple[int, int]:
        """The sentence that a mention stands in."""
        sentence = self.reading.sentences[self.slots[end.start, end.end].sentence]
        return sentence.start, sentence.end

    def verb(self, end: Mention) -> Phrase | None:
        """The first predicate behind a mention and the list that it opens."""
        slot = self.slots[end.start, end.end]
        return None if slot.predicate is None else self.reading.sentences[slot.sentence].phrases[slot.predicate]

    def main(self) -> Mention | None:
        """The first mention of the other end that is spoken of most."""
        thing = next(iter(self.ranks), None)
        return next((m for ms in self.others.values() for m in ms if self.of(m) == thing), None) if thing is not None else None

    def key(self, slot: Slot) -> str | None:
        """The word that a notice line begins with: 참석자, 주최."""
        phrases = self.reading.sentences[slot.sentence].phrases
        first = phrases[0] if phrases else None
        if first is None or first.kind != "NP" or slot.phrase == 0 or first.particle != ":":
            return None
        return "".join(c for c in self.reading.tokens.surface(first.first, first.last)[:_SHORT] if c.isalnum())[:8]

    def _placed(self, ends: Sequence[Mention]) -> dict[int, list[Mention]]:
        placed: dict[int, list[Mention]] = defaultdict(list)
        for end in ends:
            slot = self.slots.get((end.start, end.end)) or self._slot(end)
            if slot is not None:
                self.slots[end.start, end.end] = slot
                placed[slot.sentence].append(end)
        return dict(sorted(placed.items()))

    def _by_weight(self) -> list[Thing]:
        counts: dict[Thing, int] = defaultdict(int)
        for others in self.others.values():
            for other in others:
                if (thing := self.of(other)) is not None:
                    counts[thing] += 1 + 2 * (thing in self.titled)
        return sorted(counts, key=lambda t: (-counts[t], t.name))

    def _slot(self, end: Mention | Value) -> Slot | None:
        number = self.sentence_at(end.start)
        if number < 0 or end.start >= self.reading.sentences[number].end or not self.reading.sentences[number].phrases:
            return None
        phrases = self.reading.sentences[number].phrases
        at = max(bisect_right(self._phrase_starts[number], end.start) - 1, 0)
        last, members = _end_of_list(phrases, at)
        phrase = phrases[last]
        verbs = [(i, p) for i, p in enumerate(phrases[last + 1 : last + _LISTED], last + 1) if p.kind == "PRED"][:2]
        first = verbs[0] if verbs else None
        tail = self.reading.tokens.words[phrase.tokens[-1]] if phrase.tokens else ""
        return Slot(
            number,
            at,
            phrase.particle,
            members,
            tail,
            first[0] if first else None,
            first[1].lemma if first else "",
            verbs[1][1].lemma if len(verbs) > 1 else "",
            first[1].ending if first else "",
        )


def _end_of_list(phrases: Sequence[Phrase], at: int) -> tuple[int, int]:
    """The last phrase of the list that a phrase stands in, and how many members follow."""
    last = at
    while (
        last + 1 < len(phrases)
        and last - at < _LISTED
        and phrases[last].kind in ("NP", "NOTE")
        and phrases[last].particle in JOIN | {""}
        and phrases[last + 1].kind in ("NP", "NOTE")
    ):
        last += 1
    return last, last - at
