"""A Doc's tokens as plain columns, with brackets, quotation marks and sentences found once: what phrases and names are read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.analyze.morphs import Morph

if TYPE_CHECKING:
    from spacy.tokens import Doc

OPENERS = {"(": ")", "[": "]", "〔": "〕", "“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", "<": ">"}
QUOTES = frozenset("“‘「『《〈<")
CLOSERS = {closer: opener for opener, closer in OPENERS.items()}
# A parenthesis of its own that says who stands in a picture: (왼쪽부터 ○○○ 단장, ○○○ 팀장).
_ROW = re.compile(r"(?<![^\s>.])\([^()]{0,8}(?:왼쪽|좌측|오른쪽|우측)(?:에서|으로)?\s?부터\s(?!\S*\s?번째)[가-힣A-Za-z㈜]")

_ROW_BEGINS = re.compile(r"(?:왼쪽|좌측|오른쪽|우측)(?:에서|으로)?\s?부터")
# What a row of people runs into where its end has lost its mark: … ○○○ 사무관 [○○진흥원(KISA, 원장 ○○○)은].
_BODY_BEGINS = re.compile(
    r"(?<=[장관원사수표무리인])\s(?=[가-힣]{3,20}\((?:[A-Z]{2,8},\s?)?(?:원장|위원장|장관|청장|처장|이사장|사장)\s[가-힣]{2,4}[,)])"
)
_ROW_LENGTH = 700
_SENTENCE_ENDS = re.compile(r"[다요]\.\s|\n")


@dataclass(frozen=True, slots=True)
class Bracket:
    """A pair of brackets or quotation marks: token indexes of both marks."""

    open: int
    close: int
    mark: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Token range of a sentence and the role of its paragraph."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """Columns over the tokens of a text; ``spaced[i]`` says that white space (or nothing) stands before token i.

    ``pair[i]`` is the index of the other mark where token i is a matched bracket or quotation mark, else -1.
    """

    text: str
    words: Sequence[str]
    tags: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    spaced: Sequence[bool]
    morphs: Sequence[tuple[Morph, ...]]
    pair: Sequence[int]
    brackets: tuple[Bracket, ...]
    sentences: tuple[Sentence, ...]
    eojeols: dict[tuple[int, ...], tuple] = field(
        default_factory=dict, compare=False, repr=False
    )  # what words_of found, by token indexes

    def surface(self, first: int, last: int) -> str:
        """The text of tokens first … last (inclusive)."""
        return self.text[self.starts[first] : self.ends[last]]


def read_tokens(doc: Doc, paragraphs: Sequence[tuple[int, int, str]] | None = None) -> Tokens:
    """Columns for a Doc; ``paragraphs`` are (start, end, role) in characters, by default the text's lines, all ``body``."""
    text = text_of(doc)
    if paragraphs is None:
        paragraphs, position = [], 0
        for line in text.split("\n"):
            paragraphs.append((position, position + len(line), "body"))
            position += len(line) + 1
    words, tags, spaces, flags = doc.user_data["columns"]
    starts, ends, spaced, position, gap = [], [], [], 0, True
    for word, tag, space in zip(words, tags, spaces):
        starts.append(position)
        position += len(word)
        ends.append(position)
        spaced.append(gap)
        gap = space or tag == "SPACE"
        position += space
    pair, brackets = _brackets(words, starts, ends, text, paragraphs)
    sentences = tuple(_sentences(text, words, tags, starts, ends, spaced, flags, pair, paragraphs))
    return Tokens(text, words, tags, starts, ends, spaced, doc.user_data["morphs"], pair, tuple(brackets), sentences)


def text_of(doc: Doc) -> str:
    """The text of a Doc made by the Kiwi tokenizer, from its columns: ``doc.text`` makes a Python object of every token.

    >>> from spacy.vocab import Vocab
    >>> from kg.analyze.tokenizer import KiwiTokenizer
    >>> text_of(KiwiTokenizer(Vocab())("부처가 세미나를  열었다."))
    '부처가 세미나를  열었다.'
    """
    if "columns" not in doc.user_data:  # a Doc that was stored without them
        return doc.text
    words, _, spaces, _ = doc.user_data["columns"]
    return "".join(word + " " if space else word for word, space in zip(words, spaces))


def _brackets(words, starts, ends, text, paragraphs) -> tuple[list[int], list[Bracket]]:
    """Matched marks, paragraph by paragraph; a mark without its partner is left alone."""
    pair = [-1] * len(words)
    found: list[Bracket] = []
    stack: list[int] = []
    limits = iter([end for _, end, _ in paragraphs])
    limit = next(limits, len(text))
    for i, word in enumerate(words):
        while starts[i] >= limit and (following := next(limits, None)) is not None:
            limit, stack = following, []
        if word in OPENERS:
            if (
                word == "‘"
                and text[ends[i] : ends[i] + 3].replace(".", "").isdigit()
                and not text[ends[i] : ends[i] + 4].isdigit()
            ):
                continue  # ‘26.3.18 is a year
            if word in "<〈" and text.startswith(("사진", " 사진"), ends[i]):
                continue  # <사진설명: …> holds sentences
            if word == "(" and _ROW.match(text, starts[i]):
                continue  # and so does a row of people
            stack.append(i)
        elif word in CLOSERS:
            if (
                word == "’"
                and starts[i]
                and (text[starts[i] - 1 : starts[i]] + text[ends[i] : ends[i] + 1]).isascii()
                and text[starts[i] - 1].isalpha()
                and text[ends[i] : ends[i] + 1].isalpha()
            ):
                continue  # Privacy’s is one word
            if word == "’" and text[ends[i] : ends[i] + 2].isdigit() and not any(words[j] == "‘" for j in stack):
                continue
            for depth in range(len(stack) - 1, -1, -1):
                if OPENERS[words[stack[depth]]] == word:
                    pair[i], pair[stack[depth]] = stack[depth], i
                    found.append(Bracket(stack[depth], i, words[stack[depth]]))
                    del stack[depth:]
                    break
    found.sort(key=lambda b: b.open)
    return pair, found


def _sentences(text, words, tags, starts, ends, spaced, flags, pair, paragraphs):
    """Sentences end with their paragraph, or at final punctuation outside brackets and quotation marks."""
    count = len(words)
    i = 0
    rows = _row_ends(text)
    for begin, finish, role in paragraphs:
        while i < count and starts[i] < begin:
            i += 1
        first, close = i, -1
        while i < count and starts[i] < finish:
            if pair[i] > i:
                close = max(close, pair[i])
            if i > first and i > close and (starts[i] in rows or _ends_sentence(words, tags, spaced, flags, i)):
                yield Sentence(first, i, role)
                first = i
            i += 1
        if i > first:
            yield Sentence(first, i, role)


def _row_ends(text: str) -> frozenset[int]:
    """Where the text goes on behind rows of people that end without a mark: the first body after each that is named with its head."""
    found = ((m.end(), _BODY_BEGINS.search(text, m.end(), m.end() + _ROW_LENGTH)) for m in _ROW_BEGINS.finditer(text))
    return frozenset(end.end() for low, end in found if end is not None and not _SENTENCE_ENDS.search(text, low, end.start()))


def _ends_sentence(words, tags, spaced, flags, i) -> bool:
    """Whether a sentence begins at token i."""
    if not spaced[i]:
        return False
    before = tags[i - 1]
    if before == "SF":
        return "EF" in tags[i - 2] or tags[i - 2] in ("SSC", "ETN") or (flags[i] and tags[i - 2] not in ("SN", "W_SERIAL"))
    return flags[i] and ("EF" in before or before in ("ETN", "SSC") and "EF" in tags[i - 2])
