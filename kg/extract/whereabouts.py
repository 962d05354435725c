"""When and where an event is held, where its clause does not say it by cases alone.

``○○ 대회가 열리는 청주`` names the place by what it modifies, ``개최(8.20.)`` the day in a parenthesis, ``관세청, 14일 인천에서 간담회`` has no
verb, and ``관계자를 초청하여 … 개최했다`` says day and place in the clause before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.analyze.names.events import event_in, quoted_event
from kg.analyze.names.organizations import known_places
from kg.analyze.names.places import places_in
from kg.analyze.names.words import words_of
from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import last_word
from kg.extract.completion import is_day
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention
from kg.syntax.arguments import LOCATED, SUBJECT, TOPIC, Arg, Clause


def place_of(arg: Arg, reading: Reading, knowledge: Knowledge, *, bodies: bool = False) -> list[Mention]:
    """Venue and city of an argument that says where, what possesses it and its parenthesis included: 엘타워(서울 강남구)에서."""
    tokens = reading.tokens
    owners = [o for o in arg.owners if not (len(o.phrase.tokens) > 2 and last_word(reading, o.phrase) in _NEARBY)]
    indexes = [i for o in (*owners, arg) for i in o.phrase.tokens]
    if not indexes:
        return []
    low, high = tokens.starts[indexes[0]], tokens.ends[arg.phrase.last]
    inside = reading.within(low, high)
    places = places_in(words_of(tokens, indexes), tokens, inside, knowledge, bodies=bodies)
    if places and all(p.kind == "Venue" for p in places):
        for opening, closing in arg.phrase.notes:
            places += noted_places(reading, opening, closing, knowledge)
        if arg.relative is not None and arg.relative.predicate.lemma in LOCATED:  # 서울 명동에 소재한 ○○타워에서
            places += [p for a in arg.relative.args for p in place_of(a, reading, knowledge) if p.kind != "Venue"]
    return places


def noted_places(reading: Reading, opening: int, closing: int, knowledge: Knowledge) -> list[Mention]:
    """The city or province that a parenthesis after a venue begins with: 엘타워(서울 강남구)."""
    tokens = reading.tokens
    near = known_places(tokens, opening + 1, closing - 1, knowledge) if closing > opening + 1 else []
    if not near or near[0].start != tokens.ends[opening]:
        return []
    found = places_in(words_of(tokens, range(opening + 1, closing)), tokens, near, knowledge)
    return [
        p
        for p in found
        if p.kind in ("City", "Country")
        or p.name.endswith("도")
        and p.known
        and knowledge.gazetteer[p.known].cls == "LocalGovernment"
    ]


_NEARBY = frozenset("내 인근 근처".split())  # ○○ 이전 지역 내의 △△대학교에서
_DATES = frozenset("개최일 개최일시 개최기간 행사일 행사기간 일시 기간 날짜 개막일".split())


def extract_whereabouts(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of startDate, venue and city that no case of a clause makes."""
    hold = knowledge.verbs["hold"].active | knowledge.verbs["hold"].passive
    hold |= {v[:-2] + "되다" for v in hold if v.endswith("하다")}
    for sentence, found in clauses:
        yield from _dated(sentence, found, reading, knowledge)
        for clause in found:
            if clause.predicate.ending == "adnominal" and clause.predicate.lemma in hold and not clause.predicate.negated:
                yield from _held_there(sentence, clause, reading, knowledge)
            elif not clause.predicate.lemma:
                yield from _headline(sentence, clause, reading, knowledge)


def _places(
    places: Sequence[Mention], event: Mention, rule: str, sentence: SentenceReading, planned: bool
) -> Iterator[Candidate]:
    for place in places:
        yield Candidate(
            relation="venue" if place.kind == "Venue" else "city",
            subject=event,
            object=place,
            rule=rule,
            start=min(event.start, place.start),
            end=max(event.end, place.end),
            sentence=(sentence.start, sentence.end),
            status="planned" if planned else "asserted",
        )


def _held_there(sentence: SentenceReading, clause: Clause, reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """○○ 대회가 열리는 청주에는: the place is what the clause modifies."""
    head, tokens = clause.head, reading.tokens
    if head is None or head.head is not None and (schema().is_a(head.head.kind, "Event") or head.head.kind == "Person"):
        return
    event = None
    for i in range(clause.index - 1, -1, -1):
        phrase = sentence.phrases[i]
        if phrase.kind == "TIME" or phrase.kind == "ADV" or phrase.kind == "NP" and phrase.particle in ("에서", ""):
            continue
        if phrase.kind == "NP" and phrase.particle in SUBJECT:
            event = event_of(phrase, sentence.heads[i], reading)
        break
    if event is None:
        return
    kept = list(head.phrase.tokens)
    while kept and tokens.words[kept[-1]] in ("앞", "일대", "현장"):
        kept.pop()
    if kept:
        site = Arg(replace(head.phrase, tokens=kept, last=kept[-1]), head.index, head.particle, head.mentions, head.owners)
        yield from _places(
            place_of(site, reading, knowledge, bodies=True), event, "place.modified", sentence, clause.predicate.planned
        )


def event_of(phrase: Phrase, heads: Sequence[Mention], reading: Reading) -> Mention | None:
    """The event that a noun phrase names; a quoted title with a verb of holding is one."""
    event = next((m for m in reversed(heads) if schema().is_a(m.kind, "Event")), None)
    if event is not None or heads or not phrase.quoted or phrase.quoted[-1][1] != phrase.last:
        return event
    opening, closing = phrase.quoted[-1]
    return quoted_event(reading.tokens, opening, closing) if closing - opening > 2 else None


def _dated(sentence: SentenceReading, clauses: Sequence[Clause], reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """○○ 대회 개최일 : ’18.9.10~’18.12.1, 개최일은 3월 5일이다."""
    stated = {c.args[-1].index for c in clauses if c.predicate.lemma in ("", "이다") and c.args and not c.predicate.negated}
    for i, (phrase, time) in enumerate(zip(sentence.phrases, sentence.phrases[1:])):
        if time.kind != "TIME" or phrase.kind != "NP" or not phrase.tokens or not time.value.date or not time.value.date.day:
            continue
        if (
            words_of(reading.tokens, phrase.tokens)[-1].text not in _DATES
            or phrase.particle != ":"
            and not (phrase.particle in TOPIC | SUBJECT and i + 1 in stated)
        ):
            continue
        low, high = reading.tokens.starts[phrase.first], reading.tokens.ends[phrase.last]
        event = next(
            (m for m in reversed(reading.within(low - 1, high)) if schema().is_a(m.kind, "Event")),
            None,
        )
        event = event or _titled(phrase, reading) or _before_last(phrase, reading, knowledge)
        if event is not None:
            yield Candidate(
                relation="startDate",
                subject=event,
                object=time.value,
                rule="date.day",
                start=event.start,
                end=time.value.end,
                sentence=(sentence.start, sentence.end),
            )


def _titled(phrase: Phrase, reading: Reading) -> Mention | None:
    """The event of a quoted title inside a noun phrase."""
    return quoted_event(reading.tokens, *phrase.quoted[0]) if phrase.quoted else None


def _before_last(phrase: Phrase, reading: Reading, knowledge: Knowledge) -> Mention | None:
    """The event of a noun phrase whose last word speaks of its days: ○○ 공모 기간."""
    last = words_of(reading.tokens, phrase.tokens)[-1]
    kept = [t for t in phrase.tokens if t < last.first]
    return event_in(replace(phrase, tokens=kept, last=kept[-1]), reading.tokens, knowledge) if kept else None


def _headline(sentence: SentenceReading, clause: Clause, reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """관세청, 14일 인천에서 면세점 간담회: words without a verb that end with the event."""
    args = clause.args
    if len(args) < 2 or args[-1].particle or args[-1].phrase.kind != "NP":
        return
    event = next((m for m in args[-1].mentions if schema().is_a(m.kind, "Event")), None)
    others = [m for a in args[:-1] for m in a.mentions if schema().is_a(m.kind, "Event")]
    if event is None or others or event.end < reading.tokens.starts[args[-1].phrase.tokens[-1]]:
        return
    for arg in args[:-1]:
        if is_day(arg) and arg.particle in ("", "에"):
            yield Candidate(
                relation="startDate",
                subject=event,
                object=arg.phrase.value,
                rule="headline.day",
                start=arg.phrase.value.start,
                end=event.end,
                sentence=(sentence.start, sentence.end),
            )
        elif arg.particle == "에서" and arg.phrase.kind == "NP":
            yield from _places(
                place_of(arg, reading, knowledge, bodies=args[0] is not arg), event, "headline.place", sentence, False
            )
