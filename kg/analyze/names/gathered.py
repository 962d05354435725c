"""What the phrases of a text have named so far, and what they are read with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.analyze.names.known import Known
from kg.analyze.names.named_before import Defined
from kg.analyze.names.notes import Note
from kg.analyze.names.people import Anchored
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention


@dataclass(frozen=True, slots=True)
class Text:
    """The tokens of a text, the known names among them by their first token, and what is known."""

    tokens: Tokens
    known: Known
    knowledge: Knowledge


@dataclass(slots=True)
class Gathered:
    """Mentions, people with what anchors them, notes, events with their parentheses, and bodies that the text has named."""

    mentions: list[Mention] = field(default_factory=list)
    anchored: list[Anchored] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    occasions: list[tuple[Mention, int, int]] = field(default_factory=list)
    defined: Defined = field(default_factory=Defined)

    def people(self, people: Iterable[Anchored]) -> None:
        """Take in people, who are mentions too."""
        people = list(people)
        self.mentions.extend(p.person for p in people)
        self.anchored.extend(people)

    def without(self, gone: Mention) -> None:
        """Take a mention back."""
        self.mentions[:] = [m for m in self.mentions if m is not gone]
