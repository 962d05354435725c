"""Turtle that is put together of terms is what Oxigraph writes, whatever stands in it."""

from itertools import groupby
from operator import itemgetter

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.turtle import in_order, turtle
from kg.knowledge.vocab import PREFIXES

NODE = ox.NamedNode
LOCAL = st.text("가나ab09_-.%~()·'", min_size=1, max_size=6).map(lambda text: text.replace("%", "%20"))
IRIS = st.builds(lambda prefix, local: NODE(PREFIXES[prefix] + local), st.sampled_from(["id", "press", "article"]), LOCAL)
WORDS = st.text("가나ab \t\n\r\"'\\\\.;,@^<>0", max_size=8)
LITERALS = st.one_of(
    WORDS.map(ox.Literal),
    WORDS.map(lambda text: ox.Literal(text, language="ko")),
    st.integers(-9, 99).map(lambda n: ox.Literal(str(n), datatype=NODE(PREFIXES["xsd"] + "integer"))),
    st.sampled_from(["0.900", "1.", "", "x"]).map(lambda text: ox.Literal(text, datatype=NODE(PREFIXES["xsd"] + "decimal"))),
    st.dates().map(lambda day: ox.Literal(day.isoformat(), datatype=NODE(PREFIXES["xsd"] + "date"))),
)
TYPE = NODE(PREFIXES["rdf"] + "type")
TRIPLES = st.builds(ox.Triple, IRIS, st.one_of(st.just(TYPE), IRIS), st.one_of(IRIS, LITERALS))


def as_text(triple: ox.Triple) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)


def ours(triples: list[tuple[str, str, str]]) -> str:
    return "".join(turtle(list(rows) for _, rows in groupby(triples, key=itemgetter(0))))


@settings(max_examples=150, deadline=None)
@given(st.lists(TRIPLES, max_size=12))
def test_the_lines_are_those_of_oxigraph(triples):
    ordered = in_order(map(as_text, set(triples)))
    by_text = {as_text(triple): triple for triple in triples}
    theirs = ox.serialize([by_text[row] for row in ordered], format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES)).decode()
    lines = [line for line in ours(ordered).split("\n") if line and not line.startswith("@prefix ")]
    assert lines == [line for line in theirs.split("\n") if line and not line.startswith("@prefix ")]


@settings(max_examples=50, deadline=None)
@given(st.lists(TRIPLES, max_size=12))
def test_it_reads_back(triples):
    read = {quad.triple for quad in ox.parse(ours(in_order(map(as_text, set(triples)))), format=ox.RdfFormat.TURTLE)}
    assert read == set(triples)
