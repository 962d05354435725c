"""Events that a text only mentions in passing: what it says of them beside the dated event that it is about is seldom more than a name's words.

Who is told to take part in one takes part in the event that the text is about, as a rule: a session, a ceremony, or another name of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.decide.decision import Decision
from kg.knowledge.schema import schema
from kg.model import STATED, Claim, Mention, Origin, Thing

if TYPE_CHECKING:
    from kg.knowledge.load import Knowledge

IN_PASSING = "said of an event in passing"
_TOLD = frozenset(
    """startDate endDate venue city edition mode attendeeCount topic hosted coHosted organized sponsored participatedIn chaired
    presentedAt signed""".split()
)


# What makes an event one of its own: a day, a place, somebody who holds it, a number in a series.
_OWN = frozenset("startDate endDate venue city edition hosted coHosted organized signed".split())
_HELD = _OWN - {"startDate", "edition"}


def in_passing(decision: Decision, of: Callable[[Mention], Thing | None], knowledge: Knowledge) -> Decision:
    """A decision without what needs other statements of its event that the text does not make, where another event has its day.

    What may be said of the one event that the text is about instead (``carried``) is said of that.
    """
    told = _told(decision.claims, of)
    dated = {event for event, relations in told.items() if "startDate" in relations}
    refused = [c for c in decision.claims if _refuses(c, of, told, dated, knowledge)]
    return _carried(decision.without(refused, IN_PASSING), of, knowledge)


def _told(claims: Iterable[Claim], of: Callable[[Mention], Thing | None]) -> dict[Thing, set[str]]:
    """What claims say of each event, by relation."""
    told: dict[Thing, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.relation in _TOLD and claim.status in STATED and (event := _event(claim, of)) is not None:
            told[event].add(claim.relation)
    return told


def _carried(decision: Decision, of: Callable[[Mention], Thing | None], knowledge: Knowledge) -> Decision:
    """A decision that says of the one event with a day, and a place or a host, what it says of events that have nothing of their own.

    What a clause says of its own event (간담회에 참석했다) stays.
    """
    told = _told(decision.claims, of)
    held = [event for event, relations in told.items() if "startDate" in relations and relations & _HELD]
    if len(held) != 1:
        return decision
    day = next(c for c in decision.claims if c.relation == "startDate" and c.status in STATED and of(c.subject) == held[0])

    def carried(claim: Claim) -> Claim:
        free = claim.relation in knowledge.events.carried and claim.status in STATED and claim.origin is not Origin.CLAUSE
        event = _event(claim, of) if free else None
        moves = event is not None and event != held[0] and not told[event] & _OWN
        return replace(claim, object=day.subject) if moves else claim

    return replace(decision, claims=tuple(carried(c) for c in decision.claims))


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
