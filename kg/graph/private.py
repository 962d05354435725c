"""No statement rests on a telephone number or a mail address, and none says one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from kg.model import Article, Fact, Span, Thing
from kg.read.contacts import contacts

REASON = "a contact"


def without_contacts(article: Article, facts: Iterable[Fact]) -> tuple[tuple[Fact, ...], tuple[tuple[str, str, Span], ...]]:
    """The facts of an article that rest on no contact and name none, and what was left out as (rule, reason, words' span)."""
    where = {name: list(contacts(text)) for name, text in article.fields}
    kept, refused = [], []
    for fact in facts:
        said = any(_holds(words) for words in _words(fact))
        evidence = tuple(e for e in fact.evidence if not said and not _touches(where[e.span.field], e.span))
        if len(evidence) == len(fact.evidence):
            kept.append(fact)
            continue
        left = frozenset(evidence)
        refused += [(e.rule, REASON, e.span) for e in fact.evidence if e not in left]
        if evidence:
            kept.append(replace(fact, evidence=evidence))
    return tuple(kept), tuple(refused)


def _words(fact: Fact) -> Iterable[str]:
    for end in (fact.subject, fact.object):
        if isinstance(end, Thing):
            yield from (end.name, end.scope)
        elif isinstance(end, str):
            yield end


def _holds(words: str) -> bool:
    return (len(words) > 6 and (any(c.isdigit() for c in words) or "@" in words)) and next(contacts(words), None) is not None


def _touches(where: list[tuple[int, int]], span: Span) -> bool:
    at = bisect_left(where, (span.end, 0))
    return at > 0 and where[at - 1][1] > span.start
