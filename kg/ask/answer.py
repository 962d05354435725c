"""What a question answered, as a value, and the ways to write it: table, CSV, TSV, JSON, Markdown, Turtle."""
from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import DCTERMS, OWL, RDF, SKOS

from kg.errors import UsageError
from kg.graph.spreadsheet import as_csv
from kg.graph.store import compact, n_triples
from kg.knowledge.vocab import PREFIXES, korean_labels

if TYPE_CHECKING:
    from rdflib.term import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The rows of a SELECT, the triples of a CONSTRUCT or DESCRIBE, or the truth of an ASK.

    ``titles`` are the column titles that the question gives, Korean ones, or empty; ``rows`` hold None where nothing was bound.
    ``cut`` says that a limit left rows out.
    """

    kind: str  # "rows", "triples" or "truth"
    columns: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    rows: tuple[tuple[Node | None, ...], ...] = ()
    truth: bool | None = None
    cut: bool = False

    @property
    def heads(self) -> tuple[str, ...]:
        """What people read over the columns."""
        return self.titles or self.columns

    def to_pandas(self) -> object:
        """The rows as a pandas frame of plain values, where pandas is installed."""
        import pandas

        cells = [[None if term is None else readable(term, korean=bool(self.titles)) for term in row] for row in self.rows]
        return pandas.DataFrame(cells, columns=list(self.heads))


# Terms of other vocabularies that answers show, in Korean.
_BORROWED = {str(RDF.type): "종류", str(SKOS.altLabel): "다른 이름", str(OWL.sameAs): "같은 것", str(DCTERMS.publisher): "발행",
             str(DCTERMS.source): "출처", str(DCTERMS.isReplacedBy): "새 이름"}


def readable(term: Node | None, *, korean: bool) -> str:
    """A term for people: terms of the ontology by their Korean label in questions that speak Korean, other IRIs with a prefix.

    >>> from kg.knowledge.vocab import PRESS
    >>> readable(PRESS.Forum, korean=True), readable(PRESS.Forum, korean=False), readable(None, korean=True)
    ('토론회', 'press:Forum', '')
    """
    if term is None:
        return ""
    return (_BORROWED.get(str(term)) or korean_labels().get(str(term)) if korean else None) or compact(term)


def _cells(answer: Answer) -> list[list[str]]:
    return [[readable(term, korean=bool(answer.titles)) for term in row] for row in answer.rows]


def _table(answer: Answer, width: int | None) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if answer.kind == "truth":
        return f"{str(answer.truth).lower()}\n"
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for head in answer.heads:
        table.add_column(Text(head), overflow="fold")
    for row in _cells(answer):
        table.add_row(*map(Text, row))  # Text, not str: a name in brackets is no markup
    console = Console(file=io.StringIO(), width=width, color_system=None, legacy_windows=False)
    console.print(table)
    return "".join(line.rstrip() + "\n" for line in console.file.getvalue().splitlines())


def _csv(answer: Answer, width: int | None, formulas: bool = False) -> str:
    if answer.kind == "truth":
        return f"{str(answer.truth).lower()}\n"
    plain = [["" if term is None else str(term) for term in row] for row in answer.rows]
    return as_csv(answer.heads, _cells(answer) if answer.titles else plain, formulas=formulas)


def _tsv(answer: Answer, width: int | None) -> str:
    if answer.kind == "truth":
        return f"{str(answer.truth).lower()}\n"
    head = "\t".join(f"?{column}" for column in answer.columns)
    rows = ("\t".join("" if term is None else n_triples(term) for term in row) for row in answer.rows)
    return "".join(f"{line}\n" for line in (head, *rows))


def _binding(term: Node) -> dict[str, str]:
    import rdflib

    if isinstance(term, rdflib.Literal):
        extra = {"xml:lang": term.language} if term.language else {"datatype": str(term.datatype)} if term.datatype else {}
        return {"type": "literal", "value": str(term), **extra}
    return {"type": "bnode" if isinstance(term, rdflib.BNode) else "uri", "value": str(term)}


def _json(answer: Answer, width: int | None) -> str:
    if answer.kind == "triples":
        raise UsageError("json holds the rows of a SELECT or the truth of an ASK; write CONSTRUCT and DESCRIBE as turtle")
    if answer.kind == "truth":
        body: dict = {"head": {}, "boolean": answer.truth}
    else:
        pairs = (zip(answer.columns, row, strict=True) for row in answer.rows)
        rows = [{name: _binding(term) for name, term in row if term is not None} for row in pairs]
        body = {"head": {"vars": list(answer.columns)}, "results": {"bindings": rows}}
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _markdown(answer: Answer, width: int | None) -> str:
    if answer.kind == "truth":
        return f"{str(answer.truth).lower()}\n"

    def line(cells: list[str]) -> str:
        escaped = (cell.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ") for cell in cells)
        return f"| {' | '.join(escaped)} |\n"

    return line(list(answer.heads)) + f"|{' --- |' * len(answer.heads)}\n" + "".join(map(line, _cells(answer)))


def _turtle(answer: Answer, width: int | None) -> str:
    import rdflib

    if answer.kind != "triples":
        raise UsageError("turtle holds the triples of a CONSTRUCT or DESCRIBE; write SELECT as table, csv, tsv, json or markdown")
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    for row in answer.rows:
        graph.add(row)
    return graph.serialize(format="turtle")


FORMATS: dict[str, Callable[[Answer, int | None], str]] = {
    "table": _table, "csv": _csv, "tsv": _tsv, "json": _json, "markdown": _markdown, "turtle": _turtle,
}


def render(answer: Answer, form: str = "table", *, width: int | None = None, formulas: bool = False) -> str:
    """An answer as text, ending with a line feed. ``width`` is that of a table in terminal columns; without it, the terminal's.

    CSV and tables carry the question's Korean titles; TSV and JSON are the W3C's SPARQL results formats, with variable names and
    full terms. Cells of CSV that begin like a formula are made text, unless ``formulas`` keeps them.

    >>> print(render(Answer(kind="truth", truth=True), "csv"), end="")
    true
    """
    if form not in FORMATS:
        raise UsageError(f"format {form!r} is not known; allowed: {', '.join(FORMATS)}")
    return _csv(answer, width, formulas) if form == "csv" else FORMATS[form](answer, width)
