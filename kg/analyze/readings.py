"""What one pass over a text finds, as values: everything later works on a ``Reading``, which ``kg.analyze.reading`` makes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg.analyze.names.notes import Alias, Note
from kg.analyze.names.people import Anchored
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Sentence, Tokens
from kg.knowledge.schema import schema
from kg.model import Mention, Value

if TYPE_CHECKING:
    from kg.analyze.ner import Name


@dataclass(slots=True)
class SentenceReading:
    """A sentence with its phrases; ``heads[i]`` are the mentions that phrase i is about (several where it lists them)."""

    sentence: Sentence
    start: int
    end: int
    phrases: list[Phrase]
    heads: list[tuple[Mention, ...]] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """A text as it was read: columns, sentences, mentions in order, values, and what stands beside names; ``names`` are what the model of names said."""

    tokens: Tokens
    sentences: tuple[SentenceReading, ...]
    mentions: tuple[Mention, ...]
    values: tuple[Value, ...]
    anchored: tuple[Anchored, ...]
    aliases: tuple[Alias, ...]
    notes: tuple[Note, ...]
    occasions: tuple[tuple[Mention, int, int], ...]
    names: tuple[Name, ...] = ()

    @cached_property
    def _starts(self) -> tuple[list[int], list[int]]:
        return [m.start for m in self.mentions], [s.start for s in self.sentences]

    @cached_property
    def _value_starts(self) -> list[int]:
        return [v.start for v in self.values]

    @cached_property
    def _phrases(self) -> tuple[list[int], list[Phrase]]:
        phrases = sorted((p for s in self.sentences for p in s.phrases), key=lambda p: self.tokens.starts[p.first])
        return [self.tokens.starts[p.first] for p in phrases], phrases

    @cached_property
    def _longest(self) -> int:
        return max((m.end - m.start for m in self.mentions), default=0)

    @cached_property
    def _ending(self) -> dict[int, list[Mention]]:
        found: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.end, []).append(mention)
        return found

    @cached_property
    def anchored_by_sentence(self) -> dict[int | None, list[Anchored]]:
        """What stands beside people's names, by the number of the sentence that the name stands in."""
        found: dict[int | None, list[Anchored]] = {}
        for person in self.anchored:
            found.setdefault(self.sentence_index(person.person.start), []).append(person)
        return found

    @cached_property
    def event_names(self) -> frozenset[str]:
        """What the text calls events."""
        return frozenset(m.name for m in self._of("Event")[1])

    @cached_property
    def _kinds(self) -> dict[str, tuple[list[int], list[Mention]]]:
        return {}

    def _of(self, kind: str) -> tuple[list[int], list[Mention]]:
        if kind not in self._kinds:
            found = [m for m in self.mentions if schema().is_a(m.kind, kind)]
            self._kinds[kind] = [m.start for m in found], found
        return self._kinds[kind]

    def mentions_in(self, low: int, high: int) -> Sequence[Mention]:
        """The mentions that begin between two offsets (``high`` exclusive), in order, without a look at all the others."""
        starts = self._starts[0]
        return self.mentions[bisect_left(starts, low) : bisect_left(starts, high)]

    def within(self, low: int, high: int) -> list[Mention]:
        """The mentions between two offsets that end there too, in order."""
        return [m for m in self.mentions_in(low, high) if m.end <= high]

    def at(self, offset: int) -> Sequence[Mention]:
        """The mentions that begin at an offset, the longest first."""
        return self.mentions_in(offset, offset + 1)

    def ending(self, offset: int) -> Sequence[Mention]:
        """The mentions that end at an offset, the longest first."""
        return self._ending.get(offset, ())

    def over(self, low: int, high: int) -> list[Mention]:
        """The mentions that share a character with a stretch of text, in order."""
        return [m for m in self.mentions_in(low - self._longest, high) if m.end > low]

    def before(self, offset: int, kind: str) -> Iterator[Mention]:
        """The mentions of a class that end before an offset, or at it, the last first."""
        starts, found = self._of(kind)
        return (found[i] for i in range(bisect_left(starts, offset) - 1, -1, -1) if found[i].end <= offset)

    def behind(self, offset: int, kind: str) -> Iterator[Mention]:
        """The mentions of a class that begin at an offset or behind it, in order."""
        starts, found = self._of(kind)
        return (found[i] for i in range(bisect_left(starts, offset), len(found)))

    def phrases_in(self, low: int, high: int) -> Sequence[Phrase]:
        """The phrases that begin between two offsets (``high`` exclusive), in order."""
        starts, phrases = self._phrases
        return phrases[bisect_left(starts, low) : bisect_left(starts, high)]

    def values_in(self, low: int, high: int) -> Sequence[Value]:
        """The values that begin between two offsets (``high`` exclusive), in order."""
        starts = self._value_starts
        return self.values[bisect_left(starts, low) : bisect_left(starts, high)]

    def values_within(self, low: int, high: int) -> list[Value]:
        """The values between two offsets that end there too, in order."""
        return [v for v in self.values_in(low, high) if v.end <= high]

    def sentence_index(self, offset: int) -> int | None:
        """Which sentence stands around an offset."""
        at = bisect_right(self._starts[1], offset) - 1
        return at if at >= 0 and offset < self.sentences[at].end else None

    def sentences_before(self, offset: int, count: int) -> Sequence[SentenceReading]:
        """The last sentences that end before an offset, or at it, in order."""
        at = bisect_right(self._starts[1], offset)
        while at and self.sentences[at - 1].end > offset:
            at -= 1
        return self.sentences[max(0, at - count) : at]

    def sentence_of(self, offset: int) -> SentenceReading | None:
        """The sentence around an offset."""
        at = self.sentence_index(offset)
        return None if at is None else self.sentences[at]

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The bounds of the sentence around an offset."""
        sentence = self.sentence_of(offset)
        return (sentence.start, sentence.end) if sentence is not None else (offset, offset + 1)
