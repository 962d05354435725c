"""From a source to what the page is given: pyvis collects nodes, edges and options, evidence is cut out with its paragraph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import log
from typing import TYPE_CHECKING, Any

from kg.viz.clippings import Clippings
from kg.viz.layout import Box
from kg.viz.measure import day_words, width, wrap
from kg.viz.network import to_networkx
from kg.viz.source import Source, Statement, Term
from kg.viz.style import ClassStyle, Style
from kg.viz.views import WHOLE, Table, View, everything, views

from kg.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx

NAME_PX, SUB_PX, CARD_PX = 13, 11, 15


def scene(
    source: Source, style: Style, *, layout: str, focus: str | None, classes: tuple[str, ...], limit: int | None
) -> dict[str, Any]:
    """Everything that the page needs, ready for JSON: ``nodes`` and ``edges`` as pyvis has them, the views, the rest."""
    graph = to_networkx(source, style=style)
    subs, days = _small_print(source, style), _days(source, style)
    looks = {
        iri: _look(data, style.classes[data["kind"]], graph.degree(iri), subs.get(iri, {}))
        for iri, data in graph.nodes(data=True)
    }
    table = Table(graph, {iri: look.pop("box") for iri, look in looks.items()}, days, style)
    many = len(table.shown()) > WHOLE
    made = views(table, focus=_found(source, graph, focus), limit=limit, many=many)
    made.sort(key=lambda view: (view.key != "focus", view.key != layout))
    spots = everything(table) if many else next((view.spots for view in made if view.key == "network"), {})
    index = {iri: i for i, iri in enumerate(graph)}
    data, clips = _collect(source, style, graph, index, looks, spots, days)
    hidden = sorted(_unwanted(graph, style, classes))
    return {
        "many": many,
        "off": hidden,
        "views": [_view(view, index) for view in made],
        **data,
        "evidence": {"contexts": clips.contexts, "rows": clips.rows},
        "articles": [[p.iri, p.title, p.date, p.publisher, p.url] for p in map(source.papers.__getitem__, sorted(source.papers))],
    }


def _collect(
    source: Source,
    style: Style,
    graph: nx.MultiDiGraph,
    index: Mapping[str, int],
    looks: Mapping[str, dict[str, Any]],
    spots: Mapping[str, tuple[int, int]],
    days: Mapping[str, str],
) -> tuple[dict[str, Any], Clippings]:
    """Nodes and edges through pyvis, each with what the panel says of it."""
    articles = {iri: i for i, iri in enumerate(sorted(source.papers))}
    clips = Clippings(source, articles, style)
    meant = _meant(source, style, graph)
    values: dict[str, list[Statement]] = defaultdict(list)
    for row in source.values:
        if not _naming(row.predicate):
            values[row.subject].append(row)
    net = _collector()
    for iri, i in index.items():
        thing = source.things[iri]
        facts = [
            [style.relation(row.predicate)[0], row.object.value, clips.add(row), _type(row.object)] for row in values.get(iri, ())
        ]
        x, y = spots.get(iri, (0, 0))
        more: dict[str, Any] = {"also": list(thing.also)} if thing.also else {}
        more |= {"day": days[iri]} if iri in days else {}
        more |= {"beside": meant[iri]} if meant.get(iri) else {}
        net.add_node(
            i,
            shape="custom",
            x=x,
            y=y,
            iri=iri,
            cls=graph.nodes[iri]["kind"],
            facts=facts,
            art=[articles[a] for a in thing.articles],
            **more,
            **_name(looks[iri], thing.name),
        )
    links = {(row.subject, row.object.value, style.relation(row.predicate)[0]): row for row in source.links}
    for number, (s, o, key) in enumerate(graph.edges(keys=True)):
        row, relation = links[s, o, key], style.relation(links[s, o, key].predicate)[1]
        implied = [links[s, o, under] for under in relation.hides if (s, o, under) in links]
        rows = clips.add(row, also=implied)
        net.add_edge(
            index[s],
            index[o],
            id=number,
            rel=key,
            ev=rows,
            sure=max((clips.rows[k][6] for k in rows), default=1.0),
            art=sorted({articles[a] for r in (row, *implied) for a in r.articles}),
        )
    denied = [
        [index[row.subject], style.relation(row.predicate)[0], _named(row.object.value, source), clips.add(row)]
        for row in source.denied
        if row.subject in index
    ]
    return {"nodes": net.nodes, "edges": net.edges, "denied": denied}, clips


def _named(value: str, source: Source) -> str:
    return source.things[value].name if value in source.things else value


def _view(view: View, index: Mapping[str, int]) -> dict[str, Any]:
    return {
        "key": view.key,
        "ids": [index[iri] for iri in view.spots],
        "at": [n for spot in view.spots.values() for n in spot],
        "kinds": view.kinds,
        "classes": view.classes,
        "axis": view.axis,
        "calm": view.calm,
    }


def _found(source: Source, graph: nx.MultiDiGraph, focus: str | None) -> str | None:
    """The thing that a name, an alias or an IRI means; of several the one with most links."""
    from kg.knowledge.vocab import ID

    if focus is None:
        return None
    short = focus.removeprefix("id:")
    hits = (
        [iri for iri in graph if iri in (focus, str(ID) + short)]
        or [iri for iri in graph if source.things[iri].name == focus]
        or [iri for iri in graph if focus in source.things[iri].also]
        or [iri for iri in graph if focus in source.things[iri].name]
    )
    if not hits:
        raise UsageError(f"focus: nothing in the graph is called {focus!r}; give a name, another name of it, or an IRI")
    return min(hits, key=lambda iri: (-graph.degree(iri), iri))


def _unwanted(graph: nx.MultiDiGraph, style: Style, classes: tuple[str, ...]) -> set[str]:
    """Classes that are off when the page opens: those that the style hides, and where some are asked for, all others."""
    present = {data["kind"] for _, data in graph.nodes(data=True)}
    if not classes:
        return {name for name in present if not style.classes[name].shown}
    wanted: set[str] = set()
    for asked in classes:
        hits = {
            name
            for name, drawn in style.classes.items()
            if asked in (name, name.partition(":")[2], drawn.ko, drawn.en, drawn.family)
            or (asked in style.classes and drawn.family == asked)
        }
        if not hits:
            known = sorted({drawn.ko for drawn in style.classes.values() if not drawn.folded})
            raise UsageError(f"class: {asked!r} is not known; allowed: {', '.join(known)}, or press:… names")
        wanted |= hits
    return present - wanted


def _days(source: Source, style: Style) -> dict[str, str]:
    """The first day of each thing that has one, as ``2021-06-28`` or as much of it as is known."""
    found: dict[str, str] = {}
    for row in source.values:
        if style.relation(row.predicate)[0] in style.days:
            found[row.subject] = min(found.get(row.subject, row.object.value), row.object.value)
    return found


def _meant(source: Source, style: Style, graph: nx.MultiDiGraph) -> dict[str, str]:
    """Who is meant by each name, as panels, lists and searches of the page say it."""
    from kg.ask.meant import beside

    said: dict[tuple[str, str, bool], dict[str, frozenset[str]]] = defaultdict(dict)

    def tell(ends: tuple[str, str, bool], words: str, articles: Iterable[str]) -> None:
        said[ends][words] = said[ends].get(words, frozenset()) | frozenset(articles)

    for row in (*source.values, *source.links):
        name = style.relation(row.predicate)[0]
        end = source.things.get(row.object.value)
        tell((row.subject, name, False), end.name if end else row.object.value, row.articles)
        if end:
            tell((row.object.value, name, True), source.things[row.subject].name, row.articles)

    def words(iri: str, kind: str) -> str:
        parts = beside(iri, style.classes[kind].beside, lambda thing, name, back: said.get((thing, name, back), {}))
        return " · ".join(map(day_words, parts))

    return {iri: words(iri, kind) for iri, kind in graph.nodes(data="kind")}


def _type(term: Term) -> str:
    """What the page needs to write a value as Turtle again: ``iri``, ``@ko``, a data type, or nothing for plain text."""
    return "iri" if term.kind == "iri" else f"@{term.language}" if term.language else term.datatype


def _naming(predicate: str) -> bool:
    from rdflib import RDF, RDFS, SKOS

    return predicate in (str(RDF.type), str(RDFS.label), str(SKOS.prefLabel), str(SKOS.inScheme))


def _name(look: dict[str, Any], name: str) -> dict[str, Any]:
    """The full name goes along only where the broken lines do not hold it."""
    return look if look["label"].replace("\n", " ") == name else {**look, "name": name}


def _look(data: Mapping[str, Any], drawn: ClassStyle, degree: int, small: Mapping[str, str]) -> dict[str, Any]:
    """Label lines, small print, size, and the room that all of it takes."""
    sub = " · ".join(small[term] for term in drawn.sub if term in small)
    if drawn.card:
        lines = wrap(data["label"], 12.5, 3)
        below = wrap(sub, 17, 2) if sub else ()
        broad = max([width(line) * CARD_PX for line in lines] + [width(line) * SUB_PX for line in below]) + 66
        high = 20 + len(lines) * 20 + len(below) * 16
        return {
            "label": "\n".join(lines),
            "sub": "\n".join(below),
            "size": round(max(broad, high) / 2),
            "w": round(broad),
            "h": high,
            "box": Box(broad / 2, high / 2, high / 2, (broad / 2 + 3, high / 2 + 3)),
        }
    size = round(drawn.size + min(20.0, 4.5 * log(max(1, degree))), 1)
    longest = max(map(width, data["label"].split()), default=0.0)
    lines = wrap(data["label"], max(9.5 if drawn.wordy else 8.5, longest if longest <= 11.5 else 0), 3)
    below = wrap(sub, 12, 1) if sub else ()
    broad = max([width(line) * NAME_PX for line in lines] + [width(line) * SUB_PX for line in below] + [size * 2])
    tail = 5 + len(lines) * 17 + len(below) * 14
    made = {"label": "\n".join(lines), "size": size, "box": Box(broad / 2, size, size + tail, (size, size))}
    return {**made, "sub": below[0]} if below else made


def _small_print(source: Source, style: Style) -> dict[str, dict[str, str]]:
    """For each thing the words that may stand under its name, by property."""
    wanted = {term for drawn in style.classes.values() for term in drawn.sub}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in (*source.values, *source.links):
        name, relation = style.relation(row.predicate)
        if name in wanted and name not in found[row.subject]:
            words = source.things[row.object.value].name if row.object.value in source.things else row.object.value
            found[row.subject][name] = (relation.words or {}).get(words, day_words(words))
    return found


def _collector() -> Any:
    """A pyvis network that finds a node in constant time (its own list makes adding edges quadratic)."""
    from pyvis.network import Network

    class Numbered(list):
        def __contains__(self, number: object) -> bool:
            return isinstance(number, int) and 0 <= number < len(self)

    net = Network(directed=True, cdn_resources="in_line")
    net.node_ids = Numbered()
    return net
