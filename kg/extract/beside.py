"""Bodies that are part of others: what stands between their names."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.analyze.names.people import is_organization
from kg.analyze.reading import Reading
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention
from kg.knowledge.schema import schema


def extract_beside(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of partOf."""
    yield from _units(reading, knowledge)


_UNDER = (" 산하 ", " 산하의 ", " 소속 ", " 소속의 ", " 직속 ", " 부설 ", "의 자회사인 ", " 자회사인 ", " 산하기관인 ", " 산하 기관인 ", " 소속기관인 ", " 소속 기관인 ", " 계열사인 ", "의 계열사인 ")
_OFFICES = ("국", "과", "실", "본부", "팀", "담당관", "사업소", "의회", "보건소")  # what a local government has and no place has
_OWNED = re.compile(r"\s?\(\s?(?P<above>[^()]+?)의?\s(?:자회사|계열사|손자회사|산하\s?기관|부설\s?기관|소속\s?기관|산하)\s?\)")
_NAMED = frozenset({"suffix", "head-stem"})  # rules of names that the text itself makes units
_NOTED = re.compile(r"\([^()]*\) ")
_UNIT_ENDS = ("센터", "연구소", "본부", "사무소", "지원단", "사업단", "대학원", "지점", "지사", "지부", "아카데미")


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
