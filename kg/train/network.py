"""The network in JAX: embeddings and frozen vectors, one bidirectional LSTM, two conditional random fields; its training.

``kg.analyze.ner`` computes the same in NumPy. The second field learns the finer kinds (titles, events, buildings …) of the same
sentences; it is also what keeps the first from learning single names by heart.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kg.analyze.ner_features import CATEGORIES, FLAGS

LENGTHS = (20, 40, 72, 160)
# The fields that annotated articles teach: names, which do not nest (a country and a title among them), and what may have names in it.
FIELDS = {"press": ("PS", "OG", "LC", "CO", "TT"), "wide": ("EV", "TK")}


def labels_of(field: str) -> tuple[str, ...]:
    """The labels of a field.

    >>> labels_of("wide")
    ('O', 'BEV', 'IEV', 'BTK', 'ITK')
    """
    return ("O", *(mark + kind for kind in FIELDS[field] for mark in "BI"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be chosen for a training."""

    static: int = 96
    hidden: int = 96
    epochs: int = 14
    batch: int = 1100
    rate: float = 2e-3
    dropout: float = 0.4
    word_dropout: float = 0.15
    fine: float = 0.4
    annotated: float = 1.0
    decay: float = 0.995
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence: categories, flags and frozen vectors by token; label numbers of both fields (-1: unknown), weight.

    ``allowed`` says by field of the annotated articles which labels each token may have; a sentence with none has all.
    """

    categories: np.ndarray
    flags: np.ndarray
    rows: np.ndarray
    labels: np.ndarray
    fine: np.ndarray | None
    weight: float = 1.0
    allowed: Mapping[str, np.ndarray] | None = None


def initial(vectors: int, labels: int, fine: int, settings: Settings) -> dict[str, np.ndarray]:
    """Random weights."""
    rng = np.random.default_rng(settings.seed)

    def dense(*shape: int) -> np.ndarray:
        return (rng.standard_normal(shape) / np.sqrt(shape[0])).astype(np.float32)

    weights = {f"embed_{name}": (rng.standard_normal(shape) * 0.1).astype(np.float32) for name, shape in CATEGORIES.items()}
    size = settings.static + sum(width for _, width in CATEGORIES.values()) + len(FLAGS)
    weights["static"] = dense(vectors, settings.static)
    for side in ("forward", "backward"):
        weights[f"{side}_in"] = dense(size, 4 * settings.hidden)
        weights[f"{side}_state"] = dense(settings.hidden, 4 * settings.hidden)
        bias = np.zeros(4 * settings.hidden, np.float32)
        bias[settings.hidden : 2 * settings.hidden] = 1.0
        weights[f"{side}_bias"] = bias
    own = {field: len(labels_of(field)) for field in FIELDS}
    for name, count in (("names", labels), ("fine", fine), *own.items()):
        weights[f"{name}_out"], weights[f"{name}_bias"] = dense(2 * settings.hidden, count), np.zeros(count, np.float32)
    for name, count in (("names", labels), *own.items()):
        weights[f"{name}_steps"] = np.zeros((count + 1, count), np.float32)  # the last row: from the start
    return weights


def _lstm(x, mask, w_in, w_state, bias, reverse):
    import jax
    import jax.numpy as jnp

    size = w_state.shape[0]
    gates = x @ w_in + bias

    def step(carry, now):
        h, c = carry
        g, m = now
        g = g + h @ w_state
        i, f, o = jnp.split(jax.nn.sigmoid(g[:, : 3 * size]), 3, axis=1)
        new_c = f * c + i * jnp.tanh(g[:, 3 * size :])
        new_h = o * jnp.tanh(new_c)
        m = m[:, None]
        return (h + m * (new_h - h), c + m * (new_c - c)), new_h * m

    zero = jnp.zeros((x.shape[1], size), x.dtype)
    _, out = jax.lax.scan(step, (zero, zero), (gates, mask), reverse=reverse)
    return out


def hidden(weights, batch, key, settings: Settings | None):
    """What the LSTM makes of the tokens, time first: forward half, backward half; with ``settings`` dropout is on."""
    import jax
    import jax.numpy as jnp

    parts = [batch["vectors"] @ weights["static"]]
    for column, name in enumerate(CATEGORIES):
        part = weights[f"embed_{name}"][batch["categories"][:, :, column]]
        if settings and name in ("word", "prefix", "suffix"):
            key, sub = jax.random.split(key)
            part = part * jax.random.bernoulli(sub, 1 - settings.word_dropout, part.shape[:2])[:, :, None]
        parts.append(part)
    x = jnp.concatenate([*parts, batch["flags"]], axis=2)

    def drop(x, key):
        keep = 1 - (settings.dropout if settings else 0.0)
        return x * jax.random.bernoulli(key, keep, (1, *x.shape[1:])) / keep  # one mask for all steps of a sentence

    if settings:
        key, sub = jax.random.split(key)
        x = drop(x, sub)
    mask = batch["mask"]
    h = jnp.concatenate(
        [
            _lstm(x, mask, weights["forward_in"], weights["forward_state"], weights["forward_bias"], False),
            _lstm(x, mask, weights["backward_in"], weights["backward_state"], weights["backward_bias"], True),
        ],
        axis=2,
    )
    if settings:
        key, sub = jax.random.split(key)
        h = drop(h, sub)
    return h


def scores(weights, batch, key, settings: Settings | None):
    """Scores of labels by field."""
    h = hidden(weights, batch, key, settings)
    return {field: h @ weights[f"{field}_out"] + weights[f"{field}_bias"] for field in ("names", "fine", *FIELDS)}


def _field_loss(emit, labels, mask, steps):
    """Negative log-likelihood by sentence of a linear-chain conditional random field."""
    import jax
    import jax.numpy as jnp

    start, steps = steps[-1], steps[:-1]
    alpha = emit[0] + start
    gold = jnp.take_along_axis(alpha, labels[0][:, None], 1)[:, 0]

    def step(carry, now):
        alpha, gold, before = carry
        e, y, m = now
        new = jax.nn.logsumexp(alpha[:, :, None] + steps[None], axis=1) + e
        more = jnp.take_along_axis(e, y[:, None], 1)[:, 0] + steps[before, y]
        return (jnp.where(m[:, None] > 0, new, alpha), gold + m * more, jnp.where(m > 0, y, before)), None

    (alpha, gold, _), _ = jax.lax.scan(step, (alpha, gold, labels[0]), (emit[1:], labels[1:], mask[1:]))
    return jax.nn.logsumexp(alpha, axis=1) - gold


def _allowed_loss(emit, allowed, mask, steps):
    """Negative log-likelihood by sentence of all label sequences that the annotation allows."""
    import jax
    import jax.numpy as jnp

    start, steps = steps[-1], steps[:-1]
    may = jnp.where(allowed > 0, 0.0, -1e4)
    begin = emit[0] + start

    def step(carry, now):
        every, some = carry
        e, a, m = now
        new = jax.nn.logsumexp(every[:, :, None] + steps[None], axis=1) + e
        fits = jax.nn.logsumexp(some[:, :, None] + steps[None], axis=1) + e + a
        on = m[:, None] > 0
        return (jnp.where(on, new, every), jnp.where(on, fits, some)), None

    (every, some), _ = jax.lax.scan(step, (begin, begin + may[0]), (emit[1:], may[1:], mask[1:]))
    return jax.nn.logsumexp(every, axis=1) - jax.nn.logsumexp(some, axis=1)


def batches(examples: Sequence[Example], vectors: np.ndarray, size: int, rng: np.random.Generator | None) -> Iterator[dict]:
    """Sentences of like length together, padded to few lengths; in random order with ``rng``."""
    groups: dict[int, list[int]] = {length: [] for length in LENGTHS}
    for number in range(len(examples)) if rng is None else rng.permutation(len(examples)):
        groups[next((n for n in LENGTHS if len(examples[number].rows) <= n), LENGTHS[-1])].append(int(number))
    chunks = [
        (length, group[i : i + size // length]) for length, group in groups.items() for i in range(0, len(group), size // length)
    ]
    for pick in range(len(chunks)) if rng is None else rng.permutation(len(chunks)):
        length, numbers = chunks[pick]
        shape = length, size // length
        batch = {
            "categories": np.zeros((*shape, len(CATEGORIES)), np.int32),
            "flags": np.zeros((*shape, len(FLAGS)), np.float32),
            "rows": np.full(shape, len(vectors) - 1, np.int32),
            "labels": np.zeros(shape, np.int32),
            "fine": np.full(shape, -1, np.int32),
            "mask": np.zeros(shape, np.float32),
            "weight": np.zeros(shape[1], np.float32),
            "named": np.zeros(shape[1], np.float32),
        }
        batch |= {field: np.ones((*shape, len(labels_of(field))), np.uint8) for field in FIELDS}
        for j, number in enumerate(numbers):
            e = examples[number]
            n = min(len(e.rows), length)
            batch["categories"][:n, j], batch["flags"][:n, j], batch["rows"][:n, j] = e.categories[:n], e.flags[:n], e.rows[:n]
            batch["labels"][:n, j], batch["mask"][:n, j], batch["weight"][j] = e.labels[:n], 1.0, e.weight
            if e.fine is not None:
                batch["fine"][:n, j] = e.fine[:n]
            batch["named"][j] = e.allowed is None
            for field, may in (e.allowed or {}).items():
                batch[field][:n, j] = may[:n]
        batch["vectors"] = vectors[batch["rows"]]
        yield batch


def optimizer(loss_of, settings: Settings):
    """One step of Adam with a falling rate; the state is (weights, first, second moments, running mean of the weights)."""
    import jax
    import jax.numpy as jnp

    def update(state, batch, key, number, total):
        weights, first, second, mean = state
        loss, grad = jax.value_and_grad(loss_of)(weights, batch, key)
        norm = jnp.sqrt(sum(jnp.sum(g * g) for g in jax.tree.leaves(grad)))
        grad = jax.tree.map(lambda g: g * jnp.minimum(1.0, 1.0 / norm), grad)
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, grad)
        second = jax.tree.map(lambda v, g: 0.99 * v + 0.01 * g * g, second, grad)
        t = number + 1.0
        rate = settings.rate * jnp.minimum(1.0, t / 60) * jnp.maximum(0.05, 1 - number / total)
        move = jax.tree.map(lambda m, v: (m / (1 - 0.9**t)) / (jnp.sqrt(v / (1 - 0.99**t)) + 1e-8), first, second)
        weights = jax.tree.map(lambda w, m: w - rate * m, weights, move)
        keep = jnp.minimum(settings.decay, t / (t + 9))
        return (weights, first, second, jax.tree.map(lambda a, w: keep * a + (1 - keep) * w, mean, weights)), loss

    return jax.jit(update)


def train(
    examples: Sequence[Example],
    vectors: np.ndarray,
    labels: int,
    fine: int,
    settings: Settings,
    report: Callable[[int, float, dict], None] | None = None,
    start: dict | None = None,
) -> dict[str, np.ndarray]:
    """Weights, averaged over the last steps; ``report(epoch, loss, weights)`` is called after each epoch."""
    import jax
    import jax.numpy as jnp

    weights = jax.tree.map(jnp.asarray, start or initial(vectors.shape[1], labels, fine, settings))
    state = weights, jax.tree.map(jnp.zeros_like, weights), jax.tree.map(jnp.zeros_like, weights), weights
    rng = np.random.default_rng(settings.seed)
    per_epoch = sum(1 for _ in batches(examples, vectors, settings.batch, None))
    total = per_epoch * settings.epochs

    def loss_of(weights, batch, key):
        said = scores(weights, batch, key, settings)
        loss = _field_loss(said["names"], batch["labels"], batch["mask"], weights["names_steps"]) * batch["named"]
        for field in FIELDS:
            loss += settings.annotated * _allowed_loss(said[field], batch[field], batch["mask"], weights[f"{field}_steps"])
        known = (batch["fine"] >= 0) * batch["mask"] * batch["weight"]
        picked = jnp.take_along_axis(jax.nn.log_softmax(said["fine"]), jnp.maximum(batch["fine"], 0)[:, :, None], 2)[:, :, 0]
        loss = (loss * batch["weight"]).sum() - settings.fine * (picked * known).sum()
        return loss / batch["mask"].sum()

    update = optimizer(loss_of, settings)
    key, number = jax.random.PRNGKey(settings.seed), 0
    for epoch in range(settings.epochs):
        began, losses = time.perf_counter(), []
        for batch in batches(examples, vectors, settings.batch, rng):
            key, sub = jax.random.split(key)
            state, loss = update(state, batch, sub, float(number), float(total))
            number += 1
            losses.append(loss)
        if report:
            report(epoch, float(np.mean([float(x) for x in losses])), state[3])
            print(f"  epoch {epoch + 1}: {time.perf_counter() - began:.0f} s", flush=True)
    return {name: np.asarray(value) for name, value in state[3].items()}
