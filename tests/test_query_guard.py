"""What a query may not do, and values that stay values: no way to the outside, no update, no injection."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ask.query import ask, bind, parse_question
from kg.errors import QueryError, UsageError
from kg.graph.store import load_store

OUT = Path(__file__).parent / "fixtures" / "out"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load_store(OUT)


HOSTILE = [
    '" } #',
    '"@ko } SERVICE <http://example.org/> { ?s ?p ?o } VALUES ?x { "',
    "\\",
    '\\"',
    "'''",
    '"""',
    'a"""b',
    "line\nbreak",
    "\\u0022",
    "{ UNDEF }",
    "?event",
    "$event",
    "<http://example.org/>",
    "\\n",
    "\x00",
    "\r",
    "한\t국",
]


def bound_literals(text: str) -> list[str]:
    store = ox.Store()
    return [row["event"].value for row in store.query(text.replace("ASK", "SELECT ?event", 1))]


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_a_hostile_value_stays_a_value(words: str) -> None:
    question = parse_question("q", "# param: event — 행사\nASK { VALUES ?event { UNDEF } }")
    try:
        text = bind(question, {"event": words})
    except (QueryError, UsageError):
        assert not words.strip("\x00\r\n\t ") or "\\u" in words  # nothing, or what SPARQL itself would read as another character
        return
    assert bound_literals(text) == [words.strip()]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_value_arrives_as_it_is_or_is_refused(words: str) -> None:
    question = parse_question("q", "# param: event — 행사\nASK { VALUES ?event { UNDEF } }")
    try:
        text = bind(question, {"event": words})
    except (QueryError, UsageError):
        return
    assert bound_literals(text) == [unicodedata.normalize("NFC", words).strip()]


@pytest.mark.parametrize(
    ("text", "values", "says"),
    [
        ("ASK {}", {"event": "가"}, "parameter 'event' is not known; allowed: none"),
        ("# param: event — 행사\nASK { VALUES ?event { UNDEF } }", {"evnt": "가"}, "allowed: event"),
        ("# param: event — 행사\nASK { VALUES ?event { UNDEF } }", {"event": "  "}, "is empty"),
        ("# param: event — 행사\nASK { ?event ?p ?o }", {"event": "가"}, r"write VALUES \?event \{ UNDEF \}"),
        ("# param: event — 행사\n# VALUES ?event { UNDEF }\nASK { ?event ?p ?o }", {"event": "가"}, "cannot be bound"),
        ("# param: event 행사\nASK {}", {}, "name — description"),
        ("# columns: 가, 나\nSELECT ?s { ?s ?p ?o }", {}, "2 titles for 1 columns"),
    ],
)
def test_wrong_parameters_and_headers(store: ox.Store, text: str, values: dict, says: str) -> None:
    with pytest.raises((QueryError, UsageError), match=says):
        ask(store, parse_question("q", text), values)


REFUSED = {
    "service": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "service-in-subselect": "SELECT * { { SELECT ?s { OPTIONAL { SERVICE SILENT ?x { ?s ?p ?o } } } } }",
    "service-in-exists": "ASK { ?s ?p ?o FILTER(EXISTS { SERVICE <http://127.0.0.1:9/> {} }) }",
    "service-in-not-exists": "ASK { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
    "service-in-projection": "SELECT (EXISTS { SERVICE <http://127.0.0.1:9/> {} } AS ?x) {}",
    "service-in-bind": "SELECT * { ?s ?p ?o BIND(EXISTS { SERVICE <http://127.0.0.1:9/> {} } AS ?e) }",
    "service-in-having": "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { SERVICE <http://127.0.0.1:9/> {} })",
    "service-in-order": "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <http://127.0.0.1:9/> {} })",
    "service-in-group": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY (EXISTS { SERVICE <http://127.0.0.1:9/> {} } AS ?e)",
    "service-in-aggregate": "SELECT (SUM(IF(EXISTS { SERVICE <http://127.0.0.1:9/> {} }, 1, 2)) AS ?n) { ?s ?p ?o }",
    "service-in-minus": "SELECT * { ?s ?p ?o MINUS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
    "service-in-union": "SELECT * { { ?s ?p ?o } UNION { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
    "service-in-construct": "CONSTRUCT { ?s ?p ?o } { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "service-in-describe": "DESCRIBE ?s { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "service-escaped": "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "service-after-comment": "SELECT * { # <\nSERVICE <http://127.0.0.1:9/#> { ?s ?p ?o } }",
    "from-file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "from-http": "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
    "from-named": "SELECT * FROM NAMED <http://127.0.0.1:9/> { GRAPH ?g { ?s ?p ?o } }",
    "from-relative": "SELECT * FROM <passwd> { ?s ?p ?o }",
    "from-prefixed": "PREFIX x: <http://127.0.0.1:9/> SELECT * FROM x:y { ?s ?p ?o }",
    "insert": "INSERT DATA { <a:a> <a:b> <a:c> }",
    "delete": "DELETE WHERE { ?s ?p ?o }",
    "load": "LOAD <http://127.0.0.1:9/>",
    "clear": "CLEAR ALL",
    "drop": "DROP ALL",
    "two": "ASK {} ; DROP ALL",
    "empty": "",
    "words": "누가 무엇을 열었나",
    "open": "SELECT * {",
    "unknown-prefix": "ASK { ?s foo:bar ?o }",
    "deep": "ASK " + "{" * 2000 + "}" * 2000,
    "lateral": "SELECT * { LATERAL { ?s ?p ?o } }",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_refused(store: ox.Store, text: str) -> None:
    before = len(store)
    with pytest.raises(QueryError):
        ask(store, parse_question("q", text))
    assert len(store) == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("DROP ALL", "allowed: SELECT, ASK, CONSTRUCT, DESCRIBE"),
        ("SELECT * {\n ?s ?p\n}", "line"),
        ("SELECT * FROM <file:///etc/passwd> {}", "FROM <file:///etc/passwd> is not allowed"),
        ("ASK { ?s foo:bar ?o }", "foo"),
    ],
)
def test_refusals_say_why(store: ox.Store, text: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        ask(store, parse_question("q", text))


@pytest.mark.parametrize(
    "text", ["# SERVICE <http://example.org/> {}\nASK {}", "SELECT ('SERVICE <http://x> {}' AS ?x) {}", "ASK { ?SERVICE ?p ?o }"]
)
def test_the_word_alone_is_no_service(store: ox.Store, text: str) -> None:
    ask(store, parse_question("q", text))
