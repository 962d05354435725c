"""Words that patterns name by the place they stand at in the lexicon: ``@outcomes.finished``, and ``@hold`` for a group of verbs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KnowledgeError

if TYPE_CHECKING:
    from kg.knowledge.wordings import VerbGroup


class Lexicon:
    """The files of ``data/lexicon`` as patterns name their words, and the groups of verbs."""

    def __init__(self, folder: Path, groups: Mapping[str, VerbGroup]) -> None:
        self.folder, self.groups = folder, groups
        self._file = lru_cache(maxsize=None)(self._read)

    def _read(self, name: str) -> Mapping:
        from kg.knowledge.toml import load_toml

        return load_toml(self.folder / f"{name}.toml", {"*": True})

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of a file of the lexicon."""
        return tuple(self._file(name))

    def words(self, path: Path, where: str, listed: Iterable[str]) -> frozenset[str]:
        """Words, with the names among them (``@file.key``) replaced by what they stand for."""
        found: set[str] = set()
        for word in listed:
            found |= self._named(path, where, word) if word.startswith("@") else {word}
        return frozenset(found)

    def _named(self, path: Path, where: str, name: str) -> frozenset[str]:
        from kg.knowledge.toml import words

        file, *keys = name[1:].split(".")
        if not keys or not (self.folder / f"{file}.toml").is_file():
            files = sorted(f"@{p.stem}.…" for p in self.folder.glob("*.toml"))
            raise KnowledgeError(path, where, name, allowed=files, why="names no words of the lexicon")
        value: Any = self._file(file)
        for key in keys:
            if not isinstance(value, Mapping) or key not in value:
                allowed = sorted(value) if isinstance(value, Mapping) else ()
                raise KnowledgeError(path, where, name, allowed=allowed, why=f"has no {key}")
            value = value[key]
        if isinstance(value, Mapping):
            raise KnowledgeError(path, where, name, allowed=sorted(value), why="is a table and no words")
        return words(value)

    def lemmas(self, path: Path, where: str, listed: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
        """(active, passive) dictionary forms; of a 하다-verb the form in 되다 is its passive."""
        active: set[str] = set()
        passive: set[str] = set()
        for lemma in listed:
            if lemma.startswith("@") and "." not in lemma:
                if lemma[1:] not in self.groups:
                    raise KnowledgeError(path, where, lemma, allowed=sorted(f"@{g}" for g in self.groups))
                active |= self.groups[lemma[1:]].active
                passive |= self.groups[lemma[1:]].passive
            elif lemma.startswith("@"):
                active |= self._named(path, where, lemma)
            elif not lemma.endswith("다"):
                raise KnowledgeError(path, where, lemma, why="should be a dictionary form in 다 or a @group")
            else:
                active.add(lemma)
        passive |= {lemma[:-2] + "되다" for lemma in active if lemma.endswith("하다")}
        return frozenset(active), frozenset(passive)
