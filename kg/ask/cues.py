"""Where the words stand by which a question says what it asks: cues of one word or of several in a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.knowledge.questions import Cue, load_questions

if TYPE_CHECKING:
    from kg.ask.question_words import Word

_BETWEEN = 3  # places that words which ask nothing may take between two words of a cue


def standing(words: Sequence[Word], cues: Mapping[str, tuple[Cue, ...]]) -> tuple[set[str], set[int]]:
    """The names whose cues stand among the words, and the places of those words."""
    found: set[str] = set()
    used: set[int] = set()
    for name, rows in cues.items():
        for cue in rows:
            for places in _at(words, cue):
                found.add(name)
                used.update(places)
    return found, used


def longest(words: Sequence[Word], cues: Mapping[str, tuple[Cue, ...]]) -> tuple[set[str], set[int]]:
    """As ``standing``, but a word that is part of a longer cue says nothing else (얼마나 자주 is how often, not most often)."""
    found: set[str] = set()
    used: set[int] = set()
    for _, name, cue in sorted((-len(cue), name, cue) for name, rows in cues.items() for cue in rows):
        hits = [places for places in _at(words, cue) if not used.intersection(places)]
        found |= {name} if hits else set()
        used |= {place for places in hits for place in places}
    return found, used


def _at(words: Sequence[Word], cue: Cue) -> Iterator[tuple[int, ...]]:
    """The places of a cue's words, in a row but for words that ask nothing (사회는 누가 맡았나)."""
    nothing = load_questions().fillers
    for first, word in enumerate(words):
        places, at = [first], first
        if word.form != cue[0]:
            continue
        for part in cue[1:]:
            at += 1
            while at < len(words) and words[at].form != part and words[at].form in nothing and at - places[-1] <= _BETWEEN:
                at += 1
            if at == len(words) or words[at].form != part:
                break
            places.append(at)
        else:
            yield tuple(places)


def most_exact(words: Sequence[Word], cues: Mapping[str, tuple[Cue, ...]]) -> tuple[str, set[int]]:
    """The most exact name whose cue stands among the words (the longest cue, then the later one in the file), and those words."""
    hits = [
        (len(cue), order, name, at) for order, (name, rows) in enumerate(cues.items()) for cue in rows for at in _at(words, cue)
    ]
    if not hits:
        return "", set()
    _, _, name, _ = max(hits, key=lambda hit: (hit[0], hit[2] not in ("Event", "Organization"), hit[1]))
    return name, {place for _, _, _, places in hits for place in places}
