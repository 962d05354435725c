"""What linked-data tools ask of the server: the dataset's description, the ontology, and the reconciliation protocol."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
import requests
from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, Graph, Namespace, URIRef
from serve.conftest import ROOT, running
from test_dataset import catalogued

from kg.knowledge.vocab import ARTICLE, ID, ONTOLOGY, PRESS

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server of the sample articles, built anew, so that there is a description."""
    import kg

    out = tmp_path_factory.mktemp("linked") / "out"
    articles = tmp_path_factory.mktemp("linked-articles")
    for path in sorted((ROOT / "data" / "articles").glob("*.txt"))[:4]:
        shutil.copy(path, articles)
    kg.build(articles, out)
    with running(out) as server:
        yield server, out


def graph_at(url: str, accept: str = "text/turtle") -> Graph:
    reply = requests.get(url, headers={"accept": accept}, timeout=20)
    assert reply.status_code == 200, reply.text
    form = {"text/turtle": "turtle", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}[accept]
    return Graph().parse(data=reply.text, format=form)


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml"])
def test_the_dataset_is_described_where_tools_look(served, accept: str) -> None:
    server, out = served
    said = graph_at(server.url("/.well-known/void"), accept)
    (whole,) = said.subjects(RDF.type, DCAT.Dataset)
    assert said.value(whole, VOID.sparqlEndpoint) == URIRef(server.url("/sparql"))
    assert int(said.value(whole, VOID.triples)) == len(Graph().parse(out / "graph.ttl"))
    assert set(Graph().parse(out / "dataset.ttl", publicID=server.url("/data/"))) <= set(said)
    assert catalogued(said) == []
    (service,) = said.subjects(RDF.type, DCAT.DataService)
    assert said.value(service, DCAT.endpointURL) == service and said.value(service, DCAT.servesDataset) == whole
    assert (URIRef(server.url("/.well-known/void")), FOAF.primaryTopic, whole) in said


def test_every_address_that_the_description_gives_answers_with_what_it_says(served) -> None:
    server, out = served
    said = graph_at(server.url("/.well-known/void"))
    for one in said.subjects(RDF.type, DCAT.Distribution):
        if (address := said.value(one, DCAT.downloadURL)) is None:
            assert requests.get(said.value(one, DCAT.accessURL), params={"query": "ASK {}"}, timeout=20).ok
            continue
        reply = requests.get(address, timeout=20)
        assert reply.content == (out / str(said.value(one, DCTERMS.title))).read_bytes()
        assert str(said.value(one, DCAT.mediaType)).endswith(reply.headers["content-type"].partition(";")[0])
        assert requests.head(address, timeout=20, headers={"accept-encoding": "identity"}).headers["content-length"] == str(
            said.value(one, DCAT.byteSize)
        )
    (whole,) = said.subjects(RDF.type, DCAT.Dataset)
    found = ElementTree.fromstring(requests.get(said.value(whole, VOID.openSearchDescription), timeout=20).content)
    (url,) = found.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")
    page = requests.get(
        url.attrib["template"].replace("{searchTerms}", "보건복지부"), headers={"accept": "text/html"}, timeout=20
    )
    assert page.ok and url.attrib["type"] == page.headers["content-type"].partition(";")[0]
    for path in ("/data/articles.jsonl", "/data/manifest.json", "/data/..%2Fgraph.nq"):
        assert requests.get(server.url(path), timeout=20).status_code == 404


def test_the_description_of_the_service_is_small_and_points_to_the_datasets(served) -> None:
    server, _ = served
    said = graph_at(server.url("/sparql?format=turtle"))
    assert (URIRef(server.url("/sparql")), VOID.inDataset, URIRef(server.url("/.well-known/void"))) in said
    assert len(list(said.objects(None, SD.namedGraph))) <= 20
    assert [int(o) for o in said.objects(None, VOID.documents)] == [4]


def test_the_description_of_the_service_stays_small_whatever_the_number_of_graphs() -> None:
    import pyoxigraph as ox

    from kg.serve.protocol import description

    def said(articles: int, others: int) -> set:
        store, node = ox.Store(), ox.NamedNode
        names = [f"{ARTICLE}기사-{n}" for n in range(articles)] + [f"{ID}graph/다른-{n}" for n in range(others)]
        store.extend(ox.Quad(node(name), node(f"{PRESS.mentions}"), node(f"{ID}가"), node(name)) for name in names)
        return description(store, "http://127.0.0.1:1/sparql")

    few, many = said(4, 2), said(700, 400)
    documents = [str(t.object.value) for t in many if t.predicate.value == str(VOID.documents)]
    listed = [t for t in many if t.predicate.value == str(SD.namedGraph)]
    assert documents == ["700"] and len(listed) == 110 and len(many) <= len(few) + 3 * 110


def test_the_ontology_is_served_to_programs_and_people(served) -> None:
    server, _ = served
    file = Graph().parse(ROOT / "ontology" / "press.ttl")
    for accept in ("text/turtle", "application/rdf+xml"):
        assert len(graph_at(server.url("/ontology"), accept)) == len(file)
    page = requests.get(server.url("/ontology"), headers={"accept": "text/html,*/*;q=0.1"}, timeout=20)
    assert page.headers["content-type"].startswith("text/html")
    for name in PRESS:
        assert f'id="{name}"' in page.text
    context = requests.get(server.url("/ontology/context.jsonld"), timeout=20).json()
    assert context["@context"]["press"] == f"{ONTOLOGY}#"
    assert requests.get(server.url("/ontology/shapes.ttl"), timeout=20).ok
    assert requests.get(server.url("/ontology/nothing"), timeout=20).status_code == 404
    assert requests.get(server.url("/ontology/0.2.0"), timeout=20).ok


class Client:
    """What OpenRefine does with a service: it reads the manifest once and follows the addresses in it."""

    def __init__(self, url: str) -> None:
        self.url, self.manifest = url, requests.get(url, timeout=20).json()

    def match(self, *queries: dict) -> list[list[dict]]:
        batch = {f"q{n}": query for n, query in enumerate(queries)}
        reply = requests.post(self.url, data={"queries": json.dumps(batch)}, timeout=20)
        assert reply.status_code == 200, reply.text
        return [reply.json()[f"q{n}"]["result"] for n in range(len(queries))]

    def at(self, part: dict, **fields: str) -> dict:
        return requests.get(part["service_url"] + part["service_path"], params=fields, timeout=20).json()

    def extend(self, ids: list[str], *names: str) -> dict:
        asked = {"ids": ids, "properties": [{"id": name} for name in names]}
        return requests.post(self.url, data={"extend": json.dumps(asked)}, timeout=20).json()


@pytest.fixture(scope="module")
def client(served) -> Client:
    return Client(served[0].url("/reconcile"))


@pytest.fixture(scope="module")
def bodies(served) -> dict[str, str]:
    """Names of organizations of the graph by their identifiers."""
    graph = Graph().parse(served[1] / "graph.ttl")
    kinds = {PRESS[name] for name in ("GovernmentBody", "University", "Association", "LocalGovernment", "PublicInstitution")}
    found = {s for s, kind in graph.subject_objects(RDF.type) if kind in kinds}
    from rdflib import SKOS

    return {str(s).removeprefix(ID): str(graph.value(s, SKOS.prefLabel)) for s in found}


def test_the_manifest_has_what_the_protocol_asks_for(client: Client) -> None:
    assert {
        "versions",
        "name",
        "identifierSpace",
        "schemaSpace",
        "view",
        "suggest",
        "extend",
        "preview",
    } <= client.manifest.keys()
    assert client.manifest["identifierSpace"] == ID and "{{id}}" in client.manifest["view"]["url"]


def test_names_are_matched_with_the_things_that_bear_them(client: Client, bodies: dict[str, str]) -> None:
    assert len(bodies) >= 3
    for identifier, [first, *_] in zip(bodies, client.match(*({"query": name} for name in bodies.values()))):
        assert (first["id"], first["match"], first["score"]) == (identifier, True, 100)
        assert requests.get(client.manifest["view"]["url"].replace("{{id}}", identifier), timeout=20).ok


def test_a_slip_is_a_candidate_and_no_match(client: Client, bodies: dict[str, str]) -> None:
    identifier, name = max(bodies.items(), key=lambda pair: len(pair[1]))
    [[first, *_], nothing, empty] = client.match({"query": name[:-1] + "걸"}, {"query": "쀍뛟훼"}, {"query": " "})
    assert first["id"] == identifier and not first["match"] and first["score"] < 95
    assert nothing == empty == []


def test_a_type_leaves_others_out(client: Client, bodies: dict[str, str]) -> None:
    name = next(iter(bodies.values()))
    [as_body, as_person] = client.match({"query": name, "type": "Organization"}, {"query": name, "type": "Person"})
    assert as_body[0]["match"] and not [row for row in as_person if row["name"] == name]


def test_properties_are_fetched_and_tell_things_apart(client: Client, served) -> None:
    graph = Graph().parse(served[1] / "graph.ttl")
    person, body = next((s, o) for s, o in graph.subject_objects(PRESS.affiliatedWith))
    from rdflib import SKOS

    identifier, name, of = (
        str(person).removeprefix(ID),
        str(graph.value(person, SKOS.prefLabel)),
        str(graph.value(body, SKOS.prefLabel)),
    )
    rows = client.extend([identifier], "affiliatedWith", "jobTitle")
    assert {"id": str(body).removeprefix(ID), "name": of} in rows["rows"][identifier]["affiliatedWith"]
    assert [meta["id"] for meta in rows["meta"]] == ["affiliatedWith", "jobTitle"]
    right = {"query": name, "properties": [{"pid": "affiliatedWith", "v": of}]}
    wrong = {"query": name, "properties": [{"pid": "affiliatedWith", "v": "아무데도없는기관"}]}
    [[good, *_], [bad, *_]] = client.match(right, wrong)
    assert good["match"] and good["score"] == 100 and not bad["match"] and bad["score"] < good["score"]


def test_suggestions(client: Client, bodies: dict[str, str]) -> None:
    identifier, name = next(iter(bodies.items()))
    suggest = client.manifest["suggest"]
    assert identifier in [row["id"] for row in client.at(suggest["entity"], prefix=name[:3])["result"]]
    assert [row["id"] for row in client.at(suggest["type"], prefix="토론")["result"]] == ["Forum"]
    assert "startDate" in [row["id"] for row in client.at(suggest["property"], prefix="start")["result"]]
    proposed = client.at(client.manifest["extend"]["propose_properties"], type="Person")["properties"]
    assert {"jobTitle", "affiliatedWith"} <= {row["id"] for row in proposed} and "edition" not in {row["id"] for row in proposed}
    shown = requests.get(client.manifest["preview"]["url"].replace("{{id}}", identifier), timeout=20)
    assert shown.ok and name in shown.text


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"queries": "{"}, "is not JSON"),
        ({"queries": "[]"}, "allowed: an object"),
        ({"queries": '{"q0": {}}'}, "has no words"),
        ({"queries": '{"q0": {"query": "가", "limit": 0.5}}'}, "limit"),
        ({"queries": json.dumps({f"q{n}": {"query": "가"} for n in range(51)})}, "too many"),
        ({"extend": '{"ids": 1}'}, "lists under the keys"),
    ],
)
def test_what_is_no_request_is_refused_with_the_reason(client: Client, fields: dict, why: str) -> None:
    reply = requests.post(client.url, data=fields, timeout=20)
    assert reply.status_code == 400 and why in reply.text


def test_our_own_client_understands_our_own_service(client: Client, served) -> None:
    from kg.ask.reconcile import reconcile

    items = reconcile(served[1], client.url).items
    assert items and all(item.kind == "link" for item in items)


def test_an_address_of_an_article_in_its_old_spelling_still_leads_there(tmp_path: Path) -> None:
    import kg

    (tmp_path / "가을 소식.txt").write_text("환경부는 5월 3일 서울에서 ‘물빛 세미나’를 열었다.\n", encoding="utf-8")
    kg.build(tmp_path / "가을 소식.txt", tmp_path / "out")
    assert f"<{ID}article/가을%20소식>" in (tmp_path / "out" / "graph.nq").read_text(encoding="utf-8")
    with running(tmp_path / "out") as server:
        for path in ("%EA%B0%80%EC%9D%84%20%EC%86%8C%EC%8B%9D", "가을%20소식", "가을%2520소식"):
            assert requests.get(server.url(f"/id/article/{path}"), headers={"accept": "text/turtle"}, timeout=20).ok, path
