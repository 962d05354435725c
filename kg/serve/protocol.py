"""The SPARQL 1.1 protocol for queries, read-only: what a request asks, the endpoint's answer, and the service's description of
itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import RedirectResponse, Response

from kg.serve.formats import GRAPHS, HTML, RESULTS, choose, content_type
from kg.serve.limits import Limits
from kg.serve.pool import Gone, Pool
from kg.serve.worker import Reply, Request, refused

if TYPE_CHECKING:
    import pyoxigraph

    from kg.graph.terms import Term

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_BODY = 20.0  # seconds for a request to arrive
_LISTED = 10  # graphs of articles that the description of the service names as examples; a query finds them all
_OTHERS = 100  # graphs of no article that are named: the gazetteer's, what is entailed; a folder may hold any number
_KEPT = 16  # descriptions that are kept, one for each address and format
_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")
_SERVICE = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
}


class Refusal(Exception):
    """A request that cannot be carried out as it stands; ``status`` says of which kind it is."""

    def __init__(self, status: int, why: str, **headers: str) -> None:
        self.status, self.headers = status, headers
        super().__init__(why)


def response(reply: Reply) -> Response:
    """A worker's reply as an HTTP response."""
    headers = {"vary": "accept, accept-encoding"}
    if reply.encoding:
        headers["content-encoding"] = reply.encoding
    if reply.status == 503:
        headers["retry-after"] = "2"
    return Response(reply.body, status_code=reply.status, headers=headers, media_type=reply.type)


def pairs(text: str) -> list[tuple[str, str]]:
    """The names and values of a query string or a form; Refusal where they are not UTF-8.

    >>> pairs("query=ASK+%7B%7D&query=")
    [('query', 'ASK {}'), ('query', '')]
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=2000)
    except UnicodeDecodeError as error:
        raise Refusal(400, "the request is not UTF-8") from error
    except ValueError as error:
        raise Refusal(400, f"the request cannot be read: {error}") from error


def one(fields: Sequence[tuple[str, str]], name: str) -> str | None:
    """The value of a field that may stand once, None where it does not stand."""
    values = [value for key, value in fields if key == name]
    if len(values) > 1:
        raise Refusal(400, f"the parameter {name} stands {len(values)} times; allowed: once")
    return values[0] if values else None


def asked(fields: Sequence[tuple[str, str]], *, query: str | None, accept: str | None, zipped: bool, limits: Limits) -> Request:
    """The worker's request from the fields of a protocol request and, in the direct form, the query that was its body."""
    for name in _UPDATES:
        if any(key == name for key, _ in fields):
            raise Refusal(403, f"{name}: this store is read-only; allowed: query")
    text = one(fields, "query") if query is None else query
    if query is not None and one(fields, "query") is not None:
        raise Refusal(400, "a query stands both in the address and in the body; allowed: one of them")
    if not (text or "").strip():
        raise Refusal(400, "the parameter query is missing")
    graphs = {name: [value for key, value in fields if key == f"{name}-graph-uri"] for name in ("default", "named")}
    return Request(
        query=text,
        default=graphs["default"] or None,
        named=graphs["named"] or None,
        accept=accept,
        gzip=zipped,
        format=one(fields, "format"),
        formulas=one(fields, "formulas") == "keep",
        seconds=limits.seconds_for(one(fields, "timeout")),
    )


async def body(request: HttpRequest, most: int) -> bytes:
    """The body of a request, refused as soon as it is too long or has taken too long."""
    found = bytearray()
    try:
        async with asyncio.timeout(_BODY):
            async for piece in request.stream():
                found += piece
                if len(found) > most:
                    raise Refusal(413, f"the request is longer than {most:,} bytes", connection="close")
    except TimeoutError:
        raise Refusal(408, f"the request did not arrive within {_BODY:g} seconds", connection="close") from None
    return bytes(found)


async def read(request: HttpRequest, limits: Limits) -> Request:
    """What a GET, HEAD or POST asks; Refusal where it asks nothing that the protocol knows."""
    address = pairs(request.url.query)
    accept, zipped = ", ".join(request.headers.getlist("accept")) or None, "gzip" in request.headers.get("accept-encoding", "")
    if request.method != "POST":
        return asked(address, query=None, accept=accept, zipped=zipped, limits=limits)
    media, _, rest = request.headers.get("content-type", "").partition(";")
    media, charset = media.strip().lower(), rest.lower().partition("charset=")[2].strip(' "')
    if media == UPDATE:
        raise Refusal(403, "this store is read-only; allowed: SELECT, ASK, CONSTRUCT, DESCRIBE")
    if media not in (FORM, QUERY):
        raise Refusal(415, f"Content-Type: {media!r} is not known; allowed: {FORM}, {QUERY}")
    if charset not in ("", "utf-8", "utf8"):
        raise Refusal(415, f"Content-Type: charset {charset!r} is not known; allowed: utf-8")
    try:
        text = (await body(request, limits.length)).decode()
    except UnicodeDecodeError as error:
        raise Refusal(400, "the request is not UTF-8") from error
    if media == QUERY:
        return asked(address, query=text, accept=accept, zipped=zipped, limits=limits)
    return asked([*address, *pairs(text)], query=None, accept=accept, zipped=zipped, limits=limits)


async def until_gone(request: HttpRequest) -> None:
    """Wait until the client goes away."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def answered(request: HttpRequest, pool: Pool, question: Request) -> Response:
    """The response to what a request asks; the query ends with the client."""
    try:
        return response(await pool.ask(question, until_gone(request)))
    except Gone:
        return Response(status_code=499)  # nobody reads it


def prefers_page(request: HttpRequest) -> bool:
    """Whether a browser asks, rather than a program.

    A browser names HTML before everything else; programs that would take it too name a format of ours beside it.
    """
    chosen = choose((*RESULTS, *GRAPHS, HTML), request.headers.get("accept", "*/*"))
    return chosen is not None and chosen[0] == HTML


async def endpoint(request: HttpRequest) -> Response:
    """``/sparql``: a query's answer, the service's description where there is no query, and the page for browsers."""
    state, fields = request.app.state, pairs(request.url.query)
    if request.method in ("GET", "HEAD") and one(fields, "format") is None and prefers_page(request):
        query = one(fields, "query")
        return RedirectResponse(
            "/" + (f"?{urlencode({'query': query})}" if query else ""), status_code=303, headers={"vary": "accept"}
        )
    if request.method in ("GET", "HEAD") and not any(key in ("query", *_UPDATES) for key, _ in fields):
        return await run_in_threadpool(described, request, one(fields, "format"))
    return await answered(request, state.pool, await read(request, state.limits))


def refusal(request: HttpRequest, error: Exception) -> Response:
    """The response to a request that is refused."""
    made = response(refused(getattr(error, "status", 400), str(error)))
    made.headers.update(getattr(error, "headers", {}))
    return made


def described(request: HttpRequest, wanted: str | None) -> Response:
    """The service's description of itself."""
    import pyoxigraph as ox

    from kg.knowledge.vocab import PREFIXES

    chosen = choose(GRAPHS, request.headers.get("accept"), wanted)
    if chosen is None:
        allowed = ", ".join(offer.types[0] for offer in GRAPHS)
        return response(refused(406, f"Accept: the description of this service has none of these formats; allowed: {allowed}"))
    address, kept = str(request.url.replace(query="", fragment="")), request.app.state.described
    made = kept.get((address, chosen[0].name))
    if made is None:
        made = ox.serialize(
            sorted(description(request.app.state.store, address), key=str),
            format=ox.RdfFormat.from_media_type(chosen[0].types[0]),
            prefixes={**PREFIXES, "sd": _SERVICE, "void": VOID},
        )
        if len(kept) < _KEPT:
            kept[address, chosen[0].name] = made
    return Response(made, media_type=content_type(chosen[1]), headers={"vary": "accept, accept-encoding"})


VOID = "http://rdfs.org/ns/void#"


def description(store: pyoxigraph.Store, address: str) -> set[pyoxigraph.Triple]:
    """The triples of SPARQL 1.1 Service Description; its parts are named beneath the endpoint, so there are no blank nodes."""
    import pyoxigraph as ox

    from kg.knowledge.vocab import ARTICLE, PREFIXES

    def node(base: str, name: str) -> pyoxigraph.NamedNode:
        return ox.NamedNode(base + name)

    a, whole, plain = node(PREFIXES["rdf"], "type"), node(address, "#dataset"), node(address, "#default-graph")
    service = ox.NamedNode(address)
    triples: set[tuple[pyoxigraph.NamedNode, pyoxigraph.NamedNode, Term]] = {
        (service, a, node(_SERVICE, "Service")),
        (service, node(_SERVICE, "endpoint"), service),
        (service, node(_SERVICE, "supportedLanguage"), node(_SERVICE, "SPARQL11Query")),
        (service, node(_SERVICE, "defaultDataset"), whole),
        (whole, a, node(_SERVICE, "Dataset")),
        (whole, node(_SERVICE, "defaultGraph"), plain),
        (plain, a, node(_SERVICE, "Graph")),
    }
    triples |= {(service, node(_SERVICE, "resultFormat"), node(_FORMATS, _NAMES[offer.name])) for offer in (*RESULTS, *GRAPHS)}
    count = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    triples.add((plain, node(VOID, "triples"), ox.Literal(count)))
    named = sorted((graph for graph in store.named_graphs()), key=str)
    triples.add((whole, node(VOID, "documents"), ox.Literal(sum(graph.value.startswith(str(ARTICLE)) for graph in named))))
    triples.add((service, node(VOID, "inDataset"), ox.NamedNode(address.removesuffix("/sparql") + "/.well-known/void")))
    articles = [graph for graph in named if graph.value.startswith(str(ARTICLE))][:_LISTED]
    others = [graph for graph in named if not graph.value.startswith(str(ARTICLE))][:_OTHERS]
    for graph in (*others, *articles):
        entry = node(address, f"#graph-{quote(graph.value, safe='')}")
        triples |= {
            (whole, node(_SERVICE, "namedGraph"), entry),
            (entry, a, node(_SERVICE, "NamedGraph")),
            (entry, node(_SERVICE, "name"), graph),
        }
    return {ox.Triple(*triple) for triple in triples}
