"""Places and events of noun phrases: 엘타워(서울 강남구)에서, what possesses it, ‘○○ 챌린지’ 개최일."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.analyze.names.events import event_in, quoted_event
from kg.analyze.names.known import known_places
from kg.analyze.names.places import places_in
from kg.analyze.names.words import words_of
from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading
from kg.extract.called import last_word
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention, Rejection
from kg.syntax.arguments import Arg


def place_of(arg: Arg, reading: Reading, knowledge: Knowledge, *, bodies: bool = False) -> list[Mention]:
    """Venue and city of an argument that says where, what possesses it and its parenthesis included: 엘타워(서울 강남구)에서."""
    tokens = reading.tokens
    owners = [o for o in arg.owners if not (len(o.phrase.tokens) > 2 and last_word(reading, o.phrase) in knowledge.signs.nearby)]
    indexes = [i for o in (*owners, arg) for i in o.phrase.tokens]
    if not indexes:
        return []
    low, high = tokens.starts[indexes[0]], tokens.ends[arg.phrase.last]
    inside = reading.within(low, high)
    places = places_in(words_of(tokens, indexes), tokens, inside, knowledge, bodies=bodies)
    if not places or all(p.kind == "Venue" for p in places):
        for opening, closing in arg.phrase.notes:
            places += noted_places(reading, opening, closing, knowledge, districts=True)
    elif all(p.kind != "Venue" for p in places):
        for opening, closing in arg.phrase.notes:
            places = _inside(places, opening, closing, reading, knowledge)
    if places and all(p.kind == "Venue" for p in places):
        if arg.relative is not None and arg.relative.predicate.lemma in knowledge.signs.located:  # 서울 명동에 소재한 ○○타워에서
            places += [p for a in arg.relative.args for p in place_of(a, reading, knowledge) if p.kind != "Venue"]
    return places


def noted_places(reading: Reading, opening: int, closing: int, knowledge: Knowledge, *, districts: bool = False) -> list[Mention]:
    """The city or province that a parenthesis after a venue begins with: 엘타워(서울 강남구); with ``districts`` also one of a city alone."""
    tokens = reading.tokens
    near = known_places(tokens, opening + 1, closing - 1, knowledge) if closing > opening + 1 else []
    if not near or near[0].start != tokens.ends[opening]:
        return []
    found = places_in(words_of(tokens, range(opening + 1, closing)), tokens, near, knowledge)
    return [
        p
        for p in found
        if p.kind in ("City", "Country")
        or (districts or p.name.endswith("도"))
        and p.known
        and knowledge.gazetteer[p.known].cls == "LocalGovernment"
    ]


def _inside(places: list[Mention], opening: int, closing: int, reading: Reading, knowledge: Knowledge) -> list[Mention]:
    """Where in a city or country something is, by the parenthesis behind it: 서울(한빛호텔)에서, 인도네시아(자카르타)에서."""
    tokens = reading.tokens
    if closing <= opening + 1:
        return places
    inside = reading.within(tokens.starts[opening + 1], tokens.ends[closing - 1])
    found = places_in(words_of(tokens, range(opening + 1, closing)), tokens, inside, knowledge)
    if any(p.kind == "Venue" for p in found):
        return [*places, *(p for p in found if p.kind == "Venue")]
    return [p for p in found if p.kind == "City"] or places if all(p.kind == "Country" for p in places) else places


def event_before(phrase: Phrase, reading: Reading, knowledge: Knowledge) -> Mention | None:
    """The event that a noun phrase names before its last word: ○○ 대회 개최일, ‘○○ 챌린지’ 기간."""
    last = words_of(reading.tokens, phrase.tokens)[-1]
    kept = [t for t in phrase.tokens if t < last.first]
    if not kept:
        return None
    return event_in(replace(phrase, tokens=kept, last=kept[-1]), reading.tokens, knowledge) or (
        quoted_event(reading.tokens, *phrase.quoted[0]) if phrase.quoted else None
    )


def event_of(phrase: Phrase, heads: Sequence[Mention], reading: Reading) -> Mention | None:
    """The event that a noun phrase names; a quoted title with a verb of holding is one."""
    event = next((m for m in reversed(heads) if schema().is_a(m.kind, "Event")), None)
    if event is not None or heads or not phrase.quoted or phrase.quoted[-1][1] != phrase.last:
        return event
    opening, closing = phrase.quoted[-1]
    return quoted_event(reading.tokens, opening, closing) if closing - opening > 2 else None


def within(candidates: Iterable[Candidate | Rejection], knowledge: Knowledge) -> Iterator[Candidate]:
    """In which city or province each place lies that is called with it: 서울 송파구 lies in 서울."""
    for c in candidates:
        if not isinstance(c, Candidate) or c.relation != "city" or not isinstance(c.object, Mention):
            continue
        first, _, rest = c.object.name.partition(" ")
        entry = next(iter(knowledge.gazetteer.by_name(first)), None) if rest else None
        kind = (entry.place_cls or entry.cls) if entry is not None else None
        if entry is not None and (kind == "Region" or kind == "City" and rest.endswith(("시", "군", "구"))):
            start, end = c.object.start, c.object.end
            around = Mention(start=start, end=start + len(first), kind=kind, name=first, rule="gazetteer", known=entry.name)
            yield replace(
                c,
                relation="locatedIn",
                subject=c.object,
                object=around,
                rule="place.within",
                start=start,
                end=end,
                status="asserted",
            )
