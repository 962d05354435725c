"""Regressions as they are kept: a table of whole numbers by trait, and what belongs to it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from kg.errors import KnowledgeError


def read_meta(path: Path, keys: Collection[str]) -> dict[str, Any]:
    """What belongs to a table of format 1; raises KnowledgeError for other keys or another format."""
    meta = json.loads(path.read_text(encoding="utf-8"))
    if meta.keys() != set(keys):
        raise KnowledgeError(path, "keys", sorted(meta.keys() ^ set(keys)), allowed=sorted(keys))
    if meta["format"] != 1:
        raise KnowledgeError(path, "format", meta["format"], allowed=(1,))
    return meta


def read_weights(path: Path) -> dict[str, int]:
    """What each trait adds to a score, in thousandths; raises KnowledgeError for a line that is no trait and number."""
    weights = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").rstrip("\n").split("\n"), 1):
        trait, _, weight = line.rpartition("\t")
        if not trait or not weight.lstrip("-").isdigit():
            raise KnowledgeError(path, f"line {number}", line, why="should have a trait and a number")
        weights[trait] = int(weight)
    return weights


def total(weights: Mapping[str, int], traits: Collection[str], bias: int) -> int:
    """The score of some traits: a sum of whole numbers, which the order of traits and the machine do not change.

    >>> total({"age": 900, "kind": -200}, ("kind", "age", "unheard of"), -300)
    400
    """
    return bias + sum(weights[trait] for trait in traits if trait in weights)
