"""Where things stand: stress layout by networkx, then boxes pushed apart until no name lies on another. Pure, seedless, whole pixels."""
from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

SMALL = 160  # above this many things in one piece, the cheaper layout is used
_WIDE = 1.45  # pages are broader than high


@dataclass(frozen=True, slots=True)
class Box:
    """The room a thing takes around its position: half a width to both sides, unlike heights above and below."""

    half: float
    above: float
    below: float


def place(graph: nx.Graph, boxes: Mapping[Hashable, Box], labels: Mapping[tuple[Hashable, Hashable], float], *,
          step: float = 120.0) -> dict[Hashable, tuple[int, int]]:
    """A position in px for every node; ``labels`` holds the width of the words on an edge (by its ends, in node order)."""
    import networkx as nx

    order = {node: i for i, node in enumerate(graph)}
    pieces = sorted((sorted(piece, key=order.__getitem__) for piece in nx.connected_components(graph)),
                    key=lambda piece: (-len(piece), order[piece[0]]))
    laid = []
    for piece in pieces:
        ends = [(a, b) for a in piece for b in sorted(graph[a], key=order.__getitem__) if order[a] < order[b]]
        laid.append((piece, _piece(piece, ends, boxes, labels, step)))
    return _shelve(laid, boxes)


def _piece(piece: Sequence[Hashable], ends: Sequence[tuple[Hashable, Hashable]], boxes: Mapping[Hashable, Box],
           labels: Mapping[tuple[Hashable, Hashable], float], step: float) -> np.ndarray:
    import networkx as nx
    import numpy as np

    if len(piece) == 1:
        return np.zeros((1, 2))
    part = nx.Graph()
    part.add_nodes_from(piece)
    part.add_edges_from((a, b, {"length": 1.0 + (boxes[a].half + boxes[b].half) / (3 * step)}) for a, b in ends)
    at = _stress(part) * step * 1.3
    at = _turn(at)
    return apart(at, [boxes[node] for node in piece], _indexed(piece, ends), [labels.get(pair, 0.0) for pair in ends])


def _stress(part: nx.Graph) -> np.ndarray:
    """Positions whose distances are those of the graph, long ones shortened so that chains bend instead of stretching the picture."""
    import networkx as nx
    import numpy as np

    index = {node: i for i, node in enumerate(part)}
    n = len(index)
    far = np.zeros((n, n))
    for node, row in nx.all_pairs_dijkstra_path_length(part, weight="length"):
        far[index[node], [index[other] for other in row]] = list(row.values())
    far = (far + far.T) / 2
    far = np.where(far > 1, far ** 0.8, far)
    # Classical scaling is the start, majorization of stress (SMACOF) the rest: both depend on nothing but the distances.
    centred = far ** 2 - (far ** 2).mean(axis=0)
    values, vectors = np.linalg.eigh(-(centred - centred.mean(axis=1, keepdims=True)) / 2)
    vectors *= np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(n)])
    at = (vectors * np.sqrt(np.maximum(values, 1e-6)))[:, :-3:-1]
    at = at + np.stack([np.cos(np.arange(n)), np.sin(np.arange(n))], axis=1) * 1e-3
    weight = np.where(far > 0, 1 / np.maximum(far, 0.1) ** 2, 0.0)
    laplace = np.diag(weight.sum(axis=1)) - weight
    inverse = np.linalg.pinv(laplace)
    for _ in range(300):
        apart = np.hypot(*(at[:, None] - at[None, :]).transpose(2, 0, 1))
        ratio = np.where(apart > 1e-9, weight * far / np.maximum(apart, 1e-9), 0.0)
        moved = inverse @ ((np.diag(ratio.sum(axis=1)) - ratio) @ at)
        if np.abs(moved - at).max() < 1e-4:
            return moved
        at = moved
    return at


def _indexed(piece: Sequence[Hashable], ends: Sequence[tuple[Hashable, Hashable]]) -> list[tuple[int, int]]:
    index = {node: i for i, node in enumerate(piece)}
    return [(index[a], index[b]) for a, b in ends]


def _turn(at: np.ndarray) -> np.ndarray:
    """The points turned so that their longer axis lies flat, the first point left of the middle and above it."""
    import numpy as np

    at = at - at.mean(axis=0)
    _, axes = np.linalg.eigh(at.T @ at)
    at = at @ axes[:, ::-1]
    for axis in (0, 1):
        if at[0, axis] > 1e-9:
            at[:, axis] *= -1
    return at * np.array([_WIDE ** 0.5, _WIDE ** -0.5])


def apart(at: np.ndarray, boxes: Sequence[Box], ends: Sequence[tuple[int, int]], words: Sequence[float], *, rounds: int = 400,
          margin: float = 9.0) -> np.ndarray:
    """The points moved as little as possible until their boxes, and the boxes of the words on their edges, are free of each other."""
    import numpy as np

    n = len(at)
    at = at.copy()
    source, target = (np.array([pair[k] for pair in ends], dtype=int) for k in (0, 1))
    named = np.array([w > 0 for w in words], dtype=bool)
    source, target = source[named], target[named]
    half = np.array([b.half + margin for b in boxes] + [w / 2 + 3 for w in words if w > 0])
    up = np.array([b.above + margin for b in boxes] + [9.0] * len(source))
    down = np.array([b.below + margin for b in boxes] + [9.0] * len(source))
    mid, tall = (down - up) / 2, (down + up) / 2
    m = n + len(source)
    own = np.zeros((m, m), dtype=bool)
    np.fill_diagonal(own, True)
    for k, (a, b) in enumerate(zip(source, target, strict=True)):
        own[[n + k, n + k, a, b], [a, b, n + k, n + k]] = True
    weight = np.ones(m)
    weight[n:] = 0.55
    for _ in range(rounds):
        spots = np.vstack([at, (at[source] + at[target]) / 2]) if len(source) else at
        cx, cy = spots[:, 0], spots[:, 1] + mid
        dx, dy = cx[:, None] - cx[None, :], cy[:, None] - cy[None, :]
        ox, oy = half[:, None] + half[None, :] - abs(dx), tall[:, None] + tall[None, :] - abs(dy)
        hit = (ox > 0) & (oy > 0) & ~own
        if not hit.any():
            break
        flat = hit & (ox < oy * 1.3)
        tie = np.sign(np.subtract.outer(np.arange(m), np.arange(m)))
        push = 0.5 * weight[:, None] * weight[None, :]
        mx = np.where(flat, ox * np.where(dx == 0, tie, np.sign(dx)) * push, 0).sum(axis=1)
        my = np.where(hit & ~flat, oy * np.where(dy == 0, tie, np.sign(dy)) * push, 0).sum(axis=1)
        move = np.clip(np.stack([mx, my], axis=1), -24, 24)
        at += move[:n]
        if len(source):
            np.add.at(at, source, move[n:] / 2)
            np.add.at(at, target, move[n:] / 2)
    return at


def _shelve(laid: Sequence[tuple[Sequence[Hashable], np.ndarray]], boxes: Mapping[Hashable, Box],
            gap: float = 70.0) -> dict[Hashable, tuple[int, int]]:
    """The pieces side by side in rows, the largest first, the whole about as broad as a page."""
    import numpy as np

    frames = []
    for piece, at in laid:
        sides = np.array([[boxes[node].half, boxes[node].above, boxes[node].below] for node in piece])
        low = np.array([(at[:, 0] - sides[:, 0]).min(), (at[:, 1] - sides[:, 1]).min()])
        high = np.array([(at[:, 0] + sides[:, 0]).max(), (at[:, 1] + sides[:, 2]).max()])
        frames.append((piece, at - low, high - low))
    area = sum((size[0] + gap) * (size[1] + gap) for _, _, size in frames)
    broad = max([(area * 1.5) ** 0.5, *(size[0] for _, _, size in frames)], default=0.0)
    x = y = row = 0.0
    found: dict[Hashable, tuple[int, int]] = {}
    for piece, at, size in frames:
        if x and x + size[0] > broad:
            x, y, row = 0.0, y + row + gap, 0.0
        found.update({node: (round(x + p[0]), round(y + p[1])) for node, p in zip(piece, at, strict=True)})
        x, row = x + size[0] + gap, max(row, size[1])
    return found
