"""``dataset.ttl``: its numbers are the graph's, its licence is what people say, and nothing in it comes from a clock."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rdflib import DCAT, DCTERMS, OWL, PROV, RDF, VOID, Graph, Literal, URIRef

import kg
from kg.errors import UsageError
from kg.version import __version__

ARTICLES = sorted((Path(__file__).parents[1] / "data" / "articles").glob("*.txt"))[:3]


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    for path in ARTICLES:
        shutil.copy(path, folder)
    kg.build([folder / path.name for path in ARTICLES], folder / "out")
    return folder / "out"


def whole(out: Path) -> tuple[Graph, URIRef]:
    graph = Graph().parse(out / "dataset.ttl")
    (dataset,) = set(graph.subjects(RDF.type, VOID.Dataset)) & set(graph.subjects(RDF.type, DCAT.Dataset))
    return graph, dataset


def test_numbers_are_those_of_the_graph(out: Path) -> None:
    said, dataset = whole(out)
    graph = Graph().parse(out / "graph.ttl")
    numbers = {
        VOID.triples: len(graph), VOID.documents: 3, VOID.distinctSubjects: len(set(graph.subjects())),
        VOID.distinctObjects: len(set(graph.objects())), VOID.properties: len(set(graph.predicates())),
    }  # fmt: skip
    assert {p: int(said.value(dataset, p)) for p in numbers} == numbers
    by_property = {
        said.value(part, VOID.property): int(said.value(part, VOID.triples))
        for part in said.objects(dataset, VOID.propertyPartition)
    }
    assert by_property == {p: len(list(graph.subject_objects(p))) for p in set(graph.predicates())}
    by_class = {
        said.value(part, VOID["class"]): int(said.value(part, VOID.entities))
        for part in said.objects(dataset, VOID.classPartition)
    }
    assert by_class == {c: len(set(graph.subjects(RDF.type, c))) for c in set(graph.objects(None, RDF.type))}


def test_days_are_those_of_the_articles_and_the_software_names_its_version(out: Path) -> None:
    said, dataset = whole(out)
    days = sorted(o.toPython() for o in Graph().parse(out / "graph.ttl").objects(None, DCTERMS.issued))
    period = said.value(dataset, DCTERMS.temporal)
    assert [said.value(period, DCAT[name]).toPython() for name in ("startDate", "endDate")] == [days[0], days[-1]]
    assert said.value(dataset, DCTERMS.modified).toPython() == days[-1]
    tool = said.value(said.value(dataset, PROV.wasGeneratedBy), PROV.wasAssociatedWith)
    assert said.value(tool, OWL.versionInfo) == Literal(__version__) and (tool, RDF.type, PROV.SoftwareAgent) in said
    assert {str(said.value(d, DCTERMS.title)) for d in said.objects(dataset, DCAT.distribution)} <= {
        p.name for p in out.iterdir()
    }


def test_the_same_articles_give_the_same_bytes_and_others_another_name(out: Path, tmp_path: Path) -> None:
    kg.build([out.parent / path.name for path in reversed(ARTICLES)], tmp_path / "again")
    assert (tmp_path / "again" / "dataset.ttl").read_bytes() == (out / "dataset.ttl").read_bytes()
    kg.build([out.parent / ARTICLES[0].name], tmp_path / "fewer")
    assert whole(tmp_path / "fewer")[1] != whole(out)[1]


def test_what_people_say_of_it_is_taken_up(out: Path) -> None:
    path = out / "dataset.toml"
    path.write_text(
        'title = "물길 그래프"\nlicense = "https://creativecommons.org/licenses/by/4.0/"\ncreator = "물길 모임"\n',
        encoding="utf-8",
    )
    kg.build([out.parent / one.name for one in ARTICLES], out)
    said, dataset = whole(out)
    assert said.value(dataset, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert [said.value(dataset, DCTERMS[name]) for name in ("title", "creator")] == [Literal("물길 그래프"), Literal("물길 모임")]
    assert said.value(dataset, DCTERMS.rights) is None and path.is_file()


@pytest.mark.parametrize(
    ("text", "why"),
    [('licence = "x"', "allowed: title, description, license"), ("title = 3", "allowed: words"), ("title =", "cannot be read")],
)
def test_a_slip_in_it_is_named(tmp_path: Path, text: str, why: str) -> None:
    from kg.graph.dataset import said

    (tmp_path / "dataset.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=why):
        said(tmp_path)
