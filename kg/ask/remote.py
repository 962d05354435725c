"""The same questions to a SPARQL endpoint elsewhere: ``kg query URL NAME`` instead of ``kg query OUT NAME``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.ask.answer import Answer, answered, answered_triples
from kg.ask.query import bind, find_question, parse_question, reach_of
from kg.errors import QueryError, UsageError
from kg.graph.store import to_rdflib
from kg.graph.terms import rows_of
from kg.graph.upload import _endpoint, _session, _short
from kg.knowledge.vocab import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph as ox
    import requests

    from kg.ask.query import Question, Reach

_ACCEPT = {
    "rows": "application/sparql-results+json, application/sparql-results+xml;q=0.8",
    "truth": "application/sparql-results+json, application/sparql-results+xml;q=0.8",
    "triples": "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5",
}
_MOST = 256 << 20  # bytes of an answer


def is_address(source: str) -> bool:
    """Whether what stands where a folder may stand is the address of an endpoint.

    >>> is_address("http://localhost:7878/query"), is_address("out")
    (True, False)
    """
    return source.lower().startswith(("http://", "https://"))


def query(
    url: str,
    source: str,
    values: Mapping[str, str] | None = None,
    *,
    limit: int | None = None,
    seconds: float = 60.0,
    user: str | None = None,
    password: str | None = None,
) -> Answer:
    """Ask the endpoint at ``url`` a named question, a ``.rq`` file or SPARQL from standard input (``-``).

    The question goes out as it would be asked of a folder, parameters bound in the same safe way; the same is allowed and
    refused. At most ``limit`` rows or triples are kept, and ``seconds`` bounds each wait for the endpoint.
    """
    if limit is not None and limit < 0:
        raise UsageError(f"limit {limit} is not allowed; allowed: 0 or more")
    return _asked(url, find_question(source), values or {}, limit, seconds, user, password)


def is_bare(url: str) -> bool:
    """Whether an endpoint holds graphs of articles, but asks none of them where a query names none: its default graph is
    empty."""
    bare = "ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?any ?said ?other } }"
    return bool(_asked(url, parse_question("default graph", bare), {}, None, 60.0, None, None).truth)


def _asked(
    url: str,
    question: Question,
    values: Mapping[str, str],
    limit: int | None,
    seconds: float,
    user: str | None,
    password: str | None,
) -> Answer:
    text = bind(question, values)
    reach = reach_of(question, values)
    endpoint, user, password = _endpoint(url, user, password)
    with _session(user, password) as session:
        media, body = _fetched(session, endpoint, prefixed(text), _ACCEPT[reach.kind], seconds)
    answer = _answer(endpoint, question, reach, media, body)
    rows = list(zip(answer.rows, answer.links or answer.rows, strict=True))
    if re.search(r"^\s*SELECT\s+DISTINCT\b", text, re.IGNORECASE | re.MULTILINE):
        rows = list(dict.fromkeys(rows))  # Virtuoso now and then repeats a row all the same
    kept, links = tuple(row for row, _ in rows[:limit]), tuple(ends for _, ends in rows[:limit])
    return replace(answer, rows=kept, links=links if answer.links else (), cut=limit is not None and len(rows) > limit)


def prefixed(text: str) -> str:
    """A query with the declarations that it leaves out; a folder's store knows our prefixes, others do not.

    >>> prefixed("ASK { ?s press:hosted ?e }").splitlines()[0]
    'PREFIX press: <https://w3id.org/presskg/ontology#>'
    """
    missing = (
        f"PREFIX {name}: <{base}>\n"
        for name, base in PREFIXES.items()
        if re.search(rf"(?<![\w:]){name}:", text) and not re.search(rf"PREFIX\s+{name}:", text, re.IGNORECASE)
    )
    return "".join(missing) + text


def _fetched(session: requests.Session, endpoint: str, text: str, accept: str, seconds: float) -> tuple[str, bytes]:
    import requests

    try:
        with session.post(
            endpoint, data={"query": text}, headers={"Accept": accept}, timeout=(10, seconds), allow_redirects=False, stream=True
        ) as answer:
            body = bytearray()
            for piece in answer.iter_content(1 << 16):
                body += piece
                if len(body) > _MOST:
                    raise QueryError(f"{endpoint}: the answer is longer than {_MOST:,} bytes; ask for less")
    except requests.RequestException as error:
        raise UsageError(f"{endpoint}: cannot be reached: {_short(str(error))}") from error
    if answer.status_code != 200:
        raise QueryError(f"{endpoint}: {answer.status_code}: {_short(bytes(body).decode('utf-8', 'replace'))}")
    return answer.headers.get("content-type", "").partition(";")[0].strip().lower(), bytes(body)


def _answer(endpoint: str, question: Question, reach: Reach, media: str, body: bytes) -> Answer:
    import pyoxigraph as ox

    graph = ox.RdfFormat.from_media_type(media) if reach.kind == "triples" else None
    table = ox.QueryResultsFormat.from_media_type(media) if reach.kind != "triples" else None
    if graph is None and table is None:
        raise QueryError(f"{endpoint}: answers in {media!r}; allowed: {_ACCEPT[reach.kind]}")
    try:
        if graph is not None:
            return answered_triples(quad.triple for quad in ox.parse(body, format=graph))
        result = ox.parse_query_results(body, format=table)
        if reach.kind == "truth":
            return Answer(kind="truth", truth=_truth(result))
        told = rows_of(result)
        columns = tuple(variable.value for variable in told.variables)
        rows = [tuple(None if term is None else to_rdflib(term) for term in row) for row in told]
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"{endpoint}: the answer cannot be read: {error}") from error
    return answered(columns, rows, titles=question.columns)


def _truth(result: ox.QueryBoolean | ox.QuerySolutions) -> bool:
    """What a store says to ASK: a boolean or, as Virtuoso, a table: no row for no (7.2.5), or a row with 0 or 1 (7.2.12)."""
    import pyoxigraph as ox

    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    told = next(iter(result), None)
    return told is not None and not (isinstance(told[0], ox.Literal) and told[0].value in ("0", "false"))
