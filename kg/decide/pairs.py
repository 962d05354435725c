"""Pairs of an agent and an event within reach of each other, and what a text shows of each: what the model of arguments weighs.

What is seen of a pair are *traits*, short strings such as ``part=와|group=attend|reach=next``: see :mod:`kg.decide.traits`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.decide.slots import Page
from kg.decide.traits import Seen, beside, of_mentions, of_things
from kg.knowledge.schema import schema
from kg.model import Claim, Mention, Thing

if TYPE_CHECKING:
    from kg.analyze.readings import Reading
    from kg.knowledge.load import Knowledge

_REACH = 3  # sentences before an agent's in which the event that it belongs to may be named
_NEAREST = 3  # events before the agent's sentence that are looked at
_MOST = 12  # pairs of mentions that are looked at for two things
_ORDER = ("after", "before", "next", "near", "title", "main")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things, the mentions of them that stand nearest to each other, the words that bear on them, and what is seen of them.

    ``words`` run to the verb behind the agent (and the event, where both are in one sentence), which says the ``status``:
    asserted or planned; ``sentence`` is the agent's.
    """

    agent: Thing
    event: Thing
    mentions: tuple[Mention, Mention]
    words: tuple[int, int]
    sentence: tuple[int, int]
    status: str
    traits: frozenset[str]


@dataclass(frozen=True, slots=True)
class Names:
    """What thing each mention of an article is, and who publishes the article."""

    of: Callable[[Mention], Thing | None]
    publisher: str | None = None


def pairs(reading: Reading, claims: Sequence[Claim], names: Names, knowledge: Knowledge) -> Iterator[Pair]:
    """The pairs of one article, each once, in the order of the text."""
    of = names.of
    is_a = schema().is_a
    named = [m for m in reading.mentions if m.name]
    page = Page(reading, of, knowledge, [m for m in named if is_a(m.kind, "Agent")], [m for m in named if is_a(m.kind, "Event")])
    if not page.ones or not page.others:
        return
    seen = Seen(claims, of)
    found: dict[tuple[Thing, Thing], list[tuple[Mention, Mention, str]]] = defaultdict(list)
    for agent, event, reach in _within_reach(page):
        one, other = of(agent), of(event)
        if one is not None and other is not None:
            found[one, other].append((agent, event, reach))
    for (one, other), places in found.items():
        places.sort(key=lambda p: (_ORDER.index(p[2]), abs(p[0].start - p[1].start), p[0].start, p[1].start))
        traits = {*of_things(page, one, other, names.publisher), *seen(one, other)}
        for place in places[:_MOST]:
            traits |= {*of_mentions(page, *place), *beside(page, place[0], place[2])}
        agent, event, _ = places[0]
        verb = page.verb(agent)
        status = "planned" if verb is not None and verb.planned else "asserted"
        yield Pair(one, other, (agent, event), _words(page, agent, event), page.bounds(agent), status, frozenset(traits))


def _words(page: Page, agent: Mention, event: Mention) -> tuple[int, int]:
    """From the agent to the verb that it belongs to, with the event where that stands in the same sentence."""
    slot, start, end = page.slots[agent.start, agent.end], agent.start, agent.end
    if page.slots[event.start, event.end].sentence == slot.sentence:
        start, end = min(start, event.start), max(end, event.end)
    if (verb := page.verb(agent)) is not None:
        end = max(end, page.reading.tokens.ends[verb.last])
    return start, end


def _within_reach(page: Page) -> Iterator[tuple[Mention, Mention, str]]:
    """(agent, event, how they stand to each other)."""
    past: list[tuple[int, Mention]] = []  # events of the sentences before, the latest last
    numbers = range(len(page.reading.sentences))
    titled = [m for i in numbers if page.role(i) == "title" for m in page.others.get(i, ())][:1]
    main = page.main()
    for number in numbers:
        agents, events = page.ones.get(number, ()), page.others.get(number, ())
        near = [(event, "next" if at == number - 1 else "near") for at, event in past[-_NEAREST:] if number - at <= _REACH]
        for agent in agents:
            yield from ((agent, event, "after" if event.start > agent.start else "before") for event in events)
            yield from ((agent, event, reach) for event, reach in near)
            yield from ((agent, event, "title") for event in titled if page.role(number) != "title")
            if main is not None:
                yield agent, main, "main"
        past.extend((number, event) for event in events)
