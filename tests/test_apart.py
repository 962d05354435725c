"""Exports that keep articles and evidence apart, read by other readers than the one that wrote them."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, Dataset, Graph, Literal, Namespace
from rdflib.compare import isomorphic

from kg.graph.export import exported
from kg.graph.store import articles
from kg.knowledge.resources import resource
from kg.knowledge.vocab import ARTICLE, PRESS

OUT = Path(__file__).parent / "fixtures" / "out"
OA = Namespace("http://www.w3.org/ns/oa#")


def text(form: str) -> str:
    [(_, written)] = exported(OUT, form)
    return written


def by_rdflib(written: str) -> Graph:
    return Graph().parse(data=written, format="json-ld")


def by_oxigraph(written: str) -> Graph:
    lines = ox.serialize((q.triple for q in ox.parse(written, format=ox.RdfFormat.JSON_LD)), format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=lines, format="nt")


def by_pyld(written: str) -> Graph:
    jsonld = pytest.importorskip("pyld").jsonld
    return Graph().parse(data=jsonld.to_rdf(json.loads(written), {"format": "application/n-quads"}), format="nquads")


@pytest.mark.parametrize("read", [by_rdflib, by_oxigraph, by_pyld], ids=lambda read: read.__name__)
def test_three_readers_find_the_graph_in_the_trees(read) -> None:
    assert isomorphic(read(text("json-ld-tree")), Graph().parse(OUT / "graph.ttl"))


def test_there_is_one_tree_for_each_article_and_its_things_stand_in_it() -> None:
    made = json.loads(text("json-ld-tree"))["@graph"]
    roots = [node for node in made if node.get("@type") == "Article"]
    assert len(roots) == len(list(articles(OUT)))
    said = Dataset()
    said.parse(OUT / "graph.nq", format="nquads")
    for root in roots:
        inner = [node for node in root["mentions"] if isinstance(node, dict)]
        assert inner and all(node["@id"].startswith("id:") and "prefLabel" in node for node in inner)
        ids = [node["@id"] for node in inner]
        assert len(ids) == len(set(ids))


def unordered(value: object, numbers: bool = True) -> object:
    """A tree without the order of what stands in its lists; without ``numbers`` they are words, as RDF has them."""
    if isinstance(value, dict):
        return {key: unordered(inner, numbers) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted((unordered(inner, numbers) for inner in value), key=lambda inner: json.dumps(inner, sort_keys=True))
    return value if numbers or isinstance(value, (str, bool)) else str(value)


def framed(document: object) -> dict:
    """What a processor makes of statements by the published frame."""
    jsonld = pytest.importorskip("pyld").jsonld
    frame = json.loads(resource("ontology", "frame.jsonld").read_text(encoding="utf-8"))
    made = jsonld.frame(document, frame, {"omitGraph": True})
    assert made.pop("@context") == frame["@context"]
    return made


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> Path:
    """The sample articles, built."""
    import kg

    out = tmp_path_factory.mktemp("samples") / "out"
    kg.build([Path(__file__).parents[1] / "data" / "articles"], out)
    return out


@pytest.mark.parametrize("which", ["fixture", "samples"])
def test_the_published_frame_makes_the_trees_of_the_statements(which: str, request: pytest.FixtureRequest) -> None:
    jsonld = pytest.importorskip("pyld").jsonld
    out = OUT if which == "fixture" else request.getfixturevalue("samples")
    [(_, written)] = exported(out, "json-ld-tree")
    made = json.loads(written)
    trees = {node["@id"]: node for node in made["@graph"] if node.get("@type") == "Article"}
    graphs: dict[str, list] = {}
    for quad in ox.parse(path=str(out / "graph.nq"), format=ox.RdfFormat.N_QUADS):
        graphs.setdefault(quad.graph_name.value, []).append(quad.triple)
    for name, triples in graphs.items():
        if name.startswith(str(ARTICLE)):
            lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES).decode()
            from_rdf = framed(jsonld.from_rdf(lines, {"format": "application/n-quads"}))
            tree = trees.pop(from_rdf["@id"])
            assert unordered(from_rdf) == unordered({k: v for k, v in tree.items() if k != "@included"}, numbers=False)
            flat = jsonld.flatten(jsonld.expand({"@context": made["@context"], **tree}))
            assert unordered(framed(flat)) == unordered({k: v for k, v in tree.items() if k != "@included"})
            assert which == "fixture" or "@included" not in tree
    assert not trees


def test_affiliations_stand_beneath_their_people(samples: Path) -> None:
    [(_, written)] = exported(samples, "json-ld-tree")
    made = json.loads(written)["@graph"]
    graph = Graph().parse(samples / "graph.ttl")
    found = set()
    for tree in made:
        for node in tree.get("mentions", ()):
            held = node.get("affiliations", []) if isinstance(node, dict) else []
            for one in held if isinstance(held, list) else [held]:
                assert one["member"] == node["@id"] and node["@type"] == "Person"
                found.add(one["@id"])
    assert len(found) == len(set(graph.subjects(RDF.type, PRESS.Affiliation))) > 5


@pytest.mark.parametrize("read", [by_rdflib, by_oxigraph, by_pyld], ids=lambda read: read.__name__)
def test_three_readers_find_the_samples_in_their_trees(read, samples: Path) -> None:
    [(_, written)] = exported(samples, "json-ld-tree")
    assert set(read(written)) == set(Graph().parse(samples / "graph.ttl"))


def test_evidence_reifies_the_statements_it_is_about() -> None:
    found = list(ox.parse(text("turtle-1.2"), format=ox.RdfFormat.TURTLE))
    reifies = {q.subject.value: q.object for q in found if q.predicate.value == str(RDF) + "reifies"}
    plain = Graph().parse(OUT / "evidence.ttl")
    nodes = set(plain.subjects(RDF.type, PRESS.Assertion))
    assert nodes and {str(node) for node in nodes} == reifies.keys()
    for node in nodes:
        about = reifies[str(node)]
        assert [str(plain.value(node, p)) for p in (RDF.subject, RDF.predicate)] == [about.subject.value, about.predicate.value]
    kept = {(q.subject.value, q.predicate.value) for q in found}
    assert {(str(s), str(p)) for s, p in plain.subject_predicates() if s in nodes} - kept == {
        (str(node), str(p)) for node in nodes for p in (RDF.subject, RDF.predicate, RDF.object)
    }


def test_annotations_select_the_words_in_the_article_both_ways() -> None:
    said, plain = Graph().parse(data=text("web-annotation"), format="turtle"), Graph().parse(OUT / "evidence.ttl")
    texts = {record["iri"]: record["fields"] for record in articles(OUT)}
    nodes = set(said.subjects(RDF.type, OA.Annotation))
    assert nodes == set(plain.subjects(RDF.type, PRESS.Assertion)) != set()
    for node in nodes:
        target = said.value(node, OA.hasTarget)
        whole = texts[str(said.value(target, OA.hasSource))][str(plain.value(node, PRESS.field))]
        by_kind = {said.value(s, RDF.type): s for s in said.objects(target, OA.hasSelector)}
        quote, position = by_kind[OA.TextQuoteSelector], by_kind[OA.TextPositionSelector]
        start, end = (int(said.value(position, OA[name])) for name in ("start", "end"))
        exact = str(said.value(quote, OA.exact))
        assert whole[start:end] == exact and Literal(exact) == plain.value(node, PRESS.evidence)
        assert whole[:start].endswith(str(said.value(quote, OA.prefix))) and whole[end:].startswith(
            str(said.value(quote, OA.suffix))
        )


@pytest.mark.parametrize("form", ["json-ld-tree", "turtle-1.2", "web-annotation"])
def test_the_same_graph_gives_the_same_bytes(form: str) -> None:
    assert text(form) == text(form)
