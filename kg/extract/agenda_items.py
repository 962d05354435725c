"""Points of a programme: their titles without what surrounds them, and who speaks by the parenthesis behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from kg.analyze.names.words import has_name_shape, is_person_name, organization_suffix, title_in
from kg.analyze.reading import Reading
from kg.extract.names_between import Names
from kg.model import Mention

_WITHIN = re.compile(r"\S(?:는|한|할|된|인)\s[‘“「『]([^‘’“”「」『』]{4,})$")  # … 소개하는 ‘○○’: the title is what is quoted
_TAIL = re.compile(
    r"\s*(?:(?:에\s?대한|을|를|의)\s*)?(?:(?:공유|소개)\s?[?·ㆍ및,]\s?)?(?:주제\s?)?(?:발표|강연|발제)$|\s*등$|(?:이라는|라는)$"
)
_LABEL = re.compile(r"[<〈\[【(]\s?(?:\d{1,2}월|제?\d{1,2}(?:부|회|강|차시?|주제|세션))\s?[>〉\]】)]\s*")  # <4월> ○○의 역사
_JOINT = re.compile(r"\s*[,、]\s*")


@dataclass(frozen=True, slots=True)
class Item:
    """One point of a programme: its title with where it stands, and who speaks."""

    start: int
    name: str
    speakers: tuple[Mention, ...]


def item_of(reading: Reading, low: int, words: str, speakers: tuple[Mention, ...]) -> Item | None:
    """A point of a programme without what only surrounds its title."""
    name = _LABEL.sub("", words.rstrip(" ,;:").lstrip(" :："))
    while (shorter := _TAIL.sub("", name).rstrip(" ,")) != name:
        name = shorter
    name = name.strip(" ’”'\"」』")
    if inner := _WITHIN.search(name):
        name = inner[1]
    name = name.strip(" ‘“「『")
    if not 4 <= len(name) <= 90:
        return None
    return Item(reading.tokens.text.index(name, low), name, speakers)


def speakers_noted(reading: Reading, start: int, end: int, names: Names, lone: bool = False) -> tuple[Mention, ...]:
    """Who speaks by a parenthesis: the person of each of its parts, else the body; unknown proper names in a list are bodies too.

    With ``lone`` such a name needs no others beside it.
    """
    text, found, unknown, position = reading.tokens.text, [], [], start
    inside = [m for m in reading.within(start, end) if m.kind == "Person"]
    people = [m for m in inside if m.title_span is None or m.title_span[0] > m.start]
    if (
        inside
        and not people
        or any(start <= a.start < end and a.host.end >= start - 2 for a in reading.aliases)
        and not any(m.known for m in names.between(start, end))
    ):
        return ()  # (위원장 ○○○) tells of a body, 인증(PKI) is a short form
    parts = [part for part in _JOINT.split(text[start:end]) if part]
    if not people and (person := _beside_body(reading, start, parts, names)) is not None:
        return (person,)
    for part in parts:
        low = text.index(part, position)
        position = high = low + len(part)
        persons = [m for m in people if low <= m.start and m.end <= high]
        bodies = names.between(low, high) if not people else []
        name = part.removeprefix("이상").strip()
        if persons:
            found += persons
        elif not people and (person := _of_unit(reading, low, part, names)) is not None:
            found.append(person)
        elif bodies:
            body = max(bodies, key=lambda m: (m.end - m.start, -m.start))
            if body.end - body.start < len(name) and (
                body.known is None and names.proper(low, high) or text[body.end : body.end + 1] == "-"
            ):  # ○○ 코리아, ○○-중국
                at = text.index(name, low)
                body = replace(body, start=at, end=at + len(name), name=name, known=None)
            found.append(body)
        elif (
            not people
            and re.fullmatch(r"[가-힣A-Za-z&·\- ]{2,20}", name)
            and names.proper(low, high)
            and not (lone and name.isascii())
            and title_in(name.split()[-1], names.knowledge) is None
            and not any(is_person_name(word, ("NNP",), names.knowledge, strong=True) for word in name.split()[1:])
        ):
            at = text.index(name, low)
            unknown.append(Mention(start=at, end=at + len(name), kind="Organization", name=name, rule="agenda", certain=False))
    if not found and len(unknown) < (1 if lone else max(2, len(parts))):
        unknown = []
    return tuple(sorted((*found, *unknown), key=lambda m: m.start))


def _beside_body(reading: Reading, start: int, parts: Sequence[str], names: Names) -> Mention | None:
    """The person beside the body that he or she is of, or beside a title, alone in a parenthesis: (이나래, 한빛대학교 교수)."""
    if len(parts) != 2:
        return None
    places = [reading.tokens.text.index(parts[0], start)]
    places.append(reading.tokens.text.index(parts[1], places[0] + len(parts[0])))
    for (at, part), (low, other) in permutations(zip(places, parts)):
        high = low + len(other)
        whole = (
            title_in(other.split()[-1], names.knowledge) is not None
            or any(m.start == low and m.end == high for m in names.between(low, high))
            or organization_suffix(other, names.knowledge) is not None
            and names.proper(low, high)
        )
        if whole and has_name_shape(part, names.knowledge) and not names.between(at, at + len(part)):
            return Mention(start=at, end=at + len(part), kind="Person", name=part, rule="agenda")
    return None


def _of_unit(reading: Reading, low: int, part: str, names: Names) -> Mention | None:
    """The person without a title behind the unit that he or she is of, a part of a parenthesis that begins at ``low``: (수학교육과 이나래)."""
    words = part.split()
    homes = tuple(names.knowledge.talks.homes)
    if list(map(len, words[1:])) != [3] or len(words[0]) < 3 or not words[0].endswith(homes) or words[1].endswith(homes):
        return None
    at = reading.tokens.text.index(words[1], low + len(words[0]))
    if not is_person_name(words[1], names.tags(at, at + 3), names.knowledge, strong=True):
        return None
    return Mention(start=at, end=at + 3, kind="Person", name=words[1], rule="agenda")
