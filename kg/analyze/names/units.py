"""The unit of a body that a person leads or works in, and words for a rank that are everyday words elsewhere.

한빛공단 ○○○ 진단처 처장 · 한빛공단 안전전략단 ○○○ 단장 · 한빛공단 ○○○ 책임
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.analyze.names.words import HANGUL, Word, has_name_shape, is_person_name, tags_of
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention


def rank_in(
    words: Sequence[Word], k: int, tokens: Tokens, bodies: Sequence[Mention], knowledge: Knowledge
) -> tuple[str, str] | None:
    """A rank that is an everyday word (한빛공단 ○○○ 책임): right behind a name, and nothing else follows in its phrase.

    So are some titles with a word in front: ○○○ 국제협력대사, ○○○ 한빛일보 의료선임기자.
    """
    if (longer := _behind_a_name(words, k, tokens, bodies, knowledge)) is not None:
        return longer
    if words[k].text not in knowledge.titles.ranks or k == 0 or k + 1 < len(words) and words[k + 1].text != "등":
        return None
    name = words[k - 1]
    tags = tags_of(tokens, name)
    if not has_name_shape(name.text, knowledge) or not is_person_name(name.text, tags, knowledge, strong=True):
        return None
    if any(body.end + 1 == name.start for body in bodies):
        return None if tags[-1] == "XSN" else ("", words[k].text)  # 한빛공단 수탁자 책임
    alone = k == 1 and words[k].text in knowledge.titles.plain_ranks and all(tag in ("NNP", "UN") for tag in tags)
    return ("", words[k].text) if alone else None


def _behind_a_name(
    words: Sequence[Word], k: int, tokens: Tokens, bodies: Sequence[Mention], knowledge: Knowledge
) -> tuple[str, str] | None:
    text = words[k].text
    title = next((t for t in knowledge.titles.behind_names if text.endswith(t) and len(text) > len(t) + 1), None)
    if title is None or any(b.start < words[k].end and words[k].start < b.end for b in bodies):
        return None
    first = min((b.start for b in bodies if b.end + 1 == words[k].start), default=words[k].start)
    name = next((w for w in words[:k] if w.end + 1 == first), None)
    if name is None or not has_name_shape(name.text, knowledge):
        return None
    own = is_person_name(name.text, tags_of(tokens, name), knowledge, strong=True)
    return (text.removesuffix(title), title) if own else None


def envoy_in(words: Sequence[Word], k: int, bodies: Sequence[Mention], knowledge: Knowledge) -> tuple[str, str] | None:
    """A diplomat's rank that is an everyday word, as the last of a phrase with a mission abroad: 주한 ○○대사관 ○○○ 공사."""
    if words[k].text not in knowledge.titles.envoys or k + 1 < len(words) and words[k + 1].text != "등":
        return None
    beside = (
        any(b.name.endswith(knowledge.organizations.missions) and b.end < words[k - 1].start for b in bodies) if k > 1 else False
    )
    return ("", words[k].text) if beside else None


def unit_and_body(
    words: Sequence[Word], first: int, role: str, before: Sequence[Mention], between: Sequence[Mention], tokens: Tokens
) -> tuple[Mention, Mention] | None:
    """The unit of a person and its body, where one stands on either side of the name, or the name of the unit ends like the title."""
    start = words[first].start
    for bodies in (between, before if before and before[-1].end + 1 == start else ()):
        if len(bodies) > 1 and (pair := _house(bodies[-2], bodies[-1], tokens)) is not None:
            return pair
    owner = next((b for b in before if b.end + 1 == start and b.kind != "OrganizationalUnit"), None)
    if owner is not None and between and all(b.kind == "OrganizationalUnit" and not b.known for b in between):
        return between[-1], owner
    told = words[first - 1] if first else None
    if (
        told is None
        or role[-1:] != "장"
        or not told.text.endswith(role[:-1])
        or len(told.text) <= len(role)
        or not HANGUL.fullmatch(told.text)
    ):
        return None
    owner = next((b for b in before if b.end + 1 == told.start and b.kind != "OrganizationalUnit"), None)
    if owner is None or any(b.start <= told.start < b.end for b in before):
        return None
    return Mention(start=told.start, end=told.end, kind="OrganizationalUnit", name=told.text, rule="head-stem"), owner


_HOUSES = ("연구소", "연구센터", "센터", "Lab", "LAB", "랩")
_GAP = re.compile(r"(?:\([^()]{1,20}\))? ")


def _house(owner: Mention, unit: Mention, tokens: Tokens) -> tuple[Mention, Mention] | None:
    """A house of research or service right behind the name of a whole body: 한빛전자(HB) 미래연구소 ○○○ 팀장."""
    if (
        owner.kind == "OrganizationalUnit"
        or not schema().is_a(owner.kind, "Organization")
        or unit.known
        or unit.rule != "suffix"
        or not unit.name.endswith(_HOUSES)
        or not _GAP.fullmatch(tokens.text, owner.end, unit.start)
    ):
        return None
    return unit, owner
