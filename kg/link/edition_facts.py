"""What follows from numbered and yearly events over all articles: their series, and for each the one before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.graph.rdf import BY_ORDINAL, BY_YEAR
from kg.knowledge.confidence import Confidence
from kg.link.editions import series_name
from kg.model import STATED, Article, Evidence, Fact, Thing
from kg.resolve.event_labels import years_in


def edition_facts(
    facts: Sequence[Fact], before: Mapping[Thing, Thing], articles: Mapping[str, Article], confidence: Confidence
) -> list[Fact]:
    """Series and previous events, with the words that give the numbers, or else the years, as evidence."""
    things: dict[tuple[str, str], Thing] = {}
    told: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    concerned = {(t.name, t.scope) for pair in before.items() for t in pair}
    for fact in facts:
        for t in (fact.subject, fact.object):
            if isinstance(t, Thing) and (t.name, t.scope) in concerned:
                things.setdefault((t.name, t.scope), t)
                told[t.name, t.scope].append(fact)
    found: list[Fact] = []
    for pair in before.items():
        keys = [(t.name, t.scope) for t in pair]
        if keys[0] == keys[1] or not all(key in things for key in keys):
            continue
        words = [_as(BY_ORDINAL, _number_words(told[key]), confidence) for key in keys]
        if not all(words):
            words = [_as(BY_YEAR, _year_words(things[key], told[key], articles), confidence) for key in keys]
        if all(words):
            later, earlier = (things[key] for key in keys)
            both = tuple(sorted({*words[0], *words[1]}))
            found.append(Fact(subject=later, relation="previousEvent", object=earlier, evidence=both))
            found += [
                Fact(subject=t, relation="series", object=series_name(t.name), evidence=tuple(sorted(said)))
                for t, said in zip((later, earlier), words)
            ]
    return found


def _number_words(facts: Iterable[Fact]) -> set[Evidence]:
    """The words that give an event its ordinal."""
    return {e for fact in facts if fact.relation == "edition" for e in _stated(fact)}


def _year_words(thing: Thing, facts: Iterable[Fact], articles: Mapping[str, Article]) -> set[Evidence]:
    """The words that give an event its year, in its name, else in its day; of each article the fewest."""
    years = years_in(thing.name)
    found: dict[str, Evidence] = {}
    for fact in facts:
        for e in _stated(fact):
            named = any(str(year) in articles[e.article].raw(e.span) for year in years)
            if (named if years else fact.relation == "startDate") and (
                e.article not in found or _length(e) < _length(found[e.article])
            ):
                found[e.article] = e
    return set(found.values())


def _as(rule: str, words: Iterable[Evidence], confidence: Confidence) -> set[Evidence]:
    """Words of an article as evidence for what follows from them."""
    return {replace(e, rule=rule, confidence=confidence.of(rule)) for e in words}


def _stated(fact: Fact) -> Iterable[Evidence]:
    return (e for e in fact.evidence if e.status in STATED)


def _length(e: Evidence) -> tuple[int, Evidence]:
    return e.span.end - e.span.start, e
