"""What the model of names sees of a token: hashed categories and flags, the same in training and at run time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

from kg.analyze.tokens import OPENERS, QUOTES

# Columns of categories with the rows and width of their embeddings.
CATEGORIES = {
    "word": (8192, 40),
    "prefix": (4096, 24),
    "suffix": (4096, 24),
    "last": (2048, 16),
    "tag": (128, 24),
    "final": (128, 12),
    "shape": (256, 8),
    "known": (64, 16),
    "run": (32, 8),
}
FLAGS = (
    "spaced",
    "space after",
    "quoted",
    "bracketed",
    "date begins",
    "date",
    "count begins",
    "count",
    "title",
    "surname",
    "organization suffix",
    "event",
    "venue",
    "name shape begins",
    "name shape",
    "unknown to Kiwi",
    "first",
    "title after the run",
)
_UNKNOWN = FLAGS.index("unknown to Kiwi")  # set by whoever knows the vectors
_NOUN = ("NNG", "NNP", "SL", "SH", "XPN", "XSN", "SN", "NR", "NNB")
# Kiwi keeps these under one form.
_ALLOMORPHS = {
    "를": "을",
    "는": "은",
    "가": "이",
    "와": "과",
    "로": "으로",
    "습니다": "ᆸ니다",
    "으며": "며",
    "으면": "면",
    "으나": "나",
}
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
        kind = "k" if "가" <= c <= "힣" else "d" if c.isdigit() else "h" if "一" <= c <= "鿿" else c
        kind = ("X" if c.isupper() else "x") if c.isascii() and c.isalpha() else kind
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
    from kg.analyze.numbers import find_counts
    from kg.analyze.values import find_dates

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
        name = text[starts[first] : ends[last - 1]]
        follows = runs[number + 1] if number + 1 < len(runs) and runs[number + 1][0] == last else None
        titled = follows is not None and (
            words[follows[0]] in titles or text[starts[follows[0]] : ends[follows[1] - 1]] in titles
        )
        shaped = len(name) == 3 and name[0] in surnames.one and name not in surnames.not_names and bool(_HANGUL.match(name))
        for i in range(first, last):
            flags[i][13 if i == first else 14] = float(shaped)
            flags[i][17] = float(titled)
            run_of[i] = f"{min(last - first, 4)}{min(i - first, 3)}{i == last - 1:d}"
    categories = [[*_of_token(word, tag), _bucket(k, 64), _bucket(r, 32)] for word, tag, k, r in zip(words, tags, known, run_of)]
    return categories, flags


class Rows:
    """The rows of morphemes in a table of vectors, whose first rows, with empty forms, stand for unknown morphemes of a tag.

    >>> rows = Rows([("", "UN"), ("", "NNG"), ("물", "NNG"), ("을", "JKO")])
    >>> rows("물", "NNG"), rows("를", "JKO"), rows("뭍", "NNG"), rows("A", "SL")
    (2, 3, 1, 0)
    """

    def __init__(self, names: Sequence[tuple[str, str]]) -> None:
        self._rows: dict[tuple[str, str], int] = {}
        for row, name in enumerate(names):
            self._rows.setdefault(name, row)  # of several senses the first is the commonest
        self.generic = next((row for row, (form, _) in enumerate(names) if form), len(names))
        self._known: dict[tuple[str, str], int] = {}

    def __call__(self, form: str, tag: str) -> int:
        found = self._known.get((form, tag))
        if found is None:
            rows, plain = self._rows, tag.partition("-")[0]
            other = {"NNP": "NNG", "NNG": "NNP"}.get(tag, tag)
            tries = (
                (form, tag),
                (_ALLOMORPHS.get(form, form), tag),
                (form, plain + "-R"),
                (form, plain + "-I"),
                (form, plain),
                (form, other),
                ("", plain),
            )
            found = next((rows[key] for key in tries if key in rows), rows["", "UN"])
            if len(self._known) < 200_000:
                self._known[form, tag] = found
        return found

    def inputs(
        self, text: str, words: Sequence[str], tags: Sequence[str], starts: Sequence[int], morphs: Sequence, knowledge
    ) -> tuple:
        """Categories, flags and rows of a sentence's tokens, as arrays."""
        import numpy as np

        categories, told = features(text, words, tags, starts, knowledge)
        rows = np.array([self(*of_token[0]) for of_token in morphs], np.int32)
        flags = np.array(told, np.float32)
        flags[:, _UNKNOWN] = rows < self.generic
        return np.array(categories, np.int32), flags, rows
