"""The ontology is OWL 2 DL: HermiT finds it and the graphs under it consistent, and it has none of a list of known pitfalls."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef

from kg.knowledge.declared import BEGIN, END, by_hand, ontology_text
from kg.knowledge.resources import resource
from kg.knowledge.vocab import ID, ONTOLOGY, PRESS

OUT = Path(__file__).parent / "fixtures" / "out"
_ASKABLE = shutil.which("java") and importlib.util.find_spec("owlready2")
needs_java = pytest.mark.skipif(not _ASKABLE, reason="HermiT needs Java and owlready2, and this machine lacks one")


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(resource("ontology", "press.ttl"))


@pytest.fixture(scope="module")
def own(ontology: Graph) -> list[URIRef]:
    return [PRESS[name] for name in PRESS]


def reasoned(graph: Graph, folder: Path, **settings: object) -> list:
    """The classes that HermiT finds empty; it fails where the whole is inconsistent or holds what OWL 2 has not."""
    import owlready2

    graph.serialize(folder / "whole.nt", format="nt", encoding="utf-8")
    world = owlready2.World()
    with world.get_ontology((folder / "whole.nt").as_uri()).load():
        owlready2.sync_reasoner_hermit(world, debug=0, **settings)
    return [cls for cls in world.inconsistent_classes() if cls is not owlready2.Nothing]


@needs_java
def test_no_class_of_the_ontology_is_empty(ontology: Graph, tmp_path: Path) -> None:
    assert reasoned(ontology, tmp_path) == []


@needs_java
def test_a_graph_is_consistent_with_the_ontology(ontology: Graph, tmp_path: Path) -> None:
    # values are days (xsd:date), which HermiT knows only how to leave aside
    whole = ontology + Graph().parse(OUT / "graph.ttl")
    assert reasoned(whole, tmp_path, ignore_unsupported_datatypes=True) == []


@pytest.fixture(scope="module")
def samples(tmp_path_factory) -> Path:
    """All sample articles, built."""
    import kg

    out = tmp_path_factory.mktemp("owl") / "out"
    kg.build([Path(__file__).parents[1] / "data" / "articles"], out)
    return out


@needs_java
def test_the_samples_and_what_follows_elsewhere_are_consistent_with_the_ontology(
    ontology: Graph, samples: Path, tmp_path: Path
) -> None:
    from kg.graph.export import exported

    [(_, text)] = exported(samples, "aligned")
    found = ontology + Graph().parse(data=text, format="turtle")
    assert len(found) > 9000 and reasoned(found, tmp_path, ignore_unsupported_datatypes=True) == []


def test_nothing_in_the_samples_is_unknown_to_the_ontology(ontology: Graph, samples: Path) -> None:
    graph = Graph().parse(samples / "graph.ttl") + Graph().parse(samples / "evidence.ttl")
    base = str(PRESS._NS)
    kinds = {o for o in graph.objects(None, RDF.type) if str(o).startswith(base)}
    used = {p for p in graph.predicates() if str(p).startswith(base)}
    classes, properties = (
        set(ontology.subjects(RDF.type, OWL.Class)),
        set(ontology.subjects(RDFS.isDefinedBy, ONTOLOGY)) - set(ontology.subjects(RDF.type, OWL.Class)),
    )
    assert kinds and used and kinds <= classes and used <= properties
    deprecated = set(ontology.subjects(OWL.deprecated, None))
    assert not deprecated & (kinds | used)
    inverse_only = {PRESS.hostedBy, PRESS.sponsoredBy, PRESS.attendedBy}
    assert not inverse_only & used


def test_the_samples_fit_the_shapes(samples: Path) -> None:
    from kg.graph.check import check

    assert list(check(samples).lines())[:1] and check(samples).conforms


@needs_java
@pytest.mark.parametrize(
    "wrong",
    [
        (ID["가"], RDF.type, PRESS.Seminar, ID["가"], RDF.type, PRESS.University),  # what a thing cannot be together
        (ID["가"], PRESS.said, ID["나"], ID["가"], RDF.type, PRESS.Organization),  # only people speak
        (ID["가"], PRESS.edition, Literal("4"), ID["가"], RDF.type, PRESS.Forum),  # words are no number
    ],
    ids=["disjoint", "domain", "datatype"],
)
def test_what_contradicts_is_found(ontology: Graph, tmp_path: Path, wrong: tuple) -> None:
    import owlready2

    whole = ontology + Graph()
    whole.add(wrong[:3])
    whole.add(wrong[3:])
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reasoned(whole, tmp_path, ignore_unsupported_datatypes=True)


# The datatypes of OWL 2 (section 4 of its structural specification) that the ontology may use.
OWL2_TYPES = {RDFS.Literal} | {
    XSD[name] for name in "string boolean decimal integer nonNegativeInteger double float anyURI dateTime dateTimeStamp".split()
}


def test_ranges_are_datatypes_of_owl_2(ontology: Graph) -> None:
    used = {o for p in (RDFS.range, OWL.onDatatype, OWL.onDataRange) for o in ontology.objects(None, p) if "XMLSchema" in str(o)}
    assert used and used <= OWL2_TYPES
    literals = {o.datatype for o in ontology.objects() if isinstance(o, Literal) and o.datatype}
    assert literals <= OWL2_TYPES


def test_every_property_is_of_one_kind_and_none_is_bare(ontology: Graph) -> None:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    assert not set(ontology.subjects(RDF.type, RDF.Property))
    for term in {s for kind in kinds for s in ontology.subjects(RDF.type, kind)}:
        assert len([kind for kind in kinds if (term, RDF.type, kind) in ontology]) == 1, term
        assert (term, RDF.type, OWL.Class) not in ontology, term


def test_nothing_is_said_of_reserved_terms(ontology: Graph) -> None:
    reserved = (str(RDF), str(RDFS), str(OWL), str(XSD))
    assert not [s for s in ontology.subjects() if str(s).startswith(reserved)]
    logical = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, OWL.inverseOf, OWL.disjointWith)
    used = {o for p in logical for o in ontology.objects(None, p) if str(o).startswith(reserved)}
    assert not used


def test_terms_of_others_are_declared(ontology: Graph) -> None:
    places = (RDFS.subClassOf, RDFS.subPropertyOf, OWL.inverseOf, OWL.onProperty)
    for predicate in places:
        for term in ontology.objects(None, predicate):
            assert isinstance(term, BNode) or list(ontology.objects(term, RDF.type)), term
    for predicate in set(ontology.predicates()):
        if not str(predicate).startswith((str(RDF), str(RDFS), str(OWL))):
            assert (predicate, RDF.type, OWL.AnnotationProperty) in ontology, predicate


def test_header_says_which_version_this_is(ontology: Graph) -> None:
    said = ontology.value(ONTOLOGY, OWL.versionInfo)
    assert ontology.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{said}")
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.creator, OWL.priorVersion):
        assert ontology.value(ONTOLOGY, predicate), predicate


def test_shapes_say_which_version_of_the_ontology_they_are_for(ontology: Graph) -> None:
    shapes = Graph().parse(resource("ontology", "shapes.ttl"))
    (header,) = shapes.subjects(RDF.type, OWL.Ontology)
    version = ontology.value(ONTOLOGY, OWL.versionInfo)
    assert shapes.value(header, OWL.versionInfo) == version
    assert shapes.value(header, OWL.versionIRI) == URIRef(f"{header}/{version}")
    assert shapes.value(header, DCTERMS.requires) == ontology.value(ONTOLOGY, OWL.versionIRI)


def test_every_term_says_where_it_is_defined_and_is_commented_in_both_languages(ontology: Graph, own: list) -> None:
    for term in own:
        assert list(ontology.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY], term
        assert sorted(o.language for o in ontology.objects(term, RDFS.comment)) == ["en", "ko"], term


def test_every_term_has_an_example_in_both_languages_with_its_own_words(ontology: Graph, own: list) -> None:
    for term in own:
        shown = {o.language: str(o) for o in ontology.objects(term, SKOS.example)}
        assert shown.keys() == {"ko", "en"} and re.search("[가-힣0-9]|text|chaired|DK", shown["ko"]) and shown["en"].strip(), term


MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)


def outer(graph: Graph, term: object) -> set:
    """What a term is said to be under or like in other vocabularies; through its own broader terms and inverses as well."""
    found, queue, seen = set(), [term], set()
    while queue:
        here = queue.pop()
        if here in seen:
            continue
        seen.add(here)
        inverse = {*graph.objects(here, OWL.inverseOf), *graph.subjects(OWL.inverseOf, here)}
        for other in {o for p in (RDFS.subClassOf, RDFS.subPropertyOf, *MATCHES) for o in graph.objects(here, p)} | inverse:
            if isinstance(other, BNode) or str(other).startswith(str(PRESS._NS)):
                queue.append(other)
            else:
                found.add(other)
    return found


def test_every_term_is_aligned(ontology: Graph, own: list) -> None:
    assert own and not [term for term in own if not outer(ontology, term)]


def test_class_trees_have_no_circles_and_no_lone_ends(ontology: Graph, own: list) -> None:
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term in own:
            above = {up for parent in ontology.objects(term, predicate) for up in ontology.transitive_objects(parent, predicate)}
            assert term not in above, f"{term} is above itself"
    for term in (t for t in own if (t, RDF.type, OWL.Class) in ontology):
        linked = {p for p in (RDFS.subClassOf, OWL.disjointWith) if (term, p, None) in ontology or (None, p, term) in ontology}
        ranged = {s for p in (RDFS.domain, RDFS.range, RDF.first) for s in ontology.subjects(p, term)}
        assert linked or ranged, f"{term} is linked to nothing"


FREE = {"purpose", "possiblySameAs"}  # these may stand on anything


def test_properties_have_a_domain_and_a_range(ontology: Graph, own: list) -> None:
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in (t for t in own if (t, RDF.type, kind) in ontology and str(t).partition("#")[2] not in FREE):
            assert list(ontology.objects(term, RDFS.domain)) and len(list(ontology.objects(term, RDFS.range))) == 1, term
            assert len(list(ontology.objects(term, RDFS.domain))) == 1, f"{term}: several domains are their intersection"


def test_an_inverse_turns_domain_and_range_round(ontology: Graph) -> None:
    for one, other in ontology.subject_objects(OWL.inverseOf):
        if str(one).startswith(str(PRESS._NS)):
            assert one != other and ontology.value(one, RDFS.domain) == ontology.value(other, RDFS.range)
            assert ontology.value(one, RDFS.range) == ontology.value(other, RDFS.domain)


def test_names_follow_one_convention(own: list, ontology: Graph) -> None:
    for term in own:
        is_class = (term, RDF.type, OWL.Class) in ontology
        assert re.fullmatch(r"[A-Z][A-Za-z]+" if is_class else r"[a-z][A-Za-z]+", str(term).partition("#")[2]), term


def test_deprecated_terms_name_their_heirs(ontology: Graph) -> None:
    for term in ontology.subjects(OWL.deprecated, Literal(True)):
        assert ontology.value(term, DCTERMS.isReplacedBy), term


def test_what_is_derived_stands_between_its_marks_and_keeps_what_stands_behind() -> None:
    text = resource("ontology", "press.ttl").read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    more = 'press:wonderedAt a owl:ObjectProperty ;\n    skos:definition "궁금해함"@ko .\n'
    again = ontology_text(f"{text}\n{more}")
    assert more in by_hand(again) and f'press:wonderedAt rdfs:isDefinedBy <{ONTOLOGY}> ; rdfs:comment "궁금해함"@ko .' in again
    assert ontology_text(again) == again
