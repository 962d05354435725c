"""A built folder without what is not sure enough: the same files, so that everything that reads a folder reads this one too.

A statement of an article stays where the surest words that say it there reach a threshold: one number for all relations, or with
``strict`` the number of each in ``data/confidence.toml``. A thing of which an article then says nothing is not named by it any more.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.graph.store import built, quads, triples
from kg.graph.turtle import in_order, turtle
from kg.knowledge.vocab import PREFIXES, PRESS
from kg.model import STATED

if TYPE_CHECKING:
    import pyoxigraph

STRICT = "strict"
_RDF, _RDFS, _SKOS = PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["skos"]
# What only names a thing: it goes where nothing else is said of the thing.
_NAMING = frozenset(
    {f"{_RDF}type", f"{_RDFS}label", f"{_SKOS}prefLabel", f"{_SKOS}altLabel", str(PRESS.mentions), str(PRESS.reportedOn)}
)
_OF_AFFILIATIONS = frozenset(
    {"member", "organization", "role", "asOf", "from", "to"}
)  # they say again what affiliatedWith and heads say
Statement = tuple[str, str, str, str]  # subject, predicate, object, article, as N-Triples writes them


@dataclass(frozen=True, slots=True)
class Least:
    """How sure a statement must be: ``number`` for every relation, but that in ``own`` for those that have one.

    >>> Least(0.8).of("hosted"), Least(0.8, {"hosted": 0.9}).of("hosted")
    (0.8, 0.9)
    """

    number: float
    own: Mapping[str, float] = field(default_factory=dict)

    def of(self, relation: str) -> float:
        """The threshold of a relation by its local name."""
        return self.own.get("affiliatedWith" if relation in _OF_AFFILIATIONS else relation, self.number)


def least_of(words: str | float) -> Least:
    """A threshold as people write it: a number from 0 to 1, or ``strict`` for that of each relation in ``data/confidence.toml``.

    >>> least_of("0.9").number
    0.9
    >>> least_of("much")
    Traceback (most recent call last):
    kg.errors.UsageError: minimal confidence 'much' is not known; allowed: a number from 0 to 1, strict
    """
    from kg.knowledge.load import load_knowledge

    if words == STRICT:
        table = load_knowledge().confidence.strict
        return Least(table["*"], table)
    try:
        number = float(words)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise UsageError(f"minimal confidence {words!r} is not known; allowed: a number from 0 to 1, {STRICT}")
    return Least(number)


@contextmanager
def surer(out: Path | str, words: str | float | None) -> Iterator[Path]:
    """The folder itself where no threshold is given; else one for the time being, of what is sure enough."""
    if words is None:
        yield Path(out)
        return
    least = least_of(words)
    with tempfile.TemporaryDirectory(prefix="presskg-") as folder:
        yield write_surer(out, least, Path(folder))


def write_surer(out: Path | str, least: Least, folder: Path) -> Path:
    """Write what of a built folder is sure enough into another folder, and return that."""
    source = built(out, "graph.nq").parent
    said = list(triples(source, "evidence.ttl"))
    weak, doubted = _weak(said, least)
    rows = list(_stay(list(quads(source)), weak))
    (folder / "graph.nq").write_text("".join(f"{quad} .\n" for quad in rows), encoding="utf-8", newline="\n")
    _write_turtle(folder / "graph.ttl", in_order({_terms(quad.triple) for quad in rows}))
    _write_turtle(folder / "evidence.ttl", [_terms(t) for t in said if str(t.subject) not in doubted])
    for path in source.iterdir():
        if path.is_file() and path.suffix in (".json", ".jsonl", ".ttl") and not (folder / path.name).exists():
            shutil.copyfile(path, folder / path.name)
    return folder


def _write_turtle(path: Path, rows: Iterable[tuple[str, str, str]]) -> None:
    blocks = turtle(list(same) for _, same in groupby(rows, key=itemgetter(0)))
    path.write_text("".join(blocks), encoding="utf-8", newline="\n")


def _terms(triple: pyoxigraph.Triple) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _weak(said: Iterable[pyoxigraph.Triple], least: Least) -> tuple[set[Statement], set[str]]:
    """Statements that nothing says surely enough, and the assertions that say them or are too weak themselves."""
    keys = {f"{_RDF}subject": 0, f"{_RDF}predicate": 1, f"{_RDF}object": 2, str(PRESS.article): 3}
    ends: dict[str, dict[int, str]] = defaultdict(dict)
    sure: dict[str, float] = {}
    unstated: set[str] = set()
    for triple in said:
        name, predicate = str(triple.subject), triple.predicate.value
        if predicate in keys:
            ends[name][keys[predicate]] = str(triple.object)
        elif predicate == str(PRESS.confidence):
            sure[name] = float(getattr(triple.object, "value", 0.0))
        elif predicate == str(PRESS.factuality) and getattr(triple.object, "value", "") not in STATED:
            unstated.add(name)
    best: dict[Statement, float] = defaultdict(float)
    rows = {name: (e[0], e[1], e[2], e[3]) for name, e in ends.items() if len(e) == len(keys)}
    for name, row in rows.items():
        if name not in unstated:
            best[row] = max(best[row], sure.get(name, 1.0))

    def low(row: Statement, number: float) -> bool:
        return number < least.of(row[1].strip("<>").rpartition("#")[2])

    weak = {row for row, number in best.items() if low(row, number)}
    doubted = {n for n, row in rows.items() if (low(row, sure.get(n, 1.0)) if n in unstated else row in weak)}
    return weak, doubted


def _stay(rows: list[pyoxigraph.Quad], weak: set[Statement]) -> Iterator[pyoxigraph.Quad]:
    """The quads without weak statements, and without the names of things of which an article now says nothing."""
    kept, bare = [], set()  # bare: (article, thing) that a weak statement was about
    for quad in rows:
        article = str(quad.graph_name)
        if (str(quad.subject), str(quad.predicate), str(quad.object), article) in weak:
            bare |= {(article, str(quad.subject)), (article, str(quad.object))}
        else:
            kept.append(quad)
    for quad in kept:
        if quad.predicate.value not in _NAMING:
            bare -= {(str(quad.graph_name), str(quad.subject)), (str(quad.graph_name), str(quad.object))}
    for quad in kept:
        end = quad.object if quad.predicate.value == str(PRESS.mentions) else quad.subject
        if (str(quad.graph_name), str(end)) not in bare:
            yield quad
