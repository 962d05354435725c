"""Events that a text only mentions in passing: what it says of them beside the dated event that it is about is seldom more than a name's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.decide.decision import Decision
from kg.knowledge.schema import schema
from kg.model import STATED, Claim, Mention, Thing

if TYPE_CHECKING:
    from kg.knowledge.load import Knowledge

IN_PASSING = "said of an event in passing"
_TOLD = frozenset(
    """startDate endDate venue city edition mode attendeeCount topic hosted coHosted organized sponsored participatedIn chaired
    presentedAt signed""".split()
)


def in_passing(decision: Decision, of: Callable[[Mention], Thing | None], knowledge: Knowledge) -> Decision:
    """A decision without what needs other statements of its event that the text does not make, where another event has its day."""
    told: dict[Thing, set[str]] = defaultdict(set)
    for claim in decision.claims:
        if claim.relation in _TOLD and claim.status in STATED and (event := _event(claim, of)) is not None:
            told[event].add(claim.relation)
    dated = {event for event, relations in told.items() if "startDate" in relations}
    refused = [c for c in decision.claims if _refuses(c, of, told, dated, knowledge)]
    return decision.without(refused, IN_PASSING)


def _refuses(
    claim: Claim, of: Callable[[Mention], Thing | None], told: dict[Thing, set[str]], dated: set[Thing], knowledge: Knowledge
) -> bool:
    needed = knowledge.events.passing.get(claim.relation)
    event = _event(claim, of) if needed and claim.status in STATED else None
    if needed is None or event is None or len(dated) <= (event in dated):
        return False
    return not needed & told[event] if needed != {"any"} else told[event] == {claim.relation}


def _event(claim: Claim, of: Callable[[Mention], Thing | None]) -> Thing | None:
    """The event that a claim is about: its subject, or what an agent or a talk has to do with."""
    for mention in (claim.subject, claim.object):
        if isinstance(mention, Mention) and schema().is_a(mention.kind, "Event"):
            return of(mention)
    return None
