"""Teach the LSTM the language before names: its forward half says the next morpheme, its backward half the one before.

Morphemes are told apart by their frozen vectors against sampled others (sampled softmax), so no output layer is learned.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.train.network import Example, Settings, batches, hidden, optimizer

SAMPLES = 1024


def pretrain(
    examples: Sequence[Example], vectors: np.ndarray, settings: Settings, *, start: dict[str, np.ndarray], targets: np.ndarray
) -> dict[str, np.ndarray]:
    """Weights after ``settings.epochs`` passes over unlabelled sentences.

    ``targets`` are the morphemes' own vectors, one for each row of ``vectors`` but the last, which only pads.
    """
    import jax
    import jax.numpy as jnp

    size = start["forward_state"].shape[0]
    rng = np.random.default_rng(settings.seed)
    shape = size, targets.shape[1]
    saying = {f"say_{side}": (rng.standard_normal(shape) / np.sqrt(size)).astype(np.float32) for side in ("next", "last")}
    weights = jax.tree.map(jnp.asarray, {**start, **saying})
    counts = np.bincount(np.concatenate([e.rows for e in examples]), minlength=len(targets)).astype(np.float64)
    chance = counts**0.75
    chance /= chance.sum()
    bias = np.log((counts + 0.5) / counts.sum()).astype(np.float32)
    expected = np.log(np.maximum(chance, 1e-12) * SAMPLES).astype(np.float32)

    def loss_of(weights, batch, key):
        h = hidden(weights, batch, key, settings)
        pairs = batch["mask"][1:]
        loss = 0.0
        for side, states, number, vector, offset in (
            ("next", h[:-1, :, :size], batch["number"][1:], batch["target"][1:], batch["offset"][1:]),
            ("last", h[1:, :, size:], batch["number"][:-1], batch["target"][:-1], batch["offset"][:-1]),
        ):
            said = states @ weights[f"say_{side}"]
            own = (said * vector).sum(-1) + offset
            others = said @ batch["others"].T + batch["others_offset"]
            others = jnp.where(number[:, :, None] == batch["others_number"], -1e9, others)
            loss += ((jnp.logaddexp(own, jax.nn.logsumexp(others, axis=-1)) - own) * pairs).sum()
        return loss / (2 * pairs.sum())

    update = optimizer(loss_of, settings)
    state = weights, jax.tree.map(jnp.zeros_like, weights), jax.tree.map(jnp.zeros_like, weights), weights
    total = settings.epochs * sum(1 for _ in batches(examples, vectors, settings.batch, None))
    key, done, losses = jax.random.PRNGKey(settings.seed), 0, []
    for _epoch in range(settings.epochs):
        for batch in batches(examples, vectors, settings.batch, rng):
            number = np.minimum(batch["rows"], len(targets) - 1)  # what pads is masked
            others = rng.choice(len(targets), SAMPLES, p=chance)
            batch |= {
                "number": number,
                "target": targets[number],
                "offset": bias[number] - expected[number],
                "others": targets[others],
                "others_offset": bias[others] - expected[others],
                "others_number": others,
            }
            key, sub = jax.random.split(key)
            state, loss = update(state, batch, sub, float(done), float(total))
            done += 1
            losses.append(loss)
            if done % 100 == 0:
                print(f"  {done}/{total}: {np.mean([float(x) for x in losses[-100:]]):.3f}", flush=True)
    return {name: np.asarray(value) for name, value in state[3].items() if not name.startswith("say_")}
