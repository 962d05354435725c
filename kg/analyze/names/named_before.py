"""Bodies that a text has named before, where nothing in their own name tells what they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.analyze.names.people import is_organization
from kg.analyze.names.words import Word
from kg.analyze.tokens import Tokens
from kg.model import Mention


def names_body(mention: Mention) -> bool:
    """Whether a parenthesis, a title or a company's mark alone tells that a mention is a body."""
    return (
        mention.rule in ("defined-by-note", "beside-title", "corporate-mark")
        or mention.rule == "alias"
        and is_organization(mention)
        and len(mention.name) > 1
    )


class Defined:
    """The bodies that a text has named so far, by how their names begin."""

    def __init__(self) -> None:
        self.bodies: dict[str, Mention] = {}
        self.numbers: dict[str, int] = {}
        self.by_beginning: dict[str, list[str]] = {}

    def add(self, bodies: Iterable[Mention]) -> None:
        """Take in bodies; of two with one name the later counts."""
        for body in bodies:
            if body.name not in self.bodies:
                self.numbers[body.name] = len(self.numbers)
                self.by_beginning.setdefault(body.name[:2], []).append(body.name)
            self.bodies[body.name] = body

    def among(self, words: str) -> list[tuple[str, Mention]]:
        """Those whose names may stand in some words, in the order in which they were named."""
        if not self.bodies:
            return []
        begun = {words[i : i + size] for size in (1, 2) for i in range(len(words))} & self.by_beginning.keys()
        names = sorted((name for two in begun for name in self.by_beginning[two]), key=self.numbers.__getitem__)
        return [(name, self.bodies[name]) for name in names]


def with_defined(bodies: list[Mention], words: Sequence[Word], tokens: Tokens, defined: Defined) -> list[Mention]:
    """Bodies that the text has named before by a parenthesis or a title, where nothing in their own name tells what they are."""
    low, high = words[0].start, words[-1].end
    for name, earlier in defined.among(tokens.text[low:high]):
        at = tokens.text.find(name, low, high)
        if at < 0 or any(b.start < at + len(name) and at < b.end for b in bodies):
            continue
        inside = range(words[0].first, words[-1].last + 1)
        if any(tokens.starts[i] == at and tokens.spaced[i] for i in inside) and any(
            tokens.ends[i] == at + len(name) for i in inside
        ):
            bodies = sorted([*bodies, replace(earlier, start=at, end=at + len(name), rule="named-before")], key=lambda m: m.start)
    return bodies
