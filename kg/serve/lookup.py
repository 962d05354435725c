"""What a page wants to know of a store: names and classes of things, statements in both directions, the words behind them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from rdflib import RDF, RDFS, SKOS

from kg.ask.meant import in_store
from kg.graph.store import compact, to_rdflib
from kg.graph.terms import rows_of, value_of
from kg.knowledge.vocab import EVIDENCE_GRAPH, ID, PRESS
from kg.read.contacts import masked, shown
from kg.serve.templates import day
from kg.viz.style import load_style

if TYPE_CHECKING:
    import pyoxigraph
    from rdflib import URIRef

    from kg.graph.terms import Node, Term
    from kg.viz.style import ClassStyle

NAMING = (str(RDF.type), str(RDFS.label), str(SKOS.prefLabel))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A thing as other pages mention it: its IRI, where its page is, its name, the class it is drawn as."""

    iri: str
    href: str
    name: str
    kind: str
    parts: tuple[str, ...] = ()

    @property
    def beside(self) -> str:
        """Who is meant by the name: the day and host of an event, the body and title of a person."""
        return " · ".join(map(day, self.parts))

    @property
    def look(self) -> ClassStyle:
        """Colour, sign and names of its class."""
        return load_style().classes[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """The sentence around the words that make a statement, in three parts, and where it stands."""

    before: str
    words: str
    after: str
    article: Ref
    date: str
    publisher: str
    status: str
    rule: str
    confidence: str
    recovered: bool
    field: str
    start: int
    end: int


def local_path(iri: str) -> str:
    """Where the page of a minted thing is; Hangul and reserved signs are encoded, what is already encoded in the IRI is encoded
    again.

    >>> local_path("https://w3id.org/presskg/id/article/page%232")
    '/id/article/page%25232'
    """
    return "/id/" + quote(iri.removeprefix(ID), safe="/:@!$'()*+,;=~-._")


def web_address(text: str) -> str | None:
    """The text where it is an address of the web that may become a link, else None.

    >>> web_address("javascript:alert(1)"), web_address("https://example.org/a")
    (None, 'https://example.org/a')
    """
    return (
        text
        if text.lower().startswith(("http://", "https://")) and not any(c.isspace() or c in "\"'<>\\" for c in text)
        else None
    )


def refer(store: pyoxigraph.Store, iri: str) -> Ref | None:
    """A thing of the default graph by its IRI, None where the graph says no class of it."""
    import pyoxigraph as ox

    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return None
    types = tuple(sorted(q.object.value for q in _quads(store, node, RDF.type) if isinstance(q.object, ox.NamedNode)))
    if not types:
        return None
    labels = [q.object for p in (SKOS.prefLabel, RDFS.label) for q in _quads(store, node, p) if isinstance(q.object, ox.Literal)]
    labels.sort(key=lambda label: (label.language != "ko", label.value))
    href = local_path(iri) if iri.startswith(ID) else (web_address(iri) or "")
    kind = load_style().of(types)
    name = labels[0].value if labels else compact(to_rdflib(node))
    return Ref(iri=iri, href=href, name=name, kind=kind, parts=in_store(store, load_style())(iri, kind))


class Refs:
    """The things of one state of a store, each looked up once: an answer names the same ones again and again."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self.store = store
        self._known = lru_cache(maxsize=1 << 16)(lambda iri: refer(store, iri))

    def __call__(self, iri: str) -> Ref | None:
        """The thing, None where the store has none of this IRI."""
        return self._known(iri)


def _quads(
    store: pyoxigraph.Store, subject: Node | None, predicate: URIRef | None, object_: Term | None = None
) -> Iterator[pyoxigraph.Quad]:
    import pyoxigraph as ox

    return store.quads_for_pattern(
        subject, None if predicate is None else ox.NamedNode(str(predicate)), object_, ox.DefaultGraph()
    )


def statements(store: pyoxigraph.Store, iri: str) -> tuple[list[pyoxigraph.Triple], list[pyoxigraph.Triple]]:
    """What the default graph says of a thing, and what it says with the thing as object; in a fixed order."""
    import pyoxigraph as ox

    node = ox.NamedNode(iri)
    return (
        sorted((q.triple for q in _quads(store, node, None)), key=str),
        sorted((q.triple for q in _quads(store, None, None, node)), key=str),
    )


class Papers:
    """The articles of a state of a built folder, read from its open file one by one when they are asked for."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._turn = file, Lock()
        self._offsets: dict[str, int] = {}
        self._heads: dict[str, tuple[str, str]] = {}
        at = file.seek(0)
        for line in file:
            record = json.loads(line)
            self._offsets[record["iri"]] = at
            self._heads[record["iri"]] = (record.get("date") or "", record.get("publisher") or "")
            at += len(line)
        self._read = lru_cache(maxsize=256)(self._record)

    def __len__(self) -> int:
        return len(self._offsets)

    def __call__(self, iri: str) -> dict | None:
        """The record of an article, None where there is none."""
        return self._read(iri) if iri in self._offsets else None

    def latest(self, iris: Iterable[str], most: int) -> list[tuple[str, str, str]]:
        """The newest of some articles, with the day and the publisher of each, without reading their texts."""
        known = sorted(((self._heads[iri][0], iri) for iri in iris if iri in self._heads), reverse=True)
        return [(iri, date, masked(self._heads[iri][1])) for date, iri in known[:most]]

    def _record(self, iri: str) -> dict:
        with self._turn:
            self._file.seek(self._offsets[iri])
            return shown(json.loads(self._file.readline()))


class Drawn:
    """The drawing of a state of a built folder, from its open file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._turn = file, Lock()

    def read(self) -> bytes:
        """The page."""
        with self._turn:
            self._file.seek(0)
            return self._file.read()


_CLIPS = 20  # sentences of a statement
_DENIED = f"""SELECT DISTINCT ?s ?p ?o WHERE {{ GRAPH <{EVIDENCE_GRAPH}> {{
  ?assertion <{RDF.subject}> ?s ; <{PRESS.factuality}> "denied" ; <{RDF.predicate}> ?p ; <{RDF.object}> ?o }}
  FILTER NOT EXISTS {{ ?s ?p ?o }} }} ORDER BY ?p ?o LIMIT 50"""
_MARKED = f"""SELECT * WHERE {{ GRAPH <{EVIDENCE_GRAPH}> {{ ?assertion <{PRESS.article}> ?a }} }} LIMIT 2000"""


def clips(store: pyoxigraph.Store, papers: Papers, triple: pyoxigraph.Triple, *, backward: bool = False) -> list[Clip]:
    """The sentences that make a statement, at most twenty, by article and place; ``backward`` says that the page is the object's."""
    import pyoxigraph as ox

    graph = ox.NamedNode(str(EVIDENCE_GRAPH))
    subject, relation, object_ = (
        (ox.NamedNode(str(RDF[name])), end) for name, end in zip(("subject", "predicate", "object"), triple, strict=True)
    )
    ends = (subject, object_) if backward else (object_, subject)
    said = _shorter(*(store.quads_for_pattern(None, *end, graph) for end in ends))
    near = sorted((q.subject for q in said if isinstance(q.subject, ox.NamedNode)), key=lambda n: n.value)
    told = (node for node in near if all(ox.Quad(node, *part, graph) in store for part in (relation, *ends[::-1])))
    found = (_clip(papers, _record(store, node)) for node in itertools.islice(told, _CLIPS))
    return sorted((clip for clip in found if clip), key=lambda c: (c.date, c.article.iri, c.field, c.start))


_TURN = 64  # assertions that are read of one end before the other has its turn


def _shorter(one: Iterator[pyoxigraph.Quad], two: Iterator[pyoxigraph.Quad]) -> list[pyoxigraph.Quad]:
    """Whichever ends first, as a whole, the likelier one given first: a statement has few assertions, one of its ends may have thousands.

    >>> _shorter(iter("ab"), iter("a")), _shorter(iter("a" * 100), iter("ab"))
    (['a', 'b'], ['a', 'b'])
    """
    seen: tuple[list[pyoxigraph.Quad], list[pyoxigraph.Quad]] = ([], [])
    for turn in itertools.cycle((0, 1)):
        read = list(itertools.islice((one, two)[turn], _TURN))
        seen[turn].extend(read)
        if len(read) < _TURN:
            return seen[turn]
    raise AssertionError("a cycle has no end")


def denied(store: pyoxigraph.Store, iri: str) -> list[pyoxigraph.Triple]:
    """What articles say is not so of a thing."""
    import pyoxigraph as ox

    rows = store.query(_DENIED, substitutions={ox.Variable("s"): ox.NamedNode(iri)})
    return [ox.Triple(ox.NamedNode(iri), row["p"], row["o"]) for row in rows_of(rows)]


def assertions(store: pyoxigraph.Store, article: str) -> list[dict[str, str]]:
    """Every assertion that rests on an article, its properties by local name."""
    import pyoxigraph as ox

    rows = store.query(_MARKED, substitutions={ox.Variable("a"): ox.NamedNode(article)})
    return sorted(
        (_record(store, row["assertion"]) for row in rows_of(rows)),
        key=lambda r: (int(r.get("start", 0)), int(r.get("end", 0)), r["iri"]),
    )


def _record(store: pyoxigraph.Store, assertion: pyoxigraph.NamedNode) -> dict[str, str]:
    import pyoxigraph as ox

    quads = store.quads_for_pattern(assertion, None, None, ox.NamedNode(str(EVIDENCE_GRAPH)))
    return {"iri": assertion.value, **{q.predicate.value.replace("#", "/").rpartition("/")[2]: value_of(q.object) for q in quads}}


def _clip(papers: Papers, row: dict[str, str]) -> Clip | None:
    paper = papers(row.get("article", ""))
    if paper is None:
        return None
    text = paper["fields"].get(row.get("field", "text"), "")
    try:
        start, end = int(row["start"]), int(row["end"])
        first, last = int(row.get("sentenceStart", start)), int(row.get("sentenceEnd", end))
    except (KeyError, ValueError):
        return None
    if not 0 <= first <= start < end <= last <= len(text):
        return None
    article = Ref(
        iri=paper["iri"], href=local_path(paper["iri"]), name=paper.get("title") or paper["id"], kind=load_style().article
    )
    return Clip(
        before=text[first:start],
        words=text[start:end],
        after=text[end:last],
        article=article,
        date=paper.get("date") or "",
        publisher=paper.get("publisher") or "",
        status=row.get("factuality", "asserted"),
        rule=row.get("extractor", ""),
        confidence=row.get("confidence", ""),
        recovered=row.get("recovered") == "true",
        field=row.get("field", "text"),
        start=start,
        end=end,
    )
