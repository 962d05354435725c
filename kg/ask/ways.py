"""The ways between two people or bodies: the shortest chains of statements that lead from one to the other, each step with its words.

What links is what somebody did or belongs to: an event, a body, a talk. That two things happened in one city, or that one article speaks of
both, is no way. The ways are searched in the graph and written as a query over their statements, so that they are tables like any answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS

from kg.ask.compose import compose
from kg.ask.query import Question
from kg.graph.entail import broader
from kg.knowledge.schema import schema
from kg.knowledge.vocab import EVIDENCE_GRAPH, ID, PREFIXES, PRESS

if TYPE_CHECKING:
    import pyoxigraph

    from kg.ask.understand import Asked

_MANY, _SEEN = 8, 60_000  # ways that are told; things after which the search ends
_NO_LINK = ("Article", "Place", "Topic", "Affiliation", "Quotation", "Award")  # what many share and what therefore links nobody
_COLUMNS = {"way": "길", "step": "걸음", "one": "누가", "link": "관계", "two": "무엇", "words": "근거"}
Step = tuple[str, str, str]  # a statement: subject, property, object


def put(store: pyoxigraph.Store, asked: Asked) -> Question:
    """The query that answers a question: of its pattern or, where its intent searches ways, of the statements that were found."""
    return _question(store, asked) if asked.intent.steps else compose(asked)


def ways(store: pyoxigraph.Store, one: tuple[str, ...], two: tuple[str, ...], *, most: int) -> list[tuple[Step, ...]]:
    """The shortest ways from one of some things to one of others, none longer than ``most`` steps, in a fixed order."""
    sides = (_Side(one), _Side(two))
    met = sorted(set(one) & set(two))
    for _ in range(most):
        near, far = sorted(sides, key=lambda side: len(side.edge))  # the smaller one grows, so that hubs are met late
        if met or not near.edge or len(near.before) + len(far.before) > _SEEN:
            break
        near.grow(store)
        met = sorted(set(near.edge) & set(far.edge))
    chains = sorted(
        (*begun, *reversed(ended[:-1]))
        for here in met
        for begun in _chains(sides[0].before, here, frozenset())
        for ended in _chains(sides[1].before, here, frozenset())
    )
    return [
        tuple(_step(store, a, b) for a, b in zip(chain, chain[1:], strict=False)) for chain in chains[:_MANY] if len(chain) > 1
    ]


class _Side:
    """What was reached from one end: from where each thing was, and the things that were reached last."""

    def __init__(self, start: tuple[str, ...]) -> None:
        self.before: dict[str, set[str]] = {iri: set() for iri in start}
        self.edge = sorted(set(start))

    def grow(self, store: pyoxigraph.Store) -> None:
        """Go one step further from everything that was reached last."""
        following: dict[str, set[str]] = {}
        for here in self.edge:
            for there in _near(store, here):
                if there not in self.before:
                    following.setdefault(there, set()).add(here)
        self.before |= following
        self.edge = sorted(following)


def _chains(before: Mapping[str, set[str]], end: str, seen: frozenset[str]) -> Iterator[tuple[str, ...]]:
    if not before[end]:
        yield (end,)
    for one in sorted(before[end] - seen):
        yield from ((*chain, end) for chain in _chains(before, one, seen | {end}))


def _near(store: pyoxigraph.Store, iri: str) -> set[str]:
    """The things that one statement links with a thing."""
    import pyoxigraph as ox

    node, default, found = ox.NamedNode(iri), ox.DefaultGraph(), set()
    for quad in store.quads_for_pattern(node, None, None, default):
        if quad.predicate.value in _links() and isinstance(quad.object, ox.NamedNode):
            found.add(quad.object.value)
    for quad in store.quads_for_pattern(None, None, node, default):
        if quad.predicate.value in _links() and isinstance(quad.subject, ox.NamedNode):
            found.add(quad.subject.value)
    return {other for other in found if other.startswith(str(ID)) and not _shared(store, other)}


def _shared(store: pyoxigraph.Store, iri: str) -> bool:
    import pyoxigraph as ox

    rows = store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(str(RDF.type)), None, ox.DefaultGraph())
    types = {q.object.value for q in rows if isinstance(q.object, ox.NamedNode)}
    return bool(types & _unlinking()) and str(PRESS.Agent) not in types


@lru_cache(maxsize=1)
def _unlinking() -> frozenset[str]:
    return frozenset(str(PRESS[name]) for name in _NO_LINK)


@lru_cache(maxsize=1)
def _links() -> frozenset[str]:
    """The properties of the ontology whose statements link things that do something together."""
    left_out = {str(PRESS.mentions), str(PRESS.possiblySameAs), str(PRESS.locatedIn), str(PRESS.capitalOf)}
    return frozenset(iri for name in schema().properties if (iri := str(PRESS[name])) not in left_out)


def _step(store: pyoxigraph.Store, one: str, two: str) -> Step:
    """The statement between two things, the most exact one."""
    import pyoxigraph as ox

    a, b, default = ox.NamedNode(one), ox.NamedNode(two), ox.DefaultGraph()
    rows = [
        (q.subject.value, q.predicate.value, q.object.value)
        for s, o in ((a, b), (b, a))
        for q in store.quads_for_pattern(s, None, o, default)
        if q.predicate.value in _links() and isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.NamedNode)
    ]
    implied = {other for _, relation, _ in rows for other in broader(str(RDFS.subPropertyOf)).get(relation, ())}
    return min([row for row in rows if row[1] not in implied] or rows)


def _question(store: pyoxigraph.Store, asked: Asked) -> Question:
    import pyoxigraph as ox

    first, second = [name for name in asked.names if name.family in ("who", "thing")][:2]
    found = ways(store, first.things, second.things, most=asked.intent.steps)
    rows = "\n".join(
        f"    ({number} {at} {' '.join(str(ox.NamedNode(part)) for part in step)})"
        for number, way in enumerate(found, 1)
        for at, step in enumerate(way, 1)
    )
    used = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("press", "skos", "rdf"))
    block = f"VALUES (?way ?step ?oneIri ?link ?twoIri) {{\n{rows}\n  }}"
    # words of the few statements alone: asked for beside the names, they were looked for among those of every statement of an end
    text = f"""{used}SELECT ?way ?step ?one ?link ?two ?words ?oneIri ?twoIri WHERE {{
  {block}
  ?oneIri skos:prefLabel ?one . ?twoIri skos:prefLabel ?two .
  OPTIONAL {{ SELECT ?way ?step (MIN(?said) AS ?words) WHERE {{
  {block}
  GRAPH <{EVIDENCE_GRAPH}> {{ ?assertion rdf:subject ?oneIri ; rdf:predicate ?link ; rdf:object ?twoIri ; press:evidence ?said }}
  }} GROUP BY ?way ?step }}
}}
ORDER BY ?way ?step"""
    return Question(name=asked.intent.id, text=text, ko=asked.intent.ko, columns=tuple(_COLUMNS.values()))
