"""The ways to the event that a mention means: its short name, its ordinal, the topic of its sentence, what was spoken of last, its name."""

from __future__ import annotations

from collections.abc import Callable

from kg.analyze.names.words import organization_suffix
from kg.resolve.event_asked import Asked
from kg.resolve.event_clusters import EventCluster
from kg.resolve.event_labels import content, last_word, years_in
from kg.resolve.event_likeness import by_tail, most_alike

_TALKED = frozenset(
    {"Forum", "Meeting", "Seminar", "Conference", "Workshop"}
)  # words for people who talk, which headlines change at will
_NEAR = 120  # characters: an event named so shortly before is the likeliest to be taken up
_SIGNINGS = frozenset({"협약식", "업무협약식", "체결식", "서명식", "조인식"})
_THIS = frozenset({"이번", "이날", "본", "동", "금번", "해당"})


def _by_alias(asked: Asked) -> int | None:
    gathered = asked.gathered
    return gathered.where[gathered.around.aliases[asked.mention.name]] if asked.is_alias else None


def _described(asked: Asked) -> int | None:
    return None if asked.bare else asked.described


def _signed(asked: Asked) -> int | None:
    """The agreement that was signed at a 협약식."""
    if asked.noun not in _SIGNINGS:
        return None
    return next((i for i in reversed(asked.fit.indexes) if "Agreement" in asked.gathered.clusters[i].kinds), None)


def _of_edition(asked: Asked) -> int | None:
    """The latest event with the ordinal of a noun, of its kind or with a name that ends so."""
    mention, clusters, edition = asked.mention, asked.gathered.clusters, asked.mention.edition
    if edition is None or not asked.bare:
        return None
    return next(
        (
            i
            for i in reversed(asked.gathered.found.by_edition.get(edition, ()))
            if mention.kind in clusters[i].kinds or any(last_word(n).endswith(asked.noun) for n in clusters[i].names)
        ),
        None,
    )


def _topic(asked: Asked) -> int | None:
    """The event that is the topic of a bare noun's sentence."""
    topic = asked.gathered.around.topics.get(asked.place)
    if not asked.bare or asked.counted or topic is None or (index := asked.gathered.where.get(topic)) is None:
        return None
    return index if asked.fit.holds(index) else None


def _taken_up(asked: Asked) -> int | None:
    """The latest event that a bare or definite mention can mean."""
    mention, clusters = asked.mention, asked.gathered.clusters
    if not (asked.bare or mention.definite) or mention.edition is not None:
        return None
    candidates = [(weight, clusters[i].last, i) for i in asked.fit.indexes if (weight := _weight(asked, clusters[i])) is not None]
    close = any(weight >= 2 and weight != 2.5 for weight, _, _ in candidates)
    if not candidates or asked.longer and not mention.definite and not close:
        return None
    return max(candidates)[2]


def _weight(asked: Asked, cluster: EventCluster) -> float | None:
    """How much speaks for an event: its noun, else its kind, and that it was spoken of right before."""
    mention, noun, events = asked.mention, asked.noun, asked.gathered.knowledge.events
    rest, years = asked.words - {noun}, years_in(mention.name)
    if years and cluster.years and not years & cluster.years:
        return None  # 이번 ‘○○ 위크 2025’ is not the one of 2026
    if rest and not any(rest <= content(n) for n in cluster.names):
        return None
    near = 1.5 if 0 <= mention.start - cluster.last < _NEAR else 0.0
    nouns = {last_word(n) for n in cluster.names} | cluster.tails
    if "Agreement" in cluster.kinds | {mention.kind}:
        nouns |= {n.removesuffix("식") for n in nouns}  # 업무협약식 and 업무협약
    if any(n.endswith(noun) or noun.endswith(n) and len(n) > 1 for n in nouns):
        return 2 + near
    if noun in events.own:
        return None  # 국무회의 after 장관회의
    if noun in events.any:
        passing = cluster.kinds == {"Agreement"} and len(cluster.mentions) == 1
        return 0.25 if passing else 1 + near  # 이번 행사 is no agreement spoken of once
    if _visit(asked) != (bool(nouns) and all(n.endswith(events.visits) for n in nouns)):
        return None  # 간담회 after 현장 방문
    kinds = events.hypernyms.get(noun, frozenset()) | {mention.kind}
    loose = (noun in events.weak or near and mention.kind != "Ceremony") and not asked.longer
    return 1 + near if cluster.kinds & kinds and (mention.definite or loose) else None


def _visit(asked: Asked) -> bool:
    return asked.noun.endswith(asked.gathered.knowledge.events.visits)


def _this(asked: Asked) -> int | None:
    """The event that most was said of, for 이번 and the like before a noun."""
    meant = asked.bare and asked.mention.definite in _THIS and asked.other is None
    return asked.gathered.found.main if meant and asked.gathered.clusters and asked.inner is None else None


def _same(asked: Asked) -> int | None:
    return None if asked.bare else most_alike(asked.mention, asked.gathered.clusters, asked.like, asked.own)


def _same_end(asked: Asked) -> int | None:
    return None if asked.bare else by_tail(asked.mention, asked.gathered.clusters, asked.like, asked.own)


def _nameless(asked: Asked) -> int | None:
    """An event spoken of before only by its bare noun, which is now named (토론회가 열렸다. … 제4회 ○○ 토론회)."""
    if asked.bare or len(asked.gathered.found.named) == len(asked.gathered.clusters):
        return None
    events = asked.fit.events
    for index, cluster in zip(asked.fit.indexes, events):
        if (
            not cluster.named
            and cluster.called <= {asked.noun}
            and asked.mention.kind in cluster.kinds
            and not any(last_word(n).endswith(asked.noun) for other in events for n in other.names if other is not cluster)
        ):
            return index
    return None


def _told(asked: Asked) -> int | None:
    """The event of the body that a headline's words describe: the first of the same noun, or the one of its class, that nothing
    sets apart."""
    mention, noun = asked.mention, asked.noun
    if asked.counted or not asked.gathered.around.headline(mention.start):
        return None
    noun = noun.removesuffix("식") if mention.kind == "Agreement" or noun in _SIGNINGS else noun
    events = asked.fit.events
    alone = sum(mention.kind in cluster.kinds for cluster in events) == 1 or len(events) == 1
    open_to = [(i, c) for i, c in zip(asked.fit.indexes, events) if not c.speaks_against(mention)]
    for index, cluster in open_to:
        if any(n.endswith(noun) for n in (*map(last_word, cluster.names), *cluster.called)):
            return index
    visits = asked.gathered.knowledge.events.visits
    alike = (i for i, c in open_to if mention.kind in c.kinds and _visit(asked) == all(t.endswith(visits) for t in c.tails))
    of_kind = next(alike, None) if alone else None
    if of_kind is not None:
        return of_kind
    return asked.fit.indexes[0] if _only_talks(asked) else None


def _only_talks(asked: Asked) -> bool:
    """Whether a headline calls the only meeting of a text by its body: 가람재단 포럼, whatever the text calls it."""
    mention, knowledge, events = asked.mention, asked.gathered.knowledge, asked.fit.events
    return (
        len(events) == 1
        and mention.edition is None
        and mention.kind in _TALKED
        and bool(events[0].kinds & _TALKED)
        and not events[0].editions
        and all(w in knowledge.gazetteer or organization_suffix(w, knowledge) for w in asked.words - {asked.noun})
    )


def _any(asked: Asked) -> int | None:
    """The event that most was said of, for 이 행사 and the like."""
    gathered = asked.gathered
    meant = asked.mention.definite and asked.bare and not asked.counted and asked.noun in gathered.knowledge.events.any
    return gathered.found.main if meant and gathered.clusters else None


# How the event that a mention means is found, the surest way first.
WAYS: tuple[Callable[[Asked], int | None], ...] = (
    _by_alias,
    _described,
    _signed,
    _of_edition,
    _topic,
    _taken_up,
    _this,
    _same,
    _same_end,
    _nameless,
    _told,
    _any,
)
