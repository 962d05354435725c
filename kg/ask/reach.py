"""What a query is and touches, read off its parsed form: what is refused, which graphs it asks, which values it takes.

rdflib's parser takes longer than most answers do. For the shipped questions ``ontology/queries/parsed.json`` keeps what was found, by the
hash of their text (``python -m kg.ask.reach`` writes it, a test holds it current): a text that was changed is parsed like any other.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from kg.errors import QueryError
from kg.graph.store import compact
from kg.knowledge.resources import resource
from kg.knowledge.vocab import EVIDENCE_GRAPH, PREFIXES

_TABLE = ("ontology", "queries", "parsed.json")
_UNBOUND = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}")
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
class Reach:
    """What a query is and touches: the kind of its answer, the IRIs it names, the graphs of FROM, whether it asks GRAPH ?g."""

    kind: str
    iris: frozenset[str]
    graphs: tuple[str, ...]
    any_graph: bool
    takes: Mapping[str, int] = field(default_factory=dict, hash=False)  # of shipped questions: each parameter and its data blocks

    @property
    def needs_evidence(self) -> bool:
        """Whether the evidence has to be loaded for the query to see what it asks for."""
        return self.any_graph or str(EVIDENCE_GRAPH) in self.iris or str(EVIDENCE_GRAPH) in self.graphs


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


@cache
def _shipped() -> Mapping[str, Reach]:
    """The shipped questions by the hash of their text."""
    return {
        key: Reach(row["kind"], frozenset(row["iris"]), tuple(row["graphs"]), row["any_graph"], row["takes"])
        for key, row in json.loads(resource(*_TABLE).read_text(encoding="utf-8")).items()
    }


def known(text: str) -> Reach | None:
    """What a shipped question is and touches, without parsing it; None for any other text.

    >>> known("ASK {}") is None, known(resource("ontology", "queries", "panel-of.rq").read_text(encoding="utf-8")).takes
    (True, {'event': 1})
    """
    return _shipped().get(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


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


def table() -> str:
    """The text of ``parsed.json``: every shipped question, parsed."""
    from rdflib import Literal

    rows = {}
    for path in sorted(resource("ontology", "queries").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        reach, takes = inspect(text), {}
        for name in sorted(set(_UNBOUND.findall(text))):
            marks = len(re.findall(rf"VALUES\s+\?{name}\s*\{{\s*UNDEF\s*\}}", text))
            filled = _UNBOUND.sub(lambda found: found[0].replace("UNDEF", '"a"'), text)
            if data_blocks(filled, name) == [Literal("a")] * marks:  # else it is parsed whenever it is bound
                takes[name] = marks
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        rows[key] = {
            "name": path.stem,
            "kind": reach.kind,
            "iris": sorted(reach.iris),
            "graphs": reach.graphs,
            "any_graph": reach.any_graph,
            "takes": takes,
        }
    return json.dumps(rows, indent=1) + "\n"


if __name__ == "__main__":
    resource(*_TABLE).write_text(table(), encoding="utf-8")
