"""What ``ontology/press.ttl`` says, as plain sets for the code: which class is under which, and what a property links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.knowledge.resources import resource


@dataclass(frozen=True, slots=True)
class Property:
    """A property's domain and range as local names (a datatype's as ``xsd:date``), its parents, and whether its values are literals.

    Where the range is a choice of datatypes that the ontology spells out, ``range`` holds a name that is none of either.
    """

    domain: frozenset[str]
    range: frozenset[str]
    parents: frozenset[str]
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """Classes with all their ancestors (themselves included), properties, and labels by language; all by local name."""

    ancestors: Mapping[str, frozenset[str]]
    properties: Mapping[str, Property]
    labels: Mapping[str, Mapping[str, str]]

    @property
    def terms(self) -> Mapping[str, Mapping[str, str]]:
        """Everything that the ontology names."""
        return self.labels

    def is_a(self, cls: str, parent: str) -> bool:
        """Whether a class is another or below it; False for a class that is unknown.

        >>> schema().is_a("Seminar", "Event"), schema().is_a("Seminar", "Person")
        (True, False)
        """
        return parent in self.ancestors.get(cls, ())

    def below(self, parent: str) -> frozenset[str]:
        """A class and all that is under it."""
        return frozenset(cls for cls, above in self.ancestors.items() if parent in above)


@lru_cache(maxsize=1)
def schema() -> Schema:
    """The ontology, read once."""
    read = _Triples(resource("ontology", "press.ttl"))
    kinds = {name: kind for iri, kind in _KINDS.items() for name in read.typed(iri)}
    literal = {name: kinds[name] for name in read.order if name in kinds}
    classes = read.typed(_OWL + "Class")
    parents = {name: read.own(name, _RDFS + "subClassOf") & classes.keys() for name in classes}

    def above(name: str) -> frozenset[str]:
        return frozenset({name}.union(*(above(parent) for parent in parents[name])))

    properties = {
        name: Property(
            domain=read.kinds(name, _RDFS + "domain"),
            # OWL 2 has no dates: where the range is any literal, schema:rangeIncludes names the datatypes
            range=read.kinds(name, _INCLUDES) or read.kinds(name, _RDFS + "range"),
            parents=read.own(name, _RDFS + "subPropertyOf"),
            literal=kind,
        )
        for name, kind in literal.items()
    }
    return Schema(
        {name: above(name) for name in classes}, properties, {name: read.labels(name) for name in (*classes, *properties)}
    )


_BASE = "https://w3id.org/presskg/ontology#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INCLUDES = "https://schema.org/rangeIncludes"
_KINDS = {_OWL + "ObjectProperty": False, _OWL + "DatatypeProperty": True}


class _Triples:
    """The triples of a Turtle file by subject and property, in the order of the file."""

    def __init__(self, path: Path) -> None:
        import pyoxigraph as ox

        self.literal = ox.Literal
        self.by: dict[tuple[str, str], list] = defaultdict(list)
        for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            self.by[_plain(triple.subject), triple.predicate.value].append(triple.object)

    @property
    def order(self) -> Iterator[str]:
        """The names of the ontology's own terms as they stand in the file."""
        return iter(dict.fromkeys(s.removeprefix(_BASE) for s, _ in self.by if s.startswith(_BASE)))

    def typed(self, iri: str) -> dict[str, None]:
        """The names of the ontology's own terms of a type."""
        types = ((s, o) for (s, p), objects in self.by.items() if p == _RDF + "type" for o in objects)
        return {s.removeprefix(_BASE): None for s, o in types if s.startswith(_BASE) and _plain(o) == iri}

    def own(self, name: str, predicate: str) -> frozenset[str]:
        """The names of the ontology's own terms that a term points to."""
        found = map(_plain, self.by[_BASE + name, predicate])
        return frozenset(o.removeprefix(_BASE) for o in found if o.startswith(_BASE))

    def kinds(self, name: str, predicate: str) -> frozenset[str]:
        """The classes and datatypes that a term points to, each member of a union by itself."""
        return frozenset(kind for o in self.by[_BASE + name, predicate] for kind in self._members(_plain(o)))

    def _members(self, node: str) -> Iterator[str]:
        unions = self.by[node, _OWL + "unionOf"]
        if not unions:
            yield node.removeprefix(_BASE).replace(_XSD, "xsd:")
        for rest in map(_plain, unions):
            while self.by[rest, _RDF + "first"]:
                yield from self._members(_plain(self.by[rest, _RDF + "first"][0]))
                rest = _plain(self.by[rest, _RDF + "rest"][0])

    def labels(self, name: str) -> dict[str, str]:
        """The labels of a term by language."""
        found = self.by[_BASE + name, _RDFS + "label"]
        return {o.language or "": o.value for o in found if isinstance(o, self.literal)}


def _plain(term: object) -> str:
    """An IRI or the name of a blank node."""
    return str(term).strip("<>")
