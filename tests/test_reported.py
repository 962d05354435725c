"""An event that no article gives a day has the day of the first article that tells of it, marked as such and never as its own."""

from __future__ import annotations

from pathlib import Path

from rdflib import DCTERMS

import kg
from kg.knowledge.vocab import PRESS


def test_only_events_without_a_day_are_reported_on_one(samples: Path) -> None:
    graph = kg.load(samples).graph
    reported, dated = set(graph.subjects(PRESS.reportedOn)), set(graph.subjects(PRESS.startDate))
    assert reported and dated and not reported & dated
    issued = {str(day) for day in graph.objects(None, DCTERMS.issued)}
    assert all(len(set(graph.objects(event, PRESS.reportedOn))) == 1 for event in reported)
    assert {str(day) for day in graph.objects(None, PRESS.reportedOn)} <= issued
    assert kg.load(samples).check().conforms
