"""Sittings that are called by the body that sits: 제7차 ○○정책위원회, ○○ 자문위원회를 개최."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.analyze.names.words import Word, words_of
from kg.analyze.numbers import edition_in
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention

_ROUND = re.compile(r"제?\d{1,3}(?:차|회)")
_OFTEN = re.compile(r"\d+여?차례")  # how often it sat
_LED_BY = frozenset({"산하", "소속", "주재", "주관", "주최"})  # ○○청 소속 자문위원회: the body's parent is no part of the name
_TERM = re.compile(r"(?:^|\s)제?\d{1,2}기\s[가-힣]+$")
# Behind what may be a sitting and is a body beside others: 나래협의회, …; 나래협의회와.
BESIDE = frozenset({",", "·", "과", "와"})
_PASSED = frozenset({"에서", "에서는", "에", ""})


def of_term(name: str) -> bool:
    """Whether what may be a body or its sitting is the body of a term: 제3기 협의회."""
    return _TERM.search(name) is not None


def sitting_in(phrases: Sequence[Phrase], at: int, tokens: Tokens, knowledge: Knowledge) -> Mention | None:
    """The sitting that a noun phrase names: a body of people with an ordinal, or one that is held (개최하다, 열다)."""
    phrase = phrases[at]
    if phrase.tokens and phrase.quoted:
        return _titled(phrase, tokens, knowledge)
    if not phrase.tokens:
        return None
    words = words_of(tokens, phrase.tokens)
    last = words[-1]
    if not last.text.endswith(tuple(knowledge.events.sittings)):
        return None
    first = _numbered(words)
    if first is None and not (phrase.particle in ("을", "를", "") and _held(phrases, at, knowledge)):
        return None
    if first is None:
        first = _begin(words, knowledge)
    if first == len(words) - 1 and last.text in knowledge.events.sittings:
        return None  # 위원회를 개최: whichever it is
    name = tokens.text[words[first].start : last.end].strip()
    return Mention(start=words[first].start, end=last.end, kind="Meeting", name=name, rule="event-noun", edition=edition_in(name))


def _titled(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> Mention | None:
    """The sitting with an ordinal that a title in quotation marks names: ‘제18차 ○○위원회(9.20.)’."""
    opening, closing = phrase.quoted[-1]
    if closing != phrase.last:
        return None
    start = tokens.ends[opening]
    name = tokens.text[start : tokens.starts[closing]].partition("(")[0].strip()
    if not name.endswith(tuple(knowledge.events.sittings)) or not _ROUND.match(name):
        return None
    return Mention(start=start, end=start + len(name), kind="Meeting", name=name, rule="event-noun", edition=edition_in(name))


def _numbered(words: Sequence[Word]) -> int | None:
    """The word with the ordinal of a sitting, or the year before it."""
    at = next((i for i in range(len(words) - 2, -1, -1) if _ROUND.fullmatch(words[i].text)), None)
    if at is None or any(w.text in _LED_BY for w in words[at:]):
        return None
    return at - 1 if at and re.fullmatch(r"[’‘']?\d{2,4}년(?:도)?", words[at - 1].text) else at


def _begin(words: Sequence[Word], knowledge: Knowledge) -> int:
    """The first word of a sitting's name, behind what only introduces it."""
    leads = [
        i + 1
        for i, w in enumerate(words[:-1])
        if w.text in _LED_BY or w.text in knowledge.events.determiners or w.text == "등" or _OFTEN.fullmatch(w.text)
    ]
    return max(leads, default=0)


def _held(phrases: Sequence[Phrase], at: int, knowledge: Knowledge) -> bool:
    """Whether the next predicate holds what a phrase names; times and places may stand between."""
    for phrase in phrases[at + 1 :]:
        if phrase.kind == "PRED":
            return phrase.lemma in knowledge.verbs["host"].active
        if phrase.kind == "NP" and phrase.particle not in _PASSED:
            return False
    return False
