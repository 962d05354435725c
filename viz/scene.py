"""From a source to what the page is given: pyvis collects nodes, edges and options, evidence is cut out with its paragraph."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.viz.layout import Box, place
from kg.viz.measure import width, wrap
from kg.viz.network import to_networkx
from kg.viz.source import Evidence, Source, Statement
from kg.viz.style import ClassStyle, Style

if TYPE_CHECKING:
    import networkx as nx

NAME_PX, SUB_PX, EDGE_PX, CARD_PX = 13, 11, 11, 15
_PARAGRAPH = 700  # longer paragraphs are shown by the sentence and its neighbours


class Clippings:
    """Evidence as rows of numbers over a list of paragraphs, each paragraph held once."""

    def __init__(self, source: Source, articles: Mapping[str, int], style: Style) -> None:
        self._papers, self._articles, self._style = source.papers, articles, style
        self.contexts: list[str] = []
        self.rows: list[list[Any]] = []
        self._known: dict[tuple[str, str, int, int], int] = {}

    def add(self, statement: Statement, *, also: Iterable[Statement] = ()) -> list[int]:
        """The numbers of the rows that hold this statement's evidence."""
        first = len(self.rows)
        for row in (statement, *also):
            name = self._style.relation(row.predicate)[0]
            for words in sorted(row.evidence, key=lambda e: (self._articles.get(e.article, -1), e.field, e.start, e.end, e.rule)):
                self._row(words, name)
        return list(range(first, len(self.rows)))

    def _row(self, words: Evidence, relation: str) -> None:
        paper = self._papers.get(words.article)
        text = paper.fields.get(words.field, "") if paper else ""
        if not 0 <= words.start <= words.end <= len(text):
            return
        low, high = _around(text, words)
        key = (words.article, words.field, low, high)
        if key not in self._known:
            self._known[key] = len(self.contexts)
            self.contexts.append(text[low:high])
        marks = [_utf16(text, low, at) for at in (words.start, words.end, max(low, words.sentence_start), min(high, words.sentence_end))]
        self.rows.append([self._known[key], self._articles[words.article], *marks, words.confidence, words.rule, words.status,
                          int(words.recovered), words.field, words.start, words.end, relation])


def _around(text: str, words: Evidence) -> tuple[int, int]:
    """The paragraph around the evidence, or its sentence where the paragraph is long."""
    low, high = text.rfind("\n", 0, words.start) + 1, text.find("\n", words.end)
    high = len(text) if high < 0 else high
    if high - low > _PARAGRAPH:
        low = max(low, min(words.sentence_start, words.start) - 60)
        high = min(high, max(words.sentence_end, words.end) + 60)
    return low, high


def _utf16(text: str, low: int, at: int) -> int:
    """An offset from ``low`` as a browser counts it: characters beyond the basic plane count twice."""
    part = text[low:at]
    return len(part) if part.isascii() or max(part) <= "\uffff" else len(part.encode("utf-16-le")) // 2


def scene(source: Source, style: Style, *, layout: str, lang: str) -> dict[str, Any]:
    """Everything that the page needs, ready for JSON: ``nodes``, ``edges`` and ``options`` as pyvis has them, and the rest beside."""
    graph = to_networkx(source, style=style)
    articles = {iri: i for i, iri in enumerate(sorted(source.papers))}
    clips = Clippings(source, articles, style)
    values: dict[str, list[Statement]] = defaultdict(list)
    for row in source.values:
        values[row.subject].append(row)
    subs = _small_print(source, style)
    boxes, looks = {}, {}
    for iri, data in graph.nodes(data=True):
        looks[iri] = _look(data, style.classes[data["kind"]], graph.degree(iri), subs.get(iri, {}), lang)
        boxes[iri] = looks[iri].pop("box")
    shown = graph.subgraph([iri for iri, data in graph.nodes(data=True) if style.classes[data["kind"]].shown])
    spots = _positions(graph, shown, boxes, layout)
    net = _collector()
    index = {iri: i for i, iri in enumerate(graph)}
    for iri, i in index.items():
        thing, data = source.things[iri], graph.nodes[iri]
        facts = [[style.relation(row.predicate)[0], row.object.value, clips.add(row)] for row in values.get(iri, ())
                 if not _naming(row.predicate)]
        net.add_node(i, shape="custom", x=spots[iri][0], y=spots[iri][1], iri=iri, cls=data["kind"], also=list(thing.also),
                     art=[articles[a] for a in thing.articles], facts=facts, **_name(looks[iri], thing.name))
    links = {(row.subject, row.object.value, style.relation(row.predicate)[0]): row for row in source.links}
    seen: dict[frozenset[int], int] = defaultdict(int)
    for number, (s, o, key) in enumerate(graph.edges(keys=True)):
        row, relation = links[s, o, key], style.relations.get(key) or style.relation(key)[1]
        implied = [links[s, o, under] for under in relation.hides if (s, o, under) in links]
        rows = clips.add(row, also=implied)
        made_by = sorted({articles[a] for r in (row, *implied) for a in r.articles})
        pair = frozenset((index[s], index[o]))
        net.add_edge(index[s], index[o], id=number, rel=key, ev=rows, art=made_by, nth=seen[pair],
                     sure=max((clips.rows[k][6] for k in rows), default=1.0))
        seen[pair] += 1
    denied = [[index[r.subject], style.relation(r.predicate)[0], source.things[r.object.value].name if r.object.value in source.things
               else r.object.value, clips.add(r)] for r in source.denied if r.subject in index]
    return {"nodes": net.nodes, "edges": net.edges, "denied": denied, "contexts": clips.contexts, "rows": clips.rows,
            "articles": [[p.iri, p.title, p.date, p.publisher, p.url] for p in (source.papers[a] for a in articles)]}


def _naming(predicate: str) -> bool:
    from rdflib import RDF, RDFS, SKOS

    return predicate in (str(RDF.type), str(RDFS.label), str(SKOS.prefLabel))


def _name(look: dict[str, Any], name: str) -> dict[str, Any]:
    """The full name goes along only where the broken lines do not hold it."""
    return look if look["label"].replace("\n", " ") == name else {**look, "name": name}


def _look(data: Mapping[str, Any], drawn: ClassStyle, degree: int, small: Mapping[str, str], lang: str) -> dict[str, Any]:
    """Label lines, small print, size, and the room that all of it takes."""
    sub = " · ".join(small[term] for term in drawn.sub if term in small)
    if drawn.card:
        lines = wrap(data["label"], 12.5, 3)
        below = wrap(sub, 17, 2) if sub else ()
        broad = max([width(line) * CARD_PX for line in lines] + [width(line) * SUB_PX for line in below]) + 66
        high = 20 + len(lines) * 20 + len(below) * 16
        size = {"w": round(broad), "h": high}
        return {"label": "\n".join(lines), "sub": "\n".join(below), "size": round(max(broad, high) / 2), **size,
                "box": Box(broad / 2, high / 2, high / 2)}
    size = round(drawn.size + 3.2 * max(0, degree - 1) ** 0.5, 1)
    lines = wrap(data["label"], 9.5 if drawn.family in _WORDY else 8.5, 3)
    below = wrap(sub, 12, 1) if sub else ()
    broad = max([width(line) * NAME_PX for line in lines] + [width(line) * SUB_PX for line in below] + [size * 2])
    tail = 5 + len(lines) * 17 + len(below) * 14
    made = {"label": "\n".join(lines), "size": size, "box": Box(broad / 2, size, size + tail)}
    return {**made, "sub": below[0]} if below else made


_WORDY = frozenset(("press:Topic", "press:Presentation", "press:Quotation", "press:Case"))


def _small_print(source: Source, style: Style) -> dict[str, dict[str, str]]:
    """For each thing the words that may stand under its name, by property."""
    wanted = {term for drawn in style.classes.values() for term in drawn.sub}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in (*source.values, *source.links):
        name, relation = style.relation(row.predicate)
        if name in wanted and name not in found[row.subject]:
            words = source.things[row.object.value].name if row.object.value in source.things else row.object.value
            found[row.subject][name] = (relation.words or {}).get(words, _day(words))
    return found


def _day(words: str) -> str:
    """A date as Korean readers write it; anything else unchanged.

    >>> _day("2021-06-28"), _day("온라인")
    ('2021. 6. 28.', '온라인')
    """
    parts = words.split("-")
    if 1 < len(parts) <= 3 and len(parts[0]) == 4 and all(part.isdigit() for part in parts):
        return " ".join(f"{int(part)}." for part in parts)
    return words


def _positions(graph: nx.MultiDiGraph, shown: nx.MultiDiGraph, boxes: Mapping[str, Box], layout: str) -> dict[str, tuple[int, int]]:
    import networkx as nx

    flat = nx.Graph()
    flat.add_nodes_from(sorted(shown, key=lambda iri: (-shown.degree(iri), iri)))
    words: dict[tuple[str, str], float] = {}
    order = {iri: i for i, iri in enumerate(flat)}
    for s, o, data in shown.edges(data=True):
        flat.add_edge(s, o)
        pair = (s, o) if order[s] < order[o] else (o, s)
        words[pair] = max(words.get(pair, 0.0), width(data["label"]) * EDGE_PX)
    spots = place(flat, boxes, words)
    low = max((y for _, y in spots.values()), default=0) + 260
    rest = [iri for iri in graph if iri not in spots]
    return spots | {iri: (i % 12 * 150, low + i // 12 * 110) for i, iri in enumerate(rest)}


def _collector() -> Any:
    """A pyvis network that finds a node in constant time (its own list makes adding edges quadratic)."""
    from pyvis.network import Network

    class Numbered(list):
        def __contains__(self, number: object) -> bool:
            return isinstance(number, int) and 0 <= number < len(self)

    net = Network(directed=True, cdn_resources="in_line")
    net.node_ids = Numbered()
    return net

