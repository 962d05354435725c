"""A built folder as something to ask: its files, and its graphs in an Oxigraph store.

In the store the named graphs of ``graph.nq`` stand as they are; the default graph holds each of their statements once (Oxigraph's
own union would count a statement of two articles twice) and what follows from them by the ontology's broader classes and relations,
which also stands in the graph ``id:graph/entailed``. The ontology and, on demand, the evidence stand in named graphs of their own and
never in the default graph, so that a plain question meets only what the articles say and what that means.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import UsageError
from kg.graph.entail import entailed
from kg.graph.folder import settled
from kg.graph.terms import triple_of, value_of
from kg.knowledge.resources import resource
from kg.knowledge.vocab import ENTAILED_GRAPH, EVIDENCE_GRAPH, ONTOLOGY, PREFIXES, PRESS
from kg.model import FACTUALITY, STATED

if TYPE_CHECKING:
    from io import RawIOBase

    import pyoxigraph
    import rdflib


def built(out: Path | str, name: str) -> Path:
    """The path of a file that ``kg build`` left in a folder.

    >>> built("nowhere", "graph.nq")
    Traceback (most recent call last):
    kg.errors.UsageError: nowhere: no such folder; make it with: kg build PATH... -o nowhere
    """
    folder = Path(out)
    hint = f"make it with: kg build PATH... -o {folder}"
    if not folder.is_dir():
        raise UsageError(f"{folder}: {'is no folder' if folder.exists() else 'no such folder'}; {hint}")
    settled(folder)
    if not (folder / name).is_file():
        raise UsageError(f"{folder}: holds no {name}; {hint}")
    return folder / name


def load_store(out: Path | str, *, evidence: bool = False, factuality: Collection[str] = ()) -> pyoxigraph.Store:
    """An in-memory store of a built folder, with ``evidence.ttl`` in the graph ``id:graph/evidence`` where asked for.

    ``factuality`` adds what articles only report, deny … to their graphs (``unstated``).
    """
    return store_of(built(out, "graph.nq"), built(out, "evidence.ttl") if evidence else None, unstated(out, factuality))


def store_of(
    graph: Path | BinaryIO | RawIOBase, evidence: Path | BinaryIO | RawIOBase | None = None, more: Iterable[pyoxigraph.Quad] = ()
) -> pyoxigraph.Store:
    """An in-memory store of the files of a built folder, by their paths or opened already, with ``more`` quads."""
    import pyoxigraph as ox

    store = ox.Store()
    _load(store, graph, ox.RdfFormat.N_QUADS)
    store.extend(more)
    # Copied inside the engine: five times as fast as quad by quad from Python.
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    follows = ox.NamedNode(str(ENTAILED_GRAPH))
    entails = sorted(entailed(quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())), key=str)
    store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in entails for name in (follows, ox.DefaultGraph()))
    _load(store, resource("ontology", "press.ttl"), ox.RdfFormat.TURTLE, graph=ONTOLOGY)
    if evidence is not None:
        _load(store, evidence, ox.RdfFormat.TURTLE, graph=EVIDENCE_GRAPH)
    return store


def _load(
    store: pyoxigraph.Store, source: Path | BinaryIO | RawIOBase, form: pyoxigraph.RdfFormat, *, graph: str | None = None
) -> None:
    import pyoxigraph as ox

    given = {"path": str(source)} if isinstance(source, Path) else {"input": source}
    try:
        store.bulk_load(**given, format=form, to_graph=None if graph is None else ox.NamedNode(graph))
    except (SyntaxError, ValueError) as error:
        name = source if isinstance(source, Path) else getattr(source, "name", "a file")
        raise UsageError(f"{name}: is not readable RDF: {error}") from error


def unstated(out: Path | str, factuality: Collection[str]) -> Iterator[pyoxigraph.Quad]:
    """Statements that stand in the evidence alone, as quads of the articles whose words are of one of some factualities.

    >>> list(unstated("tests/fixtures/out", ["hearsay"]))
    Traceback (most recent call last):
    kg.errors.UsageError: factuality 'hearsay' is not known; allowed: reported, doubted, postponed, cancelled, denied, all
    """
    import pyoxigraph as ox

    allowed = tuple(value for value in FACTUALITY if value not in STATED)
    for value in factuality:
        if value not in (*FACTUALITY, "all"):
            raise UsageError(f"factuality {value!r} is not known; allowed: {', '.join(allowed)}, all")
    wanted = set(allowed if "all" in factuality else factuality) - STATED
    if not wanted:
        return
    rdf, evidence = PREFIXES["rdf"], ox.Store()
    _load(evidence, built(out, "evidence.ttl"), ox.RdfFormat.TURTLE)
    names = [ox.NamedNode(rdf + part) for part in ("subject", "predicate", "object")] + [ox.NamedNode(str(PRESS.article))]
    for value in sorted(wanted):
        for found in evidence.quads_for_pattern(None, ox.NamedNode(str(PRESS.factuality)), ox.Literal(value)):
            *ends, source = (next(evidence.quads_for_pattern(found.subject, name, None)).object for name in names)
            said, article = triple_of(*ends), ox.NamedNode(value_of(source))
            yield ox.Quad(said.subject, said.predicate, said.object, article)
            for thing in (said.subject, said.object):
                if isinstance(thing, ox.NamedNode):
                    yield from (
                        ox.Quad(q.subject, q.predicate, q.object, article) for q in evidence.quads_for_pattern(thing, None, None)
                    )


def quads(out: Path | str, factuality: Collection[str] = ()) -> Iterator[pyoxigraph.Quad]:
    """The quads of ``graph.nq`` in the order of the file, and behind them what is ``unstated`` of some factualities."""
    import pyoxigraph as ox

    path = built(out, "graph.nq")
    try:
        yield from ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)
    except (SyntaxError, ValueError) as error:
        raise UsageError(f"{path}: is not readable RDF: {error}") from error
    yield from unstated(out, factuality)


def triples(out: Path | str, name: str) -> Iterator[pyoxigraph.Triple]:
    """The triples of a Turtle file of a built folder, ``graph.ttl`` or ``evidence.ttl``."""
    import pyoxigraph as ox

    path = built(out, name)
    try:
        yield from (quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    except (SyntaxError, ValueError) as error:
        raise UsageError(f"{path}: is not readable RDF: {error}") from error


def articles(out: Path | str) -> Iterator[dict]:
    """The records of ``articles.jsonl``, one article each."""
    path = built(out, "articles.jsonl")
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield json.loads(line)
            except (ValueError, RecursionError) as error:
                raise UsageError(f"{path}: line {number}: is not JSON: {error}") from error


def to_rdflib(term: object) -> rdflib.term.Node:
    """An Oxigraph term as rdflib's.

    >>> import pyoxigraph
    >>> to_rdflib(pyoxigraph.Literal("환경부", language="ko"))
    rdflib.term.Literal('환경부', lang='ko')
    """
    import pyoxigraph as ox
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal):
        plain = term.datatype.value == str(rdflib.XSD.string) or term.language
        datatype = None if plain else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    raise TypeError(f"{term!r} is no RDF 1.1 term")


def n_triples(term: rdflib.term.Node) -> str:
    """An rdflib term in N-Triples on one line; rdflib's own ``n3()`` breaks the line where the text does.

    >>> import rdflib
    >>> n_triples(rdflib.Literal("물\\n길", lang="ko"))
    '"물\\\\n길"@ko'
    """
    import pyoxigraph as ox
    import rdflib

    if not isinstance(term, rdflib.Literal):
        return term.n3()
    if term.language:
        return str(ox.Literal(str(term), language=term.language))
    return str(ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))) if term.datatype else str(ox.Literal(str(term)))


def compact(term: object) -> str:
    """A term as people write it: a prefixed name where a prefix fits, the plain text of a literal.

    >>> import rdflib
    >>> compact(rdflib.URIRef("https://w3id.org/presskg/id/환경부"))
    'id:환경부'
    >>> compact(rdflib.Literal("4", datatype=rdflib.XSD.integer))
    '4'
    """
    import rdflib

    if not isinstance(term, rdflib.URIRef):
        return str(term)
    fitting = ((p, n) for p, n in PREFIXES.items() if term.startswith(n))
    prefix, namespace = max(fitting, key=lambda pair: len(pair[1]), default=("", ""))
    return f"{prefix}:{term[len(namespace) :]}" if prefix else str(term)
