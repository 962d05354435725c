"""``dataset.ttl``: what a built graph is, in VoID, DCAT and PROV, for whoever finds it: counts, sources, days, licence, software.

All of it follows from the graph and its articles, so that the same input gives the same bytes: no time of a clock stands in it.
What only people know (a title, the licence, who publishes it) they write into ``dataset.toml`` in the folder of the graph; the next
build takes it up.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.knowledge.vocab import ID, ONTOLOGY, PREFIXES
from kg.model import Article
from kg.version import __version__

if TYPE_CHECKING:
    import pyoxigraph

NAME, SAID = "dataset.ttl", "dataset.toml"
_VOID, _DCAT = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#"
_SOFTWARE = "https://w3id.org/presskg/"
_KEYS = {"title": "title", "description": "description", "license": "license", "creator": "creator", "publisher": "publisher"}
_FILES = (
    ("graph.ttl", "text/turtle"), ("graph.nq", "application/n-quads"), ("evidence.ttl", "text/turtle"),
)  # fmt: skip
_SOURCES = 100  # publishers that are named, those of most articles first
_ELSEWHERE = (("http://www.wikidata.org/entity/", "wikidata"), ("https://sws.geonames.org/", "geonames"))


def said(out: Path) -> Mapping[str, str]:
    """What people say of a graph, from ``dataset.toml`` in its folder; UsageError names a key that it cannot have.

    >>> said(Path("nowhere"))
    {}
    """
    path = out / SAID
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    for key, value in found.items():
        if key not in _KEYS:
            raise UsageError(f"{path}: key {key!r} is not known; allowed: {', '.join(_KEYS)}")
        if not isinstance(value, str) or not value.strip():
            raise UsageError(f"{path}: {key}: {value!r} is not allowed; allowed: words, or an address that begins with https://")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much of what a graph holds: things by class, triples by property, links by where they lead."""

    triples: int
    subjects: int
    objects: int
    entities: int
    classes: Mapping[str, int]
    relations: Mapping[str, int]
    links: Mapping[str, int]


def counted(triples: Collection[tuple[str, str, str]]) -> Counts:
    """What stands in triples, whose terms are written as N-Triples writes them.

    >>> counted([(f"<{ID}a>", f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['press']}Forum>")]).classes
    {'https://w3id.org/presskg/ontology#Forum': 1}
    """
    kind, same = f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['owl']}sameAs>"
    subjects = {s for s, _, _ in triples}
    return Counts(
        triples=len(triples),
        subjects=len(subjects),
        objects=len({o for _, _, o in triples}),
        entities=sum(s.startswith(f"<{ID}") for s in subjects),
        classes=dict(Counter(o[1:-1] for _, p, o in triples if p == kind)),
        relations=dict(Counter(p[1:-1] for _, p, _ in triples)),
        links={
            name: n for space, name in _ELSEWHERE if (n := sum(p == same and o.startswith(f"<{space}") for _, p, o in triples))
        },
    )


def described(name: str, counts: Counts, articles: Iterable[Article], given: Mapping[str, str]) -> set[tuple[str, str, str]]:
    """The triples of ``dataset.ttl``, terms written as in N-Triples; ``name`` is a hash of what the dataset holds."""
    whole = f"{ID}dataset/{name}"
    rows = [*_about(whole, list(articles), given), *_made(whole), *_files(whole), *_counts(whole, counts)]
    return {(f"<{s}>", f"<{p}>", str(o)) for s, p, o in rows}


_Row = tuple[str, str, Any]


def _node(iri: str) -> pyoxigraph.NamedNode:
    import pyoxigraph as ox

    return ox.NamedNode(iri)


def _value(text: str, datatype: str | None = None, language: str | None = None) -> pyoxigraph.Literal:
    import pyoxigraph as ox

    return ox.Literal(text, language=language, datatype=_node(PREFIXES["xsd"] + datatype) if datatype else None)


def _about(whole: str, articles: list[Article], given: Mapping[str, str]) -> Iterator[_Row]:
    terms, rdf = PREFIXES["dcterms"], PREFIXES["rdf"]
    for kind in (_VOID + "Dataset", _DCAT + "Dataset", PREFIXES["prov"] + "Entity"):
        yield whole, rdf + "type", _node(kind)
    if "title" not in given:
        yield whole, terms + "title", _value("보도자료와 기사의 지식 그래프", language="ko")
        yield whole, terms + "title", _value("Knowledge graph of press releases and news articles", language="en")
    if "license" not in given:
        yield whole, terms + "rights", _value("기사의 글은 쓴 곳의 것이다. 다시 펴낼 때는 그 이용 조건을 따른다.", language="ko")
        yield (
            whole,
            terms + "rights",
            _value("The words of articles are their publishers'; their terms of use hold.", language="en"),
        )
    if "creator" not in given:
        yield whole, terms + "creator", _node(f"{_SOFTWARE}{__version__}")
    for key, value in sorted(given.items()):
        yield whole, terms + _KEYS[key], _node(value) if value.startswith(("https://", "http://")) else _value(value)
    days = sorted(article.date for article in articles if article.date)
    if days:
        period = whole + "#period"
        yield whole, terms + "modified", _value(days[-1].isoformat(), "date")
        yield whole, terms + "temporal", _node(period)
        yield period, rdf + "type", _node(terms + "PeriodOfTime")
        yield period, _DCAT + "startDate", _value(days[0].isoformat(), "date")
        yield period, _DCAT + "endDate", _value(days[-1].isoformat(), "date")
    yield whole, terms + "language", _value("ko")
    names = Counter(article.publisher for article in articles if article.publisher)
    for name, _ in sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))[:_SOURCES]:
        yield whole, terms + "source", _value(name)
    yield whole, _VOID + "documents", _value(str(len(articles)), "integer")


def _made(whole: str) -> Iterator[_Row]:
    """How it came to be: by which version of which software."""
    prov, act, tool = PREFIXES["prov"], whole + "#build", f"{_SOFTWARE}{__version__}"
    yield whole, prov + "wasGeneratedBy", _node(act)
    yield act, PREFIXES["rdf"] + "type", _node(prov + "Activity")
    yield act, prov + "wasAssociatedWith", _node(tool)
    yield tool, PREFIXES["rdf"] + "type", _node(prov + "SoftwareAgent")
    yield tool, PREFIXES["rdfs"] + "label", _value(f"PressKG {__version__}")
    yield tool, _OWL_VERSION, _value(__version__)


_OWL_VERSION = PREFIXES["owl"] + "versionInfo"


def _files(whole: str) -> Iterator[_Row]:
    for name, media in _FILES:
        one = f"{whole}#{name}"
        yield whole, _DCAT + "distribution", _node(one)
        yield one, PREFIXES["rdf"] + "type", _node(_DCAT + "Distribution")
        yield one, PREFIXES["dcterms"] + "title", _value(name)
        yield one, _DCAT + "mediaType", _node(f"https://www.iana.org/assignments/media-types/{media}")


def _counts(whole: str, counts: Counts) -> Iterator[_Row]:
    """VoID's numbers, whole and by class and property; how many things are linked elsewhere."""
    numbers = {
        "triples": counts.triples, "entities": counts.entities, "distinctSubjects": counts.subjects,
        "distinctObjects": counts.objects, "classes": len(counts.classes), "properties": len(counts.relations),
    }  # fmt: skip
    for name, number in numbers.items():
        yield whole, _VOID + name, _value(str(number), "integer")
    yield whole, _VOID + "uriSpace", _value(ID)
    for base in (str(ONTOLOGY) + "#", PREFIXES["dcterms"], PREFIXES["skos"], PREFIXES["owl"]):
        yield whole, _VOID + "vocabulary", _node(base)
    parts = (
        ("classPartition", "class", "entities", counts.classes),
        ("propertyPartition", "property", "triples", counts.relations),
    )
    for partition, of, unit, found in parts:
        for iri, number in sorted(found.items()):
            part = f"{whole}#{of}-{_short(iri)}"
            yield whole, _VOID + partition, _node(part)
            yield part, _VOID + of, _node(iri)
            yield part, _VOID + unit, _value(str(number), "integer")
    for name, number in counts.links.items():
        part = f"{whole}#links-{name}"
        yield whole, _VOID + "subset", _node(part)
        yield part, PREFIXES["rdf"] + "type", _node(_VOID + "Linkset")
        yield part, _VOID + "linkPredicate", _node(PREFIXES["owl"] + "sameAs")
        yield part, _VOID + "triples", _value(str(number), "integer")


def _short(iri: str) -> str:
    """A term as part of a name: ``press-hosted``.

    >>> _short(PREFIXES["press"] + "hosted")
    'press-hosted'
    """
    prefix, base = max(((p, b) for p, b in PREFIXES.items() if iri.startswith(b)), key=lambda pair: len(pair[1]))
    return f"{prefix}-{iri.removeprefix(base)}"
