"""The SPARQL 1.1 protocol as a table of requests and expected answers, against a server in a process of its own."""

from __future__ import annotations

import gzip
import http.client
import json
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import pytest

JSON, XML, CSV, TSV = "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"
TURTLE, NT, LD, RDFXML = "text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
ARTICLE, GAZETTEER = "https://w3id.org/presskg/id/article/water-forum", "https://w3id.org/presskg/id/graph/gazetteer"
PICK = "SELECT ?name WHERE { <https://w3id.org/presskg/id/가람대학교> skos:prefLabel ?name }"
MAKE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s press:coHosted ?o ; ?p ?o }"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
IN_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"


@dataclass(frozen=True)
class Case:
    """A request and what has to come back: a status, a media type, words in the body, headers."""

    name: str
    method: str = "GET"
    path: str = "/sparql"
    params: dict | list = field(default_factory=dict)
    body: bytes | str | None = None
    headers: dict = field(default_factory=dict)
    status: int = 200
    type: str | None = None
    holds: tuple[str, ...] = ()
    answers: dict = field(default_factory=dict)


def get(name: str, query: str, accept: str | None = None, **rest) -> Case:
    return Case(name, params={"query": query, **rest.pop("params", {})}, headers={"Accept": accept} if accept else {}, **rest)


def direct(name: str, query: str | bytes, accept: str | None = None, *, kind: str = QUERY, **rest) -> Case:
    return Case(name, method="POST", body=query, headers={"Content-Type": kind, **({"Accept": accept} if accept else {})}, **rest)


def form(name: str, fields: dict | list, accept: str | None = None, **rest) -> Case:
    return direct(name, urlencode(fields), accept, kind=FORM, **rest)


CASES = (
    # the three ways to ask
    get("query-get", PICK, type=JSON, holds=("가람대학교",)),
    form("query-post-form", {"query": PICK}, type=JSON, holds=("가람대학교",)),
    direct("query-post-direct", PICK, type=JSON, holds=("가람대학교",)),
    direct("query-post-direct-charset", PICK, kind=f"{QUERY}; charset=UTF-8", type=JSON, holds=("가람대학교",)),
    form("query-post-form-charset", {"query": PICK}, type=JSON, holds=("가람대학교",)),
    get("query-head", PICK, method="HEAD", type=JSON),
    # formats of rows
    get("rows-json", PICK, JSON, type=JSON, holds=('"xml:lang":"ko"',)),
    get("rows-xml", PICK, XML, type=XML, holds=("<sparql", 'xml:lang="ko"')),
    get("rows-csv", PICK, CSV, type=f"{CSV}; charset=utf-8", holds=("name\r\n가람대학교\r\n",)),
    get("rows-tsv", PICK, TSV, type=f"{TSV}; charset=utf-8", holds=('?name\n"가람대학교"@ko\n',)),
    get("rows-plain-json", PICK, "application/json", type="application/json", holds=("가람대학교",)),
    get("rows-any", PICK, "*/*", type=JSON),
    get("rows-quality", PICK, f"{JSON};q=0.2, {XML};q=0.9, */*;q=0.1", type=XML),
    get("rows-exact-range-first", PICK, f"application/*;q=0.9, {JSON};q=0.1, application/json;q=0.1", type=XML),
    get("rows-format-parameter", PICK, JSON, params={"format": "csv"}, type=f"{CSV}; charset=utf-8"),
    get("rows-format-of-graphs-is-no-format-of-rows", PICK, XML, params={"format": "turtle"}, type=XML),
    get("rows-not-acceptable", PICK, TURTLE, status=406, holds=(JSON,)),
    # truth
    get("ask-json", "ASK {}", JSON, type=JSON, holds=('"boolean":true',)),
    get("ask-xml", "ASK { ?s press:heads ?s }", XML, type=XML, holds=("<boolean>false</boolean>",)),
    get("ask-csv", "ASK {}", CSV, type=f"{CSV}; charset=utf-8", holds=("true",)),
    # formats of graphs
    get("graph-turtle", MAKE, TURTLE, type=f"{TURTLE}; charset=utf-8", holds=("@prefix press:", "press:coHosted")),
    get("graph-ntriples", MAKE, NT, type=NT, holds=("> <https://w3id.org/presskg/ontology#coHosted> <",)),
    get("graph-jsonld", MAKE, LD, type=LD, holds=('"@id"',)),
    get("graph-rdfxml", MAKE, RDFXML, type=RDFXML, holds=("<rdf:RDF",)),
    get("graph-default", MAKE, type=f"{TURTLE}; charset=utf-8"),
    get("graph-describe", "DESCRIBE <https://w3id.org/presskg/id/가람대학교>", NT, type=NT, holds=("ontology#University",)),
    get("graph-svg", MAKE, "image/svg+xml", type="image/svg+xml", holds=("<svg", "공동")),
    get("graph-not-acceptable", MAKE, CSV, status=406, holds=(TURTLE,)),
    # graphs of the dataset
    get("dataset-default-graph", COUNT, params={"default-graph-uri": GAZETTEER}, holds=('"value":"',)),
    get("dataset-named-graph", IN_GRAPHS, CSV, params={"named-graph-uri": ARTICLE}, holds=(f"g\r\n{ARTICLE}\r\n",)),
    get("dataset-only-named-leaves-the-default-empty", COUNT, CSV, params={"named-graph-uri": ARTICLE}, holds=("n\r\n0\r\n",)),
    form(
        "dataset-post-form",
        [("query", IN_GRAPHS), ("named-graph-uri", ARTICLE), ("named-graph-uri", GAZETTEER)],
        CSV,
        holds=(ARTICLE, GAZETTEER),
    ),
    Case(
        "dataset-post-direct",
        "POST",
        params={"default-graph-uri": GAZETTEER},
        body="ASK { ?s press:coHosted ?o }",
        headers={"Content-Type": QUERY},
        holds=('"boolean":false',),
    ),
    get(
        "dataset-protocol-before-query",
        f"SELECT (COUNT(*) AS ?n) FROM <{ARTICLE}> WHERE {{ ?s press:isoCode ?o }}",
        CSV,
        params={"default-graph-uri": GAZETTEER},
        holds=("n\r\n1\r\n",),
    ),
    get("dataset-from-of-the-store", f"ASK FROM <{GAZETTEER}> {{ ?s press:isoCode ?o }}", holds=('"boolean":true',)),
    get(
        "dataset-unknown",
        COUNT,
        params={"default-graph-uri": "http://example.org/none"},
        status=400,
        holds=("http://example.org/none",),
    ),
    get("dataset-file", COUNT, params={"default-graph-uri": "file:///etc/passwd"}, status=400, holds=("nothing is fetched",)),
    get("dataset-no-iri", COUNT, params={"named-graph-uri": "no iri"}, status=400),
    # bad requests
    get("bad-syntax", "SELECT ?x WHERE { ?x", status=400, holds=("cannot read the query",)),
    get("bad-empty", "", status=400, holds=("query is missing",)),
    get("bad-prefix", "ASK { ?s nowhere:term ?o }", status=400, holds=("nowhere",)),
    get("bad-relative-iri", "ASK { <a> ?p ?o }", status=400),
    Case("bad-two-queries", params=[("query", "ASK {}"), ("query", "ASK {}")], status=400, holds=("stands 2 times",)),
    Case(
        "bad-query-twice",
        "POST",
        params={"query": "ASK {}"},
        body="ASK {}",
        headers={"Content-Type": QUERY},
        status=400,
        holds=("one of them",),
    ),
    form("bad-form-without-query", {"nothing": "1"}, status=400, holds=("query is missing",)),
    direct("bad-not-utf8", b"ASK { ?s ?p '\xff' }", status=400, holds=("UTF-8",)),
    direct("bad-form-not-utf8", b"query=ASK%7B%7D%FF", kind=FORM, status=400, holds=("UTF-8",)),
    direct("bad-media-type", "ASK {}", kind="text/plain", status=415, holds=(QUERY,)),
    Case("bad-no-media-type", "POST", body="ASK {}", status=415),
    direct("bad-charset", "ASK {}", kind=f"{QUERY}; charset=euc-kr", status=415, holds=("euc-kr",)),
    get("bad-timeout", "ASK {}", params={"timeout": "soon"}, status=400, holds=("timeout 'soon'",)),
    direct("bad-long", "# " + "가" * 400_000 + "\nASK {}", status=413, holds=("bytes",)),
    # read-only
    direct("update-direct", "CLEAR ALL", kind="application/sparql-update", status=403, holds=("read-only",)),
    form("update-form", {"update": "CLEAR ALL"}, status=403, holds=("read-only",)),
    Case("update-get", params={"update": "CLEAR ALL"}, status=403, holds=("read-only",)),
    get("update-as-query", "INSERT DATA { <http://a> <http://b> <http://c> }", status=400, holds=("update is not allowed",)),
    get("load-as-query", "LOAD <file:///etc/passwd>", status=400, holds=("update is not allowed",)),
    Case("put", "PUT", body="", status=405, answers={"allow": "GET"}),
    Case("delete", "DELETE", status=405),
    # the outside
    get("service", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", status=400, holds=("SERVICE is not allowed",)),
    get(
        "service-silent-deep",
        "SELECT * { ?s ?p ?o FILTER EXISTS { { SERVICE SILENT ?s { ?a ?b ?c } } } }",
        status=400,
        holds=("SERVICE is not allowed",),
    ),
    get("from-outside", "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }", status=400, holds=("nothing is fetched",)),
    get(
        "from-file",
        "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
        status=400,
        holds=("nothing is fetched",),
    ),
    # the service's description
    Case(
        "description-default",
        type=f"{TURTLE}; charset=utf-8",
        holds=("sd:Service", "SPARQL11Query", "sd:namedGraph", "gazetteer"),
    ),
    Case("description-jsonld", headers={"Accept": LD}, type=LD, holds=("sparql-service-description#endpoint",)),
    Case("description-head", "HEAD", type=f"{TURTLE}; charset=utf-8"),
    Case("description-not-acceptable", headers={"Accept": "image/png"}, status=406),
    # browsers
    get(
        "browser-is-sent-to-the-page",
        "ASK {}",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        status=303,
        answers={"location": "/?query=ASK"},
    ),
    # a call that no engine function answers
    get("function-of-another-engine", "SELECT (<urn:x>(1) AS ?x) {}", status=400, holds=("function <urn:x> is not known",)),
    get(
        "function-with-a-prefix",
        "PREFIX f: <http://example.org/f#> ASK { FILTER(f:x(1)) }",
        status=400,
        holds=("f#x> is not known",),
    ),
    get("cast", 'SELECT (xsd:integer("4") AS ?n) {}', JSON, type=JSON, holds=('"4"',)),
    # pages elsewhere may not read what a browser gets here
    get("cors", "ASK {}", answers={"cross-origin-resource-policy": "same-origin"}, params={}),
    Case(
        "cors-before", "OPTIONS", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}, status=405
    ),
)


def send(case: Case, server) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    path = case.path + (f"?{urlencode(case.params)}" if case.params else "")
    body = case.body.encode() if isinstance(case.body, str) else case.body
    headers = {"Origin": "https://example.org", **case.headers}
    try:
        connection.request(case.method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_protocol(case: Case, server) -> None:
    status, headers, body = send(case, server)
    text = body.decode()
    assert status == case.status, text
    if case.type:
        assert headers["content-type"] == case.type
    for words in case.holds:
        assert words in text, text[:400]
    for name, words in case.answers.items():
        assert words in headers.get(name, ""), headers
    if case.status >= 400 and case.status != 405:
        assert headers["content-type"].startswith("text/plain") and text.count("\n") == 1, text


def test_every_case_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES) > 60


def test_head_has_the_headers_of_get_and_no_body(server) -> None:
    asked = get("", PICK, CSV)
    status, headers, body = send(Case("", "HEAD", params=asked.params, headers=asked.headers), server)
    _, same, whole = send(asked, server)
    assert (status, body, headers["content-length"]) == (200, b"", str(len(whole)))
    assert headers["content-type"] == same["content-type"] and headers["vary"] == same["vary"]


def test_gzip_only_where_it_is_accepted(server) -> None:
    case = get("", "SELECT * { ?s ?p ?o }", CSV)
    _, plain, whole = send(case, server)
    _, zipped, short = send(Case("", params=case.params, headers={**case.headers, "Accept-Encoding": "gzip"}), server)
    for refused in ("gzip;q=0", "br, gzip; q=0.0", "identity"):
        _, headers, text = send(Case("", params=case.params, headers={**case.headers, "Accept-Encoding": refused}), server)
        assert "content-encoding" not in headers and text == whole, refused
    assert "content-encoding" not in plain and zipped["content-encoding"] == "gzip"
    assert len(short) < len(whole) / 2 and gzip.decompress(short) == whole
    assert "accept-encoding" in plain["vary"].lower()


def test_the_default_graph_holds_each_statement_once_and_named_graphs_are_there(server) -> None:
    _, _, body = send(
        get("", "SELECT (COUNT(*) AS ?n) WHERE { <https://w3id.org/presskg/id/가람대학교> a press:University }"), server
    )
    assert json.loads(body)["results"]["bindings"][0]["n"]["value"] == "1"
    _, _, body = send(get("", IN_GRAPHS, CSV), server)
    assert {ARTICLE, GAZETTEER, "https://w3id.org/presskg/id/graph/evidence", "https://w3id.org/presskg/ontology"} <= set(
        body.decode().split("\r\n")
    )


def test_named_questions_bind_safely(server) -> None:
    """A value with quotes and braces is a value."""
    for value, rows in (("한국수자원", 1), ('" } #', 0), ("\\", 0), ("?x", 0)):
        status, _, body = send(
            Case("", path=f"/ask/{quote('co-hosts')}", params={"organization": value, "format": "json"}), server
        )
        assert status == 200 and len(json.loads(body)["results"]["bindings"]) == rows, value
    assert send(Case("", path="/ask/..%2f..%2fetc", headers={"Accept": JSON}), server)[0] == 404
    assert (
        send(
            Case("", path="/ask/co-hosts", params=[("organization", "a"), ("organization", "b")], headers={"Accept": JSON}),
            server,
        )[0]
        == 400
    )
