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
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ask.answer import Answer, answered
from kg.errors import QueryError, UsageError
from kg.graph.store import compact, load_store, to_rdflib
from kg.graph.terms import value_of
from kg.knowledge.resources import resource
from kg.knowledge.vocab import EVIDENCE_GRAPH, PREFIXES

if TYPE_CHECKING:
    import pyoxigraph

_HEADER = re.compile(r"#\s*(ko|en|param|columns):\s*(.*?)\s*")
_PARAMETER = re.compile(r"([a-z][a-z0-9_]*)\s+—\s+(.+)")
_NAME = re.compile(r"[\w-]+")
# The casts of SPARQL 1.1 and Oxigraph's; any other function is an extension of some engine, and ends this one.
_FUNCTIONS = frozenset(
    PREFIXES["xsd"] + name
    for name in (
        "boolean",
        "double",
        "float",
        "decimal",
        "integer",
        "dateTime",
        "string",
        "date",
        "time",
        "duration",
        "yearMonthDuration",
        "dayTimeDuration",
        "gYear",
        "gYearMonth",
        "gMonth",
        "gMonthDay",
        "gDay",
    )
)
_KINDS = {"SelectQuery": "rows", "ConstructQuery": "triples", "DescribeQuery": "triples", "AskQuery": "truth"}


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


@dataclass(frozen=True, slots=True)
class Reach:
    """What a query is and touches: the kind of its answer, the IRIs it names, the graphs of FROM, whether it asks GRAPH ?g."""

    kind: str
    iris: frozenset[str]
    graphs: tuple[str, ...]
    any_graph: bool

    @property
    def needs_evidence(self) -> bool:
        """Whether the evidence has to be loaded for the query to see what it asks for."""
        return self.any_graph or str(EVIDENCE_GRAPH) in self.iris or str(EVIDENCE_GRAPH) in self.graphs


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


def inspect(text: str) -> Reach:
    """What a query is and touches, read off its parsed form; QueryError where it is not valid or not allowed.

    >>> inspect("ASK { FILTER NOT EXISTS { SERVICE <http://example.org/> { ?s ?p ?o } } }")
    Traceback (most recent call last):
    kg.errors.QueryError: SERVICE is not allowed: a query may ask only this graph
    """
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.term import URIRef, Variable

    try:
        parsed = parseQuery(text)
        if any(isinstance(part, CompValue) and part.name == "ServiceGraphPattern" for part in _parts(parsed)):
            raise QueryError("SERVICE is not allowed: a query may ask only this graph")
        query = translateQuery(parsed, initNs=dict(PREFIXES))
    except ParseBaseException as error:
        if _is_update(text):
            raise QueryError("an update is not allowed; allowed: SELECT, ASK, CONSTRUCT, DESCRIBE") from None
        raise QueryError(f"line {error.lineno}, column {error.column}: cannot read the query at {error.line.strip()!r}") from None
    except RecursionError:
        raise QueryError("the query is nested too deeply") from None
    except QueryError:
        raise
    except Exception as error:  # rdflib raises bare Exception for unknown prefixes, projections out of scope and the like
        raise QueryError(f"cannot read the query: {error}") from error
    parts = list(_parts(query.algebra))
    if any(isinstance(part, CompValue) and part.name == "ServiceGraphPattern" for part in parts):
        raise QueryError("SERVICE is not allowed: a query may ask only this graph")
    for part in parts:
        if isinstance(part, CompValue) and part.name == "Function" and str(part.iri) not in _FUNCTIONS:
            known = ", ".join(sorted(compact(URIRef(iri)) for iri in _FUNCTIONS))
            raise QueryError(f"the function <{part.iri}> is not known; allowed: those of SPARQL 1.1, and {known}")
    graphs = [part for part in parts if isinstance(part, CompValue) and part.name == "Graph"]
    sets = [part for part in parts if isinstance(part, CompValue) and part.name == "DatasetClause"]
    return Reach(
        kind=_KINDS[query.algebra.name],
        iris=frozenset(str(part) for part in parts if isinstance(part, URIRef)),
        graphs=tuple(str(part.default or part.named) for part in sets),
        any_graph=any(isinstance(graph.term, Variable) for graph in graphs),
    )


def _parts(tree: object) -> Iterator[object]:
    """Every node of a parse tree or algebra, without recursion of our own."""
    from pyparsing import ParseResults
    from rdflib.plugins.sparql.parserutils import CompValue

    stack, seen = [tree], set()
    while stack:
        part = stack.pop()
        yield part
        if isinstance(part, (CompValue, dict, list, tuple, set, frozenset, ParseResults)):
            if id(part) in seen:
                continue
            seen.add(id(part))
            stack.extend(part.values() if isinstance(part, dict) else part)


def _is_update(text: str) -> bool:
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        return bool(parseUpdate(text).request)
    except Exception:  # any failure means that it is no update either
        return False


def bind(question: Question, values: Mapping[str, str]) -> str:
    """The query's text with values for parameters, each as a term of the data block that the query keeps for it.

    >>> bind(parse_question("q", "# param: event — 행사\\nASK { VALUES ?event { UNDEF } }"), {"event": 'a" } #'})
    '# param: event — 행사\\nASK { VALUES ?event { "a\\\\" } #" } }'
    """
    import pyoxigraph as ox
    from rdflib import Literal

    text, allowed = question.text, [parameter.name for parameter in question.parameters]
    for name, value in values.items():
        if name not in allowed:
            raise UsageError(f"{question.name}: parameter {name!r} is not known; allowed: {', '.join(allowed) or 'none'}")
        words = unicodedata.normalize("NFC", value).strip()
        if not words:
            raise UsageError(f"{question.name}: parameter {name!r} is empty")
        block = re.compile(rf"VALUES\s+\?{name}\s*\{{\s*UNDEF\s*\}}")
        before = data_blocks(text, name)
        term = str(ox.Literal(words))  # an N-Triples literal: quotes, backslashes, tabs and line ends are escaped
        text = block.sub(lambda _, term=term, name=name: f"VALUES ?{name} {{ {term} }}", text)
        if not before or data_blocks(text, name) != [Literal(words)] * len(before):
            why = f"write VALUES ?{name} {{ UNDEF }} where it is used"
            raise QueryError(f"{question.name}: parameter {name!r} cannot be bound: {why}")
    return text


def data_blocks(text: str, name: str) -> list[object]:
    """The values of the one-variable data blocks for a variable, in the query's parsed form."""
    from rdflib.plugins.sparql.parser import parseQuery
    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.term import Variable

    try:
        blocks = [part for part in _parts(parseQuery(text)) if isinstance(part, CompValue) and part.name == "InlineData"]
    except Exception as error:
        inspect(text)  # says where the query is wrong
        raise QueryError(f"cannot read the query: {error}") from error
    values = [value for block in blocks if list(block.var) == [Variable(name)] for value in block.value]
    # a literal without language or datatype is wrapped as {"string": …}
    return [value["string"] if isinstance(value, CompValue) and set(value) == {"string"} else value for value in values]


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
    reach = reach or inspect(text)
    for graph in reach.graphs:
        if ":" not in graph or not store.contains_named_graph(ox.NamedNode(graph)):
            raise QueryError(f"FROM <{graph}> is not allowed: the store holds no such graph, and nothing is fetched")
    try:
        result = store.query(text, prefixes=dict(PREFIXES))
        if reach.kind == "truth":
            return Answer(kind="truth", truth=bool(result))
        found = list(itertools.islice(result, None if limit is None else limit + 1))
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"{question.name}: {error}") from error
    cut = limit is not None and len(found) > limit
    kept = found[:limit]
    if reach.kind == "triples":
        rows = sorted(
            {tuple(map(to_rdflib, (t.subject, t.predicate, t.object))) for t in kept}, key=lambda row: [term.n3() for term in row]
        )
        return Answer(kind="triples", columns=("subject", "predicate", "object"), rows=tuple(rows), cut=cut)
    columns = tuple(variable.value for variable in result.variables)
    rows = (tuple(None if term is None else to_rdflib(term) for term in row) for row in kept)
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
    reach = inspect(bind(question, values or {}))  # before anything is loaded: a bad query fails at once
    return ask(load_store(out, evidence=reach.needs_evidence, factuality=factuality), question, values, limit=limit, reach=reach)
