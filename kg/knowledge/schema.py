"""What ``ontology/press.ttl`` says, as plain sets for the code: which class is under which, and what a property links."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.knowledge.resources import resource


@dataclass(frozen=True, slots=True)
class Property:
    """A property's domain and range as local names (a datatype's as ``xsd:date``), its parents, and whether its values are literals
    (None: either).

    Where the range is a choice of datatypes that the ontology spells out, ``range`` holds a name that is none of either.
    """

    domain: frozenset[str]
    range: frozenset[str]
    parents: frozenset[str]
    literal: bool | None = False


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
    import pyoxigraph as ox

    path = resource("ontology", "press.ttl")
    base = "https://w3id.org/presskg/ontology#"
    rdfs = "http://www.w3.org/2000/01/rdf-schema#"
    owl = "http://www.w3.org/2002/07/owl#"
    kinds = {owl + "ObjectProperty": False, owl + "DatatypeProperty": True, "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property": None}
    parents: dict[str, set[str]] = {}
    properties: dict[str, dict[str, set[str]]] = {}
    literal: dict[str, bool | None] = {}
    lists: dict[str, tuple[str | None, str | None]] = {}
    unions: dict[str, str] = {}
    found: list[tuple[str, str, str]] = []
    labels: dict[str, dict[str, str]] = {}
    for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        if isinstance(triple.object, ox.Literal):
            if triple.predicate.value == rdfs + "label" and triple.subject.value.startswith(base):
                labels.setdefault(triple.subject.value.removeprefix(base), {})[triple.object.language or ""] = triple.object.value
            continue
        s, p, o = str(triple.subject).strip("<>"), triple.predicate.value, str(triple.object).strip("<>")
        found.append((s, p, o))
        if p.endswith("#first"):
            lists[s] = (o, lists.get(s, (None, None))[1])
        elif p.endswith("#rest"):
            lists[s] = (lists.get(s, (None, None))[0], o)
        elif p == owl + "unionOf":
            unions[s] = o

    def local(term: str) -> frozenset[str]:
        if term in unions:
            names, node = set(), unions[term]
            while node in lists:
                first, node = lists[node]
                names |= local(first)
            return frozenset(names)
        return frozenset([term.removeprefix(base).replace("http://www.w3.org/2001/XMLSchema#", "xsd:")])

    for s, p, o in found:
        if not s.startswith(base):
            continue
        name = s.removeprefix(base)
        if o == owl + "Class":
            parents.setdefault(name, set())
        elif o in kinds:
            properties.setdefault(name, {"domain": set(), "range": set(), "parents": set()})
            literal[name] = kinds[o]
    for s, p, o in found:
        name = s.removeprefix(base)
        if p == rdfs + "subClassOf" and name in parents and o.startswith(base):
            parents[name].add(o.removeprefix(base))
        elif name in properties and p in (rdfs + "domain", rdfs + "range"):
            properties[name][p.removeprefix(rdfs)] |= local(o)
        elif name in properties and p == rdfs + "subPropertyOf" and o.startswith(base):
            properties[name]["parents"].add(o.removeprefix(base))

    def above(name: str) -> frozenset[str]:
        return frozenset({name}.union(*(above(parent) for parent in parents[name])))

    return Schema({name: above(name) for name in parents},
                  {name: Property(*(frozenset(p[key]) for key in ("domain", "range", "parents")), literal[name]) for name, p in properties.items()},
                  {name: labels.get(name, {}) for name in (*parents, *properties)})
