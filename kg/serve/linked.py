"""What linked-data tools look for: what this dataset is at ``/.well-known/void``, its files, the ontology, its shapes and its context."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from starlette.requests import Request as HttpRequest
from starlette.responses import RedirectResponse, Response, StreamingResponse

from kg.graph.dataset import FILES
from kg.knowledge.resources import resource
from kg.knowledge.vocab import ONTOLOGY, PREFIXES, SCHEMA
from kg.serve.formats import GRAPHS, HTML, choose, content_type
from kg.serve.protocol import VOID, one, pairs, response
from kg.serve.worker import refused

DATA, SEARCH = "/data/", "/opensearch.xml"
_DCAT = "http://www.w3.org/ns/dcat#"
_SPARQL = "http://www.w3.org/TR/sparql11-protocol/"
_PIECE = 1 << 18


def void(request: HttpRequest) -> Response:
    """``/.well-known/void``: the description that the build wrote, with the addresses of this server."""
    import pyoxigraph as ox

    made = request.app.state.dataset
    if made is None:
        return response(refused(404, "this folder holds no dataset.ttl; build it again with: kg build"))
    address = f"{request.url.scheme}://{request.url.netloc}"
    triples = [quad.triple for quad in ox.parse(made, format=ox.RdfFormat.TURTLE, base_iri=f"{address}{DATA}")]
    kind, dataset = ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(_DCAT + "Dataset")
    for whole in [t.subject for t in triples if t.predicate == kind and t.object == dataset]:
        triples += _offered(whole, address, triples)
    return _written(request, triples)


def _offered(whole: Any, address: str, triples: list[Any]) -> Iterator[Any]:
    """What this server adds to a description: itself, as the service through which the graph is asked, and its search."""
    import pyoxigraph as ox

    terms, a = PREFIXES["dcterms"], PREFIXES["rdf"] + "type"
    document, service = f"{address}/.well-known/void", f"{address}/sparql"
    asked = f"{whole.value}#sparql"
    rows = [
        (document, a, VOID + "DatasetDescription"), (document, PREFIXES["foaf"] + "primaryTopic", whole),
        (whole, VOID + "sparqlEndpoint", service), (whole, VOID + "openSearchDescription", f"{address}{SEARCH}"),
        (whole, _DCAT + "landingPage", f"{address}/"), (f"{address}/", a, PREFIXES["foaf"] + "Document"),
        (whole, _DCAT + "distribution", asked), (asked, a, _DCAT + "Distribution"),
        (asked, terms + "title", ox.Literal("SPARQL")), (asked, _DCAT + "accessURL", service), (asked, _DCAT + "accessService", service),
        (asked, terms + "description", ox.Literal("질의로 얻는 그래프", language="ko")),
        (asked, terms + "description", ox.Literal("The graph, by queries", language="en")),
        (service, a, _DCAT + "DataService"), (service, terms + "title", ox.Literal("SPARQL 1.1")),
        (service, _DCAT + "endpointURL", service), (service, _DCAT + "endpointDescription", f"{service}?format=turtle"),
        (service, _DCAT + "servesDataset", whole), (service, terms + "conformsTo", _SPARQL), (_SPARQL, a, terms + "Standard"),
        *((asked, t.predicate, t.object) for t in triples if t.subject == whole and t.predicate.value in (terms + "license", terms + "rights")),
    ]  # fmt: skip
    node = ox.NamedNode
    for said in rows:
        yield ox.Triple(*(node(term) if isinstance(term, str) else term for term in said))


def search(request: HttpRequest) -> Response:
    """``/opensearch.xml``: how browsers and other tools search the names of the graph, as OpenSearch 1.1 says it."""
    address = escape(f"{request.url.scheme}://{request.url.netloc}")
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        "<ShortName>PressKG</ShortName><Description>Names in a graph of press releases and news articles</Description>"
        f'<Url type="text/html" method="get" template="{address}/search?q={{searchTerms}}"/>'
        "<Language>ko</Language><InputEncoding>UTF-8</InputEncoding><OutputEncoding>UTF-8</OutputEncoding>"
        "</OpenSearchDescription>\n"
    )
    return Response(text, media_type="application/opensearchdescription+xml")


def data(request: HttpRequest) -> Response:
    """``/data/graph.nq`` and its like: the files that the description names, whole, of the state that this server answers from."""
    name, files = request.path_params["name"], request.app.state.files
    held = {"graph.nq": files.graph, "graph.ttl": files.turtle, "evidence.ttl": files.evidence}.get(name)
    if held is None:
        there = ", ".join(file for file, *_ in FILES)
        return response(refused(404, f"{DATA}{name}: there is no such file; there are: {there}"))
    media = next(media for file, media, *_ in FILES if file == name)
    size = os.fstat(held.fileno()).st_size
    headers = {"content-length": str(size), "content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_pieces(held.fileno(), size), media_type=content_type(media), headers=headers)


def _pieces(descriptor: int, size: int) -> Iterator[bytes]:
    """A file in pieces, without moving where others read in it."""
    for start in range(0, size, _PIECE):
        yield os.pread(descriptor, min(_PIECE, size - start), start)


def ontology(request: HttpRequest) -> Response:
    """``/ontology``: a page for people, Turtle and its like for programs."""
    import pyoxigraph as ox

    wanted = one(pairs(request.url.query), "format")
    chosen = choose((*GRAPHS, HTML), request.headers.get("accept", "*/*"), wanted)
    if chosen is not None and chosen[0] == HTML:
        from kg.serve.frame import page

        return page(request, "ontology.html", **terms())
    text = resource("ontology", "press.ttl").read_bytes()
    if chosen is not None and chosen[0].name == "turtle":
        return Response(text, media_type=content_type(chosen[1]), headers={"vary": "accept"})
    return _written(request, [q.triple for q in ox.parse(text, format=ox.RdfFormat.TURTLE)])


def part(request: HttpRequest) -> Response:
    """``/ontology/context.jsonld``, ``frame.jsonld``, ``shapes.ttl``, and the ontology at its version's address."""
    name = request.path_params["name"]
    known = {
        "context.jsonld": "application/ld+json",
        "frame.jsonld": "application/ld+json",
        "shapes.ttl": "text/turtle; charset=utf-8",
    }
    if name in known:
        return Response(
            resource("ontology", name).read_bytes(), media_type=known[name], headers={"access-control-allow-origin": "*"}
        )
    if name == terms()["version"]:
        return RedirectResponse("/ontology", status_code=303)
    return response(refused(404, f"/ontology/{name}: there is no such file; there are: {', '.join(known)}, {terms()['version']}"))


def _written(request: HttpRequest, triples: list[Any]) -> Response:
    import pyoxigraph as ox

    chosen = choose(GRAPHS, request.headers.get("accept"), one(pairs(request.url.query), "format"))
    if chosen is None:
        allowed = ", ".join(offer.types[0] for offer in GRAPHS)
        return response(refused(406, f"Accept: none of these formats is wanted; allowed: {allowed}"))
    form = ox.RdfFormat.from_media_type(chosen[0].types[0])
    text = ox.serialize(triples, format=form, prefixes={**PREFIXES, "void": VOID, "dcat": _DCAT})
    return Response(text, media_type=content_type(chosen[1]), headers={"vary": "accept, accept-encoding"})


@lru_cache(maxsize=1)
def terms() -> dict[str, Any]:
    """Classes and properties as the page shows them, each with labels, meaning, examples, and what it links."""
    from rdflib import OWL, RDF, RDFS, SKOS, Graph

    graph = Graph().parse(resource("ontology", "press.ttl"))
    own = str(ONTOLOGY) + "#"

    def said(term: Any, predicate: Any, language: str) -> str:
        return next((str(o) for o in graph.objects(term, predicate) if getattr(o, "language", "") == language), "")

    def named(nodes: Any) -> list[str]:
        from kg.graph.store import compact

        return sorted(compact(node) for node in nodes if str(node).startswith("http"))

    def row(term: Any) -> dict[str, Any]:
        links = {
            "아래에 있음 · under": [*graph.objects(term, RDFS.subClassOf), *graph.objects(term, RDFS.subPropertyOf)],
            "주어 · domain": _kinds(graph, graph.value(term, RDFS.domain)),
            "목적어 · range": list(graph.objects(term, SCHEMA.rangeIncludes)) or _kinds(graph, graph.value(term, RDFS.range)),
            "같거나 비슷함 · like": [o for p in (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)
                               for o in graph.objects(term, p)],
        }  # fmt: skip
        return {
            "name": str(term).removeprefix(own),
            **{f"{key}_{language}": said(term, predicate, language) for key, predicate in
               (("label", RDFS.label), ("meaning", SKOS.definition), ("example", SKOS.example)) for language in ("ko", "en")},
            "links": [(what, found) for what, nodes in links.items() if (found := named(nodes))],
        }  # fmt: skip

    def rows(*kinds: Any) -> list[dict[str, Any]]:
        found = {s for kind in kinds for s in graph.subjects(RDF.type, kind) if str(s).startswith(own)}
        return [row(term) for term in sorted(found, key=str)]

    return {
        "version": str(graph.value(ONTOLOGY, OWL.versionInfo)),
        "groups": [("클래스 · classes", rows(OWL.Class)), ("속성 · properties", rows(OWL.ObjectProperty, OWL.DatatypeProperty))],
    }


def _kinds(graph: Any, node: Any) -> list[Any]:
    """A class or datatype, or those of a union."""
    from rdflib import OWL
    from rdflib.collection import Collection

    union = graph.value(node, OWL.unionOf) if node is not None else None
    return list(Collection(graph, union)) if union is not None else [] if node is None else [node]
