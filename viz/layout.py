"""Where things stand: distances of the graph as distances on the page, then boxes pushed apart until no name lies on another.

Pure, seedless, whole pixels: the same graph gives the same picture whatever the hash seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.viz.apart import apart
from kg.viz.box import Box
from kg.viz.pack import FITTED, pack

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

SMALL = 220  # more things than this are laid out as clusters of things
_CLUSTER = 48  # things in a cluster of a large graph
_COARSE = 900  # clusters that are laid out at once
_WIDE = 1.45  # pages are broader than high
_STEP = 120.0  # px from a thing to its neighbour, before their names are counted
_SIDE = 0.16  # how far from level, in radians, the outermost threads of a mobile are
Spots = dict[Hashable, tuple[int, int]]
Pair = tuple[Hashable, Hashable]


def place(
    graph: nx.Graph, boxes: Mapping[Hashable, Box], labels: Mapping[Pair, float], *, step: float = _STEP, rough: bool = False
) -> Spots:
    """A position in px for every node; ``labels`` holds the width of the words on an edge by its two ends, in node order.

    ``rough`` keeps names off names and no more.
    """
    import networkx as nx

    order = {node: i for i, node in enumerate(graph)}
    pieces = sorted(
        (sorted(piece, key=order.__getitem__) for piece in nx.connected_components(graph)),
        key=lambda piece: (-len(piece), order[piece[0]]),
    )
    laid = []
    for piece in pieces:
        part = within(graph, piece) if len(piece) < len(graph) else graph
        if len(piece) <= (_CLUSTER if rough else SMALL):
            laid.append((piece, _piece(part, piece, boxes, labels, step, rough)))
        else:
            laid.append((piece, _clusters(part, piece, boxes, step)))
    index = {node: i for piece, _ in laid for i, node in enumerate(piece)}
    lines = [[(index[a], index[b]) for a in piece for b in graph[a] if index[a] < index[b]] for piece, _ in laid]
    ready = [(piece, at, ends) for (piece, at), ends in zip(laid, lines, strict=True)]
    return pack(ready, boxes, fitted=0 if rough else FITTED)


def _piece(
    graph: nx.Graph,
    piece: Sequence[Hashable],
    boxes: Mapping[Hashable, Box],
    labels: Mapping[Pair, float],
    step: float,
    rough: bool,
) -> np.ndarray:
    """Points for one connected piece, in its order."""
    import numpy as np

    if len(piece) == 1:
        return np.zeros((1, 2))
    index = {node: i for i, node in enumerate(piece)}
    ends = [(a, b) for a in piece for b in sorted(graph[a], key=index.__getitem__) if index[a] < index[b]]
    at = _turn(_stress(_lengths(piece, ends, boxes, step), 40 if rough else 200) * step * 1.25)
    lines = [] if rough else [(index[a], index[b]) for a, b in ends]
    words = [] if rough else [labels.get(pair, 0.0) for pair in ends]
    return apart(at, [boxes[node] for node in piece], lines, words, rounds=60 if rough else 240 if len(piece) < 130 else 120)


def hang(graph: nx.Graph, root: Hashable, boxes: Mapping[Hashable, Box], labels: Mapping[Pair, float]) -> np.ndarray:
    """Points for a connected graph, in its order, around its root at (0, 0): the rest hangs from it like a mobile."""
    import numpy as np

    piece = list(graph)
    index = {node: i for i, node in enumerate(piece)}
    ends = [(a, b) for a in piece for b in sorted(graph[a], key=index.__getitem__) if index[a] < index[b]]
    at = _stress(_lengths(piece, ends, boxes), 200) * _STEP * 0.9
    at -= at[index[root]]
    near = np.sort([np.arctan2(at[index[node], 1], at[index[node], 0]) for node in graph[root]])
    widest = int(np.argmax(np.diff(near, append=near[0] + 2 * np.pi)))
    top = near[widest] + np.diff(near, append=near[0] + 2 * np.pi)[widest] / 2  # the whole is opened where nothing hangs
    far = np.hypot(at[:, 0], at[:, 1]) * min(3.0, 0.95 + len(near) / 12)
    angle = np.mod(np.arctan2(at[:, 1], at[:, 0]) - top, 2 * np.pi) / 2
    angle = _SIDE + angle * (np.pi - 2 * _SIDE) / np.pi
    at = np.stack([-far * np.cos(angle), far * np.sin(angle)], axis=1)
    at[:, 1] += np.where(far > 0, boxes[root].below, 0)
    lines = [(index[a], index[b]) for a, b in ends]
    at = apart(at, [boxes[node] for node in piece], lines, [labels.get(pair, 0.0) for pair in ends])
    return at - at[index[root]]


def _lengths(piece: Sequence[Hashable], ends: Sequence[Pair], boxes: Mapping[Hashable, Box], step: float = _STEP) -> nx.Graph:
    """The graph with how long each line has to be for its two ends, in steps."""
    import networkx as nx

    part = nx.Graph()
    part.add_nodes_from(piece)
    part.add_edges_from((a, b, {"length": 1.0 + (boxes[a].half + boxes[b].half) / (3 * step)}) for a, b in ends)
    return part


def _clusters(graph: nx.Graph, piece: Sequence[Hashable], boxes: Mapping[Hashable, Box], step: float) -> np.ndarray:
    """Points for a large piece: communities are laid out each for itself and placed as boxes; time grows with their number."""
    import networkx as nx
    import numpy as np

    index = {node: i for i, node in enumerate(piece)}
    plain = nx.Graph()
    plain.add_nodes_from(range(len(piece)))
    plain.add_edges_from(sorted((min(index[a], index[b]), max(index[a], index[b])) for a, b in graph.edges if a != b))
    groups = [part for group in _communities(plain) for part in _bounded(plain, group)]
    groups.sort(key=lambda group: (-len(group), group[0]))
    home = {i: k for k, group in enumerate(groups) for i in group}
    inner = []
    for group in groups:
        names = [piece[i] for i in group]
        spots = place(within(graph, names), boxes, {}, step=step, rough=True)
        inner.append(np.array([spots[name] for name in names], dtype=float))
    frames = [Box(*_frame(at, [boxes[piece[i]] for i in group])) for group, at in zip(groups, inner, strict=True)]
    coarse = nx.Graph()
    coarse.add_nodes_from(range(len(groups)))
    coarse.add_edges_from(sorted({(min(home[a], home[b]), max(home[a], home[b])) for a, b in plain.edges if home[a] != home[b]}))
    broad = float(np.mean([box.half + box.below for box in frames]))
    if len(groups) <= _COARSE:
        seats = _piece(coarse, list(coarse), dict(enumerate(frames)), {}, 0.7 * broad, True)
    else:
        spots = place(coarse, dict(enumerate(frames)), {}, step=0.7 * broad, rough=True)
        seats = np.array([spots[k] for k in coarse], dtype=float)
    at = np.zeros((len(piece), 2))
    for k, group in enumerate(groups):
        low, high = inner[k].min(axis=0), inner[k].max(axis=0)
        at[group] = inner[k] - (low + high) / 2 + seats[k]
    return at


def within(graph: nx.Graph, names: Sequence[Hashable]) -> nx.Graph:
    """The part of a graph between some nodes, in their order (a networkx subgraph has none of its own)."""
    import networkx as nx

    keep = set(names)
    part = nx.Graph()
    part.add_nodes_from(names)
    part.add_edges_from((a, b) for a in names for b in graph[a] if b in keep)
    return part


def _communities(graph: nx.Graph) -> list[list[int]]:
    """Communities by Louvain's method over neighbourhoods that share a label: as good as over single things, and near linear."""
    import networkx as nx

    groups = sorted(sorted(group) for group in nx.community.fast_label_propagation_communities(graph, seed=1))
    home = {i: k for k, group in enumerate(groups) for i in group}
    links = Counter((min(home[a], home[b]), max(home[a], home[b])) for a, b in graph.edges)
    joined = nx.Graph()
    joined.add_nodes_from(range(len(groups)))
    joined.add_weighted_edges_from((a, b, count) for (a, b), count in sorted(links.items()))
    return [sorted(i for k in part for i in groups[k]) for part in nx.community.louvain_communities(joined, seed=1)]


def _bounded(graph: nx.Graph, group: Sequence[int]) -> list[list[int]]:
    """A community in parts of at most ``_CLUSTER`` things, along a walk through it."""
    import networkx as nx

    if len(group) <= _CLUSTER:
        return [list(group)]
    part, walk, seen = graph.subgraph(group), [], set()
    for start in group:
        if start not in seen:
            found = [start, *(b for _, b in nx.bfs_edges(part, start, sort_neighbors=sorted))]
            seen.update(found)
            walk += found
    return [sorted(walk[i : i + _CLUSTER]) for i in range(0, len(walk), _CLUSTER)]


def _frame(at: np.ndarray, boxes: Sequence[Box]) -> tuple[float, float, float, tuple[float, float]]:
    high, low = at.max(axis=0), at.min(axis=0)
    half = (high[0] - low[0]) / 2 + max(box.half for box in boxes) + 20
    tall = (high[1] - low[1]) / 2 + max(box.below for box in boxes) + 20
    return half, tall, tall, (half, tall)


def _stress(part: nx.Graph, rounds: int) -> np.ndarray:
    """Positions as far apart as in the graph, long distances shortened so that chains bend instead of stretching the picture.

    Sums along axes only, no linear algebra library: its results depend on how many threads it takes.
    """
    import networkx as nx
    import numpy as np

    index = {node: i for i, node in enumerate(part)}
    n = len(index)
    far = np.zeros((n, n))
    for node, row in nx.all_pairs_dijkstra_path_length(part, weight="length"):
        far[index[node], [index[other] for other in row]] = list(row.values())
    far = (far + far.T) / 2
    far = np.where(far > 1, far**0.8, far)
    at = _scaled(far)
    weight = np.where(far > 0, 1 / np.maximum(far, 0.1) ** 2, 0.0)
    total = weight.sum(axis=1)[:, None]
    for _ in range(rounds):
        gap = at[:, None, :] - at[None, :, :]
        span = np.sqrt(gap[:, :, 0] ** 2 + gap[:, :, 1] ** 2)
        ratio = weight * far / np.maximum(span, 1e-9)
        aim = ((weight[:, :, None] * at[None, :, :]).sum(axis=1) + (ratio[:, :, None] * gap).sum(axis=1)) / total
        step = (aim - at) / 2  # all move at once: the whole way would overshoot
        at += step
        if np.abs(step).max() < 1e-3:
            break
    return at


def _scaled(far: np.ndarray) -> np.ndarray:
    """Classical scaling by power iteration: the two directions in which distances differ most; bent a little, none meet."""
    import numpy as np

    n = len(far)
    square = far**2
    inner = -(square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean()) / 2
    at = np.zeros((n, 2))
    for axis in (0, 1):
        vector = np.cos(np.arange(n) * (1.0 + axis)) + 0.1
        size = 0.0
        for _ in range(50):
            grown = (inner * vector[None, :]).sum(axis=1)
            size = float(np.sqrt((grown**2).sum()))
            if size < 1e-9:
                break
            vector = grown / size
        at[:, axis] = vector * max(size, 1e-6) ** 0.5
        inner = inner - size * vector[:, None] * vector[None, :]
    turn = np.arange(n) * 2.4
    return at + np.stack([np.cos(turn), np.sin(turn)], axis=1) * 0.02


def _turn(at: np.ndarray) -> np.ndarray:
    """The points turned so that their longer axis lies flat, the first point left of the middle and above it."""
    import numpy as np

    at = at - at.mean(axis=0)
    x, y = at[:, 0], at[:, 1]
    angle = 0.5 * np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum())
    at = np.stack([x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)], axis=1)
    for axis in (0, 1):
        if at[0, axis] > 1e-9:
            at[:, axis] *= -1
    return at * np.array([_WIDE**0.5, _WIDE**-0.5])
