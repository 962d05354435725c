"""One thing, one node: what articles resolved each by itself is joined over all of them.

Bodies come first (by spelling and aliases), then events (by name, ordinal, day and host), then people (by body, event and words
said), then what hangs on these. The outcome is a function of the set of articles.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.knowledge.load import Knowledge
from kg.link.join_bodies import join_bodies, join_places
from kg.link.join_events import join_events
from kg.link.join_hanging import join_hanging, join_named
from kg.link.join_people import join_people
from kg.link.joins import Joins, Node
from kg.link.judging import Judge, judging
from kg.link.said import Said
from kg.model import Fact, Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What became of the nodes: ``to`` the thing of each, ``alone`` the thing that it would be if its article were the only one.

    ``why`` gives reasons for joins by node, ``possibly`` the pairs that nothing settles with the reasons, ``before`` for an event the
    edition before it.
    """

    to: Mapping[Node, Thing]
    alone: Mapping[Node, Thing]
    why: Mapping[Node, tuple[str, ...]]
    possibly: Mapping[tuple[Thing, Thing], tuple[str, ...]]
    before: Mapping[Thing, Thing]


def join(
    facts: Mapping[str, Sequence[Fact]],
    about: Mapping[str, tuple[dt.date | None, str | None, str]],
    knowledge: Knowledge,
    judge: Judge | None = None,
) -> Joined:
    """Join the things of all articles; ``facts`` are by article, and so is ``about``: its date, its publisher, the first
    article of the same text. ``judge`` judges pairs, by default in this process."""
    articles = [Said(identifier, facts[identifier], *about.get(identifier, (None, None, ""))) for identifier in sorted(facts)]
    state = Joins(articles, knowledge, judge or judging(knowledge))
    join_bodies(state)
    join_places(state)
    join_events(state)
    join_people(state)
    join_hanging(state)
    join_named(state)
    why = {node: tuple(sorted(reasons)) for node, reasons in state.why.items()}
    return Joined(to=state.to, alone=state.alone, why=why, possibly=state.possibly, before=state.before)
