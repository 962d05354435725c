"""Names of one noun phrase, and of the parentheses in it: bodies, then people, then the event, then what each parenthesis says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.analyze.names.adjacent import joined
from kg.analyze.names.bracketed import bracketed
from kg.analyze.names.cases import case_in
from kg.analyze.names.defined import body_before, calls_league, defines
from kg.analyze.names.events import events_in, frequent
from kg.analyze.names.foreigners import syllabled
from kg.analyze.names.gathered import Gathered, Text
from kg.analyze.names.named_before import with_defined
from kg.analyze.names.neighbours import LATIN_NAME
from kg.analyze.names.notes import Note, person_before, read_note
from kg.analyze.names.organizations import organizations_in
from kg.analyze.names.people import Anchored, is_organization, people_in, surnames_in
from kg.analyze.names.second_offices import second_offices
from kg.analyze.names.words import event_noun, title_in, words_of
from kg.analyze.phrases import Phrase
from kg.analyze.votes import anchored_by_vote, with_votes
from kg.knowledge.schema import schema
from kg.model import Mention

_FORMER = re.compile(r"前|[전구] ")
_SPELLED_OUT = re.compile(r"[A-Z][a-z]+(?: [A-Za-z]+){2,}")
_CLOSING = "’”」』》"


def read_phrase(phrase: Phrase, text: Text, found: Gathered, voted: Sequence[Mention], sitting: Mention | None) -> None:
    """Take in what a noun phrase names; ``voted`` are names that the model finds there, ``sitting`` a body's session."""
    reader = _InPhrase(phrase, text, found)
    if reader.words:
        reader.read_bodies(voted)
        reader.read_people(voted)
        reader.read_event(sitting)
        for opening, closing in phrase.notes:
            reader.read_note(opening, closing)


class _InPhrase:
    """State of reading one phrase: the bodies, people and events found in it so far."""

    def __init__(self, phrase: Phrase, text: Text, found: Gathered) -> None:
        self.phrase, self.text, self.found = phrase, text, found
        self.tokens, self.knowledge = text.tokens, text.knowledge
        self.words = words_of(text.tokens, phrase.tokens)
        self.bodies: list[Mention] = []
        self.people: list[Anchored] = []
        self.events: list[Mention] = []

    def read_bodies(self, voted: Sequence[Mention]) -> None:
        found = joined(organizations_in(self.words, self.tokens, self.text.known, self.knowledge), self.tokens)
        self.bodies = with_defined(found, self.words, self.tokens, self.found.defined)
        for opening, closing in self.phrase.notes:
            if (host := self._defined_by(opening, closing)) is not None:
                self.bodies = sorted([*self.bodies, host], key=lambda m: m.start)
        if voted:
            self.bodies = with_votes(self.bodies, voted)

    def _defined_by(self, opening: int, closing: int) -> Mention | None:
        """The body that only a parenthesis behind it makes one."""
        tokens, knowledge = self.tokens, self.knowledge
        before = [w for w in self.words if w.last < opening]
        after = next((w for w in self.words if w.first == closing + 1 and not tokens.spaced[w.first]), None)
        if after is not None and (title_in(after.text, knowledge) or ("",))[0]:
            return None  # 인공지능(AI)보안단장 is one title
        if (
            not before
            or before[-1].last != opening - 1
            or any(b.end == before[-1].end for b in self.bodies)
            or not defines(tokens, opening, closing, knowledge)
        ):
            return None
        expanded = _SPELLED_OUT.search(tokens.surface(opening, closing)) is not None
        leagued = calls_league(before[-1], tokens, opening, closing, knowledge)
        host = body_before(before, tokens, knowledge, self.bodies, headed=expanded, leagued=leagued)
        if host is None or title_in(host.name, knowledge) is not None:
            return None
        return host if leagued or event_noun(host.name, knowledge) is None else None

    def read_people(self, voted: Sequence[Mention]) -> None:
        tokens, knowledge = self.tokens, self.knowledge
        latin = {}
        for opening, closing in self.phrase.notes:
            name = LATIN_NAME.match(tokens.text, tokens.ends[opening], tokens.starts[closing])
            if opening and name and " " in name[0] and name[0].split()[-1] not in knowledge.organizations.latin:
                latin[tokens.ends[opening - 1]] = syllabled(name[0])
        for new in voted:
            if new.kind == "Person" and not new.title:  # people of the model are looked for at titles like those with Latin names
                latin[new.end] = sum(new.start <= w.start and w.end <= new.end for w in self.words) or 1
        people = people_in(self.words, tokens, self.bodies, knowledge, latin)
        people += [
            anchored_by_vote(m, self.bodies, tokens.text, knowledge)
            for m in voted
            if m.kind == "Person" and m.title and not any(p.start < m.end and m.start < p.end for p in people)
        ]
        for found, second in second_offices(self.words, people, self.bodies, knowledge):
            people = [replace(p, person=second.person) if p is found else p for p in people] + [second]
        self.people = people
        self.found.mentions.extend(surnames_in(self.words, people, self.found.anchored, knowledge))
        self.bodies = [b for b in self.bodies if not any(p.person.start < b.end and b.start < p.person.end for p in people)]

    def read_event(self, sitting: Mention | None) -> None:
        """Take in the event that the phrase is, or the case; and all that stands beside it."""
        mentions, people = self.found.mentions, self.people
        self.events = list(events_in(self.phrase, self.tokens, self.knowledge))
        if (
            sitting is not None
            and not (self.events and self.events[-1].end >= sitting.end)
            and not frequent(sitting.start, self.tokens)
        ):
            self.events.append(sitting)
        event = self.events[-1] if self.events else None
        mentions.extend(self.events[:-1])
        if event is not None and any(p.start < event.end and event.start < p.end for p in people):
            if not any(event.start <= p.start and p.end <= event.end for p in people):
                event = None
        case = case_in(self.words, self.tokens, self.knowledge) if event is None else None
        if case is not None and not any(p.start < case.end and case.start < p.end for p in people):
            mentions.append(case)
        if event is not None:
            if not (event is sitting and any(self._has_head(*note) for note in self.phrase.notes)):
                self.bodies = [b for b in self.bodies if not _in_name(b, event)]
            mentions.append(event)
        mentions.extend(self.bodies)
        mentions.extend(p.body for p in people if p.body is not None and p.body.rule in ("head-stem", "beside-title"))
        mentions.extend(p.unit for p in people if p.unit is not None and p.unit.rule == "head-stem")
        mentions.extend(dict.fromkeys(p.person for p in people))
        self.found.anchored.extend(people)

    def _has_head(self, opening: int, closing: int) -> bool:
        """Whether a parenthesis names the head of a body (회장 ○○○)."""
        text = self.tokens.text[self.tokens.ends[opening] : self.tokens.starts[closing]]
        parts = [part.split() for part in text.split(",") if part.strip()]
        return any(title_in(words[0], self.knowledge) and len(words) >= 2 for words in parts)

    def read_note(self, opening: int, closing: int) -> None:
        """Take in what a parenthesis says of the name before it."""
        person, host = self._before(opening)
        host = self._as_body(host, opening, closing)
        before = [w for w in self.words if w.last < opening]
        if host is None and self._titled(opening, closing):
            return
        args = self.text.known, self.knowledge
        note = read_note(self.tokens, opening, closing, host, before, *args)
        if host is None and before and self._heads_unknown(note, opening):
            host = body_before(before, self.tokens, self.knowledge, self.bodies, headed=True)
            if host is not None:
                self.found.mentions.append(host)
                note = read_note(self.tokens, opening, closing, host, before, *args)
        self.found.notes.append(note)
        if host is not None and schema().is_a(host.kind, "Event"):
            self.found.occasions.append((host, opening, closing))
        self._take_in(note, host)
        if note.body is not None and person is not None and not _FORMER.match(self.tokens.text, self.tokens.ends[opening]):
            self.found.mentions.extend(note.bodies)
            titles = self.knowledge.titles
            elsewhere = any(p.person is person and p.body is not None for p in self.people)  # ○○○ 포럼 의장(△△대 교수)
            leads = not elsewhere and bool(person.title) and person.title in titles.heads - titles.unit_heads
            end = self.tokens.ends[closing]
            self.found.anchored.append(Anchored(person, note.body, None, leads, False, person.start, end))

    def _before(self, opening: int) -> tuple[Mention | None, Mention | None]:
        """The person that a parenthesis stands right behind, and whatever it does."""
        tokens, ahead = self.tokens, opening - 1
        while ahead > 0 and not tokens.words[ahead].strip("*"):
            ahead -= 1  # the star of a footnote
        at = tokens.ends[ahead] if opening else 0
        person = next((p.person for p in self.people if at in (p.person.end, p.end)), None)
        if person is not None:
            return person, person
        bodies = (*reversed(self.bodies), *(p.body for p in self.people if p.body is not None))
        host = next((b for b in bodies if b.end == at), None)
        if host is None:
            host = next((e for e in self.events if e.end == at or e.end == at - 1 and tokens.text[at - 1] in _CLOSING), None)
        return None, host

    def _as_body(self, host: Mention | None, opening: int, closing: int) -> Mention | None:
        """The body that a host is though it is called as events are: ○○ 이사회(○○B), a forum with a president."""
        if host is None or not schema().is_a(host.kind, "Event"):
            return host
        if any(b.rule == "defined-by-note" and b.end == host.end for b in self.bodies):
            self.found.without(host)
            return next(b for b in self.bodies if b.end == host.end)
        numbered = any(c.isdigit() for c in host.name)
        if host.name.endswith(("포럼", "협의회")) and not numbered and self._has_head(opening, closing):
            self.found.without(host)
            host = Mention(start=host.start, end=host.end, kind="Association", name=host.name, rule="defined-by-note")
            self.found.mentions.append(host)
        return host

    def _titled(self, opening: int, closing: int) -> bool:
        """Whether a parenthesis gives the title of somebody before it whom nothing else makes a person; they are taken in then."""
        before = [w for w in self.words if w.last < opening]
        told = person_before(self.tokens, opening, closing, before, self.text.known, self.knowledge)
        if told is not None:
            self.found.mentions.extend((told[0].person, *told[1]))
            self.found.anchored.append(told[0])
            return True
        if not before or any(p.start < before[-1].end and before[-1].start < p.end for p in self.people):
            return False
        titled = bracketed(self.tokens, (opening, closing), before, self.bodies, self.knowledge)
        if titled is None:
            return False
        self.found.mentions.append(titled.person)
        if titled.body is not None and titled.body not in self.bodies:
            self.found.mentions.append(titled.body)
        self.found.anchored.append(titled)
        return True

    def _heads_unknown(self, note: Note, opening: int) -> bool:
        """Whether a parenthesis names a head of what stands before it; ‘…’(○○○ 대표) is a title with its speaker."""
        heads = any(p.body is None and p.person.title in self.knowledge.titles.heads for p in note.people)
        return heads and not any(closing == opening - 1 for _, closing in self.phrase.quoted)

    def _take_in(self, note: Note, host: Mention | None) -> None:
        """Take in the other names and the people of a note."""
        for alias in note.aliases:
            kind, known = alias.host.kind, alias.host.known
            named = Mention(start=alias.start, end=alias.end, kind=kind, name=alias.name, rule="alias", known=known)
            self.found.mentions.append(named)
        for found in note.people:
            self.found.mentions.append(found.person)
            self.found.anchored.append(_anchored(found, host))


def _in_name(body: Mention, event: Mention) -> bool:
    """Whether a body that only its ending makes one is part of an event's name, or the other way round."""
    if body.rule != "suffix" or body.start >= event.end or event.start >= body.end:
        return False
    return body.end >= event.end or body.start < event.start


def _anchored(found: Anchored, host: Mention | None) -> Anchored:
    """Somebody of a parenthesis, as one of the body that it stands behind unless it names another."""
    body = found.body or (host if host is not None and is_organization(host) else None)
    own = found.body is None and not found.former
    leads = body is not None and (found.leads or own and _of_its_name(found.person, body))
    start = min(found.start, host.start) if host else found.start
    return Anchored(found.person, body, found.unit, leads, found.former, start, found.end)


def _of_its_name(person: Mention, body: Mention) -> bool:
    """Whether a title is the head's of the very body before the parenthesis: ○○조정실(실장 ○○○), ○○본부(본부장 ○○○), ○○부(부총리 겸 장관 ○○○)."""
    title = person.title or ""
    if title.startswith("부총리"):
        return body.kind == "GovernmentBody" and body.name.endswith("부")
    return len(title) > 1 and title.endswith("장") and body.name.endswith(title[:-1]) and len(body.name) > len(title)
