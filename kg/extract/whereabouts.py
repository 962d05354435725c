"""When and where an event is held, where its clause does not say it by cases alone.

``○○ 대회가 열리는 청주`` names the place by what it modifies, ``개최(8.20.)`` the day in a parenthesis, ``관세청, 14일 인천에서 간담회`` has no
verb, and ``관계자를 초청하여 … 개최했다`` says day and place in the clause before.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.analyze.names.organizations import known_places
from kg.analyze.names.places import places_in
from kg.analyze.names.words import event_noun, words_of
from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.clauses import SUBJECT, TOPIC, Arg, Clause
from kg.knowledge import Knowledge
from kg.model import Claim, Mention, Value
from kg.schema import schema


def place_of(arg: Arg, reading: Reading, knowledge: Knowledge, *, bodies: bool = False) -> list[Mention]:
    """Venue and city of an argument that says where, what possesses it and its parenthesis included: 엘타워(서울 강남구)에서."""
    tokens = reading.tokens
    indexes = [i for o in (*arg.owners, arg) for i in o.phrase.tokens]
    if not indexes:
        return []
    low, high = tokens.starts[indexes[0]], tokens.ends[arg.phrase.last]
    inside = [m for m in reading.mentions if low <= m.start and m.end <= high]
    places = places_in(words_of(tokens, indexes), tokens, inside, knowledge, bodies=bodies)
    if places and all(p.kind == "Venue" for p in places):
        for opening, closing in arg.phrase.notes:
            near = known_places(tokens, opening + 1, closing - 1, knowledge) if closing > opening + 1 else []
            if near and near[0].start == tokens.ends[opening]:
                words = words_of(tokens, range(opening + 1, closing))
                places += [p for p in places_in(words, tokens, near, knowledge) if p.kind != "Venue"]
    return places


# Predicates that only lead to what follows: day and place said with them are those of the whole.
_COMPANIONS = frozenset("초청하다 초대하다 들다 모시다 모이다 찾다 방문하다 만나다 맞다 맞이하다 대상하다 비롯하다 갖추다 활용하다 이용하다".split())
_CURTAIN = {"열다": "개막하다", "올리다": "개막하다", "오르다": "개막하다", "내리다": "폐막하다"}
_GOING_ON = ("개최 중", "진행 중", "개최중", "진행중", "개최 예정", "진행 예정")
_SITES = frozenset("장소 개최지 개최장소 행사장소 행사장 개최 장소".split())
_DATES = frozenset("개최일 개최일시 개최기간 행사일 행사기간 일시 기간 날짜 개막일".split())
_EVENTLESS = frozenset({"하다", "되다"})


def complete(sentence: SentenceReading, clauses: list[Clause], reading: Reading, knowledge: Knowledge) -> list[Clause]:
    """The clauses of a sentence with their predicates and arguments made whole, for all frames alike."""
    others = {i for i, (time, event) in enumerate(zip(sentence.phrases, sentence.phrases[1:])) if time.kind == "TIME" and not time.particle and not time.comma
              and event.particle in ("에서", "에서는") and any(schema().is_a(m.kind, "Event") for m in sentence.heads[i + 1])}
    for clause in clauses:
        clause.args = [a for a in clause.args if not (a.index in others and a.phrase.kind == "TIME")]  # 27일 설명회에서는: that event's own day
        _predicate(clause, reading, knowledge)
        _head(clause, sentence, reading, knowledge)
        _day_after(clause, reading)
    for before, clause in zip(clauses, clauses[1:]):
        _companion(before, clause)
    return clauses


def _last_word(arg: Arg, reading: Reading) -> str:
    words = words_of(reading.tokens, arg.phrase.tokens)
    return words[-1].text if words else ""


def _predicate(clause: Clause, reading: Reading, knowledge: Knowledge) -> None:
    """막을 열다 is 개막하다, 개최 한다 is 개최하다, 개최 중이다 is 개최되다."""
    predicate, args = clause.predicate, clause.args
    if not args or args[-1].phrase.kind != "NP" or args[-1].owners:
        return
    word, particle = _last_word(args[-1], reading), args[-1].particle
    if predicate.lemma in _CURTAIN and word == "막" and particle in ("을", "를", "이", "도"):
        predicate.lemma = _CURTAIN[predicate.lemma]
    elif predicate.lemma in _EVENTLESS and not particle and word in knowledge.syntax.verbal_nouns and len(args[-1].phrase.tokens) == 1:
        predicate.lemma = word + predicate.lemma
    elif predicate.lemma == "이다" and reading.tokens.surface(args[-1].phrase.first, args[-1].phrase.last) in _GOING_ON:
        predicate.planned = predicate.planned or word == "예정"
        predicate.lemma = "개최하다" if any(a.particle in ("을", "를") for a in args) else "개최되다"
    else:
        return
    clause.args = args[:-1]


def _head(clause: Clause, sentence: SentenceReading, reading: Reading, knowledge: Knowledge) -> None:
    """서울에서 열린 ○○협회의 포럼: what the clause modifies is the event and not its owner."""
    head = clause.head
    if clause.predicate.ending == "adnominal" and head is not None and not head.mentions and head.phrase.quoted:
        opening, closing = head.phrase.quoted[0]  # 열릴 ‘○○ 축제’ 준비가
        low, high = reading.tokens.ends[opening], reading.tokens.starts[closing]
        noun = event_noun(reading.tokens.text[low:high].split(" ")[-1], knowledge)
        if opening == head.phrase.tokens[0] and noun is not None and event_noun(_last_word(head, reading), knowledge) is None:
            event = Mention(start=low, end=high, kind=knowledge.events.classes[noun], name=reading.tokens.text[low:high], rule="event-inside")
            clause.head = replace(head, mentions=(event,))
            return
    if clause.predicate.ending != "adnominal" or head is None or head.particle != "의" or head.head is not None and schema().is_a(head.head.kind, "Event"):
        return
    following = head.index + 1
    if following < len(sentence.phrases) and sentence.heads[following] and schema().is_a(sentence.heads[following][-1].kind, "Event"):
        phrase = sentence.phrases[following]
        clause.head = Arg(phrase, following, phrase.particle, sentence.heads[following], first_index=following)


def _day_after(clause: Clause, reading: Reading) -> None:
    """개최(8.20.), 체결(2019. 10. 12.)한: the day in the parenthesis after the predicate."""
    tokens, after = reading.tokens, clause.predicate.last + 1
    if not clause.predicate.lemma or after >= len(tokens.words) or tokens.words[after] != "(" or tokens.pair[after] < after or any(_day(a) for a in clause.args):
        return
    low, high = tokens.ends[after], tokens.starts[tokens.pair[after]]
    value = next((v for v in reading.values if v.kind == "date" and low <= v.start <= low + 1 and v.end <= high and v.date and v.date.day), None)
    if value is not None and high - value.end <= 12:
        clause.args = [*clause.args, Arg(Phrase("TIME", after, after, value=value), clause.index, "", (), first_index=clause.index)]


def _day(arg: Arg) -> bool:
    value = arg.phrase.value
    return arg.phrase.kind == "TIME" and value is not None and (value.date is None or value.date.day is not None)


def _companion(before: Clause, clause: Clause) -> None:
    """○○위는 10일 서울에서 관계자를 초청하여 간담회를 열었다: day and place go on to the clause that follows."""
    if before.predicate.ending != "connective" or before.predicate.lemma not in _COMPANIONS or any(_day(a) for a in clause.args):
        return
    moved = [a for a in before.args if _day(a) or a.particle in ("에서", "에서는") and not any(b.particle in ("에서", "에서는") for b in clause.args)]
    clause.args = [*moved, *clause.args]


def extract_whereabouts(reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge) -> Iterator[Claim]:
    """Claims of startDate, venue and city that no case of a clause makes."""
    hold = knowledge.verbs["hold"].active | knowledge.verbs["hold"].passive
    hold |= {v[:-2] + "되다" for v in hold if v.endswith("하다")}
    for sentence, found in clauses:
        yield from _dated(sentence, found, reading)
        for clause in found:
            if clause.predicate.ending == "adnominal" and clause.predicate.lemma in hold and not clause.predicate.negated:
                yield from _held_there(sentence, clause, reading, knowledge)
            elif clause.predicate.lemma in ("이다", "확정되다", "결정되다", "정하다", "정해지다"):
                yield from _site(sentence, clause, reading, knowledge)
            elif not clause.predicate.lemma:
                yield from _headline(sentence, clause, reading, knowledge)


def _places(places: Sequence[Mention], event: Mention, rule: str, sentence: SentenceReading, planned: bool) -> Iterator[Claim]:
    for place in places:
        yield Claim(relation="venue" if place.kind == "Venue" else "city", subject=event, object=place, rule=rule, start=min(event.start, place.start),
                    end=max(event.end, place.end), sentence=(sentence.start, sentence.end), status="planned" if planned else "asserted", confidence=0.85)


def _held_there(sentence: SentenceReading, clause: Clause, reading: Reading, knowledge: Knowledge) -> Iterator[Claim]:
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
    kept = [t for t in head.phrase.tokens]
    while kept and tokens.words[kept[-1]] in ("앞", "일대", "현장"):
        kept.pop()
    if kept:
        site = Arg(replace(head.phrase, tokens=kept, last=kept[-1]), head.index, head.particle, head.mentions, head.owners)
        yield from _places(place_of(site, reading, knowledge, bodies=True), event, "place.modified", sentence, clause.predicate.planned)


def event_of(phrase: Phrase, heads: Sequence[Mention], reading: Reading) -> Mention | None:
    """The event that a noun phrase names; a quoted title with a verb of holding is one."""
    event = next((m for m in reversed(heads) if schema().is_a(m.kind, "Event")), None)
    if event is not None or heads or not phrase.quoted or phrase.quoted[-1][1] != phrase.last:
        return event
    opening, closing = phrase.quoted[-1]
    start, end = reading.tokens.ends[opening], reading.tokens.starts[closing]
    return Mention(start=start, end=end, kind="Event", name=reading.tokens.text[start:end].strip(), rule="quoted-event") if closing - opening > 2 else None


def _site(sentence: SentenceReading, clause: Clause, reading: Reading, knowledge: Knowledge) -> Iterator[Claim]:
    """○○ 간담회 장소는 창원상공회의소이다, 개최지는 태백이다."""
    topic = next((a for a in clause.args if a.particle in TOPIC | SUBJECT and a.phrase.kind == "NP" and _last_word(a, reading) in _SITES), None)
    place = clause.args[-1] if clause.args else None
    if topic is None or place is topic or place is None or place.phrase.kind != "NP" or clause.predicate.negated:
        return
    places = place_of(place, reading, knowledge, bodies=True)
    low, high = reading.tokens.starts[(topic.owners[0] if topic.owners else topic).phrase.first], reading.tokens.ends[topic.phrase.last]
    event = next((m for m in reading.mentions if schema().is_a(m.kind, "Event") and low - 1 <= m.start and m.end <= high), None)
    event = event or Mention(start=low, end=low, kind="Event", name="", rule="context")
    yield from _places(places, event, "place.site", sentence, clause.predicate.planned)


def _dated(sentence: SentenceReading, clauses: Sequence[Clause], reading: Reading) -> Iterator[Claim]:
    """○○ 대회 개최일 : ’18.9.10~’18.12.1, 개최일은 3월 5일이다."""
    stated = {c.args[-1].index for c in clauses if c.predicate.lemma in ("", "이다") and c.args and not c.predicate.negated}
    for i, (phrase, time) in enumerate(zip(sentence.phrases, sentence.phrases[1:])):
        if time.kind != "TIME" or phrase.kind != "NP" or not phrase.tokens or not time.value.date or not time.value.date.day:
            continue
        if words_of(reading.tokens, phrase.tokens)[-1].text not in _DATES or phrase.particle != ":" and not (phrase.particle in TOPIC | SUBJECT and i + 1 in stated):
            continue
        low, high = reading.tokens.starts[phrase.first], reading.tokens.ends[phrase.last]
        event = next((m for m in reversed(reading.mentions) if schema().is_a(m.kind, "Event") and low - 1 <= m.start and m.end <= high), None)
        event = event or _titled(phrase, reading)
        if event is not None:
            yield Claim(relation="startDate", subject=event, object=time.value, rule="date.day", start=event.start, end=time.value.end,
                        sentence=(sentence.start, sentence.end), confidence=0.85)


def _titled(phrase: Phrase, reading: Reading) -> Mention | None:
    """The event of a quoted title inside a noun phrase."""
    if not phrase.quoted:
        return None
    opening, closing = phrase.quoted[0]
    start, end = reading.tokens.ends[opening], reading.tokens.starts[closing]
    return Mention(start=start, end=end, kind="Event", name=reading.tokens.text[start:end].strip(), rule="quoted-event")


def _headline(sentence: SentenceReading, clause: Clause, reading: Reading, knowledge: Knowledge) -> Iterator[Claim]:
    """관세청, 14일 인천에서 면세점 간담회: words without a verb that end with the event."""
    args = clause.args
    if len(args) < 2 or args[-1].particle or args[-1].phrase.kind != "NP":
        return
    event = next((m for m in args[-1].mentions if schema().is_a(m.kind, "Event")), None)
    others = [m for a in args[:-1] for m in a.mentions if schema().is_a(m.kind, "Event")]
    if event is None or others or event.end < reading.tokens.starts[args[-1].phrase.tokens[-1]]:
        return
    for arg in args[:-1]:
        if _day(arg) and arg.particle in ("", "에"):
            yield Claim(relation="startDate", subject=event, object=arg.phrase.value, rule="headline.day", start=arg.phrase.value.start, end=event.end,
                        sentence=(sentence.start, sentence.end), confidence=0.8)
        elif arg.particle == "에서" and arg.phrase.kind == "NP":
            yield from _places(place_of(arg, reading, knowledge, bodies=args[0] is not arg), event, "headline.place", sentence, False)


def settled(claims: Sequence[Claim]) -> list[Claim]:
    """Claims with ends in the month of their beginnings (10월 20일 개막해 22일 폐막했다), and one place under its fullest name."""
    starts = {(c.sentence, c.subject.start): c for c in claims if c.relation == "startDate" and isinstance(c.object, Value) and c.object.date}
    venues = {c.object.name: c.object for c in claims if c.relation == "venue" and isinstance(c.object, Mention)}
    out = []
    for claim in claims:
        if claim.relation == "endDate" and isinstance(claim.object, Value) and claim.object.date and claim.object.date.month is None and not claim.object.hint:
            begin = starts.get((claim.sentence, claim.subject.start))
            if begin is not None and (begin.object.date.day or 0) < (claim.object.date.day or 0):
                first = begin.object
                claim = replace(claim, object=replace(claim.object, date=replace(first.date, day=claim.object.date.day), hint=first.hint))
        elif claim.relation == "venue" and isinstance(claim.object, Mention) and claim.object.known is None:
            fuller = max((n for n in venues if n != claim.object.name and n.endswith(" " + claim.object.name)), key=len, default=None)
            if fuller is not None:
                claim = replace(claim, object=replace(claim.object, name=fuller))
        out.append(claim)
    return _of_the_day(out)


_FAR = 600  # characters between lines of one notice block


def _of_the_day(claims: list[Claim]) -> list[Claim]:
    """Notice lines that name no event belong to the event that the text dates to the same day."""
    dated = [c for c in claims if c.relation == "startDate" and c.subject.name and not c.rule.startswith("notice.") and isinstance(c.object, Value) and c.object.date]
    lines = sorted((c for c in claims if c.rule.startswith("notice.") and c.subject.rule == "context"), key=lambda c: c.subject.start)
    owner: dict[int, Mention] = {}
    for claim in lines:
        if claim.relation != "startDate" or claim.object.date is None:
            continue
        day = claim.object.date
        same = [c for c in dated if c.object.date.day == day.day and c.object.date.month in (None, day.month) and c.object.date.year in (None, day.year) or day.year is None and
                (c.object.date.month, c.object.date.day) == (day.month, day.day)]
        if same:
            best = min(same, key=lambda c: (c.subject.start > claim.start, abs(claim.start - c.subject.start)))
            owner[claim.subject.start] = best.subject
    if not owner:
        return claims
    block: dict[int, Mention] = {}
    current, last = None, None
    for start in sorted({c.subject.start for c in lines}):
        current = owner.get(start) or (current if last is not None and start - last < _FAR else None)
        last = start
        if current is not None:
            block[start] = current
    return [replace(c, subject=block[c.subject.start]) if c.rule.startswith("notice.") and c.subject.rule == "context" and c.subject.start in block
            else replace(c, object=block[c.object.start]) if c.rule.startswith("notice.") and isinstance(c.object, Mention) and c.object.rule == "context" and c.object.start in block else c
            for c in claims]
