"""What statements may not be said of: blocks of ``lexicon/refused.toml``, each with the reason of a rejection."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KnowledgeError
from kg.knowledge.schema import schema

OTHERS = ("Thing", "text", "value")  # an end may also be anything with a name, words alone, a day or number
_KEYS = ("why", "relations", "subject", "object", "any", "said")
_END_KEYS = ("is", "not", "known", "name", "title", "before", "after")
_PIECE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class End:
    """What one end of a statement is: of ``classes`` and none of ``others``, known or not, with words that its name, its title, what stands before it and what stands right after it have."""

    classes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    known: bool | None = None
    name: re.Pattern[str] | None = None
    title: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """One block: statements of ``relations`` (of all, where there are none) whose ends and words are so are rejected, and why."""

    why: str
    relations: frozenset[str]
    subject: End | None
    object: End | None
    any: End | None
    said: re.Pattern[str] | None


def load_refused(path: Path, pieces: Mapping[str, frozenset[str]]) -> tuple[Refused, ...]:
    """The blocks of a file in its order; ``pieces`` are lists of words that its expressions name. Raises KnowledgeError."""
    try:
        blocks = tomllib.loads(path.read_text(encoding="utf-8"))["refused"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise KnowledgeError(path, "refused", str(error), why="cannot be read") from None
    return tuple(_Block(path, f"refused {number}", pieces).read(block) for number, block in enumerate(blocks, 1))


@dataclass(frozen=True, slots=True)
class _Block:
    path: Path
    where: str
    pieces: Mapping[str, frozenset[str]]

    def read(self, block: Mapping) -> Refused:
        self._only(self.where, block, _KEYS)
        known = frozenset(schema().properties) | {"altLabel"}
        relations = frozenset(block.get("relations", ()))
        if wrong := sorted(relations - known):
            raise KnowledgeError(self.path, f"{self.where}.relations", wrong[0], allowed=sorted(known))
        if not block.get("why") or not block.keys() & {"subject", "object", "any", "said"}:
            raise KnowledgeError(self.path, self.where, sorted(block), allowed=_KEYS, why="needs a reason and what it is about")
        ends = {
            key: self._end(f"{self.where}.{key}", block[key]) if key in block else None for key in ("subject", "object", "any")
        }
        return Refused(why=block["why"], relations=relations, said=self._words(self.where, block, "said"), **ends)

    def _end(self, where: str, table: Mapping) -> End:
        self._only(where, table, _END_KEYS)
        for key in ("is", "not"):
            for name in table.get(key, ()):
                if name not in schema().ancestors and name not in OTHERS:
                    raise KnowledgeError(self.path, f"{where}.{key}", name, allowed=[*sorted(schema().ancestors), *OTHERS])
        words = {key: self._words(where, table, key) for key in ("name", "title", "before", "after")}
        return End(tuple(table.get("is", ())), tuple(table.get("not", ())), table.get("known"), **words)

    def _words(self, where: str, table: Mapping, key: str) -> re.Pattern[str] | None:
        """A regular expression, with the words of the lists that it names put in, the longest first."""
        if key not in table:
            return None
        for piece in _PIECE.findall(table[key]):
            if piece not in self.pieces:
                raise KnowledgeError(self.path, f"{where}.{key}", piece, allowed=sorted(self.pieces))
        text = _PIECE.sub(
            lambda piece: "|".join(sorted(map(re.escape, self.pieces[piece[1]]), key=lambda w: (-len(w), w))), table[key]
        )
        try:
            return re.compile(text)
        except re.error as error:
            raise KnowledgeError(self.path, f"{where}.{key}", table[key], why=f"is no regular expression: {error}") from None

    def _only(self, where: str, table: Mapping, keys: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                raise KnowledgeError(self.path, where, key, allowed=keys)
