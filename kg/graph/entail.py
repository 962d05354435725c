"""What follows from what is said: a thing of a class is one of the broader classes, and who co-hosted an event hosted it.

The ontology's own broader classes and relations are meant; what follows in other vocabularies (``schema:Event``, ``foaf:Person``)
is left to their tools. What follows stands in the graph ``id:graph/entailed``, so that it can be told from what articles say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS

from kg.knowledge.resources import resource
from kg.knowledge.vocab import PRESS

if TYPE_CHECKING:
    import pyoxigraph


@lru_cache(maxsize=2)
def broader(relation: str) -> Mapping[str, tuple[str, ...]]:
    """For each term of the ontology all broader ones of it by ``rdfs:subClassOf`` or ``rdfs:subPropertyOf``, as IRIs.

    >>> [iri.partition("#")[2] for iri in broader(str(RDFS.subClassOf))[str(PRESS.LocalGovernment)]]
    ['Agent', 'Organization']
    """
    import pyoxigraph as ox

    ours, said = str(PRESS._NS), ox.NamedNode(relation)
    above: dict[str, set[str]] = {}
    for quad in ox.parse(path=str(resource("ontology", "press.ttl")), format=ox.RdfFormat.TURTLE):
        if quad.predicate == said and isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(ours):
            above.setdefault(quad.subject.value, set()).add(quad.object.value)

    def every(term: str, seen: frozenset[str]) -> set[str]:
        near = above.get(term, set()) - seen
        return near.union(*(every(one, seen | near) for one in near))

    return {term: tuple(sorted(every(term, frozenset([term])) - {term})) for term in sorted(above)}


def entailed(triples: Iterable[pyoxigraph.Triple]) -> set[pyoxigraph.Triple]:
    """The triples that follow from some and do not stand among them.

    >>> import pyoxigraph as ox
    >>> said = ox.Triple(ox.NamedNode("http://a/a"), ox.NamedNode(str(PRESS.coHosted)), ox.NamedNode("http://a/b"))
    >>> [t.predicate.value.partition("#")[2] for t in entailed([said])]
    ['hosted']
    """
    import pyoxigraph as ox

    classes, relations, a = broader(str(RDFS.subClassOf)), broader(str(RDFS.subPropertyOf)), ox.NamedNode(str(RDF.type))
    said: set[ox.Triple] = set()
    found: set[ox.Triple] = set()
    for triple in triples:
        said.add(triple)
        if triple.predicate == a and isinstance(triple.object, ox.NamedNode):
            found.update(ox.Triple(triple.subject, a, ox.NamedNode(cls)) for cls in classes.get(triple.object.value, ()))
        for relation in relations.get(triple.predicate.value, ()):
            found.add(ox.Triple(triple.subject, ox.NamedNode(relation), triple.object))
    return found - said
