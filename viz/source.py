"""What a page is drawn from: the things, links, values and their evidence that an OUT folder (or an rdflib graph) holds."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import UsageError
from kg.read.contacts import shown


class Term(NamedTuple):
    """An RDF term as strings: ``value``, ``kind`` (``iri`` or ``literal``) and, for a literal, its language or data type."""

    value: str
    kind: str
    language: str = ""
    datatype: str = ""


Quad = tuple[str, str, Term, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words of one article that a statement rests on; ``denied`` marks what the article says is *not* so."""

    article: str
    field: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    confidence: float
    rule: str
    status: str
    recovered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement of the graph, the articles that make it (IRIs) and its evidence."""

    subject: str
    predicate: str
    object: Term
    articles: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A node: its name, other names, types and the articles that speak of it (IRIs)."""

    iri: str
    name: str
    types: tuple[str, ...]
    also: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An article as the page shows it: where its words come from."""

    iri: str
    title: str
    date: str
    publisher: str
    url: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """All of it; ``things`` and ``papers`` by IRI, ``links`` between things, their ``values``, and what is ``denied``."""

    things: Mapping[str, Thing]
    links: tuple[Statement, ...]
    values: tuple[Statement, ...]
    denied: tuple[Statement, ...]
    papers: Mapping[str, Paper]


def read(out: Any) -> Source:
    """The source behind an OUT folder, an ``rdflib`` graph or dataset, or an object that has one as ``.graph``."""
    if isinstance(out, Source):
        return out
    if isinstance(out, str | Path):
        folder = Path(out)
        return _source(_file_quads(_graph_file(folder)), _evidence(folder / "evidence.ttl"), _papers(folder / "articles.jsonl"))
    graph = out if hasattr(out, "triples") else out.graph
    return _source(_rdflib_quads(graph), {}, {})


def _graph_file(folder: Path) -> Path:
    for name in ("graph.nq", "graph.ttl"):
        if (folder / name).is_file():
            return folder / name
    raise UsageError(f"{folder}: no graph.nq and no graph.ttl in this folder; `kg build PATH... -o {folder}` writes them")


def _file_quads(path: Path) -> Iterator[Quad]:
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse
    from rdflib import XSD

    text = str(XSD.string)
    form = RdfFormat.N_QUADS if path.suffix == ".nq" else RdfFormat.TURTLE
    try:
        for s, p, o, graph in parse(path=str(path), format=form):
            if not isinstance(s, NamedNode):
                continue
            if isinstance(o, NamedNode):
                term = Term(o.value, "iri")
            elif isinstance(o, Literal):
                term = Term(
                    o.value, "literal", o.language or "", "" if o.language or o.datatype.value == text else o.datatype.value
                )
            else:
                continue
            yield s.value, p.value, term, graph.value if isinstance(graph, NamedNode) else ""
    except (SyntaxError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from error


def _rdflib_quads(graph: Any) -> Iterator[Quad]:
    from rdflib import XSD, Dataset, Literal, URIRef

    rows = graph.quads() if isinstance(graph, Dataset) else ((*t, None) for t in graph)
    for s, p, o, name in rows:
        if isinstance(s, URIRef) and isinstance(o, URIRef | Literal):
            plain = isinstance(o, URIRef) or o.datatype in (None, XSD.string)
            term = (
                Term(str(o), "iri")
                if isinstance(o, URIRef)
                else Term(str(o), "literal", o.language or "", "" if plain else str(o.datatype))
            )
            yield str(s), str(p), term, str(getattr(name, "identifier", name) or "")


def _evidence(path: Path) -> dict[tuple[str, str, Term], list[Evidence]]:
    """Evidence by statement; an empty mapping where the folder has no ``evidence.ttl``."""
    from rdflib import RDF

    from kg.knowledge.vocab import PRESS

    found: dict[tuple[str, str, Term], list[Evidence]] = defaultdict(list)
    if not path.is_file():
        return found
    nodes: dict[str, dict[str, Term]] = defaultdict(dict)
    for s, p, o, _ in _file_quads(path):
        nodes[s][p] = o
    s_, p_, o_ = str(RDF.subject), str(RDF.predicate), str(RDF.object)
    start, end, first, last = (str(PRESS[t]) for t in ("start", "end", "sentenceStart", "sentenceEnd"))
    article, field, trust, rule, status, mended = (
        str(PRESS[t]) for t in ("article", "field", "confidence", "extractor", "factuality", "recovered")
    )
    absent = Term("", "literal")
    for name in sorted(nodes):
        row = nodes[name]
        if not (s_ in row and p_ in row and o_ in row and start in row and end in row):
            continue
        begin, stop = int(row[start].value), int(row[end].value)
        found[row[s_].value, row[p_].value, row[o_]].append(
            Evidence(
                article=row.get(article, absent).value,
                field=row.get(field, absent).value or "text",
                start=begin,
                end=stop,
                sentence_start=int(row[first].value) if first in row else begin,
                sentence_end=int(row[last].value) if last in row else stop,
                confidence=float(row[trust].value) if trust in row else 1.0,
                rule=row.get(rule, absent).value,
                status=row.get(status, absent).value or "asserted",
                recovered=row.get(mended, absent).value == "true",
            )
        )
    return found


def _papers(path: Path) -> dict[str, Paper]:
    papers: dict[str, Paper] = {}
    if not path.is_file():
        return papers
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = shown(json.loads(line))
                papers[row["iri"]] = Paper(
                    iri=row["iri"],
                    title=row.get("title") or row["id"],
                    date=row.get("date") or "",
                    publisher=row.get("publisher") or "",
                    url=row.get("url") or "",
                    fields=row["fields"],
                )
            except (ValueError, KeyError, TypeError) as error:
                raise UsageError(f"{path}:{number}: not an article record ({type(error).__name__}: {error})") from error
    return papers


def _source(quads: Iterable[Quad], evidence: Mapping[tuple[str, str, Term], list[Evidence]], papers: dict[str, Paper]) -> Source:
    from rdflib import RDF, RDFS, SKOS

    from kg.knowledge.vocab import PRESS

    a, names, alt = str(RDF.type), (str(SKOS.prefLabel), str(RDFS.label)), str(SKOS.altLabel)
    types: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, set[tuple[int, str, str]]] = defaultdict(set)
    others: dict[str, set[str]] = defaultdict(set)
    made_by: dict[tuple[str, str, Term], set[str]] = defaultdict(set)
    spoken: dict[str, set[str]] = defaultdict(set)
    for s, p, o, graph in quads:
        if graph in papers:
            spoken[s].add(graph)
        if p == a:
            types[s].add(o.value)
        elif p in names:
            labels[s].add((names.index(p), "" if o.language.startswith("ko") else o.language or "~", o.value))
        else:
            if p == alt:
                others[s].add(o.value)
            made_by[s, p, o].add(graph)
    things = {
        iri: Thing(
            iri=iri,
            name=min(labels[iri])[2] if labels[iri] else _local(iri),
            types=tuple(sorted(types[iri])),
            also=tuple(sorted(others[iri])),
            articles=tuple(sorted(spoken[iri])),
        )
        for iri in sorted(types)
        if str(PRESS.Affiliation) not in types[iri]  # drawn as what it repeats: a line between a person and a body
    }
    rows = [
        Statement(
            subject=s,
            predicate=p,
            object=o,
            articles=tuple(sorted(g for g in made_by[s, p, o] if g in papers)),
            evidence=tuple(evidence.get((s, p, o), ())),
        )
        for s, p, o in sorted(made_by)
    ]
    stated = [row for row in rows if row.subject in things]
    denied = [
        Statement(subject=s, predicate=p, object=o, articles=tuple(sorted({e.article for e in found})), evidence=tuple(found))
        for (s, p, o), found in sorted(evidence.items())
        if (s, p, o) not in made_by and s in things and any(e.status == "denied" for e in found)
    ]
    return Source(
        things=things,
        links=tuple(r for r in stated if r.object.kind == "iri" and r.object.value in things),
        values=tuple(r for r in stated if not (r.object.kind == "iri" and r.object.value in things)),
        denied=tuple(denied),
        papers=papers,
    )


def _local(iri: str) -> str:
    """The readable end of an IRI, for a thing without a name.

    >>> _local("https://w3id.org/presskg/id/국제_세미나")
    '국제 세미나'
    """
    return iri.rstrip("/#").rpartition("#" if "#" in iri else "/")[2].replace("_", " ") or iri
