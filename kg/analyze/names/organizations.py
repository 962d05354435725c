"""Organizations in a noun phrase: known names, names that end like one, and corporate marks (㈜)."""

from __future__ import annotations

from collections.abc import Sequence

from kg.analyze.names.adjacent import branches, foreign_bodies
from kg.analyze.names.endings import Spot
from kg.analyze.names.known import Known, known_in
from kg.analyze.names.missions import missions
from kg.analyze.names.parties import party
from kg.analyze.names.suffixed import suffixed
from kg.analyze.names.words import Word, organization_suffix
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention


def organizations_in(words: Sequence[Word], tokens: Tokens, known: Known, knowledge: Knowledge) -> list[Mention]:
    """Organization, country and place mentions of a phrase, left to right, not overlapping."""
    found: list[Mention] = []
    taken = -1
    for position, word in enumerate(words):
        named, taken = known_in(word, taken, tokens, known, knowledge)
        found.extend(named)
        if told := _told(Spot(words, position, tokens, knowledge, found, taken)):
            while found and found[-1].start >= told[0].start:
                found.pop()
            found.extend(told)
            taken = word.last
    return missions(words, branches(foreign_bodies(found, tokens), tokens), tokens, knowledge)


def _told(spot: Spot) -> list[Mention]:
    """The bodies that a word tells of which the gazetteer does not know."""
    word, knowledge = spot.word, spot.knowledge
    if (government := _government(spot)) is not None:
        return [government]
    if word.first <= spot.taken:
        return []
    if word.text in knowledge.organizations.ministries and _abroad(spot.found, word, spot.tokens):
        return [Mention(start=word.start, end=word.end, kind="GovernmentBody", name=word.text, rule="suffix")]
    if several := _dotted(word, spot.tokens, knowledge):
        return several
    mention = party(spot.words, spot.position, knowledge) or suffixed(spot)
    return [mention] if mention else []


def _government(spot: Spot) -> Mention | None:
    """몽골 정부"""
    country = spot.beside(spot.word.start) if spot.word.text == "정부" else None
    if country is None or country.kind != "Country":
        return None
    return Mention(start=country.start, end=spot.word.end, kind="GovernmentBody", name=f"{country.name} 정부", rule="suffix")


def _dotted(word: Word, tokens: Tokens, knowledge: Knowledge) -> list[Mention]:
    """Bodies that middle dots join in one word, each of which has a name of its own: 가람전자·나래소프트."""
    parts = word.text.split("·")
    suffixes = [organization_suffix(part, knowledge) for part in parts]
    named = any(tokens.tags[i] in ("NNP", "SL", "UN") for i in range(word.first, word.last + 1))
    if (
        len(parts) < 2
        or not named
        or not all(
            s is not None and len(s) > 1 and len(part) > len(s) + 1 and part not in knowledge.organizations.generic
            for part, s in zip(parts, suffixes)
        )
    ):
        return []
    found, at = [], word.start
    for part, suffix in zip(parts, suffixes):
        kind = knowledge.organizations.suffixes[suffix or ""]
        found.append(Mention(start=at, end=at + len(part), kind=kind, name=part, rule="suffix"))
        at += len(part) + 1
    return found


def _abroad(found: Sequence[Mention], word: Word, tokens: Tokens) -> bool:
    """Whether another country's name stands right before a word."""
    before = found[-1] if found else None
    return (
        before is not None
        and before.kind == "Country"
        and before.known != "대한민국"
        and tokens.text[before.end : word.start] == " "
    )
