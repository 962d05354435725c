"""Whether the people of one name in two articles are one person: never on the name alone.

A body, an event or a quotation that both share speaks for one person; titles or units that cannot be one person's at that time speak
against it. Where neither settles it, the pair is undecidable: two nodes, and the reasons.
"""
from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kg.resolve.group import Verdict

_NEAR = 180  # days within which one person does not change post in one body, as far as anybody can tell
_SAME_TIME = 30  # days within which nobody leads two bodies
_STUDENTS = ("학생", "대학원생", "연구생")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What one article says of a person; bodies, events and units are their canonical names or keys."""

    name: str
    article: str
    date: dt.date | None = None
    bodies: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    quotes: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()  # bodies that the bodies are part of


def judge(a: Profile, b: Profile) -> Verdict:
    """Whether two profiles of one name are one person.

    >>> judge(Profile(name="홍가람", article="a", bodies=frozenset({"나라청"}), titles=frozenset({"과장"})),
    ...       Profile(name="홍가람", article="b", bodies=frozenset({"나라청"}), titles=frozenset({"과장"})))
    Verdict(verdict='same', reasons=('same body 나라청', 'same title 과장'))
    """
    if a.name != b.name:
        return Verdict("different", ("different names",))
    if not _whole(a.name):
        return Verdict("undecidable", ("only part of a name",))
    bodies, quotes, events = a.bodies & b.bodies, a.quotes & b.quotes, a.events & b.events
    if quotes:
        return Verdict("undecidable" if _clash(a, b) else "same", ("said the same words", *(("but of different bodies",) if _clash(a, b) else ())))
    if bodies:
        return _within(a, b, sorted(bodies)[0])
    if a.bodies and b.bodies:
        return _between(a, b, events)
    if events:
        if _titles_agree(a, b) and (a.titles & b.titles or not (a.titles and b.titles)) and (a.titles or b.titles):
            return Verdict("same", (f"at the same event {sorted(events)[0]}", *_shared_title(a, b)))
        return Verdict("undecidable", (f"at the same event {sorted(events)[0]}", "the titles do not settle it"))
    if a.titles & b.titles:
        return Verdict("undecidable", (*_shared_title(a, b), "a body is missing"))
    return Verdict("different", ("nothing but the name is shared",))


def _within(a: Profile, b: Profile, body: str) -> Verdict:
    """Two of one name in one body: namesakes work in one ministry, and people are promoted."""
    same = f"same body {body}"
    if a.leads & b.leads:
        return Verdict("same", (same, "leads it in both"))
    if a.units and b.units and not a.units & b.units and not (a.leads or b.leads):
        units = f"but {_one(a.units)} and {_one(b.units)}"
        return Verdict("different", (same, f"{units} at one time")) if _gap(a, b) <= _NEAR else Verdict("undecidable", (same, units))
    if _titles_agree(a, b):
        return Verdict("same", (same, *_shared_title(a, b)))
    titles = f"but {_one(a.titles)} and {_one(b.titles)}"
    if any(t in _STUDENTS for t in a.titles) != any(t in _STUDENTS for t in b.titles):
        return Verdict("different", (same, titles))
    return Verdict("undecidable", (same, titles))


def _between(a: Profile, b: Profile, events: frozenset[str]) -> Verdict:
    """Two of one name in different bodies: a move, a second post, or a namesake; the texts would have to say so."""
    related = a.bodies & b.parents | b.bodies & a.parents
    if related and a.titles & b.titles:
        return Verdict("same", (f"one body is part of the other ({sorted(related)[0]})", *_shared_title(a, b)))
    if related:
        return Verdict("undecidable", (f"one body is part of the other ({sorted(related)[0]})",))
    bodies = f"{sorted(a.bodies)[0]} and {sorted(b.bodies)[0]}"
    if events:
        return Verdict("undecidable", (f"at the same event {sorted(events)[0]}", f"but of {bodies}"))
    if a.leads and b.leads and _gap(a, b) <= _SAME_TIME:
        return Verdict("different", (f"leads {sorted(a.leads)[0]} and {sorted(b.leads)[0]} at one time",))
    if a.titles & b.titles and _gap(a, b) > _SAME_TIME:
        return Verdict("undecidable", (*_shared_title(a, b), f"but of {bodies}"))
    return Verdict("different", (f"of {bodies}",))


def _clash(a: Profile, b: Profile) -> bool:
    """Whether both have bodies and share none."""
    return bool(a.bodies and b.bodies and not a.bodies & b.bodies and not (a.bodies & b.parents or b.bodies & a.parents))


def _titles_agree(a: Profile, b: Profile) -> bool:
    """Whether the titles can be one person's at one time: equal, one a longer form of the other (대변인 직무대리, 국장), or one not known."""
    if not a.titles or not b.titles:
        return True
    return any(_compatible(x, y) for x in a.titles for y in b.titles)


def _compatible(x: str, y: str) -> bool:
    """
    >>> _compatible("정책국장", "국장"), _compatible("부위원장", "위원장"), _compatible("과장", "국장")
    (True, False, False)
    """
    short, long = sorted((x.replace(" ", ""), y.replace(" ", "")), key=lambda t: (len(t), t))
    if short == long:
        return True
    rest = long.removesuffix(short) if long.endswith(short) else None
    return rest is not None and not rest.endswith(("부", "차", "전", "前", "명예", "보", "준", "대")) and len(short) > 1


def _gap(a: Profile, b: Profile) -> int:
    """Days between two articles; none where one has no date, so that nothing is excused by time."""
    return abs((a.date - b.date).days) if a.date and b.date else 0


def _shared_title(a: Profile, b: Profile) -> tuple[str, ...]:
    return (f"same title {sorted(a.titles & b.titles)[0]}",) if a.titles & b.titles else ()


def _one(titles: frozenset[str]) -> str:
    return sorted(titles)[0]


def _whole(name: str) -> bool:
    """Whether a name is a full one: a family name alone says nothing.

    >>> _whole("홍가람"), _whole("홍"), _whole("Jane Doe"), _whole("Doe")
    (True, False, True, False)
    """
    parts = name.split()
    return len(parts) > 1 or len(name) >= 2 and "가" <= name[0] <= "힣"


def worth_saying(a: Profile, b: Profile) -> bool:
    """Whether an undecidable pair is worth a link: full names, and more than a common title that both bear without a body."""
    return _whole(a.name) and bool(a.bodies or b.bodies or a.events & b.events or a.quotes & b.quotes)


def plain_words(words: str) -> str:
    """Quoted words for comparing: without spaces and marks.

    >>> plain_words("함께 가야 합니다.")
    '함께가야합니다'
    """
    return "".join(c for c in words if c.isalnum())
