"""A built graph as a Python object: ``kg.build("articles/")`` makes one, ``kg.load("out")`` opens one."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Collection
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.ask.answer import Answer
    from kg.ask.explanation import Explanation
    from kg.graph.check import CheckReport
    from kg.graph.report import Report
    from kg.viz.drawing import Shown

_SUFFIXES = {
    ".ttl": "turtle",
    ".nq": "n-quads",
    ".trig": "trig",
    ".jsonld": "json-ld",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".xlsx": "xlsx",
}
_SHOWN = 4 << 20  # bytes of graph.nq; the page of such a graph has about three million


class Graph:
    """The graph of a folder that ``kg build`` made: ``graph`` is an ``rdflib.Graph``, ``out`` the folder, ``report`` what the build did."""

    def __init__(self, out: str | PathLike[str], *, report: Report | None = None) -> None:
        from kg.graph.store import built

        self.out, self.report = Path(out), report
        built(self.out, "graph.nq")

    @cached_property
    def graph(self) -> rdflib.Graph:
        """The union of what the articles say, for everything that rdflib can do with it."""
        import rdflib

        from kg.graph.store import to_rdflib, triples
        from kg.knowledge.vocab import PREFIXES

        graph = rdflib.Graph(bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace, override=True, replace=True)
        for t in triples(self.out, "graph.ttl"):
            graph.add((to_rdflib(t.subject), to_rdflib(t.predicate), to_rdflib(t.object)))
        return graph

    def __len__(self) -> int:
        """How many statements there are."""
        return len(self.graph)

    def __repr__(self) -> str:
        return f"Graph({str(self.out)!r})"

    def _repr_html_(self) -> str:
        """What a notebook shows where a graph ends a cell: its page, unless that would make the notebook heavy."""
        from html import escape

        if (self.out / "graph.nq").stat().st_size <= _SHOWN:
            return self.show()._repr_html_()
        return f"<p><code>{escape(repr(self))}</code>: {len(self):,} statements; <code>graph.show()</code> draws them</p>"

    def query(self, question: str, *, limit: int | None = None, factuality: Collection[str] = (), **values: str) -> Answer:
        """Ask a named question with its parameters, a ``.rq`` file, or SPARQL itself; ``factuality`` adds what is only reported, denied …."""
        from kg.ask.query import ask, inspect, parse_question, query
        from kg.graph.store import load_store

        if "{" not in question:
            return query(self.out, question, values, limit=limit, factuality=factuality)
        reach = inspect(question)
        return ask(
            load_store(self.out, evidence=reach.needs_evidence, factuality=factuality),
            parse_question("query", question),
            values,
            limit=limit,
        )

    def at_least(self, confidence: float | str) -> Graph:
        """A graph of what is as sure as a number from 0 to 1, or, with ``strict``, as a number of each relation says."""
        from kg.graph.sure import least_of, write_surer

        folder = Path(tempfile.mkdtemp(prefix="presskg-"))
        try:
            graph = Graph(write_surer(self.out, least_of(confidence), folder))
        except BaseException:
            shutil.rmtree(folder)
            raise
        weakref.finalize(graph, shutil.rmtree, folder, ignore_errors=True)
        return graph

    def view(self, **options: object) -> Path:
        """Draw ``graph.html`` again and return its path; the options are those of ``kg view``."""
        from kg.viz import draw

        return draw(self.out, **options)

    def show(self, **options: object) -> Shown:
        """The page itself as the value of a notebook's cell; the options are those of ``kg view``, and ``height`` in pixels."""
        from kg.viz import show

        return show(self.out, **options)

    def explain(self, *words: str) -> Explanation:
        """Why a thing (one name) or a statement (subject, property, object) is in the graph."""
        from kg.ask.explain import explain

        return explain(self.out, *words)

    def check(self) -> CheckReport:
        """What ``kg check`` finds."""
        from kg.graph.check import check

        return check(self.out)

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The things and links as a network for analysis."""
        from kg.viz.network import to_networkx

        return to_networkx(self.out)

    def to_pandas(self) -> tuple[object, object]:
        """Two pandas frames, of the things and of the statements between them, as ``kg export --to csv`` has them."""
        import pandas

        from kg.graph.tables import frames

        nodes, edges = (
            pandas.DataFrame(list(frame.rows), columns=list(frame.columns)).replace("", None) for frame in frames(self.out)
        )
        return nodes, edges

    def save(self, target: str | PathLike[str]) -> Path:
        """Write the whole folder to another one, or, with a suffix, one file: .ttl, .nq, .trig, .jsonld, .graphml, .gexf, .xlsx."""
        from kg.errors import UsageError
        from kg.graph.export import exported

        path = Path(target)
        if not path.suffix:
            shutil.copytree(self.out, path, dirs_exist_ok=True)
            return path
        if path.suffix not in _SUFFIXES:
            raise UsageError(f"{path}: the suffix {path.suffix!r} is not known; allowed: {', '.join(_SUFFIXES)}, or a folder")
        [(_, text)] = exported(self.out, _SUFFIXES[path.suffix])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path


def build(paths: Any, out: str | PathLike[str] | None = None, **options) -> Graph:
    """Build the graph of articles in a folder (a temporary one if none is named); options are those of ``kg.pipeline.build``.

    ``paths`` is a path, an address, a data frame of pandas or polars (a row an article), or several of them.
    """
    from kg.inputs import is_frame
    from kg.pipeline import build as built

    several = [paths] if isinstance(paths, str | PathLike) or is_frame(paths) else list(paths)
    if out is not None:
        return Graph(out, report=built(several, out, **options))
    folder = tempfile.mkdtemp(prefix="presskg-")
    try:
        graph = Graph(Path(folder) / "out", report=built(several, Path(folder) / "out", **{"view": False, **options}))
    except BaseException:
        shutil.rmtree(folder)
        raise
    weakref.finalize(graph, shutil.rmtree, folder, ignore_errors=True)  # a folder of its own lives as long as the graph
    return graph


def load(out: str | PathLike[str]) -> Graph:
    """The graph of a folder that ``kg build`` made."""
    return Graph(out)
