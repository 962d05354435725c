"""From mentions to things: which bodies, people and events of one article are the same, and what they are called."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from kg.analyze.names.words import event_noun
from kg.analyze.offsets import among
from kg.analyze.reading import Reading
from kg.knowledge.load import Knowledge
from kg.model import Article, Claim, Mention, Thing
from kg.resolve.bodies import family, mastheads, of_places, resolve_bodies
from kg.resolve.dates import fixed_year
from kg.resolve.event_clusters import EventCluster, best_name
from kg.resolve.event_days import own_days, told_periods, with_returns
from kg.resolve.events import Around, cluster_events
from kg.resolve.people import resolve_people


@dataclass(frozen=True, slots=True)
class Things:
    """What the mentions of an article are: by offsets, with the event that the text is about at an offset."""

    by_span: Mapping[tuple[int, int, str], Thing]
    events: Sequence[EventCluster]
    event_things: Sequence[Thing]
    event_order: Sequence[tuple[int, int]]
    surfaces: Mapping[Thing, tuple[Mention, ...]]

    def of(self, mention: Mention) -> Thing | None:
        """The thing of a mention; for a context mention the event that was spoken of last."""
        if not mention.name:
            return self.event_at(mention.start)
        return self.by_span.get((mention.start, mention.end, family(mention.kind)))

    def event_at(self, offset: int) -> Thing | None:
        """The event that the text is about at an offset: the one named last before it, else the first."""
        before = bisect_right(self.event_order, offset, key=itemgetter(0))
        if before:
            return self.event_things[self.event_order[before - 1][1]]
        return self.event_things[self.event_order[0][1]] if self.event_order else None


def resolve_things(
    reading: Reading, claims: Sequence[Claim], lengthened: Mapping[tuple[int, int], str], source: Article, knowledge: Knowledge
) -> Things:
    """Cluster the mentions of an article, of whose date a body may have borne another name than today."""
    article, day = source.identifier, source.date
    extra = [m for c in claims for m in (c.subject, c.object) if isinstance(m, Mention)]
    named = {(m.start, m.end, family(m.kind)): m for m in (*extra, *reading.mentions) if m.name}
    mentions = [named[place] for place in sorted(named)]  # in the order of the text, whatever was claimed of them first
    by_span: dict[tuple[int, int, str], Thing] = {}
    resolve_bodies(mentions, reading, knowledge, by_span, day)
    nobody = of_places(mentions, reading, source, knowledge, by_span) | mastheads(mentions, reading, source)
    resolve_people(mentions, claims, by_span, article)
    events = [m for m in mentions if family(m.kind) == "Event"]
    called = {a.name: (a.host.start, a.host.end) for a in reading.aliases if family(a.host.kind) == "Event"}
    year = fixed_year(reading.tokens.text)
    days = told_periods(reading, events, day, year) | own_days(claims, day, year)
    headline, footnote = _within(reading, "title", "subtitle", "caption"), _within(reading, "footnote")
    speech = among((m.start, m.end) for m in mentions if m.kind == "Quotation" and m.rule == "direct-speech")
    around = Around(
        lengthened,
        headline,
        lambda at: footnote(at) or speech(at),
        _topics(reading),
        days,
        _followed(reading),
        called,
        _described(reading),
    )
    where, clusters = cluster_events(events, around, knowledge)
    things = [Thing(kind=_class_of(c, knowledge), name=best_name(c), scope=article) for c in clusters]
    for mention in events:
        by_span[mention.start, mention.end, "Event"] = things[where[mention.start, mention.end]]
    for mention in mentions:
        key = (mention.start, mention.end, family(mention.kind))
        if key not in by_span and mention.rule != "surname":
            by_span[key] = Thing(
                kind=mention.kind,
                name=mention.known or (mention.name.strip() if mention.kind == "Quotation" else _unbroken(mention.name.strip())),
                scope=article if mention.kind in ("Quotation", "Presentation", "Case", "Award") else "",
            )
    for key in nobody:
        by_span.pop(key, None)
    surfaces: dict[Thing, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
        thing = by_span.get((mention.start, mention.end, family(mention.kind)))
        if thing is not None:
            surfaces.setdefault(thing, []).append(mention)
    parts = {i for i, thing in enumerate(things) if event_noun(thing.name.split(" ")[-1], knowledge) in knowledge.events.parts}
    order = sorted(
        (m.start, where[m.start, m.end]) for m in events if m.certain or len(clusters[where[m.start, m.end]].mentions) > 1
    )
    passing = {
        i for i, c in enumerate(clusters) if i and c.kinds == {"Agreement"} and len(c.mentions) == 1
    }  # signed once, long ago
    aside = {i for i, c in enumerate(clusters) if c.aside}
    order = [(start, i) for start, i in order if i not in parts | passing | aside] or order
    order = with_returns(order, [c.days for c in clusters], claims, day, year)
    return Things(by_span, clusters, things, order, {t: tuple(ms) for t, ms in surfaces.items()})


def _unbroken(name: str) -> str:
    """A name without a quotation mark that lacks its other half, which stood before it or was lost.

    >>> _unbroken("도시숲 가꾸기’ 사례"), _unbroken("‘도시숲’ 사례")
    ('도시숲 가꾸기 사례', '‘도시숲’ 사례')
    """
    for pair in ("‘’", "“”", "「」", "『』"):
        if name.count(pair[0]) != name.count(pair[1]):
            name = name.replace(pair[0], "").replace(pair[1], "")
    return name


def _within(reading: Reading, *roles: str) -> Callable[[int], bool]:
    """Whether an offset stands in a sentence of some roles."""
    return among((s.start, s.end) for s in reading.sentences if s.sentence.role in roles)


def _topics(reading: Reading) -> dict[tuple[int, int], tuple[int, int]]:
    """For the events of a sentence that has an event as its topic: that topic (‘○○ 챌린지’는 … 대회를 개최하여)."""
    found = {}
    for sentence in reading.sentences:
        topic = None
        for phrase, heads in zip(sentence.phrases, sentence.heads):
            events = [m for m in heads if family(m.kind) == "Event"]
            if (
                topic is not None
                and events
                and topic.name.endswith(("챌린지", "대회", "캠프", "페스티벌", "엑스포", "포럼", "아카데미"))
            ):
                found.update({(m.start, m.end): (topic.start, topic.end) for m in events})
            if phrase.particle in ("은", "는") and events and topic is None:
                topic = events[-1]
    return found


# Behind an event and its particle: what follows in the sentence is beside it.
_BESIDE = frozenset({("에", "잇다"), ("에", "맞추다"), ("에", "앞서다"), ("에", "즈음하다"), ("을", "앞두다"), ("를", "앞두다")})


def _followed(reading: Reading) -> dict[tuple[int, int], tuple[int, int]]:
    """For the events of a sentence after ``○○ 간담회에 이어``, ``○○ 방문에 맞춰``: that event, which they are not (… 열린 이번 간담회)."""
    found = {}
    for sentence in reading.sentences:
        before = None
        for phrase, heads, after in zip(sentence.phrases, sentence.heads, (*sentence.phrases[1:], None)):
            events = [m for m in heads if family(m.kind) == "Event"]
            if before is not None:
                found.update({(m.start, m.end): (before.start, before.end) for m in events})
            if events and after is not None and after.ending == "connective" and (phrase.particle, after.lemma) in _BESIDE:
                before = events[-1]
    return found


def _described(reading: Reading) -> dict[tuple[int, int], tuple[int, int]]:
    """For an event behind 이다 the event noun before it, which only says what it is: [교류 행사]인 [제5회 ○○ 회의]."""
    found = {}
    for sentence in reading.sentences:
        rows = list(zip(sentence.phrases, sentence.heads))
        for (_, what), (copula, _), (_, named) in zip(rows, rows[1:], rows[2:]):
            if copula.lemma == "이다" and copula.ending == "adnominal" and what and named:
                if family(what[-1].kind) == family(named[-1].kind) == "Event":
                    found[named[-1].start, named[-1].end] = (what[-1].start, what[-1].end)
    return found


def _class_of(cluster: EventCluster, knowledge: Knowledge) -> str:
    name = best_name(cluster)
    if "Agreement" in cluster.kinds and cluster.kinds <= {"Agreement", "Ceremony", "Event"}:
        return "Agreement"  # 업무협약 체결식: the ceremony of its signing
    return next((m.kind for m in cluster.mentions if m.name == name), cluster.mentions[0].kind)
