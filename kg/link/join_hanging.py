"""What hangs on events and people over all articles: topics, talks, cases, quotations; and what its name alone tells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from kg.link import bodies as bodies_across
from kg.link import mended
from kg.link.group import Verdict
from kg.link.joins import LITTLE_SAID, How, Joins, Node, label
from kg.model import Thing


def join_hanging(state: Joins) -> None:
    """Topics by wording; talks and cases by wording with the event or speaker; quotations by words and speaker."""
    topics: dict[str, set[str]] = defaultdict(set)
    for _, t in state.nodes("Topic"):
        topics[bodies_across.spelled(t.name)].add(t.name)
    for a, t in state.nodes("Topic"):
        forms = topics[bodies_across.spelled(t.name)]
        state.put(a, t, replace(t, name=bodies_across.cleanest(forms)), t, "equal wording")
    _themes(state)
    talks: dict[tuple[str, str, str], list[Node]] = defaultdict(list)
    for kind in ("Presentation", "Case"):
        for a, t in state.nodes(kind):
            state.put(a, t, replace(t, scope=a.identifier))
            events = state.names(a, a.of[t, "presentedAt"])
            for anchor in events if events and kind == "Presentation" else events | state.names(a, a.by[t, "presented"]):
                talks[kind, bodies_across.spelled(t.name), anchor].append((a.identifier, t))
    same = Verdict("same", ("equal wording at one event or by one speaker",))
    verdicts = {(x, y): same for nodes in talks.values() for x, y in zip(nodes, nodes[1:]) if x != y}
    linked = {n for pair in verdicts for n in pair}
    keys = {(article, f"{t.kind} {t.name} {t.scope}"): (article, t) for article, t in linked}
    back = {node: key for key, node in keys.items()}
    by_id = {a.identifier: a for a in state.articles}
    state.group(
        {key: [(by_id[article], t)] for key, (article, t) in keys.items()},
        {(back[x], back[y]): v for (x, y), v in verdicts.items()},
        How(rank=lambda key: bodies_across.cleanness(keys[key][1].name)),
    )
    said: dict[str, dict[str, list[Node]]] = defaultdict(dict)
    for a, t in state.nodes("Quotation"):
        speaker = min(state.names(a, a.by[t, "said"]), default="")
        own = len(t.name) >= LITTLE_SAID and speaker
        state.put(a, t, replace(t, scope=speaker if own else f"{speaker} {a.home}".strip()))
        if own:
            said[speaker].setdefault(t.name, []).append((a.identifier, t))
    for words in said.values():
        for part, whole in mended.fuller_words({name: name for name in words}).items():
            for node in words[part]:
                state.to[node] = state.to[words[whole][0]]
                state.why[node].add("part of what another article quotes")


def _themes(state: Joins) -> None:
    """Themes of one event of which a page has lost the beginning or the end."""
    told: dict[str, list[Node]] = defaultdict(list)
    for a, t in state.nodes("Event"):
        told[label(state.to[a.identifier, t])] += [(a.identifier, o) for o in a.of[t, "topic"] if isinstance(o, Thing)]
    for nodes in told.values():
        fuller = mended.fuller_themes(state.to[node].name for node in nodes) if len(nodes) > 1 else {}
        both = {node[0] for node in nodes if state.to[node].name in fuller.values()}
        for node in nodes:
            if (whole := fuller.get(state.to[node].name)) is not None and node[0] not in both:
                state.to[node] = replace(state.to[node], name=whole)
                state.why[node].add("what is left of the theme that another article has in full")


def join_named(state: Joins) -> None:
    """Countries, cities, systems, awards: their names tell them."""
    for a, t in state.all:
        if (a.identifier, t) not in state.to:
            state.put(a, t, t)
