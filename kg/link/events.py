"""Whether the events of two articles are one event: by name, ordinal, day, host and place."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.analyze.names.words import event_noun
from kg.knowledge.load import Knowledge
from kg.link.blocks import WINDOW, blocks, neighbours
from kg.link.group import Verdict
from kg.resolve.event_labels import content, years_in

_TELLING = 4  # characters beside the event noun that make a name one event's own
_REPORTED = 45  # days between the reports of one event
_AT_ONCE = 7  # days between the reports of one event of a kind that is held again and again
_MOVED = 31  # days by which reports of one numbered event may disagree
_LONGER = 200  # names of a day that are looked through for a shorter one
_SLIP = 3  # days by which reports of one event in one place may disagree
RECURRING = frozenset({"Meeting", "Briefing", "Training", "Campaign", "Event"})  # held again and again under one name


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Occasion:
    """What one article says of an event; hosts and places are canonical names, ``key`` is the node that it stands for.

    ``home`` is the first article of the same text. ``others`` are days that the article gives as its first besides ``start``: a conflict, or another time of it, but no period.
    """

    key: tuple[str, str]
    name: str
    kind: str
    start: dt.date | None = None
    end: dt.date | None = None
    others: tuple[dt.date, ...] = ()
    editions: frozenset[int] = frozenset()
    hosts: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    venues: frozenset[str] = frozenset()
    published: dt.date | None = None
    home: str = ""

    @property
    def periods(self) -> tuple[tuple[dt.date, dt.date], ...]:
        """First and last day of each time that the article gives; none where it gives no day."""
        if self.start is None:
            return ()
        return ((self.start, self.end or self.start), *((day, day) for day in self.others))


@lru_cache(maxsize=65536)
def squeezed(name: str) -> str:
    """The words of an event's name without ordinals, years, marks and spaces, in their order of the alphabet.

    >>> squeezed("제3회 「나라 과학」 포럼") == squeezed("나라 과학 포럼(2023년)")
    True
    """
    return "".join(sorted(content(name))).lower()


def telling(name: str, knowledge: Knowledge) -> bool:
    """Whether a name has enough beside its event noun to be one event's own.

    >>> from kg.knowledge.load import load_knowledge
    >>> telling("국제 세미나", load_knowledge()), telling("균형 발전 정책 세미나", load_knowledge())
    (False, True)
    """
    words = content(name)
    noun = max((event_noun(w, knowledge) or "" for w in words), key=len, default="")
    return sum(map(len, words)) - len(noun) >= _TELLING


def judge(a: Occasion, b: Occasion, knowledge: Knowledge) -> Verdict | None:
    """Whether two occasions are one event; None where nothing links them."""
    if a.editions and b.editions and not a.editions & b.editions:
        return Verdict("different", ("other editions",), True)
    years = years_in(a.name), years_in(b.name)
    if years[0] and years[1] and not years[0] & years[1]:
        return Verdict("different", ("other years",), True)
    equal, within = _equal(a.name, b.name), _within(a.name, b.name)
    if not equal and not within:
        return None
    name = "same name" if equal else "one name within the other"
    if equal and a.home and a.home == b.home:
        return Verdict("same", (name, "told in the same text"))
    if a.cities and b.cities and not a.cities & b.cities and not (a.editions & b.editions):
        return Verdict("different", ("in other cities",), True)
    shared, strangers = a.hosts & b.hosts, bool(a.hosts and b.hosts and not a.hosts & b.hosts)
    own = telling(min(a.name, b.name, key=lambda n: (len(content(n)), n)), knowledge)
    edition = (f"same edition {min(a.editions & b.editions)}",) if a.editions & b.editions else ()
    host = (f"same host {min(shared)}",) if shared else ()
    if a.start and b.start:
        gap, first = _apart(a, b)
        if gap == 0:
            day = f"on {first}"
            if strangers and not (edition and own):
                return Verdict("undecidable", (name, day, "but other hosts")) if equal and own else None
            if own and (equal or edition or shared) or equal and shared:
                return Verdict("same", (name, day, *edition, *host))
            return Verdict("undecidable", (name, day, *edition)) if equal and (own or edition) else None
        return _on_other_days(a, b, gap, equal, own, strangers, (name, *edition, *host))
    near = _published_near(a, b)
    if not (equal and own) or strangers or near > _REPORTED:
        return None
    again = not edition and {a.kind, b.kind} & RECURRING and near > _AT_ONCE  # one of several, for all that the texts say
    return Verdict("same" if (edition or host) and not again else "undecidable", (name, *edition, *host, "reported at one time"))


def _on_other_days(a: Occasion, b: Occasion, gap: int, equal: bool, own: bool, strangers: bool, why: tuple[str, ...]) -> Verdict:
    """A numbered event happens once, so its days are a conflict of the reports; an event without a number may come again."""
    days = f"but on {a.start} and {b.start}"
    if equal and own and a.editions & b.editions and gap <= _MOVED and not strangers:
        return Verdict("same", (*why, f"{days}: a conflict"))
    place = a.venues & b.venues or a.cities & b.cities
    if equal and own and gap <= _SLIP and a.hosts & b.hosts and place and not {a.kind, b.kind} & RECURRING:
        return Verdict("same", (*why, f"both in {min(place)}", f"{days}: a conflict"))
    if equal and own and gap <= _SLIP and a.hosts & b.hosts and not {a.kind, b.kind} & RECURRING:
        return Verdict("undecidable", (*why, days))
    return Verdict("different", (days,), True)


def _equal(a: str, b: str) -> bool:
    return squeezed(a) == squeezed(b)


def _within(a: str, b: str) -> bool:
    """Whether the words of one name are among those of the other, and both end in the same word."""
    first, second = content(a), content(b)
    smaller, larger = sorted((first, second), key=len)
    return len(smaller) >= 2 and smaller < larger and a.split()[-1][-2:] == b.split()[-1][-2:]


def _apart(a: Occasion, b: Occasion) -> tuple[int, dt.date]:
    """Days between what is nearest of two occasions' times, 0 where these overlap; and the first day that both know then."""
    return min(
        (max((later[0] - earlier[1]).days, 0), later[0])
        for x in a.periods
        for y in b.periods
        for earlier, later in [sorted((x, y))]
    )


def _published_near(a: Occasion, b: Occasion) -> int:
    """Days between what is known of the times of two occasions, of which one at least has no day of its own."""
    first, second = a.start or a.published, b.start or b.published
    return abs((first - second).days) if first and second else 10_000


def alike(occasions: Iterable[Occasion], knowledge: Knowledge) -> list[tuple[Occasion, ...]]:
    """Occasions of which articles say the very same, as one, where that makes them one event; the others each by itself.

    A daily meeting stands in hundreds of articles, and to judge every pair would take the square of that.
    """
    found: dict[tuple, list[Occasion]] = defaultdict(list)
    nth: dict[tuple, int] = defaultdict(int)
    for one in sorted(occasions):
        said = (one.name, one.kind, one.start, one.end, one.others, one.editions, one.hosts, one.cities, one.venues)
        article = one.key[0]
        found[*said, nth[article, said]].append(one)  # what an article tells apart stays apart
        nth[article, said] += 1
    return [part for same in found.values() for part in (_one(same, knowledge) and [tuple(same)] or [(one,) for one in same])]


def _one(same: Sequence[Occasion], knowledge: Knowledge) -> bool:
    if len(same) == 1 or same[0].start is None:
        return False
    verdict = judge(same[0], same[1], knowledge)
    return verdict is not None and verdict.verdict == "same"


def pairs(occasions: Iterable[Occasion]) -> Iterator[tuple[Occasion, Occasion]]:
    """Pairs of two articles that are worth judging: of one name at one time, of one name and number, or on one day with one name in the other.

    >>> def forum(article, name, day):
    ...     return Occasion(key=(article, name), name=name, kind="Forum", start=dt.date(2024, 5, day))
    >>> three = [forum("a", "나라숲 정책 포럼", 2), forum("b", "정책 포럼", 2), forum("c", "나라숲 정책 포럼", 20)]
    >>> [(x.key[0], y.key[0]) for x, y in pairs(three)]
    [('a', 'b')]
    """
    occasions = sorted(occasions)
    named = blocks(occasions, lambda one: [squeezed(one.name)])
    found: dict[tuple, tuple[Occasion, Occasion]] = {}
    for a, b in (*_of_one_text(occasions), *_of_one_name(named.values()), *_of_one_number(occasions), *_on_one_day(occasions)):
        if a.key[0] != b.key[0]:
            first, second = (a, b) if a.key <= b.key else (b, a)
            found[first.key, second.key] = first, second
    return iter(found.values())


def _of_one_name(named: Iterable[Sequence[Occasion]]) -> Iterator[tuple[Occasion, Occasion]]:
    """Events of one name whose times, or else reports, are near each other."""
    for block in named:
        times = [(first, last, one) for one in block for first, last in one.periods]
        near = neighbours(times, order=lambda row: (row[0], row[2].key), near=lambda a, b: (b[0] - a[1]).days <= _SLIP)
        yield from ((a, b) for (_, _, a), (_, _, b) in near)
        if any(one.start is None for one in block):
            told = [(time, one) for one in block if (time := one.start or one.published)]
            reports = neighbours(told, order=lambda row: (row[0], row[1].key), near=lambda a, b: (b[0] - a[0]).days <= _REPORTED)
            yield from ((a, b) for (_, a), (_, b) in reports if not (a.start and b.start))


def _of_one_text(occasions: Iterable[Occasion]) -> Iterator[tuple[Occasion, Occasion]]:
    """Events of one name that articles with the same text tell of."""
    for block in blocks(occasions, lambda one: [(squeezed(one.name), one.home)] if one.home else ()).values():
        yield from neighbours(block, order=lambda one: one.key)


def _of_one_number(occasions: Iterable[Occasion]) -> Iterator[tuple[Occasion, Occasion]]:
    """Numbered events of one name: their days may be further from each other."""
    for block in blocks(occasions, lambda one: [(squeezed(one.name), number) for number in one.editions if one.start]).values():
        dated = [(one.start, one) for one in block if one.start]
        near = neighbours(dated, order=lambda row: (row[0], row[1].key), near=lambda a, b: _between(a[1], b[0]) <= _MOVED)
        yield from ((a, b) for (_, a), (_, b) in near)


def _on_one_day(occasions: Iterable[Occasion]) -> Iterator[tuple[Occasion, Occasion]]:
    """Events of one day of which one name lies within the other: the longer one has the rarest word of the shorter."""
    for block in blocks(occasions, _days).values():
        named = blocks(block, lambda one: [content(one.name)])
        by_word = blocks(sorted(named, key=lambda words: (len(words), sorted(words))), lambda words: words)
        for words, ones in named.items():
            longer = by_word[min(words, key=lambda word: (len(by_word[word]), word))][:_LONGER] if len(words) >= 2 else ()
            found = [other for more in longer if words < more for other in named[more][:WINDOW]][:WINDOW]
            yield from ((one, other) for one in ones for other in found if _within(one.name, other.name))


def _between(one: Occasion, day: dt.date) -> int:
    """Days from the end of an event to a later day."""
    return max((day - max(one.end or one.start, *one.others, one.start)).days, 0) if one.start else 0


def _days(one: Occasion) -> Iterator[dt.date]:
    for first, last in one.periods:
        yield from (first + dt.timedelta(days=i) for i in range(max(min((last - first).days, 14), 0) + 1))
