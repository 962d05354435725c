"""Programs that others wrote ask the endpoint as they ask any other."""

from __future__ import annotations

from pathlib import Path

import rdflib

from kg.ask import remote
from kg.ask.query import query
from kg.knowledge.vocab import ID, PRESS
from tests.serve.conftest import Server

NAMES = """PREFIX press: <https://w3id.org/presskg/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?n { ?s press:coHosted ?e ; skos:prefLabel ?n } ORDER BY ?n"""


def test_sparqlwrapper(server: Server) -> None:
    from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

    client = SPARQLWrapper(server.url("/sparql"))
    client.setQuery(NAMES)
    for method, request in ((GET, None), (POST, None), (POST, POSTDIRECTLY)):
        client.setMethod(method)
        if request:
            client.setRequestMethod(request)
        client.setReturnFormat(JSON)
        rows = client.query().convert()["results"]["bindings"]
        assert [row["n"]["value"] for row in rows] == ["한국수자원공사", "환경부"]
    client.setReturnFormat(XML)
    assert "한국수자원공사" in client.query().convert().toxml()
    client.setReturnFormat(CSV)
    assert client.query().convert().decode().split() == ["n", "한국수자원공사", "환경부"]
    client.setQuery("DESCRIBE <https://w3id.org/presskg/id/환경부>")
    client.setReturnFormat(TURTLE)
    graph = rdflib.Graph().parse(data=client.query().convert(), format="turtle")
    assert (rdflib.URIRef(f"{ID}환경부"), rdflib.RDF.type, PRESS.GovernmentBody) in graph


def test_rdflibs_store(server: Server) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    for method in ("GET", "POST", "POST_FORM"):
        graph = rdflib.Graph(SPARQLStore(server.url("/sparql"), method=method))
        assert [str(row.n) for row in graph.query(NAMES)] == ["한국수자원공사", "환경부"]
        assert (rdflib.URIRef(f"{ID}환경부"), rdflib.RDF.type, PRESS.GovernmentBody) in graph


def test_rdflib_reads_a_thing_by_its_address(server: Server) -> None:
    graph = rdflib.Graph().parse(server.url("/id/%ED%99%98%EA%B2%BD%EB%B6%80"))
    assert (rdflib.URIRef(f"{ID}환경부"), rdflib.RDF.type, PRESS.GovernmentBody) in graph


def test_kg_itself_asks_the_endpoint_as_it_asks_the_folder(server: Server, folder: Path) -> None:
    for name in ("co-hosts", "panel-of", "evidence-of"):
        assert remote.query(server.url("/sparql"), name) == query(folder, name)
