"""The one place that decides: candidates in canonical order, named constraints, a number for each, reasons for the rest."""

from __future__ import annotations

from kg.decide.decision import Decision, canonical, decide
from kg.decide.scorer import RuleScorer, Scorer

__all__ = ["Decision", "RuleScorer", "Scorer", "canonical", "decide"]
