"""The graph as two tables, of things and of the statements between them, in the forms that spreadsheets, data frames and Neo4j open.

A row of a statement says who and what by name, the days of its articles, how sure it is and whether it is planned, so that the table can
be read without the graph.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import UsageError
from kg.graph.networks import Edge, issued, network
from kg.graph.spreadsheet import as_csv, harmless
from kg.knowledge.vocab import PREFIXES, PRESS

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the time of every file in a workbook: the same graph gives the same bytes
_CELL = 32_767  # characters that a cell of Excel holds


@dataclass(frozen=True, slots=True)
class Frame:
    """A table: its name, the titles of its columns, its rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Support:
    """What stands behind a statement: the highest confidence, its factualities, the words that say it first."""

    confidence: float
    status: str
    words: str


def frames(out: Path | str, factuality: Collection[str] = ()) -> tuple[Frame, Frame]:
    """The tables ``nodes`` and ``edges``; the columns that Gephi looks for stand first.

    >>> nodes, edges = frames("tests/fixtures/out")
    >>> nodes.columns[:4], edges.columns
    (('Id', 'Label', 'Kind', 'KindKo'), ('Source', 'Target', 'Type', 'Label', 'Relation', 'Weight', 'Articles', 'SourceLabel', 'TargetLabel', 'First', 'Last', 'Status', 'Confidence', 'Words'))
    """
    nodes, edges = network(out, factuality)
    names = sorted({name for node in nodes for name, _ in node.values})
    things = tuple((n.iri, n.label, n.kind, n.kind_ko, *(dict(n.values).get(name, "") for name in names)) for n in nodes)
    called, behind, days = {node.iri: node.label for node in nodes}, support(out), issued(out)

    def row(e: Edge) -> tuple[object, ...]:
        known = behind.get((e.source, str(PRESS[e.relation]), e.target))
        told = sorted(days[article] for article in e.articles if article in days)
        return (
            e.source,
            e.target,
            "Directed",
            e.label,
            e.relation,
            max(1, len(e.articles)),
            "; ".join(e.articles),
            called[e.source],
            called[e.target],
            told[0] if told else "",
            told[-1] if told else "",
            *((known.status, known.confidence, known.words) if known else ("", "", "")),
        )

    heads = (
        "Source",
        "Target",
        "Type",
        "Label",
        "Relation",
        "Weight",
        "Articles",
        "SourceLabel",
        "TargetLabel",
        "First",
        "Last",
        "Status",
        "Confidence",
        "Words",
    )
    return Frame("nodes", ("Id", "Label", "Kind", "KindKo", *names), things), Frame("edges", heads, tuple(map(row, edges)))


def support(out: Path | str) -> Mapping[tuple[str, str, str], Support]:
    """What stands behind the statements between things, from ``evidence.ttl``; nothing where a folder has none."""
    import pyoxigraph as ox

    path = Path(out) / "evidence.ttl"
    nodes: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE) if path.is_file() else ():
        nodes[quad.subject.value][quad.predicate.value] = quad.object.value
    rdf, press = PREFIXES["rdf"], PREFIXES["press"]
    found: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    for iri in sorted(nodes):
        row = nodes[iri]
        if rdf + "subject" in row and rdf + "object" in row:
            found[row[rdf + "subject"], row.get(rdf + "predicate", ""), row[rdf + "object"]].append(row)

    def of(rows: list[dict[str, str]]) -> Support:
        best = max(rows, key=lambda row: (float(row.get(press + "confidence", 0)), row.get(press + "evidence", "")))
        status = sorted({row.get(press + "factuality", "asserted") for row in rows})
        return Support(
            float(best.get(press + "confidence", 0)), "; ".join(status), " ".join(best.get(press + "evidence", "").split())
        )

    return {key: of(rows) for key, rows in found.items()}


def csv_files(out: Path | str, factuality: Collection[str], *, formulas: bool, bom: bool = False) -> Iterable[tuple[str, bytes]]:
    """``nodes.csv`` and ``edges.csv``; with ``bom`` they begin with the mark by which Excel knows that they are Unicode."""
    for frame in frames(out, factuality):
        text = as_csv(frame.columns, frame.rows, end="\n", formulas=formulas)
        yield f"{frame.name}.csv", text.encode("utf-8-sig" if bom else "utf-8")


def xlsx(out: Path | str, factuality: Collection[str], *, formulas: bool) -> bytes:
    """A workbook of two sheets with fixed heads and filters."""
    try:
        from openpyxl import Workbook
    except ModuleNotFoundError as error:
        raise UsageError("xlsx needs openpyxl; install it with: pip install openpyxl") from error
    import datetime as dt

    book = Workbook()
    book.remove(book.active)
    for frame in frames(out, factuality):
        sheet = book.create_sheet(frame.name)
        for row in (frame.columns, *frame.rows):
            sheet.append([_cell(value, formulas) for value in row])
            for cell in sheet[sheet.max_row]:
                if cell.data_type == "f" and not formulas:
                    cell.data_type = "s"
        sheet.freeze_panes, sheet.auto_filter.ref = "C2", sheet.dimensions
        for column, wide in zip("ABCDEFGHI", (34, 34, 16, 16, 18, 8, 24, 34, 34), strict=True):
            sheet.column_dimensions[column].width = wide
    book.properties.created = book.properties.modified = dt.datetime(*_EPOCH)
    written = io.BytesIO()
    book.save(written)
    return _same_bytes(written.getvalue())


def _cell(value: object, formulas: bool) -> object:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return harmless(ILLEGAL_CHARACTERS_RE.sub("", value)[:_CELL], formulas=formulas) if isinstance(value, str) else value


def _same_bytes(workbook: bytes) -> bytes:
    """The workbook with the times of its files, and of its last change, left out."""
    import re

    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", data)
            new.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def parquet_files(out: Path | str, factuality: Collection[str]) -> Iterable[tuple[str, bytes]]:
    """``nodes.parquet`` and ``edges.parquet``, for data frames."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise UsageError("parquet needs pyarrow; install it with: pip install 'presskg[parquet]'") from error
    types = {"Weight": pa.int64(), "Confidence": pa.float64()}
    for frame in frames(out, factuality):
        cells = {
            name: pa.array([None if row[i] == "" else row[i] for row in frame.rows], types.get(name, pa.string()))
            for i, name in enumerate(frame.columns)
        }
        written = io.BytesIO()
        pq.write_table(pa.table(cells), written)
        yield f"{frame.name}.parquet", written.getvalue()


def neo4j_files(out: Path | str, factuality: Collection[str]) -> Iterable[tuple[str, bytes]]:
    """``neo4j-nodes.csv`` and ``neo4j-relationships.csv`` with the heads that ``neo4j-admin database import`` reads: ids, labels, types, numbers."""
    nodes, edges = frames(out, factuality)
    heads = ("iri:ID", "name", ":LABEL", "kindKo", *nodes.columns[4:])
    rows = ((iri, name, str(kind).replace(", ", ";"), *rest) for iri, name, kind, *rest in nodes.rows)
    # what is text for a spreadsheet would be an apostrophe more in a database
    yield "neo4j-nodes.csv", as_csv(heads, rows, end="\n", formulas=True).encode()
    at = {name: i for i, name in enumerate(edges.columns)}
    told = {
        ":START_ID": "Source",
        ":END_ID": "Target",
        ":TYPE": "Relation",
        "label": "Label",
        "articles": "Articles",
        "weight:int": "Weight",
        "first:date": "First",
        "last:date": "Last",
        "status": "Status",
        "confidence:float": "Confidence",
        "words": "Words",
    }
    yield (
        "neo4j-relationships.csv",
        as_csv(
            tuple(told), (tuple(row[at[name]] for name in told.values()) for row in edges.rows), end="\n", formulas=True
        ).encode(),
    )
