"""The body of a person that a title tells of: inside it (인사처장), after the name (○○○ 온누리섬유 대표), right before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.analyze.names.chunks import Chunk
from kg.analyze.names.words import Word, has_name_shape, is_person_name, organization_suffix, tags_of, title_in
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention


def fused_body(prefix: str, title: str, knowledge: Knowledge) -> str | None:
    """The body's name inside a fused title: 인사(처장) → 인사처, 금융(위원장) → 금융위원회, 행정안전부(장관) → 행정안전부."""
    if not prefix:
        return None
    if (known := knowledge.head_titles.get(prefix + title)) is not None:
        return known
    tries: tuple[str, ...]
    if title.endswith("위원장"):
        tries = (prefix + "위원회", prefix + "위")
    elif title.endswith("장") and title not in ("사장", "회장", "의장"):
        tries = (prefix + title[:-1], prefix)
    else:
        tries = (prefix,)
    gazetteer = knowledge.gazetteer
    for name in tries:
        if len(name) > 2 - (name in gazetteer) and any(
            schema().is_a(e.cls, "Organization") and name not in e.weak_forms for e in gazetteer.by_name(name)
        ):
            return name
    return None


def fused_mention(start: int, prefix: str, name: str, knowledge: Knowledge) -> Mention:
    """The body of the gazetteer that the first letters of a fused title name, as ``fused_body`` finds it."""
    entry = knowledge.gazetteer.by_name(name)[0]
    return Mention(start=start, end=start + len(prefix), kind=entry.cls, name=name, rule="fused-title", known=entry.name)


def council_in(word: Word, prefix: str, title: str, knowledge: Knowledge) -> Mention | None:
    """The council of the place inside a member's title: 속초(시의원) → 속초시의회."""
    council = knowledge.titles.councils.get(title)
    if council is None or not any(
        schema().is_a(e.cls, kind)
        for name in (prefix, prefix + council[0])
        for e in knowledge.gazetteer.by_name(name)
        for kind in _PLACES
    ):
        return None
    kind = knowledge.organizations.suffixes[organization_suffix(prefix + council, knowledge) or council]
    return Mention(start=word.start, end=word.start + len(prefix), kind=kind, name=prefix + council, rule="fused-title")


_PLACES = ("LocalGovernment", "City", "Region")


def company_after(chunk: Chunk, first: int, j: int, role: str) -> Mention | None:
    """○○○ 온누리섬유 대표, ○○ 나래온(NARAEON) 대표: a Korean name, and then a company that nothing else tells of."""
    words, tokens, knowledge = chunk.words, chunk.tokens, chunk.knowledge
    name = words[first].text
    short = (
        len(name) == 2
        and name[0] in knowledge.surnames.one
        and name[1] in knowledge.surnames.given
        and _in_latin(words[j], tokens)
    )
    if role not in knowledge.titles.company or not (short or has_name_shape(name, knowledge)):
        return None
    start, end = words[first + 1].start, words[j].end
    proper = _in_latin(words[j], tokens) or any(
        t in ("NNP", "SL", "UN") for w in words[first + 1 : j + 1] for t in tags_of(tokens, w)
    )
    if not proper or any(title_in(w.text, knowledge) for w in words[first + 1 : j + 1]):
        return None
    return Mention(start=start, end=end, kind="Organization", name=tokens.text[start:end], rule="beside-title", certain=False)


def _in_latin(word: Word, tokens: Tokens) -> bool:
    """Whether a parenthesis gives a word in Latin letters, as one word: a company's name, while a person's has several."""
    opening = word.last + 1
    closing = tokens.pair[opening] if opening < len(tokens.pair) and tokens.words[opening] == "(" else -1
    return closing > opening and _LATIN_WORD.fullmatch(tokens.text, tokens.ends[opening], tokens.starts[closing]) is not None


_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9&.\-]*")


def fused_unknown(chunk: Chunk, k: int, prefix: str, role: str) -> Mention | None:
    """The body inside a fused title that nothing else tells of: its name has a proper part, in it or right before it (나래시장 상인회장), and ends like a body's."""
    words, tokens, knowledge = chunk.words, chunk.tokens, chunk.knowledge
    if prefix.endswith(("시당", "도당")) and role == "위원장":  # 전북도당위원장: of a party's branch
        return Mention(
            start=words[k].start, end=words[k].start + len(prefix), kind="OrganizationalUnit", name=prefix, rule="fused-title"
        )
    word, stem = words[k], knowledge.titles.stems.get(role)
    if (
        role == "회장"
        and k
        and organization_suffix(own := prefix + "회", knowledge) == own
        and words[k - 1].last + 1 == word.first
        and all(t == "NNP" for t in tags_of(tokens, words[k - 1]))
        and not has_name_shape(words[k - 1].text, knowledge)
    ):
        start = words[k - 1].start
        return Mention(
            start=start, end=word.start + len(own), kind="Association", name=f"{words[k - 1].text} {own}", rule="fused-title"
        )
    if stem is None or len(prefix) < 3:
        return None
    suffix = organization_suffix(prefix + stem, knowledge)
    if suffix is None or len(suffix) < 2 or (kind := knowledge.organizations.suffixes[suffix]) == "OrganizationalUnit":
        return None
    proper = any(t in ("NNP", "SL") for t in tags_of(tokens, word)) or prefix.startswith(("한국", "국립", "대한", "서울"))
    if not proper and (len(suffix) < 3 or len(prefix + stem) < len(suffix) + 2):  # 나래상인연합회장 needs no proper word
        return None
    return Mention(
        start=word.start, end=word.start + len(prefix) + len(stem) - 1, kind=kind, name=prefix + stem, rule="fused-title"
    )


def led_by(body: Mention, role: str, knowledge: Knowledge) -> bool:
    """Whether an international organization is known to be led by a role that elsewhere serves a head: 유엔 사무총장."""
    entry = knowledge.gazetteer[body.known] if body.known else None
    return entry is not None and entry.cls == "InternationalOrganization" and entry.head == role


_GAP = re.compile(r"(?:\([^()]*\))? ")


def led_unit(before: Sequence[Word], body: Mention, role: str, tokens: Tokens, knowledge: Knowledge) -> Mention | None:
    """한국인터넷진흥원 미래전략단 ○○○ 단장: the unit between a body and a name, which only the title behind the name tells of."""
    if role not in knowledge.titles.unit_heads or len(role) > 3 or not role.endswith("장") or body.kind == "OrganizationalUnit":
        return None
    unit = [w for w in before if w.start > body.end]
    if not 1 <= len(unit) <= 2 or not _GAP.fullmatch(tokens.text, body.end, unit[0].start):
        return None
    last = unit[-1].text
    if (
        not last.endswith(role[:-1])
        or len(last) < len(role) + 1
        or not all(t.startswith(("NN", "SL", "SN", "XSN", "XPN", "UN")) for w in unit for t in tags_of(tokens, w))
    ):
        return None
    return Mention(
        start=unit[0].start,
        end=unit[-1].end,
        kind="OrganizationalUnit",
        name=tokens.text[unit[0].start : unit[-1].end],
        rule="head-stem",
    )


def unknown_before(word: Word, tokens: Tokens, knowledge: Knowledge) -> Mention | None:
    """A proper word right before a name and a company title."""
    if (
        not all(t in ("NNP", "SL", "UN") for t in tags_of(tokens, word))
        or len(word.text) < 2
        or word.text in knowledge.gazetteer
        or title_in(word.text, knowledge)
        or word.text in knowledge.organizations.generic
        or is_person_name(word.text, tags_of(tokens, word), knowledge)
    ):
        return None
    return Mention(start=word.start, end=word.end, kind="Organization", name=word.text, rule="beside-title", certain=False)
