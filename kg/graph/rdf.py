"""Facts as RDF; ``kg.graph.mint`` gives the IRIs."""
from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.model import STATED, Article, Evidence, Fact, Thing
from kg.read.contacts import masked
from kg.graph.mint import article_iri, mint
from kg.knowledge.schema import schema
from kg.knowledge.vocab import GAZETTEER_GRAPH, PREFIXES, PRESS

if TYPE_CHECKING:
    from kg.graph.linked import Linked

BY_ORDINAL, BY_YEAR = "series.ordinal", "series.year"  # rules over articles: one end may be nothing that the article speaks of
_BEYOND = GAZETTEER_GRAPH  # the graph of what no single article says
_WIKIDATA = "http://www.wikidata.org/entity/"



def _terms():
    import pyoxigraph as ox

    return ox


def _words(text: str, language: str | None = None):
    """A literal of words, in Unicode's form NFC: headlines write 李 with compatibility ideographs now and then."""
    return _terms().Literal(unicodedata.normalize("NFC", text), language=language)


def _value(value, relation: str):
    """A literal for a day, a number, a year or words."""
    ox = _terms()
    xsd = PREFIXES["xsd"]
    if isinstance(value, dt.date):
        return ox.Literal(value.isoformat(), datatype=ox.NamedNode(xsd + "date"))
    if relation == "foundingYear":
        return ox.Literal(f"{value:04}", datatype=ox.NamedNode(xsd + "gYear"))
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=ox.NamedNode(xsd + "integer"))
    if relation == "serviceStart":
        return ox.Literal(value, datatype=ox.NamedNode(xsd + {4: "gYear", 7: "gYearMonth"}.get(len(value), "date")))
    return _words(value)


def _label(thing: Thing):
    ox = _terms()
    name = unicodedata.normalize("NFC", " ".join(thing.name.split()))
    return ox.Literal(name if thing.kind != "Quotation" or len(name) <= 60 else name[:59] + "…", language=thing.lang)


def predicate(relation: str) -> str:
    """The IRI of a relation by its local name."""
    return PREFIXES["skos"] + "altLabel" if relation == "altLabel" else str(PRESS[relation])


def stated(fact: Fact) -> bool:
    """Whether a fact goes into the graph: an article asserts it, or says that it is planned."""
    return any(e.status in STATED for e in fact.evidence)


def object_term(fact: Fact):
    ox = _terms()
    if isinstance(fact.object, Thing):
        return ox.NamedNode(mint(fact.object))
    if fact.relation == "altLabel":
        return _words(fact.object, Thing(kind="", name=fact.object).lang)
    return _value(fact.object, fact.relation)


def graph_quads(facts: Iterable[Fact], articles: Iterable[Article], names: Mapping[str, str] = MappingProxyType({})) -> set:
    """Every quad of ``graph.nq``: each article's statements, types and labels in its own graph; the gazetteer's in one of its own.

    ``names`` are labels that people gave, by IRI.
    """
    ox = _terms()
    node, a = ox.NamedNode, ox.NamedNode(PREFIXES["rdf"] + "type")
    labels = [node(PREFIXES["skos"] + "prefLabel"), node(PREFIXES["rdfs"] + "label")]
    quads: set = set()
    described: set[tuple[Thing, str]] = set()
    dated: set[Thing] = set()
    for fact in facts:
        if not stated(fact):
            continue
        subject, object_ = node(mint(fact.subject)), object_term(fact)
        if fact.relation == "startDate":
            dated.add(fact.subject)
        rules: dict[str, set[str]] = {}
        for e in fact.evidence:
            if e.status in STATED:
                rules.setdefault(e.article, set()).add(e.rule)
        for article in sorted(rules):
            graph = node(article_iri(article))
            quads.add(ox.Quad(subject, node(predicate(fact.relation)), object_, graph))
            for thing in () if rules[article] <= {BY_ORDINAL, BY_YEAR} else (fact.subject, fact.object):
                if not isinstance(thing, Thing) or (thing, article) in described:
                    continue
                described.add((thing, article))
                iri = node(mint(thing))
                quads.add(ox.Quad(iri, a, node(str(PRESS[thing.kind])), graph))
                label = _label(thing if iri.value not in names else replace(thing, name=names[iri.value]))
                quads.update(ox.Quad(iri, p, label, graph) for p in labels)
                quads.add(ox.Quad(graph, node(str(PRESS.mentions)), iri, graph))
                if thing.kind == "Quotation":
                    quads.add(ox.Quad(iri, node(str(PRESS.text)), _words(thing.name), graph))
    articles = list(articles)
    quads.update(_reported(described, dated, articles))
    for article in articles:
        quads.update(_article_quads(article))
    return quads


def _reported(described: Iterable[tuple[Thing, str]], dated: Iterable[Thing], articles: Iterable[Article]) -> Iterator:
    """For events without a day the day of the first article that tells of them, in that article's graph."""
    ox = _terms()
    days = {article.identifier: article.date for article in articles if isinstance(article.date, dt.date)}
    first: dict[Thing, tuple[dt.date, str]] = {}
    for thing, article in described:
        if article in days and schema().is_a(thing.kind, "Event"):
            first[thing] = min(first.get(thing, (days[article], article)), (days[article], article))
    for thing in first.keys() - set(dated):
        day, article = first[thing]
        yield ox.Quad(ox.NamedNode(mint(thing)), ox.NamedNode(str(PRESS.reportedOn)), _value(day, ""), ox.NamedNode(article_iri(article)))


def _article_quads(article: Article) -> Iterator:
    ox = _terms()
    node, dcterms = ox.NamedNode, PREFIXES["dcterms"]
    iri = node(article_iri(article.identifier))
    title = Thing(kind="Article", name=masked(article.title))

    def quad(p, o):
        return ox.Quad(iri, node(p), o, iri)

    yield quad(PREFIXES["rdf"] + "type", node(str(PRESS.Article)))
    yield quad(dcterms + "identifier", _words(article.identifier))
    for p in (dcterms + "title", PREFIXES["skos"] + "prefLabel", PREFIXES["rdfs"] + "label"):
        yield quad(p, _words(title.name, title.lang))
    if article.date is not None:
        yield quad(dcterms + "issued", _value(article.date, ""))
    if article.publisher:
        yield quad(dcterms + "publisher", _words(masked(article.publisher)))
    if article.url:
        yield quad(dcterms + "source", _words(article.url))
    for region in article.regions:
        if region.role not in ("subtitle", "credit"):
            continue
        words = masked(" ".join(article.raw(region.span).split()).strip("- "))
        if region.role == "subtitle" and words:
            yield quad(str(PRESS.subtitle), _words(words))
        elif region.role == "credit" and words:
            yield quad(str(PRESS.photoCredit), _words(words))


def gazetteer_quads(facts: Iterable[Fact], gazetteer) -> set:
    """What the gazetteer adds to the things of a graph: ISO codes and links to Wikidata."""
    ox = _terms()
    node = ox.NamedNode
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
            if entry.place_cls and thing.kind != entry.place_cls:
                continue  # codes and links of a province or a city are those of the place, not of its government
            iri = node(mint(thing))
            if entry.iso:
                quads.add(ox.Quad(iri, node(str(PRESS.isoCode)), ox.Literal(entry.iso), graph))
            if entry.wikidata:
                quads.add(ox.Quad(iri, node(PREFIXES["owl"] + "sameAs"), node(_WIKIDATA + entry.wikidata), graph))
    return quads


def assertion(iri: str, fact: Fact, e: Evidence, articles: Mapping[str, Article]) -> list:
    """The triples of one assertion, the type first, then by predicate: one stretch of words that says a statement."""
    ox, word = _terms(), _terms().Literal
    node, named, integer, decimal = ox.NamedNode, _named, _named(PREFIXES["xsd"] + "integer"), _named(PREFIXES["xsd"] + "decimal")
    press, rdf = PREFIXES["press"], PREFIXES["rdf"]
    rows = [
        (press + "article", node(article_iri(e.article))),
        (press + "confidence", word(f"{e.confidence:.3f}", datatype=decimal)),
        (press + "end", word(str(e.span.end), datatype=integer)),
        (press + "evidence", word(articles[e.article].raw(e.span))),
        (press + "extractor", word(e.rule)),
        (press + "factuality", word(e.status)),
        (press + "field", word(e.span.field)),
        (press + "sentenceEnd", word(str(e.sentence.end), datatype=integer)),
        (press + "sentenceStart", word(str(e.sentence.start), datatype=integer)),
        (press + "start", word(str(e.span.start), datatype=integer)),
        (rdf + "object", object_term(fact)),
        (rdf + "predicate", named(predicate(fact.relation))),
        (rdf + "subject", node(mint(fact.subject))),
    ]
    if e.source:
        rows.append((press + "reportedBy", word(unicodedata.normalize("NFC", e.source))))
    if e.recovered:
        rows.append((press + "recovered", word("true", datatype=named(PREFIXES["xsd"] + "boolean"))))
    subject = node(iri)
    first = ox.Triple(subject, named(rdf + "type"), named(press + "Assertion"))
    return [first, *(ox.Triple(subject, named(p), o) for p, o in sorted(rows, key=itemgetter(0)))]


@lru_cache(maxsize=1024)
def _named(iri: str):
    """A term of a vocabulary, made once."""
    return _terms().NamedNode(iri)


def described(facts: Iterable[Fact]) -> dict[str, list]:
    """Class and names, by IRI, of the things that only words which assert nothing speak of: evidence alone knows them."""
    ox = _terms()
    node, a = ox.NamedNode, ox.NamedNode(PREFIXES["rdf"] + "type")
    facts = tuple(facts)
    known = {t for f in facts if stated(f) for t in (f.subject, f.object)}
    things = {t for f in facts for t in (f.subject, f.object) if isinstance(t, Thing) and t not in known}
    labels = [node(PREFIXES["skos"] + "prefLabel"), node(PREFIXES["rdfs"] + "label")]
    return {mint(t): [ox.Triple(node(mint(t)), a, node(str(PRESS[t.kind]))), *(ox.Triple(node(mint(t)), p, _label(t)) for p in sorted(labels, key=str))]
            for t in sorted(things, key=lambda t: (t.kind, t.name, t.scope))}


def beyond_quads(linked: "Linked") -> set:
    """What no single article says: possible identity, replaced IRIs, and names that people gave."""
    ox = _terms()
    node, graph = ox.NamedNode, ox.NamedNode(str(_BEYOND))
    possibly, replaced = node(str(PRESS.possiblySameAs)), node(PREFIXES["dcterms"] + "isReplacedBy")
    quads = {ox.Quad(node(mint(a)), possibly, node(mint(b)), graph) for a, b in linked.possibly}
    quads |= {ox.Quad(node(old), replaced, node(new), graph) for old, new in linked.replaced}
    quads |= {ox.Quad(node(iri), node(PREFIXES["owl"] + "sameAs"), node(same), graph) for iri, same in linked.same}
    for iri, name in linked.aliases:
        quads.add(ox.Quad(node(iri), node(predicate("altLabel")), _words(name, Thing(kind="", name=name).lang), graph))
    return quads
