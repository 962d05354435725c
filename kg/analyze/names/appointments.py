"""Lists of appointments: a body behind ■, what is done behind ◇, and behind each ▲ an office with who takes it (▲ 바다정책과장 ○○○).

In such lists the office stands before the name, letters of a name may stand apart (홍 가 람), and the mark of the next item parts it
from the next office; what the grammar of running text makes of them is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.analyze.names.people import Anchored, is_organization
from kg.analyze.names.words import title_in
from kg.knowledge.load import Knowledge
from kg.model import Mention

_BODY = re.compile(r"■\s?(?P<name>[^◇＜<▲■□\n]{2,40}?)\s*(?=[◇＜<▲\n])")
_ACT = re.compile(r"[◇＜<]\s?(?P<act>[^◇▲■□\n＞>]{2,40}?)\s?[＞>]?\s*(?=▲)")
_END = re.compile(r"[◇■□＜<]")
_ITEM = re.compile(r"▲\s*(?P<office>[^▲\n]{2,60}?)\s+(?P<name>[가-힣](?:\s?[가-힣]){1,3})(?=\s*(?:[▲,\n(]|$))")
_UNITS = ("국", "과", "실", "단", "팀", "부", "본부", "센터", "소", "원", "관")


class _List(NamedTuple):
    """Where the items of a list stand, and the body that it says they belong to."""

    start: int
    end: int
    body: Mention | None


def appointed(
    text: str, mentions: Sequence[Mention], anchored: Sequence[Anchored], knowledge: Knowledge
) -> tuple[list[Mention], list[Anchored]]:
    """Mentions and people of a text, those in lists of appointments read as such a list has them."""
    mentions, anchored = list(mentions), list(anchored)
    for listed in _lists(text, mentions, knowledge):
        found = list(_items(text, listed, mentions, knowledge))
        if not found:
            continue
        mentions = [m for m in mentions if not (m.kind == "Person" and listed.start <= m.start < listed.end)]
        anchored = [a for a in anchored if not listed.start <= a.person.start < listed.end]
        mentions += [a.person for a in found]
        anchored += found
    return mentions, anchored


def _lists(text: str, mentions: Sequence[Mention], knowledge: Knowledge) -> Iterator[_List]:
    """The lists behind what they say is done."""
    bodies = list(_BODY.finditer(text))
    for act in _ACT.finditer(text):
        if not any(word.endswith(tuple(knowledge.titles.appointments)) for word in re.split(r"[\s,(]+", act["act"])):
            continue
        before = [b for b in bodies if b.end() <= act.start()]
        body = (
            _body(before[-1]["name"], before[-1].start("name"), mentions, knowledge)
            if before
            else _announced(text, mentions, knowledge)
        )
        mark = _END.search(text, act.end())
        yield _List(act.end(), mark.start() if mark else len(text), body)


def _body(name: str, start: int, mentions: Sequence[Mention], knowledge: Knowledge) -> Mention | None:
    """The body behind ■: a known one, or one that the text has named there."""
    entries = knowledge.gazetteer.by_name(name)
    if len(entries) == 1:
        return Mention(
            start=start, end=start + len(name), kind=entries[0].cls, name=name, rule="gazetteer", known=entries[0].name
        )
    return next((m for m in mentions if m.start == start and is_organization(m)), None)


def _announced(text: str, mentions: Sequence[Mention], knowledge: Knowledge) -> Mention | None:
    """The body of ○○○ 인사, ○○○ 인사발령 in front of the lists."""
    return next(
        (
            m
            for m in sorted(mentions, key=lambda m: m.start)
            if is_organization(m) and re.match(r"\s?(?:위원\s위촉\s)?인사(?:발령)?(?![가-힣])", text[m.end : m.end + 12])
        ),
        None,
    )


def _items(text: str, listed: _List, mentions: Sequence[Mention], knowledge: Knowledge) -> Iterator[Anchored]:
    surnames = knowledge.surnames
    for item in _ITEM.finditer(text, listed.start, listed.end):
        name = item["name"].replace(" ", "")
        if (
            name[0] not in surnames.one
            and name[:2] not in surnames.two
            or len(name) < 2
            or title_in(item["name"].split()[-1], knowledge)
        ):
            continue
        own = next((m for m in mentions if m.start == item.start("office") and m.known and is_organization(m)), None)
        words = re.sub(r"\([^()]*\)", "", item["office"][own.end - own.start if own else 0 :]).split()
        role = title_in(words[-1], knowledge) if words else None
        first = max((i + 1 for i, word in enumerate(words[:-1]) if word.endswith(_UNITS)), default=0)
        title = " ".join(words[first:]) if role else None
        where = item["office"].rfind(words[first]) if role else 0
        span = (item.start("office") + max(where, 0), item.end("office")) if role else None
        person = Mention(
            start=item.start("name"),
            end=item.end("name"),
            kind="Person",
            name=name,
            rule="appointment",
            title=title,
            title_span=span,
        )
        leads = role is not None and title == role[1] and title in knowledge.titles.heads - knowledge.titles.unit_heads
        body = own or listed.body
        yield Anchored(person, body, None, leads and body is not None, False, item.start("office"), item.end("name"))
