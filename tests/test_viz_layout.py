"""What each view chooses and where it puts things: telling, apart from each other, the same every time."""

from __future__ import annotations

import networkx as nx
import pytest
from kg.viz.drawing import _titles
from kg.viz.layout import Box, hang, place
from kg.viz.source import Paper, Source
from kg.viz.style import load_style
from kg.viz.timeline import along_time
from kg.viz.views import Table, views

BOX = Box(40.0, 20.0, 40.0, (20.0, 20.0))


def overlaps(spots: dict[str, tuple[int, int]]) -> list[tuple[str, str]]:
    names = sorted(spots)
    return [
        (a, b)
        for i, a in enumerate(names)
        for b in names[i + 1 :]
        if abs(spots[a][0] - spots[b][0]) < 2 * BOX.half and abs(spots[a][1] - spots[b][1]) < BOX.above + BOX.below
    ]


def star(rays: int, *, middle: str = "event") -> nx.Graph:
    graph = nx.Graph()
    graph.add_edges_from((middle, f"{middle}-{i}") for i in range(rays))
    graph.add_edges_from((f"{middle}-{i}", f"{middle}-{i}-end") for i in range(0, rays, 2))
    return graph


@pytest.mark.parametrize("rays", [1, 2, 7, 24])
def test_a_mobile_hangs_beneath_its_event(rays: int) -> None:
    graph = star(rays)
    at = hang(graph, "event", dict.fromkeys(graph, BOX), {})
    spots = {name: (round(x), round(y)) for name, (x, y) in zip(graph, at, strict=True)}
    assert spots["event"] == (0, 0) and overlaps(spots) == []
    assert all(y >= 0 for _, y in spots.values())
    left, right = min(x for x, _ in spots.values()), max(x for x, _ in spots.values())
    assert rays < 3 or left < 0 < right


def test_events_follow_each_other_and_share_what_is_above() -> None:
    graph = nx.compose(star(4, middle="a"), star(6, middle="b"))
    graph.add_edges_from([("host", "a"), ("host", "b")])
    graph.add_edge("alone", "alone-too")
    days = {"a": "2023-05-11", "b": "2023-05-11"}
    spots, axis = along_time(graph, ["a", "b"], days, dict.fromkeys(graph, BOX), {})
    assert set(spots) == set(graph) and overlaps(spots) == []
    assert spots["a"][0] < spots["host"][0] < spots["b"][0] and spots["host"][1] < axis[0][1] < spots["a"][1]
    assert max(x for name, (x, _) in spots.items() if name[0] == "a" and "alone" not in name) < min(
        x for name, (x, _) in spots.items() if name[0] == "b"
    )
    assert [words for _, _, words in axis] == ["2023. 5. 11.", ""], "one date for both, a mark for each"


def test_communities_keep_together() -> None:
    graph = nx.Graph()
    for k in range(12):
        graph = nx.compose(graph, star(30, middle=f"m{k:02}"))
    graph.add_edges_from((f"m{k:02}-1", f"m{k + 1:02}-3") for k in range(11))
    spots = place(graph, dict.fromkeys(graph, BOX), {}, rough=True)
    assert overlaps(spots) == [] and spots == place(graph, dict.fromkeys(graph, BOX), {}, rough=True)


def test_what_is_alone_lies_beneath_what_is_large() -> None:
    graph = nx.compose(star(40, middle="large"), nx.path_graph(["a", "b"]))
    graph.add_nodes_from(f"alone{i:02}" for i in range(50))
    spots = place(graph, dict.fromkeys(graph, BOX), {}, rough=True)
    large = [spot for name, spot in spots.items() if name.startswith("large")]
    rest = [spot for name, spot in spots.items() if not name.startswith("large")]
    assert overlaps(spots) == [] and max(y for _, y in large) < min(y for _, y in rest)
    assert max(x for x, _ in rest) <= max(x for x, _ in large) + 2 * BOX.half


def crowded() -> nx.MultiDiGraph:
    """A contest with thirty hosts, its like of the years before, and a forum with a little of everything."""
    graph = nx.MultiDiGraph()

    def thing(name: str, kind: str, family: str) -> str:
        graph.add_node(name, label=name, kind=f"press:{kind}", family=f"press:{family}")
        return name

    def link(a: str, b: str, group: str, label: str) -> None:
        graph.add_edge(a, b, group=group, label=label)

    bodies = [thing(f"body{i:02}", "Company", "Organization") for i in range(30)]
    for year in range(2018, 2026):
        contest = thing(f"contest{year}", "Competition", "Event")
        for body in bodies:
            link(body, contest, "host", "공동 개최")
    forum = thing("forum", "Forum", "Event")
    for body in bodies[:2]:
        link(body, forum, "host", "공동 개최")
    for i in range(6):
        speaker, talk = thing(f"speaker{i}", "Person", "Person"), thing(f"talk{i}", "Presentation", "Presentation")
        link(speaker, talk, "speak", "발표")
        link(talk, forum, "speak", "발표 행사")
        link(speaker, thing(f"university{i}", "University", "Organization"), "belong", "소속")
    link(forum, thing("hall", "Venue", "Place"), "where", "장소")
    for i in range(300):
        thing(f"lone{i}", "Topic", "Topic")
    return graph


def test_a_large_graph_opens_on_variety_and_without_a_knot() -> None:
    graph = crowded()
    days = {name: f"{name[-4:]}-10-01" for name in graph if name.startswith("contest")} | {"forum": "2024-05-21"}
    table = Table(graph, dict.fromkeys(graph, BOX), days, load_style())
    first = views(table, focus=None, limit=None, many=True)[0]
    assert {"forum", "hall", "speaker3", "talk3", "university3", "body00"} <= set(first.spots)
    lines = sum(a in first.spots and b in first.spots for a, b in graph.edges())
    assert lines < 2 * len(first.spots), "an event with thirty known hosts more brings thirty lines and nothing new"


def source(*dates: str) -> Source:
    papers = {
        f"a{i}": Paper(iri=f"a{i}", title=f"제목 {i}", date=date, publisher="", url="", fields={}) for i, date in enumerate(dates)
    }
    return Source(things={}, links=(), values=(), denied=(), papers=papers)


@pytest.mark.parametrize(
    ("dates", "ko", "en"),
    [
        ((), "PressKG", "PressKG"),
        (("2023-05-11",), "제목 0", "제목 0"),
        (("2023-05-11", ""), "제목 0 외 1건", "제목 0 and 1 more"),
        (("2023-05-11", "2021-01-02", "") * 4, "지식 그래프 · 2021–2023년", "Knowledge graph · 2021–2023"),
        (("2023",) * 12, "지식 그래프 · 2023년", "Knowledge graph · 2023"),
        (("",) * 12, "지식 그래프", "Knowledge graph"),
    ],
)
def test_the_page_is_called_by_what_it_holds(dates: tuple[str, ...], ko: str, en: str) -> None:
    assert _titles(source(*dates)) == {"ko": ko, "en": en}
