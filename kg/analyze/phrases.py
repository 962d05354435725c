"""Phrases, of which a sentence is a row: noun phrases with their particles, predicates with their endings, adverbs, quotations."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Value

LOST = "?"  # the particle of a noun phrase that has lost it


@dataclass(slots=True)
class Phrase:
    """One phrase of a sentence. ``kind``: NP, PRED, ADV or QUOTE; ``first``/``last`` are token indexes (inclusive).

    NP: ``particle`` is what follows (이, 에서, "," or "" …), ``notes`` are parentheses after it as (open, close) tokens,
    ``quoted`` title-like quotations inside it. PRED: ``lemma``, ``ending`` (final, connective, adnominal, nominal, reported),
    ``connective`` its form, and what the clause claims (``negated``, ``planned``, ``past``).
    """

    kind: str
    first: int
    last: int
    particle: str = ""
    notes: list[tuple[int, int]] = field(default_factory=list)
    quoted: list[tuple[int, int]] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    determiner: str | None = None
    comma: bool = False
    lemma: str = ""
    ending: str = ""
    connective: str = ""
    negated: bool = False
    planned: bool = False
    past: bool = False
    auxiliaries: tuple[str, ...] = ()
    value: Value | None = None
    start: int = -1
