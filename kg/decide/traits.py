"""What a text shows of two mentions that a relation may hold between: particles, predicates, lists, distance, keys, kinds.

A trait is a short string; the model of arguments knows a weight for each (``kg.decide.arguments``). Traits name groups of
verbs before verbs and kinds before names, so that a thousand articles can tell what each is worth.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.decide.slots import Page, Slot
from kg.knowledge.schema import schema
from kg.model import Claim, Mention, Thing

if TYPE_CHECKING:
    pass

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
