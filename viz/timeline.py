"""Events in the order of their dates, each with its own things hanging from it and shared things above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.viz.layout import Box, Spots, hang, place, within
from kg.viz.measure import day_words

if TYPE_CHECKING:
    import networkx as nx

_GAP, _LANE = 46, 104


def along_time(
    graph: nx.Graph,
    events: Sequence[str],
    days: Mapping[str, str],
    boxes: Mapping[str, Box],
    words: Mapping[tuple[str, str], float],
) -> tuple[Spots, tuple[tuple[int, int, str], ...]]:
    """Positions, and the marks of the time axis as (x, y, words); of events on one day the first bears the date."""
    order = {event: i for i, event in enumerate(events)}
    owner, shared = _owners(graph, order)
    own: dict[str, list[str]] = {event: [event] for event in events}
    for iri in graph:
        if iri in owner:
            own[owner[iri]].append(iri)
    spots: Spots = {}
    left = 0.0
    for event in events:
        block = _block(within(graph, own[event]), event, boxes, words)
        low = min(x - boxes[iri].half for iri, (x, _) in block.items())
        high = max(x + boxes[iri].half for iri, (x, _) in block.items())
        drop = max(boxes[iri].above - boxes[event].above - y for iri, (_, y) in block.items())
        spots |= {iri: (round(left - low + x), round(drop + y)) for iri, (x, y) in block.items()}
        left += high - low + _GAP
    line = -max(boxes[event].above for event in events) - 26
    spots |= _above(graph, shared, {event: spots[event][0] for event in events}, boxes, line - 34)
    marks: list[tuple[int, int, str]] = []
    told = ""
    for event in events:
        day = day_words(days[event])
        marks.append((spots[event][0], round(line), "" if day == told else day))
        told = day
    return spots, tuple(marks)


def _block(
    graph: nx.Graph, event: str, boxes: Mapping[str, Box], words: Mapping[tuple[str, str], float]
) -> dict[str, tuple[float, float]]:
    """An event at (0, 0), what hangs from it, and beneath that in rows what is its own without a line of its own to it."""
    import networkx as nx

    tied = nx.node_connected_component(graph, event)
    part = within(graph, [iri for iri in graph if iri in tied])
    hung = {event: (0.0, 0.0)} if len(part) == 1 else dict(zip(part, map(tuple, hang(part, event, boxes, words)), strict=True))
    rest = [iri for iri in graph if iri not in tied]
    if rest:
        below = place(within(graph, rest), boxes, {})
        top = max(y + boxes[iri].below for iri, (_, y) in hung.items()) + _GAP
        top -= min(y - boxes[iri].above for iri, (_, y) in below.items())
        middle = (min(x for x, _ in below.values()) + max(x for x, _ in below.values())) / 2
        hung |= {iri: (x - middle, y + top) for iri, (x, y) in below.items()}
    return hung


def _owners(graph: nx.Graph, order: Mapping[str, int]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The one event that a thing hangs on, directly or through other things; or the several that it hangs on directly."""
    owner: dict[str, str] = {}
    shared: dict[str, list[str]] = {}
    ring = []
    for iri in graph:
        near = sorted((other for other in graph[iri] if other in order), key=order.__getitem__)
        if iri in order or not near:
            continue
        if len(near) == 1:
            owner[iri] = near[0]
            ring.append(iri)
        else:
            shared[iri] = near
    ring += list(shared)
    while ring:
        following = []
        for iri in ring:
            for other in sorted(graph[iri]):
                if other not in order and other not in owner and other not in shared:
                    owner[other] = owner[iri] if iri in owner else shared[iri][0]
                    following.append(other)
        ring = following
    rest = [iri for iri in graph if iri not in order and iri not in owner and iri not in shared]
    last = max(order, key=order.__getitem__)
    return owner | dict.fromkeys(rest, last), shared


def _above(
    graph: nx.Graph, shared: Mapping[str, Sequence[str]], middles: Mapping[str, float], boxes: Mapping[str, Box], floor: float
) -> Spots:
    """Shared things over the middle of their events, in as many lanes as they need."""
    lanes: list[list[tuple[float, float]]] = []
    spots: Spots = {}
    for iri in sorted(shared, key=lambda iri: (-graph.degree(iri), iri)):
        x = sum(middles[event] for event in shared[iri]) / len(shared[iri])
        low, high = x - boxes[iri].half - 6, x + boxes[iri].half + 6
        lane = next((k for k, taken in enumerate(lanes) if all(high <= a or low >= b for a, b in taken)), len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((low, high))
        spots[iri] = (round(x), round(floor - boxes[iri].below - lane * _LANE))
    return spots
