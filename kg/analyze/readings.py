"""What one pass over a text finds, as values: everything later works on a ``Reading``, which ``kg.analyze.reading`` makes."""
from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.analyze.names.notes import Alias, Note
from kg.analyze.names.people import Anchored
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Sentence, Tokens
from kg.model import Mention, Value


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
    """A text as it was read: columns, sentences, mentions in order, values, and what stands beside names."""

    tokens: Tokens
    sentences: tuple[SentenceReading, ...]
    mentions: tuple[Mention, ...]
    values: tuple[Value, ...]
    anchored: tuple[Anchored, ...]
    aliases: tuple[Alias, ...]
    notes: tuple[Note, ...]
    occasions: tuple[tuple[Mention, int, int], ...]

    @cached_property
    def _starts(self) -> tuple[list[int], list[int]]:
        return [m.start for m in self.mentions], [s.start for s in self.sentences]

    def mentions_in(self, low: int, high: int) -> Sequence[Mention]:
        """The mentions that begin between two offsets (``high`` exclusive), in order, without a look at all the others."""
        starts = self._starts[0]
        return self.mentions[bisect_left(starts, low):bisect_left(starts, high)]

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The bounds of the sentence around an offset."""
        at = bisect_right(self._starts[1], offset) - 1
        sentence = self.sentences[at] if at >= 0 else None
        return (sentence.start, sentence.end) if sentence is not None and offset < sentence.end else (offset, offset + 1)
