"""``dataset.ttl``: what a built graph is, in VoID, DCAT and PROV, for whoever finds it: counts, sources, days, licence, software.

All of it follows from the graph and its articles, so that the same input gives the same bytes: no time of a clock stands in it.
What only people know (a title, the licence, who publishes it, where its files will lie) they write into ``dataset.toml`` in the
folder of the graph; the next build takes it up. Without an address the files are named relative to ``dataset.ttl`` itself, so that
the folder can be put anywhere as it is.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.graph.mint import article_iri
from kg.graph.rdf import GEONAMES, ROR, WIKIDATA
from kg.graph.stated import is_address
from kg.knowledge.vocab import ID, ONTOLOGY, PREFIXES, SOFTWARE
from kg.model import Article
from kg.version import __version__

if TYPE_CHECKING:
    import pyoxigraph

NAME = "dataset.ttl"
BESIDE = "urn:beside:"  # stands for the folder of the description while it is made: Turtle has relative names, N-Triples has none
_VOID, _DCAT = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#"
FILES = (
    ("graph.ttl", "text/turtle", "모든 기사를 합친 그래프", "The graph of all articles together"),
    ("graph.nq", "application/n-quads", "기사마다 이름 붙은 그래프", "A named graph for each article"),
    ("evidence.ttl", "text/turtle", "진술마다 근거가 된 글과 위치", "The words and offsets that support each statement"),
)
_SAID = {  # where people say nothing
    "title": ("보도자료와 기사의 지식 그래프", "Knowledge graph of press releases and news articles"),
    "description": (
        "보도자료와 기사가 말하는 행사, 기관, 사람, 발표와 인용. 진술마다 근거가 된 기사와 글이 있다.",
        "What press releases and news articles say of events, bodies, people, talks and quotations, with the words that say so.",
    ),
    "rights": (
        "기사의 글은 쓴 곳의 것이다. 그래프를 펴내는 이가 이용 조건을 정하지 않았다.",
        "The words of articles are their publishers'; whoever publishes this graph has stated no licence for it.",
    ),
}
_KEYWORDS = (("보도자료", "press releases"), ("뉴스", "news"), ("행사", "events"), ("지식 그래프", "knowledge graph"))
_LANGUAGE = "http://id.loc.gov/vocabulary/iso639-1/ko"
_SOURCES = 100  # publishers that are named, those of most articles first
_EXAMPLES = 3  # articles that are named as examples
_ELSEWHERE = {"wikidata": WIKIDATA, "geonames": GEONAMES, "ror": ROR}


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
            name: n
            for name, space in _ELSEWHERE.items()
            if (n := sum(p == same and o.startswith(f"<{space}") for _, p, o in triples))
        },
    )


def described(
    name: str, counts: Counts, articles: Iterable[Article], given: Mapping[str, str], sizes: Mapping[str, int]
) -> set[tuple[str, str, str]]:
    """The triples of ``dataset.ttl``, terms written as in N-Triples; ``name`` is a hash of what the dataset holds, ``sizes`` are those
    of its files in bytes.
    """
    whole, held = f"{ID}dataset/{name}", sorted(articles, key=lambda article: article.identifier)
    rows = [
        *_about(whole, name, given),
        *_from(whole, held),
        *_made(whole),
        *_files(whole, given, sizes),
        *_counts(whole, counts),
    ]
    return {(f"<{s}>", f"<{p}>", str(o)) for s, p, o in rows}


_Row = tuple[str, str, Any]


def _node(iri: str) -> pyoxigraph.NamedNode:
    import pyoxigraph as ox

    return ox.NamedNode(iri)


def _value(text: str, datatype: str | None = None, language: str | None = None) -> pyoxigraph.Literal:
    import pyoxigraph as ox

    return ox.Literal(text, language=language, datatype=_node(PREFIXES["xsd"] + datatype) if datatype else None)


def _both(node: str, predicate: str, korean: str, english: str) -> Iterator[_Row]:
    """The same words in both languages."""
    yield node, predicate, _value(korean, language="ko")
    yield node, predicate, _value(english, language="en")


def _agent(node: str, name: str | None) -> Iterator[_Row]:
    yield node, PREFIXES["rdf"] + "type", _node(PREFIXES["foaf"] + "Agent")
    if name:
        yield node, PREFIXES["foaf"] + "name", _value(name)


def _about(whole: str, name: str, given: Mapping[str, str]) -> Iterator[_Row]:
    """What it is called, who made and who publishes it, and under which terms."""
    terms, a = PREFIXES["dcterms"], PREFIXES["rdf"] + "type"
    for kind in (_VOID + "Dataset", _DCAT + "Dataset", PREFIXES["prov"] + "Entity"):
        yield whole, a, _node(kind)
    for key in ("title", "description"):
        if key in given:
            yield whole, terms + key, _value(given[key])
        else:
            yield from _both(whole, terms + key, *_SAID[key])
    for korean, english in _KEYWORDS:
        yield from _both(whole, _DCAT + "keyword", korean, english)
    yield whole, terms + "identifier", _value(name)
    yield whole, terms + "language", _node(_LANGUAGE)
    yield _LANGUAGE, a, _node(terms + "LinguisticSystem")
    yield whole, terms + "conformsTo", _node(str(ONTOLOGY))
    yield str(ONTOLOGY), a, _node(terms + "Standard")
    for key in ("creator", "publisher"):
        if key in given:
            said = given[key]
            node = said if is_address(said) else f"{whole}#{key}"
            yield whole, terms + key, _node(node)
            yield from _agent(node, None if node == said else said)
        elif key == "creator":
            yield whole, terms + key, _node(f"{SOFTWARE}{__version__}")
    yield from _terms_of_use(whole, whole, given)


def _terms_of_use(whole: str, node: str, given: Mapping[str, str]) -> Iterator[_Row]:
    """The licence that people give, of the dataset or of a file of it; without one, that there is none: it is not ours to give."""
    terms, a, said = PREFIXES["dcterms"], PREFIXES["rdf"] + "type", given.get("license")
    at = said if said and is_address(said) else f"{whole}#{'license' if said else 'rights'}"
    yield node, terms + ("license" if said else "rights"), _node(at)
    yield at, a, _node(terms + ("LicenseDocument" if said else "RightsStatement"))
    if not said:
        yield from _both(at, PREFIXES["rdfs"] + "label", *_SAID["rights"])
    elif at != said:
        yield at, PREFIXES["rdfs"] + "label", _value(said)


def _from(whole: str, articles: list[Article]) -> Iterator[_Row]:
    """The articles that it was made from: their days, how many each publisher wrote, some as examples."""
    terms, prov, a = PREFIXES["dcterms"], PREFIXES["prov"], PREFIXES["rdf"] + "type"
    days = sorted(article.date for article in articles if article.date)
    if days:
        period = whole + "#period"
        yield whole, terms + "modified", _value(days[-1].isoformat(), "date")
        yield whole, terms + "temporal", _node(period)
        yield period, a, _node(terms + "PeriodOfTime")
        yield period, _DCAT + "startDate", _value(days[0].isoformat(), "date")
        yield period, _DCAT + "endDate", _value(days[-1].isoformat(), "date")
    names = Counter(article.publisher for article in articles if article.publisher)
    for name, number in sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))[:_SOURCES]:
        source = f"{whole}#articles-{hashlib.sha1(name.encode()).hexdigest()[:10]}"
        yield whole, prov + "wasDerivedFrom", _node(source)
        yield source, a, _node(prov + "Collection")
        yield source, _VOID + "documents", _value(str(number), "integer")
        yield source, terms + "publisher", _node(source + "-publisher")
        yield from _agent(source + "-publisher", name)
    yield whole, _VOID + "documents", _value(str(len(articles)), "integer")
    for article in articles[:_EXAMPLES]:
        yield whole, _VOID + "exampleResource", _node(article_iri(article.identifier))


def _made(whole: str) -> Iterator[_Row]:
    """How it came to be: by which version of which software."""
    prov, act, tool = PREFIXES["prov"], whole + "#build", f"{SOFTWARE}{__version__}"
    yield whole, prov + "wasGeneratedBy", _node(act)
    yield act, PREFIXES["rdf"] + "type", _node(prov + "Activity")
    yield act, prov + "wasAssociatedWith", _node(tool)
    yield tool, PREFIXES["rdf"] + "type", _node(prov + "SoftwareAgent")
    yield tool, PREFIXES["rdfs"] + "label", _value(f"PressKG {__version__}")
    yield tool, PREFIXES["owl"] + "versionInfo", _value(__version__)
    yield from _agent(tool, "PressKG")


def _files(whole: str, given: Mapping[str, str], sizes: Mapping[str, int]) -> Iterator[_Row]:
    """Its files, each a distribution that says where it lies, in which format, how large it is, and under which terms."""
    terms, a = PREFIXES["dcterms"], PREFIXES["rdf"] + "type"
    for name, media, korean, english in FILES:
        one, at = f"{whole}#{name}", _node(given.get("address", BESIDE) + name)
        yield whole, _DCAT + "distribution", _node(one)
        yield whole, _VOID + "dataDump", at
        yield one, a, _node(_DCAT + "Distribution")
        yield one, terms + "title", _value(name)
        yield from _both(one, terms + "description", korean, english)
        yield one, _DCAT + "accessURL", at
        yield one, _DCAT + "downloadURL", at
        yield one, _DCAT + "byteSize", _value(str(sizes[name]), "nonNegativeInteger")
        yield one, _DCAT + "mediaType", _node(f"{_MEDIA}{media}")
        yield f"{_MEDIA}{media}", a, _node(terms + "MediaType")
        yield from _terms_of_use(whole, one, given)


_MEDIA = "https://www.iana.org/assignments/media-types/"


def _counts(whole: str, counts: Counts) -> Iterator[_Row]:
    """VoID's numbers, whole and by class and property; how many things are linked elsewhere."""
    numbers = {
        "triples": counts.triples, "entities": counts.entities, "distinctSubjects": counts.subjects,
        "distinctObjects": counts.objects, "classes": len(counts.classes), "properties": len(counts.relations),
    }  # fmt: skip
    for name, number in numbers.items():
        yield whole, _VOID + name, _value(str(number), "integer")
    yield whole, _VOID + "uriSpace", _value(ID)
    for base in sorted({_base(iri) for iri in (*counts.classes, *counts.relations)}):
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
        yield part, _VOID + "subjectsTarget", _node(whole)
        yield part, _VOID + "objectsTarget", _node(f"{whole}#{name}")
        yield f"{whole}#{name}", PREFIXES["rdf"] + "type", _node(_VOID + "Dataset")
        yield f"{whole}#{name}", _VOID + "uriSpace", _value(_ELSEWHERE[name])
        yield part, _VOID + "triples", _value(str(number), "integer")


def _base(iri: str) -> str:
    """The namespace of a term.

    >>> _base(PREFIXES["press"] + "hosted")
    'https://w3id.org/presskg/ontology#'
    """
    return re.sub(r"[^#/]*$", "", iri)


def _short(iri: str) -> str:
    """A term as part of a name: ``press-hosted``.

    >>> _short(PREFIXES["press"] + "hosted")
    'press-hosted'
    """
    prefix, base = max(((p, b) for p, b in PREFIXES.items() if iri.startswith(b)), key=lambda pair: len(pair[1]))
    return f"{prefix}-{iri.removeprefix(base)}"
