"""Texts that make a backtracking engine try many ways: a beginning that leads to a repetition, what it repeats, and an end that it does not expect.

They are made from a pattern's own parse tree, so that a repetition deep in a long pattern (``…|#\\S{1,20}(\\s*#\\S{1,20})*|…``) is reached too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _compiler, _constants, _parser
from typing import Any

_REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}
_CLASSES = {_constants.IN, _constants.ANY, _constants.NOT_LITERAL, _constants.CATEGORY}
_OFTEN = 4  # repetitions of no more than this are no danger
_TAILS = ("\x00", " 가~", "\n\x00")
_USUAL = "가나Aa0- .\n\t一①㉠"
_ANY = [*range(32, 0x250), *range(0x2000, 0x2700), *range(0x3000, 0x3100), *range(0xAC00, 0xAF00), *range(0xE000, 0xF900)]
_SYNTAX = frozenset("\\^$*+?{}[]()\n")
Node = tuple[Any, Any]


def attacks(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    """Texts of some ``size`` characters for each repetition of a pattern, each character class filled with each sign that the pattern names.

    >>> "#aaaa\\x00" in set(attacks(re.compile("#(#|a+)*"), 4))
    True
    """
    own = _Own(pattern)
    for before, unit in dict.fromkeys(own.loops(own.tree)):
        for tail in _TAILS:
            yield before + unit * (size // len(unit)) + tail


class _Own:
    """One pattern: its tree, the signs that it names, and which of them its classes take."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.tree = _parser.parse(pattern.pattern, pattern.flags)
        self._flags = self.tree.state.flags
        self.signs = dict.fromkeys(("가", "a", "1", " ", *(c for c in pattern.pattern if not c.isalnum() and c not in _SYNTAX)))
        self._taken: dict[tuple[str, str], str] = {}

    def _taking(self, node: Node, wanted: str) -> str:
        """A sign that a class takes: the wanted one if it can be."""
        key = repr(node), wanted
        if key not in self._taken:
            alone = _compiler.compile(_parser.SubPattern(self.tree.state, [node]), self._flags)
            known = (wanted, *self.signs, *_USUAL, *map(chr, _ANY))
            self._taken[key] = next((sign for sign in known if sign and alone.fullmatch(sign)), "가")
        return self._taken[key]

    def shortest(self, nodes: Iterable[Node], wanted: str = "") -> str:
        """The least that nodes match, classes as wanted."""
        return "".join(self._one(node, wanted) for node in nodes)

    def _one(self, node: Node, wanted: str) -> str:
        kind, held = node
        if kind is _constants.LITERAL:
            return chr(held)
        if kind in _CLASSES:
            return self._taking(node, wanted)
        if kind in _REPEATS:
            return self.shortest(held[2], wanted) * held[0]
        return next((self.shortest(inner, wanted) for inner in _inner(node)), "")

    def loops(self, nodes: Iterable[Node], before: str = "") -> Iterator[tuple[str, str]]:
        """What leads to each repetition, and what it may repeat."""
        for node in nodes:
            if node[0] in _REPEATS and node[1][1] > _OFTEN:
                units = (self.shortest(node[1][2], wanted) for wanted in self.signs)
                yield from ((before, unit) for unit in units if unit)
            for inner in _inner(node):
                yield from self.loops(inner, before)
            before += self._one(node, "")


def _inner(node: Node) -> Iterator[Iterable[Node]]:
    """The nodes that a node holds, of a choice one after the other; what only looks ahead or behind holds none."""
    kind, held = node
    if kind in _REPEATS:
        yield held[2]
    elif kind is _constants.SUBPATTERN:
        yield held[-1]
    elif kind is _constants.ATOMIC_GROUP:
        yield held
    elif kind is _constants.BRANCH:
        yield from held[1]
