"""The network of bodies and the map: what they count is what their lists hold; what they are asked for wrongly does no harm."""

from __future__ import annotations

from html import unescape

import networkx as nx
import pytest
import requests

from kg.serve.atlas import korea_point, maps, outlines, where, world_point
from kg.serve.together import Act, Wanted, betweenness, drawn, linked, measured
from tests.serve.conftest import Server
from tests.serve.test_pages import BROWSER


def acts(*bodies: str) -> list[Act]:
    return [Act("2024-05-01", frozenset({"Event"}), frozenset(names)) for names in bodies]


def test_a_network_counts_events_partners_and_who_stands_between() -> None:
    graph = linked(acts("ab", "ab", "bc", "cd"))
    found = {body.iri: body for body in measured(graph, dict.fromkeys("abcd", 1))}
    assert graph["a"]["b"]["weight"] == 2 and [found[name].degree for name in "abcd"] == [1, 2, 2, 1]
    assert found["b"].betweenness > found["a"].betweenness == 0


def test_a_network_is_the_same_each_time_and_no_name_lies_on_another() -> None:
    graph = linked(acts("abc", "bcd", "cde", "def", "ag", "ah"))
    found = measured(graph, dict.fromkeys(graph, 2))
    names = {name: "아름다운 기관" + name for name in graph}
    net = drawn(graph, found, "events", len(graph), names)
    assert net == drawn(graph, found, "events", len(graph), names)
    spots = sorted((body.x, body.y) for body in net.bodies)
    assert all(abs(a[0] - b[0]) > 60 or abs(a[1] - b[1]) > 20 for i, a in enumerate(spots) for b in spots[i + 1 :])
    assert {tie.events for tie in net.ties} == {1, 2} and net.ties[-1].events == 2


@pytest.mark.parametrize("seed", range(4))
def test_betweenness_is_networkx_s(seed: int) -> None:
    graph = nx.gnm_random_graph(40, (25, 60, 120, 0)[seed], seed=seed)  # parts, single nodes and no edge at all among them
    wanted = nx.betweenness_centrality(graph)
    assert betweenness(graph) == pytest.approx(wanted, abs=1e-12)


def test_least_leaves_out_what_is_weaker() -> None:
    assert sorted(linked(acts("ab", "ab", "bc"), 2)) == ["a", "b"]


def test_places_are_known_and_lie_where_they_are() -> None:
    (lon, lat) = where("목포")
    assert 126 < lon < 127 and 34 < lat < 35
    assert where("제주") == where("제주시") and where("아무데도시") is None
    assert korea_point(*where("서울"))[1] < korea_point(*where("부산"))[1]
    assert world_point(*where("프랑스"))[0] < world_point(*where("우즈베키스탄"))[0] < world_point(*where("일본"))[0]


@pytest.mark.parametrize(("table", "point", "least"), [("world.tsv", world_point, 160), ("korea.tsv", korea_point, 2)])
def test_outlines_are_whole(table: str, point, least: int) -> None:
    found = dict(outlines(table, point))
    assert len(found) >= least and all(path.startswith("M") and path.endswith("Z") for path in found.values())
    assert table != "world.tsv" or all(len(found[code]) > 400 for code in ("RU", "CN", "US", "CA", "BR", "AU"))


def test_places_without_events_make_empty_maps() -> None:
    korea, world, rows = maps(lambda iri: None, {})
    assert korea.spots == world.spots == () and rows == [] and korea.outlines


def test_numbers_of_the_network_and_the_map_are_those_of_the_lists_behind_them(server: Server) -> None:
    import re

    seen = 0
    for path in ("/network", "/map"):
        text = requests.get(server.url(path), headers=BROWSER, timeout=60).text
        for href, many in re.findall(r'<a class="tie[^"]*" href="([^"]+)"[^>]*><title>[^<]*: (\d+)</title>', text) + re.findall(
            r'<td class="number"><a href="(/ask[^"]+)">(\d+)</a>', text
        ):
            rows = requests.get(server.url(unescape(href)), timeout=30).json()["results"]["bindings"]
            assert len({row["eventIri"]["value"] for row in rows}) == int(many), href
            seen += 1
    assert seen >= 3


@pytest.mark.parametrize(
    "query", ["since=gestern&kind=Banana&size=huge&most=1000&least=-1&colour=blue", "since=2999", "least=999999"]
)
def test_what_is_not_allowed_does_no_harm(server: Server, query: str) -> None:
    for path in ("/network", "/map"):
        reply = requests.get(server.url(f"{path}?{query}"), headers=BROWSER, timeout=30)
        assert reply.status_code == 200
        # what chooses in a picture is there where a picture is, and fails where there is none
        assert ("/static/pick.js" in reply.text) == ("data-pick" in reply.text)


def test_pictures_come_as_files_and_for_programs_as_json(server: Server) -> None:
    for path in ("/network?format=svg", "/map?format=svg", "/map?format=svg&part=world"):
        reply = requests.get(server.url(path), timeout=30)
        assert reply.headers["content-type"].startswith("image/svg+xml") and reply.text.startswith("<svg")
    assert requests.get(server.url("/network"), timeout=30).json()["total"] >= 2
    assert Wanted().most == 40 and requests.get(server.url("/map"), timeout=30).json()["places"]
