"""Facts as RDF, in terms as N-Triples writes them; ``kg.graph.mint`` gives the IRIs.

A graph of millions of statements is put together of strings: an object for each would take four times the memory and time.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.graph.mint import article_iri, mint
from kg.knowledge.schema import schema
from kg.knowledge.vocab import GAZETTEER_GRAPH, PREFIXES, PRESS, TOPICS
from kg.model import STATED, Article, Fact, Thing
from kg.read.contacts import masked

if TYPE_CHECKING:
    from kg.graph.linked import Linked

BY_ORDINAL, BY_YEAR = "series.ordinal", "series.year"  # rules over articles: one end may be nothing that the article speaks of
_BEYOND = GAZETTEER_GRAPH  # the graph of what no single article says
WIKIDATA, GEONAMES, ROR = "http://www.wikidata.org/entity/", "https://sws.geonames.org/", "https://ror.org/"

Term = str  # as N-Triples writes it
Triple = tuple[Term, Term, Term]
Quad = tuple[Term, Term, Term, Term]


def _terms():
    import pyoxigraph as ox

    return ox


def words(text: str, language: str | None = None) -> Term:
    """A literal of words, in Unicode's form NFC: headlines write 李 with compatibility ideographs now and then."""
    return str(_terms().Literal(unicodedata.normalize("NFC", text), language=language))


def _value(value, relation: str) -> Term:
    """A literal for a day, a number, a year or words."""
    if isinstance(value, dt.date):
        return _typed(value.isoformat(), "date")
    if relation == "foundingYear":
        return _typed(f"{value:04}", "gYear")
    if isinstance(value, int):
        return _typed(str(value), "integer")
    if relation == "serviceStart":
        return _typed(value, {4: "gYear", 7: "gYearMonth"}.get(len(value), "date"))
    return words(value)


@lru_cache(maxsize=1 << 14)
def _typed(text: str, kind: str) -> Term:
    """A literal of a type of XML Schema, made once."""
    ox = _terms()
    return str(ox.Literal(text, datatype=ox.NamedNode(PREFIXES["xsd"] + kind)))


def literal(text: str) -> Term:
    """A literal of the very characters that an article has."""
    return str(_terms().Literal(text))


@lru_cache(maxsize=1024)
def word(text: str) -> Term:
    """A literal of a word of our own, made once."""
    return literal(text)


@lru_cache(maxsize=1 << 16)
def _named(iri: str) -> Term:
    """A resource, made once."""
    return str(_terms().NamedNode(iri))


def _label(thing: Thing) -> Term:
    name = unicodedata.normalize("NFC", " ".join(thing.name.split()))
    return words(name if thing.kind != "Quotation" or len(name) <= 60 else name[:59] + "…", thing.lang)


def predicate(relation: str) -> str:
    """The IRI of a relation by its local name."""
    return PREFIXES["skos"] + "altLabel" if relation == "altLabel" else _press(relation)


@lru_cache(maxsize=1024)
def _press(name: str) -> str:
    """The IRI of a term of the ontology, looked up once."""
    return str(PRESS[name])


def stated(fact: Fact) -> bool:
    """Whether a fact goes into the graph: an article asserts it, or says that it is planned."""
    return any(e.status in STATED for e in fact.evidence)


def object_term(fact: Fact) -> Term:
    """What a fact says of its subject."""
    if isinstance(fact.object, Thing):
        return _named(mint(fact.object))
    if fact.relation == "altLabel":
        name = str(fact.object)
        return words(name, Thing(kind="", name=name).lang)
    return _value(fact.object, fact.relation)


def graph_quads(facts: Iterable[Fact], articles: Iterable[Article], names: Mapping[str, str] = MappingProxyType({})) -> set:
    """Every quad of ``graph.nq``: each article's statements, types and labels in its own graph; the gazetteer's in one of its own.

    ``names`` are labels that people gave, by IRI.
    """
    node, a = _named, _named(PREFIXES["rdf"] + "type")
    labels = [node(PREFIXES["skos"] + "prefLabel"), node(PREFIXES["rdfs"] + "label")]
    mentions, text = node(str(PRESS.mentions)), node(str(PRESS.text))
    quads: set = set()
    described: set[tuple[Thing, str]] = set()
    dated: set[Thing] = set()
    for fact in facts:
        if not stated(fact):
            continue
        subject, says, object_ = node(mint(fact.subject)), node(predicate(fact.relation)), object_term(fact)
        if fact.relation == "startDate":
            dated.add(fact.subject)
        rules: dict[str, set[str]] = {}
        for e in fact.evidence:
            if e.status in STATED:
                rules.setdefault(e.article, set()).add(e.rule)
        for article in sorted(rules):
            graph = node(article_iri(article))
            quads.add((subject, says, object_, graph))
            for thing in () if rules[article] <= {BY_ORDINAL, BY_YEAR} else (fact.subject, fact.object):
                if not isinstance(thing, Thing) or (thing, article) in described:
                    continue
                described.add((thing, article))
                iri = node(mint(thing))
                quads.add((iri, a, node(_press(thing.kind)), graph))
                named = names.get(mint(thing))
                label = _label(thing if named is None else replace(thing, name=named))
                quads.update((iri, p, label, graph) for p in labels)
                if thing.kind != "Affiliation":  # it stands for its statements and is nothing that an article speaks of
                    quads.add((graph, mentions, iri, graph))
                if thing.kind == "Quotation":
                    quads.add((iri, text, words(thing.name), graph))
    articles = list(articles)
    quads.update(_reported(described, dated, articles))
    for one in articles:
        quads.update(_article_quads(one))
    return quads


def _reported(described: Iterable[tuple[Thing, str]], dated: Iterable[Thing], articles: Iterable[Article]) -> Iterator:
    """For events without a day the day of the first article that tells of them, in that article's graph."""
    days = {article.identifier: article.date for article in articles if isinstance(article.date, dt.date)}
    first: dict[Thing, tuple[dt.date, str]] = {}
    for thing, article in described:
        if article in days and schema().is_a(thing.kind, "Event"):
            first[thing] = min(first.get(thing, (days[article], article)), (days[article], article))
    for thing in first.keys() - set(dated):
        day, article = first[thing]
        yield (_named(mint(thing)), _named(str(PRESS.reportedOn)), _value(day, ""), _named(article_iri(article)))


def _article_quads(article: Article) -> Iterator:
    node, dcterms = _named, PREFIXES["dcterms"]
    iri = node(article_iri(article.identifier))
    title = Thing(kind="Article", name=masked(article.title))

    def quad(p, o):
        return (iri, node(p), o, iri)

    yield quad(PREFIXES["rdf"] + "type", node(str(PRESS.Article)))
    yield quad(dcterms + "identifier", words(article.identifier))
    for p in (dcterms + "title", PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label"):
        yield quad(p, words(title.name, title.lang))
    if article.date is not None:
        yield quad(dcterms + "issued", _value(article.date, ""))
    if article.modified is not None:
        yield quad(dcterms + "modified", _value(article.modified, ""))
    if article.section:
        yield quad(str(PRESS.section), words(masked(article.section)))
    if article.publisher:
        yield quad(dcterms + "publisher", words(masked(article.publisher)))
    if article.url:
        yield quad(dcterms + "source", words(article.url))
    for region in article.regions:
        if region.role not in ("subtitle", "credit"):
            continue
        said = masked(" ".join(article.raw(region.span).split()).strip("- "))
        if region.role == "subtitle" and said:
            yield quad(str(PRESS.subtitle), words(said))
        elif region.role == "credit" and said:
            yield quad(str(PRESS.photoCredit), words(said))


def gazetteer_quads(facts: Iterable[Fact], gazetteer) -> set:
    """What the gazetteer adds to the things of a graph: ISO codes and links to Wikidata, GeoNames and ROR."""
    node = _named
    graph = node(str(GAZETTEER_GRAPH))
    quads: set = set()
    seen: set[Thing] = set()
    for fact in facts:
        for thing in (fact.subject, fact.object):
            if not isinstance(thing, Thing) or thing in seen or thing.name not in gazetteer or thing.scope:
                continue
            seen.add(thing)
            named = (e for e in gazetteer.by_name(thing.name) if e.name == thing.name and thing.kind in (e.cls, e.place_cls))
            entry = next(named, None)
            if entry is None or not stated(fact):
                continue
            iri, body = node(mint(thing)), thing.kind == entry.cls
            place = (
                thing.kind == entry.place_cls or not entry.place_cls
            )  # a province's codes are those of the place, not of its government
            if entry.iso and place:
                quads.add((iri, node(str(PRESS.isoCode)), word(entry.iso), graph))
            elsewhere = (
                WIKIDATA + entry.wikidata if entry.wikidata and place else "",
                f"{GEONAMES}{entry.geonames}/" if entry.geonames and place else "",
                ROR + entry.ror if entry.ror and body else "",
            )
            quads.update((iri, node(PREFIXES["owl"] + "sameAs"), node(other), graph) for other in elsewhere if other)
    return quads


def described(facts: Iterable[Fact]) -> dict[str, list]:
    """Class, names and, of a quotation, its words, by IRI, of the things that only words which assert nothing speak of."""
    node, a = _named, _named(PREFIXES["rdf"] + "type")
    facts = tuple(facts)
    known = {t for f in facts if stated(f) for t in (f.subject, f.object)}
    things = {t for f in facts for t in (f.subject, f.object) if isinstance(t, Thing) and t not in known}
    labels = [node(PREFIXES["skos"] + "prefLabel"), node(PREFIXES["rdfs"] + "label")]
    quoted = {f.subject: [(node(mint(f.subject)), node(_press("text")), object_term(f))] for f in facts if f.relation == "text"}
    return {
        mint(t): [
            (node(mint(t)), a, node(str(PRESS[t.kind]))),
            *((node(mint(t)), p, _label(t)) for p in sorted(labels, key=str)),
            *quoted.get(t, ()),
        ]
        for t in sorted(things, key=lambda t: (t.kind, t.name, t.scope))
    }


def topic_quads(facts: Iterable[Fact]) -> set:
    """That the topics of a graph are concepts of one scheme, which the ontology describes."""
    node, graph, scheme = _named, _named(str(_BEYOND)), _named(str(TOPICS))
    things = {t for f in facts if stated(f) for t in (f.subject, f.object) if isinstance(t, Thing) and t.kind == "Topic"}
    return {(node(mint(t)), node(PREFIXES["skos"] + "inScheme"), scheme, graph) for t in things}


def beyond_quads(linked: Linked) -> set:
    """What no single article says: possible identity, replaced IRIs, and names that people gave."""
    node, graph = _named, _named(str(_BEYOND))
    possibly, replaced = node(str(PRESS.possiblySameAs)), node(PREFIXES["dcterms"] + "isReplacedBy")
    quads = {(node(mint(a)), possibly, node(mint(b)), graph) for a, b in linked.possibly}
    quads |= {(node(old), replaced, node(new), graph) for old, new in linked.replaced}
    quads |= {(node(iri), node(PREFIXES["owl"] + "sameAs"), node(same), graph) for iri, same in linked.same}
    for iri, name in linked.aliases:
        quads.add((node(iri), node(predicate("altLabel")), words(name, Thing(kind="", name=name).lang), graph))
    return quads
