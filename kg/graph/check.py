"""Does a built folder hold what it promises? Shapes (SHACL), the ontology, and the words behind every statement.

The shapes say what one node must be like. What needs several files or the raw text is checked here: terms that the ontology
lacks, classes that exclude each other, blank nodes, files that disagree, and ``original[start:end]`` against every evidence.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.graph.check_evidence import words_behind
from kg.graph.findings import Finding, Names, Ontology, wrong
from kg.graph.store import articles, quads, to_rdflib, triples
from kg.knowledge.resources import resource
from kg.knowledge.vocab import GAZETTEER_GRAPH, ID, PRESS
from kg.speech import spoken

if TYPE_CHECKING:
    import rdflib

_BATCH = 4000  # assertions validated at once: bounds the memory, and larger is no faster


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What ``check`` looked at and found; violations and warnings are sorted."""

    articles: int
    statements: int
    assertions: int
    violations: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings do not count."""
        return not self.violations

    def as_dict(self) -> dict:
        """The report as plain data, for JSON."""
        return {**asdict(self), "conforms": self.conforms}

    def lines(self, *, limit: int | None = None) -> Iterator[str]:
        """The report for people: every finding (at most ``limit`` of each severity), then the sum."""
        for found in (self.violations, self.warnings):
            yield from map(str, islice(found, limit))
            if limit is not None and len(found) > limit:
                yield spoken(f"… and {len(found) - limit:,} more {found[0].severity}s")
        counted = f"{self.articles:,} articles, {self.statements:,} statements, {self.assertions:,} assertions"
        sums = f"{len(self.violations):,} violations, {len(self.warnings):,} warnings"
        yield spoken(f"{'conforms' if self.conforms else 'does not conform'}: {counted}; {sums}")


def check(out: Path | str) -> CheckReport:
    """Check a built folder."""
    graph_of = [(q.graph_name, (q.subject, q.predicate, q.object)) for q in quads(out)]
    union = {statement for _, statement in graph_of}
    assertions: dict[object, list[tuple]] = defaultdict(list)
    for triple in triples(out, "evidence.ttl"):
        assertions[triple.subject].append((triple.predicate, triple.object))
    records = list(articles(out))
    ontology, names = Ontology(), Names(union)
    findings = [
        *_files(out, union, names),
        *_graphs(graph_of, records),
        *_terms(union, ontology, names),
        *_kinds(union, ontology, names),
        *_shapes(((s, *rest) for s, *rest in union), ontology, names),
        *_assertion_shapes(assertions, ontology, names),
        *words_behind(graph_of, assertions, records, names),
    ]
    ordered = sorted(set(findings))
    return CheckReport(
        articles=len(records),
        statements=len(union),
        assertions=len(assertions),
        violations=tuple(f for f in ordered if f.severity == "violation"),
        warnings=tuple(f for f in ordered if f.severity == "warning"),
    )


def _files(out: Path | str, union: set[tuple], names: Names) -> Iterator[Finding]:
    """graph.ttl has to be the union of the named graphs."""
    turtle = {(t.subject, t.predicate, t.object) for t in triples(out, "graph.ttl")}
    for statement in union - turtle:
        yield wrong("files:union", names.statement(statement), "is in graph.nq and not in graph.ttl")
    for statement in turtle - union:
        yield wrong("files:union", names.statement(statement), "is in graph.ttl and not in graph.nq")


def _graphs(graph_of: list[tuple], records: list[dict]) -> Iterator[Finding]:
    """Every named graph is that of an article on record, or the gazetteer's."""
    known = {record["iri"] for record in records} | {str(GAZETTEER_GRAPH)}
    for graph in {graph for graph, _ in graph_of}:
        name = getattr(graph, "value", "")
        if name not in known:
            yield wrong("files:graphs", name or "the default graph", "is the graph of no article in articles.jsonl")


def _terms(union: set[tuple], ontology: Ontology, names: Names) -> Iterator[Finding]:
    """Terms that the ontology lacks, links to literals, values that are IRIs, blank nodes, text that is not NFC."""
    import pyoxigraph as ox
    from rdflib import RDF

    base, is_a = str(PRESS._NS), str(RDF.type)
    for statement in union:
        s, p, o = statement
        for term in (p, o) if p.value == is_a else (p,):
            if term.value.startswith(base) and term.value not in ontology.terms:
                yield wrong("ontology:terms", names(term), "is a term that the ontology lacks")
        literal = isinstance(o, ox.Literal)
        if literal and p.value in ontology.links:
            yield wrong("ontology:links", names(s), f"{names(p)} links to things, but its object is the literal {o.value!r}")
        if not literal and p.value in ontology.values:
            yield wrong("ontology:values", names(s), f"{names(p)} takes a value, but its object is {names(o)}")
        for term in (s, o):
            if isinstance(term, ox.BlankNode):
                yield wrong("graph:blank-node", names.statement(statement), "holds a blank node")
            elif not unicodedata.is_normalized("NFC", term.value):
                yield wrong("graph:nfc", names.statement(statement), "holds text that is not in Unicode's form NFC")


def _kinds(union: set[tuple], ontology: Ontology, names: Names) -> Iterator[Finding]:
    """Classes that exclude each other on one thing; minted things without any class."""
    import pyoxigraph as ox
    from rdflib import DCTERMS, RDF, SKOS

    kinds: dict[object, set[str]] = defaultdict(set)
    things: set[object] = set()
    named: set[object] = set()
    for s, p, o in union:
        things.update(term for term in (s, o) if isinstance(term, ox.NamedNode) and term.value.startswith(str(ID)))
        if p.value == str(RDF.type):
            kinds[s].add(o.value)
        # what has a label is for the shapes to judge; what was replaced keeps an IRI and nothing else
        elif p.value in {str(SKOS.prefLabel), str(DCTERMS.isReplacedBy)}:
            named.add(s)
        elif p.value == str(SKOS.inScheme):
            named.add(o)  # the scheme, which the ontology describes
    for thing, types in kinds.items():
        for a, b in ontology.clashes(types):
            both = f"{names(ox.NamedNode(a))} and {names(ox.NamedNode(b))}"
            yield wrong("ontology:disjoint", names(thing), f"is both {both}, which exclude each other")
    for thing in things - kinds.keys() - named:
        yield wrong("graph:untyped", names(thing), "has neither a type nor a label")


def _shapes(statements: Iterable[tuple], ontology: Ontology, names: Names) -> Iterator[Finding]:
    """What the shapes find wrong in statements."""
    import pyshacl
    from rdflib import RDF, SH, Graph

    data, shapes = Graph(), Graph().parse(resource("ontology", "shapes.ttl"))
    for s, p, o in statements:
        data.add((to_rdflib(s), to_rdflib(p), to_rdflib(o)))
    conforms, results, text = pyshacl.validate(data, shacl_graph=shapes, ont_graph=ontology.graph, inplace=True)
    if not isinstance(results, Graph):
        raise results  # pyshacl hands a failure back as the result
    for result in results.subjects(RDF.type, SH.ValidationResult):
        yield _finding(results, shapes, result, names)


def _finding(results: rdflib.Graph, shapes: rdflib.Graph, result: rdflib.term.Node, names: Names) -> Finding:
    import pyoxigraph as ox
    from rdflib import SH, BNode, Literal, URIRef

    source = results.value(result, SH.sourceShape)
    if isinstance(source, BNode):  # a property shape stands inside the node shape that has a name
        source = next(shapes.subjects(None, source), source)

    def shown(node: Any) -> str:
        return names(ox.NamedNode(str(node))) if isinstance(node, URIRef) else node.n3()

    focus, value = results.value(result, SH.focusNode), results.value(result, SH.value)
    messages = [m for m in results.objects(result, SH.resultMessage) if isinstance(m, Literal)]
    message = next((str(m) for m in messages if m.language == "en"), str(messages[0]) if messages else "violates the shape")
    message += "" if value is None or value == focus else f": {shown(value)}"
    severity = "violation" if results.value(result, SH.resultSeverity) == SH.Violation else "warning"
    name = str(source).split("#")[-1] if source else "shape"
    return Finding(severity, f"shape:{name}", shown(focus), message)


def _assertion_shapes(assertions: Mapping[object, list[tuple]], ontology: Ontology, names: Names) -> Iterator[Finding]:
    nodes = iter(assertions)
    while batch := list(islice(nodes, _BATCH)):
        yield from _shapes(((node, p, o) for node in batch for p, o in assertions[node]), ontology, names)
