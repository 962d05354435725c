"""What one pass over a text finds, as values: everything later works on a ``Reading``, which ``kg.analyze.reading`` makes."""
from __future__ import annotations

from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
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

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The bounds of the sentence around an offset."""
        return next(((s.start, s.end) for s in self.sentences if s.start <= offset < s.end), (offset, offset + 1))
