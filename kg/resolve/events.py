"""Which event mentions of an article are the same event: by name, ordinal and year; 이번 행사 and bare nouns take up the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.knowledge.load import Knowledge
from kg.model import Mention
from kg.resolve.event_asked import Around, Asked, Gathered
from kg.resolve.event_clusters import EventCluster
from kg.resolve.event_days import Period, Place, apart
from kg.resolve.event_labels import flat
from kg.resolve.event_ways import WAYS


def cluster_events(
    mentions: Sequence[Mention], around: Around, knowledge: Knowledge
) -> tuple[dict[Place, int], list[EventCluster]]:
    """(mention's offsets → index of its event, the events)."""
    gathered, days = Gathered(around, knowledge), _days_by_name(mentions, around.days)
    clusters = gathered.clusters
    for mention in sorted(mentions, key=lambda m: (around.headline(m.start), m.start, -m.end)):
        asked = Asked(mention, gathered)
        index = next((i for way in WAYS if (i := way(asked)) is not None), None)
        if index is None:
            clusters.append(asked.new())
            index = len(clusters) - 1
        clusters[index].add(mention, asked.own or (frozenset() if asked.bare else days.get(flat(mention.name), frozenset())))
        _name(asked, clusters[index])
        gathered.where[asked.place] = index
        gathered.found.note(index, clusters[index])
    return gathered.where, clusters


def _name(asked: Asked, cluster: EventCluster) -> None:
    """Take in the name that a mention gives to its event."""
    mention, headline = asked.mention, asked.gathered.around.headline(asked.mention.start)
    if not asked.bare and asked.described is not None:
        cluster.names.clear()  # they only said what it is
        cluster.tails -= {m.name.split(" ")[-1] for m in cluster.mentions[:-1]}
    if not asked.bare and not asked.is_alias and not (mention.definite and len(asked.words) < 2):
        if not headline or not cluster.names:
            cluster.names[mention.name] = None
        cluster.named = True
    elif asked.longer and (not cluster.named or mention.certain and not mention.definite and " 위한 " in asked.longer):
        cluster.names[asked.longer] = None


def _days_by_name(mentions: Sequence[Mention], days: Mapping[Place, frozenset[Period]]) -> dict[str, frozenset[Period]]:
    """The days of each name that has them once: a mention without a day of its own has those of its name."""
    found: dict[str, set[Period]] = {}
    for mention in mentions:
        found.setdefault(flat(mention.name), set()).update(days.get((mention.start, mention.end), ()))
    return {name: frozenset(own) for name, own in found.items() if not any(apart((a,), (b,)) for a in own for b in own)}
