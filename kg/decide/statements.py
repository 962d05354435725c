"""What a text shows of a statement that rules have made of it: who says it, of what things, in which words, and what else is said.

The statements of one article are looked at together: how often an end is named, what other statements touch it, and which
can hardly all be true (three days of one event, two bodies of one person). What is seen are *traits*, short strings, of which
the model of statements (``kg.decide.doubts``) knows a weight each.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.decide.pairs import Names
from kg.decide.slots import Page, Slot
from kg.decide.traits import kind_of
from kg.knowledge.schema import schema
from kg.model import STATED, Claim, Mention, Thing, Value

if TYPE_CHECKING:
    from kg.analyze.readings import Reading
    from kg.knowledge.load import Knowledge

_BESIDE = 3  # tokens on either side of an end that are looked at
_SURE = 20  # steps of confidence
_WORD = 5  # a token as long as this is shown by its tag
_PLACES = 3  # places that say a statement of which the words are looked at
_LONG = 400  # characters between ends beyond which single words say nothing
_MARKS = frozenset("‘’“”「」()·,")
_BEARING = frozenset({"NNG", "VV", "NNB"})


@dataclass(frozen=True, slots=True)
class Statement:
    """Claims that say the same of the same things, in the order of the text."""

    subject: Thing
    relation: str
    object: Hashable
    claims: tuple[Claim, ...]

    @property
    def rules(self) -> list[str]:
        """The rules that say it, without votes."""
        return sorted({_rule(claim) for claim in self.claims})


def _rule(claim: Claim) -> str:
    return claim.rule.partition("+")[0]


def statements(claims: Sequence[Claim], of: Callable[[Mention], Thing | None]) -> list[Statement]:
    """The claims that stand in the graph, by what they say; values by what they come to."""
    groups: dict[tuple[Thing, str, Hashable], list[Claim]] = defaultdict(list)
    for claim in claims:
        subject = of(claim.subject)
        if subject is not None and claim.status in STATED:
            groups[subject, claim.relation, _end(claim, of)].append(claim)
    return [Statement(*key, tuple(same)) for key, same in groups.items()]


def _end(claim: Claim, of: Callable[[Mention], Thing | None]) -> Hashable:
    if isinstance(claim.object, Mention):
        return of(claim.object)
    if isinstance(claim.object, Value):
        return claim.object.date, claim.object.until, claim.object.number, claim.object.text
    return claim.object


class Book:
    """The statements of one article, with what is asked of all of them."""

    def __init__(self, said: Sequence[Statement], reading: Reading, names: Names, knowledge: Knowledge) -> None:
        self.reading = reading
        self._publisher = (names.publisher or "").replace(" ", "")
        named = [m for m in reading.mentions if m.name]
        events = [m for m in named if schema().is_a(m.kind, "Event")]
        self.page = Page(reading, names.of, knowledge, [m for m in named if not schema().is_a(m.kind, "Event")], events)
        self._first: dict[Thing | None, int] = {}
        for end in named:
            self._first.setdefault(names.of(end), end.start)
        self._from: dict[tuple, int] = defaultdict(int)
        self._to: dict[tuple, int] = defaultdict(int)
        self._about: dict[Hashable, set[tuple[str, bool]]] = defaultdict(set)
        self._both: dict[tuple, set[str]] = defaultdict(set)
        for one in said:
            self._from[one.subject, one.relation] += 1
            self._to[one.object, one.relation] += 1
            self._about[one.subject].add((one.relation, True))
            self._both[one.subject, one.object].add(one.relation)
            if isinstance(one.object, Thing):
                self._about[one.object].add((one.relation, False))

    def traits(self, one: Statement) -> frozenset[str]:
        """What is seen of a statement."""
        words = (trait for claim in one.claims[:_PLACES] for trait in self._of_words(claim))
        return frozenset((*self._of_rules(one), *self._of_ends(one), *self._of_the_rest(one), *words))

    def _role(self, offset: int) -> str:
        at = self.reading.sentence_index(offset)
        return "-" if at is None else self.reading.sentences[at].sentence.role

    def _of_rules(self, one: Statement) -> Iterator[str]:
        r, rules = one.relation, one.rules
        yield f"rel={r}"
        yield f"{r}|claims={min(len(one.claims), 4)}|rules={min(len(rules), 3)}"
        yield f"{r}|sure={int(max(c.confidence for c in one.claims) * _SURE)}"
        yield f"{r}|voted={all(c.rule != _rule(c) for c in one.claims)}"
        yield f"{r}|source={any(c.source for c in one.claims)}"
        yield from (f"{r}|status={status}" for status in {c.status for c in one.claims})
        for rule in rules:
            yield f"rule={rule}"
            yield f"rule={rule}|alone={len(rules) == 1}|{min(len(one.claims), 2)}"
        for role in {self._role(c.start) for c in one.claims}:
            yield f"role={role}"
            yield f"{r}|role={role}"
            yield from (f"rule={rule}|role={role}" for rule in rules)

    def _of_ends(self, one: Statement) -> Iterator[str]:
        claim, r, rules = one.claims[0], one.relation, one.rules
        for side, mention, thing in (("s", claim.subject, one.subject), ("o", claim.object, one.object)):
            if isinstance(thing, Thing) and isinstance(mention, Mention):
                for trait in self._of_thing(thing, mention):
                    yield f"{side}.{trait}"
                    yield f"{r}|{side}.{trait}"
                for trait in (f"kind={kind_of(thing)}", f"by={mention.rule}"):
                    yield from (f"rule={rule}|{side}.{trait}" for rule in rules)
            elif isinstance(mention, Value):
                yield f"{r}|o.hint={mention.hint}|whole={mention.date is not None and mention.date.whole is not None}"
                yield f"{r}|o.until={mention.until is not None}|days={mention.days is not None}"
            elif isinstance(mention, str):
                yield f"{r}|o.size={min(len(mention), 12)}"
                yield f"{r}|o.end={mention[-2:]}"
                yield f"{r}|o.latin={mention.isascii()}|spaces={mention.count(' ')}"
                yield f"{r}|o.sub={mention.replace(' ', '') in one.subject.name.replace(' ', '')}"
        if isinstance(one.object, Thing):
            yield f"{r}|{kind_of(one.subject)}>{kind_of(one.object)}"

    def _of_thing(self, thing: Thing, mention: Mention) -> Iterator[str]:
        name, page, kind = thing.name, self.page, kind_of(thing)
        yield f"kind={kind}"
        yield f"kind={thing.kind}"
        yield f"by={mention.rule}"
        yield f"by={mention.rule}|kind={kind}"
        yield f"told={min(page.told[thing], 6)}|kind={kind}"
        yield f"titled={thing in page.titled}|kind={kind}"
        yield f"known={mention.known is not None}|kind={kind}"
        yield f"definite={mention.definite or '-'}"
        yield f"edition={mention.edition is not None}"
        yield f"certain={mention.certain}|kind={kind}"
        yield f"publisher={name.replace(' ', '') == self._publisher}|kind={kind}"
        yield f"end={name[-2:]}"
        yield f"last={name[-1:]}|kind={kind}"
        yield f"size={min(len(name) // 2, 10)}|kind={kind}"
        yield f"words={min(name.count(' '), 5)}|kind={kind}"
        yield f"mark={not _MARKS.isdisjoint(name)}|kind={kind}"
        yield f"digit={any(c.isdigit() for c in name)}|kind={kind}"
        yield f"title={mention.title or '-'}"
        if thing in page.ranks:
            yield f"rank={min(page.ranks[thing], 4)}|of={min(len(page.ranks), 6)}"
            yield f"rank={min(page.ranks[thing], 4)}"
        if thing in self._first:
            yield f"from={min(page.sentence_at(self._first[thing]), 8)}|kind={kind}"

    def _of_the_rest(self, one: Statement) -> Iterator[str]:
        r, from_, to = one.relation, self._from[one.subject, one.relation], self._to[one.object, one.relation]
        yield f"{r}|same.subject={min(from_, 6)}"
        yield f"{r}|same.object={min(to, 6)}"
        for rule in one.rules:
            yield f"rule={rule}|same.subject={min(from_, 4)}"
            yield f"rule={rule}|same.object={min(to, 4)}"
        for side, thing in (("s", one.subject), ("o", one.object)):
            if isinstance(thing, Thing):
                yield f"{r}|{side}.facts={min(len(self._about[thing]), 5)}"
                yield from (f"{r}|{side}.has={relation},{out}" for relation, out in self._about[thing])
        yield from (f"{r}|also={relation}" for relation in self._both[one.subject, one.object] - {r})

    def _of_words(self, claim: Claim) -> Iterator[str]:
        """What is seen of one place that says a statement."""
        own = self.page.place(claim.subject)
        its = self.page.place(claim.object) if isinstance(claim.object, Mention | Value) else None
        for side, slot in (("s", own), ("o", its)):
            if slot is not None:
                yield from self._of_slot(claim, side, slot)
        if own is not None and its is not None:
            yield from self._between(claim, own, its)
        yield from self._of_sentence(claim)
        yield from self._beside(claim, "s", claim.subject)
        if isinstance(claim.object, Mention):
            yield from self._beside(claim, "o", claim.object)

    def _of_slot(self, claim: Claim, side: str, slot: Slot) -> Iterator[str]:
        r, rule, part, lemma = claim.relation, _rule(claim), slot.particle, slot.lemma
        yield f"{r}|{side}.part={part}"
        yield f"{r}|{side}.pred={lemma}"
        yield f"{r}|{side}.part={part}|pred={lemma}"
        yield f"{r}|{side}.tail={slot.tail}"
        yield f"rule={rule}|{side}.part={part}"
        yield f"rule={rule}|{side}.pred={lemma}"
        yield from (f"{r}|{side}.group={group}|part={part}" for group in self.page.groups.get(lemma, ("-",)))
        if side == "s":
            yield f"{r}|s.pred={lemma}|ending={slot.ending}"
            yield f"{r}|s.after={slot.after}"
            yield f"{r}|s.list={min(slot.members, 5)}"
            yield f"{r}|key={self.page.key(slot) or '-'}"

    def _between(self, claim: Claim, own: Slot, its: Slot) -> Iterator[str]:
        r, rule, apart = claim.relation, _rule(claim), its.sentence - own.sentence
        yield f"{r}|apart={max(min(apart, 4), -4)}"
        yield f"rule={rule}|apart={max(min(apart, 2), -2)}"
        if apart:
            return
        low, high = sorted((own.phrase, its.phrase))
        verbs = [p.lemma for p in self.reading.sentences[own.sentence].phrases[low:high] if p.kind == "PRED"]
        order = its.phrase >= own.phrase
        yield f"{r}|verbs={min(len(verbs), 3)}|{order}"
        yield f"rule={rule}|verbs={min(len(verbs), 3)}|{order}"
        yield f"{r}|far={min((high - low) // 2, 8)}|{order}"
        yield f"{r}|shared={own.predicate is not None and own.predicate == its.predicate}"
        yield from (f"{r}|between={lemma}" for lemma in verbs)

    def _of_sentence(self, claim: Claim) -> Iterator[str]:
        r, size = claim.relation, claim.end - claim.start
        yield f"{r}|words={min(size // 15, 12)}"
        yield f"rule={_rule(claim)}|words={min(size // 30, 6)}"
        tokens = self.reading.tokens
        if size < _LONG:
            low, high = bisect_right(tokens.starts, claim.start) - 1, bisect_right(tokens.starts, claim.end - 1)
            bearing = {tokens.words[i] for i in range(max(low, 0), high) if tokens.tags[i] in _BEARING}
            yield from (f"{r}|noun={noun}" for noun in bearing)
        at = self.reading.sentence_index(claim.start)
        if at is None:
            return
        sentence = self.reading.sentences[at]
        line = tokens.text[sentence.start : sentence.end]
        yield f"{r}|sentence={min(at, 10)}"
        yield f"{r}|long={min(len(line) // 40, 8)}"
        yield f"{r}|mark={line[:1] if not line[:1].isalnum() else '-'}"
        yield f"{r}|quote={'“' in line}|end={line.rstrip()[-2:]}"
        lemmas = [p.lemma for p in sentence.phrases if p.kind == "PRED"]
        yield from (f"{r}|lemma={lemma}" for lemma in set(lemmas))
        yield from (f"{r}|last={lemma}" for lemma in lemmas[-1:])

    def _beside(self, claim: Claim, side: str, end: Mention) -> Iterator[str]:
        if end.end <= end.start:
            return
        r, tokens = claim.relation, self.reading.tokens
        low, high = bisect_right(tokens.starts, end.start) - 1, bisect_right(tokens.starts, end.end - 1)
        for name, places in (
            ("next", range(high, min(high + _BESIDE, len(tokens.words)))),
            ("before", range(low - 1, max(low - 1 - _BESIDE, -1), -1)),
        ):
            for step, i in enumerate(places):
                word = tokens.words[i] if len(tokens.words[i]) < _WORD else tokens.tags[i]
                yield f"{r}|{side}.{name}{step}={word}"
                if not step:
                    yield f"rule={_rule(claim)}|{side}.{name}={word}"
