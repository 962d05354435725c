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
from kg.knowledge.vocab import PRESS

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
