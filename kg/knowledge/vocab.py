"""The names that code uses for terms: ``PRESS`` is closed (a misspelt term fails at once), ``ID`` and ``ARTICLE`` are open.

What ``PRESS`` holds is what ``ontology/press.ttl`` defines: a new relation is a block there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD, Namespace, URIRef

from kg.knowledge.schema import schema

ID = Namespace("https://w3id.org/presskg/id/")
ARTICLE = Namespace("https://w3id.org/presskg/id/article/")
ASSERTION = Namespace("https://w3id.org/presskg/id/assertion/")
SCHEMA = Namespace("https://schema.org/")
SOFTWARE = "https://w3id.org/presskg/"
ONTOLOGY = URIRef("https://w3id.org/presskg/ontology")
GAZETTEER_GRAPH = URIRef("https://w3id.org/presskg/id/graph/gazetteer")
EVIDENCE_GRAPH = URIRef("https://w3id.org/presskg/id/graph/evidence")
TOPICS = URIRef("https://w3id.org/presskg/id/scheme/topics")
ENTAILED_GRAPH = URIRef("https://w3id.org/presskg/id/graph/entailed")


class Terms:
    """A closed namespace: the terms of ``ontology/press.ttl`` and no others, read when the first is asked for.

    >>> PRESS.coHosted
    rdflib.term.URIRef('https://w3id.org/presskg/ontology#coHosted')
    >>> PRESS.cohosted  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    AttributeError: term 'cohosted' not in namespace 'https://w3id.org/presskg/ontology#'...
    """

    _NS = Namespace(ONTOLOGY + "#")

    def __getattr__(self, name: str) -> URIRef:
        if name.startswith("_") or name not in schema().terms:
            raise AttributeError(f"term {name!r} not in namespace {str(self._NS)!r}")
        return URIRef(self._NS + name)

    def __getitem__(self, name: str) -> URIRef:
        return getattr(self, name)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(schema().terms))

    def __contains__(self, term: object) -> bool:
        return str(term).removeprefix(self._NS) in schema().terms and str(term).startswith(self._NS)

    def __dir__(self) -> list[str]:
        return list(self)


PRESS = Terms()

# Every serializer binds these and no others, so that files are alike whoever writes them.
PREFIXES = MappingProxyType(
    {
        "press": str(PRESS._NS),
        "id": str(ID),
        "article": str(ARTICLE),
        "assertion": str(ASSERTION),
        "dcterms": str(DCTERMS._NS),
        "foaf": str(FOAF._NS),
        "org": str(ORG._NS),
        "owl": str(OWL._NS),
        "prov": str(PROV._NS),
        "rdf": str(RDF._NS),
        "rdfs": str(RDFS._NS),
        "schema": str(SCHEMA),
        "skos": str(SKOS._NS),
        "xsd": str(XSD._NS),
    }
)


@lru_cache(maxsize=1)
def korean_labels() -> Mapping[str, str]:
    """The Korean label of every term of the ontology, by IRI.

    >>> korean_labels()[str(PRESS.coHosted)]
    '공동 개최'
    """
    return {str(PRESS[name]): labels["ko"] for name, labels in schema().labels.items() if "ko" in labels}
