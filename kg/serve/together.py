"""Who works with whom: bodies linked by the events that they took part in together, measured as a network and placed on a page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from kg.knowledge.vocab import PRESS
from kg.serve.facets import ACTED, days_and_kinds, members, said

if TYPE_CHECKING:
    import networkx as nx
    import pyoxigraph

    from kg.viz.box import Box

MEASURES = {"events": "함께한 행사", "degree": "함께한 곳", "betweenness": "사이를 잇는 정도"}
COLOURS = {"community": "무리", "class": "종류"}
_MANY, _EXACT, _SAMPLE = (
    150,
    1500,
    200,
)  # bodies of one event that link all of each other at most; betweenness of more bodies is estimated
_TIES = 3  # lines that are drawn of each body before one is chosen: its strongest
_FONT = 13


class Act(NamedTuple):
    """An event: its day, as far as it is known, its classes and the bodies that took part."""

    day: str
    kinds: frozenset[str]
    bodies: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body in the picture: what is measured of it, where it stands, its size and the number of its group, the largest group being 0."""

    iri: str
    events: int
    degree: int
    betweenness: float
    community: int
    x: int = 0
    y: int = 0
    size: float = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two bodies and how many events they share; ``strong`` ties are drawn at first."""

    one: str
    two: str
    events: int
    strong: bool
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """The picture: its bodies, the largest first, its ties, the weakest first, the frame around it, and how many bodies there are in all."""

    bodies: tuple[Body, ...] = ()
    ties: tuple[Tie, ...] = ()
    frame: tuple[int, int, int, int] = (0, 0, 600, 400)
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which events count, how many bodies are shown, and what their size says."""

    since: str = ""
    until: str = ""
    kind: str = ""
    least: int = 1
    most: int = 40
    size: str = "events"


class Together:
    """The events of a store in which two or more bodies took part, looked up when a picture is asked for; pictures are made once."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._store, self._turn = store, Lock()
        self.picture = lru_cache(maxsize=64)(self._picture)
        self._network = lru_cache(maxsize=64)(self._linked)

    @cached_property
    def _acts(self) -> tuple[Act, ...]:
        return tuple(_acts(self._store))

    def chosen(self, wanted: Wanted) -> list[Act]:
        """The events that a period and a kind leave."""
        return [
            act
            for act in self._acts
            if (not wanted.kind or wanted.kind in act.kinds)
            and (not (wanted.since or wanted.until) or act.day)
            and wanted.since <= act.day
            and (not wanted.until or act.day <= wanted.until)
        ]

    def _linked(self, since: str, until: str, kind: str, least: int) -> tuple[nx.Graph, list[Body]]:
        acts = self.chosen(Wanted(since=since, until=until, kind=kind))
        graph = linked(acts, least)
        return graph, measured(graph, Counter(iri for act in acts for iri in act.bodies if iri in graph))

    def _ordered(self, wanted: Wanted) -> tuple[nx.Graph, list[Body]]:
        with self._turn:  # who asks for what is being measured waits for it
            graph, found = self._network(wanted.since, wanted.until, wanted.kind, wanted.least)
        return graph, sorted(found, key=lambda body: (-getattr(body, wanted.size), -body.events, body.iri))[: wanted.most]

    def ranking(self, wanted: Wanted) -> list[str]:
        """The bodies that a picture shows; their names have to be known before they can be placed."""
        return [body.iri for body in self._ordered(wanted)[1]]

    def _picture(self, wanted: Wanted, names: tuple[tuple[str, str], ...] = ()) -> Net:
        graph, order = self._ordered(wanted)
        return drawn(graph, order, wanted.size, len(graph), dict(names)) if order else Net()


def _acts(store: pyoxigraph.Store) -> Iterable[Act]:
    people = set(members(store, "Person"))
    bodies: dict[str, set[str]] = defaultdict(set)
    for relation in ACTED:
        for one, event in said(store, PRESS[relation]):
            if one not in people:
                bodies[event].add(one)
    days, kinds = days_and_kinds(store, bodies)
    for event, who in sorted(bodies.items()):
        if len(who) > 1:
            yield Act(min(days.get(event, ("",))), frozenset(kinds.get(event, ())), frozenset(who))


def linked(acts: Iterable[Act], least: int = 1) -> nx.Graph:
    """Bodies and how many events two of them share (``weight``).

    >>> graph = linked([Act("", frozenset(), frozenset("ab")), Act("", frozenset(), frozenset("abc"))], least=2)
    >>> list(graph.edges(data="weight"))
    [('a', 'b', 2)]
    """
    import networkx as nx

    shared = Counter(pair for act in acts for pair in combinations(sorted(act.bodies)[:_MANY], 2))
    graph = nx.Graph()
    for (one, two), many in sorted(shared.items()):
        if many >= least:
            graph.add_edge(one, two, weight=many)
    return graph


def measured(graph: nx.Graph, events: Counter[str]) -> list[Body]:
    """Each body of a network with its measures."""
    import networkx as nx

    if not len(graph):
        return []
    between = betweenness(graph)
    groups = nx.community.louvain_communities(graph, weight="weight", seed=1)
    group = {iri: at for at, one in enumerate(sorted(groups, key=lambda g: (-len(g), min(g)))) for iri in one}
    return [
        Body(iri=iri, events=events[iri], degree=graph.degree(iri), betweenness=round(between[iri], 4), community=group[iri])
        for iri in graph
    ]


def betweenness(graph: nx.Graph) -> dict[str, float]:
    """How much of all shortest ways leads over each node (as ``networkx.betweenness_centrality``), by Brandes' sums over all nodes of a
    distance at once; of more than some nodes it is estimated from the ways of a few.

    >>> import networkx as nx
    >>> betweenness(nx.path_graph(3))
    {0: 0.0, 1: 1.0, 2: 0.0}
    """
    import networkx as nx
    import numpy as np

    many = len(graph)
    sources = np.arange(many) if many <= _EXACT else np.random.default_rng(1).choice(many, _SAMPLE, replace=False)
    near = nx.to_numpy_array(graph, weight=None)
    ways = np.eye(many)[sources]  # how many shortest ways lead from each source to each node
    far, distance = np.where(ways, 0, -1), 0
    while (far == distance).any():
        here = np.where(far == distance, ways, 0) @ near
        new = (here > 0) & (far < 0)
        ways[new], far[new] = here[new], distance + 1
        distance += 1
    over = np.zeros_like(ways)
    for at in range(distance, 0, -1):
        share = np.divide(1 + over, ways, out=np.zeros_like(ways), where=far == at) @ near
        over += np.where(far == at - 1, ways * share, 0)
    over[np.arange(len(sources)), sources] = 0
    parts = over.sum(axis=0) * (many / max(1, len(sources))) / max(1, (many - 1) * (many - 2))
    return dict(zip(graph, map(float, parts), strict=True))


def drawn(graph: nx.Graph, bodies: list[Body], size: str, total: int, names: dict[str, str]) -> Net:
    """Bodies on a page: those that share most stand near each other, no name lies on another."""
    from dataclasses import replace

    import networkx as nx

    from kg.viz.layout import place

    kept = graph.subgraph(body.iri for body in bodies)
    strong = _strong(kept)
    flat = nx.Graph()
    flat.add_nodes_from(body.iri for body in bodies)
    flat.add_edges_from(sorted(strong))
    top = max((getattr(body, size) for body in bodies), default=1) or 1
    sizes = {body.iri: 7 + 17 * (getattr(body, size) / top) ** 0.5 for body in bodies}
    boxes = {iri: _box(names.get(iri, ""), sizes[iri]) for iri in sizes}
    spots = place(flat, boxes, {})
    heaviest = max((data for _, _, data in kept.edges(data="weight")), default=1)
    ties = [
        Tie(one=one, two=two, events=many, strong=(one, two) in strong, width=round(1 + 7 * (many / heaviest) ** 0.5, 1))
        for one, two, many in sorted((min(a, b), max(a, b), n) for a, b, n in kept.edges(data="weight"))
    ]
    left = min(x - boxes[iri].half for iri, (x, _) in spots.items()) - 20
    up = min(y - boxes[iri].above for iri, (_, y) in spots.items()) - 20
    right = max(x + boxes[iri].half for iri, (x, _) in spots.items()) + 20
    low = max(y + boxes[iri].below for iri, (_, y) in spots.items()) + 20
    return Net(
        bodies=tuple(
            replace(body, x=spots[body.iri][0], y=spots[body.iri][1], size=round(sizes[body.iri], 1)) for body in bodies
        ),
        ties=tuple(sorted(ties, key=lambda tie: (tie.events, tie.one, tie.two))),
        frame=(int(left), int(up), int(right - left), int(low - up)),
        total=total,
    )


def _strong(graph: nx.Graph) -> set[tuple[str, str]]:
    """The heaviest ties of each body, and what holds together those that anything holds together."""
    import networkx as nx

    found = {
        (min(iri, other), max(iri, other))
        for iri in graph
        for other in sorted(graph[iri], key=lambda o: (-graph[iri][o]["weight"], o))[:_TIES]
    }
    return found | {(min(a, b), max(a, b)) for a, b in nx.maximum_spanning_edges(graph, data=False)}


def _box(name: str, size: float) -> Box:
    from kg.viz.box import Box
    from kg.viz.measure import width, wrap

    lines = wrap(name, 9.0, 2) or ("",)
    half = max(size, *(width(line) * _FONT / 2 for line in lines))
    return Box(half + 4, size + 2, size + 8 + 16 * len(lines), (size, size))
