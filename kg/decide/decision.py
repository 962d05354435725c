"""From candidates to claims: what stands, how sure it is, and why the rest does not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, TypeVar

from kg.decide.constraints import CONSTRAINTS
from kg.decide.scorer import RuleScorer, Scorer
from kg.model import Candidate, Claim, Flag, Rejection

if TYPE_CHECKING:
    from kg.analyze.reading import Reading
    from kg.knowledge.load import Knowledge

_FIELDS = tuple(field.name for field in fields(Candidate))
_One = TypeVar("_One", bound=Candidate)
VOTED = "+model"  # behind the rule of a claim about a name that the model of names voted for


@dataclass(frozen=True, slots=True)
class Decision:
    """The claims of a text and what was considered and rejected, both in canonical order."""

    claims: tuple[Claim, ...]
    rejected: tuple[Rejection, ...]

    def without(self, claims: Collection[Claim], reason: str) -> Decision:
        """The decision without some of its claims, with the reason beside what else was rejected."""
        if not claims:
            return self
        gone = frozenset(claims)
        return Decision(tuple(c for c in self.claims if c not in gone), in_order((*self.rejected, *refusals(gone, reason))))


def refusals(claims: Iterable[Claim], reason: str) -> Iterator[Rejection]:
    """What is said of claims that are taken back for a reason."""
    return (Rejection(rule=c.rule, reason=reason, start=c.start, end=c.end) for c in claims)


def in_order(rejected: Iterable[Rejection]) -> tuple[Rejection, ...]:
    """Rejections in the order of the text, each once."""
    return tuple(sorted(set(rejected), key=lambda r: (r.start, r.end, r.rule, r.reason)))


def decide(
    proposed: Iterable[Candidate | Rejection], reading: Reading, knowledge: Knowledge, *, scorer: Scorer | None = None
) -> Decision:
    """Claims for the candidates that no constraint stands against; the order in which they were proposed changes nothing."""
    scorer = scorer or RuleScorer(knowledge.confidence)
    candidates, rejected = _parted(proposed)
    for constraint in CONSTRAINTS:
        candidates, refused = _parted(constraint(candidates, reading, knowledge), candidates)
        rejected += refused
    return Decision(
        tuple(_claim(c, scorer.score(c)) for c in candidates),
        in_order(rejected),
    )


def canonical(candidates: Iterable[_One]) -> list[_One]:
    """Candidates in the order of the text, each once, whatever order they came in.

    >>> from kg.model import Mention
    >>> where = dict(subject=Mention(start=0, end=2, kind="Person", name="가", rule="r"), object="교수", sentence=(0, 9))
    >>> one, two = (Candidate(relation="jobTitle", rule="r", start=start, end=5, **where) for start in (0, 3))
    >>> canonical([two, one, two]) == [one, two]
    True
    """
    groups = (list(same) for _, same in groupby(sorted(dict.fromkeys(candidates), key=_place), key=_place))
    return [c for same in groups for c in (same if len(same) == 1 else sorted(same, key=repr))]


def _place(candidate: Candidate) -> tuple[int, int, str, str]:
    return candidate.start, candidate.end, candidate.relation, candidate.rule


def _parted(found: Iterable[Candidate | Rejection], before: Sequence[Candidate] = ()) -> tuple[list[Candidate], list[Rejection]]:
    """Candidates in canonical order, and rejections; ``before`` are in that order already, and so is what is left of them."""
    candidates: list[Candidate] = []
    rejected: list[Rejection] = []
    for one in found:
        if isinstance(one, Rejection):
            rejected.append(one)
        else:
            candidates.append(one)
    places = {id(one): number for number, one in enumerate(before)}
    numbers = [places.get(id(one), -1) for one in candidates]
    if all(a < b for a, b in pairwise((-1, *numbers))):
        return candidates, rejected
    return canonical(candidates), rejected


def _claim(candidate: Candidate, confidence: float) -> Claim:
    values = {name: getattr(candidate, name) for name in _FIELDS}
    if Flag.VOTED in candidate.flags:
        values["rule"] += VOTED
    return Claim(**values, confidence=confidence)
