"""One worker: a process that answers queries over a read-only store, one after the other, and can be killed at any time.

``python -m kg.serve.worker STORE LIMITS`` reads one JSON request a line on standard input and writes, for each, one line of JSON
and as many bytes as that line's ``length`` says. It is ready when it has written its first line.
"""

from __future__ import annotations

import gzip
import itertools
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from json.encoder import encode_basestring as _quoted
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.errors import PressKGError, QueryError, UsageError
from kg.graph.spreadsheet import harmless
from kg.serve.bars import bounded_memory, bounded_time, no_network
from kg.serve.formats import OFFERS, SVG, Format, choose, content_type
from kg.serve.limits import Limits

if TYPE_CHECKING:
    import pyoxigraph

    from kg.ask.query import Reach

_SMALL = 1400  # an answer that fits into one packet is not worth compressing


class TooMuch(Exception):
    """A limit on what an answer may hold has struck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a worker is asked: a query's text, or a named question with its values; which graphs; how to write the answer.

    ``default`` and ``named`` are the graphs of the protocol's ``default-graph-uri`` and ``named-graph-uri``, None where it names
    none.
    """

    query: str | None = None
    question: str | None = None
    values: dict[str, str] | None = None
    default: list[str] | None = None
    named: list[str] | None = None
    accept: str | None = None
    format: str | None = None
    gzip: bool = False
    formulas: bool = False
    seconds: float = 10.0
    composed: bool = False  # the server put the query together itself, so that what it may touch is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A status of HTTP, the media type and the body; ``encoding`` where it is compressed."""

    status: int
    type: str = "text/plain; charset=utf-8"
    encoding: str | None = None
    body: bytes = b""


def refused(status: int, why: str) -> Reply:
    """A reply that says why there is no answer."""
    return Reply(status=status, body=f"{why}\n".encode())


def answer(store: pyoxigraph.Store, request: Request, limits: Limits) -> Reply:
    """The whole answer to a request, or why there is none; never a part of one."""
    try:
        text = _bound(request)
        kind, result = _run(store, text, request)
        chosen = choose(OFFERS[kind], request.accept, request.format)
        if chosen is None:
            allowed = ", ".join(offer.types[0] for offer in OFFERS[kind])
            return refused(406, f"Accept: {request.accept!r} names no format that this answer has; allowed: {allowed}")
        body = _written(store, kind, result, chosen[0], limits, formulas=request.formulas)
    except (QueryError, UsageError) as error:
        return refused(400, str(error))
    except TooMuch as error:
        return refused(507, str(error))
    except (SyntaxError, ValueError) as error:
        return refused(400, f"the query is not valid: {error}")
    except OSError as error:
        return refused(500, f"the store could not answer: {error}")
    encoding = None
    if request.gzip and len(body) > _SMALL:
        body, encoding = gzip.compress(body, 5, mtime=0), "gzip"
    return Reply(status=200, type=content_type(chosen[1]), encoding=encoding, body=body)


def _bound(request: Request) -> str:
    """The query's text; a question is one of the named ones and never a path."""
    from kg.ask.query import bind, questions

    if request.query is not None:
        return request.query
    found = [question for question in questions() if question.name == request.question]
    if not found:
        raise UsageError(f"question {request.question!r} is not known; allowed: {', '.join(q.name for q in questions())}")
    return bind(found[0], request.values or {})


@lru_cache(maxsize=256)
def _reach(text: str) -> Reach:
    """What a query may touch; reading it takes longer than most answers do, and pages ask the same again."""
    from kg.ask.query import inspect

    return inspect(text)


def _run(store: pyoxigraph.Store, text: str, request: Request) -> tuple[str, Any]:
    """The kind of the answer and Oxigraph's result, not yet read."""
    import pyoxigraph as ox

    from kg.ask.compose import OURS
    from kg.knowledge.vocab import PREFIXES

    reach = OURS if request.composed else _reach(text)
    for graph in (*reach.graphs, *(request.default or ()), *(request.named or ())):
        try:
            known = store.contains_named_graph(ox.NamedNode(graph))
        except ValueError:
            known = False
        if not known:
            raise QueryError(f"graph <{graph}> is not allowed: the store holds no such graph, and nothing is fetched")
    graphs: dict[str, Any] = {}
    if request.default is not None or request.named is not None:
        graphs = {
            "default_graph": [ox.NamedNode(g) for g in request.default or ()],
            "named_graphs": [ox.NamedNode(g) for g in request.named or ()],
        }
    return reach.kind, store.query(text, prefixes=dict(PREFIXES), **graphs)


def _written(store: pyoxigraph.Store, kind: str, result: Any, form: Format, limits: Limits, *, formulas: bool = False) -> bytes:
    import pyoxigraph as ox

    from kg.knowledge.vocab import PREFIXES

    if kind == "truth":
        return result.serialize(format=getattr(ox.QueryResultsFormat, form.name.upper()))
    if kind == "rows":
        if form == SVG:
            from kg.serve.picture import picture_of_rows

            return picture_of_rows(store, _counted(result, limits)).encode()
        term = _terms(harmless if form.name == "csv" and not formulas else str)  # no spreadsheet takes words for a formula
        body = _json([variable.value for variable in result.variables], _counted(result, limits), limits, term)
        if form.name != "json":
            read = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
            body = read.serialize(format=getattr(ox.QueryResultsFormat, form.name.upper())) or b""
    else:
        triples = sorted(set(_counted(result, limits)), key=str)
        if form == SVG:
            from kg.serve.picture import picture_of_triples

            return picture_of_triples(store, triples).encode()
        body = ox.serialize(triples, format=_rdf(form), prefixes=dict(PREFIXES)) or b""
    return _fitting(body, limits)


def _rdf(form: Format) -> pyoxigraph.RdfFormat | None:
    import pyoxigraph as ox

    return ox.RdfFormat.from_media_type(form.types[0])


def _counted(result: Any, limits: Limits) -> Iterator[Any]:
    for number, row in enumerate(result):
        if number == limits.rows:
            raise TooMuch(f"the answer has more than {limits.rows:,} rows; ask for fewer, with LIMIT for example")
        yield row


def _fitting(body: bytes, limits: Limits) -> bytes:
    if len(body) > limits.size:
        raise TooMuch(f"the answer is longer than {limits.size:,} bytes; ask for less, with LIMIT for example")
    return body


def _json(names: list[str], rows: Iterator[Any], limits: Limits, term_of: Callable[[Any], str]) -> bytes:
    """Rows in SPARQL's JSON, written here because it has to be stopped at a row or a byte; other formats are made from it."""
    parts = [f'{{"head":{{"vars":{json.dumps(names, ensure_ascii=False)}}},"results":{{"bindings":[']
    keys, size = [f"{json.dumps(name, ensure_ascii=False)}:" for name in names], 0
    for number, row in enumerate(rows):
        line = ",".join([key + term_of(term) for key, term in zip(keys, row, strict=True) if term is not None])
        size += len(line) + 2
        if size > limits.size:
            _fitting(b" " * (limits.size + 1), limits)
        parts.append(f"{',' if number else ''}\n{{{line}}}")
    return _fitting("".join((*parts, "]}}\n")).encode("utf-8", "replace"), limits)


def _terms(words: Callable[[str], str] = str) -> Callable[[Any], str]:
    """What writes a term in JSON, literals in these ``words``: text is put together here, for answers have thousands of terms.

    >>> import pyoxigraph as ox
    >>> print(*map(_terms(), (ox.Literal('a "b"'), ox.Literal("가", language="ko"), ox.NamedNode("urn:a"))), sep="\\n")
    {"type":"literal","value":"a \\"b\\""}
    {"type":"literal","xml:lang":"ko","value":"가"}
    {"type":"uri","value":"urn:a"}
    """
    import pyoxigraph as ox

    def written(term: Any) -> str:
        if isinstance(term, ox.NamedNode):
            return f'{{"type":"uri","value":{_quoted(term.value)}}}'
        if isinstance(term, ox.BlankNode):
            return f'{{"type":"bnode","value":{_quoted(term.value)}}}'
        if language := term.language:
            more = f'"xml:lang":"{language}",'
        else:
            more = "" if term.datatype == plain else f'"datatype":{_quoted(term.datatype.value)},'
        return f'{{"type":"literal",{more}"value":{_quoted(words(term.value))}}}'

    plain = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")
    return written


def _send(out: BinaryIO, reply: Reply) -> None:
    head = {**asdict(reply), "length": len(reply.body)}
    del head["body"]
    out.write(json.dumps(head).encode() + b"\n" + reply.body)
    out.flush()


def main(path: str, limits: Limits) -> None:
    """Open the store, put up the bars, and answer until standard input ends."""
    import pyoxigraph as ox

    store = ox.Store.read_only(path)
    _reach("ASK {}")  # everything that a query needs is imported and the store is read before the bars go up
    for _ in itertools.islice(store, 1):
        pass
    source, out = sys.stdin.buffer, sys.stdout.buffer
    no_network()
    bounded_memory(limits.memory)
    _send(out, Reply(status=200))
    for line in source:
        request = Request(**json.loads(line))
        bounded_time(request.seconds + 5)  # should the parent be gone; it is the parent that keeps the time
        try:
            reply = answer(store, request, limits)
        except (MemoryError, RecursionError):
            _send(out, refused(507, "the query needs more memory than it may have"))
            return  # what is left of it may be broken: the next query gets a new worker
        except PressKGError as error:
            reply = refused(400, str(error))
        except BaseException as error:  # a panic of the engine, which is no Exception, is the query's fault, not the next one's
            if isinstance(error, SystemExit | KeyboardInterrupt):
                raise
            _send(out, refused(500, f"the query could not be answered: {type(error).__name__}"))
            return
        _send(out, reply)
        bounded_time(0)


if __name__ == "__main__":
    main(sys.argv[1], Limits(**json.loads(sys.argv[2])))
