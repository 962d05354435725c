"""Groups that a footnote or a parenthesis spells out: 유관기관*과 함께 개최했다. * 한빛공단, 나래협회, … – the members stand for the group in its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.analyze.names.people import is_organization
from kg.analyze.names.rosters import in_parentheses, items
from kg.analyze.names.settled import COUNTED
from kg.analyze.names.words import event_noun, title_in, words_of
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention

_FEWEST = 3  # members of a list; fewer may be anything
_LAST = re.compile(r"\s등(?:\s\d+\s?(?:개|곳)\s?[가-힣]{0,4})?\s*$")
_NAME = re.compile(
    r"(?:㈜|\([주재사]\)\s?)?(?P<name>[^\s,.:;“”‘’()＊*]{2,20}(?:\s[^\s,.:;“”‘’()*]{1,12}){0,3})\s?(?:㈜|\([^()]{1,30}\))?\s*$"
)
_NUMBERED = re.compile(r"(?<!\d)(?P<n>\d{1,2})\s?(?:개(?!\s?국)|사$)")
_SIDE = re.compile(r"\([가-힣A-Za-z]{1,8}\s?측\)")  # (우리측) ○○부, ○○원 / (미국측) △△부
_PEOPLE = re.compile(r".*\d+(?:명|인)$")


def spelled_out(sentences: Sequence, tokens: Tokens, knowledge: Knowledge) -> None:
    """Give groups the members that the parenthesis after them lists, and the one group of a sentence those of the footnote after it.

    ``sentences`` are SentenceReadings.
    """
    for sentence in sentences:
        for i, phrase in enumerate(sentence.phrases):
            if phrase.kind == "NP" and phrase.notes and not sentence.heads[i]:
                sentence.heads[i] = in_parentheses(phrase, tokens, knowledge)
    for sentence, footnote in zip(sentences, sentences[1:]):
        if footnote.sentence.role != "footnote" and not tokens.text.startswith("*", footnote.start):
            continue
        members = _members(footnote, tokens, knowledge) or _as_many(sentence, footnote, tokens, knowledge)
        if not members:
            continue
        people = members[0].kind == "Person"
        groups = [
            i
            for i, (phrase, heads) in enumerate(zip(sentence.phrases, sentence.heads))
            if phrase.kind == "NP" and not heads and _is_group(phrase, tokens, knowledge, people)
        ]
        if len(groups) == 1:
            sentence.heads[groups[0]] = members


def _members(footnote, tokens: Tokens, knowledge: Knowledge) -> tuple[Mention, ...]:
    """The bodies, or the people, of the list that a footnote is, or begins with where the next sentence is glued to it."""
    if bodies := listed(footnote, tokens, knowledge):
        return bodies
    rows, whole = [], True
    for phrase, heads in zip(footnote.phrases, footnote.heads):
        if (
            phrase.kind in ("COMMA", "ADV")
            or phrase.kind == "NOTE"
            and _SIDE.fullmatch(tokens.surface(phrase.first, phrase.last))
        ):
            continue
        if phrase.kind != "NP" or not phrase.tokens or phrase.particle not in ("", ",", "·", "및", "/"):
            whole = False
            break
        rows.append((phrase, heads))
    if not whole:
        while rows and rows[-1][0].particle != "," and not rows[-1][0].comma:
            rows.pop()
    for wanted in (lambda m: m.kind == "Person", is_organization):
        members = tuple(m for _, heads in rows for m in heads if wanted(m))
        if len(members) >= _FEWEST and 3 * len(members) >= 2 * len(rows):
            return members
    return ()


def _as_many(sentence, footnote, tokens: Tokens, knowledge: Knowledge) -> tuple[Mention, ...]:
    """The members of a footnote with as many names as the sentence counts bodies, one known at least: 4개 시민단체*가 … * ○○연대, ○○회, …

    Where the next sentence is glued to the last name that one is left out.
    """
    counts = [
        n
        for phrase, heads in zip(sentence.phrases, sentence.heads)
        if not heads and (n := _counted_bodies(phrase, tokens, knowledge))
    ]
    if len(counts) != 1 or counts[0] < _FEWEST:
        return ()
    text = tokens.text[footnote.start : footnote.end]
    lead = len(text) - len(text.lstrip("*※ "))
    rows = list(items(_LAST.sub("", text[lead:])))
    if len(rows) < counts[0]:
        return ()
    known = [m for heads in footnote.heads for m in heads if is_organization(m)]
    found: list[tuple[Mention, ...]] = []
    for low, item in rows[: counts[0] - (len(rows) > counts[0])]:
        found.append(_named(item, footnote.start + lead + low, known, knowledge))
    if len(found) == len(rows) and not found[-1]:
        found.pop()
    members = tuple(m for row in found for m in row)
    return members if len(members) >= _FEWEST and all(found) and any(m.known for m in members) else ()


def _counted_bodies(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> int | None:
    """How many bodies a noun phrase counts: 7개 소비자·시민단체, 10개사."""
    words = words_of(tokens, phrase.tokens) if phrase.kind == "NP" else []
    found = _NUMBERED.search(tokens.text[words[0].start : words[-1].end]) if words else None
    last = words[-1].text.removesuffix("들") if words else ""
    return int(found["n"]) if found and (last.endswith((*knowledge.rosters.kinds, "개사")) or last == found[0]) else None


def _named(item: str, start: int, known: Sequence[Mention], knowledge: Knowledge) -> tuple[Mention, ...]:
    """The bodies that an item of a list names: the known ones in it, else the one that it is."""
    part = _NAME.match(item)
    if part is None:
        return ()
    low, high = start + part.start("name"), start + part.end("name")
    if inside := tuple(m for m in known if low <= m.start and m.end <= high):
        return inside
    return (
        (Mention(start=low, end=high, kind="Organization", name=part["name"], rule="listed", certain=False),)
        if _is_name(part["name"], knowledge)
        else ()
    )


def listed(footnote, tokens: Tokens, knowledge: Knowledge) -> tuple[Mention, ...]:
    """The members of a footnote that is a list of bodies, where half of them are known: the rest are bodies too (소비자와함께)."""
    text = tokens.text[footnote.start : footnote.end]
    lead = len(text) - len(text.lstrip("*※ "))
    known = [m for heads in footnote.heads for m in heads if is_organization(m)]
    rows = [_named(item, footnote.start + lead + low, known, knowledge) for low, item in items(_LAST.sub("", text[lead:]))]
    found = [m for row in rows for m in row]
    named = sum(any(m in known for m in row) for row in rows)
    if not all(rows):
        return ()
    return tuple(found) if len(found) >= _FEWEST and 2 * named > len(found) else ()


def _is_name(words: str, knowledge: Knowledge) -> bool:
    """Whether words of a list of bodies can be the name of one: no kind, no title, no event (a 모임 is either)."""
    last, lexicon = words.split(" ")[-1], knowledge.organizations
    kind = last in lexicon.generic | lexicon.crowds and not words[0].isascii()  # ABC 코리아
    return any(c.isalpha() for c in words) and not (
        kind or title_in(last, knowledge) or event_noun(last, knowledge) not in (None, "모임")
    )


def _is_group(phrase: Phrase, tokens: Tokens, knowledge: Knowledge, people: bool) -> bool:
    """Whether a noun phrase ends with several of a kind: 유관기관들, 10개사, 대표 8명."""
    words = words_of(tokens, phrase.tokens)
    dotted, last = words[-1].text.count("·"), words[-1].text.removesuffix("들").split("·")[-1]  # 소비자·시민단체
    if people:
        return bool(_PEOPLE.fullmatch(last)) or last in knowledge.organizations.crowds
    return (
        any(COUNTED.fullmatch(w.text) for w in words)
        or COUNTED.search(f"{words[-2].text} {last}" if words[1:] else "") is not None
        or last in knowledge.organizations.generic
        and (dotted > 0 or len(words) > 1 or last.startswith(("유관", "관계", "참여", "관련")))
    )
