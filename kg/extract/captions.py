"""Who stands in a picture: (왼쪽부터) 한빛공단 ○○○ 부장, ○○○ 이사, 나래전자 ○○○ 상무 – all were there, and a body holds until the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.analyze.names.people import Anchored, is_organization
from kg.analyze.reading import Reading
from kg.model import Claim, Mention
from kg.schema import schema

_LINED_UP = re.compile(r"(?:왼쪽|좌측|오른쪽|우측)(?:에서|으로)?\s?부터[^가-힣A-Za-z0-9]{0,3}")
# Between two people: a comma and at most a body; one who is not known for a person may stand there too.
_JOINT = re.compile(r"\s*[,，、·ㆍ]\s*(?:[^,，、·ㆍ.()]{2,24}[,，、·ㆍ]\s*)?[^,，、·ㆍ.()]{0,20}?\s?$")
_LEAD = re.compile(r"(?:[^,，、·ㆍ.()]{2,24}[,，、·ㆍ]\s*)?[^,，、·ㆍ.()]{0,20}$")
_LEADING = 500  # characters of the body in which the event that a text is about is named
_NEAR = 200  # characters between a caption that names the event and the words that say who is who


def extract_captions(reading: Reading) -> Iterator[Claim]:
    """Claims of participatedIn, and of affiliatedWith for those whom a body before them in the row stands for."""
    for match in _LINED_UP.finditer(reading.tokens.text):
        row = _row(reading, match.end())
        event = _event(reading, match.start())
        body: Mention | None = None
        for found in row:
            where = dict(start=found.start, end=found.end, sentence=reading.sentence_at(found.person.start))
            own = found.body is not None and is_organization(found.body)
            if own and found.body.kind != "OrganizationalUnit":
                body = found.body
            elif not own and _called(reading, found):
                body = None  # a body that nothing else tells of stands before the name
            elif body is not None and not found.former:
                yield Claim(relation="affiliatedWith", subject=found.person, object=body, rule="caption.row", confidence=0.8, **where)
            yield Claim(relation="participatedIn", subject=found.person, object=event, rule="caption.row", confidence=0.8, **where)


def _called(reading: Reading, found: Anchored) -> bool:
    """Whether words stand between the comma and a person without a body (노동조합 ○○○ 위원장)."""
    before = re.split(r"[,，、()]", reading.tokens.text[max(0, found.start - 30) : found.start])[-1]
    return bool(before.strip())


def _row(reading: Reading, start: int) -> Sequence[Anchored]:
    """The people of a row that begins at an offset, one after another with nothing but commas and bodies between."""
    row: list[Anchored] = []
    end = start
    for found in sorted((a for a in reading.anchored if a.start >= start), key=lambda a: a.start):
        gap = reading.tokens.text[end : found.start]
        between = _JOINT.match(gap) if row else _LEAD.match(gap)
        if between is None:
            break
        row.append(found)
        end = max(found.end, found.person.title_span[1] if found.person.title_span else 0)
    return row


def _in_passing(reading: Reading, mention: Mention) -> bool:
    """Whether an event without a name is only one of several things: 교육 및 세미나 등을 지원한다."""
    return " " not in mention.name and mention.definite is None and mention.edition is None \
        and reading.tokens.text.startswith((" 등", ",", "·", " 및 ", "와 ", "과 "), mention.end)


def _event(reading: Reading, start: int) -> Mention:
    """The event of a picture: the one that its caption names, else what the text is about from its first words on."""
    events = [m for m in reading.mentions if schema().is_a(m.kind, "Event")]
    captions = {(s.start, s.end) for s in reading.sentences if s.sentence.role == "caption"}
    for mention in reversed(events):
        if start - _NEAR <= mention.end <= start and any(low <= mention.start < high and (low <= start < high or start - high < 5) for low, high in captions):
            return mention
    body = {(s.start, s.end) for s in reading.sentences if s.sentence.role == "body"}
    begin = min((low for low, _ in body), default=0)
    first = next((m.end for m in events if m.certain and m.start - begin < _LEADING and any(low <= m.start < high for low, high in body)
                  and not _in_passing(reading, m)), start)
    return Mention(start=first, end=first, kind="Event", name="", rule="context")
