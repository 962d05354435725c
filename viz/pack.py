"""Unconnected pieces of a graph side by side: each as near to the middle as the room that the others leave allows."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from kg.viz.box import Box

Piece = tuple[Sequence[Hashable], "np.ndarray", Sequence[tuple[int, int]]]
_CELL = 36.0  # px, more where the ground is larger than 90 of them
FITTED = 60  # so many pieces are fitted into each other; smaller ones than those stand in rows beneath
_BROAD = 1.55


def pack(pieces: Sequence[Piece], boxes: Mapping[Hashable, Box], *, fitted: int = FITTED) -> dict[Hashable, tuple[int, int]]:
    """A position for every node of the pieces (names, points, lines as pairs of indices), largest piece first."""
    import numpy as np

    ground = sum(float(np.prod(at.max(axis=0) - at.min(axis=0) + 120)) for _, at, _ in pieces[:fitted])
    cell = max(_CELL, ground**0.5 / 90)
    masks = [_mask(piece, boxes, cell) for piece in pieces[:fitted]]
    side = int(2.5 * sum(mask.size for mask, _ in masks) ** 0.5) + 2 * max((max(mask.shape) for mask, _ in masks), default=1) + 8
    taken = np.zeros((side, int(side * _BROAD)), dtype=bool)
    found: dict[Hashable, tuple[int, int]] = {}
    rest = list(pieces[fitted:])
    for piece, (mask, low) in zip(pieces, masks, strict=False):
        seat = _seat(taken, mask)
        if seat is None:
            rest.insert(0, piece)
            continue
        row, column = seat
        taken[row : row + mask.shape[0], column : column + mask.shape[1]] |= mask
        shift = np.array([column, row]) * cell - low
        found.update({name: (round(x), round(y)) for name, (x, y) in zip(piece[0], piece[1] + shift, strict=True)})
    if rest and found:
        used = np.argwhere(taken)
        (_, first), (last, end) = used.min(axis=0), used.max(axis=0)
        found |= _rows(rest, boxes, left=first * cell, top=(last + 2) * cell, broad=(end - first + 1) * cell)
    elif rest:
        found |= _rows(rest, boxes, left=0.0, top=0.0, broad=0.0)
    return found


def _mask(piece: Piece, boxes: Mapping[Hashable, Box], cell: float) -> tuple[np.ndarray, np.ndarray]:
    """The cells that a piece needs, its lines included and a cell around it, and the corner from which they count."""
    import numpy as np

    names, at, lines = piece
    room = np.array([(boxes[name].half, boxes[name].above, boxes[name].half, boxes[name].below) for name in names]) + cell / 2
    low = (at - room[:, :2]).min(axis=0)
    high = (at + room[:, 2:]).max(axis=0)
    size = np.ceil((high - low) / cell).astype(int) + 1
    mask = np.zeros((size[1], size[0]), dtype=bool)
    for (x, y), (left, above, right, below) in zip(at - low, room, strict=True):
        mask[int((y - above) / cell) : int((y + below) / cell) + 1, int((x - left) / cell) : int((x + right) / cell) + 1] = True
    for a, b in lines:
        steps = int(np.abs(at[a] - at[b]).max() / cell) + 2
        along = (at[a] + (at[b] - at[a]) * np.linspace(0, 1, steps)[:, None] - low) / cell
        mask[along[:, 1].astype(int), along[:, 0].astype(int)] = True
    return mask, low


def _seat(taken: np.ndarray, mask: np.ndarray) -> tuple[int, int] | None:
    """The free place for a mask whose middle is nearest to the middle of all, at every second cell."""
    import numpy as np

    rows, columns = (taken.shape[k] - mask.shape[k] + 1 for k in (0, 1))
    y, x = np.mgrid[0:rows:2, 0:columns:2]
    far = np.hypot((y + mask.shape[0] / 2 - taken.shape[0] / 2) * _BROAD, x + mask.shape[1] / 2 - taken.shape[1] / 2)
    for place in np.argsort(far, axis=None, kind="stable"):
        row, column = int(y.flat[place]), int(x.flat[place])
        if not (taken[row : row + mask.shape[0], column : column + mask.shape[1]] & mask).any():
            return row, column
    return None


def _rows(
    pieces: Sequence[Piece], boxes: Mapping[Hashable, Box], *, left: float, top: float, broad: float
) -> dict[Hashable, tuple[int, int]]:
    """Pieces in rows of a given breadth, or of one that makes the whole about as broad as a page."""
    import numpy as np

    frames = []
    for names, at, _ in pieces:
        room = np.array([(boxes[name].half, boxes[name].above, boxes[name].half, boxes[name].below) for name in names]) + 12
        low, high = (at - room[:, :2]).min(axis=0), (at + room[:, 2:]).max(axis=0)
        frames.append((names, at - low, high - low))
    broad = max(broad, sum(float(np.prod(size)) for _, _, size in frames) ** 0.5 * _BROAD**0.5)
    if len(frames) > 1 and frames[0][2][1] > 4 * frames[1][2][1]:
        broad = frames[0][2][0]  # the rest goes beneath a piece that is much larger
    found: dict[Hashable, tuple[int, int]] = {}
    x, y, tall = left, top, 0.0
    for names, at, size in frames:
        if x > left and x + size[0] > left + broad:
            x, y, tall = left, y + tall, 0.0
        found.update({name: (round(px + x), round(py + y)) for name, (px, py) in zip(names, at, strict=True)})
        x, tall = x + size[0], max(tall, size[1])
    return found
