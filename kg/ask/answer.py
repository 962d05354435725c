"""What a question answered, as a value, and the ways to write it: table, CSV, TSV, JSON, Markdown, Turtle."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rdflib import DCTERMS, OWL, RDF, SKOS

from kg.errors import UsageError
from kg.graph.spreadsheet import as_csv
from kg.graph.store import compact, n_triples, to_rdflib
from kg.knowledge.vocab import PREFIXES, korean_labels

if TYPE_CHECKING:
    import pyoxigraph
    from rdflib.term import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The rows of a SELECT, the triples of a CONSTRUCT or DESCRIBE, or the truth of an ASK.

    ``titles`` are the column titles that the question gives, Korean ones, or empty; ``rows`` hold None where nothing was bound.
    ``links`` are rows of the same shape with the thing that each cell names, so that of two meetings with one name each is found.
    ``beside`` are the words that say who is meant by a cell, of the same shape or empty. ``cut`` says that a limit left rows out.
    """

    kind: str  # "rows", "triples" or "truth"
    columns: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    rows: tuple[tuple[Node | None, ...], ...] = ()
    links: tuple[tuple[Node | None, ...], ...] = ()
    beside: tuple[tuple[str, ...], ...] = field(default=(), compare=False)  # a help for readers, no part of the answer
    truth: bool | None = None
    cut: bool = False

    @property
    def heads(self) -> tuple[str, ...]:
        """What people read over the columns."""
        return self.titles or self.columns

    @property
    def linked(self) -> tuple[int, ...]:
        """The places of the columns whose cells name things."""
        return tuple(i for i in range(len(self.columns)) if any(row[i] is not None for row in self.links))

    def to_pandas(self) -> object:
        """The rows as a pandas frame of plain values, then the IRIs of the things that they name; where pandas is installed."""
        import pandas

        cells = [[None if term is None else readable(term, korean=bool(self.titles)) for term in row] for row in self.rows]
        named = [[None if row[i] is None else str(row[i]) for i in self.linked] for row in self.links or [()] * len(self.rows)]
        heads = [*self.heads, *(f"{self.heads[i]} IRI" for i in self.linked)]
        return pandas.DataFrame([a + b for a, b in zip(cells, named, strict=True)], columns=heads)


def answered(
    columns: tuple[str, ...], rows: Iterable[tuple[Node | None, ...]], *, titles: tuple[str, ...] = (), cut: bool = False
) -> Answer:
    """The answer of a SELECT in which a variable ``?eventIri`` holds the things that ``?event`` names.

    >>> from rdflib import Literal, URIRef
    >>> found = answered(("event", "eventIri"), [(Literal("포럼"), URIRef("https://w3id.org/presskg/id/포럼"))])
    >>> found.columns, found.links
    (('event',), ((rdflib.term.URIRef('https://w3id.org/presskg/id/포럼'),),))
    """
    place = {name: i for i, name in enumerate(columns)}
    shown = [name for name in columns if not (name.endswith(LINK) and name.removesuffix(LINK) in place)]
    ends = [(place[name], place.get(name + LINK)) for name in shown]
    every = tuple(rows)
    bare = {
        name
        for name in shown
        if name.endswith(NOTE)
        and name.removesuffix(NOTE) in place
        and not any(row[place[name]] is not None and str(row[place[name]]) for row in every)
    }  # notes that say nothing
    kept = [name for name in shown if name not in bare]
    if len(titles) == len(shown):
        titles = tuple(title for name, title in zip(shown, titles, strict=True) if name not in bare)
    shown, ends = kept, [end for name, end in zip(shown, ends, strict=True) if name not in bare]
    links = tuple(tuple(None if end is None else row[end] for _, end in ends) for row in every)
    return Answer(
        kind="rows",
        columns=tuple(shown),
        titles=titles,
        rows=tuple(tuple(row[i] for i, _ in ends) for row in every),
        links=links if any(name.endswith(LINK) for name in columns) else (),
        cut=cut,
    )


def answered_triples(triples: Iterable[pyoxigraph.Triple], *, cut: bool = False) -> Answer:
    """The answer of a CONSTRUCT or DESCRIBE: each triple once, in order."""
    rows = {tuple(map(to_rdflib, triple)) for triple in triples}
    ordered = tuple(sorted(rows, key=lambda row: [term.n3() for term in row]))
    return Answer(kind="triples", columns=("subject", "predicate", "object"), rows=ordered, cut=cut)


NOTE = "Note"  # how the name of a variable ends that says what has to be known of another one
LINK = "Iri"  # how the name of a variable ends that holds the thing named by another one


# Terms of other vocabularies that answers show, in Korean.
_BORROWED = {
    str(RDF.type): "종류",
    str(SKOS.altLabel): "다른 이름",
    str(OWL.sameAs): "같은 것",
    str(DCTERMS.publisher): "발행",
    str(DCTERMS.source): "출처",
    str(DCTERMS.isReplacedBy): "새 이름",
}


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


def _whole(answer: Answer) -> tuple[list[str], list[tuple[Node | None, ...]]]:
    """The variables and rows with the things that cells name."""
    columns = [*answer.columns, *(answer.columns[i] + LINK for i in answer.linked)]
    links = answer.links or [()] * len(answer.rows)
    return columns, [(*row, *(ends[i] for i in answer.linked)) for row, ends in zip(answer.rows, links, strict=True)]


def _told(answer: Answer) -> list[list[str]]:
    """The cells with who is meant behind the names."""
    if not answer.beside:
        return _cells(answer)
    pairs = (zip(cells, words, strict=True) for cells, words in zip(_cells(answer), answer.beside, strict=True))
    return [[f"{cell} ({words})" if words else cell for cell, words in row] for row in pairs]


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
    for row in _told(answer):
        table.add_row(*map(Text, row))  # Text, not str: a name in brackets is no markup
    shown = io.StringIO()
    console = Console(file=shown, width=width, color_system=None, legacy_windows=False)
    console.print(table)
    return "".join(line.rstrip() + "\n" for line in shown.getvalue().splitlines())


def _csv(answer: Answer, width: int | None, formulas: bool = False) -> str:
    if answer.kind == "truth":
        return f"{str(answer.truth).lower()}\n"
    heads = [*answer.heads, *(f"{answer.heads[i]} IRI" if answer.titles else answer.columns[i] + LINK for i in answer.linked)]
    plain = _cells(answer) if answer.titles else [["" if term is None else str(term) for term in row] for row in answer.rows]
    ends = [["" if row[i] is None else str(row[i]) for i in answer.linked] for row in answer.links or [()] * len(plain)]
    return as_csv(heads, [a + b for a, b in zip(plain, ends, strict=True)], formulas=formulas)


def _tsv(answer: Answer, width: int | None) -> str:
    if answer.kind == "truth":
        return f"{str(answer.truth).lower()}\n"
    columns, terms = _whole(answer)
    head = "\t".join(f"?{column}" for column in columns)
    rows = ("\t".join("" if term is None else n_triples(term) for term in row) for row in terms)
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
        columns, terms = _whole(answer)
        pairs = (zip(columns, row, strict=True) for row in terms)
        rows = [{name: _binding(term) for name, term in row if term is not None} for row in pairs]
        body = {"head": {"vars": columns}, "results": {"bindings": rows}}
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _markdown(answer: Answer, width: int | None) -> str:
    if answer.kind == "truth":
        return f"{str(answer.truth).lower()}\n"

    def line(cells: list[str]) -> str:
        escaped = (cell.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ") for cell in cells)
        return f"| {' | '.join(escaped)} |\n"

    return line(list(answer.heads)) + f"|{' --- |' * len(answer.heads)}\n" + "".join(map(line, _told(answer)))


def _turtle(answer: Answer, width: int | None) -> str:
    import rdflib

    if answer.kind != "triples":
        raise UsageError("turtle holds the triples of a CONSTRUCT or DESCRIBE; write SELECT as table, csv, tsv, json or markdown")
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    for subject, predicate, object_ in answer.rows:
        if subject is not None and predicate is not None and object_ is not None:
            graph.add((subject, predicate, object_))
    return graph.serialize(format="turtle")


FORMATS: dict[str, Callable[[Answer, int | None], str]] = {
    "table": _table,
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "markdown": _markdown,
    "turtle": _turtle,
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
