"""Names of foreigners: the words that can be part of one, and those written in Hangul and in Latin letters side by side (레 반 민 Le Van Minh)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.analyze.names.words import HANGUL, Word, tags_of, title_in
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge

_LATIN = re.compile(r"[A-Z][a-zé’'.\-]*")
_ADDRESSED = frozenset({"Mr.", "Ms.", "Mrs.", "Dr.", "H.E."})


def syllabled(latin: str) -> int:
    """How many words of a name in Latin letters its Hangul has too: initials and forms of address stand in the first alone.

    >>> syllabled("Wendy R. Sommer"), syllabled("Mr. Janaka Sri Peiris"), syllabled("Mary Ng")
    (2, 3, 2)
    """
    return sum(len(word.rstrip(".")) > 1 and word not in _ADDRESSED for word in latin.split())


def side_by_side(words: Sequence[Word], tokens: Tokens, knowledge: Knowledge) -> tuple[Sequence[Word], dict[int, int]]:
    """The words with each such name as one word, its Hangul, without the Latin; and the ends of these names, each with 1 for a name of one word."""
    runs = [i for i, w in enumerate(words) if _LATIN.fullmatch(w.text) and not (i and _LATIN.fullmatch(words[i - 1].text))]
    out, ends = list(words), {}
    for first in reversed(runs):
        stop = first
        while (
            stop < len(words)
            and _LATIN.fullmatch(words[stop].text)
            and (stop == first or words[stop - 1].last + 1 == words[stop].first)
        ):
            stop += 1
        size = stop - first
        for low, left, right in ((first - size, first - size, stop), (stop, first, stop + size)):
            name = words[low : low + size] if low >= 0 else ()
            if (
                not 3 <= size <= 5
                or len(name) < size
                or words[left].first + sum(w.last - w.first + 1 for w in words[left:right]) != words[right - 1].last + 1
                or not all(
                    HANGUL.fullmatch(w.text) and title_in(w.text, knowledge) is None and w.text not in knowledge.gazetteer
                    for w in name
                )
            ):
                continue
            start, end = name[0].start, name[-1].end
            out[left:right] = [Word(name[0].first, name[-1].last, tokens.text[start:end], start, end)]
            ends[end] = 1
            break
    return out, ends


def foreign_word(word: Word, tokens: Tokens) -> bool:
    """A word that can be part of a foreign name: Hangul or Latin the analyser takes for proper."""
    tags = tags_of(tokens, word)
    if len(word.text) == 1 and word.text.isascii():
        return False  # the mark of a line: o ○○○ 총리
    return all(t in ("NNP", "SL", "UN") or t.startswith("SP") for t in tags) and not word.text.isupper() and len(word.text) <= 8


def foreign_tail(word: Word, tokens: Tokens, knowledge: Knowledge) -> bool:
    """The last word of a foreign name that the analyser takes for proper only in part (위원장 마리 로 [드니])."""
    return (
        HANGUL.fullmatch(word.text) is not None
        and len(word.text) <= 4
        and set(tags_of(tokens, word)) == {"NNP", "NNG"}
        and title_in(word.text, knowledge) is None
        and word.text not in knowledge.gazetteer
    )
