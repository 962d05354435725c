"""GraphML and GEXF by the rules of the programs that open them: Gephi, Cytoscape, igraph, yEd and their like."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kg.graph.export import exported
from kg.graph.networks import network
from kg.knowledge.vocab import ARTICLE, ID, PRESS

OUT = Path(__file__).parent / "fixtures" / "out"
GEXF, VIZ, GRAPHML = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}", "{http://graphml.graphdrawing.org/xmlns}"
FORUM = str(ID["제3회_맑은물_정책_포럼_2023-05-11"])

# What the schema of GEXF 1.3 lets an element have: required and further attributes, and children.
SCHEMA = {
    f"{GEXF}gexf": ({"version"}, {"{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"}, {f"{GEXF}meta", f"{GEXF}graph"}),
    f"{GEXF}meta": (set(), {"lastmodifieddate"}, {f"{GEXF}creator", f"{GEXF}keywords", f"{GEXF}description"}),
    f"{GEXF}creator": (set(), set(), set()),
    f"{GEXF}graph": (
        set(),
        {"defaultedgetype", "idtype", "mode", "timeformat"},
        {f"{GEXF}attributes", f"{GEXF}nodes", f"{GEXF}edges"},
    ),
    f"{GEXF}attributes": ({"class"}, {"mode"}, {f"{GEXF}attribute"}),
    f"{GEXF}attribute": ({"id", "title", "type"}, set(), {f"{GEXF}default", f"{GEXF}options"}),
    f"{GEXF}nodes": (set(), {"count"}, {f"{GEXF}node"}),
    f"{GEXF}edges": (set(), {"count"}, {f"{GEXF}edge"}),
    f"{GEXF}node": (
        {"id"},
        {"label", "start", "end"},
        {f"{GEXF}attvalues", f"{VIZ}color", f"{VIZ}size", f"{VIZ}position", f"{VIZ}shape"},
    ),
    f"{GEXF}edge": (
        {"source", "target"},
        {"id", "type", "label", "weight", "kind", "start", "end"},
        {f"{GEXF}attvalues", f"{VIZ}color", f"{VIZ}thickness", f"{VIZ}shape"},
    ),
    f"{GEXF}attvalues": (set(), set(), {f"{GEXF}attvalue"}),
    f"{GEXF}attvalue": ({"for", "value"}, set(), set()),
    f"{VIZ}color": ({"r", "g", "b"}, {"a"}, set()),
    f"{VIZ}size": ({"value"}, set(), set()),
}


def root_of(form: str, out: Path = OUT) -> ET.Element:
    ((_, text),) = exported(out, form)
    return ET.fromstring(text.encode())


def lines(*statements: tuple[str, str, str]) -> str:
    return "".join(f"<{s}> <{p}> {o} <{ARTICLE['a']}> .\n" for s, p, o in statements)


@pytest.fixture
def parallel(tmp_path: Path) -> Path:
    """A host that both organized and sponsored, a thing of two classes, a thing without a name, awkward labels."""
    kind, name = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2004/02/skos/core#prefLabel"
    host, event, bare = (str(ID[word]) for word in ("환경부", "포럼", "이름없음"))
    text = lines(
        (host, kind, f"<{PRESS.GovernmentBody}>"),
        (host, name, '"환경부"@ko'),
        (event, kind, f"<{PRESS.Forum}>"),
        (event, kind, f"<{PRESS.Event}>"),
        (event, name, '"<물>의 \\n \\"날\\" & \\u0007밤"@ko'),
        (event, str(PRESS.edition), '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (bare, kind, f"<{PRESS.Topic}>"),
        (host, str(PRESS.organized), f"<{event}>"),
        (host, str(PRESS.sponsored), f"<{event}>"),
    )
    (tmp_path / "graph.nq").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("which", ["small", "parallel"])
def test_gexf_is_what_its_schema_asks_for(which: str, parallel: Path) -> None:
    root = root_of("gexf", parallel if which == "parallel" else OUT)
    assert root.get("version") == "1.3"
    for element in root.iter():
        needed, more, children = SCHEMA[element.tag]
        assert needed <= set(element.keys()) <= needed | more, element.attrib
        assert {child.tag for child in element} <= children
    graph = root.find(f"{GEXF}graph")
    assert [child.tag.removeprefix(GEXF) for child in graph] == ["attributes", "attributes", "nodes", "edges"]
    assert (graph.get("defaultedgetype"), graph.get("idtype"), graph.get("mode")) == ("directed", "string", "dynamic")
    for part in ("node", "edge"):
        held = graph.find(f"{GEXF}{part}s")
        assert int(held.get("count")) == len(held) > 0
        types = {row.get("id"): row.get("type") for row in graph.find(f"{GEXF}attributes[@class='{part}']")}
        assert set(types.values()) <= {"string", "integer"}
        for row in held:
            values = [(value.get("for"), value.get("value")) for value in row.iter(f"{GEXF}attvalue")]
            assert {name for name, _ in values} <= set(types) and len(dict(values)) == len(values)
            assert all(value == str(int(value)) for name, value in values if types[name] == "integer")
            assert row.get("label") and row.get("label") == " ".join(row.get("label").split()), "a token of the schema"
            assert all(0 <= int(channel) <= 255 for channel in row.find(f"{VIZ}color").attrib.values())


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_ids_are_unique_and_lines_have_ends(form: str) -> None:
    root, space = root_of(form), {"gexf": GEXF, "graphml": GRAPHML}[form]
    nodes, edges = ([row.attrib for row in root.iter(f"{space}{part}")] for part in ("node", "edge"))
    things, links = network(OUT)
    ids = [row["id"] for row in nodes]
    assert ids == [thing.iri for thing in things] and len(edges) == len(links) == len({row["id"] for row in edges})
    assert {end for row in edges for end in (row["source"], row["target"])} <= set(ids)
    assert not {row["id"] for row in edges} & set(ids)


def test_gexf_has_time() -> None:
    root = root_of("gexf")
    nodes = {row.get("id"): (row.get("start"), row.get("end")) for row in root.iter(f"{GEXF}node")}
    week, person = nodes[str(ID["맑은물_실천_주간_2023-06-05"])], nodes[str(ID["윤다온_가람대학교"])]
    assert (
        root.find(f"{GEXF}graph").get("timeformat") == "date" and week == ("2023-06-05", "2023-06-09") and person == (None, None)
    )
    for row in root.iter(f"{GEXF}edge"):
        ends = [nodes[row.get(end)] for end in ("source", "target") if nodes[row.get(end)][0]]
        assert not ends or (row.get("start"), row.get("end")) in ends, "a line is there while its event is"
        assert (row.get("start") or "") <= (row.get("end") or "")


def test_gephi_keeps_parallel_lines_apart(parallel: Path) -> None:
    edges = list(root_of("gexf", parallel).iter(f"{GEXF}edge"))
    assert {(row.get("source"), row.get("target")) for row in edges} == {(str(ID["환경부"]), str(ID["포럼"]))}
    assert sorted(row.get("kind") for row in edges) == ["organized", "sponsored"], "of one kind it would add them up"
    assert sorted(row.get("label") for row in edges) == ["주관", "후원"]


def test_gephi_shows_classes_by_colour_and_weight_by_size() -> None:
    root = root_of("gexf")
    color = {row.get("id"): tuple(row.find(f"{VIZ}color").attrib.values()) for row in root.iter(f"{GEXF}node")}
    size = {row.get("id"): float(row.find(f"{VIZ}size").get("value")) for row in root.iter(f"{GEXF}node")}
    assert color[str(ID["윤다온_가람대학교"])] == color[str(ID["서한결_물결연구원"])] != color[FORUM]
    assert size[FORUM] == max(size.values()) > 1.5 * min(size.values())
    types = {row.get("title"): row.get("type") for row in root.iter(f"{GEXF}attribute")}
    assert types["edition"] == "integer" and types["startDate"] == "string"


def keys(root: ET.Element) -> dict[str, tuple[str, str, str]]:
    return {row.get("id"): (row.get("for"), row.get("attr.name"), row.get("attr.type")) for row in root.iter(f"{GRAPHML}key")}


def test_graphml_declares_what_it_holds() -> None:
    root = root_of("graphml")
    declared = keys(root)
    assert len(declared) == len(list(root.iter(f"{GRAPHML}key"))) and set(declared) & {"d3", "d7"} == set(), (
        "Gephi takes the values of keys d3 and d7 for labels"
    )
    other = {id for id, (_, name, _) in declared.items() if id != name}
    assert other == {"edgelabel"}, "cytoscape.js goes by ids; Gephi knows this one"
    assert {kind for _, _, kind in declared.values()} <= {"string", "int", "double"}
    assert [child.tag.removeprefix(GRAPHML) for child in root][-1] == "graph" and root[-1].get("edgedefault") == "directed"
    for part in ("node", "edge"):
        for row in root.iter(f"{GRAPHML}{part}"):
            held = [value.get("key") for value in row]
            assert len(held) == len(set(held)) and {declared[key][0] for key in held} == {part}
            for value in row:
                {"string": str, "int": int, "double": float}[declared[value.get("key")][2]](value.text)


@pytest.mark.parametrize(
    ("program", "part", "column", "example"),
    [
        ("Gephi, igraph", "node", "label", "제3회 맑은물 정책 포럼"),
        ("Cytoscape, yEd", "node", "name", "제3회 맑은물 정책 포럼"),
        ("all", "node", "kind", "Forum"),
        ("all", "node", "kind_ko", "토론회"),
        ("Gephi", "node", "r", "200"),
        ("Gephi, igraph", "edge", "label", "공동 개최"),
        ("Cytoscape", "edge", "interaction", "coHosted"),
        ("Gephi, igraph, Cytoscape", "edge", "weight", "1.0"),
    ],
)
def test_graphml_has_the_columns_that_programs_look_for(program: str, part: str, column: str, example: str) -> None:
    root = root_of("graphml")
    key = next(id for id, (of, name, _) in keys(root).items() if (of, name) == (part, column))
    rows = [{value.get("key"): value.text for value in row} for row in root.iter(f"{GRAPHML}{part}")]
    assert all(key in row for row in rows), "every one has it"
    assert example in [row[key] for row in rows], program


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_names_are_text_on_one_line(form: str, parallel: Path) -> None:
    ((_, text),) = exported(parallel, form)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n') and "\x07" not in text
    words = [row.get("label") or row[0].text for row in ET.fromstring(text.encode()).iter() if row.tag.endswith("}node")]
    assert sorted(words) == ['<물>의 "날" & 밤', "이름없음", "환경부"]
