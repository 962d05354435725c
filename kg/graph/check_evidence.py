"""The words behind every statement of a built folder: are there any, and do they stand where the assertion says?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.graph.findings import Finding, Names, wrong
from kg.graph.terms import value_of
from kg.knowledge.vocab import PRESS
from kg.model import STATED


def words_behind(
    graph_of: list[tuple], assertions: Mapping[object, list[tuple]], records: list[dict], names: Names
) -> Iterator[Finding]:
    """Every statement of an article has words, and the words stand where the assertion says."""
    from rdflib import RDF

    raw = {record["iri"]: record["fields"] for record in records}
    needed = (PRESS.article, RDF.subject, RDF.predicate, RDF.object, PRESS.evidence, PRESS.field, PRESS.start, PRESS.end)
    supported: set[tuple] = set()
    denied: set[tuple] = set()
    for pairs in assertions.values():
        one = {p.value: o for p, o in pairs}
        got = [one.get(str(term)) for term in needed]
        if None in got:
            continue  # the shape of assertions says what is missing
        stands, finding = _placed(got, raw, names)
        if finding:
            yield finding
        if stands:
            article, s, p, o = got[:4]
            unstated = str(PRESS.factuality) in one and one[str(PRESS.factuality)].value not in STATED
            (denied if unstated else supported).add((value_of(article), (s, p, o)))
    for article, statement in _stated(graph_of, raw) - supported:
        is_denied = (article, statement) in denied
        why = (
            "is asserted by no words of the article, but stands in the graph"
            if is_denied
            else "has no words of the article behind it"
        )
        yield wrong("evidence:support", names.statement(statement), f"{why}; article {article}")
    in_graph = {(getattr(graph, "value", ""), statement) for graph, statement in graph_of}
    for article, statement in supported - in_graph:
        why = f"has words, but the graph of article {article} does not hold it"
        yield Finding("warning", "evidence:unused", names.statement(statement), why)


def _stated(graph_of: list[tuple], raw: Mapping[str, Mapping[str, str]]) -> set[tuple]:
    """The statements that articles make, so that words have to stand behind them: (article, statement)."""
    from rdflib import OWL, RDF, RDFS, SKOS

    # types, labels and what is worked out across articles; not what an article's words say
    plain = (
        RDF.type,
        RDFS.label,
        SKOS.prefLabel,
        OWL.sameAs,
        PRESS.mentions,
        PRESS.status,
        PRESS.possiblySameAs,
        PRESS.reportedOn,
    )
    given = set(map(str, plain))
    worked_out = {str(PRESS.Article), str(PRESS.Affiliation)}  # nodes whose statements are about the page, or repeat others
    exempt = {s for _, (s, p, o) in graph_of if p.value == str(RDF.type) and o.value in worked_out}
    return {
        (graph.value, (s, p, o))
        for graph, (s, p, o) in graph_of
        if getattr(graph, "value", "") in raw and p.value not in given and s not in exempt
    }


def _placed(got: list[Any], raw: Mapping[str, Mapping[str, str]], names: Names) -> tuple[bool, Finding | None]:
    """Whether the words of an assertion stand where it says, and what is wrong where they do not."""
    article, s, p, o, words, field, start, end = got
    focus = names.statement((s, p, o))
    if value_of(article) not in raw:
        return False, wrong("evidence:article", focus, f"{names(article)} is no article in articles.jsonl")
    if value_of(field) not in raw[value_of(article)]:
        has = ", ".join(raw[value_of(article)])
        return False, wrong("evidence:field", focus, f"{names(article)} has no field {value_of(field)!r}; it has {has}")
    try:
        found = raw[value_of(article)][value_of(field)][int(value_of(start)) : int(value_of(end))]
    except ValueError:
        return False, None  # the shape says so
    if found != value_of(words):
        where = f"{names(article)}: {value_of(field)}[{value_of(start)}:{value_of(end)}]"
        return False, wrong("evidence:offsets", focus, f"{where} is {found!r}, not {value_of(words)!r}")
    return True, None
