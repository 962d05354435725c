"""What one pass over a text finds: phrases, mentions and what is said right beside names. Everything later works on a ``Reading``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from kg.analyze.joints import join_events, split_verbal_nouns
from kg.analyze.names.adjacent import joined
from kg.analyze.names.appointments import appointed
from kg.analyze.names.belonging import belonging, second_offices, shared
from kg.analyze.names.bracketed import bracketed
from kg.analyze.names.cases import case_in
from kg.analyze.names.defined import body_before, calls_league, defines
from kg.analyze.names.events import events_in
from kg.analyze.names.footnotes import spelled_out
from kg.analyze.names.grouped import grouped
from kg.analyze.names.ministries import of_same_country
from kg.analyze.names.neighbours import LATIN_NAME, introduced, of_neighbours, of_notes, of_owners, of_rows
from kg.analyze.names.notes import Note, person_before, read_note
from kg.analyze.names.offices import bare_titles
from kg.analyze.names.organizations import known_names, organizations_in
from kg.analyze.names.people import Anchored, is_organization, people_in, surnames_in
from kg.analyze.names.publishing import publishing
from kg.analyze.names.settled import ByEnd, again, heads, settled
from kg.analyze.names.sittings import sitting_in
from kg.analyze.names.words import Word, event_noun, is_person_name, mend_tags, title_in, words_of
from kg.analyze.ner import names_in, names_in_fields
from kg.analyze.phrases import read_phrases
from kg.analyze.proposals import FIELDS, proposed_people, unexplained
from kg.analyze.readings import Reading, SentenceReading
from kg.analyze.tokens import Sentence, Tokens, read_tokens
from kg.analyze.values import find_counts, find_dates, find_editions
from kg.analyze.votes import anchored_by_vote, votes, with_votes
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention, Value

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FORMER = re.compile(r"前|[전구] ")
_LINED_UP = re.compile(r"\(\s?(?:[가-힣]{1,3}\s)?(?:왼쪽|오른쪽|좌측|우측)(?:에서|으로)?\s?부터")  # (왼쪽부터○○조합 ○○○ 이사장
_SILENT = frozenset({"contact", "credit"})


def read_doc(
    doc: Doc, knowledge: Knowledge, paragraphs: Sequence[tuple[int, int, str]] | None = None, publisher: str | None = None
) -> Reading:
    """Read a Doc made by the Kiwi tokenizer: by rules, and once more where the model of names fills a gap that they left.

    The body that publishes the text is known by its name.
    """
    tokens = mend_tags(read_tokens(doc, paragraphs), knowledge)
    values = tuple(
        sorted((*find_dates(tokens.text), *find_counts(tokens.text), *find_editions(tokens.text)), key=lambda v: (v.start, v.end))
    )
    times = _times(tokens, values)
    known = {first: (last, entries) for first, last, entries in known_names(tokens, knowledge)}
    sentences = tuple(
        _phrased(sentence, tokens, times, knowledge)
        for sentence in tokens.sentences
        if sentence.role not in _SILENT and sentence.end > sentence.start
    )
    own = publishing(publisher, knowledge)
    reading = _named(tokens, sentences, values, known, knowledge, {}, own)
    if not knowledge.votes.ask:
        return reading
    voted: dict[tuple[int, int], list[Mention]] = {}
    for vote in votes(reading, partial(names_in, doc), known, knowledge):
        voted.setdefault((vote.sentence, vote.phrase), []).append(vote.mention)
    asked = unexplained(reading)
    people = proposed_people(reading, names_in_fields(doc, asked, FIELDS), knowledge) if asked else []
    if not voted and not people:
        return reading
    return _named(tokens, sentences, values, known, knowledge, voted, own, people)


def _phrased(sentence: Sentence, tokens: Tokens, times: dict[int, tuple[int, Value]], knowledge: Knowledge) -> SentenceReading:
    phrases = join_events(read_phrases(tokens, sentence, times), tokens, knowledge)
    phrases = split_verbal_nouns(phrases, tokens, knowledge)
    return SentenceReading(sentence, tokens.starts[sentence.start], tokens.ends[sentence.end - 1], phrases)


def _named(
    tokens: Tokens,
    sentences: Sequence[SentenceReading],
    values: tuple[Value, ...],
    known,
    knowledge: Knowledge,
    voted: Mapping[tuple[int, int], Sequence[Mention]],
    own: Sequence[Mention],
    proposed: Sequence[Anchored] = (),
) -> Reading:
    """The reading of sentences whose phrases are known.

    ``voted`` are the model's names by sentence and phrase, ``own`` the publisher, ``proposed`` people of the model's own.
    """
    mentions: list[Mention] = []
    anchored: list[Anchored] = []
    notes: list[Note] = []
    occasions: list[tuple[Mention, int, int]] = []
    defined = _Defined()  # bodies that the text has named so far, by name
    defined.add(own)
    for number, sentence in enumerate(sentences):
        for position, phrase in enumerate(sentence.phrases):
            before = len(mentions)
            if phrase.kind == "NP":
                _read_phrase(
                    phrase,
                    tokens,
                    known,
                    knowledge,
                    mentions,
                    anchored,
                    notes,
                    occasions,
                    defined,
                    voted.get((number, position), ()),
                    sitting_in(sentence.phrases, position, tokens, knowledge),
                )
                _read_quoted_notes(phrase, tokens, known, knowledge, mentions, anchored, notes, occasions)
                defined.add(m for m in mentions[before:] if _names_body(m))
            elif phrase.kind == "NOTE":
                lined_up = _LINED_UP.match(tokens.text, tokens.starts[phrase.first])
                opening = (
                    max(i for i in range(phrase.first, phrase.last) if tokens.starts[i] < lined_up.end())
                    if lined_up
                    else phrase.first
                )
                people = [
                    p
                    for p in read_note(tokens, opening, phrase.last, None, [], known, knowledge).people
                    if p.body is not None or is_person_name(p.person.name, ("NNP",), knowledge, strong=True)
                ]
                mentions.extend(p.person for p in people)
                anchored.extend(people)
    for found in proposed:
        if not any(m.kind == "Person" and m.start < found.person.end and found.person.start < m.end for m in mentions):
            mentions.extend([found.person] + ([found.body] if found.body is not None else []))
            anchored.append(found)
    for sentence in sentences:
        introduced(sentence.phrases, tokens, knowledge, mentions, anchored)
    mentions, anchored = belonging(tokens, mentions, anchored, knowledge)
    mentions.extend(grouped(sentences, mentions, tokens, knowledge))
    mentions, anchored = appointed(tokens.text, mentions, anchored, knowledge)
    aliases = tuple(a for note in notes for a in note.aliases)
    mentions.extend(again(tokens, mentions, aliases, knowledge))
    for sentence in sentences:
        mentions.extend(bare_titles(sentence.phrases, anchored, tokens, knowledge))
    mentions = settled(mentions)
    index = ByEnd(mentions)
    for sentence in sentences:
        sentence.heads = [heads(p, tokens, index, knowledge) if p.kind == "NP" else () for p in sentence.phrases]
    mentions = of_same_country(sentences, mentions, tokens, knowledge)
    spelled_out(sentences, tokens, knowledge)
    anchored = list(of_neighbours(of_owners(anchored, sentences), mentions, tokens))
    anchored = list(of_notes(list(of_rows(anchored, sentences, tokens, knowledge)), tokens, knowledge))
    anchored = list(shared(anchored, tokens.text))
    return Reading(tokens, tuple(sentences), tuple(mentions), values, tuple(anchored), aliases, tuple(notes), tuple(occasions))


def _times(tokens: Tokens, values: Iterable[Value]) -> dict[int, tuple[int, Value]]:
    """Dates by the token that they begin at: (last token, value)."""
    first_at = {start: i for i, start in enumerate(tokens.starts)}
    found = {}
    for value in values:
        if value.kind != "date":
            continue
        first = first_at.get(value.start)
        if first is None:
            first = next((i for i, (s, e) in enumerate(zip(tokens.starts, tokens.ends)) if s <= value.start < e), None)
        if first is None:
            continue
        last = first
        while last + 1 < len(tokens.ends) and tokens.starts[last + 1] < value.end:
            last += 1
        found[first] = (last, value)
    return found


def _names_body(mention: Mention) -> bool:
    """Whether a parenthesis, a title or a company's mark alone tells that a mention is a body."""
    return (
        mention.rule in ("defined-by-note", "beside-title", "corporate-mark")
        or mention.rule == "alias"
        and is_organization(mention)
        and len(mention.name) > 1
    )


class _Defined:
    """The bodies that a text has named so far, by how their names begin."""

    def __init__(self) -> None:
        self.bodies: dict[str, Mention] = {}
        self.numbers: dict[str, int] = {}
        self.by_beginning: dict[str, list[str]] = {}

    def add(self, bodies: Iterable[Mention]) -> None:
        """Take in bodies; of two with one name the later counts."""
        for body in bodies:
            if body.name not in self.bodies:
                self.numbers[body.name] = len(self.numbers)
                self.by_beginning.setdefault(body.name[:2], []).append(body.name)
            self.bodies[body.name] = body

    def among(self, words: str) -> list[tuple[str, Mention]]:
        """Those whose names may stand in some words, in the order in which they were named."""
        if not self.bodies:
            return []
        begun = {words[i : i + size] for size in (1, 2) for i in range(len(words))} & self.by_beginning.keys()
        names = sorted((name for two in begun for name in self.by_beginning[two]), key=self.numbers.__getitem__)
        return [(name, self.bodies[name]) for name in names]


def _with_defined(bodies: list[Mention], words: Sequence[Word], tokens: Tokens, defined: _Defined) -> list[Mention]:
    """Bodies that the text has named before by a parenthesis or a title, where nothing in their own name tells what they are."""
    low, high = words[0].start, words[-1].end
    for name, earlier in defined.among(tokens.text[low:high]):
        at = tokens.text.find(name, low, high)
        if at < 0 or any(b.start < at + len(name) and at < b.end for b in bodies):
            continue
        inside = range(words[0].first, words[-1].last + 1)
        if any(tokens.starts[i] == at and tokens.spaced[i] for i in inside) and any(
            tokens.ends[i] == at + len(name) for i in inside
        ):
            bodies = sorted([*bodies, replace(earlier, start=at, end=at + len(name), rule="named-before")], key=lambda m: m.start)
    return bodies


def _has_head(tokens: Tokens, opening: int, closing: int, knowledge: Knowledge) -> bool:
    """Whether a parenthesis names the head of a body (회장 ○○○)."""
    text = tokens.text[tokens.ends[opening] : tokens.starts[closing]]
    return any(title_in(part.split()[0], knowledge) and len(part.split()) >= 2 for part in text.split(",") if part.strip())


def _without(mentions: list[Mention], gone: Mention) -> list[Mention]:
    mentions[:] = [m for m in mentions if m is not gone]
    return mentions


def _read_phrase(
    phrase,
    tokens,
    known,
    knowledge,
    mentions,
    anchored,
    notes,
    occasions,
    defined: _Defined,
    voted: Sequence[Mention],
    sitting: Mention | None,
) -> None:
    """Mentions of one noun phrase, and of the parentheses in it; ``voted`` are names that the model finds there, ``sitting`` a body's session."""
    words = words_of(tokens, phrase.tokens)
    if not words:
        return
    bodies = joined(organizations_in(words, tokens, known, knowledge), tokens)
    bodies = _with_defined(bodies, words, tokens, defined)
    for opening, closing in phrase.notes:
        before = [w for w in words if w.last < opening]
        after = next((w for w in words if w.first == closing + 1 and not tokens.spaced[w.first]), None)
        if after is not None and (title_in(after.text, knowledge) or ("",))[0]:
            continue  # 인공지능(AI)보안단장 is one title
        if (
            before
            and before[-1].last == opening - 1
            and not any(b.end == before[-1].end for b in bodies)
            and defines(tokens, opening, closing, knowledge)
        ):
            expanded = re.search(r"[A-Z][a-z]+(?: [A-Za-z]+){2,}", tokens.surface(opening, closing)) is not None
            leagued = calls_league(before[-1], tokens, opening, closing, knowledge)
            host = body_before(before, tokens, knowledge, bodies, headed=expanded, leagued=leagued)
            if (
                host is not None
                and (leagued or event_noun(host.name, knowledge) is None)
                and title_in(host.name, knowledge) is None
            ):
                bodies = sorted([*bodies, host], key=lambda m: m.start)
    if voted:
        bodies = with_votes(bodies, voted)
    latin = {}
    for opening, closing in phrase.notes:
        name = LATIN_NAME.match(tokens.text, tokens.ends[opening], tokens.starts[closing])
        if opening and name and " " in name[0]:
            latin[tokens.ends[opening - 1]] = len(name[0].split())
    people = people_in(words, tokens, bodies, knowledge, latin)
    people += [
        anchored_by_vote(m, bodies, tokens.text, knowledge)
        for m in voted
        if m.kind == "Person" and m.title and not any(p.start < m.end and m.start < p.end for p in people)
    ]
    for found, second in second_offices(words, people, bodies, knowledge):
        people = [replace(p, person=second.person) if p is found else p for p in people] + [second]
    mentions.extend(surnames_in(words, phrase, tokens, people, anchored, knowledge))
    bodies = [b for b in bodies if not any(p.person.start < b.end and b.start < p.person.end for p in people)]
    events = list(events_in(phrase, tokens, knowledge))
    if sitting is not None and not (events and events[-1].end >= sitting.end):
        events.append(sitting)
    event = events[-1] if events else None
    mentions.extend(events[:-1])
    if event is not None and any(p.start < event.end and event.start < p.end for p in people):
        inside = [p for p in people if event.start <= p.start and p.end <= event.end]
        if not inside:
            event = None
    case = case_in(words, tokens, knowledge) if event is None else None
    if case is not None and not any(p.start < case.end and case.start < p.end for p in people):
        mentions.append(case)
    if event is not None:
        led = event is sitting and any(_has_head(tokens, opening, closing, knowledge) for opening, closing in phrase.notes)
        bodies = [
            b
            for b in bodies
            if not (
                b.rule == "suffix"
                and not led
                and b.start < event.end
                and event.start < b.end
                and (b.end > event.end or b.start < event.start or b.end == event.end)
            )
        ]
        mentions.append(event)
    mentions.extend(bodies)
    mentions.extend(p.body for p in people if p.body is not None and p.body.rule in ("head-stem", "beside-title"))
    mentions.extend(p.unit for p in people if p.unit is not None and p.unit.rule == "head-stem")
    mentions.extend(dict.fromkeys(p.person for p in people))
    anchored.extend(people)
    for opening, closing in phrase.notes:
        ahead = opening - 1
        while ahead > 0 and not tokens.words[ahead].strip("*"):
            ahead -= 1  # the star of a footnote
        at = tokens.ends[ahead] if opening else 0
        person = next((p.person for p in people if at in (p.person.end, p.end)), None)
        host = person or next(
            (b for b in (*reversed(bodies), *(p.body for p in people if p.body is not None)) if b.end == at), None
        )
        if host is None:
            host = next((e for e in events if e.end == at or e.end == at - 1 and tokens.text[at - 1] in "’”」』》"), None)
        if (
            host is not None
            and schema().is_a(host.kind, "Event")
            and any(b.rule == "defined-by-note" and b.end == host.end for b in bodies)
        ):
            mentions, host = _without(mentions, host), next(b for b in bodies if b.end == host.end)  # ○○ 이사회(○○B)
        if (
            host is not None
            and schema().is_a(host.kind, "Event")
            and host.name.endswith(("포럼", "협의회"))
            and not any(c.isdigit() for c in host.name)
            and _has_head(tokens, opening, closing, knowledge)
        ):
            mentions = _without(mentions, host)  # a forum with a president is a body
            host = Mention(start=host.start, end=host.end, kind="Association", name=host.name, rule="defined-by-note")
            mentions.append(host)
        before = [w for w in words if w.last < opening]
        if host is None and (told := person_before(tokens, opening, closing, before, known, knowledge)) is not None:
            mentions.extend((told[0].person, *told[1]))
            anchored.append(told[0])
            continue
        taken = any(p.start < before[-1].end and before[-1].start < p.end for p in people) if before else True
        if (
            host is None
            and not taken
            and (titled := bracketed(tokens, (opening, closing), before, bodies, knowledge)) is not None
        ):
            mentions.extend([titled.person] + ([titled.body] if titled.body is not None and titled.body not in bodies else []))
            anchored.append(titled)
            continue
        note = read_note(tokens, opening, closing, host, before, known, knowledge)
        if (
            host is None
            and before
            and any(p.body is None and p.person.title in knowledge.titles.heads for p in note.people)
            and not any(closing_ == opening - 1 for _, closing_ in phrase.quoted)
        ):  # ‘…’(○○○ 대표) is a title with its speaker
            host = body_before(before, tokens, knowledge, bodies, headed=True)
            if host is not None:
                mentions.append(host)
                note = read_note(tokens, opening, closing, host, before, known, knowledge)
        notes.append(note)
        if host is not None and schema().is_a(host.kind, "Event"):
            occasions.append((host, opening, closing))
        for alias in note.aliases:
            mentions.append(
                Mention(
                    start=alias.start, end=alias.end, kind=alias.host.kind, name=alias.name, rule="alias", known=alias.host.known
                )
            )
        for found in note.people:
            body = found.body or (host if host is not None and is_organization(host) else None)
            mentions.append(found.person)
            leads = body is not None and (
                found.leads or found.body is None and not found.former and _of_its_name(found.person, body)
            )
            anchored.append(
                Anchored(
                    found.person,
                    body,
                    found.unit,
                    leads,
                    found.former,
                    min(found.start, host.start) if host else found.start,
                    found.end,
                )
            )
        if note.body is not None and person is not None and not _FORMER.match(tokens.text, tokens.ends[opening]):
            mentions.extend(note.bodies)
            elsewhere = any(p.person is person and p.body is not None for p in people)  # ○○○ 포럼 의장(△△대 교수)
            leads = not elsewhere and bool(person.title) and person.title in knowledge.titles.heads - knowledge.titles.unit_heads
            anchored.append(Anchored(person, note.body, None, leads, False, person.start, tokens.ends[closing]))


def _of_its_name(person: Mention, body: Mention) -> bool:
    """Whether a title is the head's of the very body before the parenthesis: ○○조정실(실장 ○○○), ○○본부(본부장 ○○○), ○○부(부총리 겸 장관 ○○○)."""
    title = person.title or ""
    if title.startswith("부총리"):
        return body.kind == "GovernmentBody" and body.name.endswith("부")
    return len(title) > 1 and title.endswith("장") and body.name.endswith(title[:-1]) and len(body.name) > len(title)


def _read_quoted_notes(phrase, tokens, known, knowledge, mentions, anchored, notes, occasions) -> None:
    """Parentheses inside a quoted name: ‘제4회 ○○ 아카데미(APIGA, 이하 …)’ gives the event's other names, ‘…(○○대 ○○○ 교수)’ a speaker."""
    for opening, closing in phrase.quoted:
        event = next(
            (
                m
                for m in mentions
                if schema().is_a(m.kind, "Event") and m.start <= tokens.ends[opening] and tokens.starts[closing] <= m.end + 1
            ),
            None,
        )
        if event is None:
            last = closing - 1
            if tokens.words[last] == ")" and opening < tokens.pair[last]:
                note = read_note(tokens, tokens.pair[last], last, None, [], known, knowledge)
                mentions.extend(p.person for p in note.people)
                anchored.extend(note.people)
            continue
        for i in range(opening + 1, closing):
            if tokens.words[i] != "(" or tokens.pair[i] < i:
                continue
            note = read_note(tokens, i, tokens.pair[i], event, [], known, knowledge)
            occasions.append((event, i, tokens.pair[i]))
            last = tokens.pair[i] >= closing - 1
            if _only_inside(tokens, i, closing, event, knowledge):
                continue  # 「○○ 포럼(이하 ‘포럼’)」 발족식: the forum's name, not the event's
            aliases = tuple(
                a
                for a in note.aliases
                if last
                or tokens.text[a.start - 6 : a.start].strip().startswith("이하")
                or "이하" in tokens.text[a.start - 5 : a.start]
            )
            if aliases:
                notes.append(Note(aliases, (), None, None, event))
                mentions.extend(Mention(start=a.start, end=a.end, kind=event.kind, name=a.name, rule="alias") for a in aliases)


def _only_inside(tokens: Tokens, opening: int, closing: int, event: Mention, knowledge: Knowledge) -> bool:
    """Whether the quoted words before a parenthesis are an event by themselves, and the event's name goes on with another behind them."""
    rest = tokens.text[tokens.ends[closing] : event.end].split()
    return (
        bool(rest)
        and rest[-1] not in knowledge.events.any | {"대회", "캠페인", "주간"}
        and event_noun(rest[-1], knowledge) is not None
        and event_noun(tokens.words[opening - 1], knowledge) is not None
    )
