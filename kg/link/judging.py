"""Judging pairs of people and of events: here or, where there are many, in pieces by an engine; the verdicts are the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from kg.engine import Engine, Lost
from kg.knowledge.load import Knowledge
from kg.link import events, people
from kg.link.group import Verdict

if TYPE_CHECKING:
    from kg.knowledge.own_names import Own

Pair = tuple[Any, Any]
Judge = Callable[[str, Sequence[Pair]], Sequence[Verdict | None]]  # the family of things, and pairs of what is known of them

_PIECE = 2_000  # pairs that a process is given at a time
_MANY = 20_000  # pairs that are worth sending to other processes


def judging(knowledge: Knowledge, engine: Engine | None = None, own: Own = ((), ())) -> Judge:
    """A judge of pairs: ``judge("Person", pairs of profiles)`` or ``judge("Event", pairs of occasions)`` gives their verdicts in order.

    An engine's processes load the same knowledge anew, by the user's ``own`` names.
    """

    def judge(kind: str, pairs: Sequence[Pair]) -> Sequence[Verdict | None]:
        if engine is None or len(pairs) < _MANY:
            return _verdicts(kind, knowledge, pairs)
        pieces = (pairs[i : i + _PIECE] for i in range(0, len(pairs), _PIECE))
        judged = chain.from_iterable(engine.mapped(partial(_anew, kind, own), pieces))
        return [_verdicts(kind, knowledge, [one.item])[0] if isinstance(one, Lost) else one for one in judged]

    return judge


def _verdicts(kind: str, knowledge: Knowledge, pairs: Sequence[Pair]) -> list[Verdict | None]:
    if kind == "Person":
        return [people.judge(a, b) for a, b in pairs]
    return [events.judge(a, b, knowledge) for a, b in pairs]


def _anew(kind: str, own: Own, pairs: Sequence[Pair]) -> list[Verdict | None]:
    from kg.knowledge.own_names import with_names

    return _verdicts(kind, with_names(*own), pairs)
