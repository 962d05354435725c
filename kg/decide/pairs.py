"""Pairs of an agent and an event within reach of each other, and what a text shows of each pair: what the model of arguments weighs.

A trait is a short string such as ``part=와|pred=참석하다``: the particle of the agent's phrase, the predicate behind it, how far the event
is, what list or notice line the agent stands in, and which patterns have spoken of either.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from kg.knowledge.schema import schema
from kg.model import Claim, Mention, Thing
from kg.syntax.arguments import JOIN

if TYPE_CHECKING:
    from kg.analyze.phrases import Phrase
    from kg.analyze.readings import Reading, SentenceReading
    from kg.knowledge.load import Knowledge
    from kg.resolve.things import Things

_REACH = 3  # sentences before an agent's in which the event that it belongs to may be named
_NEAREST = 3  # events before the agent's sentence that are looked at
_MOST = 12  # pairs of mentions that are looked at for two things
_SHORT = 40  # characters of a line that may be the key of what follows
_FAMILIES = ("Person", "Country", "GovernmentBody", "LocalGovernment", "OrganizationalUnit", "Company", "University", "Media", "Organization")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things, the mentions that stand nearest to each other, and all that is seen of them together."""

    agent: Thing
    event: Thing
    mentions: tuple[Mention, Mention]
    traits: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a mention stands: its sentence and phrase, and what its phrase, or the list that it opens, is for."""

    sentence: int
    phrase: int
    particle: str
    members: int
    tail: str
    predicate: int | None
    lemma: str
    after: str
    ending: str


def pairs(reading: Reading, claims: Sequence[Claim], things: Things, knowledge: Knowledge, publisher: str | None) -> Iterator[Pair]:
    """The pairs of one article, each once, in the order of the text."""
    page = _Page(reading, things, knowledge)
    seen = _spoken(claims, things)
    found: dict[tuple[Thing, Thing], list[tuple[Mention, Mention, str]]] = defaultdict(list)
    for agent, event, reach in page.within_reach():
        one, other = things.of(agent), things.of(event)
        if one is not None and other is not None:
            found[one, other].append((agent, event, reach))
    for (one, other), places in found.items():
        best = min(places, key=lambda place: (_ORDER.index(place[2]), abs(place[0].start - place[1].start), place[0].start, place[1].start))
        traits = set(page.of_things(one, other, publisher)) | set(seen(one, other))
        for agent, event, reach in places[:_MOST]:
            traits |= set(page.of_mentions(agent, event, reach))
        yield Pair(one, other, best[:2], frozenset(traits))


_ORDER = ("after", "before", "next", "near", "title", "main")


def _family(kind: str) -> str:
    is_a = schema().is_a
    return next((family for family in _FAMILIES if is_a(kind, family)), kind)


def _spoken(claims: Sequence[Claim], things: Things):
    """A function from two things to what patterns have said of them."""
    together: dict[tuple[Thing, Thing], set[str]] = defaultdict(set)
    apart: dict[Thing, set[str]] = defaultdict(set)
    for claim in claims:
        subject = things.of(claim.subject)
        object_ = things.of(claim.object) if isinstance(claim.object, Mention) else None
        if subject is None:
            continue
        apart[subject].add(claim.relation)
        if object_ is not None:
            apart[object_].add(f"{claim.relation}-of")
            together[subject, object_] |= {f"said={claim.relation}", f"rule={claim.rule.split('+')[0]}"}

    def spoken(one: Thing, other: Thing) -> Iterator[str]:
        own = together[one, other]
        yield from own
        yield from (f"agent.said={r}|here={bool(own)}" for r in apart[one])
        yield from (f"event.said={r}|here={bool(own)}" for r in apart[other])

    return spoken


class _Page:
    """A reading with what is looked up again and again: where mentions stand, which events there are."""

    def __init__(self, reading: Reading, things: Things, knowledge: Knowledge) -> None:
        self.reading, self.things, self.knowledge = reading, things, knowledge
        self.groups: dict[str, list[str]] = defaultdict(list)
        for name, group in sorted(knowledge.verbs.items()):
            for lemma in sorted(group.active | group.passive):
                self.groups[lemma].append(name)
        self._sentence_starts = [s.start for s in reading.sentences]
        self._phrase_starts = [[reading.tokens.starts[p.first] for p in s.phrases] for s in reading.sentences]
        self.slots: dict[tuple[int, int], _Slot] = {}
        self.by_sentence: dict[int, tuple[list[Mention], list[Mention]]] = defaultdict(lambda: ([], []))
        is_a = schema().is_a
        for mention in reading.mentions:
            if not mention.name:
                continue
            is_agent, is_event = is_a(mention.kind, "Agent"), is_a(mention.kind, "Event")
            if (is_agent or is_event) and (slot := self._slot(mention)) is not None:
                self.slots[mention.start, mention.end] = slot
                self.by_sentence[slot.sentence][0 if is_agent else 1].append(mention)
        self.titled = {things.of(m) for i in range(len(reading.sentences)) if self._role(i) == "title" for m in self.by_sentence[i][0] + self.by_sentence[i][1]}
        self.ranks = {thing: rank for rank, thing in enumerate(self._by_weight())}

    def _role(self, number: int) -> str:
        return self.reading.sentences[number].sentence.role

    def _by_weight(self) -> list[Thing]:
        """Events, the most spoken of first."""
        counts: dict[Thing, int] = defaultdict(int)
        for _, events in list(self.by_sentence.values()):
            for event in events:
                if (thing := self.things.of(event)) is not None:
                    counts[thing] += 1 + 2 * (thing in self.titled)
        return sorted(counts, key=lambda t: (-counts[t], t.name))

    def _slot(self, mention: Mention) -> _Slot | None:
        number = bisect_right(self._sentence_starts, mention.start) - 1
        if number < 0 or mention.start >= self.reading.sentences[number].end:
            return None
        sentence = self.reading.sentences[number]
        at = max(bisect_right(self._phrase_starts[number], mention.start) - 1, 0)
        last, members = _end_of_list(sentence.phrases, at)
        phrase = sentence.phrases[last]
        verbs = [(i, p) for i, p in enumerate(sentence.phrases[last + 1:last + 40], last + 1) if p.kind == "PRED"][:2]
        first = verbs[0] if verbs else None
        return _Slot(number, at, phrase.particle, members, self._tail(phrase), first[0] if first else None, first[1].lemma if first else "",
                     verbs[1][1].lemma if len(verbs) > 1 else "", first[1].ending if first else "")

    def _tail(self, phrase: Phrase) -> str:
        """The last token of a phrase: 등, 관계자, 대표."""
        return self.reading.tokens.words[phrase.tokens[-1]] if phrase.tokens else ""

    def within_reach(self) -> Iterator[tuple[Mention, Mention, str]]:
        """(agent, event, how they stand to each other)."""
        past: list[tuple[int, Mention]] = []  # events of the sentences before, the latest last
        titled = [m for i in range(len(self.reading.sentences)) if self._role(i) == "title" for m in self.by_sentence[i][1]][:1]
        mains = {thing: event for event in reversed(self.reading.mentions) if (event.start, event.end) in self.slots and schema().is_a(event.kind, "Event")
                 and (thing := self.things.of(event)) is not None}
        main = next((mains[thing] for thing in self.ranks if thing in mains), None)
        for number in range(len(self.reading.sentences)):
            agents, events = self.by_sentence[number]
            near = [(event, "next" if at == number - 1 else "near") for at, event in past[-_NEAREST:] if number - at <= _REACH]
            for agent in agents:
                yield from ((agent, event, "after" if event.start > agent.start else "before") for event in events)
                yield from ((agent, event, reach) for event, reach in near)
                yield from ((agent, event, "title") for event in titled if self._role(number) != "title")
                if main is not None:
                    yield agent, main, "main"
            past.extend((number, event) for event in events)

    def of_things(self, agent: Thing, event: Thing, publisher: str | None) -> Iterator[str]:
        """What is seen of two things in the whole of the text."""
        kind, rank = _family(agent.kind), min(self.ranks.get(event, 9), 3)
        own = publisher is not None and agent.name.replace(" ", "") == publisher.replace(" ", "")
        yield f"kind={kind}|event={event.kind}"
        yield f"kind={kind}|publisher={own}"
        yield f"kind={kind}|rank={rank}|titled={agent in self.titled},{event in self.titled}"
        yield f"events={min(len(self.ranks), 6)}|rank={rank}"
        yield f"kind={kind}|told={min(len(self.things.surfaces.get(agent, ())), 5)}"
        yield f"event.noun={event.name[-2:]}|kind={kind}"

    def of_mentions(self, agent: Mention, event: Mention, reach: str) -> Iterator[str]:
        """What is seen of two mentions."""
        one, other = self.slots[agent.start, agent.end], self.slots[event.start, event.end]
        kind, role = _family(agent.kind), self._role(one.sentence)
        groups = self.groups.get(one.lemma, ["-"])
        yield f"reach={reach}|kind={kind}"
        yield f"reach={reach}|role={role}|kind={kind}"
        yield f"part={one.particle}|reach={reach}"
        yield f"part={one.particle}|kind={kind}"
        yield f"part={one.particle}|pred={one.lemma}"
        yield f"part={one.particle}|pred={one.lemma}|reach={reach}"
        yield f"part={one.particle}|after={one.after}"
        yield f"pred={one.lemma}|ending={one.ending}"
        yield f"tail={one.tail}|kind={kind}"
        yield f"tail={one.tail}|pred={one.lemma}"
        yield f"list={min(one.members, 5)}|kind={kind}|reach={reach}"
        yield f"title={agent.title or '-'}"
        yield f"event.part={other.particle}|event.pred={other.lemma}"
        yield f"event.part={other.particle}|reach={reach}"
        yield f"definite={event.definite or '-'}|reach={reach}"
        for group in groups:
            yield f"part={one.particle}|group={group}|reach={reach}"
            yield f"kind={kind}|group={group}"
        if (key := self._key(one)) is not None:
            yield f"key={key}|kind={kind}"
            yield f"key={key}"
        if one.sentence == other.sentence:
            yield from self._between(one, other, kind)
        else:
            yield f"key={self._key(one) is not None}|reach={reach}"

    def _between(self, one: _Slot, other: _Slot, kind: str) -> Iterator[str]:
        """What lies between two mentions of one sentence."""
        low, high = sorted((one.phrase, other.phrase))
        verbs = [p.lemma for p in self.reading.sentences[one.sentence].phrases[low:high] if p.kind == "PRED"]
        order = "after" if other.phrase >= one.phrase else "before"
        shared = one.predicate is not None and one.predicate == other.predicate
        yield f"shared={shared}|part={one.particle}|event.part={other.particle}|{order}"
        yield f"shared={shared}|event.pred={other.lemma}|part={one.particle}"
        yield f"verbs={min(len(verbs), 3)}|{order}|kind={kind}"
        yield f"far={min((high - low) // 2, 6)}|{order}"
        for group in {g for lemma in verbs for g in self.groups.get(lemma, ())}:
            yield f"between={group}|{order}|part={one.particle}"

    def _key(self, slot: _Slot) -> str | None:
        """The word that a notice line begins with: 참석자, 주최."""
        sentence: SentenceReading = self.reading.sentences[slot.sentence]
        first = sentence.phrases[0] if sentence.phrases else None
        if first is None or first.kind != "NP" or slot.phrase == 0 or first.particle != ":":
            return None
        words = self.reading.tokens.surface(first.first, first.last)
        return "".join(c for c in words[:_SHORT] if c.isalnum())[:8]


def _end_of_list(phrases: Sequence[Phrase], at: int) -> tuple[int, int]:
    """The last phrase of the list that a phrase stands in, and how many members follow."""
    last = at
    while last + 1 < len(phrases) and last - at < 40 and phrases[last].kind in ("NP", "NOTE") \
            and phrases[last].particle in JOIN | {""} and phrases[last + 1].kind in ("NP", "NOTE"):
        last += 1
    return last, last - at
