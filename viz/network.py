"""The graph as networkx sees it: things as nodes, statements between them as labelled edges, scalars as attributes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.viz.source import Source, Statement, read
from kg.viz.style import Style, load_style

if TYPE_CHECKING:
    import networkx as nx


def to_networkx(out: Any, *, style: Style | None = None) -> nx.MultiDiGraph:
    """A ``MultiDiGraph`` of an OUT folder or an rdflib graph, ready for analysis, GraphML and GEXF.

    Nodes are IRIs with ``label``, ``kind`` (``press:Seminar``), ``family`` (``press:Event``), ``kind_ko``, ``kind_en``, ``also``
    and ``articles`` (how many); edges, keyed by property, have ``predicate``, ``label``, ``label_en``, ``group``, ``confidence``,
    ``articles`` and ``weight``. A statement that another one says more exactly (개최 beside 공동 개최) is left out.
    """
    import networkx as nx

    style, source = style or load_style(), read(out)
    graph = nx.MultiDiGraph()
    for iri, thing in source.things.items():
        name = style.of(thing.types)
        drawn = style.classes[name]
        if not drawn.folded:
            graph.add_node(
                iri,
                label=thing.name,
                kind=name,
                family=drawn.family,
                kind_ko=drawn.ko,
                kind_en=drawn.en,
                also="; ".join(thing.also),
                articles=len(thing.articles),
            )
    for link in telling(source, style):
        if link.subject in graph and link.object.value in graph and link.subject != link.object.value:
            name, relation = style.relation(link.predicate)
            graph.add_edge(
                link.subject,
                link.object.value,
                key=name,
                predicate=link.predicate,
                label=relation.ko,
                label_en=relation.en,
                group=relation.kind,
                confidence=max((e.confidence for e in link.evidence), default=1.0),
                articles=len(link.articles),
                weight=float(max(1, len(link.articles))),
            )
    return graph


def telling(source: Source, style: Style) -> Iterable[Statement]:
    """The links without those that a more exact link between the same two things implies."""
    between: dict[tuple[str, str], list[Statement]] = {}
    for link in source.links:
        between.setdefault((link.subject, link.object.value), []).append(link)
    for rows in between.values():
        if len(rows) == 1:
            yield rows[0]
            continue
        names = {style.relation(row.predicate)[0]: row for row in rows}
        hidden = {under for name in names for under in style.relation(names[name].predicate)[1].hides if under in names}
        yield from (row for name, row in names.items() if name not in hidden)
