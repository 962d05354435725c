"""Logistic regression over traits, in whole numbers: what both models of ``data/models/arguments`` are fitted by."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np


class Example(Protocol):
    """What is learned from: the traits of something in an article."""

    @property
    def article(self) -> str:
        """The article's identifier."""

    @property
    def traits(self) -> tuple[str, ...]:
        """What is seen."""


def place(article: str) -> float:
    """Where an article stands in a fixed order at random, from 0 to 1; it decides the fold, and who is in a share."""
    return int(hashlib.sha256(f"arguments {article}".encode()).hexdigest()[:12], 16) / 16**12


def fitted(found: Sequence[Example], truth: np.ndarray, use: np.ndarray, settings: Mapping) -> tuple[dict[str, int], int]:
    """Weights and bias, in thousandths, from the examples in use; a trait counts that enough articles show."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    chosen = np.flatnonzero(use).tolist()
    shown = Counter(trait for _, trait in {(found[i].article, trait) for i in chosen for trait in found[i].traits})
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([{t: 1.0 for t in found[i].traits if shown[t] >= settings["articles"]} for i in chosen])
    rows.indices, rows.indptr = rows.indices.astype(np.int32), rows.indptr.astype(np.int32)  # what the solver takes
    model = LogisticRegression(C=settings["strength"], solver="liblinear", max_iter=2000, random_state=0).fit(rows, truth[chosen])
    names = vectorizer.get_feature_names_out()
    return {n: round(1000 * w) for n, w in zip(names, model.coef_[0])}, round(1000 * model.intercept_[0])


def out_of_fold(
    found: Sequence[Example], truth: np.ndarray, counts: np.ndarray, settings: Mapping, share: float = 1.0
) -> np.ndarray:
    """Scores of all examples, each by a model that has seen a share of the other folds and nothing of its article."""
    folds = settings["folds"]
    places = np.array([place(e.article) for e in found])
    of, within = (places * folds).astype(int), places * folds % 1
    scores = np.zeros(len(found), int)
    for fold in range(folds):
        weights, bias = fitted(found, truth, (of != fold) & (within < share) & counts, settings)
        for i in np.flatnonzero(of == fold).tolist():
            scores[i] = bias + sum(weights.get(t, 0) for t in found[i].traits)
    return scores
