"""Bodies over all articles by their names, and places by theirs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from kg.link import bodies as bodies_across
from kg.link.joins import Joins
from kg.link.said import Said
from kg.model import Thing


def join_bodies(state: Joins) -> None:
    """Bodies by their names; a name that says little, and a unit, are those of their article or of the body above."""
    found = list(state.nodes("Organization"))
    one = bodies_across.of_one_place(((t.name, t.scope) for _, t in found), state.knowledge)
    own = [(a, t) for a, t in found if (not t.scope or t.name in one) and not bodies_across.says_little(t.name, state.knowledge)]
    aliases = [(t.name, o, a.identifier) for a, t in own for o in a.of[t, "altLabel"]]
    names = bodies_across.unify((t.name for _, t in own), aliases, state.knowledge)
    gazetteer = {e.name for e in state.knowledge.gazetteer}
    for a, t in found:
        node = a.identifier, t
        name = names.canonical.get(t.name, t.name)
        scope = t.scope if t.name not in one else ""
        scope = scope or ("" if t.name in names.canonical else a.identifier)
        if t.kind == "OrganizationalUnit" and not t.scope and name not in gazetteer and not _local(state, name):
            above = sorted({names.canonical.get(o.name, o.name) for o in a.of[t, "partOf"] if isinstance(o, Thing)})
            scope = above[0] if above else _own_unit(state, a, name) or a.identifier
        state.alone[node] = Thing(kind=t.kind, name=t.name, scope=scope)
        state.to[node] = Thing(kind=t.kind, name=bodies_across.unmarked(name), scope=scope if scope != a.identifier else a.home)
        if name != t.name:
            state.why[node].add(names.reasons.get(t.name, "spelling"))


def _own_unit(state: Joins, a: Said, name: str) -> str:
    """The publisher that a section without a body is of: a ministry leaves itself out before its own (교수학습평가과)."""
    section = name.endswith(tuple(state.knowledge.gaps.offices)) and not name.endswith("학과")
    return min(state.publisher(a), default="") if section else ""


def _local(state: Joins, name: str) -> bool:
    """Whether a name is that of an office with its local government, which tells it (나주시보건소)."""
    kind = next((k for k in state.knowledge.local.offices if name.endswith(k)), "")
    return bool(kind) and name.removesuffix(kind) in state.knowledge.gazetteer


def join_places(state: Joins) -> None:
    """Cities and regions by known names; halls by spelling, and one that is named by its kind alone is its article's."""
    for kind in ("City", "Region"):
        for a, t in state.nodes(kind):
            known = [e.name for e in state.knowledge.gazetteer.by_name(t.name, a.date) if kind in (e.cls, e.place_cls)]
            if known != [t.name] and len(known) == 1:
                state.put(a, t, replace(t, name=known[0]), t, "a known name")
    suffixes = state.knowledge.places.venues
    found = list(state.nodes("Venue"))
    forms: dict[str, set[str]] = defaultdict(set)
    for _, t in found:
        forms[bodies_across.spelled(t.name)].add(t.name)
    for a, t in found:
        little = t.name not in state.knowledge.gazetteer and all(
            word[:1].isdigit() or any(word.endswith(s) and len(word) - len(s) < 2 for s in suffixes) for word in t.name.split()
        )
        name = bodies_across.cleanest(forms[bodies_across.spelled(t.name)])
        thing = replace(t, name=name, scope=a.home if little else "")
        state.put(a, t, thing, replace(t, scope=a.identifier if little else ""), "spelling")
