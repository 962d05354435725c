"""Events over all articles: by name, ordinal, day and host; editions of one series."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from kg.link import bodies as bodies_across
from kg.link import editions
from kg.link import events as events_across
from kg.link.joins import HOSTS, How, Joins, Key, Node, label
from kg.link.said import Said
from kg.model import Thing


def join_events(state: Joins) -> None:
    """Events by name, ordinal, day and host; what nothing settles is told; then editions of one series."""
    occasions: dict[Key, events_across.Occasion] = {}
    where: dict[Key, tuple[Said, Thing]] = {}
    for a, t in state.nodes("Event"):
        occasion = _occasion(state, a, t)
        occasions[occasion.key], where[occasion.key] = occasion, (a, t)
        state.alone[a.identifier, t] = _alone_event(state, a, t, occasion)
    one = {tuple(o.key for o in same): same[0] for same in events_across.alike(occasions.values(), state.knowledge)}
    atoms = {o.key: atom for atom, o in one.items()}
    pairs = list(events_across.pairs(one.values()))
    judged = zip(pairs, state.judge("Event", pairs), strict=True)
    verdicts = {(atoms[x.key], atoms[y.key]): verdict for (x, y), verdict in judged if verdict is not None}
    equal = {atom: events_across.judge(occasions[atom[0]], occasions[atom[1]], state.knowledge) for atom in one if len(atom) > 1}
    state.group(
        {atom: [where[key] for key in atom] for atom in one},
        verdicts,
        How(
            rank=lambda atom: _fullest(one[atom]),
            tell=lambda atom: min(one[atom].hosts, default=""),
            apart=lambda x, y: (v := events_across.judge(one[x], one[y], state.knowledge)) is not None and v.apart,
        ),
        said={atom: verdict.reasons for atom, verdict in equal.items() if verdict is not None},
    )
    state.possible(where, {(x[0], y[0]): v for (x, y), v in verdicts.items()})
    _editions(state, occasions, where)


def _occasion(state: Joins, a: Said, t: Thing) -> events_across.Occasion:
    days = sorted(d for d in a.of[t, "startDate"] if isinstance(d, dt.date))
    ends = sorted(d for d in a.of[t, "endDate"] if isinstance(d, dt.date))
    return events_across.Occasion(
        key=(a.identifier, f"{t.name} {t.scope}"),
        name=t.name,
        kind=t.kind,
        start=days[0] if days else None,
        end=ends[-1] if ends else None,
        others=tuple(days[1:]),
        editions=frozenset(a.of[t, "edition"]),
        hosts=state.names(a, (s for r in HOSTS for s in a.by[t, r])),
        cities=state.names(a, a.of[t, "city"]),
        venues=state.names(a, a.of[t, "venue"]),
        published=a.date,
        home=a.home,
    )


def _alone_event(state: Joins, a: Said, t: Thing, one: events_across.Occasion) -> Thing:
    """Its name and day tell an event; a name that tells little needs its host too, and without a day it is its article's."""
    if one.start is None:
        scope = a.identifier
    elif events_across.telling(t.name, state.knowledge):
        scope = one.start.isoformat()
    else:
        scope = f"{one.start.isoformat()} {min(one.hosts, default=a.identifier)}"
    return replace(t, name=bodies_across.unmarked(t.name), scope=scope)


def _editions(state: Joins, occasions: Mapping[Key, events_across.Occasion], where: Mapping[Key, tuple[Said, Thing]]) -> None:
    """Events of consecutive numbers or years in one series; and 지난해 행사 where the edition before is known."""
    said: dict[str, list[events_across.Occasion]] = defaultdict(list)
    things: dict[str, Thing] = {}
    for key, one in occasions.items():
        thing = state.to[where[key][0].identifier, where[key][1]]
        things[label(thing)] = thing
        said[label(thing)].append(one)
    known = {key: editions.edition(key, thing.name, said[key]) for key, thing in things.items()}
    before = editions.previous(known.values(), state.knowledge)
    state.before = {things[later]: things[earlier] for later, earlier in before.items()}
    for a, t in state.nodes("Event"):
        current = label(state.to[a.identifier, t])
        for o in a.of[t, "previousEvent"] if current in before else ():
            if editions.is_last_year(o.name, a.date, known[current], known[before[current]]):
                state.to[a.identifier, o] = things[before[current]]
                state.why[a.identifier, o].add(f"the edition before {things[current].name}")
    _unnamed(state, known)


def _unnamed(state: Joins, known: Mapping[str, editions.Edition]) -> None:
    """지난해 행사 in articles about one event is one, though none of them names it."""
    told: dict[tuple[str, int | None], set[Node]] = defaultdict(set)
    for a, t in state.nodes("Event"):
        current = label(state.to[a.identifier, t])
        year = a.date.year if a.date else known[current].held
        for o in a.of[t, "previousEvent"]:
            if editions.unnamed(o.name) and state.to[a.identifier, o].scope == a.identifier:
                told[current, year].add((a.identifier, o))
    for (current, _), nodes in told.items():
        first = state.to[min(nodes, key=lambda node: (node[0], node[1].name))]
        for node in nodes if len(nodes) > 1 else ():
            state.to[node] = replace(first, kind=node[1].kind)
            state.why[node].add(f"the edition before {known[current].name}, which no article names")


def _fullest(one: events_across.Occasion) -> tuple:
    """The order in which events of one group give it their name: with a day, with a number, the longest up to 60 characters."""
    return (one.start is None, not one.editions, -min(len(one.name), 60), one.start or dt.date.min, one.name, one.key)
