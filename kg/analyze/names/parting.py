"""Words of a noun phrase parted and closed up so that each name of a person is one word: ○○○ 사장·○○○ 전무, 팀장 김 도 윤."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.analyze.names.words import Word, has_name_shape, title_in
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge


def parted(words: Sequence[Word], tokens: Tokens, knowledge: Knowledge) -> Sequence[Word]:
    """Words cut where a middle dot joins a title to the next name (○○○ 사장·○○○ 전무), or names that share a title (○○○·○○○ 판사)."""
    if not any("·" in w.text or "ㆍ" in w.text for w in words):
        return words
    out: list[Word] = []
    for word, after in zip(words, [*words[1:], None]):
        first = word.first
        names = (
            after is not None
            and title_in(after.text, knowledge) is not None
            and all(
                has_name_shape(part, knowledge) and part not in knowledge.surnames.not_names
                for part in re.split("[·ㆍ]", word.text)
            )
        )
        for i in range(word.first + 1, word.last):
            if tokens.words[i] in ("·", "ㆍ") and i > first and (names or title_in(tokens.surface(first, i - 1), knowledge)):
                out.append(Word(first, i - 1, tokens.surface(first, i - 1), tokens.starts[first], tokens.ends[i - 1]))
                first = i + 1
        out.append(
            word
            if first == word.first
            else Word(first, word.last, tokens.surface(first, word.last), tokens.starts[first], word.end)
        )
    return out


def closed_up(words: Sequence[Word], tokens: Tokens, knowledge: Knowledge) -> Sequence[Word]:
    """Words with a name in one that is written syllable by syllable (팀장 김 도 윤)."""
    if not any(len(w.text) == 1 for w in words):
        return words
    out, i = [], 0
    while i < len(words):
        letters = words[i : i + 3]
        if (
            all(len(w.text) == 1 for w in letters)
            and has_name_shape(name := "".join(w.text for w in letters), knowledge)
            and letters[0].last + 2 == letters[1].last + 1 == letters[2].last
        ):
            out.append(Word(letters[0].first, letters[2].last, name, letters[0].start, letters[2].end))
            i += 3
            continue
        out.append(words[i])
        i += 1
    return out
