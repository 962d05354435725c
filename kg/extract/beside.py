"""What stands right beside a name: role and body of a person, other names, the unit of a body."""
from __future__ import annotations

from collections.abc import Iterator

from kg.analyze.names.people import is_organization
from kg.analyze.reading import Reading
from kg.knowledge import Knowledge
from kg.model import Claim, Mention
from kg.schema import schema


def extract_beside(reading: Reading, knowledge: Knowledge) -> Iterator[Claim]:
    """Claims of jobTitle, heads, affiliatedWith, partOf and altLabel."""
    for found in reading.anchored:
        person = found.person
        sentence = reading.sentence_at(person.start)
        where = dict(start=found.start, end=found.end, sentence=sentence)
        if found.former:
            continue  # what somebody was is no statement about what they are
        if person.title:
            yield Claim(relation="jobTitle", subject=person, object=person.title, rule="beside.title", **where)
        if found.body is not None and is_organization(found.body):
            relation = "heads" if found.leads else "affiliatedWith"
            yield Claim(relation=relation, subject=person, object=found.body, rule=f"beside.{person.rule}", confidence=0.95, **where)
        if found.unit is not None and found.body is not None:
            yield Claim(relation="partOf", subject=found.unit, object=found.body, rule="beside.unit", **where)
    for alias in reading.aliases:
        yield Claim(relation="altLabel", subject=alias.host, object=alias.name, rule="beside.alias", start=alias.start, end=alias.end,
                    sentence=reading.sentence_at(alias.start), confidence=0.95)
    yield from _units(reading)


def _units(reading: Reading) -> Iterator[Claim]:
    """``금융위원회 금융정보분석원``: a unit or a body under another right after its name; ``유엔 산하 … 유엔글로벌콤팩트``."""
    text = reading.tokens.text
    bodies = [m for m in reading.mentions if is_organization(m)]
    by_start = {m.start: m for m in bodies}
    for body in bodies:
        for gap in (" ", " 산하 ", " 소속 ", " 내 ", "의 "):
            if not text.startswith(gap, body.end):
                continue
            unit = by_start.get(body.end + len(gap))
            if unit is None and gap in (" 산하 ", " 소속 "):
                limit = text.find("\n", body.end)
                unit = next((m for m in bodies if body.end + len(gap) < m.start < body.end + len(gap) + 12
                             and (limit < 0 or m.end < limit) and not any(c in text[body.end + len(gap):m.start] for c in ",.·와과은는이가을를의")), None)
            if unit is None or unit.known and unit.known == body.known:
                continue
            if gap in (" ", "의 ") and not (unit.kind == "OrganizationalUnit" and unit.rule != "gazetteer"):
                continue
            if body.kind == "OrganizationalUnit" and gap == " ":
                continue
            if not unit.certain and unit.kind != "OrganizationalUnit" or schema().is_a(unit.kind, "Country"):
                continue
            yield Claim(relation="partOf", subject=unit, object=body, rule="beside.under" if gap != " " else "beside.unit",
                        start=body.start, end=unit.end, sentence=reading.sentence_at(body.start), confidence=0.8)


def person_at(reading: Reading, end: int) -> Mention | None:
    """The person whose name or title ends at an offset."""
    return next((m for m in reading.mentions if m.kind == "Person" and end in (m.end, m.title_span[1] if m.title_span else -1)), None)
