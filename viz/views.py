"""The ways to see one graph: what each shows first and where it stands. A large graph opens on its most telling part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.viz.layout import Box, Spots, place, within
from kg.viz.measure import width
from kg.viz.timeline import along_time

if TYPE_CHECKING:
    import networkx as nx
    from kg.viz.style import Style

WHOLE = 300  # up to so many things, a view shows all that it can show
FEW = 56  # how many things a large graph opens on
EDGE_PX = 11
_TIES = 3  # how many lines a thing may bring into a picture that shows a part, those to where it starts not counted
_CROSSROADS = 12  # more links than this, and a thing leads everywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A choice of things with their positions; ``kinds`` are the groups of relations that it draws, ``axis`` marks of time."""

    key: str
    spots: Mapping[str, tuple[int, int]]
    kinds: tuple[str, ...]
    classes: tuple[str, ...]
    axis: tuple[tuple[int, int, str], ...] = ()
    calm: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """What the views are made from: the graph, the room of each thing, dates of things (``days``) and how things are drawn."""

    graph: nx.MultiDiGraph
    boxes: Mapping[str, Box]
    days: Mapping[str, str]
    style: Style

    def shown(self, *, cite: bool = False) -> list[str]:
        """The things that are drawn at all; articles only where ``cite``."""
        classes = self.style.classes
        return [
            iri
            for iri, data in self.graph.nodes(data=True)
            if classes[data["kind"]].shown or (cite and data["family"] == self.style.article)
        ]

    def plain(self, things: Iterable[str], kinds: Iterable[str]) -> tuple[nx.Graph, dict[tuple[str, str], float]]:
        """The undirected graph of some things and some kinds of relations, and how wide the words on each line are."""
        import networkx as nx

        keep, kinds = set(things), set(kinds)
        flat = nx.Graph()
        flat.add_nodes_from(sorted(keep, key=lambda iri: (-self.graph.degree(iri), iri)))
        order = {iri: i for i, iri in enumerate(flat)}
        words: dict[tuple[str, str], list[str]] = {}
        for s, o, data in self.graph.edges(data=True):
            if s in keep and o in keep and data["group"] in kinds:
                flat.add_edge(s, o)
                said = words.setdefault((s, o) if order[s] < order[o] else (o, s), [])
                if data["label"] not in said:
                    said.append(data["label"])
        return flat, {pair: width(" · ".join(said)) * EDGE_PX for pair, said in words.items()}


def views(table: Table, *, focus: str | None, limit: int | None, many: bool) -> list[View]:
    """The focus where one is asked for, the network, the timeline, the co-hosting core, the articles, where there are any."""
    makers: Sequence[Callable[[Table, int | None], View | None]] = (_network, _timeline, _cohost, _article)
    most = limit or (FEW if many else None)
    made = [maker(table, most) for maker in makers]
    if focus:
        made.insert(0, _focus(table, focus, most or FEW))
    return [view for view in made if view and view.spots]


def everything(table: Table) -> Spots:
    """A position for every thing that is drawn, for whoever wants to see all of a large graph."""
    flat, _ = table.plain(table.shown(), _loud(table.style))
    return place(flat, table.boxes, {}, rough=True)


def _loud(style: Style) -> tuple[str, ...]:
    return tuple(name for name, kind in style.kinds.items() if not kind.quiet)


def _network(table: Table, most: int | None) -> View:
    kinds = _loud(table.style)
    things = table.shown()
    if most and len(things) > most:
        flat, _ = table.plain(things, kinds)
        things = _telling(table, flat, most)
    return View(key="network", spots=_lay(table, things, kinds), kinds=kinds, classes=_classes(table, things))


def _focus(table: Table, focus: str, most: int) -> View:
    kinds = _loud(table.style)
    flat, _ = table.plain({*table.shown(), focus}, kinds)
    things = _around(flat, [focus], most)
    return View(key="focus", spots=_lay(table, things, kinds), kinds=kinds, classes=_classes(table, things))


def _timeline(table: Table, most: int | None) -> View | None:
    kinds = _loud(table.style)
    events = sorted((iri for iri in table.shown() if iri in table.days), key=lambda iri: (table.days[iri], iri))
    if not events:
        return None
    newest = events[-max(4, most // 4) :] if most else events
    event = table.style.event
    other = {iri for iri in table.shown() if table.graph.nodes[iri]["family"] == event}.difference(newest) if most else set()
    flat, words = table.plain((iri for iri in table.shown() if iri not in other), kinds)
    things = _around(flat, newest, most or len(flat), through=not most)
    spots, axis = along_time(within(flat, things), newest, table.days, table.boxes, words)
    return View(key="timeline", spots=spots, kinds=kinds, classes=_classes(table, things), axis=axis, calm=True)


def _cohost(table: Table, most: int | None) -> View | None:
    """Who hosts with whom: events with two or more hosts first, the hosts that several events share first among them."""
    kinds = table.style.hosting
    flat, _ = table.plain(table.shown(), kinds)
    linked = [iri for iri in flat if flat.degree(iri)]
    if not linked:
        return None
    things = _telling(table, within(flat, linked), most) if most and len(linked) > most else linked
    return View(key="cohost", spots=_lay(table, things, kinds), kinds=kinds, classes=_classes(table, things))


def _article(table: Table, most: int | None) -> View | None:
    """Articles with the things that they speak of; what two of them share stands between them."""
    kinds = tuple(name for name, kind in table.style.kinds.items() if kind.quiet)
    papers = sorted(
        (iri for iri, data in table.graph.nodes(data=True) if data["family"] == table.style.article),
        key=lambda iri: table.days.get(iri, ""),
    )
    flat, _ = table.plain(table.shown(cite=True), kinds)
    papers = [iri for iri in papers if flat.degree(iri)]
    if not papers:
        return None
    linked = [iri for iri in flat if flat.degree(iri)]
    things = _around(flat, papers[-max(3, most // 12) :], most) if most and len(linked) > most else linked
    return View(key="article", spots=_lay(table, things, kinds), kinds=kinds, classes=_classes(table, things))


def _classes(table: Table, things: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({table.graph.nodes[iri]["kind"] for iri in things}))


def _lay(table: Table, things: Iterable[str], kinds: Iterable[str]) -> Spots:
    flat, words = table.plain(things, kinds)
    return place(flat, table.boxes, words)


def _telling(table: Table, flat: nx.Graph, most: int) -> list[str]:
    """The event with most different things around it, those, and what lies beyond, up to ``most`` things."""
    hubs = [iri for iri in flat if table.graph.nodes[iri]["family"] == table.style.event] or list(flat)
    best = min(hubs, key=lambda iri: (-_richness(table, flat, iri), iri))
    return _around(flat, [best], most)


def _richness(table: Table, flat: nx.Graph, hub: str) -> float:
    """How much there is to tell around a thing: hosts, speakers, talks and places say more than thirty hosts."""
    near = sorted(flat[hub])
    beyond = {far for iri in near if flat.degree(iri) <= _CROSSROADS // 2 for far in flat[iri]}.difference(near, [hub])

    def variety(things: Iterable[str]) -> float:
        return sum(count**0.5 for count in sorted(Counter(table.graph.nodes[iri]["family"] for iri in things).values()))

    return round(variety(near) + variety(beyond) / 2, 6)


def _around(flat: nx.Graph, starts: Sequence[str], most: int, *, through: bool = True) -> list[str]:
    """``starts`` and what is nearest; what lies beyond a crossroads (a ministry that hosts everything) comes last, or never.

    Where a part is chosen, what would tie the picture into a knot (one more event of the same ten hosts) stays out of it.
    """
    found = dict.fromkeys(starts[:most])
    ring: list[str] = list(found)
    later: list[str] = []
    start = set(found)
    ties = _TIES if most < len(flat) else len(flat)
    while (ring or later) and len(found) < most:
        if not ring:
            ring, later = later, []
        nearby: dict[str, int] = {}
        for iri in ring:
            for other in flat[iri]:
                if other not in found:
                    nearby[other] = nearby.get(other, 0) + 1
        chosen = []
        for iri in sorted(nearby, key=lambda iri: (-nearby[iri], -flat.degree(iri), iri)):
            if len(found) < most and sum(other in found and other not in start for other in flat[iri]) <= ties:
                found[iri] = None
                chosen.append(iri)
        ring = [iri for iri in chosen if flat.degree(iri) <= _CROSSROADS]
        later += [iri for iri in chosen if through and flat.degree(iri) > _CROSSROADS]
    return list(found)
