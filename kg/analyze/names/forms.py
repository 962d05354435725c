"""Organizations that a legal form tells of: ㈜나래온, (주)나래온, 나래온㈜, 법무법인 나래, 주식회사 나래온."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.analyze.names.words import Word, organization_suffix, title_in
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention

_CORPORATE = ("㈜", "㈔", "(주)", "(재)", "(사)")


def by_form(
    words: Sequence[Word], position: int, tokens: Tokens, knowledge: Knowledge, barriers: frozenset[str]
) -> Mention | None:
    """A name that only its legal form tells of; ``barriers`` are words that belong to no name."""
    word = words[position]
    text = word.text
    for mark in _CORPORATE:
        if text.startswith(mark) and len(text) > len(mark) + 1:
            return Mention(
                start=word.start + len(mark), end=word.end, kind="Company", name=text[len(mark) :], rule="corporate-mark"
            )
    if text.endswith("㈜") and len(text) > 2:
        return Mention(start=word.start, end=word.end - 1, kind="Company", name=text[:-1], rule="corporate-mark")
    if (
        len(text) > 1
        and (
            _marked(tokens, word.first - 3)
            and not tokens.spaced[word.first]
            or _marked(tokens, word.last + 1)
            and not tokens.spaced[word.last + 1]
        )
        and proper(tokens, word)
    ):
        return Mention(start=word.start, end=word.end, kind="Company", name=text, rule="corporate-mark")
    return _formed(words, position, tokens, knowledge, barriers)


def _marked(tokens: Tokens, opening: int) -> bool:
    """Whether (주) begins at a token: a company's name stands before or behind it."""
    return (
        opening >= 0
        and opening + 2 < len(tokens.words)
        and tuple(tokens.words[opening : opening + 3]) in (("(", "주", ")"), ("(", "유", ")"))
    )


def _formed(
    words: Sequence[Word], position: int, tokens: Tokens, knowledge: Knowledge, barriers: frozenset[str]
) -> Mention | None:
    """A name that only the legal form before it tells of: 법무법인 나래, 주식회사 나래온."""
    if not position:
        return None
    lexicon, word, before = knowledge.organizations, words[position], words[position - 1]
    gap = re.sub(r"\s+", " ", tokens.text[before.end : word.start])
    if (
        gap not in (" ", "(유) ", "(유한) ")
        or title_in(word.text, knowledge)
        or word.text in lexicon.generic | barriers
        or tokens.tags[word.last] == "NNB"
    ):
        return None
    kind = lexicon.forms.get(before.text) or lexicon.dropped_forms.get(before.text)
    if (
        kind is None
        or organization_suffix(word.text, knowledge)
        or before.text in lexicon.dropped_forms
        and word.first == word.last
        and not proper(tokens, word)
    ):
        return None
    start = before.start if before.text in lexicon.forms else word.start
    name = f"{before.text} {word.text}" if start == before.start else word.text
    return Mention(start=start, end=word.end, kind=kind, name=name, rule="corporate-mark")


def proper(tokens: Tokens, word: Word) -> bool:
    """Whether a word has a part that the analyser takes for a proper name."""
    return any(tokens.tags[i] in ("NNP", "SL") for i in range(word.first, word.last + 1))
