"""Whether the people of one name in two articles are one person: never on the name alone.

A body, an event or a quotation that both share speaks for one person; titles or units that cannot be one person's at that time speak
against it. Where neither settles it, the pair is undecidable: two nodes, and the reasons.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.knowledge.people import load_titles
from kg.link.blocks import Ordered, blocks, neighbours
from kg.link.group import Verdict
from kg.link.titles import is_whole, one_title

K = TypeVar("K", bound=Ordered)
_NEAR = 180  # days within which units that differ are those of two people
_SAME_TIME = 30  # days within which nobody leads two bodies
_CROWD = 30  # people of one name and title, of whom no two are held together for these alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What articles say of a person; bodies, events and units are their canonical names.

    ``presumed`` is the publisher of an official who stands without a body.
    ``large`` are bodies in which namesakes are to be expected: companies, universities. ``publishers`` are bodies that published the
    articles, ``texts`` the first articles of the same text, ``parents`` those that the bodies are part of.
    """

    name: str
    articles: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    dates: frozenset[dt.date] = frozenset()
    bodies: frozenset[str] = frozenset()
    presumed: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()
    large: frozenset[str] = frozenset()
    publishers: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    quotes: frozenset[str] = frozenset()


def alike(profiles: Mapping[K, Profile]) -> dict[tuple[K, ...], Profile]:
    """Profiles of which articles say the very same name, body, title and unit, as one; the others each by itself.

    A minister stands in hundreds of articles, and to judge every pair would take the square of that.
    """
    found: dict[tuple, list[K]] = defaultdict(list)
    for key, one in sorted(profiles.items(), key=lambda pair: pair[0]):
        own = () if one.bodies and one.titles and is_whole(one.name) else tuple(sorted(one.articles))
        found[one.name, one.bodies, one.leads, one.titles, one.units, own].append(key)
    return {tuple(keys): _united([profiles[key] for key in keys]) for keys in found.values()}


def pairs(profiles: Mapping[K, Profile]) -> list[tuple[K, K]]:
    """Pairs of one name that share something which could speak for one person, and so are worth judging.

    A title alone speaks for nobody where more than a few bear it with the name: 김철수 회장 of thirty bodies.
    """
    found: dict[tuple[K, K], None] = {}
    national = load_titles().national
    for (_, kind, what), keys in blocks(sorted(profiles), lambda key: _shareable(profiles[key])).items():
        if kind == "title" and what not in national and len(keys) > _CROWD:
            continue
        for x, y in neighbours(keys, order=lambda key: (min(profiles[key].dates, default=dt.date.min), key)):
            found[(x, y) if x < y else (y, x)] = None
    return list(found)


def _shareable(one: Profile) -> Iterator[tuple[str, str, str]]:
    """What two profiles of a name can share: a body or the one above it, an event, words, a title, a title with whoever published it."""
    if is_whole(one.name):
        for kind, values in (
            ("body", one.bodies | one.parents | one.presumed),
            ("event", one.events),
            ("text", one.texts),
            ("words", one.quotes),
            ("title", one.titles),
            ("seat", {f"{title} {body}" for title in one.titles for body in one.bodies | one.publishers}),
        ):
            yield from ((one.name, kind, value) for value in values)


def _united(ones: Sequence[Profile]) -> Profile:
    if len(ones) == 1:
        return ones[0]
    sets = {f: frozenset().union(*(getattr(one, f) for one in ones)) for f in Profile.__dataclass_fields__ if f != "name"}
    return Profile(name=ones[0].name, **sets)


def judge(a: Profile, b: Profile) -> Verdict:
    """Whether two profiles of one name are one person.

    >>> judge(Profile(name="홍가람", bodies=frozenset({"나라청"}), titles=frozenset({"과장"})),
    ...       Profile(name="홍가람", bodies=frozenset({"나라청"}), titles=frozenset({"과장"})))
    Verdict(verdict='same', reasons=('same body 나라청', 'same title 과장'), apart=False)
    """
    if a.name != b.name:
        return Verdict("different", ("different names",))
    if not is_whole(a.name):
        return Verdict("undecidable", ("only part of a name",))
    shared = a.titles & b.titles
    if national := shared & load_titles().national:
        return Verdict("same", (f"{min(national)}, whom there is one of in the country",))
    if a.quotes & b.quotes:
        strangers = a.bodies and b.bodies and not a.bodies & b.bodies and not _related(a, b)
        words = "said the same words"
        return Verdict("undecidable", (words, "but of different bodies")) if strangers else Verdict("same", (words,))
    if a.texts & b.texts and not a.articles & b.articles and (not (a.bodies and b.bodies) or a.bodies & b.bodies):
        return Verdict("same", ("told in the same text",))
    if bodies := _bodies(a) & _bodies(b):
        return _within(a, b, min(bodies), bool(bodies <= a.large | b.large))
    if _bodies(a) and _bodies(b):
        return _between(a, b)
    return _unplaced(a, b)


def _bodies(one: Profile) -> frozenset[str]:
    """The bodies of a person; where none is told, the one whose official it must be."""
    return one.bodies or one.presumed


def _within(a: Profile, b: Profile, body: str, large: bool) -> Verdict:
    """Two of one name in one body: most often one person, who may have risen; but large bodies have namesakes."""
    same = f"same body {body}"
    if a.leads & b.leads:
        return Verdict("same", (same, "leads it in both"))
    if a.units and b.units and not a.units & b.units and not (a.leads or b.leads):
        units = f"but {_both(a.units, b.units)}"
        if _gap(a, b) <= _NEAR:
            return Verdict("different", (same, f"{units} at one time"), True)
        return Verdict("undecidable", (same, units))
    if large and not (a.titles and b.titles):
        if events := a.events & b.events:
            return Verdict("same", (same, f"at the same event {min(events)}"))
        return Verdict("undecidable", (same, "where many may bear the name, and a title is missing"))
    degrees = load_titles().degrees
    if not a.titles - degrees or not b.titles - degrees or any(one_title(x, y) for x in a.titles for y in b.titles):
        return Verdict("same", (same, *_shared_title(a, b)))
    titles = _both(a.titles, b.titles)
    students = load_titles().students
    if bool(a.titles & students) != bool(b.titles & students):
        return Verdict("different", (same, f"but {titles}"), True)
    if not large and _rose(a, b):
        return Verdict("same", (same, f"{titles}, one after the other"))
    return Verdict("undecidable", (same, f"but {titles}"))


def _rose(a: Profile, b: Profile) -> bool:
    """Whether the posts of one follow those of the other in time and are not further down."""
    if not a.dates or not b.dates:
        return False
    earlier, later = sorted((a, b), key=lambda p: (min(p.dates), max(p.dates)))
    if max(earlier.dates) >= min(later.dates):
        return False
    rung = load_titles().rung
    before, after = ([r for t in p.titles if (r := rung(t)) is not None] for p in (earlier, later))
    return bool(before and after) and max(after) >= max(before)


def _between(a: Profile, b: Profile) -> Verdict:
    """Two of one name in different bodies: a move, a second post, or a namesake; the texts would have to say so."""
    related = _related(a, b)
    if related and a.titles & b.titles:
        return Verdict("same", (f"one body is part of the other ({min(related)})", *_shared_title(a, b)))
    if related and not related & (a.large | b.large) and _rose(a, b):
        return Verdict(
            "same", (f"one body is part of the other ({min(related)})", f"{_both(a.titles, b.titles)}, one after the other")
        )
    for one, other in ((a, b), (b, a)):
        if any(map(load_titles().official, a.titles & b.titles)) and (own := one.publishers & _bodies(other)):
            return Verdict("same", (*_shared_title(a, b), f"in a release of {min(own)}"))
    if related:
        return Verdict("undecidable", (f"one body is part of the other ({min(related)})",))
    if (above := a.parents & b.parents) and _moved(a, b):
        return Verdict("same", (f"both bodies are part of {min(above)}", *(_shared_title(a, b) or (_both(a.titles, b.titles),))))
    bodies = _both(_bodies(a), _bodies(b))
    if events := a.events & b.events:
        return Verdict("undecidable", (f"at the same event {min(events)}", f"but of {bodies}"))
    if a.leads and b.leads and _gap(a, b) <= _SAME_TIME:
        return Verdict("different", (f"leads {_both(a.leads, b.leads)} at one time",), True)
    if a.titles & b.titles and _gap(a, b) > _SAME_TIME:
        return Verdict("undecidable", (*_shared_title(a, b), f"but of {bodies}"))
    return Verdict("different", (f"of {bodies}",))


def _moved(a: Profile, b: Profile) -> bool:
    """Whether officials of two units can be one who went from one to the other, and not two at one time."""
    official = load_titles().official
    return (
        any(map(official, a.titles))
        and any(map(official, b.titles))
        and _gap(a, b) > _NEAR
        and bool(a.dates and b.dates)
        and _rose(a, b)
    )


def _unplaced(a: Profile, b: Profile) -> Verdict:
    """Two of one name, of whom one at least stands without a body."""
    shared = _shared_title(a, b)
    if events := a.events & b.events:
        agree = shared or (a.titles or b.titles) and not (a.titles and b.titles)
        doubt = () if agree else ("the titles do not settle it",)
        return Verdict("same" if agree else "undecidable", (f"at the same event {min(events)}", *shared, *doubt))
    for one, other in ((a, b), (b, a)):
        if shared and not one.bodies and one.publishers & other.bodies:
            return Verdict("same", (*shared, f"in a release of {min(one.publishers & other.bodies)}"))
    if shared:
        return Verdict("undecidable", (*shared, "a body is missing"))
    return Verdict("different", ("nothing but the name is shared",))


def _related(a: Profile, b: Profile) -> frozenset[str]:
    """Bodies of one that bodies of the other are part of."""
    return _bodies(a) & b.parents | _bodies(b) & a.parents


def _gap(a: Profile, b: Profile) -> int:
    """Days between the nearest articles of two; none where one has no date, so that nothing is excused by time."""
    if not a.dates or not b.dates:
        return 0
    few, many = sorted((sorted(a.dates), sorted(b.dates)), key=len)
    spots = ((day, bisect_left(many, day)) for day in few)
    return min(abs((day - many[i]).days) for day, at in spots for i in (max(at - 1, 0), min(at, len(many) - 1)))


def _shared_title(a: Profile, b: Profile) -> tuple[str, ...]:
    return (f"same title {min(a.titles & b.titles)}",) if a.titles & b.titles else ()


def _both(a: frozenset[str], b: frozenset[str]) -> str:
    """The first of each, in an order that does not depend on which is which."""
    return " and ".join(sorted((min(a), min(b))))


def worth_saying(a: Profile, b: Profile) -> bool:
    """Whether an undecidable pair is worth a link: full names, and more than a common title that both bear without a body."""
    return is_whole(a.name) and bool(a.bodies or b.bodies or a.events & b.events or a.quotes & b.quotes)
