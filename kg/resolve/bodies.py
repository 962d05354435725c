"""Bodies, countries and places of one article: what their mentions are, by the gazetteer, by aliases of the text, by equal spelling, by place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from kg.analyze.names.people import is_organization
from kg.analyze.reading import Reading
from kg.knowledge.gazetteer import Entry
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Article, Mention, Thing
from kg.resolve.local import Whereabouts, resolve_local, shared_place

BySpan = dict[tuple[int, int, str], Thing]

_TAIL = 4  # characters of a name that may stand for a longer one which ends so
_SPACES = re.compile(r"[\s·ㆍ‧・･․'’‘\"“”「」『』㈜*]+")


def plain(name: str) -> str:
    """A name without spaces, marks and corporate signs, for comparing.

    >>> plain("한국 나래전자㈜")
    '한국나래전자'
    """
    return _SPACES.sub("", name).removeprefix("(주)").removesuffix("(주)").lower()


@cache  # of the classes that there are
def family(kind: str) -> str:
    is_a = schema().is_a
    return next((f for f in ("Person", "Organization", "Event", "Country", "Place") if is_a(kind, f)), kind)


def resolve_bodies(
    mentions: Sequence[Mention], reading: Reading, knowledge: Knowledge, by_span: BySpan, day: dt.date | None
) -> None:
    """Organizations, countries and places: by the gazetteer, by aliases of the text, by equal spelling, by a unique longer name."""
    bodies = [m for m in mentions if family(m.kind) in ("Organization", "Country", "Place")]
    spelled = _Spelled.of(bodies)
    canonical = spelled.canonical(reading, bodies)
    entries = {
        entry.name: entry
        for surface in set(spelled.known.values())
        for entry in knowledge.gazetteer.by_name(surface)
        if entry.name == surface
    }
    borne = _borne(bodies, entries)
    for mention in bodies:
        name = canonical[plain(mention.name)]
        entry = entries.get(name)
        kind = _kind(mention, entry, spelled)
        if entry is not None:
            name = borne.get(name) or (entry.name_on(day) if day is not None else name)
        if family(mention.kind) == "Place":
            name = mention.name  # a place is called as the text calls it (수원, 수원시)
        by_span[mention.start, mention.end, family(mention.kind)] = Thing(kind=kind, name=name)


def _kind(mention: Mention, entry: Entry | None, spelled: _Spelled) -> str:
    """The class of a body: as the gazetteer has it, or as the text calls it where it is named in full."""
    if family(mention.kind) != "Organization":
        return mention.kind
    if entry is not None and schema().is_a(entry.cls, "Organization"):
        return entry.cls
    key = plain(mention.name)
    kind = spelled.kinds.get(spelled.root(key), spelled.kinds.get(key, "Organization"))
    return kind if schema().is_a(kind, "Organization") else "Organization"


def _borne(bodies: Sequence[Mention], entries: Mapping[str, Entry]) -> dict[str, str]:
    """The name that the text uses of a known body at its time, not its short form, by its canonical name."""
    borne: dict[str, str] = {}
    for mention in bodies:
        if mention.known and mention.known in entries:
            past = entries[mention.known].past
            term = next((t for t in past if t.form == mention.name), None)
            former = next((t.form for t in past if (t.start, t.end) == (term.start, term.end)), None) if term else None
            if former is not None or mention.name == mention.known:
                borne.setdefault(mention.known, former or mention.known)
    return borne


@dataclass(slots=True)
class _Spelled:
    """The bodies of a text by their plain names: how each is written, its class, its canonical name, and the fuller name it stands for."""

    labels: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    fuller: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, bodies: Sequence[Mention]) -> _Spelled:
        """What the mentions of bodies say, the first of each name."""
        spelled = cls()
        for mention in bodies:
            key = plain(mention.name)
            spelled.labels.setdefault(key, mention.name)
            if mention.kind != "Organization":
                spelled.kinds.setdefault(key, mention.kind)
            if mention.known:
                spelled.known.setdefault(key, mention.known)
        return spelled

    def canonical(self, reading: Reading, bodies: Sequence[Mention]) -> dict[str, str]:
        """The name that each plain name stands for: the known one of what it is short for, its own, the known one of any that share it."""
        self._by_alias(reading)
        self._by_ending(bodies)
        tops = {key: self.root(key) for key in self.labels}
        first_known: dict[str, str] = {}  # the first known name of those that share a root
        for key in sorted(self.known):
            first_known.setdefault(tops[key], key)
        found: dict[str, str] = {}
        for key, top in tops.items():
            own = top if top in self.known else key if key in self.known else first_known.get(top)
            found[key] = self.known[own] if own is not None else self.labels.get(top, top)
        return found

    def _by_alias(self, reading: Reading) -> None:
        for alias in reading.aliases:
            if family(alias.host.kind) == "Organization":
                short, host = plain(alias.name), plain(alias.host.name)
                both = self.known.get(short), self.known.get(host)
                if short != host and not (all(both) and both[0] != both[1]):
                    self.fuller[short] = host

    def _by_ending(self, bodies: Sequence[Mention]) -> None:
        """Names that end the one fuller name of the text."""
        organizations = {plain(m.name) for m in bodies if is_organization(m)}
        ending: dict[str, list[str]] = {}  # organizations by what their names end with
        for size in {len(name) for name in organizations if len(name) >= _TAIL}:
            for name in organizations:
                if len(name) > size:
                    ending.setdefault(name[-size:], []).append(name)
        for key in sorted(organizations):
            if key in self.fuller or key in self.known or len(key) < _TAIL or self.kinds.get(key) == "OrganizationalUnit":
                continue
            longer = {other for other in ending.get(key, ()) if not self.fuller.get(other)}
            if len({self.known.get(o, o) for o in longer}) == 1:
                self.fuller[key] = min(longer, key=lambda other: (len(other), other))

    def root(self, key: str) -> str:
        """The fullest name that a plain name stands for."""
        seen = set()
        while key in self.fuller and key not in seen:
            seen.add(key)
            key = self.fuller[key]
        return key


def of_places(
    mentions: Sequence[Mention], reading: Reading, source: Article, knowledge: Knowledge, by_span: BySpan
) -> set[tuple[int, int, str]]:
    """Local governments of one name, and bodies that every place has, as those of the place that the text or its publisher gives.

    Returns where names stand of which nobody can say whose body they mean.
    """
    where = Whereabouts(reading, [m for m in mentions if not _several(m, knowledge)], source, knowledge)
    bodies = [m for m in mentions if family(m.kind) == "Organization"]
    for mention in mentions:
        key = mention.start, mention.end, family(mention.kind)
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
        one_of_many = by_span.get((mention.start, mention.end, "Organization"))
        if (
            one_of_many is not None
            and (mention.start, mention.end) not in local
            and not one_of_many.scope
            and not knowledge.gazetteer.holds(one_of_many.name)
            and (scope := shared_place(mention, where))
        ):
            by_span[mention.start, mention.end, "Organization"] = replace(one_of_many, scope=scope)
    return {(start, end, "Organization") for (start, end), place in local.items() if place is None}


def mastheads(mentions: Sequence[Mention], reading: Reading, source: Article) -> set[tuple[int, int, str]]:
    """Papers whose name opens a headline (나래일보: ○○ 포럼 개최): they print it and are no part of what it tells."""
    openings = {s.start for s in reading.sentences if s.sentence.role == "title"}
    own = plain(source.publisher or "")
    return {
        (m.start, m.end, family(m.kind))
        for m in mentions
        if m.start in openings
        and (m.kind == "Media" or plain(m.name) == own)
        and reading.tokens.text[m.end : m.end + 2].lstrip()[:1] in (":", "：", "|")
    }


def _several(mention: Mention, knowledge: Knowledge) -> bool:
    """Whether several local governments bear a mention's name."""
    return sum(e.cls == "LocalGovernment" for e in knowledge.gazetteer.by_name(mention.name)) > 1
