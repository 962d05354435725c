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
        if "forward_in" in self.weights:
            self._into = np.concatenate([self.weights["forward_in"], self.weights["backward_in"]], axis=1)
            self._bias = np.concatenate([self.weights["forward_bias"], self.weights["backward_bias"]])
            self._state = np.stack([self.weights["forward_state"], self.weights["backward_state"]])

    def scores(
        self, sentences: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]], fields: Sequence[str] = ("names", "fine")
    ) -> list[tuple[np.ndarray, ...]]:
        """Scores by field, tokens × labels, for sentences of (categories, flags, vectors)."""
        out: list = [None] * len(sentences)
        order = sorted(range(len(sentences)), key=lambda i: -len(sentences[i][0]))
        for at in range(0, len(order), _BATCH):
            chosen = order[at : at + _BATCH]
            hidden = self._hidden([sentences[i] for i in chosen])
            said = [hidden @ self.weights[f"{field}_out"] + self.weights[f"{field}_bias"] for field in fields]
            first = 0
            for i in chosen:
                last = first + len(sentences[i][0])
                out[i] = tuple(field[first:last] for field in said)
                first = last
        return out

    def _hidden(self, sentences: Sequence[tuple]) -> np.ndarray:
        """What the LSTM makes of the tokens, one row each; sentences come longest first."""
        w = self.weights
        lengths = [len(categories) for categories, _, _ in sentences]
        categories, flags, vectors = (np.concatenate(column) for column in zip(*sentences))
        if "static" in w:  # a shipped model's vectors have been through that layer
            vectors = vectors @ w["static"]
        x = np.concatenate([vectors, *(w[f"embed_{name}"][categories[:, c]] for c, name in enumerate(CATEGORIES)), flags], axis=1)
        # The backward half reads its sentences turned round, so that both halves take one step together.
        column = np.repeat(np.arange(len(lengths)), lengths)
        forward = np.concatenate([np.arange(n) for n in lengths])
        backward = np.concatenate([np.arange(n)[::-1] for n in lengths])
        both = x @ self._into + self._bias
        width = both.shape[1] // 2
        gates = np.zeros((lengths[0], 2, len(lengths), width), np.float32)
        gates[forward, 0, column], gates[backward, 1, column] = both[:, :width], both[:, width:]
        live = [sum(n > t for n in lengths) for t in range(lengths[0])]
        out = _lstm(gates, self._state, live)
        return np.concatenate([out[forward, 0, column], out[backward, 1, column]], axis=1)

    def best(self, emit: np.ndarray, field: str = "names") -> list[int]:
        """The best sequence of labels of a field (Viterbi)."""
        steps = self.weights[f"{field}_steps"]
        score, back = emit[0] + steps[-1], []
        for row in emit[1:]:
            through = score[:, None] + steps[:-1]
            back.append(through.argmax(axis=0))
            score = through.max(axis=0) + row
        path = [int(score.argmax())]
        for pointers in reversed(back):
            path.append(int(pointers[path[-1]]))
        return path[::-1]

    def best_of_all(self, emits: Sequence[np.ndarray], field: str) -> list[list[int]]:
        """The best sequence of labels of a field for each of many sentences, all at once."""
        steps = self.weights[f"{field}_steps"]
        order = sorted(range(len(emits)), key=lambda i: -len(emits[i]))
        lengths = [len(emits[i]) for i in order]
        score = np.stack([emits[i][0] for i in order]) + steps[-1]
        back = []
        for t in range(1, lengths[0] if lengths else 0):
            live = sum(n > t for n in lengths)
            through = score[:live, :, None] + steps[:-1]
            back.append(through.argmax(axis=1))
            score[:live] = through.max(axis=1) + np.stack([emits[i][t] for i in order[:live]])
        last = score.argmax(axis=1)
        paths: list[list[int]] = [[] for _ in emits]
        for row, number in enumerate(order):
            path = [int(last[row])]
            for t in range(lengths[row] - 2, -1, -1):
                path.append(int(back[t][row, path[-1]]))
            paths[number] = path[::-1]
        return paths

    def marginals(self, emit: np.ndarray, field: str = "names") -> np.ndarray:
        """Probabilities of a field's labels by token (forward–backward)."""
        steps, start = np.exp(self.weights[f"{field}_steps"][:-1]), np.exp(self.weights[f"{field}_steps"][-1])
        chances = np.exp(emit - emit.max(axis=1, keepdims=True))
        ahead, behind = np.empty_like(chances), np.ones_like(chances)
        row = start * chances[0]
        ahead[0] = row = row / row.sum()
        for t in range(1, len(emit)):
            row = (row @ steps) * chances[t]
            ahead[t] = row = row / row.sum()
        row = behind[-1]
        for t in range(len(emit) - 2, -1, -1):
            row = steps @ (row * chances[t + 1])
            behind[t] = row = row / row.sum()
        total = ahead * behind
        return total / total.sum(axis=1, keepdims=True)


def _lstm(gates: np.ndarray, state: np.ndarray, live: Sequence[int]) -> np.ndarray:
    """States by step, side and sentence; ``live`` is how many sentences still go on."""
    length, _, count, width = gates.shape
    size = width // 4
    out = np.zeros((length, 2, count, size), np.float32)
    h, c = np.zeros((2, count, size), np.float32), np.zeros((2, count, size), np.float32)
    for t, n in enumerate(live):
        g = gates[t, :, :n] + h[:, :n] @ state
        s = _sigmoid(g[..., : 3 * size])
        c = s[..., size : 2 * size] * c[:, :n] + s[..., :size] * np.tanh(g[..., 3 * size :])
        h = s[..., 2 * size :] * np.tanh(c)
        out[t, :, :n] = h
    return out
