"""The ontology, its shapes and its context against the contract of terms and against each other."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, XSD, Graph, URIRef
from rdflib.collection import Collection

from kg.knowledge.resources import resource
from kg.knowledge.vocab import ONTOLOGY, PRESS, SCHEMA

BASE = str(PRESS._NS)
FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(resource("ontology", "press.ttl"))


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(resource("ontology", "shapes.ttl"))


def values_of(graph: Graph, term: object) -> set[URIRef]:
    """The datatypes of a property: those that its range includes, for OWL 2 has no dates, or the range."""
    return set(graph.objects(term, SCHEMA.rangeIncludes)) or kinds(graph, graph.value(term, RDFS.range))


def named(graph: Graph) -> set[URIRef]:
    return {s for s in graph.subjects(unique=True) if str(s).startswith(BASE)}


def kinds(graph: Graph, node: object) -> set[URIRef]:
    """A class, or the members of a union of classes."""
    union = graph.value(node, OWL.unionOf)
    return set(Collection(graph, union)) if union else {node} - {None}


def test_code_and_ontology_have_the_same_terms(ontology: Graph) -> None:
    assert {PRESS[name] for name in PRESS} == named(ontology)


def test_a_misspelt_term_fails() -> None:
    with pytest.raises(AttributeError, match="cohosted"):
        PRESS.cohosted  # noqa: B018


def test_every_term_is_labelled_and_defined_in_both_languages(ontology: Graph) -> None:
    for term in named(ontology):
        for predicate in (RDFS.label, SKOS.definition):
            assert sorted(o.language for o in ontology.objects(term, predicate)) == ["en", "ko"], (term, predicate)


def test_korean_labels_are_unique(ontology: Graph) -> None:
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        labels = [
            str(o) for s in ontology.subjects(RDF.type, kind) for o in ontology.objects(s, RDFS.label) if o.language == "ko"
        ]
        assert labels and len(labels) == len(set(labels))


def test_header_has_version_and_licence(ontology: Graph) -> None:
    assert ontology.value(ONTOLOGY, OWL.versionInfo) and ontology.value(ONTOLOGY, DCTERMS.license)


CLASSES = {
    "Event": "Seminar Forum Conference Meeting Briefing Training Ceremony Exhibition Competition Campaign Agreement",
    "Agent": "Person Organization Country",
    "Organization": "GovernmentBody LocalGovernment PublicInstitution InternationalOrganization University ResearchInstitute "
    "Company Association PoliticalParty Club School Media OrganizationalUnit",
    "GovernmentBody": "Legislature",
    "Place": "City Region Venue Country",
}


@pytest.mark.parametrize("parent", CLASSES)
def test_class_tree(ontology: Graph, parent: str) -> None:
    assert set(ontology.subjects(RDFS.subClassOf, PRESS[parent])) == {PRESS[name] for name in CLASSES[parent].split()}


ALIGNED = [
    (PRESS.Article, SCHEMA.NewsArticle),
    (PRESS.Event, SCHEMA.Event),
    (PRESS.Person, SCHEMA.Person),
    (PRESS.Person, FOAF.Person),
    (PRESS.Organization, SCHEMA.Organization),
    (PRESS.Organization, ORG.Organization),
    (PRESS.University, SCHEMA.CollegeOrUniversity),
    (PRESS.GovernmentBody, SCHEMA.GovernmentOrganization),
    (PRESS.Country, SCHEMA.Country),
    (PRESS.Venue, SCHEMA.Place),
    (PRESS.City, SCHEMA.Place),
    (PRESS.Topic, SKOS.Concept),
    (PRESS.Affiliation, ORG.Membership),
    (PRESS.Assertion, PROV.Entity),
    (PRESS.Quotation, SCHEMA.Quotation),
    (PRESS.venue, SCHEMA.location),
    (PRESS.startDate, SCHEMA.startDate),
    (PRESS.affiliatedWith, SCHEMA.affiliation),
    (PRESS.jobTitle, SCHEMA.jobTitle),
    (PRESS.topic, SCHEMA.about),
    (PRESS.partOf, ORG.unitOf),
    (PRESS.partOf, ORG.subOrganizationOf),
    (PRESS.coHosted, PRESS.hosted),
    (PRESS.chaired, PRESS.participatedIn),
    (PRESS.heads, PRESS.affiliatedWith),
]


@pytest.mark.parametrize(("term", "parent"), ALIGNED, ids=lambda term: term.split("/")[-1])
def test_alignment(ontology: Graph, term: URIRef, parent: URIRef) -> None:
    assert (term, RDFS.subClassOf, parent) in ontology or (term, RDFS.subPropertyOf, parent) in ontology


@pytest.mark.parametrize("name", ["asOf", "from", "to"])
def test_affiliations_have_days(ontology: Graph, name: str) -> None:
    assert ontology.value(PRESS[name], RDFS.domain) == PRESS.Affiliation and values_of(ontology, PRESS[name]) == {XSD.date}


@pytest.mark.parametrize(("term", "outer"), [("hosted", "organizer"), ("sponsored", "sponsor"), ("participatedIn", "attendee")])
def test_inverses_are_under_schema_org(ontology: Graph, term: str, outer: str) -> None:
    inverse = ontology.value(PRESS[term], OWL.inverseOf)
    assert (inverse, RDFS.subPropertyOf, SCHEMA[outer]) in ontology


SCORED = """
hosted Agent Event | coHosted Agent Event | organized Agent Event | sponsored Agent Event |
signed Agent Agreement | participatedIn Agent Event | chaired Person Event | presented Agent Presentation+Case |
presentedAt Presentation+Case Event | affiliatedWith Person Organization | heads Person Organization |
jobTitle Person xsd:string | said Person Quotation | startDate Event xsd:date | endDate Event xsd:date |
venue Event Venue | city Event City+Region+Country | edition Event xsd:integer | attendeeCount Event xsd:integer |
topic Event+Presentation Topic | partOf Organization Organization | foundedBy Organization Agent |
foundedIn Organization Place | foundingYear Organization xsd:gYear | memberCountryCount Organization xsd:integer |
memberOrganizationCount Organization xsd:integer | text Quotation xsd:string
"""


def term_of(name: str) -> URIRef:
    return XSD[name.removeprefix("xsd:")] if name.startswith("xsd:") else PRESS[name]


@pytest.mark.parametrize("row", [row.split() for row in SCORED.split("|")], ids=lambda row: row[0])
def test_domain_and_range_of_scored_properties(ontology: Graph, row: list[str]) -> None:
    name, domain, range_ = row
    assert kinds(ontology, ontology.value(PRESS[name], RDFS.domain)) == {term_of(part) for part in domain.split("+")}
    assert values_of(ontology, PRESS[name]) == {term_of(part) for part in range_.split("+")}


def test_properties_have_the_kind_that_their_range_asks_for(ontology: Graph) -> None:
    ranged = [(p, r) for p, r in ontology.subject_objects(RDFS.range) if p in named(ontology)]
    assert len(ranged) > 50
    for term, range_ in ranged:
        literal = range_ == RDFS.Literal or str(range_).startswith(str(XSD)) or (range_, RDF.type, RDFS.Datatype) in ontology
        assert (term, RDF.type, OWL.DatatypeProperty if literal else OWL.ObjectProperty) in ontology, term


def classes_of(shapes: Graph, shape: object) -> set[URIRef]:
    alternatives = shapes.value(shape, SH["or"])
    members = Collection(shapes, alternatives) if alternatives else [shape]
    return {o for member in members for o in shapes.objects(member, SH["class"])}


def test_shapes_and_ontology_agree_on_what_links_what(ontology: Graph, shapes: Graph) -> None:
    compared = set()
    for shape, term in shapes.subject_objects(SH.targetSubjectsOf):
        if not str(term).startswith(BASE):
            continue
        assert term in named(ontology)
        if wanted := classes_of(shapes, shape):
            compared.add(term)
            assert wanted == kinds(ontology, ontology.value(term, RDFS.domain)), term
        for inner in shapes.objects(shape, SH.property):
            assert shapes.value(inner, SH.path) == term
            if wanted := classes_of(shapes, inner):
                assert wanted == kinds(ontology, ontology.value(term, RDFS.range)), term
            for datatype in shapes.objects(inner, SH.datatype):
                assert datatype in values_of(ontology, term), term
    scored = {PRESS[row.split()[0]] for row in SCORED.split("|")} | {PRESS.mode}
    assert scored <= compared


def test_shapes_name_only_known_terms(ontology: Graph, shapes: Graph) -> None:
    used = {
        term
        for triple in shapes
        for term in triple
        if isinstance(term, URIRef) and str(term).startswith(BASE) and str(term) != BASE
    }
    assert len(used) > 60 and used <= named(ontology)


def test_every_message_of_the_shapes_is_in_both_languages(shapes: Graph) -> None:
    holders = set(shapes.subjects(SH.message))
    assert len(holders) > 60
    for holder in holders:
        assert sorted(o.language for o in shapes.objects(holder, SH.message)) == ["en", "ko"]


def test_shapes_are_valid_shacl(ontology: Graph, shapes: Graph) -> None:
    import pyshacl

    data = Graph().parse(FIXTURES / "out" / "graph.ttl")
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes, ont_graph=ontology, meta_shacl=True)
    assert conforms, text


def test_context_holds_every_term_and_expands_it(ontology: Graph) -> None:
    context = json.loads(resource("ontology", "context.jsonld").read_text(encoding="utf-8"))
    for term in named(ontology):
        value = context["@context"][term.removeprefix(BASE)]
        assert (value if isinstance(value, str) else value["@id"]) == f"press:{term.removeprefix(BASE)}"
    document = {
        **context,
        "@id": "id:가",
        "@type": "Forum",
        "startDate": "2023-05-11",
        "edition": 3,
        "prefLabel": {"ko": "가"},
        "venue": "id:나",
    }
    graph = Graph().parse(data=json.dumps(document), format="json-ld")
    assert {p for _, p, _ in graph} == {RDF.type, PRESS.startDate, PRESS.edition, SKOS.prefLabel, PRESS.venue}
    assert {o.datatype for o in graph.objects() if getattr(o, "datatype", None)} == {XSD.date, XSD.integer}


def test_context_coerces_as_the_ontology_ranges(ontology: Graph) -> None:
    context = json.loads(resource("ontology", "context.jsonld").read_text(encoding="utf-8"))["@context"]
    for term in named(ontology):
        value, values = context[term.removeprefix(BASE)], values_of(ontology, term)
        coerced = value.get("@type") if isinstance(value, dict) else None
        if (term, RDF.type, OWL.ObjectProperty) in ontology:
            assert coerced == "@id", term
        elif len(values) == 1 and all(str(value).startswith(str(XSD)) for value in values - {XSD.string}):
            assert coerced == (None if values == {XSD.string} else f"xsd:{next(iter(values)).fragment}"), term
        else:
            assert coerced is None, term


def test_the_small_built_folder_is_what_its_maker_writes() -> None:
    spec = importlib.util.spec_from_file_location("make_out", FIXTURES / "make_out.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    files = maker.files()
    assert len(files) == 9
    for name, text in files.items():
        assert (FIXTURES / "out" / name).read_text(encoding="utf-8") == text, name
