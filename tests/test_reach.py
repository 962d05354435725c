"""What is kept of the shipped questions is what parsing them finds, for them alone, and with any value."""

from __future__ import annotations

import json

import pytest

from kg.ask.query import bind, parse_question, questions, reach_of
from kg.ask.reach import inspect, known, table
from kg.errors import QueryError
from kg.knowledge.resources import resource

VALUES = ("포럼", 'a" } } # \\', "VALUES ?event { UNDEF } VALUES ?person { UNDEF }", "\n\t'''<x>")


def test_the_table_is_current() -> None:
    assert resource("ontology", "queries", "parsed.json").read_text(encoding="utf-8") == table(), "python -m kg.ask.reach"


def test_every_parameter_can_be_bound_without_parsing() -> None:
    rows = json.loads(resource("ontology", "queries", "parsed.json").read_text(encoding="utf-8")).values()
    assert {row["name"]: set(row["takes"]) for row in rows} == {q.name: {p.name for p in q.parameters} for q in questions()}


@pytest.mark.parametrize("value", VALUES)
def test_a_bound_question_is_and_touches_what_parsing_says(value: str) -> None:
    for question in [q for q in questions() if q.name in ("panel-of", "about-event", "quotes")]:
        values = {question.parameters[0].name: value}
        found, parsed = reach_of(question, values), inspect(bind(question, values))
        assert (found.kind, found.graphs, found.any_graph) == (parsed.kind, parsed.graphs, parsed.any_graph)
        assert found.iris >= {iri for iri in parsed.iris if "w3id.org" in iri}


def test_a_value_that_looks_like_another_parameter_is_refused_or_stays_a_value() -> None:
    question = next(q for q in questions() if len(q.parameters) > 1)
    first, second = (parameter.name for parameter in question.parameters[:2])
    with pytest.raises(QueryError, match="cannot be bound"):
        bind(question, {first: f"VALUES ?{second} {{ UNDEF }}", second: "a"})


def test_a_question_that_somebody_changed_is_parsed() -> None:
    ours = next(q for q in questions() if q.name == "panel-of")
    assert known(ours.text) is not None
    changed = parse_question(
        "panel-of", ours.text.replace("OPTIONAL { ?p press:jobTitle", "SERVICE <http://example.org/> { ?p press:jobTitle")
    )
    assert known(changed.text) is None
    with pytest.raises(QueryError, match="SERVICE"):
        reach_of(changed, {})
