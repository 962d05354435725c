"""Exports: RDF that holds the same statements, networks that networkx opens again, tables, and the same bytes every time."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import UsageError
from kg.graph.entail import entailed
from kg.graph.export import SUFFIXES, _jsonld_node, export, exported
from kg.graph.networks import network
from kg.knowledge.resources import resource
from kg.knowledge.vocab import ARTICLE, ENTAILED_GRAPH, ID, PREFIXES, PRESS

OUT = Path(__file__).parent / "fixtures" / "out"
ROOT = Path(__file__).parents[1]


def text_of(form: str, out: Path = OUT) -> str:
    (_, text), *rest = exported(out, form)
    assert not rest
    return text


def quads(text: str, form: object) -> set[tuple]:
    return {(q.subject, q.predicate, q.object, q.graph_name) for q in ox.parse(text.encode(), format=form)}


SAID = quads((OUT / "graph.nq").read_text(encoding="utf-8"), ox.RdfFormat.N_QUADS)
FOLLOWS = {(*triple, ox.NamedNode(str(ENTAILED_GRAPH))) for triple in entailed(ox.Triple(*row[:3]) for row in SAID)}
WANTED = SAID | FOLLOWS


@pytest.mark.parametrize(("form", "reader"), [("n-quads", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG)])
def test_datasets_hold_the_same_quads(form: str, reader: object) -> None:
    assert quads(text_of(form), reader) == WANTED and len(SAID) > 140 and len(FOLLOWS) > 20


@pytest.mark.parametrize(("form", "reader"), [("n-quads", "nquads"), ("trig", "trig")])
def test_rdflib_reads_datasets_alike(form: str, reader: str) -> None:
    one, two = rdflib.Dataset(), rdflib.Dataset()
    one.parse(data=text_of(form), format=reader)
    two.parse(data=(OUT / "graph.nq").read_text(encoding="utf-8"), format="nquads")
    said = {quad for quad in one.quads() if quad[3] != ENTAILED_GRAPH}
    assert said == set(two.quads()) and len(said) < len(one)


@pytest.mark.parametrize(("form", "reader"), [("turtle", ox.RdfFormat.TURTLE), ("json-ld", ox.RdfFormat.JSON_LD)])
def test_turtle_and_json_ld_are_the_union(form: str, reader: object) -> None:
    assert {row[:3] for row in quads(text_of(form), reader)} == {row[:3] for row in WANTED}
    here = set(rdflib.Graph().parse(data=text_of(form), format=form))
    assert here > set(rdflib.Graph().parse(OUT / "graph.ttl")), "one graph opens with all of it"
    assert any(p == rdflib.RDF.type and o == PRESS.Event for _, p, o in here)


def test_turtle_is_readable() -> None:
    text = text_of("turtle")
    heads = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert heads == sorted(heads) and len(heads) == len(PREFIXES)
    assert "\nid:환경부 a press:GovernmentBody" in text


def test_n_quads_are_sorted_lines() -> None:
    lines = text_of("n-quads").splitlines()
    assert lines == sorted(lines) and len(lines) == len(set(lines))


@pytest.fixture
def shuffled(tmp_path: Path) -> Path:
    lines = (OUT / "graph.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    for name in ("evidence.ttl", "articles.jsonl"):
        shutil.copy(OUT / name, tmp_path)
    random.Random(7).shuffle(lines)
    (tmp_path / "graph.nq").write_text("".join([*lines, lines[0]]), encoding="utf-8")
    shutil.copy(OUT / "evidence.ttl", tmp_path)
    return tmp_path


@pytest.mark.parametrize("form", SUFFIXES)
def test_order_of_the_file_does_not_matter(form: str, shuffled: Path) -> None:
    assert list(exported(shuffled, form)) == list(exported(OUT, form))


def test_hash_seed_does_not_matter(tmp_path: Path) -> None:
    code = "import sys; from kg.graph.export import *; [export(sys.argv[1], form, sys.argv[2]) for form in SUFFIXES]"
    for seed in ("1", "2"):
        target = tmp_path / seed
        target.mkdir()
        subprocess.run(
            [sys.executable, "-c", code, OUT, target], check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}
        )
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / seed).iterdir()} for seed in ("1", "2"))
    assert one == two
    assert sorted(one) == [
        "edges.csv",
        "edges.parquet",
        "graph.aligned.ttl",
        "graph.annotations.ttl",
        "graph.evidence-1.2.ttl",
        "graph.gexf",
        "graph.graphml",
        "graph.jsonld",
        "graph.nq",
        "graph.tree.jsonld",
        "graph.trig",
        "graph.ttl",
        "graph.xlsx",
        "neo4j-nodes.csv",
        "neo4j-relationships.csv",
        "nodes.csv",
        "nodes.parquet",
    ]


def test_json_ld_brings_its_context_along() -> None:
    document = json.loads(text_of("json-ld"))
    assert document["@context"] == json.loads(resource("ontology", "context.jsonld").read_text(encoding="utf-8"))["@context"]
    forum = next(node for node in document["@graph"] if node["@id"] == "id:제3회_맑은물_정책_포럼_2023-05-11")
    assert forum == {
        "@id": "id:제3회_맑은물_정책_포럼_2023-05-11",
        "@type": ["Forum", "Event"],
        "label": {"ko": "제3회 맑은물 정책 포럼"},
        "prefLabel": {"ko": "제3회 맑은물 정책 포럼"},
        "edition": 3,
        "startDate": "2023-05-11",
        "status": "held",
        "venue": "id:대전컨벤션센터",
    }


ODD = [
    '"007"^^<http://www.w3.org/2001/XMLSchema#integer>',
    '"3"',
    '"3"@ko',
    '"3.0"^^<http://www.w3.org/2001/XMLSchema#decimal>',
    "<http://example.org/x>",
    '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
    '"99999999999999999999"^^<http://www.w3.org/2001/XMLSchema#integer>',
    '"a\\nb\\"c"',
    '"-0"^^<http://www.w3.org/2001/XMLSchema#integer>',
    "<https://w3id.org/presskg/id//x>",
    "<https://w3id.org/presskg/id/article/a%232>",
]


@pytest.mark.parametrize(
    "name",
    [
        PRESS.edition,
        PRESS.status,
        PRESS.venue,
        PRESS.startDate,
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://example.org/unknown#p",
        "http://purl.org/dc/terms/publisher",
    ],
)
def test_json_ld_keeps_odd_values(name: str) -> None:
    lines = "".join(f"<{ID['가']}> <{name}> {o} .\n" for o in ODD)
    given = list(ox.parse(lines.encode(), format=ox.RdfFormat.N_QUADS))
    context = json.loads(resource("ontology", "context.jsonld").read_text(encoding="utf-8"))["@context"]
    document = {"@context": context, **_jsonld_node(given[0].subject, given)}
    assert quads(json.dumps(document), ox.RdfFormat.JSON_LD) == quads(lines, ox.RdfFormat.N_QUADS)


def test_network_holds_things_and_their_links() -> None:
    nodes, edges = network(OUT)
    assert len(nodes) == 17 and not [node for node in nodes if node.iri.startswith(str(ARTICLE))]
    forum = next(node for node in nodes if node.label == "제3회 맑은물 정책 포럼")
    assert (forum.kind, forum.kind_ko, forum.values) == (
        "Forum",
        "토론회",
        (("edition", "3"), ("startDate", "2023-05-11"), ("status", "held")),
    )
    shared = next(edge for edge in edges if edge.relation == "affiliatedWith")
    assert shared.articles == ("water-forum", "water-week") and shared.label == "소속"
    assert {edge.source for edge in edges} | {edge.target for edge in edges} <= {node.iri for node in nodes}


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networks_open_again(form: str, read: object, tmp_path: Path) -> None:
    (path,) = export(OUT, form, tmp_path / "g.xml")
    graph = read(path)
    nodes, edges = network(OUT)
    assert set(graph) == {node.iri for node in nodes} and graph.number_of_edges() == len(edges)
    assert graph.nodes[str(ID["환경부"])]["label"] == "환경부" and graph.nodes[str(ID["환경부"])]["kind_ko"] == "정부 기관"
    relations = {data["relation"] for _, _, data in graph.edges(data=True)}
    assert {"coHosted", "affiliatedWith", "said"} <= relations and graph.is_directed()


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networks_survive_what_xml_forbids(form: str, tmp_path: Path) -> None:
    node, graph = f"<{ID['가']}>", f"<{ARTICLE['a']}>"
    lines = [
        f"{node} <{rdflib.RDF.type}> <{PRESS.Forum}> {graph} .",
        f'{node} <{rdflib.SKOS.prefLabel}> "<가> & \\u0001\\u000B나 \\"]]>"@ko {graph} .',
    ]
    (tmp_path / "graph.nq").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (path,) = export(tmp_path, form, tmp_path / "g.xml")
    read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[form]
    assert read(path).nodes[str(ID["가"])]["label"] == '<가> & 나 "]]>'


def test_xml_ids_are_unique() -> None:
    from xml.etree import ElementTree

    root = ElementTree.fromstring(text_of("graphml"))
    ids = [key.get("id") for key in root.iter("{http://graphml.graphdrawing.org/xmlns}key")]
    assert len(ids) > 10 and len(ids) == len(set(ids))


def test_tables(tmp_path: Path) -> None:
    paths = export(OUT, "csv", tmp_path / "tables")
    assert [path.name for path in paths] == ["nodes.csv", "edges.csv"]
    nodes, edges = (list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))) for path in paths)
    assert list(nodes[0])[:4] == ["Id", "Label", "Kind", "KindKo"] and list(edges[0])[:4] == ["Source", "Target", "Type", "Label"]
    week = next(row for row in nodes if row["Label"] == "맑은물 실천 주간")
    assert (week["startDate"], week["endDate"], week["mode"], week["edition"]) == ("2023-06-05", "2023-06-09", "online", "")
    assert {
        "Source": str(ID["충청남도"]),
        "Target": str(ID["맑은물_실천_주간_2023-06-05"]),
        "Type": "Directed",
        "Label": "개최",
        "Relation": "hosted",
        "Weight": "1",
        "Articles": "water-week",
        "SourceLabel": "충청남도",
        "TargetLabel": "맑은물 실천 주간",
        "First": "2023-05-30",
        "Last": "2023-05-30",
        "Status": "planned",
        "Confidence": "0.9",
        "Words": "충청남도(충남도)는 오는 6월 5일부터 9일까지 ‘맑은물 실천 주간’을 온라인으로 연다",
    } in edges


def test_a_mark_for_excel_and_neo4j_s_heads(tmp_path: Path) -> None:
    marked = dict(exported(OUT, "csv", bom=True))
    assert (
        all(text.startswith(b"\xef\xbb\xbf") for text in marked.values())
        and marked["edges.csv"][3:] == dict(exported(OUT, "csv"))["edges.csv"]
    )
    nodes, links = (list(csv.reader(io.StringIO(text.decode()))) for _, text in exported(OUT, "neo4j"))
    assert nodes[0][:3] == ["iri:ID", "name", ":LABEL"] and links[0][:3] == [":START_ID", ":END_ID", ":TYPE"]
    ids = {row[0] for row in nodes[1:]}
    assert len(ids) == len(nodes) - 1 and {end for row in links[1:] for end in row[:2]} <= ids
    assert all(row[links[0].index("first:date")] for row in links[1:])


def test_a_workbook_opens_with_its_names_and_nothing_that_runs(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(export(OUT, "xlsx", tmp_path / "graph.xlsx")[0])
    heads, *rows = book["edges"].iter_rows(values_only=True)
    assert book.sheetnames == ["nodes", "edges"] and ("충청남도", "맑은물 실천 주간") in {(row[7], row[8]) for row in rows}
    assert {type(row[heads.index("Weight")]) for row in rows} == {int} and {
        type(row[heads.index("Confidence")]) for row in rows
    } <= {float, int}
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


def test_frames(tmp_path: Path) -> None:
    import pandas

    import kg

    nodes, edges = kg.load(OUT).to_pandas()
    paths = export(OUT, "parquet", tmp_path)
    assert [path.name for path in paths] == ["nodes.parquet", "edges.parquet"]
    read = pandas.read_parquet(paths[1])
    assert list(read.columns) == list(edges.columns) and len(read) == len(edges) and read["Weight"].dtype == "int64"
    assert read["SourceLabel"].tolist() == edges["SourceLabel"].tolist() and set(edges["Source"]) <= set(nodes["Id"])


def test_target_may_be_a_folder_or_a_new_path(tmp_path: Path) -> None:
    assert export(OUT, "turtle", tmp_path) == (tmp_path / "graph.ttl",)
    assert export(OUT, "turtle", tmp_path / "new" / "x.ttl") == (tmp_path / "new" / "x.ttl",)
    assert (tmp_path / "graph.ttl").read_bytes() == (tmp_path / "new" / "x.ttl").read_bytes()


def test_wrong_uses_say_what_is_allowed(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match="'rdfxml' is not known; allowed: turtle, n-quads, trig, json-ld, graphml, gexf, .*, xlsx, csv"
    ):
        export(OUT, "rdfxml", tmp_path)
    with pytest.raises(UsageError, match=r"holds no graph\.nq"):
        export(tmp_path, "turtle", tmp_path / "x")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        export(OUT, "turtle", tmp_path / "file" / "x.ttl")
