"""Who stands in a picture: (왼쪽부터) 한빛공단 ○○○ 부장, ○○○ 이사, 나래전자 ○○○ 상무 – all were there, and a body holds until the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kg.analyze.names.people import Anchored, is_organization
from kg.analyze.names.words import is_person_name, title_in
from kg.analyze.reading import Reading
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention, Origin

_LINED_UP = re.compile(
    r"(?:왼쪽|좌측|오른쪽|우측)(?:에서|으로)?\s?(?:[앞뒷]줄\s)?(?:[가-힣]{1,3}\s?번째)?부터(?:\s?(?:차례대로|차례로|순서대로))?[^가-힣A-Za-z0-9㈜(]{0,3}"
)
_COMMA = r"\s*(?:\([^()]{1,30}\))?\s*[,，、·ㆍ]\s*"
_WORDS = r"(?:[^,，、·ㆍ.()]|\((?:주|재|사)\)|\([A-Z]{2,8}\))"
# Between two people: a comma and at most a body; one who is not known for a person may stand there too.
_JOINT = re.compile(rf"{_COMMA}(?:{_WORDS}{{2,24}}[,，、·ㆍ]\s*)?(?P<lead>{_WORDS}{{0,20}})$")
_LEAD = re.compile(rf"(?:{_WORDS}{{2,24}}[,，、·ㆍ]\s*)?(?P<lead>{_WORDS}{{0,20}})$")
_FORMS = re.compile(r"㈜|\((?:주|재|사)\)\s?")
_SPELLED = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){2,4}")  # a name in Latin letters before the same in Hangul
_LEADING = 500  # characters of the body in which the event that a text is about is named
_NEAR = 200  # characters between a caption that names the event and the words that say who is who


def extract_captions(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of participatedIn, and of affiliatedWith or heads for those whom a body before them in the row stands for."""
    for match in _LINED_UP.finditer(reading.tokens.text):
        event = _event(reading, match.start())
        body: Mention | None = None
        for found, low in _row(reading, match.end()):
            where: dict[str, Any] = {"start": found.start, "end": found.end, "sentence": reading.sentence_at(found.person.start)}
            named, rest = _before(reading, low, found.person.start, knowledge)
            if found.body is not None and found.body.rule == "fused-title":
                rest = body = None  # 나래시장 상인회장 ○○○: the title holds a body of its own, and for nobody else
            body = named or (_unknown(reading, rest, knowledge) if rest else body)
            if (
                body is not None
                and not found.former
                and (
                    found.body is None
                    or not is_organization(found.body)
                    or found.body.kind == "OrganizationalUnit"
                    or named
                    and found.body.start >= found.person.end
                )
            ):
                leads = bool(rest) and found.person.title in knowledge.titles.heads - knowledge.titles.unit_heads
                yield Candidate(
                    relation="heads" if leads else "affiliatedWith",
                    subject=found.person,
                    object=body,
                    rule="caption.row",
                    origin=Origin.CAPTION,
                    **where,
                )
            yield Candidate(
                relation="participatedIn", subject=found.person, object=event, rule="caption.row", origin=Origin.CAPTION, **where
            )


def _before(reading: Reading, low: int, high: int, knowledge: Knowledge) -> tuple[Mention | None, tuple[int, int] | None]:
    """(the body that words before a person name, else where words stand that may be the name of one: no unit, no title)."""
    inside = [m for m in reading.within(low, high) if is_organization(m)]
    if bodies := [m for m in inside if m.kind != "OrganizationalUnit"]:
        return max(bodies, key=lambda m: (m.end, -m.start)), None
    words = reading.tokens.text[low:high]
    low, words = low + len(words) - len(words.lstrip()), words.strip()
    if (first := _first_proper(reading, low, words, knowledge)) is not None:
        return None, (low, low + first)
    if not words or inside or title_in(words.split()[-1], knowledge):
        return None, None
    return None, (low, low + len(words))


def _first_proper(reading: Reading, low: int, words: str, knowledge: Knowledge) -> int | None:
    """How far a first word goes that is a body's name before a unit or a title: [㈜나래온] 전략본부 법무팀장 ○○○, [나래온] 전략본부장 ○○○."""
    mark = _FORMS.match(words)
    name, _, rest = words[mark.end() if mark else 0 :].partition(" ")
    if (
        not rest
        or not name
        or title_in(name, knowledge)
        or name in knowledge.names.barriers
        or not (mark or title_in(rest.split()[-1], knowledge))
    ):
        return None
    end = low + (mark.end() if mark else 0) + len(name)
    tags = [reading.tokens.tags[i] for i, start in enumerate(reading.tokens.starts) if end - len(name) <= start < end]
    return end - low if mark or set(tags) <= {"NNP", "SL", "UN"} and not is_person_name(name, tags, knowledge) else None


def _unknown(reading: Reading, place: tuple[int, int], knowledge: Knowledge) -> Mention | None:
    """Words right before a person of a row as the body that they name; a word for a kind of body is none."""
    name = reading.tokens.text[slice(*place)]
    mark = _FORMS.match(name)
    low = place[0] + (mark.end() if mark else 0)
    name = reading.tokens.text[low : place[1]]
    if len(name) < 2 or _SPELLED.fullmatch(name) or name in knowledge.organizations.generic or not any(c.isalpha() for c in name):
        return None
    return Mention(
        start=low, end=place[1], kind="Company" if mark else "Organization", name=name, rule="beside-title", certain=False
    )


def _row(reading: Reading, start: int) -> Sequence[tuple[Anchored, int]]:
    """The people of a row that begins at an offset, with nothing but commas and bodies between, and where the words before each begin."""
    row: list[tuple[Anchored, int]] = []
    end = start
    for found in sorted((a for a in reading.anchored if a.start >= start), key=lambda a: (a.start, a.person.start)):
        if row and found.person is row[-1][0].person:
            continue
        low = min(found.start, found.person.start)
        between = (_JOINT if row else _LEAD).match(reading.tokens.text, end, low)
        if between is None:
            break
        row.append((found, between.start("lead")))
        end = max(found.end, found.person.title_span[1] if found.person.title_span else 0)
    return row


def _in_passing(reading: Reading, mention: Mention) -> bool:
    """Whether an event without a name is only one of several things: 교육 및 세미나 등을 지원한다."""
    return (
        " " not in mention.name
        and mention.definite is None
        and mention.edition is None
        and reading.tokens.text.startswith((" 등", ",", "·", " 및 ", "와 ", "과 "), mention.end)
    )


def _event(reading: Reading, start: int) -> Mention:
    """The event of a picture: the one that its caption names, else what the text is about from its first words on."""
    events = [m for m in reading.mentions if schema().is_a(m.kind, "Event")]
    captions = {(s.start, s.end) for s in reading.sentences if s.sentence.role == "caption"}
    for mention in reversed(events):
        if start - _NEAR <= mention.end <= start and any(
            low <= mention.start < high and (low <= start < high or start - high < 5) for low, high in captions
        ):
            return mention
    body = {(s.start, s.end) for s in reading.sentences if s.sentence.role == "body"}
    begin = min((low for low, _ in body), default=0)
    first = next(
        (
            m.end
            for m in events
            if m.certain
            and m.start - begin < _LEADING
            and any(low <= m.start < high for low, high in body)
            and not _in_passing(reading, m)
        ),
        start,
    )
    return Mention(start=first, end=first, kind="Event", name="", rule="context")
