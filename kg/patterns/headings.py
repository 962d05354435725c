"""The event that a note is headed by: ※ ○○ 설명회 일정 : …, ※ ○○ 설명회 : (일시) …"""

from __future__ import annotations

import re

from kg.analyze.names.words import event_noun
from kg.analyze.numbers import edition_in
from kg.knowledge.load import Knowledge
from kg.model import Mention

_WHAT = r"(?:일정|일시|날짜|장소)"
_LEAD = r"(?:^|[\n※*•▪■□○◦ㅇ▲△])\s*"
_COLON = re.compile(rf"{_LEAD}(?P<name>[^:：\n※*()]{{2,45}}?)(?:\s{_WHAT}(?:\s?(?:및|[·/,])\s?{_WHAT})?)?\s?[:：]\s?$")
_FAR = 60  # characters of a heading


def headed_by(text: str, offset: int, knowledge: Knowledge) -> Mention | None:
    """The event that the words right before an offset head what follows with."""
    match = _COLON.search(text, max(offset - _FAR, 0), offset)
    name = match["name"].strip("‘’“”「」『』《》<> ") if match is not None else ""
    noun = event_noun(name.split()[-1].strip("’”」』"), knowledge) if name else None
    if match is None or noun is None:
        return None
    low = match.start("name") + match["name"].index(name)
    return Mention(
        start=low,
        end=low + len(name),
        kind=knowledge.events.classes[noun],
        name=name,
        rule="notice",
        edition=edition_in(name),
    )
