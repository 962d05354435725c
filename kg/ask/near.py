"""Names of a graph that come near to one that names nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.graph.store import quads
from kg.graph.terms import value_of
from kg.knowledge.vocab import PREFIXES

_NAMES = {PREFIXES["skos"] + name for name in ("prefLabel", "altLabel")}
_SHOWN = 3
_SLIPS = 2  # letters that a slip of the keys changes


def unnamed(out: Path | str, values: Mapping[str, str]) -> Iterator[str]:
    """A line for each value that stands in no name and no text of the graph, with the names that come near.

    >>> list(unnamed("tests/fixtures/out", {"event": "맑은물 정책", "person": "노가람찬"}))
    ["--person: nothing in the graph is called '노가람찬'"]
    """
    if not values:
        return
    names, said = set(), set()
    for quad in quads(out):
        if hasattr(quad.object, "datatype"):
            said.add(value_of(quad.object))
            if quad.predicate.value in _NAMES:
                names.add(value_of(quad.object))
    for parameter, value in values.items():
        words = unicodedata.normalize("NFC", value).strip().lower()
        if words and not any(words in text.lower() for text in said):
            near = nearest(words, names)
            yield f"--{parameter}: nothing in the graph is called {value!r}" + (f"; near: {', '.join(near)}" if near else "")


def nearest(words: str, names: set[str]) -> list[str]:
    """The names whose letters come nearest; Hangul is compared letter by letter, not syllable by syllable."""
    from rapidfuzz import fuzz, process

    asked = letters(words)
    plain = {name: own for name in sorted(names) if len(own := letters(name)) * 2 > len(asked) and len(name) <= 200}
    scored = process.extract(asked, plain, scorer=fuzz.partial_ratio, limit=_SHOWN, score_cutoff=75)
    return [name for _, _, name in scored]


def mistyped(word: str, names: Mapping[str, str]) -> list[str]:
    """The names, given with their letters, that differ from a word by a letter or two, the nearest first.

    >>> mistyped("금유위원회", {name: letters(name) for name in ("금융위원회", "금융위원장", "복권위원회")})
    ['금융위원회']
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    asked = letters(word)
    near = process.extract(asked, names, scorer=OSA.distance, limit=_SHOWN, score_cutoff=min(_SLIPS, len(asked) // 5))
    return [name for _, _, name in near]


def letters(words: str) -> str:
    """A name as the letters that its syllables are made of, without spaces."""
    return unicodedata.normalize("NFD", "".join(words.lower().split()))
