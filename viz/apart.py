"""Boxes pushed apart: names off names, the words on lines off both, lines off things that they do not join."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from kg.viz.box import Box

_LINE = 9.0  # half the height of the words on a line
_CROSSING = 130  # up to so many things, lines keep off things too


def reach(sign: np.ndarray, way: np.ndarray) -> np.ndarray:
    """How far a line inside a symbol goes until it leaves it: half sides by rows, unit directions by rows."""
    import numpy as np

    with np.errstate(divide="ignore"):
        return np.minimum(sign[:, 0] / np.maximum(np.abs(way[:, 0]), 1e-9), sign[:, 1] / np.maximum(np.abs(way[:, 1]), 1e-9))


def apart(
    at: np.ndarray,
    boxes: Sequence[Box],
    ends: Sequence[tuple[int, int]],
    words: Sequence[float],
    *,
    margin: float = 8.0,
    rounds: int = 240,
) -> np.ndarray:
    """The points moved as little as possible until their boxes, and those of the words on their lines, are free of each other."""
    import numpy as np

    n, at = len(at), at.copy()
    a, b = (np.array([pair[k] for pair in ends], dtype=int) for k in (0, 1))
    wide = np.array(words, dtype=float)
    signs = np.array([box.sign for box in boxes])
    half = np.array([box.half + margin for box in boxes])
    up, down = np.array([box.above + margin for box in boxes]), np.array([box.below + margin for box in boxes])
    named = wide > 0
    own = _own(n, a[named], b[named])
    halves = np.concatenate([half, wide[named] / 2 + 4])
    talls = np.concatenate([(down + up) / 2, np.full(named.sum(), _LINE)])
    share = np.concatenate([np.ones(n), np.full(named.sum(), 0.5)])
    rank = np.sign(np.subtract.outer(np.arange(len(halves)), np.arange(len(halves))))
    for turn in range(rounds):
        line = at[b] - at[a]
        long = np.maximum(np.hypot(line[:, 0], line[:, 1]), 1e-6)
        way = line / long[:, None]
        leave, enter = reach(signs[a], way), reach(signs[b], way)
        # A line must be long enough between its two symbols to carry its words.
        need = np.abs(way[:, 0]) * wide + 26
        pull = np.clip((need - (long - leave - enter)) * 0.25, 0, 8)[:, None] * way
        np.add.at(at, a, -pull)
        np.add.at(at, b, pull)
        middle = (at[a] + way * ((leave + long - enter) / 2)[:, None])[named]
        centres = np.vstack([at + np.stack([np.zeros(n), (down - up) / 2], axis=1), middle])
        move, hits = _shove(centres, halves, talls, own, share, rank)
        at += move[:n]
        np.add.at(at, a[named], move[n:] / 2)
        np.add.at(at, b[named], move[n:] / 2)
        if len(a) and turn < rounds * 0.7 and n <= _CROSSING:
            step = _uncross(at, a, b, half - margin + 3, up - margin + 3, down - margin + 3)
            at += step
            hits = hits or float(np.abs(step).max()) > 0.05
        if not hits and float(np.abs(pull).max(initial=0.0)) < 0.05:
            break
    return at


def _own(n: int, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Which boxes may touch: each itself, and the words on a line its two ends."""
    import numpy as np

    m = n + len(a)
    own = np.eye(m, dtype=bool)
    k = np.arange(n, m)
    for x, y in ((k, a), (a, k), (k, b), (b, k)):
        own[x, y] = True
    return own


def _shove(
    centres: np.ndarray, halves: np.ndarray, talls: np.ndarray, own: np.ndarray, share: np.ndarray, rank: np.ndarray
) -> tuple[np.ndarray, bool]:
    """One step apart for every box that lies on another, along the axis where less movement is needed."""
    import numpy as np

    dx, dy = (np.subtract.outer(centres[:, k], centres[:, k]) for k in (0, 1))
    ox, oy = np.add.outer(halves, halves) - np.abs(dx), np.add.outer(talls, talls) - np.abs(dy)
    hit = (ox > 0.01) & (oy > 0.01) & ~own
    flat = ox < oy * 1.3
    push = 0.5 * np.multiply.outer(share, share)
    mx = np.where(hit & flat, (ox + 0.5) * np.where(dx == 0, rank, np.sign(dx)) * push, 0).sum(axis=1)
    my = np.where(hit & ~flat, (oy + 0.5) * np.where(dy == 0, rank, np.sign(dy)) * push, 0).sum(axis=1)
    return np.clip(np.stack([mx, my], axis=1), -22, 22), bool(hit.any())


def _uncross(at: np.ndarray, a: np.ndarray, b: np.ndarray, half: np.ndarray, up: np.ndarray, down: np.ndarray) -> np.ndarray:
    """A step for things off the lines that run over them, and for those lines' ends the other way."""
    import numpy as np

    move = np.zeros_like(at)
    if not len(a):
        return move
    spot = at + np.stack([np.zeros(len(at)), (down - up) / 2], axis=1)
    line = at[b] - at[a]
    long = np.maximum(np.hypot(line[:, 0], line[:, 1]), 1e-6)
    way = line / long[:, None]
    side = np.stack([-way[:, 1], way[:, 0]], axis=1)
    gap = spot[None, :, :] - at[a][:, None, :]
    along = (gap * way[:, None, :]).sum(axis=2) / long[:, None]
    off = (gap * side[:, None, :]).sum(axis=2)
    room = np.abs(side[:, :1]) * half[None, :] + np.abs(side[:, 1:]) * ((up + down) / 2)[None, :]
    over = np.where((along > 0.05) & (along < 0.95), room - np.abs(off), 0.0)
    rows = np.arange(len(a))
    over[rows, a] = over[rows, b] = 0.0
    over = np.clip(over, 0, 20) * np.where(off < 0, -1.0, 1.0)
    step = 0.16 * over[:, :, None] * side[:, None, :]
    move += step.sum(axis=0)
    back = -0.08 * (over[:, :, None] * side[:, None, :]).sum(axis=1)
    np.add.at(move, a, back)
    np.add.at(move, b, back)
    return np.clip(move, -10, 10)
