"""Precision, recall and F1 of names by kind, for all sentences, news and film reviews apart; over characters, exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from kg.analyze.ner import spans
from kg.analyze.ner_network import Network
from kg.train.data import KINDS, LABELS, Sentence

ALL = "all"


def found(sentence: Sentence, path: Sequence[int], labels: Sequence[str]) -> set[tuple[int, int, str]]:
    """Names as (start, end, kind) in characters, from label numbers by token."""
    ends = [s + len(w) for s, w in zip(sentence.starts, sentence.words)]
    return {(sentence.starts[a], ends[b - 1], kind) for a, b, kind in spans(path, labels)}


def count(pairs: Iterable[tuple[Sentence, set, set]], kinds: Sequence[str] = KINDS) -> Counter:
    """(source, kind, outcome) → number, outcomes right, wrong and missed."""
    counts: Counter = Counter()
    for sentence, gold, said in pairs:
        source = "news" if sentence.identifier.endswith("wikitree") else "film"
        for outcome, names in (("right", gold & said), ("wrong", said - gold), ("missed", gold - said)):
            for _, _, kind in names:
                if kind in kinds:
                    for where in (ALL, source):
                        counts.update(((where, kind, outcome), (where, ALL, outcome)))
    return counts


def rates(counts: Counter, where: str, kind: str) -> tuple[float, float, float]:
    """(precision, recall, F1).

    >>> rates(Counter({("all", "PS", "right"): 3, ("all", "PS", "wrong"): 1}), "all", "PS")
    (0.75, 1.0, 0.857...)
    """
    right, wrong, missed = (counts[where, kind, outcome] for outcome in ("right", "wrong", "missed"))
    return right / max(right + wrong, 1), right / max(right + missed, 1), 2 * right / max(2 * right + wrong + missed, 1)


def row(counts: Counter, where: str = ALL, kinds: Sequence[str] = KINDS) -> str:
    """F1 of all kinds and of each, as cells of a table."""
    return " | ".join(f"{rates(counts, where, kind)[2]:.3f}" for kind in (ALL, *kinds))


def measure(weights: dict[str, np.ndarray], sentences: Sequence[Sentence], inputs: Sequence[tuple]) -> Counter:
    """Counts of the first field over sentences with names."""
    network = Network(weights)
    scores = network.scores(inputs)
    return count((s, set(s.spans), found(s, network.best(names), LABELS)) for s, (names, _) in zip(sentences, scores))


def measure_finer(
    weights: dict[str, np.ndarray],
    sentences: Sequence[Sentence],
    inputs: Sequence[tuple],
    labels: Sequence[str],
    kinds: Sequence[str],
) -> Counter:
    """Counts of the second field over sentences that have finer names."""
    scores = Network(weights).scores(inputs)
    pairs = (
        (s, set(s.finer), found(s, finer.argmax(axis=1).tolist(), labels)) for s, (_, finer) in zip(sentences, scores) if s.finer
    )
    return count(pairs, kinds)
