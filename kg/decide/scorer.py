"""How sure a candidate is: ``RuleScorer`` reads it from ``data/confidence.toml``; others can stand in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kg.knowledge.confidence import Confidence
from kg.model import Candidate, Flag


class Scorer(Protocol):
    """What ``decide`` asks for the confidence of a candidate that no constraint stands against."""

    def score(self, candidate: Candidate) -> float:
        """How probably the text says what the candidate says, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class RuleScorer:
    """The number of the candidate's rule, less what a vote takes from it.

    >>> from kg.model import Mention
    >>> one = Mention(start=0, end=3, kind="Person", name="문가람", rule="title-anchor")
    >>> said = Candidate(relation="jobTitle", subject=one, object="교수", rule="beside.title", start=0, end=6, sentence=(0, 6))
    >>> RuleScorer(Confidence({"beside": 0.9}, {"voted": 0.5})).score(said)
    0.9
    """

    confidence: Confidence

    def score(self, candidate: Candidate) -> float:
        """The number of the rule in the table; raises KeyError for a rule of a family that the table lacks."""
        own = self.confidence.of(candidate.rule)
        return round(own * self.confidence.factors["voted"], 3) if Flag.VOTED in candidate.flags else own
