"""Facts of many articles become one set: equal facts merge and unite their evidence; each thing gets one class."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from kg.knowledge.schema import schema
from kg.model import Evidence, Fact, Thing

# Classes that say least; any other that the articles give is better.
_GENERAL = ("Organization", "Event", "Place", "OrganizationalUnit")


def assemble(facts: Iterable[Fact], known: Mapping[str, str] | None = None) -> tuple[Fact, ...]:
    """Merge equal facts over all articles, in a fixed order; ``known`` gives the class of names in the gazetteer.

    >>> from kg.model import Span
    >>> def fact(article, kind):
    ...     words = Evidence(article=article, span=Span("text", 0, 3), sentence=Span("text", 0, 9), rule="r", confidence=0.9)
    ...     body, event = Thing(kind=kind, name="가나협회"), Thing(kind="Seminar", name="세미나")
    ...     return Fact(subject=body, relation="hosted", object=event, evidence=(words,))
    >>> merged = assemble([fact("b", "Organization"), fact("a", "Association")])
    >>> [(f.subject.kind, [e.article for e in f.evidence]) for f in merged]
    [('Association', ['a', 'b'])]
    """
    facts = list(facts)
    kinds: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for fact in facts:
        for thing in (fact.subject, fact.object):
            if isinstance(thing, Thing):
                kinds[identity(thing)][thing.kind] += len(fact.evidence)
    best = {key: _best_kind(counts, (known or {}).get(key[1])) for key, counts in kinds.items()}

    def settled(thing):
        if not isinstance(thing, Thing):
            return thing
        kind = best[identity(thing)]
        return thing if kind == thing.kind else replace(thing, kind=kind)

    merged: dict[tuple, set[Evidence]] = defaultdict(set)
    for fact in facts:
        merged[settled(fact.subject), fact.relation, settled(fact.object)].update(fact.evidence)
    rows = [Fact(subject=s, relation=r, object=o, evidence=tuple(sorted(e))) for (s, r, o), e in merged.items()]
    return tuple(sorted(rows, key=order))


def unfit(fact: Fact) -> str | None:
    """Why a fact cannot stand in the graph: an end of it is of a class that the ontology does not allow there.

    >>> from kg.model import Span
    >>> words = Evidence(article="a", span=Span("text", 0, 3), sentence=Span("text", 0, 9), rule="r", confidence=0.9)
    >>> forum, country = Thing(kind="Forum", name="포럼"), Thing(kind="Country", name="나라")
    >>> unfit(Fact(subject=forum, relation="venue", object=country, evidence=(words,)))
    'the object of venue is a Country'
    """
    known = schema().properties.get(fact.relation)
    if known is None:
        return None
    for end, classes in (("subject", known.domain), ("object", known.range)):
        thing = getattr(fact, end)
        if isinstance(thing, Thing) and classes and not any(schema().is_a(thing.kind, cls) for cls in classes):
            return f"the {end} of {fact.relation} is a {thing.kind}"
    return None


def identity(thing: Thing) -> tuple[str, str, str]:
    """What makes a thing the same thing whatever class an article gave it: its family, name and scope."""
    return family(thing.kind), thing.name, thing.scope


@lru_cache(maxsize=1024)
def family(kind: str) -> str:
    """The top class that a class stands under; countries, cities and venues keep their own, since names overlap.

    >>> family("Seminar"), family("University"), family("City")
    ('Event', 'Organization', 'City')
    """
    is_a = schema().is_a
    return next((f for f in ("Person", "Organization", "Event") if is_a(kind, f)), kind)


def order(fact: Fact) -> tuple[str, ...]:
    """A total order of facts that depends on nothing but what they say."""
    object_ = fact.object
    tail = ("t", *identity(object_)) if isinstance(object_, Thing) else ("v", type(object_).__name__, str(object_), "")
    return (*identity(fact.subject), fact.relation, *tail)


def _best_kind(counts: Counter[str], known: str | None) -> str:
    if known is not None and known in counts:
        return known
    return min(counts, key=lambda kind: (kind in _GENERAL, -counts[kind], kind))
