"""The names that code uses for terms: ``PRESS`` is closed (a misspelt term fails at once), ``ID`` and ``ARTICLE`` are open.

``ontology/press.ttl`` says what the terms mean; a test holds both to the same list.
"""
from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD, Namespace, URIRef
from rdflib.namespace import DefinedNamespace

from kg.knowledge.resources import resource

ID = Namespace("https://w3id.org/presskg/id/")
ARTICLE = Namespace("https://w3id.org/presskg/id/article/")
ASSERTION = Namespace("https://w3id.org/presskg/id/assertion/")
SCHEMA = Namespace("https://schema.org/")
ONTOLOGY = URIRef("https://w3id.org/presskg/ontology")
GAZETTEER_GRAPH = URIRef("https://w3id.org/presskg/id/graph/gazetteer")
EVIDENCE_GRAPH = URIRef("https://w3id.org/presskg/id/graph/evidence")


class PRESS(DefinedNamespace):
    """The PressKG ontology's terms.

    >>> PRESS.coHosted
    rdflib.term.URIRef('https://w3id.org/presskg/ontology#coHosted')
    >>> PRESS.cohosted
    Traceback (most recent call last):
    AttributeError: term 'cohosted' not in namespace 'https://w3id.org/presskg/ontology#'
    """

    _fail = True
    _NS = Namespace("https://w3id.org/presskg/ontology#")

    # Classes
    Article: URIRef
    Event: URIRef
    Seminar: URIRef
    Forum: URIRef
    Conference: URIRef
    Meeting: URIRef
    Briefing: URIRef
    Training: URIRef
    Ceremony: URIRef
    Exhibition: URIRef
    Competition: URIRef
    Campaign: URIRef
    Agreement: URIRef
    Agent: URIRef
    Person: URIRef
    Organization: URIRef
    GovernmentBody: URIRef
    LocalGovernment: URIRef
    PublicInstitution: URIRef
    InternationalOrganization: URIRef
    University: URIRef
    ResearchInstitute: URIRef
    Company: URIRef
    Association: URIRef
    School: URIRef
    Media: URIRef
    OrganizationalUnit: URIRef
    Country: URIRef
    Place: URIRef
    City: URIRef
    Region: URIRef
    Venue: URIRef
    Presentation: URIRef
    Case: URIRef
    Quotation: URIRef
    Topic: URIRef
    System: URIRef
    Award: URIRef
    Affiliation: URIRef
    Assertion: URIRef

    # Who did what
    hosted: URIRef
    hostedBy: URIRef
    coHosted: URIRef
    organized: URIRef
    sponsored: URIRef
    sponsoredBy: URIRef
    signed: URIRef
    participatedIn: URIRef
    attendedBy: URIRef
    chaired: URIRef
    presented: URIRef
    presentedAt: URIRef
    awarded: URIRef
    said: URIRef
    text: URIRef

    # People and organizations
    affiliatedWith: URIRef
    heads: URIRef
    jobTitle: URIRef
    member: URIRef
    organization: URIRef
    role: URIRef
    asOf: URIRef
    partOf: URIRef
    foundedBy: URIRef
    foundedIn: URIRef
    foundingYear: URIRef
    memberCountryCount: URIRef
    memberOrganizationCount: URIRef
    region: URIRef

    # When, where and how
    startDate: URIRef
    endDate: URIRef
    venue: URIRef
    city: URIRef
    mode: URIRef
    edition: URIRef
    attendeeCount: URIRef
    topic: URIRef
    discussed: URIRef
    purpose: URIRef
    previousEvent: URIRef
    series: URIRef
    status: URIRef
    factuality: URIRef
    reportedBy: URIRef

    # Places and systems
    capitalOf: URIRef
    locatedIn: URIRef
    isoCode: URIRef
    hasFeature: URIRef
    phase: URIRef
    serviceStart: URIRef
    intendedUser: URIRef

    # Articles
    mentions: URIRef
    subtitle: URIRef
    photoCredit: URIRef
    possiblySameAs: URIRef

    # Evidence
    article: URIRef
    evidence: URIRef
    field: URIRef
    start: URIRef
    end: URIRef
    sentenceStart: URIRef
    sentenceEnd: URIRef
    confidence: URIRef
    extractor: URIRef
    recovered: URIRef


# Every serializer binds these and no others, so that files are alike whoever writes them.
PREFIXES = MappingProxyType({
    "press": str(PRESS._NS), "id": str(ID), "article": str(ARTICLE), "assertion": str(ASSERTION),
    "dcterms": str(DCTERMS._NS), "foaf": str(FOAF._NS), "org": str(ORG._NS), "owl": str(OWL._NS), "prov": str(PROV._NS),
    "rdf": str(RDF._NS), "rdfs": str(RDFS._NS), "schema": str(SCHEMA), "skos": str(SKOS._NS), "xsd": str(XSD._NS),
})


@lru_cache(maxsize=1)
def korean_labels() -> Mapping[str, str]:
    """The Korean label of every term of the ontology, by IRI.

    >>> korean_labels()[str(PRESS.coHosted)]
    '공동 개최'
    """
    from rdflib import Graph

    graph = Graph().parse(resource("ontology", "press.ttl"))
    return {str(s): str(o) for s, o in graph.subject_objects(RDFS.label) if o.language == "ko"}
