"""Vectors of morphemes out of Kiwi's own language model, by its public interface.

Kiwi says how alike two morphemes are (cosine of vectors of 256 dimensions). From the likeness of all to 320 anchors the vectors
follow exactly, up to a rotation: with G the anchors' likeness among themselves, ``S · Q · w^-1/2`` for ``G = Q w Qᵀ``.
"""

from __future__ import annotations

import numpy as np

DIMENSIONS, ANCHORS = 256, 320
SCALE = 4.0  # unit vectors of 256 dimensions are small beside the other features


def kiwi_vectors(seed: int = 0) -> tuple[list[tuple[str, str]], np.ndarray]:
    """((form, tag) by row, unit vectors). The first rows, with empty forms, stand for unknown morphemes of a tag."""
    from kg.analyze.tokenizer import kiwi

    analyser = kiwi()
    size = len(analyser.most_similar_morphemes(500, top_n=1_000_000))
    names = [(m.form, str(m.tag)) for m in map(analyser.morpheme, range(size))]
    anchors = np.sort(np.random.default_rng(seed).choice(np.arange(200, 20_000), ANCHORS, replace=False))
    likeness = np.zeros((size, ANCHORS))
    for column, anchor in enumerate(anchors):
        similar = analyser.most_similar_morphemes(int(anchor), top_n=size)
        likeness[[s.id for s in similar], column] = [s.score for s in similar]
        likeness[anchor, column] = 1.0
    among = likeness[anchors]
    power, axes = np.linalg.eigh((among + among.T) / 2)
    power, axes = power[::-1][:DIMENSIONS], axes[:, ::-1][:, :DIMENSIONS]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(DIMENSIONS)])  # the sign of an axis is free
    return names, (likeness @ (axes / np.sqrt(power))).astype(np.float32)


def quantized(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(int8 rows, a scale by row)."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
    return np.round(vectors / scales[:, None]).astype(np.int8), scales.astype(np.float32)
