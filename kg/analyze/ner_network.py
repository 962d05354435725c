"""The model of names in NumPy: embeddings and vectors of morphemes, a bidirectional LSTM, a conditional random field."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.analyze.ner_features import CATEGORIES

_BATCH = 48  # sentences that go through the LSTM at once


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 0.5 * (np.tanh(0.5 * x) + 1.0)


class Network:
    """Scores of labels by token, from weights as ``kg.train`` writes them."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights = {name: np.asarray(value, np.float32) for name, value in weights.items()}

    def scores(self, sentences: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> list[tuple[np.ndarray, np.ndarray]]:
        """(names, fine) scores, tokens × labels, for sentences of (categories, flags, vectors)."""
        out: list = [None] * len(sentences)
        order = sorted(range(len(sentences)), key=lambda i: -len(sentences[i][0]))
        for at in range(0, len(order), _BATCH):
            chosen = order[at:at + _BATCH]
            hidden = self._hidden([sentences[i] for i in chosen])
            names = hidden @ self.weights["names_out"] + self.weights["names_bias"]
            fine = hidden @ self.weights["fine_out"] + self.weights["fine_bias"]
            for column, i in enumerate(chosen):
                length = len(sentences[i][0])
                out[i] = names[:length, column], fine[:length, column]
        return out

    def _hidden(self, sentences: Sequence[tuple]) -> np.ndarray:
        w = self.weights
        lengths = [len(categories) for categories, _, _ in sentences]
        categories, flags, vectors = (np.concatenate(column) for column in zip(*sentences))
        if "static" in w:  # a shipped model's vectors have been through that layer
            vectors = vectors @ w["static"]
        x = np.concatenate([vectors, *(w[f"embed_{name}"][categories[:, c]] for c, name in enumerate(CATEGORIES)), flags], axis=1)
        count, longest = len(lengths), max(lengths)
        where = (np.concatenate([np.arange(n) for n in lengths]), np.repeat(np.arange(count), lengths))
        live = np.array([sum(n > t for n in lengths) for t in range(longest)])  # sentences come longest first
        sides = []
        for side in ("forward", "backward"):
            gates = np.zeros((longest, count, w[f"{side}_in"].shape[1]), np.float32)
            gates[where] = x @ w[f"{side}_in"] + w[f"{side}_bias"]
            sides.append(_lstm(gates, w[f"{side}_state"], live, side == "backward"))
        return np.concatenate(sides, axis=2)

    def best(self, emit: np.ndarray) -> list[int]:
        """The best sequence of labels (Viterbi)."""
        steps = self.weights["names_steps"]
        score, back = emit[0] + steps[-1], []
        for row in emit[1:]:
            through = score[:, None] + steps[:-1]
            back.append(through.argmax(axis=0))
            score = through.max(axis=0) + row
        path = [int(score.argmax())]
        for pointers in reversed(back):
            path.append(int(pointers[path[-1]]))
        return path[::-1]

    def marginals(self, emit: np.ndarray) -> np.ndarray:
        """Probabilities of labels by token (forward–backward)."""
        steps = self.weights["names_steps"]
        ahead, behind = np.zeros_like(emit), np.zeros_like(emit)
        ahead[0] = emit[0] + steps[-1]
        for t in range(1, len(emit)):
            ahead[t] = _log_sum(ahead[t - 1][:, None] + steps[:-1], 0) + emit[t]
        for t in range(len(emit) - 2, -1, -1):
            behind[t] = _log_sum(steps[:-1] + (emit[t + 1] + behind[t + 1])[None], 1)
        total = ahead + behind
        return np.exp(total - _log_sum(total, 1)[:, None])


def _lstm(gates: np.ndarray, state: np.ndarray, live: np.ndarray, reverse: bool) -> np.ndarray:
    length, count, width = gates.shape
    size = width // 4
    out = np.zeros((length, count, size), np.float32)
    h, c = np.zeros((count, size), np.float32), np.zeros((count, size), np.float32)
    for t in range(length - 1, -1, -1) if reverse else range(length):
        n = live[t]
        g = gates[t, :n] + h[:n] @ state
        s = _sigmoid(g[:, :3 * size])
        c[:n] = s[:, size:2 * size] * c[:n] + s[:, :size] * np.tanh(g[:, 3 * size:])
        h[:n] = s[:, 2 * size:] * np.tanh(c[:n])
        out[t, :n] = h[:n]
    return out


def _log_sum(x: np.ndarray, axis: int) -> np.ndarray:
    top = x.max(axis=axis)
    return top + np.log(np.exp(x - np.expand_dims(top, axis)).sum(axis=axis))
