"""Patterns over appositions: a person with title and body, a name with another, an event with what the parenthesis behind it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.analyze.names.known import known_places
from kg.analyze.names.notes import items_of
from kg.analyze.names.people import Anchored, is_organization
from kg.analyze.names.places import places_in
from kg.analyze.names.words import words_of
from kg.analyze.reading import Reading
from kg.knowledge.load import Knowledge
from kg.knowledge.patterns import Pattern
from kg.knowledge.patterns.apposition import Match
from kg.knowledge.schema import schema
from kg.knowledge.signs import signs
from kg.model import Candidate, Mention, Value

_YEAR = re.compile(r"(?:19|20)\d\d")

Member = Mention | Value | str


@dataclass(frozen=True, slots=True)
class Group:
    """Names that stand together: the members by role, what else is known of them, and the words that say so."""

    kind: str
    members: Mapping[str, Member]
    flags: frozenset[str]
    start: int
    end: int
    at: int  # an offset in the sentence around it


def match_appositions(found: Iterable[Group], reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Candidates of every pattern over some groups."""
    by_kind: dict[str, list[Pattern]] = {}
    for pattern in knowledge.patterns:
        if isinstance(pattern.match, Match):
            by_kind.setdefault(pattern.match.group, []).append(pattern)
    for group in found:
        for pattern in by_kind.get(group.kind, ()):
            if fits(pattern, group):
                yield from _claims(pattern, group, reading)


def fits(pattern: Pattern, group: Group) -> bool:
    """Whether a group is what a pattern looks for."""
    match, members = pattern.match, group.members
    return isinstance(match, Match) and (
        match.needs <= members.keys()
        and match.flags <= group.flags
        and not match.no & group.flags
        and all(role in members and str(members[role]) in words for role, words in match.where.items())
        and all(_is(members.get(role), classes) for role, classes in match.of.items())
    )


def _is(member: Member | None, classes: frozenset[str]) -> bool:
    return isinstance(member, Mention) and any(schema().is_a(member.kind, name) for name in classes)


def _claims(pattern: Pattern, group: Group, reading: Reading) -> Iterator[Candidate]:
    sentence = reading.sentence_at(group.at)
    status = "planned" if group.kind == "occasion" and _to_come(group, reading) else "asserted"
    for emission in pattern.emit:
        object_ = (emission.words or "") if emission.object is None else group.members[emission.object]
        subject = group.members[emission.subject]
        assert isinstance(subject, Mention)
        yield Candidate(relation=emission.relation, subject=subject, object=object_, rule=pattern.id, flags=pattern.flags, start=group.start, end=group.end,
                    sentence=sentence, status=status)  # fmt: skip


def _to_come(group: Group, reading: Reading) -> bool:
    """Whether what is said next of an event with a note is still to come: 3차 회의(6.26.)가 부산에서 열릴 예정이다."""
    sentence = reading.sentence_of(group.start)
    spoken = (p for p in sentence.phrases if p.kind == "PRED" and reading.tokens.starts[p.first] >= group.end) if sentence else ()
    predicate = next(iter(spoken), None)
    return predicate is not None and predicate.planned and not predicate.past


def groups(reading: Reading, knowledge: Knowledge) -> Iterator[Group]:
    """Everything that the reader of names has put together in a text."""
    yield from (_person(found) for found in reading.anchored)
    for alias in reading.aliases:
        yield Group("alias", {"thing": alias.host, "alias": alias.name}, frozenset(), alias.start, alias.end, alias.start)
    for mention in reading.mentions:
        if mention.edition is not None and schema().is_a(mention.kind, "Event"):
            yield ordinal(mention)
    yield from _wholes(reading, knowledge)
    yield from _occasions(reading, knowledge)
    for note in reading.notes:
        if note.role is not None and note.host is not None and note.host.kind == "Person":
            at = note.host.start
            here = Mention(start=at, end=at, kind="Event", name="", rule="context")
            yield Group(
                "remark",
                {"person": note.host, "remark": note.role, "event": here},
                frozenset(),
                at,
                note.host.end + len(note.role) + 2,
                at,
            )


def _wholes(reading: Reading, knowledge: Knowledge) -> Iterator[Group]:
    """한빛대 법학전문대학원: a known body at the beginning of a unit's name; ㈜나래온(한빛그룹 자회사): whose a parenthesis says that it is."""
    bodies = [m for m in reading.mentions if is_organization(m)]
    at = {m.start: m for m in bodies}
    owned = re.compile(knowledge.atoms["owned"])
    for body in bodies:
        whole = at[body.start]
        if body.kind == "OrganizationalUnit" and whole.known and whole.end < body.end:
            yield Group("named_whole", {"unit": body, "whole": whole}, frozenset(), body.start, body.end, body.start)
        if (note := owned.match(reading.tokens.text, body.end)) is None:
            continue
        entries = knowledge.gazetteer.by_name(note["whole"])
        if (entry := next((e for e in entries if schema().is_a(e.cls, "Organization")), None)) is not None:
            low, high = note.span("whole")
            whole = Mention(start=low, end=high, kind=entry.cls, name=note["whole"], rule="gazetteer", known=entry.name)
            yield Group("owned", {"body": body, "whole": whole}, frozenset(), body.start, note.end(), body.start)


def ordinal(event: Mention) -> Group:
    """An event whose name says which of a series it is."""
    number = Value(kind="edition", start=event.start, end=event.end, number=event.edition)
    counts = event.kind == "Agreement" and "번째" in event.name  # 세 번째 협약: how many there were
    return Group(
        "event",
        {"event": event, "ordinal": number},
        frozenset({"counts_signings"} if counts else ()),
        event.start,
        event.end,
        event.start,
    )


def _person(found: Anchored) -> Group:
    """A person with title, body and unit, as far as they stand beside the name."""
    members: dict[str, Member] = {"person": found.person}
    flags = {name for name, holds in (("leads", found.leads), ("former", found.former)) if holds}
    title, body, unit = found.person.title, found.body, found.unit
    if title:
        members["title"] = title
        flags.add("titled")
    if body is not None:
        members["whole"] = body
        if is_organization(body):
            members["body"] = body
        if unit is not None:
            members["unit"] = unit
            housed = (
                title is not None
                and unit.name.endswith(signs().housing)
                and title[-1:] == "장"
                and unit.name.endswith(title[:-1])
            )
            if housed or unit.rule == "fused-title":  # 한빛공단 나래연구소 ○○○ 소장, 한빛공단 ○○○ 나래정보센터장
                flags.add("houses")
    return Group("person", members, frozenset(flags), found.start, found.end, found.person.start)


def _occasions(reading: Reading, knowledge: Knowledge) -> Iterator[Group]:
    """``OECD 총회(11.18~19일, 일본 도쿄)``: an event with the day, the places and the mode that its parenthesis gives."""
    tokens = reading.tokens
    for event, opening, closing in reading.occasions:
        low, high = tokens.ends[opening], tokens.starts[closing]

        def group(role: str, member: Member, event: Mention = event, end: int = tokens.ends[closing]) -> Group:
            return Group("occasion", {"event": event, role: member}, frozenset(), event.start, end, event.start)

        days = (v for v in reading.values_within(low, high) if v.kind == "date")
        day = next((v for v in days if v.date is None or v.date.month or v.text or v.until), None)
        if day is not None:
            yield group("day", day)
        if set(_YEAR.findall(event.name)) & set(_YEAR.findall(tokens.text[low:high])):
            continue  # ‘서울 국제 하늘전시회 2021’(서울 HAX 2021): its short name
        for first, last in items_of(tokens, opening, closing):
            words = words_of(tokens, [i for i in range(first, last + 1) if tokens.pair[i] == -1])
            inside = known_places(tokens, first, last, knowledge)
            if words and inside and inside[0].start == words[0].start:
                for place in places_in(words, tokens, inside, knowledge):
                    yield group("venue" if place.kind == "Venue" else "city", place)
