"""What stands right beside a name: role and body of a person, other names, the unit of a body."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.analyze.names.notes import items_of
from kg.analyze.names.organizations import known_places
from kg.analyze.names.people import is_organization
from kg.analyze.names.places import places_in
from kg.analyze.names.words import words_of
from kg.analyze.reading import Reading
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention
from kg.knowledge.schema import schema


def extract_beside(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of jobTitle, heads, affiliatedWith, partOf and altLabel."""
    for found in reading.anchored:
        person = found.person
        sentence = reading.sentence_at(person.start)
        where = dict(start=found.start, end=found.end, sentence=sentence)
        if found.former:
            continue  # what somebody was is no statement about what they are
        if person.title:
            yield Candidate(relation="jobTitle", subject=person, object=person.title, rule="beside.title", **where)
        if found.body is not None and is_organization(found.body):
            relation = "heads" if found.leads else "affiliatedWith"
            yield Candidate(relation=relation, subject=person, object=found.body, rule=f"beside.{person.rule}", **where)
        if found.unit is not None and found.body is not None:
            yield Candidate(relation="partOf", subject=found.unit, object=found.body, rule="beside.unit", **where)
            housed = found.unit.name.endswith(("연구소", "센터")) and person.title and found.unit.name.endswith(person.title[:-1]) and person.title[-1] == "장"
            if found.unit.rule == "fused-title" or housed:  # 한빛공단 ○○○ 나래정보센터장, 한빛공단 나래연구소 ○○○ 소장
                yield Candidate(relation="heads", subject=person, object=found.unit, rule=f"beside.{person.rule}", **where)
    for alias in reading.aliases:
        yield Candidate(relation="altLabel", subject=alias.host, object=alias.name, rule="beside.alias", start=alias.start, end=alias.end,
                    sentence=reading.sentence_at(alias.start))
    yield from _units(reading, knowledge)
    yield from _occasions(reading, knowledge)


_UNDER = (" 산하 ", " 산하의 ", " 소속 ", " 소속의 ", " 직속 ", " 부설 ", "의 자회사인 ", " 자회사인 ", " 산하기관인 ", " 산하 기관인 ", " 소속기관인 ", " 소속 기관인 ", " 계열사인 ", "의 계열사인 ")
_OFFICES = ("국", "과", "실", "본부", "팀", "담당관", "사업소", "의회", "보건소")  # what a local government has and no place has
_OWNED = re.compile(r"\s?\(\s?(?P<above>[^()]+?)의?\s(?:자회사|계열사|손자회사|산하\s?기관|부설\s?기관|소속\s?기관|산하)\s?\)")
_NAMED = frozenset({"suffix", "head-stem"})  # rules of names that the text itself makes units
_NOTED = re.compile(r"\([^()]*\) ")
_UNIT_ENDS = ("센터", "연구소", "본부", "사무소", "지원단", "사업단", "대학원", "지점", "지사", "지부", "아카데미")


def _occasions(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """``OECD 총회(11.18~19일, 일본 도쿄)``: day and place of an event in the parenthesis after its name."""
    tokens = reading.tokens
    for event, opening, closing in reading.occasions:
        low, high = tokens.ends[opening], tokens.starts[closing]
        where = dict(start=event.start, end=tokens.ends[closing], sentence=reading.sentence_at(event.start))
        for value in reading.values:
            if value.kind == "date" and low <= value.start and value.end <= high and (value.date is None or value.date.month or value.text or value.until):
                yield Candidate(relation="startDate", subject=event, object=value, rule="note.date", **where)
                break
        for first, last in items_of(tokens, opening, closing):
            words = words_of(tokens, [i for i in range(first, last + 1) if tokens.pair[i] == -1])
            inside = [m for m in known_places(tokens, first, last, knowledge)]
            if words and inside and inside[0].start == words[0].start:
                for place in places_in(words, tokens, inside, knowledge):
                    yield Candidate(relation="venue" if place.kind == "Venue" else "city", subject=event, object=place, rule="note.place", **where)


def _local_governments(reading: Reading, knowledge: Knowledge) -> Iterator[Mention]:
    """Provinces and cities that the text names as places, as the bodies they are too (부산광역시 복지국)."""
    for mention in reading.mentions:
        if mention.kind in ("City", "Region") and mention.known and mention.name.endswith(("시", "도", "군", "구")) and knowledge.gazetteer[mention.known].cls == "LocalGovernment":
            yield replace(mention, kind="LocalGovernment")


def _units(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """``행정안전부 국가기록원``: a unit or a body under another right after its name; ``유엔 산하 … 유엔글로벌콤팩트``."""
    text = reading.tokens.text
    bodies = [m for m in reading.mentions if is_organization(m)]
    by_start = {m.start: m for m in bodies}
    for unit in bodies:
        whole = by_start.get(unit.start)
        if unit.kind == "OrganizationalUnit" and whole is not None and whole.known and whole.end < unit.end:  # 한빛대 법학전문대학원
            yield Candidate(relation="partOf", subject=unit, object=whole, rule="beside.unit.after", start=unit.start, end=unit.end,
                        sentence=reading.sentence_at(unit.start))
        owned = _OWNED.match(text, unit.end)
        if owned and (entries := [e for e in knowledge.gazetteer.by_name(owned["above"]) if schema().is_a(e.cls, "Organization")]):  # ㈜나래온(… 자회사)
            above = Mention(start=owned.start("above"), end=owned.end("above"), kind=entries[0].cls, name=owned["above"], rule="gazetteer", known=entries[0].name)
            yield Candidate(relation="partOf", subject=unit, object=above, rule="beside.under.noted", start=unit.start, end=owned.end(),
                        sentence=reading.sentence_at(unit.start))
    for body in (*bodies, *_local_governments(reading, knowledge)):
        noted = _NOTED.match(text, body.end)  # ㈜나래온(NARAEON) 미래연구소
        for gap in (" ", *_UNDER, " 내 ", "의 ", *((noted[0],) if noted else ())):
            if not text.startswith(gap, body.end):
                continue
            unit = by_start.get(body.end + len(gap))
            if unit is None and gap in _UNDER:
                limit = text.find("\n", body.end)
                unit = next((m for m in sorted(bodies, key=lambda m: (m.start, not m.known, m.end)) if body.end + len(gap) < m.start < body.end + len(gap) + 12
                             and (limit < 0 or m.end < limit) and not any(c in text[body.end + len(gap):m.start] for c in ",.·와과은는이가을를의")), None)
            if unit is None or unit.known and unit.known == body.known:
                continue
            right_after = gap == " " or gap.startswith("(")
            inside = right_after and unit.known and unit.known in knowledge.gazetteer and knowledge.gazetteer[unit.known].within == body.known and body.known
            if (right_after or gap == "의 ") and not inside \
                    and not (unit.rule in _NAMED and (unit.kind == "OrganizationalUnit" or right_after and unit.name.endswith(_UNIT_ENDS))):
                continue
            if body.kind == "OrganizationalUnit" and right_after or body.kind == "LocalGovernment" and not unit.name.endswith(_OFFICES):
                continue
            if not inside and not unit.certain and unit.kind != "OrganizationalUnit" or schema().is_a(unit.kind, "Country"):
                continue
            yield Candidate(relation="partOf", subject=unit, object=body, rule="beside.unit.after" if right_after else "beside.under",
                        start=body.start, end=unit.end, sentence=reading.sentence_at(body.start))
