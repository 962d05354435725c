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
from typing import TYPE_CHECKING

from kg.graph.shape_words import in_words
from kg.graph.store import articles, compact, quads, to_rdflib, triples
from kg.graph.terms import value_of
from kg.knowledge.resources import resource
from kg.knowledge.vocab import GAZETTEER_GRAPH, ID, PRESS
from kg.model import STATED
from kg.speech import spoken, word

if TYPE_CHECKING:
    import rdflib

_BATCH = 4000  # assertions validated at once: bounds the memory, and larger is no faster


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong (``violation``) or worth a look (``warning``): by which rule, about what, and why."""

    severity: str
    rule: str
    focus: str
    message: str

    def __str__(self) -> str:
        return f"{word(self.severity)}: {self.focus}: {in_words(self.message)} [{self.rule}]"


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
        found = f"{len(self.violations):,} violations, {len(self.warnings):,} warnings"
        yield spoken(f"{'conforms' if self.conforms else 'does not conform'}: {counted}; {found}")


class _Ontology:
    """What the checks need of press.ttl, worked out once."""

    def __init__(self) -> None:
        from rdflib import OWL, RDF, RDFS, Graph
        from rdflib.collection import Collection

        self.graph = graph = Graph().parse(resource("ontology", "press.ttl"))
        self.terms = {str(s) for s in graph.subjects() if s.startswith(str(PRESS._NS))}
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


class _Names:
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


def check(out: Path | str) -> CheckReport:
    """Check a built folder."""
    graph_of = [(q.graph_name, (q.subject, q.predicate, q.object)) for q in quads(out)]
    union = {statement for _, statement in graph_of}
    assertions: dict[object, list[tuple]] = defaultdict(list)
    for triple in triples(out, "evidence.ttl"):
        assertions[triple.subject].append((triple.predicate, triple.object))
    records = list(articles(out))
    ontology, names = _Ontology(), _Names(union)
    findings = [
        *_files(out, union, names),
        *_graphs(graph_of, records),
        *_terms(union, ontology, names),
        *_kinds(union, ontology, names),
        *_shapes(((s, *rest) for s, *rest in union), ontology, names),
        *_assertion_shapes(assertions, ontology, names),
        *_evidence(graph_of, assertions, records, names),
    ]
    ordered = sorted(set(findings))
    return CheckReport(
        articles=len(records),
        statements=len(union),
        assertions=len(assertions),
        violations=tuple(f for f in ordered if f.severity == "violation"),
        warnings=tuple(f for f in ordered if f.severity == "warning"),
    )


def _wrong(rule: str, focus: str, message: str) -> Finding:
    return Finding("violation", rule, focus, message)


def _files(out: Path | str, union: set[tuple], names: _Names) -> Iterator[Finding]:
    """graph.ttl has to be the union of the named graphs."""
    turtle = {(t.subject, t.predicate, t.object) for t in triples(out, "graph.ttl")}
    for statement in union - turtle:
        yield _wrong("files:union", names.statement(statement), "is in graph.nq and not in graph.ttl")
    for statement in turtle - union:
        yield _wrong("files:union", names.statement(statement), "is in graph.ttl and not in graph.nq")


def _graphs(graph_of: list[tuple], records: list[dict]) -> Iterator[Finding]:
    """Every named graph is that of an article on record, or the gazetteer's."""
    known = {record["iri"] for record in records} | {str(GAZETTEER_GRAPH)}
    for graph in {graph for graph, _ in graph_of}:
        name = getattr(graph, "value", "")
        if name not in known:
            yield _wrong("files:graphs", name or "the default graph", "is the graph of no article in articles.jsonl")


def _terms(union: set[tuple], ontology: _Ontology, names: _Names) -> Iterator[Finding]:
    """Terms that the ontology lacks, links to literals, values that are IRIs, blank nodes, text that is not NFC."""
    import pyoxigraph as ox
    from rdflib import RDF

    base, is_a = str(PRESS._NS), str(RDF.type)
    for statement in union:
        s, p, o = statement
        for term in (p, o) if p.value == is_a else (p,):
            if term.value.startswith(base) and term.value not in ontology.terms:
                yield _wrong("ontology:terms", names(term), "is a term that the ontology lacks")
        literal = isinstance(o, ox.Literal)
        if literal and p.value in ontology.links:
            yield _wrong("ontology:links", names(s), f"{names(p)} links to things, but its object is the literal {o.value!r}")
        if not literal and p.value in ontology.values:
            yield _wrong("ontology:values", names(s), f"{names(p)} takes a value, but its object is {names(o)}")
        for term in (s, o):
            if isinstance(term, ox.BlankNode):
                yield _wrong("graph:blank-node", names.statement(statement), "holds a blank node")
            elif not unicodedata.is_normalized("NFC", term.value):
                yield _wrong("graph:nfc", names.statement(statement), "holds text that is not in Unicode's form NFC")


def _kinds(union: set[tuple], ontology: _Ontology, names: _Names) -> Iterator[Finding]:
    """Classes that exclude each other on one thing; minted things without any class."""
    import pyoxigraph as ox
    from rdflib import DCTERMS, RDF, SKOS

    kinds: dict[object, set[str]] = defaultdict(set)
    things, named = set(), set()
    for s, p, o in union:
        things.update(term for term in (s, o) if isinstance(term, ox.NamedNode) and term.value.startswith(str(ID)))
        if p.value == str(RDF.type):
            kinds[s].add(o.value)
        # what has a label is for the shapes to judge; what was replaced keeps an IRI and nothing else
        elif p.value in {str(SKOS.prefLabel), str(DCTERMS.isReplacedBy)}:
            named.add(s)
    for thing, types in kinds.items():
        for a, b in ontology.clashes(types):
            both = f"{names(ox.NamedNode(a))} and {names(ox.NamedNode(b))}"
            yield _wrong("ontology:disjoint", names(thing), f"is both {both}, which exclude each other")
    for thing in things - kinds.keys() - named:
        yield _wrong("graph:untyped", names(thing), "has neither a type nor a label")


def _shapes(statements: Iterable[tuple], ontology: _Ontology, names: _Names) -> Iterator[Finding]:
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


def _finding(results: rdflib.Graph, shapes: rdflib.Graph, result: rdflib.term.Node, names: _Names) -> Finding:
    import pyoxigraph as ox
    from rdflib import SH, BNode, Literal, URIRef

    source = results.value(result, SH.sourceShape)
    if isinstance(source, BNode):  # a property shape stands inside the node shape that has a name
        source = next(shapes.subjects(None, source), source)

    def shown(node: rdflib.term.Node) -> str:
        return names(ox.NamedNode(str(node))) if isinstance(node, URIRef) else node.n3()

    focus, value = results.value(result, SH.focusNode), results.value(result, SH.value)
    messages = [m for m in results.objects(result, SH.resultMessage) if isinstance(m, Literal)]
    message = next((str(m) for m in messages if m.language == "en"), str(messages[0]) if messages else "violates the shape")
    message += "" if value is None or value == focus else f": {shown(value)}"
    severity = "violation" if results.value(result, SH.resultSeverity) == SH.Violation else "warning"
    name = source.split("#")[-1] if source else "shape"
    return Finding(severity, f"shape:{name}", shown(focus), message)


def _assertion_shapes(assertions: Mapping[object, list[tuple]], ontology: _Ontology, names: _Names) -> Iterator[Finding]:
    nodes = iter(assertions)
    while batch := list(islice(nodes, _BATCH)):
        yield from _shapes(((node, p, o) for node in batch for p, o in assertions[node]), ontology, names)


def _needs_evidence(statement: tuple, given: set[str], about_article: set[object]) -> bool:
    """Whether a statement is one that an article makes, so that words have to stand behind it."""
    s, p, _ = statement
    return p.value not in given and s not in about_article


def _evidence(
    graph_of: list[tuple], assertions: Mapping[object, list[tuple]], records: list[dict], names: _Names
) -> Iterator[Finding]:
    """Every statement of an article has words, and the words stand where the assertion says."""
    from rdflib import OWL, RDF, RDFS, SKOS

    # types, labels and what is worked out across articles; not what an article's words say
    given = {
        str(p)
        for p in (
            RDF.type,
            RDFS.label,
            SKOS.prefLabel,
            OWL.sameAs,
            PRESS.mentions,
            PRESS.status,
            PRESS.possiblySameAs,
            PRESS.reportedOn,
        )
    }
    worked_out = {str(PRESS.Article), str(PRESS.Affiliation)}  # nodes whose statements are about the page, or repeat others
    raw = {record["iri"]: record["fields"] for record in records}
    exempt = {s for _, (s, p, o) in graph_of if p.value == str(RDF.type) and o.value in worked_out}
    said = {
        (graph.value, statement)
        for graph, statement in graph_of
        if getattr(graph, "value", "") in raw and _needs_evidence(statement, given, exempt)
    }
    needed = (PRESS.article, RDF.subject, RDF.predicate, RDF.object, PRESS.evidence, PRESS.field, PRESS.start, PRESS.end)
    supported, denied = set(), set()
    for pairs in assertions.values():
        one = {p.value: o for p, o in pairs}
        got = [one.get(str(term)) for term in needed]
        if None in got:
            continue  # the shape of assertions says what is missing
        article, s, p, o, words, field, start, end = got
        statement, focus = (s, p, o), names.statement((s, p, o))
        if value_of(article) not in raw:
            yield _wrong("evidence:article", focus, f"{names(article)} is no article in articles.jsonl")
            continue
        if value_of(field) not in raw[value_of(article)]:
            has = ", ".join(raw[value_of(article)])
            yield _wrong("evidence:field", focus, f"{names(article)} has no field {value_of(field)!r}; it has {has}")
            continue
        try:
            found = raw[value_of(article)][value_of(field)][int(value_of(start)) : int(value_of(end))]
        except ValueError:
            continue  # so does it here
        if found != value_of(words):
            where = f"{names(article)}: {value_of(field)}[{value_of(start)}:{value_of(end)}]"
            yield _wrong("evidence:offsets", focus, f"{where} is {found!r}, not {value_of(words)!r}")
            continue
        unstated = str(PRESS.factuality) in one and one[str(PRESS.factuality)].value not in STATED
        (denied if unstated else supported).add((value_of(article), statement))
    for article, statement in said - supported:
        is_denied = (article, statement) in denied
        why = (
            "is asserted by no words of the article, but stands in the graph"
            if is_denied
            else "has no words of the article behind it"
        )
        yield _wrong("evidence:support", names.statement(statement), f"{why}; article {article}")
    in_graph = {(getattr(graph, "value", ""), statement) for graph, statement in graph_of}
    for article, statement in supported - in_graph:
        why = f"has words, but the graph of article {article} does not hold it"
        yield Finding("warning", "evidence:unused", names.statement(statement), why)
