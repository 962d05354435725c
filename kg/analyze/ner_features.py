"""What the model of names sees of a token: hashed categories and flags, the same in training and at run time."""
from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

from kg.analyze.tokens import OPENERS, QUOTES

# Columns of categories with the rows and width of their embeddings.
CATEGORIES = {
    "word": (8192, 40), "prefix": (4096, 24), "suffix": (4096, 24), "last": (2048, 16),
    "tag": (128, 24), "final": (128, 12), "shape": (256, 8), "known": (64, 16), "run": (32, 8),
}
FLAGS = ("spaced", "space after", "quoted", "bracketed", "date begins", "date", "count begins", "count", "title", "surname", "organization suffix",
         "event", "venue", "name shape begins", "name shape", "unknown to Kiwi", "first", "title after the run")
UNKNOWN = FLAGS.index("unknown to Kiwi")  # set by whoever knows the vectors
_NOUN = ("NNG", "NNP", "SL", "SH", "XPN", "XSN", "SN", "NR", "NNB")
_OPEN, _CLOSE = frozenset(OPENERS), frozenset(OPENERS.values())
_QUOTE_CLOSERS = frozenset(OPENERS[q] for q in QUOTES)
_HANGUL = re.compile(r"[가-힣]+\Z")


def shape(word: str) -> str:
    """The kinds of a word's characters, runs shortened to two.

    >>> shape("123"), shape("KISA"), shape("서울"), shape("A형")
    ('dd', 'XX', 'kk', 'Xk')
    """
    out = ""
    for c in word:
        kind = "k" if "가" <= c <= "힣" else "d" if c.isdigit() else "X" if "A" <= c <= "Z" else "x" if c.isalpha() and c.isascii() \
            else "h" if "一" <= c <= "鿿" else c
        if out[-2:] != kind * 2:
            out += kind
    return out


def _bucket(value: str, rows: int) -> int:
    return crc32(value.encode()) % rows


@lru_cache(maxsize=60_000)
def _of_token(word: str, tag: str) -> tuple[int, ...]:
    first, _, rest = tag.partition("+")
    last = rest.rpartition("+")[2] or first
    values = (word + "/" + first, word[:2], word[-2:], word[-1:], first, last, shape(word))
    return tuple(_bucket(v, rows) for v, (rows, _) in zip(values, CATEGORIES.values()))


def _runs(tags: Sequence[str], spaced: Sequence[bool]) -> list[tuple[int, int]]:
    """Runs of nouns without a space in them."""
    runs: list[tuple[int, int]] = []
    for i, tag in enumerate(tags):
        if tag.partition("+")[0] in _NOUN:
            if runs and runs[-1][1] == i and not spaced[i]:
                runs[-1] = (runs[-1][0], i + 1)
            else:
                runs.append((i, i + 1))
    return runs


def features(text: str, words: Sequence[str], tags: Sequence[str], starts: Sequence[int], knowledge) -> tuple[list, list]:
    """(categories, flags) by token: lists of len(CATEGORIES) bucket numbers and of len(FLAGS) zeros and ones."""
    from kg.analyze.values import find_counts, find_dates

    count = len(words)
    ends = [s + len(w) for s, w in zip(starts, words)]
    spaced = [i == 0 or starts[i] > ends[i - 1] for i in range(count)]
    flags = [[0.0] * len(FLAGS) for _ in range(count)]
    known, run_of = ["-"] * count, ["-"] * count
    at: dict[int, int] = {}
    for i, (start, end) in enumerate(zip(starts, ends)):
        for c in range(start, end):
            at[c] = i

    def cover(start: int, end: int) -> range:
        """Tokens under characters start … end."""
        covered = [at[c] for c in range(start, end) if c in at]
        return range(covered[0], covered[-1] + 1) if covered else range(0)

    for start, end, entries in knowledge.gazetteer.find(text):
        covered = cover(start, end)
        whole = "=" if covered and starts[covered[0]] == start and ends[covered[-1]] == end else "~"
        for i in covered:
            known[i] = ("B" if i == covered[0] else "I") + whole + entries[0].cls
    for first, find in ((4, find_dates), (6, find_counts)):
        for value in find(text):
            covered = cover(value.start, value.end)
            for i in covered:
                flags[i][first + (i != covered[0])] = 1.0
    titles, surnames, suffixes = knowledge.titles.all, knowledge.surnames, knowledge.organizations.words
    events, venues = knowledge.events.nouns, knowledge.places.venues
    quoted = bracketed = False
    for i, word in enumerate(words):
        row = flags[i]
        row[0], row[1] = float(spaced[i]), float(i + 1 == count or spaced[i + 1])
        if word in _CLOSE:
            quoted, bracketed = quoted and word not in _QUOTE_CLOSERS, bracketed and word in _QUOTE_CLOSERS
        row[2], row[3] = float(quoted), float(bracketed)
        if word in _OPEN:
            quoted, bracketed = quoted or word in QUOTES, bracketed or word not in QUOTES
        row[8], row[9] = float(word in titles), float(word[:1] in surnames.one or word[:2] in surnames.two)
        row[10], row[11], row[12] = float(word in suffixes), float(word in events), float(word in venues)
        row[16] = float(i == 0)
    runs = _runs(tags, spaced)
    for number, (first, last) in enumerate(runs):
        name = text[starts[first]:ends[last - 1]]
        follows = runs[number + 1] if number + 1 < len(runs) and runs[number + 1][0] == last else None
        titled = bool(follows) and (words[follows[0]] in titles or text[starts[follows[0]]:ends[follows[1] - 1]] in titles)
        shaped = len(name) == 3 and name[0] in surnames.one and name not in surnames.not_names and bool(_HANGUL.match(name))
        for i in range(first, last):
            flags[i][13 if i == first else 14] = float(shaped)
            flags[i][17] = float(titled)
            run_of[i] = f"{min(last - first, 4)}{min(i - first, 3)}{i == last - 1:d}"
    categories = [[*_of_token(word, tag), _bucket(k, 64), _bucket(r, 32)] for word, tag, k, r in zip(words, tags, known, run_of)]
    return categories, flags
