"""Hand a built graph to other tools: RDF files, networks for Gephi and its like, tables of nodes and edges.

Every format is written from ``graph.nq`` in an order of our own, so that the same graph gives the same bytes.
"""
from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.resources import resource
from kg.store import built, quads
from kg.vocab import ARTICLE, ID, PREFIXES, PRESS, korean_labels

if TYPE_CHECKING:
    import networkx
    import pyoxigraph

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = PREFIXES["xsd"]
_ILLEGAL_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CANONICAL_INTEGER = re.compile(r"0|-?[1-9]\d{0,14}")


def _key(quad: pyoxigraph.Quad) -> tuple[str, str, bool, str, str]:
    """Graph, subject, the type first, predicate, object."""
    graph = getattr(quad.graph_name, "value", "")
    return graph, str(quad.subject), quad.predicate.value != _RDF_TYPE, quad.predicate.value, str(quad.object)


def _sorted_quads(out: Path | str) -> list[pyoxigraph.Quad]:
    return sorted(set(quads(out)), key=_key)


def _oxigraph(statements: Iterable[object], form: object) -> str:
    """Statements in a format of Oxigraph's, which keeps their order but writes prefixes in any; those are sorted here."""
    import pyoxigraph as ox

    lines = ox.serialize(statements, format=form, prefixes=dict(PREFIXES)).decode().splitlines(keepends=True)
    body = next((i for i, line in enumerate(lines) if not line.startswith("@prefix ")), len(lines))
    return "".join(sorted(lines[:body])) + "\n" + "".join(lines[body:])


def _turtle(out: Path | str) -> str:
    import pyoxigraph as ox

    union = sorted({ox.Quad(q.subject, q.predicate, q.object) for q in quads(out)}, key=_key)
    return _oxigraph((q.triple for q in union), ox.RdfFormat.TURTLE)


def _trig(out: Path | str) -> str:
    import pyoxigraph as ox

    return _oxigraph(_sorted_quads(out), ox.RdfFormat.TRIG)


def _n_quads(out: Path | str) -> str:
    return "".join(sorted(f"{line} .\n" for line in {str(q) for q in quads(out)}))


@lru_cache(maxsize=1)
def context() -> dict:
    """The JSON-LD context of ``ontology/context.jsonld``; written into files, so that nobody has to fetch it."""
    return json.loads(resource("ontology", "context.jsonld").read_text(encoding="utf-8"))["@context"]


@lru_cache(maxsize=1)
def _jsonld_terms() -> tuple[dict[str, str], dict[str, tuple[str, dict]]]:
    """The context's prefixes, and its terms by IRI with what they coerce to."""
    prefixes = {name: value for name, value in context().items() if isinstance(value, str) and value.endswith(("/", "#"))}
    terms = {}
    for name, value in context().items():
        short = value.get("@id") if isinstance(value, dict) else value
        if isinstance(short, str) and name not in prefixes:
            prefix, _, local = short.partition(":")
            terms[prefixes[prefix] + local] = (name, value if isinstance(value, dict) else {})
    return prefixes, terms


def _short(iri: str) -> str:
    prefixes, _ = _jsonld_terms()
    fitting = ((p, b) for p, b in prefixes.items() if iri.startswith(b))
    prefix, base = max(fitting, key=lambda pair: len(pair[1]), default=("", ""))
    return f"{prefix}:{iri[len(base):]}" if prefix and not iri[len(base):].startswith("//") else iri


def _jsonld_value(term: object, rule: dict) -> object:
    """An object as the context's rule for its property lets it be written."""
    import pyoxigraph as ox

    if not isinstance(term, ox.Literal):
        return _short(term.value) if rule.get("@type") == "@id" else {"@id": _short(term.value)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype = term.datatype.value
    if "@type" in rule and rule["@type"] == _short(datatype):
        return int(term.value) if datatype == f"{_XSD}integer" and _CANONICAL_INTEGER.fullmatch(term.value) else term.value
    if datatype == f"{_XSD}string":
        return {"@value": term.value} if "@type" in rule else term.value
    return {"@value": term.value, "@type": _short(datatype)}


def _jsonld_node(subject: object, statements: Iterable[pyoxigraph.Quad]) -> dict:
    _, terms = _jsonld_terms()
    node: dict = {"@id": _short(subject.value)}
    for quad in statements:
        iri, o = quad.predicate.value, quad.object
        if iri == _RDF_TYPE:
            node.setdefault("@type", []).append(terms.get(o.value, (_short(o.value),))[0])
            continue
        name, rule = terms.get(iri, (_short(iri), {}))
        if rule.get("@container") == "@language":
            if getattr(o, "language", None):
                node.setdefault(name, {}).setdefault(o.language, []).append(o.value)
                continue
            name, rule = _short(iri), {}  # a language map has no place for a value without language
        node.setdefault(name, []).append(_jsonld_value(o, rule))
    return {key: _single(value) for key, value in node.items()}


def _single(value: object) -> object:
    if isinstance(value, dict) and not any(key.startswith("@") for key in value):
        return {key: _single(inner) for key, inner in value.items()}
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _json_ld(out: Path | str) -> str:
    graphs: dict[str, dict[object, list]] = defaultdict(lambda: defaultdict(list))
    for quad in _sorted_quads(out):
        graphs[getattr(quad.graph_name, "value", "")][quad.subject].append(quad)
    body: list[dict] = []
    for name, subjects in graphs.items():
        nodes = [_jsonld_node(subject, statements) for subject, statements in subjects.items()]
        body += [{"@id": _short(name), "@graph": nodes}] if name else nodes
    return json.dumps({"@context": context(), "@graph": body}, ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of the graph for networks and tables: its label, its class in English and Korean, its values by property."""

    iri: str
    label: str
    kind: str
    kind_ko: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement between two things, and the identifiers of the articles that make it."""

    source: str
    target: str
    relation: str
    label: str
    articles: tuple[str, ...]


def network(out: Path | str) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """The things and the statements between them, sorted; articles are no nodes but stand at the edges.

    >>> nodes, edges = network("tests/fixtures/out")
    >>> next((edge.relation, edge.label, edge.articles) for edge in edges if edge.relation == "coHosted")
    ('coHosted', '공동 개최', ('water-forum',))
    """
    import pyoxigraph as ox
    from rdflib import DCTERMS, SKOS

    labels, identifiers = {}, {}
    kinds: dict[str, set[str]] = defaultdict(set)
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    links: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    base = str(PRESS._NS)
    for quad in quads(out):
        s, p, o = quad.subject.value, quad.predicate.value, quad.object
        graph = getattr(quad.graph_name, "value", "")
        if p == _RDF_TYPE:
            kinds[s].add(o.value)
        elif p == str(SKOS.prefLabel):
            labels[s] = o.value
        elif p == str(DCTERMS.identifier):
            identifiers[s] = o.value
        elif isinstance(o, ox.Literal) and (p.startswith(base) or p == str(SKOS.altLabel)):
            values[s][re.split(r"[#/]", p)[-1]].add(o.value)
        elif isinstance(o, ox.NamedNode) and p.startswith(base):
            links[s, p, o.value].add(graph)
    things = {s for s in kinds if s.startswith(str(ID)) and not s.startswith(str(ARTICLE))}
    korean = korean_labels()

    def node(iri: str) -> Node:
        return Node(iri, labels.get(iri, iri.removeprefix(str(ID))), ", ".join(sorted(k.removeprefix(base) for k in kinds[iri])),
                    ", ".join(sorted(korean.get(k, k) for k in kinds[iri])),
                    tuple((name, "; ".join(sorted(found))) for name, found in sorted(values[iri].items())))

    def edge(s: str, p: str, o: str, graphs: set[str]) -> Edge:
        relation = p.removeprefix(base)
        return Edge(s, o, relation, korean.get(p, relation), tuple(sorted(identifiers[g] for g in graphs if g in identifiers)))

    between = sorted((link, graphs) for link, graphs in links.items() if link[0] in things and link[2] in things)
    return tuple(map(node, sorted(things))), tuple(edge(*link, graphs) for link, graphs in between)


def _networkx(out: Path | str) -> networkx.MultiDiGraph:
    import networkx as nx

    def clean(text: str) -> str:
        return _ILLEGAL_IN_XML.sub("", text)

    graph = nx.MultiDiGraph()
    nodes, edges = network(out)
    for node in nodes:
        values = {name: clean(value) for name, value in node.values}
        graph.add_node(node.iri, label=clean(node.label), kind=node.kind, kind_ko=node.kind_ko, **values)
    for number, edge in enumerate(edges):
        graph.add_edge(edge.source, edge.target, key=number, id=str(number), relation=edge.relation, label=edge.label,
                       articles=clean("; ".join(edge.articles)), weight=float(max(1, len(edge.articles))))
    return graph


def _graphml(out: Path | str) -> str:
    import networkx as nx

    # the edges' own ids would be written twice, as key and as data
    graph = _networkx(out)
    for _, _, data in graph.edges(data=True):
        del data["id"]
    return "\n".join(nx.generate_graphml(graph)) + "\n"


def _gexf(out: Path | str) -> str:
    import networkx as nx

    text = "\n".join(nx.generate_gexf(_networkx(out), version="1.2draft")) + "\n"
    return re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1)  # today's date would change the bytes every day


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return text.getvalue()


def _node_table(out: Path | str) -> str:
    nodes, _ = network(out)
    names = sorted({name for node in nodes for name, _ in node.values})
    return _table(("Id", "Label", "Kind", "KindKo", *names),
                  ((n.iri, n.label, n.kind, n.kind_ko, *(dict(n.values).get(name, "") for name in names)) for n in nodes))


def _edge_table(out: Path | str) -> str:
    _, edges = network(out)
    rows = ((e.source, e.target, "Directed", e.label, e.relation, max(1, len(e.articles)), "; ".join(e.articles)) for e in edges)
    return _table(("Source", "Target", "Type", "Label", "Relation", "Weight", "Articles"), rows)


FORMATS: dict[str, Callable[[Path | str], str]] = {
    "turtle": _turtle, "n-quads": _n_quads, "trig": _trig, "json-ld": _json_ld, "graphml": _graphml, "gexf": _gexf,
}
TABLES: dict[str, Callable[[Path | str], str]] = {"nodes.csv": _node_table, "edges.csv": _edge_table}
SUFFIXES = {"turtle": ".ttl", "n-quads": ".nq", "trig": ".trig", "json-ld": ".jsonld", "graphml": ".graphml", "gexf": ".gexf",
            "csv": ""}


def exported(out: Path | str, form: str) -> Iterator[tuple[str, str]]:
    """What an export consists of: file names and texts; one file, or ``nodes.csv`` and ``edges.csv`` for ``csv``."""
    if form not in SUFFIXES:
        raise UsageError(f"format {form!r} is not known; allowed: {', '.join(SUFFIXES)}")
    if form == "csv":
        yield from ((name, write(out)) for name, write in TABLES.items())
    else:
        yield f"graph{SUFFIXES[form]}", FORMATS[form](out)


def export(out: Path | str, form: str, target: Path | str) -> tuple[Path, ...]:
    """Write an export and say which files it wrote: ``target`` is the file, or for ``csv`` (two tables) the folder.

    A target that is a folder takes the file under its ordinary name, ``graph.gexf``.
    """
    built(out, "graph.nq")
    target, written = Path(target), []
    for name, text in exported(out, form):
        path = target / name if form == "csv" or target.is_dir() else target
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        except OSError as error:
            raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error
        written.append(path)
    return tuple(written)
