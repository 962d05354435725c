"""What a check of a built folder finds and looks things up with: findings, the ontology, readable names of nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph.shape_words import in_words
from kg.graph.store import compact, to_rdflib
from kg.knowledge.resources import resource
from kg.knowledge.vocab import PRESS
from kg.speech import word

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong (``violation``) or worth a look (``warning``): by which rule, about what, and why."""

    severity: str
    rule: str
    focus: str
    message: str

    def __str__(self) -> str:
        return f"{word(self.severity)}: {self.focus}: {in_words(self.message)} [{self.rule}]"


class Ontology:
    """What the checks need of press.ttl, worked out once."""

    def __init__(self) -> None:
        from rdflib import OWL, RDF, RDFS, Graph
        from rdflib.collection import Collection

        self.graph = graph = Graph().parse(resource("ontology", "press.ttl"))
        self.terms = {str(s) for s in graph.subjects() if str(s).startswith(str(PRESS._NS))}
        self.links = {str(s) for s in graph.subjects(RDF.type, OWL.ObjectProperty)}
        self.values = {str(s) for s in graph.subjects(RDF.type, OWL.DatatypeProperty)}
        self.above = {
            str(c): {str(parent) for parent in graph.transitive_objects(c, RDFS.subClassOf)}
            for c in graph.subjects(RDF.type, OWL.Class)
        }
        sets = [[str(c) for c in Collection(graph, members)] for members in graph.objects(None, OWL.members)]
        sets += [[str(a), str(b)] for a, b in graph.subject_objects(OWL.disjointWith)]
        self.disjoint = [(a, b) for members in sets for i, a in enumerate(members) for b in members[i + 1 :]]

    def clashes(self, kinds: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The pairs of classes that a thing with these types is in and must not be in together."""
        closure = set().union(*(self.above.get(kind, {kind}) for kind in kinds))
        return ((a, b) for a, b in self.disjoint if a in closure and b in closure)


class Names:
    """Readable forms of nodes: ``환경부 (id:환경부)``."""

    def __init__(self, statements: Iterable[tuple]) -> None:
        from rdflib import SKOS

        self.labels = {s: o.value for s, p, o in statements if p.value == str(SKOS.prefLabel)}

    def __call__(self, term: object) -> str:
        short = compact(to_rdflib(term))
        label = self.labels.get(term)
        return f"{label} ({short})" if label else short

    def statement(self, statement: tuple) -> str:
        return " – ".join(map(self, statement))


def wrong(rule: str, focus: str, message: str) -> Finding:
    return Finding("violation", rule, focus, message)
