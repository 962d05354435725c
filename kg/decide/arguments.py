"""The model of arguments: how probably an agent takes part in an event or holds it, from all that a text shows of the two.

It proposes what no pattern has said where it is sure, and stands against what a pattern has said where that is very unlikely.
Both thresholds are data, chosen out of fold. The model is a logistic regression with whole numbers for weights, so that sums are
the same on every machine. It lies in ``data/models/arguments``; without that folder everything else works, and a notice says so.
"""

from __future__ import annotations

import json
import warnings
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.decide.decision import Decision, canonical, decide, in_order, refusals
from kg.decide.pairs import Names, Pair, pairs
from kg.decide.scorer import RuleScorer, Scorer
from kg.errors import KnowledgeError
from kg.knowledge.resources import resource
from kg.model import STATED, Candidate, Claim, Mention, Thing

if TYPE_CHECKING:
    from kg.analyze.readings import Reading
    from kg.knowledge.load import Knowledge

Of = Callable[[Mention], Thing | None]

FOLDER = ("data", "models", "arguments")
RULE = "arguments"  # the family of its rules: arguments.participatedIn
UNLIKELY = "unlikely by what the text shows of the two"
_KEYS = frozenset({"relation", "also", "moot", "bias", "propose", "refuse", "rules", "steps"})
_EVIDENCE = 300  # characters of evidence beyond which nothing is proposed


@dataclass(frozen=True, slots=True)
class Judge:
    """What the model knows of one relation.

    ``also`` are relations that a refusal covers too, ``moot`` those that make a proposal idle; ``propose`` and ``refuse`` are
    scores from which and below which it speaks (None: never); ``rules`` are scores below which it refuses what some rules say;
    ``steps`` are (score from which on, probability), rising.
    """

    relation: str
    also: tuple[str, ...]
    moot: frozenset[str]
    bias: int
    propose: int | None
    refuse: int | None
    steps: tuple[tuple[int, float], ...]
    rules: Mapping[str, int] = field(default_factory=dict)

    def refuses(self, rule: str, score: int) -> bool:
        """Whether a score stands against what a rule says.

        >>> judge = Judge("signed", (), frozenset(), 0, None, -2400, (), {"notice.listed": -1000})
        >>> judge.refuses("clause.sign", -1500), judge.refuses("notice.listed", -1500)
        (False, True)
        """
        below = self.rules.get(rule.partition("+")[0], self.refuse)
        return below is not None and score < below

    def probability(self, score: int) -> float:
        """How probable the relation is at a score.

        >>> judge = Judge("hosted", (), frozenset(), 0, None, None, ((-4000, 0.02), (0, 0.5), (3000, 0.95)))
        >>> judge.probability(-5000), judge.probability(10), judge.probability(9000)
        (0.02, 0.5, 0.95)
        """
        return self.steps[max(bisect_right(self.steps, (score, 1.0)) - 1, 0)][1]


@dataclass(frozen=True, slots=True)
class Arguments:
    """The judges and, for each trait, what it adds to the score of each of them.

    ``shortest`` is the length in characters of the shortest text that it has learned from: of less it says nothing.
    """

    judges: tuple[Judge, ...]
    weights: Mapping[str, tuple[int, ...]]
    shortest: int = 0

    def score(self, pair: Pair, number: int) -> int:
        """The score of a pair for the n-th judge: whole thousandths, so that the order of traits changes nothing."""
        weights = self.weights
        return self.judges[number].bias + sum(weights[trait][number] for trait in pair.traits if trait in weights)


def load(folder: Path) -> Arguments:
    """The model in a folder; raises KnowledgeError for what is none."""
    path = folder / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    if meta.get("format") != 2:
        raise KnowledgeError(path, "format", meta.get("format"), allowed=(2,))
    for row in meta["judges"]:
        if row.keys() != _KEYS:
            raise KnowledgeError(path, "judges", sorted(row.keys() ^ _KEYS), allowed=sorted(_KEYS))
    judges = tuple(
        Judge(
            row["relation"],
            tuple(row["also"]),
            frozenset(row["moot"]),
            row["bias"],
            row["propose"],
            row["refuse"],
            tuple((score, chance) for score, chance in row["steps"]),
            row["rules"],
        )
        for row in meta["judges"]
    )
    weights = {}
    for number, line in enumerate((folder / "weights.tsv").read_text(encoding="utf-8").splitlines(), 1):
        trait, *columns = line.split("\t")
        if len(columns) != len(judges):
            why = f"should have a trait and {len(judges)} numbers"
            raise KnowledgeError(folder / "weights.tsv", f"line {number}", line, why=why)
        weights[trait] = tuple(map(int, columns))
    shortest = meta.get("shortest")
    if not isinstance(shortest, int):
        raise KnowledgeError(path, "shortest", shortest, why="should be a number of characters")
    return Arguments(judges, weights, shortest)


@lru_cache(maxsize=1)
def load_arguments() -> Arguments | None:
    """The shipped model; None, with a notice, where it is not there."""
    folder = resource(*FOLDER)
    if not (folder / "meta.json").is_file():
        warnings.warn(f"{folder} is not there: nothing is proposed or refused by the model of arguments", stacklevel=2)
        return None
    return load(folder)


@dataclass(frozen=True, slots=True)
class _Chances:
    """A scorer for what the model itself proposes; constraints may add to that what a rule says."""

    chances: Mapping[tuple, float]
    rules: Scorer

    def score(self, candidate: Candidate) -> float:
        own = self.chances.get(_place(candidate))
        return self.rules.score(candidate) if own is None else own


def _place(candidate: Candidate) -> tuple:
    """By what a candidate is known again after the constraints, which may have put another event in its place."""
    return candidate.rule, candidate.subject.start, candidate.start, candidate.end


def weighed(decision: Decision, model: Arguments | None, reading: Reading, names: Names, knowledge: Knowledge) -> Decision:
    """A decision with what the model adds to it and takes from it; what it adds passes the same constraints as all else."""
    if model is None or len(reading.tokens.text) < model.shortest:
        return decision
    found = list(pairs(reading, decision.claims, names, knowledge))
    refused = _refused(decision.claims, found, names.of, model)
    stay = [claim for claim in decision.claims if claim not in refused]
    chances = dict(_proposed(stay, found, names.of, model))
    if not refused and not chances:
        return decision
    least: dict[tuple, float] = {}
    for candidate, chance in chances.items():
        least[_place(candidate)] = min(chance, least.get(_place(candidate), 1.0))
    more = decide(chances, reading, knowledge, scorer=_Chances(least, RuleScorer(knowledge.confidence)))
    rejected = in_order((*decision.rejected, *more.rejected, *refusals(refused, UNLIKELY)))
    return Decision(tuple(canonical([*stay, *more.claims])), rejected)


def _refused(claims: Sequence[Claim], found: Sequence[Pair], of: Of, model: Arguments) -> set[Claim]:
    by_things: dict[tuple[Thing | None, Thing | None], Pair] = {(pair.agent, pair.event): pair for pair in found}
    refused = set()
    for number, judge in enumerate(model.judges):
        for claim in claims:
            if claim.relation in (judge.relation, *judge.also) and claim.status in STATED and isinstance(claim.object, Mention):
                pair = by_things.get((of(claim.subject), of(claim.object)))
                if pair is not None and judge.refuses(claim.rule, model.score(pair, number)):
                    refused.add(claim)
    return refused


def _proposed(claims: Sequence[Claim], found: Sequence[Pair], of: Of, model: Arguments) -> Iterator[tuple[Candidate, float]]:
    said = {(of(c.subject), c.relation, of(c.object)) for c in claims if isinstance(c.object, Mention)}
    for number, judge in enumerate(model.judges):
        if judge.propose is None:
            continue
        for pair in found:
            start, end = pair.words
            idle = any((pair.agent, relation, pair.event) in said for relation in (judge.relation, *judge.also, *judge.moot))
            score = model.score(pair, number)
            if score >= judge.propose and not idle and end - start <= _EVIDENCE:
                agent, event = pair.mentions
                candidate = Candidate(
                    relation=judge.relation,
                    subject=agent,
                    object=event,
                    rule=f"{RULE}.{judge.relation}",
                    start=start,
                    end=end,
                    sentence=pair.sentence,
                    status=pair.status,
                )
                yield candidate, judge.probability(score)
