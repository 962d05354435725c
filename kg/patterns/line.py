"""Patterns over lines: what a notice says by keys (□ 일시: …, ㅇ (주최) …), and lists under a key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from kg.analyze.names.footnotes import listed
from kg.analyze.names.rosters import keyed
from kg.analyze.names.words import event_noun
from kg.analyze.numbers import edition_in
from kg.analyze.reading import Reading
from kg.knowledge.load import Knowledge
from kg.knowledge.patterns import Pattern
from kg.knowledge.patterns.line import Match
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention, Origin
from kg.patterns.headings import headed_by
from kg.patterns.items import ITEMS, Line
from kg.patterns.noted import noted_days

_APART = 4  # lines that may part the lines of one block
_CIRCLES = "ㅇ○"
_DOERS = frozenset({"host", "organizer", "sponsor"})
_BETWEEN_STROKES = re.compile(r"[^/]+")


def match_lines(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Candidates of every pattern over every line of a notice."""
    patterns = [(p, p.match) for p in knowledge.patterns if isinstance(p.match, Match)]
    for line in lines(reading, knowledge):
        for pattern, match in patterns:
            if match.keys & line.keys and not match.without & line.keys:
                yield from _said(pattern, match.item, line)


def _said(pattern: Pattern, item_of: str, line: Line) -> Iterator[Candidate]:
    found = list(ITEMS[item_of](line))
    several = pattern.joint is not None and (line.joint or len(found) > 1)
    for item in found:
        roles = {"event": line.event, **(item if isinstance(item, dict) else {"item": item})}
        start, end = _words(line, roles)
        for emission in pattern.emit:
            yield Candidate(relation=pattern.joint if several and pattern.joint else emission.relation, subject=roles[emission.subject], object=roles[emission.object],
                            rule=pattern.id, origin=Origin.NOTICE, flags=pattern.flags, start=min(start, line.begins), end=max(end, line.ends or 0),
                            sentence=line.sentence)  # fmt: skip


def _words(line: Line, roles: dict) -> tuple[int, int]:
    """The words that say it: those of the items, the line's words where an item has none of its own."""
    spans = [(t.start, t.end) for role, t in roles.items() if role != "event" and not isinstance(t, str)]
    return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else (line.start, line.end)


def lines(reading: Reading, knowledge: Knowledge) -> Iterator[Line]:
    """Everything in a text that says something by a key, with the event it is about."""
    yield from _in_parentheses(reading, knowledge)
    yield from _Block(reading, knowledge).lines()
    for event, value, place in noted_days(reading, knowledge):
        yield Line(
            reading,
            knowledge,
            frozenset({"day", "site"} if place else {"day"}),
            *value,
            event,
            False,
            len(reading.tokens.text),
            (value[1], value[1] + len(value[0])),
        )


def _in_parentheses(reading: Reading, knowledge: Knowledge) -> Iterator[Line]:
    """``‘○○ 콘퍼런스’(후원: ○○재단)``: a key in the parenthesis right after an event."""
    for match in _compiled(knowledge)["noted"].finditer(reading.tokens.text):
        role = knowledge.notices.get(re.sub(r"\s", "", match["key"]))
        event = next(
            (
                m
                for m in sorted(
                    (*reading.ending(match.start()), *reading.ending(match.start() + 1)), key=lambda m: (m.start, -m.end)
                )
                if schema().is_a(m.kind, "Event")
            ),
            None,
        )
        if event is not None and role in ("host", "organizer", "sponsor"):
            start = match.start("value")
            yield Line(reading, knowledge, frozenset({role}), match["value"], start, event, "공동" in match["key"], event.start,
                       (start, start + len(match["value"])), ends=event.end)  # fmt: skip


@lru_cache(maxsize=4)
def _written(keys: tuple[str, ...], atoms: tuple[tuple[str, str], ...]) -> dict[str, re.Pattern[str]]:
    names = "|".join(re.escape(k).replace(r"\ ", r"\s?") for k in sorted(keys, key=lambda k: (-len(k), k)))
    known = dict(atoms)
    return {
        name: re.compile(known[name].replace("<keys>", names))
        for name in ("keyed", "cut", "noted", "alone", "item", "groups", "over", "and")
    }


def _compiled(knowledge: Knowledge) -> dict[str, re.Pattern[str]]:
    """The shapes of lines, with the keys of the lexicon in them."""
    return _written(tuple(knowledge.notices), tuple(knowledge.atoms.items()))


class _Block:
    """The lines of a text from first to last: which event a block is about, and which lines stand under a key."""

    def __init__(self, reading: Reading, knowledge: Knowledge) -> None:
        self.reading, self.knowledge, self.shapes = reading, knowledge, _compiled(knowledge)
        self.event: Mention | None = None
        self.last = -2 * _APART  # the number of the last line with a key
        self.opened: tuple[int, int] | None = None  # number and offset of a key without words: 참석자, and then its lines
        self.attended: tuple[int, Mention, str] | None = None  # the last line of participants, its event and its words

    def lines(self) -> Iterator[Line]:
        """The lines that say something."""
        for number, position, line in self._cut():
            match = self.shapes["keyed"].match(line)
            if match is None and line.strip():
                yield from self._under(number, position, line)
            if (alone := self.shapes["alone"].match(line)) and self.knowledge.notices.get(alone["key"]) == "attendee":
                self.opened, self.last = (number, position), number
            if match is not None:
                yield from self._each(self._keyed(number, position, line, match), match["a"] or match["b"])

    def _cut(self) -> Iterator[tuple[int, int, str]]:
        """(number, offset, words) of every line; ``(주최) A, (주관) B`` is as many lines as it has keys, and 국장(주재) is one."""
        position = 0
        for number, line in enumerate(self.reading.tokens.text.split("\n")):
            cuts = [m.start() for m in self.shapes["cut"].finditer(line) if not line[m.start() - 1 : m.start()].strip(" ,、/·▪-")]
            for low, high in zip([0, *cuts], [*cuts, len(line)]):
                yield number, position + low, line[low:high].rstrip(" ,、/")
            position += len(line) + 1

    def _keyed(self, number: int, position: int, line: str, match: re.Match) -> Line:
        """A line that begins with a key, or several (일시/장소)."""
        if number - self.last > _APART:
            self.event = None
        self.last, self.opened = number, None
        words, value, start = match["a"] or match["b"], match["value"], position + match.start("value")
        keys = frozenset(self._role(key) for key in self.shapes["and"].split(words) if key)
        self.event = (
            _named(value, start, self.knowledge)
            if "event" in keys
            else headed_by(self.reading.tokens.text, position, self.knowledge)
        ) or self.event
        event = self.event or (_attended(self.reading, position) if keys & {"member", "attendee"} else None) or _here(position)
        if "attendee" in keys:
            self.attended = (number, event, value)
        begins = position + max(match.start("a"), match.start("b"), 0)
        return Line(
            self.reading, self.knowledge, keys, value, start, event, "공동" in words, begins, (position, position + len(line))
        )

    def _each(self, line: Line, words: str) -> Iterator[Line]:
        """A line of several doers as one of each, where strokes part as many as there are keys: 주최/주관: ○○부 / ○○공단."""
        roles = [self._role(key) for key in self.shapes["and"].split(words) if key]
        parts = list(_BETWEEN_STROKES.finditer(line.value))
        if len(roles) < 2 or line.keys != set(roles) or not line.keys <= _DOERS or len(parts) != len(roles):
            yield line
            return
        for role, part in zip(roles, parts):
            yield replace(
                line,
                keys=frozenset({role}),
                value=part[0].strip(),
                start=line.start + part.start() + len(part[0]) - len(part[0].lstrip()),
            )

    def _role(self, key: str) -> str:
        notices = self.knowledge.notices
        spaced = re.sub(r"\s", " ", key).strip()
        return notices[spaced] if spaced in notices else notices[re.sub(r"\s", "", key)]

    def _under(self, number: int, position: int, line: str) -> Iterator[Line]:
        """A line without a key that stands under one of participants."""
        if self.opened is not None:
            item = self.shapes["item"].match(line)
            if item is None or number - self.opened[0] > _APART or self._sibling(line):
                self.opened = None
                return
            self.opened = (number, self.opened[1])
            yield from self._item(item, position)
        elif self.attended is not None and number - self.attended[0] <= 2:
            bodies = self._below(line, position, self.attended[2] if number == self.attended[0] + 1 else "")
            if bodies:  # who the groups of the line before are
                yield Line(self.reading, self.knowledge, frozenset({"below"}), line, position, self.attended[1], False, len(self.reading.tokens.text),
                           (position, position + len(line)), tuple(bodies))  # fmt: skip

    def _sibling(self, line: str) -> bool:
        """Whether a line has the circle that the line of the key has too, and so is no line under it: ㅇ 참석자, ㅇ ○○청, ○○원 점검."""
        opened = self.opened[1] if self.opened is not None else 0
        key = self.reading.tokens.text[opened : opened + 40]
        return line.lstrip()[0] in _CIRCLES and line.lstrip()[0] == key.lstrip()[:1]

    def _item(self, item: re.Match, position: int) -> Iterator[Line]:
        """A line under 참석자: ``- (금감원) ○○○ 국장, ○○○ 팀장``; the group in brackets is the body of its people."""
        words = "value" if item["value"] else "plain"
        value, start = item[words], position + item.start(words)
        event = self.event or _here(position)
        yield Line(
            self.reading,
            self.knowledge,
            frozenset({"attendee"}),
            value,
            start,
            event,
            False,
            len(self.reading.tokens.text),
            (start, start + len(value)),
        )
        group = next(
            (e for e in self.knowledge.gazetteer.by_name(item["group"] or "") if schema().is_a(e.cls, "Organization")), None
        )
        if group is not None:
            low = position + item.start("group")
            body = Mention(
                start=low, end=low + len(item["group"]), kind=group.cls, name=item["group"], rule="gazetteer", known=group.name
            )
            yield Line(
                self.reading,
                self.knowledge,
                frozenset({"group"}),
                value,
                start,
                event,
                False,
                low,
                (position, position + len(item[0])),
                (body,),
                position + len(item[0]),
            )

    def _below(self, line: str, position: int, above: str) -> list[Mention]:
        """The bodies that a line below the one of participants lists for groups in it: * (생보) ○○, ○○; 회원사* 소속 임원 above ※ ○○, ○○, ○○."""
        grouped = list(keyed(line, position, self.knowledge))
        if grouped or not self.shapes["groups"].search(above) or not line.startswith(("*", "※")):
            return grouped
        note = next(
            (
                s
                for s in self.reading.sentences
                if position <= s.start + 2 and s.start < position + 3 and s.end <= position + len(line) + 1
            ),
            None,
        )
        bodies = list(listed(note, self.reading.tokens, self.knowledge)) if note is not None else []
        return (
            bodies if all(self.shapes["over"].match(line, body.end - position) for body in bodies) else []
        )  # and not ○○, ○○, ○○는 불참


def _here(offset: int) -> Mention:
    """The event that the text is about."""
    return Mention(start=offset, end=offset, kind="Event", name="", rule="context")


def _attended(reading: Reading, offset: int) -> Mention | None:
    """The event that somebody took part in by the sentence before an offset (이날 행사에는 10개사*가 참석했다, 동 설명회는 … 참석하였다)."""
    before = next((s for s in reversed(reading.sentences) if s.end <= offset), None)
    if before is None:
        return None
    attended = any(p.kind == "PRED" and p.lemma in ("참석하다", "참여하다", "참가하다") for p in before.phrases)
    ranks: Iterable[tuple[str, ...]] = (("에", "에는", "에도"), ("은", "는")) if attended else (("에", "에는", "에도"),)
    rows = list(zip(before.phrases, before.heads))
    return next(
        (
            m
            for particles in ranks
            for p, heads in reversed(rows)
            if p.particle in particles
            for m in heads
            if schema().is_a(m.kind, "Event")
        ),
        None,
    )


def _named(value: str, start: int, knowledge: Knowledge) -> Mention | None:
    """The event that a line gives as its name: 행사명: ○○ 포럼."""
    name = re.sub(r"\([^()]*\)\s*$", "", value).strip()
    lead = len(name) - len(name.lstrip("‘“「『《<"))
    name = name.strip("‘’“”「」『』《》<> ")
    if not 4 <= len(name) <= 70:
        return None
    noun = event_noun(name.split(" ")[-1].rstrip("0123456789’”"), knowledge)
    kind = knowledge.events.classes[noun] if noun else "Event"
    return Mention(
        start=start + lead, end=start + lead + len(name), kind=kind, name=name, rule="notice", edition=edition_in(name)
    )
