"""The graph as a network: things and the statements between them, as GraphML and GEXF that other programs open.

What those programs look for, by their importers: Gephi takes a thing's name from ``label`` (in GraphML also from any key
whose *id* is ``d3`` or ``d7``, whatever it holds), colours from ``r``, ``g``, ``b``, and keeps parallel edges apart by ``kind``;
Cytoscape takes names from ``name`` and what a line says from ``interaction``; cytoscape.js goes by the ids of keys; so these are
the names of the columns.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import log
from pathlib import Path
from xml.etree import ElementTree as ET

from kg.graph.store import quads
from kg.graph.terms import value_of
from kg.knowledge.vocab import ARTICLE, ID, PRESS, korean_labels

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_ILLEGAL_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INTEGER = re.compile(r"0|-?[1-9]\d{0,8}")
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF, _VIZ = "http://gexf.net/1.3", "http://gexf.net/1.3/viz"


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of the graph for networks and tables: its label, its class in English and Korean, its values by property."""

    iri: str
    label: str
    kind: str
    kind_ko: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement between two things, and the identifiers of the articles that make it."""

    source: str
    target: str
    relation: str
    label: str
    articles: tuple[str, ...]


def network(out: Path | str, factuality: Collection[str] = ()) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """The things and the statements between them, sorted; articles are no nodes but stand at the edges.

    >>> nodes, edges = network("tests/fixtures/out")
    >>> next((edge.relation, edge.label, edge.articles) for edge in edges if edge.relation == "coHosted")
    ('coHosted', '공동 개최', ('water-forum',))
    """
    import pyoxigraph as ox
    from rdflib import DCTERMS, SKOS

    labels, identifiers = {}, {}
    kinds: dict[str, set[str]] = defaultdict(set)
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    links: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    base = str(PRESS._NS)
    for quad in quads(out, factuality):
        s, p, o = value_of(quad.subject), quad.predicate.value, quad.object
        graph = getattr(quad.graph_name, "value", "")
        if p == _RDF_TYPE:
            kinds[s].add(value_of(o))
        elif p == str(SKOS.prefLabel):
            labels[s] = value_of(o)
        elif p == str(DCTERMS.identifier):
            identifiers[s] = value_of(o)
        elif isinstance(o, ox.Literal) and (p.startswith(base) or p == str(SKOS.altLabel)):
            values[s][re.split(r"[#/]", p)[-1]].add(o.value)
        elif isinstance(o, ox.NamedNode) and p.startswith(base):
            links[s, p, o.value].add(graph)
    things = {
        s
        for s, of in kinds.items()
        if s.startswith(str(ID))
        and not s.startswith(str(ARTICLE))
        and str(PRESS.Affiliation) not in of
        and any(k.startswith(base) for k in of)
    }  # an affiliation repeats a line between a person and a body
    korean = korean_labels()

    def node(iri: str) -> Node:
        return Node(
            iri,
            labels.get(iri, iri.removeprefix(str(ID))),
            ", ".join(sorted(k.removeprefix(base) for k in kinds[iri])),
            ", ".join(sorted(korean.get(k, k) for k in kinds[iri])),
            tuple((name, "; ".join(sorted(found))) for name, found in sorted(values[iri].items())),
        )

    def edge(s: str, p: str, o: str, graphs: set[str]) -> Edge:
        relation = p.removeprefix(base)
        return Edge(s, o, relation, korean.get(p, relation), tuple(sorted(identifiers[g] for g in graphs if g in identifiers)))

    between = sorted((link, graphs) for link, graphs in links.items() if link[0] in things and link[2] in things)
    return tuple(map(node, sorted(things))), tuple(edge(*link, graphs) for link, graphs in between)


def issued(out: Path | str) -> Mapping[str, str]:
    """The days of the articles, by identifier."""
    from rdflib import DCTERMS

    day, name = str(DCTERMS.issued), str(DCTERMS.identifier)
    days, names = {}, {}
    for quad in quads(out):
        if quad.predicate.value == day:
            days[value_of(quad.subject)] = value_of(quad.object)
        elif quad.predicate.value == name:
            names[value_of(quad.subject)] = value_of(quad.object)
    return {names[iri]: value for iri, value in days.items() if iri in names}


@dataclass(frozen=True, slots=True)
class _Element:
    """A node or an edge as it is written: its attributes of the format, its look, its values by column."""

    key: Mapping[str, str]
    color: str
    size: float
    values: Mapping[str, str]


def _clean(text: str) -> str:
    """Text that XML may hold, on one line: labels stand in attributes.

    >>> _clean("가\\x01나\\n 다")
    '가나 다'
    """
    return " ".join(_ILLEGAL_IN_XML.sub("", text).split())


def _elements(out: Path | str, factuality: Collection[str] = ()) -> tuple[list[_Element], list[_Element]]:
    """Nodes and edges with the colours of the page; a thing is as large as it has links, a line as thick as it has articles."""
    from kg.viz.style import load_style

    style = load_style()
    nodes, edges = network(out, factuality)
    degree = Counter(end for edge in edges for end in (edge.source, edge.target))

    def node(row: Node) -> _Element:
        drawn = style.classes[style.of(tuple(str(PRESS._NS) + kind for kind in row.kind.split(", ")))]
        values = {"kind": row.kind, "kind_ko": row.kind_ko, **{name: _clean(value) for name, value in row.values}}
        key = {"id": row.iri, "label": _clean(row.label)}
        return _Element(key, drawn.color, round(drawn.size / 2 + 6 * log(1 + degree[row.iri]), 2), values)

    def line(number: int, row: Edge) -> _Element:
        kind = style.kinds[style.relation(str(PRESS._NS) + row.relation)[1].kind]
        key = {"id": f"e{number}", "source": row.source, "target": row.target, "label": _clean(row.label)}
        values = {"relation": row.relation, "articles": _clean("; ".join(row.articles))}
        return _Element(key, kind.color, float(max(1, len(row.articles))), values)

    return [node(row) for row in nodes], [line(number, row) for number, row in enumerate(edges)]


def _columns(elements: Iterable[_Element]) -> dict[str, str]:
    """The columns in their order with their types: ``integer`` where every value is one, so that programs can rank by it."""
    found: dict[str, bool] = {}
    for element in elements:
        for name, value in element.values.items():
            found[name] = found.get(name, True) and bool(_INTEGER.fullmatch(value))
    fixed = ("kind", "kind_ko", "relation", "articles")
    return {
        name: "integer" if whole and name not in fixed else "string"
        for name, whole in sorted(found.items(), key=lambda pair: (pair[0] not in fixed, pair[0]))
    }


def _channels(color: str) -> dict[str, str]:
    return {name: str(int(color[i : i + 2], 16)) for name, i in (("r", 1), ("g", 3), ("b", 5))}


def _document(root: ET.Element) -> str:
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def graphml(out: Path | str, factuality: Collection[str] = ()) -> str:
    """The network as GraphML."""
    nodes, edges = _elements(out, factuality)
    types = {"string": "string", "integer": "int"}
    root = ET.Element(
        "graphml", {"xmlns": _GRAPHML, "xmlns:xsi": _XSI, "xsi:schemaLocation": f"{_GRAPHML} {_GRAPHML}/1.0/graphml.xsd"}
    )
    shown = {
        "node": {"label": "string", "name": "string", "size": "double", "r": "int", "g": "int", "b": "int"},
        "edge": {"label": "string", "interaction": "string", "weight": "double"},
    }
    ids: dict[tuple[str, str], str] = {}
    for part, elements in (("node", nodes), ("edge", edges)):
        for name, kind in (shown[part] | {name: types[kind] for name, kind in _columns(elements).items()}).items():
            ids[part, name] = name if ("node", name) not in ids else f"{part}{name}"
            ET.SubElement(root, "key", {"id": ids[part, name], "for": part, "attr.name": name, "attr.type": kind})
    graph = ET.SubElement(root, "graph", {"id": "presskg", "edgedefault": "directed"})

    def write(part: str, element: _Element, values: Mapping[str, str]) -> None:
        made = ET.SubElement(graph, part, {name: value for name, value in element.key.items() if name != "label"})
        for name, value in {**values, **element.values}.items():
            ET.SubElement(made, "data", {"key": ids[part, name]}).text = value

    for row in nodes:
        label = row.key["label"]
        write("node", row, {"label": label, "name": label, "size": str(row.size), **_channels(row.color)})
    for row in edges:
        write("edge", row, {"label": row.key["label"], "interaction": row.values["relation"], "weight": str(row.size)})
    return _document(root)


def _event_time(values: Mapping[str, str]) -> dict[str, str]:
    """When a thing takes place, nothing for one that has no days.

    >>> _event_time({"startDate": "2023-06-05", "endDate": "2023-06-09"}), _event_time({"jobTitle": "교수"})
    ({'start': '2023-06-05', 'end': '2023-06-09'}, {})
    """
    found = [_DAY.findall(values.get(name, "")) for name in ("startDate", "endDate", "reportedOn")]
    first = found[0] or found[2]
    return {"start": min(first), "end": max(first + found[1])} if first else {}


def _told_time(articles: str, days: Mapping[str, str]) -> dict[str, str]:
    told = sorted(days[name] for name in articles.split("; ") if name in days)
    return {"start": told[0], "end": told[-1]} if told else {}


def gexf(out: Path | str, factuality: Collection[str] = ()) -> str:
    """The network as GEXF 1.3; without a date of its own, which would change the bytes every day.

    It is one over time: an event is there on its days, a line when its event is or, between other things, from the first to the last day of
    the articles that say so; what has no day is always there.
    """
    nodes, edges = _elements(out, factuality)
    times, days = {row.key["id"]: _event_time(row.values) for row in nodes}, issued(out)
    root = ET.Element(
        "gexf",
        {
            "xmlns": _GEXF,
            "xmlns:viz": _VIZ,
            "xmlns:xsi": _XSI,
            "xsi:schemaLocation": f"{_GEXF} {_GEXF}/gexf.xsd",
            "version": "1.3",
        },
    )
    ET.SubElement(ET.SubElement(root, "meta"), "creator").text = "PressKG"
    graph = ET.SubElement(
        root, "graph", {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date", "idtype": "string"}
    )
    for part, elements in (("node", nodes), ("edge", edges)):
        attributes = ET.SubElement(graph, "attributes", {"class": part})
        for name, kind in _columns(elements).items():
            ET.SubElement(attributes, "attribute", {"id": name, "title": name, "type": kind})

    def write(parent: ET.Element, part: str, element: _Element, extra: Mapping[str, str]) -> ET.Element:
        made = ET.SubElement(parent, part, {**element.key, **extra})
        values = ET.SubElement(made, "attvalues")
        for name, value in element.values.items():
            ET.SubElement(values, "attvalue", {"for": name, "value": value})
        ET.SubElement(made, "viz:color", _channels(element.color))
        return made

    held = ET.SubElement(graph, "nodes", {"count": str(len(nodes))})
    for row in nodes:
        ET.SubElement(write(held, "node", row, times[row.key["id"]]), "viz:size", {"value": str(row.size)})
    held = ET.SubElement(graph, "edges", {"count": str(len(edges))})
    for row in edges:
        time = times[row.key["source"]] or times[row.key["target"]] or _told_time(row.values["articles"], days)
        write(held, "edge", row, {"type": "directed", "kind": row.values["relation"], "weight": str(row.size), **time})
    return _document(root)
