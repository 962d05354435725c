"""From mentions to things: which bodies, people and events of one article are the same, and what they are called."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import itemgetter

from kg.analyze.names.people import is_organization
from kg.analyze.names.words import event_noun
from kg.analyze.offsets import among
from kg.analyze.reading import Reading
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Article, Claim, Mention, Thing
from kg.resolve.dates import fixed_year
from kg.resolve.event_days import own_days, told_periods, with_returns
from kg.resolve.events import EventCluster, best_name, cluster_events
from kg.resolve.local import Whereabouts, resolve_local, shared_place

_SPACES = re.compile(r"[\s·ㆍ‧・･․'’‘\"“”「」『』㈜*]+")


_TAIL = 4  # characters of a name that may stand for a longer one which ends so


def plain(name: str) -> str:
    """A name without spaces, marks and corporate signs, for comparing.

    >>> plain("한국 나래전자㈜")
    '한국나래전자'
    """
    return _SPACES.sub("", name).removeprefix("(주)").removesuffix("(주)").lower()


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
        return self.by_span.get((mention.start, mention.end, _family(mention.kind)))

    def event_at(self, offset: int) -> Thing | None:
        """The event that the text is about at an offset: the one named last before it, else the first."""
        before = bisect_right(self.event_order, offset, key=itemgetter(0))
        if before:
            return self.event_things[self.event_order[before - 1][1]]
        return self.event_things[self.event_order[0][1]] if self.event_order else None


@cache  # of the classes that there are
def _family(kind: str) -> str:
    is_a = schema().is_a
    return next((f for f in ("Person", "Organization", "Event", "Country", "Place") if is_a(kind, f)), kind)


def resolve_things(
    reading: Reading, claims: Sequence[Claim], lengthened: Mapping[tuple[int, int], str], source: Article, knowledge: Knowledge
) -> Things:
    """Cluster the mentions of an article, of whose date a body may have borne another name than today."""
    article, day = source.identifier, source.date
    extra = [m for c in claims for m in (c.subject, c.object) if isinstance(m, Mention)]
    named = {(m.start, m.end, _family(m.kind)): m for m in (*extra, *reading.mentions) if m.name}
    mentions = [named[place] for place in sorted(named)]  # in the order of the text, whatever was claimed of them first
    by_span: dict[tuple[int, int, str], Thing] = {}
    _bodies(mentions, reading, knowledge, by_span, day)
    nobody = _of_places(mentions, reading, source, knowledge, by_span) | _mastheads(mentions, reading, source)
    _people(mentions, claims, by_span, article)
    events = [m for m in mentions if _family(m.kind) == "Event"]
    called = {a.name: (a.host.start, a.host.end) for a in reading.aliases if _family(a.host.kind) == "Event"}
    year = fixed_year(reading.tokens.text)
    days = told_periods(reading, events, day, year) | own_days(claims, day, year)
    where, clusters = cluster_events(
        events, lengthened, knowledge, _headlines(reading), _topics(reading), days, _followed(reading), called
    )
    things = [Thing(kind=_class_of(c, knowledge), name=best_name(c), scope=article) for c in clusters]
    for mention in events:
        by_span[mention.start, mention.end, "Event"] = things[where[mention.start, mention.end]]
    for mention in mentions:
        key = (mention.start, mention.end, _family(mention.kind))
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
        thing = by_span.get((mention.start, mention.end, _family(mention.kind)))
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


def _headlines(reading: Reading) -> Callable[[int], bool]:
    """Whether an offset stands in a title, a subtitle or a caption: words that describe what the body tells of."""
    return among((s.start, s.end) for s in reading.sentences if s.sentence.role in ("title", "subtitle", "caption"))


def _topics(reading: Reading) -> dict[tuple[int, int], tuple[int, int]]:
    """For the events of a sentence that has an event as its topic: that topic (‘○○ 챌린지’는 … 대회를 개최하여)."""
    found = {}
    for sentence in reading.sentences:
        topic = None
        for phrase, heads in zip(sentence.phrases, sentence.heads):
            events = [m for m in heads if _family(m.kind) == "Event"]
            if (
                topic is not None
                and events
                and topic.name.endswith(("챌린지", "대회", "캠프", "페스티벌", "엑스포", "포럼", "아카데미"))
            ):
                found.update({(m.start, m.end): (topic.start, topic.end) for m in events})
            if phrase.particle in ("은", "는") and events and topic is None:
                topic = events[-1]
    return found


def _followed(reading: Reading) -> dict[tuple[int, int], tuple[int, int]]:
    """For the events of a sentence after ``○○ 간담회에 이어``: that event, which they are not (… 열린 이번 간담회)."""
    found = {}
    for sentence in reading.sentences:
        before = None
        for phrase, heads, after in zip(sentence.phrases, sentence.heads, (*sentence.phrases[1:], None)):
            events = [m for m in heads if _family(m.kind) == "Event"]
            if before is not None:
                found.update({(m.start, m.end): (before.start, before.end) for m in events})
            if (
                events
                and phrase.particle == "에"
                and after is not None
                and after.lemma == "잇다"
                and after.ending == "connective"
            ):
                before = events[-1]
    return found


def _class_of(cluster: EventCluster, knowledge: Knowledge) -> str:
    name = best_name(cluster)
    if "Agreement" in cluster.kinds and cluster.kinds <= {"Agreement", "Ceremony", "Event"}:
        return "Agreement"  # 업무협약 체결식: the ceremony of its signing
    return next((m.kind for m in cluster.mentions if m.name == name), cluster.mentions[0].kind)


def _bodies(mentions: Sequence[Mention], reading: Reading, knowledge: Knowledge, by_span, day: dt.date | None) -> None:
    """Organizations, countries and places: by the gazetteer, by aliases of the text, by equal spelling, by a unique longer name."""
    names: dict[str, str] = {}  # plain name → plain name of its canonical
    labels: dict[str, str] = {}
    kinds: dict[str, str] = {}
    known: dict[str, str] = {}
    bodies = [m for m in mentions if _family(m.kind) in ("Organization", "Country", "Place")]
    for mention in bodies:
        key = plain(mention.name)
        labels.setdefault(key, mention.name)
        if mention.kind != "Organization":
            kinds.setdefault(key, mention.kind)
        if mention.known:
            known.setdefault(key, mention.known)
    for alias in reading.aliases:
        if _family(alias.host.kind) == "Organization":
            a, h = plain(alias.name), plain(alias.host.name)
            if a != h and not (known.get(a) and known.get(h) and known[a] != known[h]):
                names[a] = h
    organizations = {plain(m.name) for m in bodies if is_organization(m)}
    ending: dict[str, list[str]] = {}  # organizations by what their names end with
    for size in {len(name) for name in organizations if len(name) >= _TAIL}:
        for name in organizations:
            if len(name) > size:
                ending.setdefault(name[-size:], []).append(name)
    for key in sorted(organizations):
        if key in names or key in known or len(key) < _TAIL or kinds.get(key) == "OrganizationalUnit":
            continue
        longer = {other for other in ending.get(key, ()) if not names.get(other)}
        if len({known.get(o, o) for o in longer}) == 1:
            names[key] = min(longer, key=lambda other: (len(other), other))

    def root(key: str) -> str:
        seen = set()
        while key in names and key not in seen:
            seen.add(key)
            key = names[key]
        return key

    tops = {key: root(key) for key in labels}
    first_known: dict[str, str] = {}  # the first known name of those that share a root
    for key in sorted(known):
        first_known.setdefault(tops[key], key)
    canonical: dict[str, str] = {}
    for key, top in tops.items():
        if top in known:
            canonical[key] = known[top]
        elif key in known:
            canonical[key] = known[key]
        else:
            canonical[key] = known[first_known[top]] if top in first_known else labels.get(top, top)
    entries = {
        entry.name: entry
        for surface in set(known.values())
        for entry in knowledge.gazetteer.by_name(surface)
        if entry.name == surface
    }
    named = set(known.values())
    borne: dict[str, str] = {}  # canonical name → the name that the text uses of it at its time
    for mention in bodies:
        if mention.known and mention.known in entries:
            past = entries[mention.known].past
            term = next((t for t in past if t.form == mention.name), None)
            former = (
                next((t.form for t in past if (t.start, t.end) == (term.start, term.end)), None) if term else None
            )  # and not its short form
            if former is not None or mention.name == mention.known:
                borne.setdefault(mention.known, former or mention.known)
    for mention in bodies:
        name = canonical[plain(mention.name)]
        family = _family(mention.kind)
        kind = mention.kind
        entry = entries.get(name) if name in named else None
        if entry is not None:
            name = borne.get(name) or (entry.name_on(day) if day is not None else name)
        if family == "Place":
            name = mention.name  # a place is called as the text calls it (수원, 수원시)
        if family == "Organization":
            kind = (
                entry.cls
                if entry is not None and schema().is_a(entry.cls, "Organization")
                else kinds.get(root(plain(mention.name)), kinds.get(plain(mention.name), "Organization"))
            )
            if not schema().is_a(kind, "Organization"):
                kind = "Organization"
        by_span[mention.start, mention.end, family] = Thing(kind=kind, name=name)


def _of_places(
    mentions: Sequence[Mention], reading: Reading, source: Article, knowledge: Knowledge, by_span
) -> set[tuple[int, int, str]]:
    """Local governments of one name, and bodies that every place has, as those of the place that the text or its publisher gives.

    Returns where names stand of which nobody can say whose body they mean.
    """
    where = Whereabouts(reading, [m for m in mentions if not _several(m, knowledge)], source, knowledge)
    bodies = [m for m in mentions if _family(m.kind) == "Organization"]
    for mention in mentions:
        key = mention.start, mention.end, _family(mention.kind)
        if (
            len(entries := where.governments(mention.name))
            and key in by_span
            and (len(entries) > 1 or mention.name.endswith("청") and key[2] == "Organization")
        ):
            one = where.meant(entries)
            scope = "" if one is not None or key[2] == "Place" else source.identifier
            kind = entries[0].cls if key[2] == "Organization" else by_span[key].kind
            said = key[2] == "Place" and " " in mention.name  # 서울 중구 is told apart by what is said
            by_span[key] = Thing(kind=kind, name=one.name if one is not None and not said else mention.name, scope=scope)
    local = resolve_local(
        [m for m in bodies if not knowledge.gazetteer.holds(by_span[m.start, m.end, "Organization"].name)], where
    )
    for (start, end), place in local.items():
        thing = by_span.pop((start, end, "Organization"))
        if place is not None:
            kind = "LocalGovernment" if place.kind == "청" else thing.kind
            by_span[start, end, "Organization"] = Thing(kind=kind, name=place.name, scope=place.scope)
    for mention in bodies:
        thing = by_span.get((mention.start, mention.end, "Organization"))
        if (
            thing is not None
            and (mention.start, mention.end) not in local
            and not thing.scope
            and not knowledge.gazetteer.holds(thing.name)
            and (scope := shared_place(mention, where))
        ):
            by_span[mention.start, mention.end, "Organization"] = replace(thing, scope=scope)
    return {(start, end, "Organization") for (start, end), place in local.items() if place is None}


def _mastheads(mentions: Sequence[Mention], reading: Reading, source: Article) -> set[tuple[int, int, str]]:
    """Papers whose name opens a headline (나래일보: ○○ 포럼 개최): they print it and are no part of what it tells."""
    openings = {s.start for s in reading.sentences if s.sentence.role == "title"}
    own = plain(source.publisher or "")
    return {
        (m.start, m.end, _family(m.kind))
        for m in mentions
        if m.start in openings
        and (m.kind == "Media" or plain(m.name) == own)
        and reading.tokens.text[m.end : m.end + 2].lstrip()[:1] in (":", "：", "|")
    }


def _several(mention: Mention, knowledge: Knowledge) -> bool:
    """Whether several local governments bear a mention's name."""
    return sum(e.cls == "LocalGovernment" for e in knowledge.gazetteer.by_name(mention.name)) > 1


def _people(mentions: Sequence[Mention], claims: Sequence[Claim], by_span, article: str) -> None:
    """People by full name; a family name with a title, or the last part of a foreign name, is the person named so before."""
    people = sorted((m for m in mentions if m.kind == "Person"), key=lambda m: m.start)
    before = _FullNames()
    body: dict[str, str] = {}
    for relation in ("heads", "affiliatedWith"):
        for claim in claims:
            if claim.relation == relation and isinstance(claim.object, Mention):
                thing = by_span.get((claim.object.start, claim.object.end, "Organization"))
                if thing is not None:
                    body.setdefault(claim.subject.name, thing.name)
    for mention in people:
        name = mention.name
        if mention.rule != "surname" and (len(name) >= 3 or " " in name or mention.rule in ("title-anchor", "note-head")):
            before.add(mention)
        elif (meant := before.meant(mention)) is not None:
            name = meant.name
        else:
            continue  # nobody who could be meant
        by_span[mention.start, mention.end, "Person"] = Thing(kind="Person", name=name, scope=body.get(name, article))


class _FullNames:
    """The people that a text has named so far, by what they may be called again: their first letters, or the last parts of a foreign name."""

    def __init__(self) -> None:
        self.by_call: dict[str, list[Mention]] = {}

    def add(self, person: Mention) -> None:
        name = person.name
        parts = {name[at + 1 :] for at, letter in enumerate(name) if letter == " "}
        for call in {name[:1], name[:2], *parts}:
            self.by_call.setdefault(call, []).append(person)

    def meant(self, mention: Mention) -> Mention | None:
        """The one named last before a mention whose title does not speak against it."""
        title = mention.title
        return next(
            (
                m
                for m in reversed(self.by_call.get(mention.name, ()))
                if m.start < mention.start
                and (not title or not m.title or m.title.endswith(title[-2:]) or title.endswith(m.title[-2:]))
            ),
            None,
        )
