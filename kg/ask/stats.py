"""What a graph holds and how it hangs together: sizes, coverage, who is central, who works with whom, when things happen.

``stats(out)`` computes tables, ``render`` and ``write_csv`` write them, ``plot`` draws the main four.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ask.plot import plot
from kg.ask.tables import FORMATS, Stats, Table, render, write_csv
from kg.errors import UsageError
from kg.knowledge.vocab import PRESS

if TYPE_CHECKING:
    import networkx as nx

    from kg.viz.source import Source

__all__ = ["FORMATS", "Stats", "Table", "hosts", "plot", "render", "stats", "write_csv"]
_EXACT = 1500  # betweenness of more things than this is estimated from as many of them as SAMPLE says
_SAMPLE = 200


def stats(out: Path | str, *, top: int = 20) -> Stats:
    """The tables of a built folder; ``top`` bounds those that rank things.

    >>> stats("tests/fixtures/out")["cohosts"].rows
    (('한국수자원공사', '환경부', 1),)
    """
    from kg.graph.store import built
    from kg.viz.network import to_networkx
    from kg.viz.source import read

    if top < 1:
        raise UsageError(f"top {top} is not allowed; allowed: 1 or more")
    built(out, "graph.nq")
    source = read(out)
    graph = _plain(to_networkx(source))
    return Stats(tables=tuple(_tables(source, graph, top)))


def _plain(full: nx.MultiDiGraph) -> nx.Graph:
    """Things and whether they are linked, without articles, which link everything that they speak of."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from((iri, data) for iri, data in sorted(full.nodes(data=True)) if data["kind"] != _name(PRESS.Article))
    pairs = sorted({(min(s, o), max(s, o)) for s, o in full.edges() if s in graph and o in graph})
    graph.add_edges_from(pairs)
    return graph


def _name(term: object) -> str:
    from kg.viz.style import shorten

    return shorten(str(term))


def _tables(source: Source, graph: nx.Graph, top: int) -> Iterator[Table]:
    from kg.viz.style import load_style

    statements = (*source.links, *source.values)
    style = load_style()
    said = [row for row in statements if row.evidence]
    yield Table(
        name="size",
        title="크기",
        columns=("무엇", "수"),
        rows=(
            ("기사", len(source.papers)),
            ("것", len(graph)),
            ("진술", len(statements)),
            ("근거가 있는 진술", len(said)),
            ("근거", sum(len(row.evidence) for row in statements)),
            ("아니라고 한 진술", len(source.denied)),
            ("관계로 이어진 쌍", graph.number_of_edges()),
        ),
    )
    kinds = Counter(data["kind_ko"] for _, data in graph.nodes(data=True))
    yield Table(name="classes", title="종류별 수", columns=("종류", "수"), rows=_ranked(kinds))
    properties = Counter(style.relation(row.predicate)[1].ko for row in statements)
    yield Table(name="properties", title="관계·속성별 진술 수", columns=("관계·속성", "수"), rows=_ranked(properties))
    yield _coverage(source, graph)
    yield _connected("bodies", "가장 많이 이어진 기관", graph, _of(graph, "Organization"), top)
    yield _connected("people", "가장 많이 이어진 사람", graph, _of(graph, "Person"), top)
    yield _betweenness(graph, top)
    yield _communities(graph, top)
    yield _cohosts(source, top)
    yield _months(source)


def _ranked(counter: Counter[str], top: int | None = None) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counter.items(), key=lambda row: (-row[1], row[0]))[:top])


def _of(graph: nx.Graph, cls: str) -> list[str]:
    """The things of a class or of one under it."""
    from kg.knowledge.schema import schema

    return [iri for iri, data in graph.nodes(data=True) if schema().is_a(data["kind"].partition(":")[2], cls)]


def _coverage(source: Source, graph: nx.Graph) -> Table:
    """How many of the things that could have something have it."""
    subjects: dict[str, set[str]] = {}
    objects: dict[str, set[str]] = {}
    for row in (*source.links, *source.values):
        subjects.setdefault(row.predicate, set()).add(row.subject)
        objects.setdefault(row.predicate, set()).add(row.object.value)

    def having(things: Iterable[str], *terms: object, into: bool = False) -> set[str]:
        known = set().union(*((objects if into else subjects).get(str(term), set()) for term in terms))
        return known & set(things)

    events, people = _of(graph, "Event"), _of(graph, "Person")
    telling = {article for row in (*source.links, *source.values) if row.evidence for article in row.articles}
    rows = (
        ("진술이 있는 기사", len(telling & set(source.papers)), len(source.papers)),
        ("날짜가 있는 행사", len(having(events, PRESS.startDate)), len(events)),
        ("여는 곳이 있는 행사", len(having(events, PRESS.hosted, PRESS.coHosted, PRESS.organized, into=True)), len(events)),
        ("장소나 도시가 있는 행사", len(having(events, PRESS.venue, PRESS.city)), len(events)),
        ("소속이 있는 사람", len(having(people, PRESS.affiliatedWith, PRESS.heads)), len(people)),
        ("직함이 있는 사람", len(having(people, PRESS.jobTitle)), len(people)),
        ("다른 것과 이어진 것", sum(1 for _, degree in graph.degree() if degree), len(graph)),
    )
    return Table(
        name="coverage",
        title="얼마나 채워졌나",
        columns=("무엇", "있음", "모두", "비율"),
        rows=tuple((what, some, whole, round(some / whole, 3) if whole else 0.0) for what, some, whole in rows),
    )


def _label(graph: nx.Graph, iri: str) -> str:
    return graph.nodes[iri]["label"]


def _connected(name: str, title: str, graph: nx.Graph, things: list[str], top: int) -> Table:
    rows = sorted(
        ((_label(graph, iri), graph.degree(iri), graph.nodes[iri]["articles"], iri) for iri in things),
        key=lambda r: (-r[1], -r[2], r[0], r[3]),
    )
    return Table(name=name, title=title, columns=("이름", "이웃", "기사"), rows=tuple(row[:3] for row in rows[:top] if row[1]))


def _betweenness(graph: nx.Graph, top: int) -> Table:
    """Who stands between others; estimated from a fixed sample where there are many things."""
    import networkx as nx

    score = nx.betweenness_centrality(graph, k=_SAMPLE if len(graph) > _EXACT else None, seed=1)
    rows = sorted(
        ((_label(graph, iri), graph.nodes[iri]["kind_ko"], round(value, 4), iri) for iri, value in score.items()),
        key=lambda r: (-r[2], r[0], r[3]),
    )
    title = "사이에 있는 것(매개 중심성)" + (f", {_SAMPLE}개 표본" if len(graph) > _EXACT else "")
    return Table(
        name="betweenness",
        title=title,
        columns=("이름", "종류", "매개 중심성"),
        rows=tuple(row[:3] for row in rows[:top] if row[2]),
    )


def _communities(graph: nx.Graph, top: int) -> Table:
    """Groups that hang together more among themselves than with others, named by their most connected members."""
    import networkx as nx

    groups = [
        sorted(group, key=lambda iri: (-graph.degree(iri), _label(graph, iri), iri))
        for group in nx.community.louvain_communities(graph, seed=1)
        if len(group) > 2
    ]
    groups.sort(key=lambda group: (-len(group), group[0]))
    rows = (
        (number, len(group), ", ".join(_label(graph, iri) for iri in group[:5])) for number, group in enumerate(groups[:top], 1)
    )
    return Table(name="communities", title="서로 이어진 무리", columns=("무리", "크기", "많이 이어진 것"), rows=tuple(rows))


def hosts(source: Source) -> dict[str, set[str]]:
    """Who hosts each event, alone or with others, by IRI."""
    found: dict[str, set[str]] = {}
    for row in source.links:
        if row.predicate in (str(PRESS.hosted), str(PRESS.coHosted)):
            found.setdefault(row.object.value, set()).add(row.subject)
    return found


def _cohosts(source: Source, top: int) -> Table:
    """Pairs of hosts by the number of events that they hosted together."""
    pairs: Counter[tuple[str, str]] = Counter()
    for who in hosts(source).values():
        pairs.update(combinations(sorted(who, key=lambda iri: (source.things[iri].name, iri)), 2))
    rows = sorted(
        ((source.things[a].name, source.things[b].name, count, a, b) for (a, b), count in pairs.items()),
        key=lambda r: (-r[2], *r[:2], *r[3:]),
    )
    return Table(name="cohosts", title="함께 연 곳", columns=("기관", "기관", "행사"), rows=tuple(row[:3] for row in rows[:top]))


def _months(source: Source) -> Table:
    """Events by the month in which they begin, months without any between the first and the last included."""
    found = Counter(
        row.object.value[:7] for row in source.values if row.predicate == str(PRESS.startDate) and row.object.value[4:5] == "-"
    )
    return Table(
        name="months",
        title="달마다 행사",
        columns=("달", "행사"),
        rows=tuple((month, found[month]) for month in _between(sorted(found))),
    )


def _between(months: list[str]) -> Iterator[str]:
    """All months from the first to the last.

    >>> list(_between(["2023-11", "2024-02"]))
    ['2023-11', '2023-12', '2024-01', '2024-02']
    """
    if not months:
        return
    (year, month), last = map(int, months[0].split("-")), months[-1]
    while (now := f"{year:04}-{month:02}") <= last:
        yield now
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
