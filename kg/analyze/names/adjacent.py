"""Names of bodies right beside each other that are one name: 일본 개인정보보호위원회, 세계은행 몽골 사무소, UNGC 한국협회."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.analyze.tokens import Tokens
from kg.knowledge.schema import schema
from kg.model import Mention

BRANCHES = ("사무소", "사무국", "지사", "지부", "지점", "대표부", "지역본부")
_BRANCH_GAP = re.compile(r"(?:\([^()]*\))?[’”」』'\"]? ")
_JOINING = frozenset({"Association", "ResearchInstitute"})


def foreign_bodies(found: list[Mention], tokens: Tokens) -> list[Mention]:
    """일본 개인정보보호위원회 is no Korean body: a country right before a public body is part of its name."""
    out: list[Mention] = []
    for mention in found:
        before = out[-1] if out else None
        if (
            before is not None
            and before.kind == "Country"
            and before.known != "대한민국"
            and tokens.text[before.end : mention.start] == " "
            and mention.kind in ("GovernmentBody", "PublicInstitution", "InternationalOrganization")
            and (mention.rule == "suffix" or mention.known)
        ):
            out[-1] = Mention(
                start=before.start,
                end=mention.end,
                kind="GovernmentBody",
                name=tokens.text[before.start : mention.end],
                rule="suffix",
            )
            continue
        out.append(mention)
    return out


def behind_body(found: Sequence[Mention], tokens: Tokens) -> bool:
    """Whether the last two names are a body and a place right behind it."""
    return (
        len(found) > 1
        and schema().is_a(found[-1].kind, "Place")
        and schema().is_a(found[-2].kind, "Organization")
        and tokens.text[found[-2].end : found[-1].start] == " "
    )


def branches(found: list[Mention], tokens: Tokens) -> list[Mention]:
    """세계은행 몽골 사무소: the place between a body and its branch belongs to the branch's name."""
    out: list[Mention] = []
    for mention in found:
        if (
            mention.kind == "OrganizationalUnit"
            and mention.name.endswith(BRANCHES)
            and behind_body(out, tokens)
            and tokens.text[out[-1].end : mention.start] == " "
        ):
            place = out.pop()
            mention = replace(mention, start=place.start, name=tokens.text[place.start : mention.end])
        out.append(mention)
    return out


def joined(mentions: Sequence[Mention], tokens: Tokens) -> list[Mention]:
    """Adjacent names that are one: a known body and its branch of the kind that carries the whole name (… 한국협회)."""
    out: list[Mention] = []
    for mention in mentions:
        before = out[-1] if out else None
        if (
            before
            and len(out) > 1
            and out[-2].end + 1 == before.start
            and tokens.text[out[-2].end] == "("
            and tokens.text[before.end] == ")"
        ):
            before = out[-2]  # 나래기구(NRO) 한국협회, where NRO is known too
        if (
            before
            and mention.kind in _JOINING
            and mention.rule == "suffix"
            and not mention.known
            and schema().is_a(before.kind, "Organization")
            and _BRANCH_GAP.fullmatch(tokens.text, before.end, mention.start)
            and mention.name.startswith(("한국", "아시아", "유럽", "미국", "일본"))
        ):
            out.append(
                Mention(
                    start=before.start,
                    end=mention.end,
                    kind=mention.kind,
                    name=f"{before.name} {mention.name}",
                    rule="suffix",
                    certain=True,
                )
            )  # the parent stays a thing of its own
            out.sort(key=lambda m: (m.start, -m.end))
            continue
        out.append(mention)
    return out
