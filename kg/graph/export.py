"""Hand a built graph to other tools: RDF files, networks for Gephi and its like, tables of nodes and edges.

Every format is written from ``graph.nq`` in an order of our own, so that the same graph gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.graph import tables
from kg.graph.aligned import TIME, aligned
from kg.graph.apart import OA, annotated, reified, trees
from kg.graph.entail import entailed
from kg.graph.networks import gexf, graphml
from kg.graph.provenance import evidenced
from kg.graph.store import built, quads
from kg.graph.terms import value_of
from kg.knowledge.resources import resource
from kg.knowledge.vocab import ENTAILED_GRAPH, PREFIXES

if TYPE_CHECKING:
    import pyoxigraph

    from kg.graph.terms import Node, Term

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = PREFIXES["xsd"]
_CANONICAL_INTEGER = re.compile(r"0|-?[1-9]\d{0,14}")


def _key(quad: pyoxigraph.Quad) -> tuple[str, str, bool, str, str]:
    """Graph, subject, the type first, predicate, object."""
    graph = getattr(quad.graph_name, "value", "")
    return graph, str(quad.subject), quad.predicate.value != _RDF_TYPE, quad.predicate.value, str(quad.object)


def _whole(out: Path | str, factuality: Collection[str] = ()) -> set[pyoxigraph.Quad]:
    """What the articles say, each in its graph, and what follows from it, in ``id:graph/entailed``."""
    import pyoxigraph as ox

    said = set(quads(out, factuality))
    graph = ox.NamedNode(str(ENTAILED_GRAPH))
    return said | {ox.Quad(t.subject, t.predicate, t.object, graph) for t in entailed(quad.triple for quad in said)}


def _sorted_quads(out: Path | str, factuality: Collection[str] = ()) -> list[pyoxigraph.Quad]:
    return sorted(_whole(out, factuality), key=_key)


def _union(out: Path | str, factuality: Collection[str] = ()) -> list[pyoxigraph.Quad]:
    """The statements of all graphs, each once; of the classes of a thing those that an article says come first."""
    import pyoxigraph as ox

    said = {quad.triple for quad in quads(out, factuality)}
    rows = {ox.Quad(*triple) for triple in said | entailed(said)}
    return sorted(
        rows, key=lambda quad: (str(quad.subject), quad.predicate.value != _RDF_TYPE, quad.triple not in said, *_key(quad))
    )


def _oxigraph(
    statements: Iterable[pyoxigraph.Triple] | Iterable[pyoxigraph.Quad], form: pyoxigraph.RdfFormat, **prefixes: str
) -> str:
    """Statements in a format of Oxigraph's, which keeps their order but writes prefixes in any; those are sorted here."""
    import pyoxigraph as ox

    written = ox.serialize(statements, format=form, prefixes={**PREFIXES, **prefixes}) or b""
    lines = written.decode().splitlines(keepends=True)
    body = next((i for i, line in enumerate(lines) if not line.startswith("@prefix ")), len(lines))
    return "".join(sorted(lines[:body])) + "\n" + "".join(lines[body:])


def _turtle(out: Path | str, factuality: Collection[str] = ()) -> str:
    import pyoxigraph as ox

    return _oxigraph((quad.triple for quad in _union(out, factuality)), ox.RdfFormat.TURTLE)


def _aligned(out: Path | str, factuality: Collection[str] = ()) -> str:
    """The union with its evidence, and the same in the words of other vocabularies."""
    import pyoxigraph as ox

    said = {*(quad.triple for quad in _union(out, factuality)), *evidenced(out, factuality)}
    rows = sorted(said | aligned(said), key=lambda triple: _key(ox.Quad(*triple)))
    return _oxigraph(rows, ox.RdfFormat.TURTLE, oa=OA, time=TIME)


def _trig(out: Path | str, factuality: Collection[str] = ()) -> str:
    import pyoxigraph as ox

    return _oxigraph(_sorted_quads(out, factuality), ox.RdfFormat.TRIG)


def _n_quads(out: Path | str, factuality: Collection[str] = ()) -> str:
    return "".join(sorted(f"{line} .\n" for line in {str(q) for q in _whole(out, factuality)}))


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
    return f"{prefix}:{iri[len(base) :]}" if prefix and not iri[len(base) :].startswith("//") else iri


def _jsonld_value(term: Term, rule: dict) -> object:
    """An object as the context's rule for its property lets it be written."""
    import pyoxigraph as ox

    if not isinstance(term, ox.Literal):
        return _short(value_of(term)) if rule.get("@type") == "@id" else {"@id": _short(value_of(term))}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype = term.datatype.value
    if "@type" in rule and rule["@type"] == _short(datatype):
        return int(term.value) if datatype == f"{_XSD}integer" and _CANONICAL_INTEGER.fullmatch(term.value) else term.value
    if datatype == f"{_XSD}string":
        return {"@value": term.value} if "@type" in rule else term.value
    return {"@value": term.value, "@type": _short(datatype)}


def _jsonld_node(subject: Node, statements: Iterable[pyoxigraph.Quad]) -> dict:
    import pyoxigraph as ox

    _, terms = _jsonld_terms()
    node: dict = {"@id": _short(value_of(subject))}
    for quad in statements:
        iri, o = quad.predicate.value, quad.object
        if iri == _RDF_TYPE:
            node.setdefault("@type", []).append(terms.get(value_of(o), (_short(value_of(o)),))[0])
            continue
        name, rule = terms.get(iri, (_short(iri), {}))
        if rule.get("@container") == "@language":
            if isinstance(o, ox.Literal) and o.language:
                node.setdefault(name, {}).setdefault(o.language, []).append(value_of(o))
                continue
            name, rule = _short(iri), {}  # a language map has no place for a value without language
        node.setdefault(name, []).append(_jsonld_value(o, rule))
    return {key: _single(value) for key, value in node.items()}


def _single(value: object) -> object:
    if isinstance(value, dict) and not any(key.startswith("@") for key in value):
        return {key: _single(inner) for key, inner in value.items()}
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _json_ld(out: Path | str, factuality: Collection[str] = ()) -> str:
    """The union, because readers of one graph skip the named ones; TriG and N-Quads keep who says what."""
    subjects: dict[Node, list[pyoxigraph.Quad]] = defaultdict(list)
    for quad in _union(out, factuality):
        subjects[quad.subject].append(quad)
    body = [_jsonld_node(subject, statements) for subject, statements in subjects.items()]
    return json.dumps({"@context": context(), "@graph": body}, ensure_ascii=False, indent=1) + "\n"


def _json_ld_tree(out: Path | str, factuality: Collection[str] = ()) -> str:
    """What articles say and nothing that follows from it, a tree for each."""
    return trees(out, factuality, _jsonld_node, context())


FORMATS: dict[str, Callable[[Path | str, Collection[str]], str]] = {
    "turtle": _turtle,
    "n-quads": _n_quads,
    "trig": _trig,
    "json-ld": _json_ld,
    "graphml": graphml,
    "gexf": gexf,
    "json-ld-tree": _json_ld_tree,
    "aligned": _aligned,
    "turtle-1.2": reified,
    "web-annotation": annotated,
}
SUFFIXES = {
    "turtle": ".ttl",
    "n-quads": ".nq",
    "trig": ".trig",
    "json-ld": ".jsonld",
    "graphml": ".graphml",
    "gexf": ".gexf",
    "json-ld-tree": ".tree.jsonld",
    "aligned": ".aligned.ttl",
    "turtle-1.2": ".evidence-1.2.ttl",
    "web-annotation": ".annotations.ttl",
    "xlsx": ".xlsx",
    "csv": "",
    "parquet": "",
    "neo4j": "",
}


def exported(
    out: Path | str, form: str, factuality: Collection[str] = (), *, formulas: bool = False, bom: bool = False
) -> Iterator[tuple[str, str | bytes]]:
    """What an export consists of: file names and what is in them; one file, or tables of nodes and edges for ``csv``, ``parquet`` and
    ``neo4j``; with ``bom`` CSV begins with the mark by which Excel knows Unicode.

    ``factuality`` adds what articles only report, doubt, deny … to what they state. Cells of ``csv`` and ``xlsx`` that begin like a formula
    are made text, unless ``formulas`` keeps them.
    """
    if form not in SUFFIXES:
        raise UsageError(f"format {form!r} is not known; allowed: {', '.join(SUFFIXES)}")
    if form == "csv":
        yield from tables.csv_files(out, factuality, formulas=formulas, bom=bom)
    elif form == "parquet":
        yield from tables.parquet_files(out, factuality)
    elif form == "neo4j":
        yield from tables.neo4j_files(out, factuality)
    elif form == "xlsx":
        yield "graph.xlsx", tables.xlsx(out, factuality, formulas=formulas)
    else:
        yield f"graph{SUFFIXES[form]}", FORMATS[form](out, factuality)


def export(out: Path | str, form: str, target: Path | str, factuality: Collection[str] = (), **cells: bool) -> tuple[Path, ...]:
    """Write an export and say which files it wrote: ``target`` is the file, or for two tables (``csv``, ``parquet``, ``neo4j``) the folder.

    ``cells`` are ``formulas`` and ``bom`` of ``exported``. A target that is a folder takes the file under its ordinary name, ``graph.gexf``.
    """
    built(out, "graph.nq")
    target, written = Path(target), []
    for name, text in exported(out, form, factuality, **cells):
        path = target / name if not SUFFIXES[form] or target.is_dir() else target
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        except OSError as error:
            raise UsageError(f"{path}: cannot be written: {error.strerror or error}") from error
        written.append(path)
    return tuple(written)
