"""A noun phrase in which people are looked for, as a value: its eojeols, the bodies that stand in it, where the search begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.analyze.names.words import Word, is_person_name, tags_of
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention


@dataclass(frozen=True, slots=True)
class Chunk:
    """The words of a phrase from ``begin`` on. ``foreign`` maps the end of a word that a name in Latin letters follows to that name's number of words."""

    words: Sequence[Word]
    tokens: Tokens
    bodies: Sequence[Mention]
    knowledge: Knowledge
    foreign: Mapping[int, int]
    begin: int = 0

    def after(self, begin: int) -> Chunk:
        """The same phrase from a later word on."""
        return replace(self, begin=begin)

    def inside(self, word: Word) -> Mention | None:
        """The body that a word is part of."""
        return next((b for b in self.bodies if b.start <= word.start and word.end <= b.end), None)

    def is_name(self, i: int, *, strong: bool = True) -> bool:
        """Whether a word has the shape of a Korean person's name."""
        word = self.words[i]
        return is_person_name(word.text, tags_of(self.tokens, word), self.knowledge, strong=strong)

    def adjoin(self, i: int) -> bool:
        """Whether nothing, not even a mark, stands between a word and the next."""
        return self.words[i].last + 1 == self.words[i + 1].first
