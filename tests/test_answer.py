"""How answers are written: tables, CSV, TSV, JSON, Markdown, Turtle; each is read back by somebody else's reader."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, SKOS, Graph

from kg.ask.answer import FORMATS, Answer, render
from kg.ask.query import ask, parse_question
from kg.errors import UsageError
from kg.graph.store import load_store
from kg.knowledge.vocab import ID, PREFIXES, PRESS

OUT = Path(__file__).parent / "fixtures" / "out"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load_store(OUT)


ROWS = Answer(
    kind="rows",
    columns=("who", "what"),
    titles=("누가", "무엇을"),
    rows=(
        (rdflib.Literal('[환경부], "물" | <처>', lang="ko"), PRESS.Forum),
        (ID["환경부"], None),
        (rdflib.Literal("줄\n바꿈"), rdflib.Literal(3)),
    ),
)


def test_csv_reads_back() -> None:
    text = render(ROWS, "csv")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["누가", "무엇을"],
        ['[환경부], "물" | <처>', "토론회"],
        ["id:환경부", ""],
        ["줄\n바꿈", "3"],
    ]


def test_csv_without_titles_is_that_of_the_w3c(store: ox.Store) -> None:
    text = "SELECT ?s ?d { ?s press:startDate ?d } ORDER BY ?s"
    wanted = store.query(text, prefixes=dict(PREFIXES)).serialize(format=ox.QueryResultsFormat.CSV).decode()
    assert render(ask(store, parse_question("q", text)), "csv") == wanted


@pytest.mark.parametrize(("form", "parser"), [("json", ox.QueryResultsFormat.JSON), ("tsv", ox.QueryResultsFormat.TSV)])
def test_results_formats_read_back(form: str, parser: object) -> None:
    parsed = ox.parse_query_results(render(ROWS, form).encode(), format=parser)
    assert [variable.value for variable in parsed.variables] == ["who", "what"]
    first, second, third = parsed
    assert first["who"].value == '[환경부], "물" | <처>' and first["what"].value == str(PRESS.Forum)
    assert second["what"] is None and third["who"].value == "줄\n바꿈" and third["what"].datatype.value == str(rdflib.XSD.integer)


def test_json_of_an_ask_is_a_boolean() -> None:
    assert json.loads(render(Answer(kind="truth", truth=False), "json")) == {"head": {}, "boolean": False}


def test_markdown_escapes() -> None:
    lines = render(ROWS, "markdown").splitlines()
    assert lines[:2] == ["| 누가 | 무엇을 |", "| --- | --- |"] and len(lines) == 5
    assert lines[2] == '| [환경부], "물" \\| &lt;처> | 토론회 |'


def test_table_keeps_columns_straight_for_wide_characters() -> None:
    from rich.cells import cell_len

    answer = Answer(
        kind="rows",
        columns=("a", "b"),
        titles=("이름", "b"),
        rows=tuple(
            (rdflib.Literal(words), rdflib.Literal("|")) for words in ("환경부", "KISA", "제3회 Forum", "[bold]굵게[/bold]")
        ),
    )
    lines = render(answer, "table", width=80).splitlines()
    assert "[bold]굵게[/bold]" in lines[-1]
    assert len({cell_len(line[: line.rindex("|")]) for line in lines[2:]}) == 1


def test_table_shows_long_words_whole() -> None:
    words = "가나다라마바사" * 20
    text = render(
        Answer(kind="rows", columns=("a", "b"), rows=((rdflib.Literal(words), rdflib.Literal("b")),)), "table", width=60
    )
    assert "".join(line.split("b")[0].strip() for line in text.splitlines()[2:]) == words


def test_turtle_is_for_triples(store: ox.Store) -> None:
    answer = ask(store, parse_question("q", "CONSTRUCT { ?a press:hosted ?e } { ?a press:coHosted ?e }"))
    graph = Graph().parse(data=render(answer, "turtle"))
    assert set(graph) == {
        (ID[name], PRESS.hosted, ID["제3회_맑은물_정책_포럼_2023-05-11"]) for name in ("환경부", "한국수자원공사")
    }
    with pytest.raises(UsageError, match="CONSTRUCT or DESCRIBE"):
        render(ROWS, "turtle")
    with pytest.raises(UsageError, match="as turtle"):
        render(answer, "json")
    assert len(render(answer, "csv").splitlines()) == 3


def test_describe_gives_the_statements_of_a_thing(store: ox.Store) -> None:
    answer = ask(store, parse_question("q", "DESCRIBE id:충청남도"))
    assert {row[1] for row in answer.rows} == {RDF.type, SKOS.prefLabel, SKOS.altLabel, rdflib.RDFS.label, PRESS.hosted}


@pytest.mark.parametrize("form", FORMATS)
def test_truth_in_every_format(form: str) -> None:
    answer = Answer(kind="truth", truth=True)
    if form == "turtle":
        with pytest.raises(UsageError):
            render(answer, form)
    else:
        assert "true" in render(answer, form)


def test_unknown_format_lists_the_known() -> None:
    with pytest.raises(UsageError, match="'xlsx' is not known; allowed: table, csv"):
        render(ROWS, "xlsx")
