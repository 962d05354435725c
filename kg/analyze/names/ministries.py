"""Ministries of another country that a list names without it: 몽골 교육부 및 법무부 are both Mongolia's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.analyze.names.words import words_of
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention

_JOINED = frozenset({"", ",", "·", "과", "와", "및"})


def of_same_country(sentences: Sequence, mentions: Sequence[Mention], tokens: Tokens, knowledge: Knowledge) -> list[Mention]:
    """The mentions, with a bare ministry right behind another country's in a list under that country's name.

    ``sentences`` are SentenceReadings; their heads change with the mentions.
    """
    named: dict[tuple[int, int], Mention] = {}
    for sentence in sentences:
        country = None
        for i, (phrase, heads) in enumerate(zip(sentence.phrases, sentence.heads)):
            if phrase.kind == "ADV" and phrase.particle == "및":
                continue
            if country is not None and phrase.kind == "NP" and len(heads) == 1 and _bare(phrase, heads[0], tokens, knowledge):
                whole = replace(heads[0], name=f"{country} {heads[0].name}", known=None, rule="suffix")
                named[whole.start, whole.end] = whole
                sentence.heads[i] = (whole,)
            else:
                country = _country(heads[-1], knowledge) if phrase.kind == "NP" and heads else None
            if phrase.particle not in _JOINED:
                country = None
    return [named.get((m.start, m.end), m) for m in mentions]


def _bare(phrase, head: Mention, tokens: Tokens, knowledge: Knowledge) -> bool:
    """Whether a phrase begins with a ministry's name and nothing before it."""
    words = words_of(tokens, phrase.tokens)
    return bool(words) and words[0].start == head.start and head.name in knowledge.organizations.ministries


def _country(head: Mention, knowledge: Knowledge) -> str | None:
    """The other country whose ministry a mention is."""
    first, _, rest = head.name.partition(" ")
    if head.known or rest not in knowledge.organizations.ministries and not rest.endswith(("부", "성", "처", "청")):
        return None
    found = [e for e in knowledge.gazetteer.by_name(first) if e.cls == "Country" and e.name != "대한민국"]
    return first if found else None
