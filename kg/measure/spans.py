"""Where words stand in a text: patterns that space, quotation marks and broken lines do not disturb, and spans in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

# ``[start, end]`` in the text or ``["title", start, end]``
Span = list

_QUOTES = "'\"‘’“”＂＇`´"
# What closes speech, by what opens it; curly marks are often the wrong way round.
_CLOSING = {"“": "”“", "”": "”“", "‘": "’", "「": "」", "『": "』", "｢": "｣", "'": "'", '"': '"', "＂": "＂"}
# A name stands as a word of its own where nothing but these follows it in its eojeol.
_PARTICLES = (
    "은|는|이|가|을|를|의|에|에서|에서는|에서의|에서도|에게|에는|에도|와|과|와의|과의|로|으로|로서|으로서|로부터|으로부터|로는|으로는|도|만|까지|부터|께서"
    "|이며|이고|인|이다|이라|라|라고|이라고|이라는|라는|란|이란|및|측|등|뿐|이나|나|씨|님|간|별|내|로도"
)
_TAIL = re.compile(rf"(?:{_PARTICLES})?(?![0-9A-Za-z가-힣])")


@lru_cache(maxsize=4096)
def loose(name: str) -> re.Pattern:
    """A pattern for words whatever the space and the quotation marks between them.

    >>> bool(loose('"물 포럼"').fullmatch("“물  포럼”"))
    True
    """
    broken = r"(?:[^\S\n]*\n\s*)?"  # a word may be broken over two lines
    return re.compile(r"\s+".join(broken.join(map(_class, word)) for word in name.split()))


def _class(letter: str) -> str:
    return f"[{_QUOTES}]" if letter in _QUOTES else re.escape(letter)


def alone(article: Mapping, span: Span) -> bool:
    """Whether a span stands as a word of its own: nothing of its eojeol before it, at most a particle after it.

    >>> alone({"text": "환경부는 물 포럼을"}, [0, 3]), alone({"text": "환경부장관"}, [0, 3])
    (True, False)
    """
    where, start, end = span if len(span) == 3 else ("text", *span)
    text = article[where]
    return not (start and text[start - 1].isalnum() and text[start].isalnum()) and bool(_TAIL.match(text, end))


def quoted(article: Mapping, span: Span) -> Span:
    """The whole quoted speech that begins with the words of a span.

    >>> quoted({"text": "그는 “물은 모두의 것”이라고 했다."}, [4, 6])
    [4, 12]
    """
    if len(span) == 3 or not span[0]:
        return span
    text = article["text"]
    opening = text[span[0] - 1]
    ends = [at for mark in _CLOSING.get(opening, "") if (at := text.find(mark, span[1])) > 0]
    said = text[span[0] : min(ends, default=span[1])]
    return [span[0], span[0] + len(said.rstrip())]


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans of one field share a character."""
    return len(a) == len(b) and a[-2] < b[-1] and b[-2] < a[-1]


def outermost(spans: Iterable[Span]) -> list[Span]:
    """Spans of one entity without those that lie inside another."""
    spans = ordered(spans)
    return [a for a in spans if not any(a != b and len(a) == len(b) and b[-2] <= a[-2] and a[-1] <= b[-1] for b in spans)]


def ordered(spans: Iterable[Span]) -> list[Span]:
    """Spans without repetitions, those of the text first, by their ends."""
    return [list(span) for span in sorted({tuple(span) for span in spans}, key=lambda span: (len(span), span[-2:]))]
