"""Bodies that only the word for their group tells of: 한빛전자, 나래온, LB 벤처 등 6개 기업이.

A list ends with 등 and what its members are; those that nothing else tells of are bodies where another one of the list is known, or
where all of them are proper names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.analyze.names.people import is_organization
from kg.analyze.names.settled import COUNTED
from kg.analyze.names.words import HANGUL, Word, event_noun, tags_of, title_in, words_of
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention

if TYPE_CHECKING:
    from kg.analyze.readings import SentenceReading

_PARTED = frozenset({",", "과", "와", "·", "및"})
_NAMING = frozenset({"NNP", "NNG", "SL", "SN", "SW", "UN", "XSN", "SO", "SP"})
_PROPER = frozenset({"NNP", "SL", "UN"})
_NUMBER = re.compile(r"(?:총|모두)?\d+여?(?:개|곳|개사|개국)?")
_ATTENDING = frozenset({"참석하다", "참가하다", "참여하다"})
_PEOPLE = re.compile(r"등 [\d,]+여?\s?명")
_NEAR = 7  # phrases between those counted and what they do
_FAR = 5  # words between 등 and the word for the group


def grouped(
    sentences: Sequence[SentenceReading], mentions: Sequence[Mention], tokens: Tokens, knowledge: Knowledge
) -> Iterator[Mention]:
    """The unknown members of lists whose last words say that they are bodies."""
    ends = {m.end: m for m in mentions if is_organization(m)}
    taken = sorted((m.start, m.end) for m in mentions)
    for sentence in sentences:
        for i, phrase in enumerate(sentence.phrases):
            if phrase.kind != "NP":
                continue
            last = _before_group(phrase, tokens, knowledge)
            present = [] if last else _before_attending(sentence.phrases, i, tokens)
            if last or present:
                members = [last or present, *(words_of(tokens, p.tokens) for p in _members(sentence.phrases, i))]
                yield from _unknown([m for m in members if m], ends, taken, tokens, knowledge, least=2 if present else 1)


def _before_attending(phrases: Sequence[Phrase], i: int, tokens: Tokens) -> list[Word]:
    """The words before 등 of a phrase that 참석 follows (* 한빛은행, 나래 KC 등 참석), and of one that counts those who do (등 40여 명의 전문가가)."""
    words = words_of(tokens, phrases[i].tokens)
    counts = _PEOPLE.fullmatch(" ".join(w.text for w in words[-3:])) or _PEOPLE.fullmatch(" ".join(w.text for w in words[-2:]))
    if counts and phrases[i].particle in ("의", "이"):
        attends = next((p for p in phrases[i + 1 : i + _NEAR] if p.kind == "PRED"), None)
        size = counts[0].count(" ") + 1
        return words[:-size] if attends is not None and attends.lemma in _ATTENDING else []
    attended = i + 1 < len(phrases) and phrases[i + 1].kind == "PRED" and phrases[i + 1].lemma in _ATTENDING
    return words[:-1] if attended and words and words[-1].text == "등" and phrases[i].particle in ("", "이") else []


def _before_group(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> list[Word]:
    """The words before 등 of a phrase that ends with the word for a group of bodies (… 등 6개 전문 투자사)."""
    words = words_of(tokens, phrase.tokens)
    at = next((k for k, w in enumerate(words) if w.text == "등"), 0)
    rest = words[at + 1 : at + 1 + _FAR] if at else []
    kinds = tuple(knowledge.rosters.kinds)
    named = [w for w in rest if not _NUMBER.fullmatch(w.text)]
    if (
        not rest
        or not any(w.text.removesuffix("들").endswith(kinds) or COUNTED.fullmatch(w.text) for w in named)
        or len(rest) == _FAR
    ):
        return []
    return words[:at]


def _members(phrases: Sequence[Phrase], last: int) -> Iterator[Phrase]:
    """The phrases of a list before its last one, nearest first."""
    i = last - 1
    while i >= 0:
        if (
            phrases[i].kind == "ADV"
            and phrases[i].particle == "및"
            and i
            and phrases[i - 1].kind == "NP"
            and not phrases[i - 1].particle
        ):
            i -= 1
        elif phrases[i].kind != "NP" or phrases[i].particle not in _PARTED:
            return
        yield phrases[i]
        i -= 1


def _unknown(
    members: Sequence[Sequence[Word]],
    ends: dict[int, Mention],
    taken: Sequence[tuple[int, int]],
    tokens: Tokens,
    knowledge: Knowledge,
    *,
    least: int,
) -> Iterator[Mention]:
    """The members that nothing else tells of, where ``least`` others are known, or all are single proper names."""
    if any(title_in(words[-1].text, knowledge) for words in members):
        return  # a list of people too
    known = [words for words in members if _end(words) in ends]
    new = [words for words in members if _end(words) not in ends and _can_be_body(words, taken, tokens, knowledge)]
    alike = (
        least == 1
        and len(new) == len(members) > 1
        and all(
            len(w) == 1 and len(w[0].text) > 2 and HANGUL.fullmatch(w[0].text) and set(tags_of(tokens, w[0])) == {"NNP"}
            for w in new
        )
    )
    for words in new if len(known) >= least or alike else ():
        start, end = words[0].start, words[-1].end
        yield Mention(start=start, end=end, kind="Organization", name=tokens.text[start:end], rule="grouped", certain=False)


def _end(words: Sequence[Word]) -> int:
    """Where a name ends, without the mark of its legal form (한빛자동차㈜)."""
    return words[-1].end - words[-1].text.endswith("㈜")


def _can_be_body(words: Sequence[Word], taken: Sequence[tuple[int, int]], tokens: Tokens, knowledge: Knowledge) -> bool:
    """Whether words can be the name of a body that nothing else tells of: a proper name, or a known one and more words."""
    start, end = words[0].start, words[-1].end
    inside = [(a, b) for a, b in taken if a < end and start < b]
    tags = [tag for word in words for tag in tags_of(tokens, word)]
    return (
        len(words) <= 3
        and end - start > 1
        and set(tags) <= _NAMING
        and any(tag in _PROPER for tag in tags)
        and all(a == start and b < end for a, b in inside)
        and not any(
            w.text in knowledge.organizations.generic | knowledge.organizations.crowds or title_in(w.text, knowledge)
            for w in words
        )
        and event_noun(words[-1].text, knowledge) is None
    )
