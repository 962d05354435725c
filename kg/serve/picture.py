"""A small graph as an SVG drawing: no script, sharp at every size, each thing a link to its page.

What things look like and where they stand is ``kg.viz``'s; colours go by class, so that a page can be dark.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.graph.terms import value_of
from kg.knowledge.vocab import ID, PRESS
from kg.serve.lookup import NAMING, Ref, Refs, refer
from kg.serve.words import looked
from kg.viz.measure import width, wrap
from kg.viz.style import load_style

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph

MOST = 80  # more things than this are no small graph
_NAME, _WORDS = 13, 11  # px


@dataclass(frozen=True, slots=True)
class Link:
    """A line between two things: its ends, the property's prefixed name, its words and its group."""

    start: str
    end: str
    name: str
    words: str
    kind: str


def between(refs: Refs, iris: Iterable[str]) -> tuple[dict[str, Ref], list[Link]]:
    """Things and the links that the graph says between them."""
    import pyoxigraph as ox

    things = {iri: ref for iri in iris if (ref := refs(iri))}
    rows = (
        (iri, quad.predicate.value, quad.object.value)
        for iri in things
        for quad in refs.store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph())
        if isinstance(quad.object, ox.NamedNode) and quad.object.value in things
    )
    return things, links(rows)


def links(rows: Iterable[tuple[str, str, str]]) -> list[Link]:
    """Lines for statements between things, without those that a more exact one between the same two implies."""
    style = load_style()
    by_pair: dict[tuple[str, str], dict[str, Link]] = {}
    for start, predicate, end in sorted(set(rows)):
        name, relation = style.relation(predicate)
        if start != end and predicate not in NAMING:
            by_pair.setdefault((start, end), {})[name] = Link(start, end, name, looked(relation), relation.kind)
    hides = {name: relation.hides for name, relation in style.relations.items()}
    return [
        link
        for found in by_pair.values()
        for name, link in found.items()
        if not any(name in hides.get(other, ()) for other in found)
    ]


def picture_of_triples(store: pyoxigraph.Store, triples: Iterable[pyoxigraph.Triple]) -> str:
    """The links among the things of triples, as an SVG file."""
    import pyoxigraph as ox

    rows = [
        (t.subject.value, t.predicate.value, t.object.value)
        for t in triples
        if isinstance(t.subject, ox.NamedNode) and isinstance(t.object, ox.NamedNode)
    ]
    lines = links(rows)
    ends = list(dict.fromkeys(iri for line in lines for iri in (line.start, line.end)))[:MOST]
    return draw({iri: refer(store, iri) or _unknown(iri) for iri in ends}, lines)


def picture_of_rows(store: pyoxigraph.Store, rows: Iterable[Any]) -> str:
    """The things that rows speak of, by IRI or by their exact name, and the links that the graph says between them, as an SVG
    file."""
    import pyoxigraph as ox
    from rdflib import SKOS

    label = ox.NamedNode(str(SKOS.prefLabel))
    found: dict[str, None] = {}
    # a row that holds the things themselves needs no guess from their names
    held = (
        [term for term in row if isinstance(term, ox.NamedNode) and term.value.startswith(_THINGS)] or list(row) for row in rows
    )
    for term in (term for row in held for term in row):
        if len(found) >= MOST:
            break
        if isinstance(term, ox.NamedNode):
            found[term.value] = None
        elif isinstance(term, ox.Literal) and (term.language or len(term.value) > 1):
            for language in (term.language,) if term.language else ("ko", "en"):
                named = store.quads_for_pattern(None, label, ox.Literal(term.value, language=language), ox.DefaultGraph())
                found.update(dict.fromkeys([value_of(quad.subject) for _, quad in zip(range(3), named, strict=False)]))
    return draw(*between(Refs(store), [iri for iri in list(found)[:MOST] if not iri.startswith(_ONTOLOGY)]))


_ONTOLOGY, _THINGS = str(PRESS._NS), str(ID)


def _unknown(iri: str) -> Ref:
    from rdflib import URIRef

    from kg.graph.store import compact
    from kg.knowledge.vocab import ID
    from kg.serve.lookup import local_path, web_address

    return Ref(
        iri=iri,
        href=local_path(iri) if iri.startswith(ID) else web_address(iri) or "",
        name=compact(URIRef(iri)),
        kind=load_style().of(()),
    )


def around(refs: Refs, iri: str, *, most: int = 24) -> tuple[dict[str, Ref], list[Link]]:
    """A thing with its nearest neighbours, those of other kinds of relation in turn, and the links among all of them."""
    import pyoxigraph as ox

    store, style, node = refs.store, load_style(), ox.NamedNode(iri)
    by_relation: dict[str, list[str]] = {}
    near = [(q.predicate.value, q.object) for q in store.quads_for_pattern(node, None, None, ox.DefaultGraph())]
    near += [(q.predicate.value, q.subject) for q in store.quads_for_pattern(None, None, node, ox.DefaultGraph())]
    own = refs(iri)
    repeats = {str(PRESS.member), str(PRESS.organization)}  # an affiliation repeats a line
    for predicate, other in near:
        name, relation = style.relation(predicate)
        cites = relation.kind in style.kinds and style.kinds[relation.kind].quiet
        if (
            isinstance(other, ox.NamedNode)
            and predicate not in NAMING
            and predicate not in repeats
            and (not cites or (own and own.kind == style.article))
        ):
            by_relation.setdefault(name, []).append(other.value)
    chosen: dict[str, None] = {iri: None}
    rows = [sorted(set(found)) for _, found in sorted(by_relation.items())]
    while any(rows) and len(chosen) <= most:
        for row in rows:
            if row and len(chosen) <= most:
                chosen[row.pop(0)] = None
    things, lines = between(refs, chosen)
    if own and own.kind == style.article and len(things) > 2:  # an article's own lines say nothing that its page does not
        things.pop(iri, None)
    return things, [line for line in lines if line.start in things and line.end in things]


def draw(things: dict[str, Ref], lines: list[Link], *, centre: str | None = None) -> str:
    """The drawing as one ``<svg>`` element that is also a file of its own."""
    import networkx as nx

    from kg.viz.layout import Box, place

    style = load_style()
    flat = nx.Graph()
    flat.add_nodes_from(sorted(things))
    order = {iri: i for i, iri in enumerate(flat)}
    labels: dict[tuple[str, str], float] = {}
    lines = [line for line in lines if line.start in things and line.end in things]
    for line in lines:
        flat.add_edge(line.start, line.end)
        pair = (line.start, line.end) if order[line.start] < order[line.end] else (line.end, line.start)
        labels[pair] = max(labels.get(pair, 0.0), width(line.words) * _WORDS)
    marks = {}
    for iri, ref in things.items():
        names = wrap(ref.name, 11.0 if ref.look.card or ref.look.wordy else 9.0, 3)
        size = min(ref.look.size, 22.0) + (4 if iri == centre else 0)
        half = max([size, *(width(name) * _NAME / 2 for name in names)])
        marks[iri] = (names, size, Box(half, size, size + 6 + 17 * len(names), (size, size)))
    spots = place(flat, {iri: mark[2] for iri, mark in marks.items()}, labels) if things else {}
    left = min((x - marks[i][2].half for i, (x, _) in spots.items()), default=0) - 16
    right = max((x + marks[i][2].half for i, (x, _) in spots.items()), default=300) + 16
    top = min((y - marks[i][2].above for i, (_, y) in spots.items()), default=0) - 16
    low = max((y + marks[i][2].below for i, (_, y) in spots.items()), default=60) + 16
    bends: dict[frozenset[str], int] = {}
    drawn = []
    for line in lines:
        both = frozenset((line.start, line.end))
        drawn.append(_line(line, spots, marks, bends.get(both, 0), style))
        bends[both] = bends.get(both, 0) + 1
    return _template().render(
        things=things, marks=marks, spots=spots, lines=drawn, centre=centre, style=style, box=(left, top, right - left, low - top)
    )


def _line(link: Link, spots: dict, marks: dict, nth: int, style: Any) -> dict[str, Any]:
    """A curve from edge to edge, its words in its middle; further lines between the same two bend aside."""
    (x1, y1), (x2, y2) = spots[link.start], spots[link.end]
    long, bend = max(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5, 1.0), (0, 34, -34, 68, -68)[min(nth, 4)]
    cx, cy = (x1 + x2) / 2 - (y2 - y1) / long * bend, (y1 + y2) / 2 + (x2 - x1) / long * bend
    curve = [
        (
            t / 48,
            (1 - t / 48) ** 2 * x1 + 2 * (1 - t / 48) * t / 48 * cx + (t / 48) ** 2 * x2,
            (1 - t / 48) ** 2 * y1 + 2 * (1 - t / 48) * t / 48 * cy + (t / 48) ** 2 * y2,
        )
        for t in range(49)
    ]
    free = [
        point
        for point in curve
        if not _inside(point[1:], spots[link.start], marks[link.start], 3)
        and not _inside(point[1:], spots[link.end], marks[link.end], 8)
    ] or curve[20:29]
    (_, x1, y1), (_, xm, ym), (_, x2, y2) = free[0], free[len(free) // 2], free[-1]
    cx, cy = 2 * xm - (x1 + x2) / 2, 2 * ym - (y1 + y2) / 2
    kind = style.kinds[link.kind]
    return {
        "path": f"M{x1:.0f} {y1:.0f}Q{cx:.0f} {cy:.0f} {x2:.0f} {y2:.0f}",
        "kind": link.kind,
        "color": kind.color,
        "wide": kind.width,
        "words": link.words,
        "x": round(xm),
        "y": round(ym),
    }


def _inside(point: tuple[float, float], spot: tuple[int, int], mark: tuple, gap: float) -> bool:
    """Whether a point lies on a thing's sign or its name."""
    names, size, room = mark
    dx, dy = point[0] - spot[0], point[1] - spot[1]
    broad = max((width(name) * _NAME / 2 for name in names), default=0)
    return dx * dx + dy * dy < (size + gap) ** 2 or (abs(dx) < broad + gap and size < dy < room.below + gap)


def _template() -> Any:
    from kg.serve.templates import template

    return template("picture.svg")


class Picture:
    """A drawing that shows itself in a notebook; ``str`` gives the SVG file."""

    def __init__(self, svg: str) -> None:
        self._svg = svg

    def __str__(self) -> str:
        return self._svg

    def __repr__(self) -> str:
        return f"<Picture, {len(self._svg):,} characters of SVG>"

    def _repr_svg_(self) -> str:
        return self._svg


def neighbourhood(out: Path | str, name: str, *, most: int = 24) -> Picture:
    """What is near a thing of a built folder, as its page shows it; ``name`` is what one would type into the search.

    >>> "공동 개최" in str(neighbourhood("tests/fixtures/out", "환경부"))
    True
    """
    from kg.ask.search import Index
    from kg.errors import UsageError
    from kg.graph.store import load_store

    store = load_store(out)
    hits = Index(store).find(name, most=1)
    if not hits:
        raise UsageError(f"{name!r}: nothing in {out} is called so")
    return Picture(draw(*around(Refs(store), hits[0].iri, most=most), centre=hits[0].iri))
