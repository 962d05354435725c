"""The page of days opens on the newest, and shows the newest first."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, RDF, SKOS

from kg.knowledge.vocab import ID, PRESS
from kg.serve.timeline import Timeline


def store(days: list[str], issued: list[str]) -> ox.Store:
    """A store of events on some days and articles of some days."""
    made = ox.Store()

    def said(subject: str, property_: object, value: object) -> None:
        made.add(ox.Quad(ox.NamedNode(str(ID) + subject), ox.NamedNode(str(property_)), value, ox.DefaultGraph()))

    for number, day in enumerate(days):
        said(f"행사{number}", RDF.type, ox.NamedNode(str(PRESS.Forum)))
        said(f"행사{number}", SKOS.prefLabel, ox.Literal(f"행사 {number}", language="ko"))
        said(f"행사{number}", PRESS.startDate, ox.Literal(day))
    for number, day in enumerate(issued):
        said(f"article/{number}", DCTERMS.issued, ox.Literal(day))
    return made


@pytest.mark.parametrize(
    ("days", "issued", "newest"),
    [
        (["2021-05-01", "2023-02-01"], ["2023-02-03"], "2023"),
        (["2021-05-01", "2030-01-01"], ["2023-02-03"], "2021"),  # what is planned for 2030 is one press away
        (["2031-05-01", "2030-01-01"], ["2023-02-03"], "2031"),  # nothing else is there
        (["2021-05-01", "2024-01-01"], [], "2024"),
        ([], ["2023-02-03"], ""),
    ],
)
def test_it_opens_on_the_newest(days: list[str], issued: list[str], newest: str) -> None:
    assert Timeline(store(days, issued)).newest == newest


def test_the_newest_stands_first() -> None:
    line = Timeline(store(["2023-02-01", "2023-11-05", "2023-02-20", "2022-12-31", "2023-02"], ["2023-12-01"]))
    found = line.of_year("2023")
    assert list(found) == ["2023-11", "2023-02"]
    assert [entry.start for entry in found["2023-02"]] == ["2023-02-20", "2023-02-01"]
