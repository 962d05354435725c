"""The named guards that patterns put up against a match; ``kg.knowledge.patterns.GUARDS`` says what each refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.knowledge.patterns import Pattern
from kg.patterns.membership import of_members

FUNCTIONS: Mapping[str, Mapping[str, Callable[..., bool]]] = {
    "clause": {"membership": of_members},
    "apposition": {},
}


def refused(pattern: Pattern, *what: object) -> bool:
    """Whether one of a pattern's guards stands against a match; ``what`` is what the guards of its view are asked about."""
    return any(FUNCTIONS[pattern.over][name](*what) for name in pattern.unless)
