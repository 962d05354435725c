"""Events in the order of their dates, each with its own things in a block beneath it and shared things above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.viz.layout import Box, Spots
from kg.viz.measure import day_words

if TYPE_CHECKING:
    import networkx as nx

_GAP, _LANE = 26, 104


def along_time(
    graph: nx.Graph, events: Sequence[str], days: Mapping[str, str], boxes: Mapping[str, Box]
) -> tuple[Spots, tuple[tuple[int, int, str], ...]]:
    """Positions, and the marks of the time axis as (x, y, words)."""
    order = {event: i for i, event in enumerate(events)}
    owner, shared = _owners(graph, order)
    blocks = {event: [iri for iri in graph if owner.get(iri) == event] for event in events}
    spots: Spots = {}
    middles: dict[str, float] = {}
    left = 0.0
    for event in events:
        columns = max(1, min(4, -(-len(blocks[event]) // 5)))
        cell = max([2 * boxes[iri].half for iri in blocks[event]], default=0.0) + _GAP
        broad = max(2 * boxes[event].half + 2 * _GAP, columns * cell)
        middles[event] = left + broad / 2
        spots[event] = (round(middles[event]), 0)
        top = boxes[event].below + 52
        inside = sorted(blocks[event], key=lambda iri: (-graph.degree(iri), iri))
        for row in (inside[i : i + columns] for i in range(0, len(inside), columns)):
            top += max(boxes[iri].above for iri in row)
            for column, iri in enumerate(row):
                spots[iri] = (round(left + broad / 2 + (column - (columns - 1) / 2) * cell), round(top))
            top += max(boxes[iri].below for iri in row) + _GAP / 2
        left += broad + _GAP
    line = -max(boxes[event].above for event in events) - 26
    spots |= _above(graph, shared, middles, boxes, line - 34)
    marks: dict[str, int] = {}
    for event in events:
        marks.setdefault(day_words(days[event]), spots[event][0])
    return spots, tuple((x, round(line), day) for day, x in marks.items())


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
