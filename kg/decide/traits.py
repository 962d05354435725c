"""What a text shows of two mentions that a relation may hold between: particles, predicates, lists, distance, keys, kinds.

A trait is a short string; the model of arguments knows a weight for each (``kg.decide.arguments``). Traits name groups of
verbs before verbs and kinds before names, so that a thousand articles can tell what each is worth.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.knowledge.schema import schema
from kg.model import Claim, Mention, Thing, Value
from kg.syntax.arguments import JOIN

if TYPE_CHECKING:
    from kg.analyze.phrases import Phrase
    from kg.analyze.readings import Reading
    from kg.knowledge.load import Knowledge

_SHORT = 40  # characters of a line that may be the key of what follows
_LISTED = 40  # phrases that a list may have
_BESIDE = 3  # tokens behind a mention that are looked at, and two before
_FAR = 300  # tokens, and phrases, of one sentence behind a mention of which something may be told of it
_WORD = 4  # a token as long as this is shown by its tag
_KINDS = (
    "Person",
    "Country",
    "GovernmentBody",
    "LocalGovernment",
    "OrganizationalUnit",
    "Company",
    "University",
    "Media",
    "Organization",
)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an end stands: its sentence and phrase, and what its phrase, or the list that it opens, is for."""

    sentence: int
    phrase: int
    particle: str
    members: int
    tail: str
    predicate: int | None
    lemma: str
    after: str
    ending: str


@lru_cache(maxsize=256)
def _kind(kind: str) -> str:
    return next((name for name in _KINDS if schema().is_a(kind, name)), kind)


def kind_of(end: Mention | Thing) -> str:
    """The class of a mention or thing as far as traits tell classes apart."""
    return _kind(end.kind)


class Seen:
    """What patterns have said of two ends, by what they are."""

    def __init__(self, claims: Sequence[Claim], of: Callable[[Mention], Thing | None]) -> None:
        self._together: dict[tuple[Thing, Thing], set[str]] = defaultdict(set)
        self._apart: dict[Thing, set[str]] = defaultdict(set)
        for claim in claims:
            subject, object_ = of(claim.subject), of(claim.object) if isinstance(claim.object, Mention) else None
            if subject is None:
                continue
            self._apart[subject].add(claim.relation)
            if object_ is not None:
                self._apart[object_].add(f"{claim.relation}-of")
                self._together[subject, object_] |= {
                    f"said={claim.relation}",
                    f"rule={claim.rule.partition('+')[0]}",
                    f"said.status={claim.status}",
                }

    def __call__(self, one: Thing, other: Thing) -> Iterator[str]:
        """Traits of two ends."""
        own = self._together.get((one, other), ())
        yield from own
        yield from (f"one.said={r}|here={bool(own)}" for r in self._apart.get(one, ()))
        yield from (f"other.said={r}|here={bool(own)}" for r in self._apart.get(other, ()))


class Page:
    """A reading with what is looked up again and again: where the ends stand, and which of the others is spoken of most."""

    def __init__(
        self,
        reading: Reading,
        of: Callable[[Mention], Thing | None],
        knowledge: Knowledge,
        ones: Sequence[Mention],
        others: Sequence[Mention],
    ) -> None:
        self.reading, self.of = reading, of
        self.groups: dict[str, list[str]] = defaultdict(list)
        for name, group in sorted(knowledge.verbs.items()):
            for lemma in sorted(group.active | group.passive):
                self.groups[lemma].append(name)
        self._sentence_starts = [s.start for s in reading.sentences]
        self._phrase_starts = [[reading.tokens.starts[p.first] for p in s.phrases] for s in reading.sentences]
        self.slots: dict[tuple[int, int], Slot] = {}
        self.ones, self.others = self._placed(ones), self._placed(others)
        self.titled = {
            of(m)
            for i in range(len(reading.sentences))
            if self.role(i) == "title"
            for m in (*self.ones.get(i, ()), *self.others.get(i, ()))
        }
        self.told: dict[Thing | None, int] = defaultdict(int)
        for end in (*ones, *others):
            self.told[of(end)] += 1
        self.ranks = {thing: rank for rank, thing in enumerate(self._by_weight())}

    def role(self, number: int) -> str:
        """What a sentence is part of: title, body, caption …"""
        return self.reading.sentences[number].sentence.role

    def place(self, end: Mention | Value) -> Slot | None:
        """Where a mention or a value stands; None for what stands in no sentence."""
        return self.slots.get((end.start, end.end)) or self._slot(end)

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that begins last before an offset, or at it."""
        return bisect_right(self._sentence_starts, offset) - 1

    def bounds(self, end: Mention) -> tuple[int, int]:
        """The sentence that a mention stands in."""
        sentence = self.reading.sentences[self.slots[end.start, end.end].sentence]
        return sentence.start, sentence.end

    def verb(self, end: Mention) -> Phrase | None:
        """The first predicate behind a mention and the list that it opens."""
        slot = self.slots[end.start, end.end]
        return None if slot.predicate is None else self.reading.sentences[slot.sentence].phrases[slot.predicate]

    def main(self) -> Mention | None:
        """The first mention of the other end that is spoken of most."""
        thing = next(iter(self.ranks), None)
        return next((m for ms in self.others.values() for m in ms if self.of(m) == thing), None) if thing is not None else None

    def key(self, slot: Slot) -> str | None:
        """The word that a notice line begins with: 참석자, 주최."""
        phrases = self.reading.sentences[slot.sentence].phrases
        first = phrases[0] if phrases else None
        if first is None or first.kind != "NP" or slot.phrase == 0 or first.particle != ":":
            return None
        return "".join(c for c in self.reading.tokens.surface(first.first, first.last)[:_SHORT] if c.isalnum())[:8]

    def _placed(self, ends: Sequence[Mention]) -> dict[int, list[Mention]]:
        placed: dict[int, list[Mention]] = defaultdict(list)
        for end in ends:
            slot = self.slots.get((end.start, end.end)) or self._slot(end)
            if slot is not None:
                self.slots[end.start, end.end] = slot
                placed[slot.sentence].append(end)
        return dict(sorted(placed.items()))

    def _by_weight(self) -> list[Thing]:
        counts: dict[Thing, int] = defaultdict(int)
        for others in self.others.values():
            for other in others:
                if (thing := self.of(other)) is not None:
                    counts[thing] += 1 + 2 * (thing in self.titled)
        return sorted(counts, key=lambda t: (-counts[t], t.name))

    def _slot(self, end: Mention | Value) -> Slot | None:
        number = self.sentence_at(end.start)
        if number < 0 or end.start >= self.reading.sentences[number].end or not self.reading.sentences[number].phrases:
            return None
        phrases = self.reading.sentences[number].phrases
        at = max(bisect_right(self._phrase_starts[number], end.start) - 1, 0)
        last, members = _end_of_list(phrases, at)
        phrase = phrases[last]
        verbs = [(i, p) for i, p in enumerate(phrases[last + 1 : last + _LISTED], last + 1) if p.kind == "PRED"][:2]
        first = verbs[0] if verbs else None
        tail = self.reading.tokens.words[phrase.tokens[-1]] if phrase.tokens else ""
        return Slot(
            number,
            at,
            phrase.particle,
            members,
            tail,
            first[0] if first else None,
            first[1].lemma if first else "",
            verbs[1][1].lemma if len(verbs) > 1 else "",
            first[1].ending if first else "",
        )


def _end_of_list(phrases: Sequence[Phrase], at: int) -> tuple[int, int]:
    """The last phrase of the list that a phrase stands in, and how many members follow."""
    last = at
    while (
        last + 1 < len(phrases)
        and last - at < _LISTED
        and phrases[last].kind in ("NP", "NOTE")
        and phrases[last].particle in JOIN | {""}
        and phrases[last + 1].kind in ("NP", "NOTE")
    ):
        last += 1
    return last, last - at


def of_things(page: Page, one: Thing, other: Thing, publisher: str | None) -> Iterator[str]:
    """What is seen of two things in the whole of the text."""
    kind, rank = kind_of(one), min(page.ranks.get(other, 9), 3)
    name = one.name.replace(" ", "")
    yield f"kind={kind}|other={kind_of(other)}"
    yield f"kind={kind}|publisher={publisher is not None and name == publisher.replace(' ', '')}"
    yield f"kind={kind}|rank={rank}|titled={one in page.titled},{other in page.titled}"
    yield f"others={min(len(page.ranks), 6)}|rank={rank}"
    yield f"kind={kind}|told={min(page.told[one], 5)}"
    yield f"other.noun={other.name[-2:]}|kind={kind}"


def of_mentions(page: Page, one: Mention, other: Mention, reach: str) -> Iterator[str]:
    """What is seen of two mentions: their phrases, the predicates behind them, and what lies between."""
    own, its = page.slots[one.start, one.end], page.slots[other.start, other.end]
    kind, part = kind_of(one), own.particle
    yield f"reach={reach}|kind={kind}"
    yield f"reach={reach}|role={page.role(own.sentence)}|kind={kind}"
    yield f"part={part}|reach={reach}"
    yield f"part={part}|kind={kind}"
    yield f"part={part}|pred={own.lemma}"
    yield f"part={part}|pred={own.lemma}|reach={reach}"
    yield f"part={part}|after={own.after}"
    yield f"pred={own.lemma}|ending={own.ending}"
    yield f"tail={own.tail}|kind={kind}"
    yield f"tail={own.tail}|pred={own.lemma}"
    yield f"list={min(own.members, 5)}|kind={kind}|reach={reach}"
    yield f"title={one.title or '-'}"
    yield f"other.part={its.particle}|other.pred={its.lemma}"
    yield f"other.part={its.particle}|reach={reach}"
    yield f"definite={other.definite or '-'}|reach={reach}"
    for group in page.groups.get(own.lemma, ["-"]):
        yield f"part={part}|group={group}|reach={reach}"
        yield f"kind={kind}|group={group}"
    key = page.key(own)
    if key is not None:
        yield f"key={key}|kind={kind}"
        yield f"key={key}"
    if own.sentence == its.sentence:
        yield from _between(page, own, its, kind)
        gap = max(one.start, other.start) - min(one.end, other.end)
        yield f"gap={min(gap, 4) if gap < 4 else 4 + min(gap // 10, 6)}|reach={reach}|kind={kind}"
    else:
        yield f"key={key is not None}|reach={reach}"


def _between(page: Page, own: Slot, its: Slot, kind: str) -> Iterator[str]:
    """What lies between two mentions of one sentence."""
    low, high = sorted((own.phrase, its.phrase))
    verbs = [p.lemma for p in page.reading.sentences[own.sentence].phrases[low:high] if p.kind == "PRED"]
    order = "after" if its.phrase >= own.phrase else "before"
    shared = own.predicate is not None and own.predicate == its.predicate
    yield f"shared={shared}|part={own.particle}|other.part={its.particle}|{order}"
    yield f"shared={shared}|other.pred={its.lemma}|part={own.particle}"
    yield f"verbs={min(len(verbs), 3)}|{order}|kind={kind}"
    yield f"far={min((high - low) // 2, 6)}|{order}"
    for group in {g for lemma in verbs for g in page.groups.get(lemma, ())}:
        yield f"between={group}|{order}|part={own.particle}"


def beside(page: Page, one: Mention, reach: str) -> Iterator[str]:
    """What stands around the first end in its sentence: verbs and nouns behind it, numbers of people, its neighbours."""
    own, tokens, kind = page.slots[one.start, one.end], page.reading.tokens, kind_of(one)
    sentence = page.reading.sentences[own.sentence]
    later = [p.lemma for p in sentence.phrases[own.phrase + 1 : own.phrase + _FAR] if p.kind == "PRED"]
    for group in {g for lemma in later for g in page.groups.get(lemma, ())}:
        yield f"later={group}|kind={kind}"
        yield f"later={group}|reach={reach}"
    if later:
        yield f"last={later[-1]}|kind={kind}"
        yield from (f"last={group}|reach={reach}" for group in page.groups.get(later[-1], ("-",)))
    low, high = bisect_right(tokens.starts, one.start) - 1, bisect_right(tokens.starts, one.end - 1)
    end = bisect_right(tokens.starts, sentence.end - 1)
    first = bisect_right(tokens.starts, sentence.start - 1)
    for name, places in (
        ("next", range(high, min(high + _BESIDE, end))),
        ("before", range(low - 1, max(low - _BESIDE, first - 1), -1)),
    ):
        for step, i in enumerate(places):
            yield f"{name}{step}={tokens.words[i] if len(tokens.words[i]) < _WORD else tokens.tags[i]}|kind={kind}"
    yield from (
        f"noun={noun}|kind={kind}"
        for noun in {tokens.words[i] for i in range(high, min(end, high + _FAR)) if tokens.tags[i] == "NNG"}
    )
    people = any(v.kind == "people" for v in page.reading.values_in(one.end, sentence.end))
    yield f"people={people}|kind={kind}|reach={reach}"
    ones = page.ones[own.sentence]
    at = bisect_left(ones, one.end, key=attrgetter("start"))
    follows = ones[at] if at < len(ones) else None
    yield f"follows={kind_of(follows) if follows is not None and follows.start - one.end < _BESIDE else '-'}|kind={kind}"
    yield f"ones={min(len(ones), 6)}|kind={kind}"
    yield f"place={sum(1 for _ in islice((o for o in ones if o.end <= one.start), 3))}|kind={kind}|reach={reach}"
    line = tokens.text[sentence.start : sentence.end]
    yield f"mark={line[:1] if not line[:1].isalnum() else '-'}|reach={reach}"
    yield f"phone={'☎' in line or '02-' in line}|quote={'“' in line}|reach={reach}"
