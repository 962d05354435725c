"""Names in stretches of a text that phrases do not tell of, such as the parentheses of a programme."""

from __future__ import annotations

from bisect import bisect_left

from kg.analyze.names.known import known_names
from kg.analyze.names.organizations import organizations_in
from kg.analyze.names.words import words_of
from kg.analyze.reading import Reading
from kg.knowledge.gazetteer import Entry
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention


class Names:
    """Bodies in stretches of a text that phrases did not tell of, found when first asked for."""

    def __init__(self, reading: Reading, knowledge: Knowledge) -> None:
        self.reading, self.knowledge = reading, knowledge
        self._known: dict[int, tuple[int, tuple[Entry, ...]]] | None = None

    def _tokens(self, start: int, end: int) -> list[int]:
        tokens = self.reading.tokens
        return [i for i in range(bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)) if tokens.tags[i] != "SPACE"]

    def between(self, start: int, end: int) -> list[Mention]:
        """Organizations and countries named between two offsets."""
        is_a = schema().is_a
        inside = [m for m in self.reading.mentions if start <= m.start and m.end <= end]
        if not inside:
            if self._known is None:
                self._known = {
                    first: (last, entries) for first, last, entries in known_names(self.reading.tokens, self.knowledge)
                }
            inside = organizations_in(
                words_of(self.reading.tokens, self._tokens(start, end)), self.reading.tokens, self._known, self.knowledge
            )
        return [m for m in inside if is_a(m.kind, "Organization") or m.kind == "Country"]

    def tags(self, start: int, end: int) -> tuple[str, ...]:
        """The tags of the tokens between two offsets."""
        return tuple(self.reading.tokens.tags[i] for i in self._tokens(start, end))

    def proper(self, start: int, end: int) -> bool:
        """Whether the words between two offsets look like a proper name."""
        tags = self.tags(start, end)
        return any(t in ("NNP", "SL", "UN") for t in tags) and all(
            t.startswith(("NN", "SL", "UN", "SW", "XSN", "SO")) for t in tags
        )
