"""Ask a built folder: named questions with parameters, query files, SPARQL; read-only and without a way to the outside.

What a query may do is read off its parsed form, not its text: SELECT, ASK, CONSTRUCT and DESCRIBE; no SERVICE at any depth; FROM
only for graphs of the store. A parameter's value is bound where the query says ``VALUES ?name { UNDEF }``: it is put there as a
serialized term, and the bound query is parsed again to see that exactly that term arrived.
"""

from __future__ import annotations

import difflib
import itertools
import re
import sys
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ask.answer import Answer, answered, answered_triples
from kg.ask.reach import Reach, data_blocks, inspect, known
from kg.errors import QueryError, UsageError
from kg.graph.store import load_store, to_rdflib
from kg.graph.terms import value_of
from kg.knowledge.resources import resource
from kg.knowledge.vocab import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph

_HEADER = re.compile(r"#\s*(ko|en|param|columns):\s*(.*?)\s*")
_PARAMETER = re.compile(r"([a-z][a-z0-9_]*)\s+—\s+(.+)")
_NAME = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A name that a question takes a value for, and what the value means."""

    name: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query with what its opening comments say: the question in Korean and English, parameters, column titles."""

    name: str
    text: str
    ko: str = ""
    en: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[str, ...] = ()


def parse_question(name: str, text: str) -> Question:
    """A question from the text of a ``.rq`` file; a query without opening comments has no parameters and no titles.

    >>> parse_question("q", "# ko: 누가?\\n# param: event — 행사 이름\\n# columns: 사람, 행사\\nASK {}").columns
    ('사람', '행사')
    """
    said: dict[str, list[str]] = {"ko": [], "en": [], "param": [], "columns": []}
    for line in text.lstrip("\ufeff").splitlines():
        if not line.startswith("#"):
            break
        if match := _HEADER.fullmatch(line):
            said[match[1]].append(match[2])
    parameters = []
    for words in said["param"]:
        match = _PARAMETER.fullmatch(words)
        if not match:
            raise QueryError(f"{name}: param: {words!r} is not written 'name — description'")
        parameters.append(Parameter(match[1], match[2]))
    columns = tuple(title.strip() for line in said["columns"] for title in line.split(","))
    return Question(
        name=name,
        text=text.lstrip("\ufeff"),
        ko=" ".join(said["ko"]),
        en=" ".join(said["en"]),
        parameters=tuple(parameters),
        columns=columns,
    )


def questions() -> tuple[Question, ...]:
    """The named questions, by name."""
    paths = sorted(resource("ontology", "queries").glob("*.rq"))
    return tuple(parse_question(path.stem, path.read_text(encoding="utf-8")) for path in paths)


def find_question(source: str) -> Question:
    """The question meant by NAME, FILE or ``-`` (standard input).

    >>> find_question("co-host")
    Traceback (most recent call last):
    kg.errors.UsageError: question 'co-host' is not known; did you mean co-hosts? ...
    """
    if source == "-":
        return parse_question("standard input", sys.stdin.read())
    named = resource("ontology", "queries", f"{source}.rq") if _NAME.fullmatch(source) else None
    path = named if named and named.is_file() else Path(source)
    try:
        return parse_question(source, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise UsageError(f"{source}: is not UTF-8 text: {error}") from error
    except OSError as error:
        if named is None:
            raise UsageError(f"{source}: {error.strerror or error}") from error
    known = [question.name for question in questions()]
    close = difflib.get_close_matches(source, known, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(close)}? " if close else ""
    raise UsageError(f"question {source!r} is not known; {hint}allowed: {', '.join(known)}, a .rq file, or - for standard input")


def bind(question: Question, values: Mapping[str, str]) -> str:
    """The query's text with values for parameters, each as a term of the data block that the query keeps for it.

    >>> bind(parse_question("q", "# param: event — 행사\\nASK { VALUES ?event { UNDEF } }"), {"event": 'a" } #'})
    '# param: event — 행사\\nASK { VALUES ?event { "a\\\\" } #" } }'
    """
    import pyoxigraph as ox
    from rdflib import Literal

    text, allowed, shipped = question.text, [parameter.name for parameter in question.parameters], known(question.text)
    for name, value in values.items():
        if name not in allowed:
            raise UsageError(f"{question.name}: parameter {name!r} is not known; allowed: {', '.join(allowed) or 'none'}")
        words = unicodedata.normalize("NFC", value).strip()
        if not words:
            raise UsageError(f"{question.name}: parameter {name!r} is empty")
        block = re.compile(rf"VALUES\s+\?{name}\s*\{{\s*UNDEF\s*\}}")
        least = shipped.takes.get(name) if shipped else None
        before = None if least else data_blocks(text, name)
        term = str(ox.Literal(words))  # an N-Triples literal: quotes, backslashes, tabs and line ends are escaped
        put = f"VALUES ?{name} {{ {term} }}".replace("\\", r"\\")
        text, filled = block.subn(put, text)
        if filled == least:  # a shipped question: it was seen when it was parsed that a literal there is the value of each block
            continue
        if not before or data_blocks(text, name) != [Literal(words)] * len(before):
            why = f"write VALUES ?{name} {{ UNDEF }} where it is used"
            raise QueryError(f"{question.name}: parameter {name!r} cannot be bound: {why}")
    return text


def reach_of(question: Question, values: Mapping[str, str]) -> Reach:
    """What a question with values is and touches: a value is a literal, so that a shipped question touches with it what it does without."""
    text = bind(question, values)
    return known(question.text) or inspect(text)


def ask(
    store: pyoxigraph.Store,
    question: Question,
    values: Mapping[str, str] | None = None,
    *,
    limit: int | None = None,
    reach: Reach | None = None,
) -> Answer:
    """Ask a loaded store, as ``kg.graph.store.load_store`` makes it; at most ``limit`` rows or triples."""
    import pyoxigraph as ox

    if limit is not None and limit < 0:
        raise UsageError(f"limit {limit} is not allowed; allowed: 0 or more")
    text = bind(question, values or {})
    reach = reach or reach_of(question, values or {})
    for graph in reach.graphs:
        if ":" not in graph or not store.contains_named_graph(ox.NamedNode(graph)):
            raise QueryError(f"FROM <{graph}> is not allowed: the store holds no such graph, and nothing is fetched")
    most = None if limit is None else limit + 1
    try:
        result = store.query(text, prefixes=dict(PREFIXES))
        if isinstance(result, ox.QueryBoolean):
            return Answer(kind="truth", truth=bool(result))
        if isinstance(result, ox.QueryTriples):
            triples = list(itertools.islice(result, most))
            return answered_triples(triples[:limit], cut=limit is not None and len(triples) > limit)
        found = list(itertools.islice(result, most))
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"{question.name}: {error}") from error
    cut = limit is not None and len(found) > limit
    columns = tuple(variable.value for variable in result.variables)
    rows = (tuple(None if term is None else to_rdflib(term) for term in row) for row in found[:limit])
    answer = answered(columns, rows, titles=question.columns, cut=cut)
    if answer.titles and len(answer.titles) != len(answer.columns):
        titles = f"{len(question.columns)} titles for {len(answer.columns)} columns"
        raise QueryError(f"{question.name}: columns: {titles} ({', '.join(answer.columns)})")
    return replace(answer, beside=_meant(store, answer)) if answer.links else answer


def _meant(store: pyoxigraph.Store, answer: Answer) -> tuple[tuple[str, ...], ...]:
    """Who is meant by the names of an answer, where its own cells do not say it already."""
    import pyoxigraph as ox
    from rdflib import RDF

    from kg.ask.meant import in_store, untold
    from kg.viz.style import load_style

    style, a, default = load_style(), ox.NamedNode(str(RDF.type)), ox.DefaultGraph()
    words = in_store(store, style)

    @cache
    def beside(iri: str) -> tuple[str, ...]:
        types = tuple(value_of(quad.object) for quad in store.quads_for_pattern(ox.NamedNode(iri), a, None, default))
        return words(iri, style.of(types)) if types else ()

    rows = zip(answer.rows, answer.links, strict=True)
    return tuple(
        tuple(" · ".join(untold(beside(str(end)), map(str, row))) if end is not None else "" for end in ends)
        for row, ends in rows
    )


def query(
    out: Path | str,
    source: str,
    values: Mapping[str, str] | None = None,
    *,
    limit: int | None = None,
    factuality: Collection[str] = (),
) -> Answer:
    """Ask a built folder a named question, a ``.rq`` file or SPARQL from standard input.

    >>> [row[0].value for row in query("tests/fixtures/out", "country-cases", {"country": "노르"}).rows]
    ['노르웨이']
    """
    question = find_question(source)
    reach = reach_of(question, values or {})  # before anything is loaded: a bad query fails at once
    return ask(load_store(out, evidence=reach.needs_evidence, factuality=factuality), question, values, limit=limit, reach=reach)
