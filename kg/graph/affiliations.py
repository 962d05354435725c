"""Affiliations: a person, a role and a body that the same sentence of an article names together, as of the day of that article.

``press:affiliatedWith`` and ``press:jobTitle`` say that somebody belongs somewhere and what somebody is called; who was what, where and
when is told only by the three together. An affiliation repeats what these statements say, and rests on their words. Where somebody is
first named with one rank and later with another at the same body, the day of the later article ends the one and begins the other.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from kg.model import STATED, Article, Evidence, Fact, Thing

_BELONGS = ("affiliatedWith", "heads")
Place = tuple[str, str, int, int]  # an article's sentence
Said = tuple[Thing, str, Thing | dt.date | str]  # a statement about an affiliation


def affiliations(
    facts: Iterable[Fact], articles: Mapping[str, Article], rung: Callable[[str], int | None] = lambda title: None
) -> tuple[Fact, ...]:
    """The statements of every affiliation: who is its member, of which organization, in which role, as of which days; ``rung`` says how
    high a title stands where it is a rank.

    >>> from kg.model import Span
    >>> person, body = Thing(kind="Person", name="한솔비"), Thing(kind="University", name="물결대학교")
    >>> said = lambda start, end: (Evidence(article="a", span=Span("text", start, end), sentence=Span("text", 0, 20), rule="r", confidence=1),)
    >>> made = affiliations([Fact(subject=person, relation="affiliatedWith", object=body, evidence=said(0, 9)),
    ...                      Fact(subject=person, relation="jobTitle", object="교수", evidence=said(10, 12))], {})
    >>> [(fact.subject.name, fact.relation, getattr(fact.object, "name", fact.object)) for fact in made]
    [('한솔비 · 물결대학교 교수', 'member', '한솔비'), ('한솔비 · 물결대학교 교수', 'organization', '물결대학교'), ('한솔비 · 물결대학교 교수', 'role', '교수')]
    """
    belongs: dict[Thing, list[tuple[Thing, Evidence]]] = defaultdict(list)
    titles: dict[tuple[Thing, Place], list[tuple[str, Evidence]]] = defaultdict(list)
    for fact in facts:
        for e in fact.evidence:
            if e.status not in STATED:
                continue
            if fact.relation in _BELONGS and isinstance(fact.object, Thing):
                belongs[fact.subject].append((fact.object, e))
            elif fact.relation == "jobTitle":
                titles[fact.subject, _place(e)].append((str(fact.object), e))
    found: dict[Said, set[Evidence]] = defaultdict(set)
    for person, rows in belongs.items():
        for body, e in rows:
            for role, words in _roles(e, titles.get((person, _place(e)), ())):
                thing = _affiliation(person, body, role)
                found[thing, "member", person].add(e)
                found[thing, "organization", body].add(e)
                if role:
                    found[thing, "role", role].add(words)
                day = articles[e.article].date if e.article in articles else None
                if day is not None:
                    found[thing, "asOf", day].add(e)
    for thing, relation, day, spoken in _succession(found, rung):
        found[thing, relation, day] |= spoken
    made = (
        Fact(subject=thing, relation=relation, object=value, evidence=tuple(sorted(said)))
        for (thing, relation, value), said in found.items()
    )
    return tuple(sorted(made, key=lambda fact: (fact.subject.name, fact.subject.scope, fact.relation, str(fact.object))))


def _succession(
    found: Mapping[Said, set[Evidence]], rung: Callable[[str], int | None]
) -> Iterator[tuple[Thing, str, dt.date, set[Evidence]]]:
    """The days on which ranks of one person at one body follow each other, with the words of the first article that gives the later.

    Titles without a rank (professor, member) can be held beside others, and so end nothing; nor do ranks that articles name by turns.
    """
    ends: dict[Thing, dict[str, Thing | str]] = defaultdict(dict)
    days: dict[Thing, dict[dt.date, set[Evidence]]] = defaultdict(dict)
    for (thing, relation, value), words in found.items():
        if isinstance(value, dt.date):
            days[thing][value] = words
        else:
            ends[thing][relation] = value
    posts: dict[tuple[object, object], list[tuple[dt.date, dt.date, Thing]]] = defaultdict(list)
    ranks: dict[Thing, int] = {}
    for thing, said in days.items():
        rank = rung(str(ends[thing].get("role", "")))
        if rank is not None:
            ranks[thing] = rank
            posts[ends[thing]["member"], ends[thing]["organization"]].append((min(said), max(said), thing))
    for rows in posts.values():
        rows.sort(key=lambda row: (row[0], row[1], row[2].name))
        for (_, last, before), (first, _, after) in pairwise(rows):
            if last < first and ranks[before] != ranks[after] and all(row[1] < first or row[0] >= first for row in rows):
                yield before, "to", first, days[after][first]
                yield after, "from", first, days[after][first]


def _place(e: Evidence) -> Place:
    return e.article, e.sentence.field, e.sentence.start, e.sentence.end


def _roles(e: Evidence, titles: Iterable[tuple[str, Evidence]]) -> list[tuple[str, Evidence]]:
    """The titles that stand nearest to the words that name a body, of which there are several in 가처장 겸 나위원장; none is a role, too."""

    def away(other: Evidence) -> int:
        return max(0, other.span.start - e.span.end, e.span.start - other.span.end)

    titles = list(titles)
    nearest = min((away(other) for _, other in titles), default=0)
    return [(role, other) for role, other in titles if away(other) == nearest] or [("", e)]


def _affiliation(person: Thing, body: Thing, role: str) -> Thing:
    """The node, named as people are introduced; what tells its ends from namesakes tells it from those of namesakes."""
    scope = " ".join(filter(None, (person.scope, body.scope)))
    return Thing(kind="Affiliation", name=f"{person.name} · {body.name} {role}".strip(), scope=scope)
