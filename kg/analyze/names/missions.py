"""Missions abroad, told by where they are and whose they are: 주베트남 대한민국 대사관, 주한 미국대사관, 주아세안일본대표부."""

from __future__ import annotations

from collections.abc import Sequence

from kg.analyze.names.words import Word
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention

_HERE = frozenset({"한", "미", "일", "중", "영", "독", "불", "러"})  # 주한, 주미
_SEATS = ("Country", "Place", "InternationalOrganization")


def missions(words: Sequence[Word], found: list[Mention], tokens: Tokens, knowledge: Knowledge) -> list[Mention]:
    """The bodies of a phrase with its missions, in place of the names that are only parts of theirs."""
    for last, word in enumerate(words):
        if not word.text.endswith(knowledge.organizations.missions):
            continue
        kind = next(k for k in knowledge.organizations.missions if word.text.endswith(k))
        first = _first(words, last, kind, tokens, knowledge)
        if first is None or any(m.known and m.start == first.start and m.end == word.end for m in found):
            continue
        found = [m for m in found if m.end <= first.start or m.start >= word.end]
        name = tokens.text[first.start : word.end]
        found.append(Mention(start=first.start, end=word.end, kind="GovernmentBody", name=name, rule="suffix"))
    return sorted(found, key=lambda m: m.start)


def _first(words: Sequence[Word], last: int, kind: str, tokens: Tokens, knowledge: Knowledge) -> Word | None:
    """The word that a mission's name begins with: 주 and where it is; between them may stand whose it is."""
    rest = words[last].text.removesuffix(kind)
    for first in range(last, max(last - 3, -1), -1):
        if rest.startswith("주") and _posted(rest[1:], knowledge):
            return words[first]
        if first == 0 or words[first - 1].last + 1 != words[first].first or rest and not _named(rest, knowledge):
            return None
        rest = words[first - 1].text
    return None


def _posted(text: str, knowledge: Knowledge) -> bool:
    """Whether a text is where a mission is, alone or with whose it is: 한, 베트남, 아세안일본."""
    return any(
        (text[:cut] in _HERE or _named(text[:cut], knowledge)) and (cut == len(text) or _named(text[cut:], knowledge))
        for cut in range(1, len(text) + 1)
    )


def _named(text: str, knowledge: Knowledge) -> bool:
    """Whether a text is a country, a city or an international body."""
    return any(
        schema().is_a(e.place_cls or e.cls, seat) or schema().is_a(e.cls, seat)
        for e in knowledge.gazetteer.by_name(text)
        for seat in _SEATS
    )
