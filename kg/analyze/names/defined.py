"""Bodies that a parenthesis with their head or acronym defines, though nothing in their own name says what they are: 모래(MORAE) · 감독기관장 협의체(APPA)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.analyze.names.words import Word, tags_of, title_in
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention

_WIDE = frozenset({"InternationalOrganization", "Country"})
_JOINT = re.compile(r"[가-힣]+[·‧ㆍ]$")
_ABOVE = frozenset({"산하", "소속", "부설", "직속"})
_ACRONYM_ITEM = re.compile(r"(?:^|[,;:]\s*)[A-Z][A-Z&\-]{1,9}(?:$|\s*[,;:])")
_CALLED = re.compile(r"(?:^|[,;]\s*)이하\s?[‘’'“\"](?P<name>[^‘’'“”\"]*)")
_ACRONYM = re.compile(r"(?:^|[,;:(]\s*)[A-Z]{3,8}(?:$|\s*[,;:)])")


_DESCRIBES = (
    "브랜드",
    "기업",
    "업체",
    "스타트업",
    "플랫폼",
    "전문점",
    "제조사",
    "개발사",
    "운영사",
    "회사",
)  # what a company is, before its name


def calls_league(word: Word, tokens: Tokens, opening: int, closing: int, knowledge: Knowledge) -> bool:
    """Whether a word that calls a league of bodies has an acronym behind it: 협의체(APPA)."""
    return word.text.endswith(knowledge.organizations.leagues) and _ACRONYM.search(tokens.surface(opening, closing)) is not None


def _here(place: Mention, knowledge: Knowledge) -> bool:
    """Whether a place before a name only says where the body sits: a Korean city or province, 대한민국; 아·태 지역 belongs to the name."""
    if place.kind == "Country":
        return place.known == "대한민국"
    return place.kind in ("City", "Region") and not (place.known and knowledge.gazetteer[place.known].cls == "Region")


def defines(tokens: Tokens, opening: int, closing: int, knowledge: Knowledge) -> bool:
    """Whether a parenthesis defines a name: an acronym or 이하 ‘…’; a title (이하 ‘회장’) is that of a person."""
    text = tokens.surface(opening, closing)[1:-1]
    called = _CALLED.search(text)
    if called and called["name"] in knowledge.titles.all:
        return False
    return called is not None or _ACRONYM_ITEM.search(text) is not None


def body_before(
    before: Sequence[Word],
    tokens: Tokens,
    knowledge: Knowledge,
    bodies: Sequence[Mention],
    *,
    headed: bool = False,
    leagued: bool = False,
) -> Mention | None:
    """The body that a parenthesis with its head or acronym defines, though nothing in its own name says what it is.

    ``leagued`` says that its last word calls a league of bodies (감독기관장 협의체(APPA)), which needs no proper name.
    """
    first = len(before) - 1
    proper = 0
    while first >= 0 and len(before) - first <= (6 if leagued else 4):
        word = before[first]
        tags = tags_of(tokens, word)
        if (
            word.text in knowledge.events.determiners
            or first < len(before) - 1
            and not leagued
            and (title_in(word.text, knowledge) or word.text in _ABOVE | knowledge.organizations.generic)
            or tags[-1] in ("NNB", "MM", "NR")
            or any(
                b.start < word.end
                and word.start < b.end
                and b.rule != "suffix"
                and schema().is_a(b.kind, "Organization")
                and not (leagued and b.kind in _WIDE)
                for b in bodies
            )
        ):
            break
        proper += any(t in ("NNP", "SL") for t in tags)
        first -= 1
    first += 1
    if leagued and (
        first >= len(before) - 1 and len(before[-1].text) < 6 or any(c.isdigit() for w in before[first:] for c in w.text)
    ):
        return None  # 협의체(○○) alone; 제4차 ○○ 협의회(○○) is a meeting
    if first >= len(before):
        return None
    while not leagued and first < len(before) - 1 and any(b.start == before[first].start and _here(b, knowledge) for b in bodies):
        first += 1
    if not proper and not leagued and (not headed or len(before) - first > 3):
        return None  # an acronym after ordinary words defines a term, no body
    while not leagued and first < len(before) - 1 and any(w.text.endswith(_DESCRIBES) for w in before[first:-1]):
        first = max(i for i in range(first, len(before) - 1) if before[i].text.endswith(_DESCRIBES)) + 1  # 공유주방 브랜드 [○○]
    start, end = before[first].start, before[-1].end
    if leagued and (joint := _JOINT.search(tokens.text, 0, start)):
        start = joint.start()  # 아·태 지역 … is one word
    if (label := tokens.text.rfind("=", start, end)) >= 0:
        start = label + 1  # 사진제공=[○○]
    name = tokens.text[start:end].strip("‘’“”「」『』㈜ ")
    if not _names_body(name, knowledge):
        return None
    start = tokens.text.index(name, start)
    return Mention(start=start, end=start + len(name), kind="Organization", name=name, rule="defined-by-note")


def _names_body(name: str, knowledge: Knowledge) -> bool:
    """Whether words can be the name of a body: no word for any body, for a case or for a term, and no opened quotation."""
    return not (
        len(name) < 2
        or name in knowledge.organizations.generic
        or name.split()[-1] in knowledge.cases.nouns
        or name.endswith(knowledge.organizations.terms)
        or any(mark in name for mark in "‘“「『")
    )
