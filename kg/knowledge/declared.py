"""The end of ``ontology/press.ttl``: what plain tools want to find beside each term, and what terms of others are.

``python -m kg.knowledge.derived`` writes it between two marks. A block of the ontology says what a term means once, as
``skos:definition``; from it come ``rdfs:comment`` and ``rdfs:isDefinedBy``. OWL 2 DL asks that every term of another vocabulary
is declared, as a class, as a property of one kind, or as an annotation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from kg.knowledge.vocab import ONTOLOGY, PRESS

if TYPE_CHECKING:
    from rdflib.term import Node

BEGIN = "# From here to the next mark: python -m kg.knowledge.derived. Write terms above or below.\n"
END = "# The end of what is derived.\n"
_RESERVED = tuple(str(namespace) for namespace in (RDF, RDFS, OWL))
# What graphs say with words of others: to OWL these are annotations, for their values are names and dates.
_IN_GRAPHS = (
    DCTERMS.identifier, DCTERMS.title, DCTERMS.issued, DCTERMS.modified, DCTERMS.publisher, DCTERMS.source, DCTERMS.isReplacedBy,
    SKOS.prefLabel, SKOS.altLabel,
)  # fmt: skip


def by_hand(text: str) -> str:
    """An ontology's text without what is derived; terms that were written behind the marks stand before them now.

    >>> by_hand("press:a a owl:Class .\\n" + BEGIN + "…\\n" + END + "press:b a owl:Class .\\n")
    'press:a a owl:Class .\\n\\npress:b a owl:Class .\\n'
    """
    before, begun, rest = text.partition(BEGIN)
    after = rest.partition(END)[2] if begun else ""
    return "\n\n".join(part.strip("\n") for part in (before, after) if part.strip()) + "\n"


def ontology_text(text: str) -> str:
    """The text of an ontology with what is derived written again."""
    hand = by_hand(text)
    graph = Graph().parse(data=hand, format="turtle")
    own = sorted((s for s in graph.subjects(unique=True) if str(s).startswith(str(PRESS._NS))), key=str)
    rows = [*(_defined(graph, term) for term in own), "", *_declarations(graph)]
    return f"{hand}\n{BEGIN}\n" + "\n".join(rows) + f"\n\n{END}"


def _defined(graph: Graph, term: Node) -> str:
    """Where a term is defined, and its definitions as comments."""
    said = sorted((o for o in graph.objects(term, SKOS.definition) if isinstance(o, Literal)), key=lambda o: o.language != "ko")
    comments = f" ; rdfs:comment {', '.join(o.n3() for o in said)}" if said else ""
    return f"{term.n3(graph.namespace_manager)} rdfs:isDefinedBy <{ONTOLOGY}>{comments} ."


def _declarations(graph: Graph) -> Iterator[str]:
    """What each term of another vocabulary is."""
    found: dict[str, URIRef] = {}
    for kind, terms in _kinds(graph):
        for term in terms:
            if isinstance(term, URIRef) and not str(term).startswith((str(PRESS._NS), *_RESERVED)):
                found.setdefault(str(term), kind)
    for name, kind in sorted(found.items()):
        yield f"{URIRef(name).n3(graph.namespace_manager)} a {kind.n3(graph.namespace_manager)} ."


def _kinds(graph: Graph) -> Iterator[tuple[URIRef, list[Node]]]:
    yield OWL.Class, [*graph.objects(None, RDFS.subClassOf), *graph.objects(None, RDF.type)]
    yield OWL.ObjectProperty, [*graph.objects(None, OWL.inverseOf), *graph.objects(None, OWL.onProperty)]
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        own = list(graph.subjects(RDF.type, kind))
        yield kind, [parent for term in own for parent in graph.objects(term, RDFS.subPropertyOf)]
    yield OWL.AnnotationProperty, [*graph.predicates(), *_IN_GRAPHS]
