"""Articles with the same text: a release as several papers print it, told by shingles of words.

Each text is a set of hashed shingles; the smallest of them (a bottom-k sketch) are the blocks in which texts are held together
(A. Broder: On the resemblance and containment of documents, 1997), so that an archive is not compared pair by pair.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from zlib import crc32

from kg.link.blocks import blocks, neighbours
from kg.link.group import Verdict, groups
from kg.model import Article

_SHINGLE = 3  # words
_SKETCH = 12  # smallest shingles by which texts meet
_FEWEST = 8  # shingles that a text has at least
_ALIKE = 0.8  # of all shingles of two texts that both have
_HELD = 0.9  # of the shorter text's shingles that the longer has
_PART = 0.4  # that a shortened text has of the longer one
_AT_ONCE = 31  # days between the prints of one text
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"\w+")


def same_texts(
    articles: Iterable[Article], sketches: Mapping[str, tuple[int, ...] | None] = MappingProxyType({})
) -> tuple[tuple[str, ...], ...]:
    """Groups of articles whose text is the same but for small changes, by their identifiers; ``sketches`` are those made already.

    >>> from kg.model import Region, Span
    >>> def paper(name, text):
    ...     whole = Region(role="body", span=Span("text", 0, len(text)))
    ...     return Article(identifier=name, source=name, fields=(("text", text),), regions=(whole,))
    >>> told = "나래시는 지난 3일 시민회관에서 작은 도서관 이야기 한마당을 열고 책을 아끼는 이웃 서른 명을 만났다고 밝혔다."
    >>> same_texts([paper("a", told), paper("b", told + " (사진=나래시)"), paper("c", told.replace("3일", "8일"))])
    (('a', 'b'),)
    """
    by_id = {a.identifier: a for a in articles}
    words = lru_cache(maxsize=4096)(lambda identifier: _Words(by_id[identifier]))

    def sketched(identifier: str) -> tuple[int, ...]:
        known = sketches.get(identifier)
        return sketch(by_id[identifier]) if known is None else known

    met = blocks(sorted(by_id), sketched)
    verdicts: dict[tuple[str, str], Verdict] = {}
    when = {i: (a.date or dt.date.min, i) for i, a in by_id.items()}
    for block in met.values():
        for a, b in neighbours(block, order=when.__getitem__) if len(block) > 1 else ():
            pair = (a, b) if a < b else (b, a)
            if pair not in verdicts:
                verdicts[pair] = _SAME if _near(by_id[a], by_id[b]) and words(a).like(words(b)) else _OTHER
    linked = {one for pair, verdict in verdicts.items() if verdict is _SAME for one in pair}
    return tuple(part for part in groups(linked, verdicts) if len(part) > 1)


def homes(same: Iterable[tuple[str, ...]]) -> Mapping[str, str]:
    """For each article whose text others have too, the first of them."""
    return {identifier: group[0] for group in same for identifier in group}


_SAME, _OTHER = Verdict("same", ("the same text",)), Verdict("different", ("other texts",))


class _Words:
    """The shingles and the numbers of a text."""

    def __init__(self, article: Article) -> None:
        text = _body(article)
        self.shingles = _shingles(text)
        self.numbers = frozenset(_NUMBER.findall(text))

    def like(self, other: _Words) -> bool:
        """Whether two texts are one: a bulletin with today's numbers in yesterday's words is another."""
        shared = len(self.shingles & other.shingles)
        short, long = sorted((len(self.shingles), len(other.shingles)))
        if not (shared >= _ALIKE * (short + long - shared) or shared >= _HELD * short and short >= _PART * long):
            return False
        few, many = sorted((self.numbers, other.numbers), key=len)
        return len(few & many) >= _HELD * len(few)


def _near(a: Article, b: Article) -> bool:
    return a.date is None or b.date is None or abs((a.date - b.date).days) <= _AT_ONCE


def _body(article: Article) -> str:
    return "\n".join(article.raw(r.span) for r in article.regions if r.role == "body")


def _shingles(text: str) -> frozenset[int]:
    words = [word.encode() for word in _WORD.findall(text)]
    return frozenset(crc32(b" ".join(words[i : i + _SHINGLE])) for i in range(len(words) - _SHINGLE + 1))


def sketch(article: Article) -> tuple[int, ...]:
    """The smallest shingles of an article's text, by which texts meet; none of a text that is too short to tell."""
    found = _shingles(_body(article))
    return tuple(sorted(found)[:_SKETCH]) if len(found) >= _FEWEST else ()
