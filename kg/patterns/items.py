"""What the words behind a key hold, as patterns over lines name it: bodies, people, a day, places, a topic, a count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kg.analyze.names.rosters import roster
from kg.analyze.reading import Reading
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention, Value
from kg.patterns.listed import acting, members, unknown_members
from kg.patterns.places import line_places

Item = Mention | Value | str | dict[str, Mention]

_PARTS = re.compile(r"\s*[,、;]\s*|\s*[·ㆍ]\s*(?=[가-힣A-Z])")
_NOTE = re.compile(r"\([^()]*\)")
_SENTENCE = re.compile(r"[가-힣][은는이가을를]\s")
_NO_NAME = re.compile(r"\d|[은는이가을를]\s|미정|없음")
_CHAIR = re.compile(r"[^,]*\((?:좌장|주재|사회)\)")
_GROUP = re.compile(r"\([가-힣]{2,5}\)")
_HELD = re.compile(r",\s*([^,()]{2,60}?)\s공동\s?(?:개최|주최)(?=$|\s)")
_FOLLOWS = re.compile(r"\s*(?:등|,|·|ㆍ|/|\(|및|과\s|와\s|$)")
_LED = re.compile(r"\s*\([^)]*(?:장|관)\)")
_FEWEST = 3  # known bodies among which unknown names are bodies too
_LONGEST, _LONGEST_PURPOSE = 80, 200  # characters of a topic, and of a purpose


@dataclass(frozen=True, slots=True)
class Line:
    """Words behind a key: the keys' meanings, the words with their offset, the event they are about, where the evidence begins, and the
    sentence; ``joint`` says that the key speaks of several, ``found`` are bodies that stand with the line, ``ends`` is where evidence goes on to."""

    reading: Reading
    knowledge: Knowledge
    keys: frozenset[str]
    value: str
    start: int
    event: Mention
    joint: bool
    begins: int
    sentence: tuple[int, int]
    found: tuple[Mention, ...] = ()
    ends: int | None = None

    @property
    def end(self) -> int:
        """Where the words end."""
        return self.start + len(self.value)

    def inside(self) -> list[Mention]:
        """The mentions among the words."""
        return self.reading.within(self.start, self.end)

    def values(self, kind: str) -> list[Value]:
        """The values of a kind among the words."""
        return [v for v in self.reading.values_within(self.start, self.end) if v.kind == kind]

    def text(self, start: int) -> str:
        """The words from an offset on."""
        return self.reading.tokens.text[start : self.end]


def bodies(line: Line, value: str | None = None, start: int | None = None) -> Iterator[Mention]:
    """The bodies of a list after 주최, 주관, 후원; an unknown name there is a body too."""
    value, start = line.value if value is None else value, line.start if start is None else start
    inside, position = [m for m in line.inside() if m.start >= start], 0
    value = re.split(r"\s{2,}|\s[/|]\s|※", value)[0]
    value = _NOTE.sub(lambda note: " " * len(note[0]), value)  # 금융권 77개사(은행 14, 보험 17)
    spans = [
        (m.start - start, m.end - start) for m in inside if m.rule == "gazetteer"
    ]  # 전자문서·전자거래분쟁조정위원회 is one name
    cuts = [m for m in _PARTS.finditer(value) if not any(low < m.start() and m.end() < high for low, high in spans)]
    for part in (value[a:b] for a, b in zip([0, *(m.end() for m in cuts)], [*(m.start() for m in cuts), len(value)])):
        at = value.index(part, position)
        position = at + len(part)
        name = re.sub(r"\s*(?:공동|등)\s*$", "", re.sub(r"\s+", " ", part)).strip("‘’“”「」 ")
        if not name:
            continue
        low = start + at + part.index(name[0])
        known = [body for m in inside if low <= m.start and m.end <= low + len(part) and (body := acting(m, line.knowledge))]
        glued = _SENTENCE.search(name) is not None  # the list has run into a sentence
        if glued:
            known = [m for m in known if m.start <= low + 2]
        if known:
            yield max(known, key=lambda m: (m.end - m.start, -m.start))
        elif (
            not glued and 2 <= len(name) <= 25 and not _NO_NAME.search(name) and name not in line.knowledge.organizations.generic
        ):
            yield Mention(start=low, end=start + at + len(part.rstrip()), kind="Organization", name=name, rule="notice")
        if glued:
            return


def _holders(line: Line) -> Iterator[Mention]:
    """(장소) 산호세, ○○부·○○원 공동 개최."""
    held = _HELD.search(line.value)
    if held is not None:
        yield from bodies(line, held[1], line.start + held.start(1))


def _members(line: Line) -> Iterator[Mention]:
    yield from members(line.value, line.start, line.inside(), line.knowledge, line.reading)


def _people(line: Line) -> list[Mention]:
    return [m for m in line.inside() if schema().is_a(m.kind, "Person")]


def _chairs(line: Line) -> list[Mention]:
    """Those of the people behind whom a parenthesis says that they chair."""
    return [p for p in _people(line) if _CHAIR.match(line.reading.tokens.text[p.end : p.end + 25])]


def _guests(line: Line) -> list[Mention]:
    chairs = _chairs(line)
    return [p for p in _people(line) if p not in chairs]


def _attending(line: Line) -> Iterator[Mention]:
    """The bodies among those who attend; a body that stands with a person is only whom the person belongs to."""
    people = _people(line)
    named = {(a.body.start, a.body.end) for a in line.reading.anchored if a.body is not None and a.person in people}
    listed = list(roster(line.value, line.start, line.reading, line.knowledge))
    yield from listed
    for body in (acting(m, line.knowledge) for m in line.inside()):
        if body is None or (body.start, body.end) in named or any(m.start < body.end and body.start < m.end for m in listed):
            continue
        follows = line.text(body.end)
        if _FOLLOWS.match(follows) and not _LED.match(follows):
            listed.append(body)
            yield body
    if not people and len(listed) >= _FEWEST:
        yield from unknown_members(line.value, line.start, line.inside(), line.knowledge, line.reading)


def _employees(line: Line) -> Iterator[dict[str, Mention]]:
    """The people behind the body in brackets for whom no other body stands: (금감원) ○○○ 국장."""
    for found in line.reading.anchored:
        if line.start <= found.person.start < line.end and found.body is None and not found.former:
            yield {"person": found.person, "body": line.found[0]}


def _days(line: Line) -> list[Value]:
    return line.values("date")[:1]


def _sites(line: Line) -> list[Mention]:
    """The places behind the last day, where a line gives both."""
    days = line.values("date") if line.keys & {"date", "day"} else []
    return line_places(line.reading, line.knowledge, days[-1].end if days else line.start, line.end, line.inside())


def _ordinals(line: Line) -> Iterator[Value]:
    if line.event.name and line.event.edition is not None:
        yield Value(kind="edition", start=line.start, end=line.end, number=line.event.edition)


def _topics(line: Line) -> Iterator[Mention]:
    words = re.split(r"\s(?=\([가-힣]{2,4}\)\s)", line.value)[0].strip(" ‘’“”「」『』")  # … (진행) ○○○ is another line
    if 4 <= len(words) <= _LONGEST and not re.match(r"[①-⑳➀-➉❶-❿]", words):
        low = line.start + line.value.index(words)
        yield Mention(start=low, end=low + len(words), kind="Topic", name=words, rule="notice")


def _purposes(line: Line) -> Iterator[str]:
    words = line.value.strip(" ‘’“”「」")
    if 4 <= len(words) <= _LONGEST_PURPOSE:
        yield words


def _mode(line: Line, value: str) -> Iterator[Value]:
    """The mode that a line names; two of them are hybrid."""
    modes = line.knowledge.places.modes
    hits = {modes[w] for w in sorted(modes, key=len, reverse=True) if re.search(rf"(?<![가-힣]){re.escape(w)}", value)}
    if hits:
        mode = "hybrid" if "hybrid" in hits or {"online", "in-person"} <= hits else min(hits)
        yield Value(kind="mode", start=line.start, end=line.end, text=mode)


def _whole(line: Line) -> list[Value]:
    """The count that a list of those present ends with; (학생) 3명 is a part of them."""
    if len(_GROUP.findall(line.value)) >= 2:
        return []
    return [v for v in line.values("people") if not line.text(v.end).strip(" ).,")][:1]


ITEMS: Mapping[str, Callable[[Line], Iterator[Item] | list]] = {
    "body": bodies,
    "holder": _holders,
    "member": _members,
    "listed": lambda line: list(line.found),
    "person": _people,
    "chair": _chairs,
    "guest": _guests,
    "attending": _attending,
    "employee": _employees,
    "day": _days,
    "venue": lambda line: [p for p in _sites(line) if p.kind == "Venue"],
    "city": lambda line: [p for p in _sites(line) if p.kind != "Venue"],
    "ordinal": _ordinals,
    "topic": _topics,
    "purpose": _purposes,
    "mode": lambda line: _mode(line, line.value),
    "mode_of_place": lambda line: _mode(line, line.value.split("(")[0]),
    "count": lambda line: line.values("people")[:1],
    "whole_count": _whole,
}
