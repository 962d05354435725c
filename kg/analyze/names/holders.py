"""Whose a title is: the name before it (○○○ [body] 교수) or behind it (원장 ○○○), of a Korean or of a foreigner (톰 밀러 영국 내무부 위원장)."""

from __future__ import annotations

from dataclasses import dataclass

from kg.analyze.names.chunks import Chunk
from kg.analyze.names.employers import company_after, fused_body
from kg.analyze.names.foreigners import foreign_tail, foreign_word
from kg.analyze.names.titles import Title
from kg.analyze.names.words import HANGUL, Word, apart, has_name_shape, title_in
from kg.model import Mention

_FAR = 7  # words between a name and its title


@dataclass(frozen=True, slots=True)
class Holder:
    """The words of a name, and the company that stands between it and its title and that nothing else tells of."""

    first: int
    last: int
    company: Mention | None = None


def holder_of(chunk: Chunk, title: Title) -> Holder | None:
    """The nearest name before a title, else the one right behind it."""
    return _before(chunk, title) or _behind(chunk, title)


def _before(chunk: Chunk, title: Title) -> Holder | None:
    words = chunk.words
    for j in range(title.at - 1, chunk.begin - 1, -1):
        word = words[j]
        if apart(word, words[j + 1], chunk.tokens):
            return None  # ○○○ ▲ 공공조사팀장
        if chunk.inside(word) is not None:
            continue
        if word.text in ("등", "및", "겸") or title.at - j > _FAR:
            return None
        if not _western(chunk, j) and word.end not in chunk.foreign and _asked_for(chunk, title, j):
            return _korean(chunk, title, j)
        if word.end in chunk.foreign or _foreign(chunk, j):
            if title.prefix and title.prefix.isascii() and word.text.isascii():
                return None  # … Lab Sound AI팀장
            if (found := _foreigner(chunk, title, j)) is not None:
                return found
    return None


def _foreign(chunk: Chunk, j: int) -> bool:
    """Whether a word and the one before it can be a foreign name."""
    words, tokens = chunk.words, chunk.tokens
    return (
        j > chunk.begin
        and foreign_word(words[j], tokens)
        and foreign_word(words[j - 1], tokens)
        and not chunk.inside(words[j - 1])
        and not _full_name(chunk, j - 1)
    )


def _western(chunk: Chunk, j: int) -> bool:
    """Whether a word is rather the last of a foreign name than a Korean's."""
    words, knowledge, text = chunk.words, chunk.knowledge, chunk.words[j].text
    return (
        _foreign(chunk, j)
        and words[j - 1].text not in knowledge.organizations.generic
        and text[:2] not in knowledge.surnames.two
        and not set(text[1:]) <= knowledge.surnames.given
        and chunk.adjoin(j - 1)
    )


def _asked_for(chunk: Chunk, title: Title, j: int) -> bool:
    """Whether a word is a Korean's name; one right before a title that stands for itself may look like less."""
    beside = j == title.at - 1 and len(chunk.words[j].text) == 3
    whole = beside and (title.prefix == "" or fused_body(title.prefix, title.role, chunk.knowledge) is not None)
    return chunk.is_name(j, strong=whole)


def _korean(chunk: Chunk, title: Title, j: int) -> Holder:
    words, k = chunk.words, title.at
    if k - j == 2 and not chunk.inside(words[j + 1]) and (own := company_after(chunk, j, j + 1, title.role)) is not None:
        return Holder(j, j, own)
    if len(words[j].text) < 3 and j == k - 1 and not _lone(chunk, j):
        return Holder(_foreign_start(chunk, j), j)
    return Holder(j, j)


def _foreigner(chunk: Chunk, title: Title, j: int) -> Holder | None:
    words, latin = chunk.words, chunk.foreign.get(chunk.words[j].end)
    first = _foreign_start(chunk, j) if latin is None else max(chunk.begin, j + 1 - latin)
    while first < j and chunk.inside(words[first]):
        first += 1
    if latin is None and first == j:
        return None
    own = company_after(chunk, first, j, title.role) if latin is None else None
    return Holder(first, j) if own is None else Holder(first, first, own)


def _behind(chunk: Chunk, title: Title) -> Holder | None:
    at = title.last + 1
    if at >= len(chunk.words) or chunk.inside(chunk.words[at]):
        return None
    word = chunk.words[at]
    several = _goes_on(chunk, at)
    given = len(word.text) == 3 and set(word.text[1:]) <= chunk.knowledge.surnames.given
    if (given or not several) and chunk.is_name(at) and not _of_the_next(chunk, at):
        return Holder(at, at)
    if several:
        stop = at + 1
        while stop + 1 < len(chunk.words) and _ends_foreign(chunk, stop + 1):
            stop += 1
        return Holder(at, stop)
    return Holder(at, at) if word.end in chunk.foreign and HANGUL.match(word.text) else None


def _goes_on(chunk: Chunk, at: int) -> bool:
    """Whether a foreign name begins at a word and goes on with the next."""
    words, tokens = chunk.words, chunk.tokens
    return (
        at + 1 < len(words)
        and foreign_word(words[at], tokens)
        and foreign_word(words[at + 1], tokens)
        and not chunk.inside(words[at + 1])
        and title_in(words[at + 1].text, chunk.knowledge) is None
    )


def _ends_foreign(chunk: Chunk, i: int) -> bool:
    """Whether a word goes on with a foreign name."""
    word: Word = chunk.words[i]
    tail = foreign_word(word, chunk.tokens) or i + 1 == len(chunk.words) and foreign_tail(word, chunk.tokens, chunk.knowledge)
    return tail and not chunk.inside(word)


def _of_the_next(chunk: Chunk, at: int) -> bool:
    """Whether a name has a title of its own behind it: 원장, ○○○ 교수."""
    if at + 1 >= len(chunk.words):
        return False
    word, knowledge = chunk.words[at + 1], chunk.knowledge
    return (
        not apart(chunk.words[at], word, chunk.tokens)
        and title_in(word.text, knowledge) is not None
        and not chunk.inside(word)
        and word.text not in knowledge.titles.acting
    )


def _lone(chunk: Chunk, j: int) -> bool:
    """Whether no foreign word stands before a word."""
    before = chunk.words[j - 1]
    return j == chunk.begin or chunk.inside(before) is not None or not foreign_word(before, chunk.tokens)


def _full_name(chunk: Chunk, i: int) -> bool:
    """Whether a word is a Korean's full name with a common family name, and not the middle of a foreign one: 유○훈 나래사일로 이사."""
    text, surnames = chunk.words[i].text, chunk.knowledge.surnames
    return (
        len(text) == 3
        and text[0] in surnames.common
        and has_name_shape(text, chunk.knowledge)
        and text not in surnames.not_names
        and (i == chunk.begin or not foreign_word(chunk.words[i - 1], chunk.tokens))
    )


def _foreign_start(chunk: Chunk, j: int) -> int:
    """The first word of a foreign name that ends at a word."""
    words, knowledge, first = chunk.words, chunk.knowledge, j
    while (
        first > chunk.begin
        and j - first < 3
        and chunk.inside(words[first - 1]) is None
        and foreign_word(words[first - 1], chunk.tokens)
        and title_in(words[first - 1].text, knowledge) is None
        and words[first - 1].text not in knowledge.gazetteer
    ):
        first -= 1
    return first
