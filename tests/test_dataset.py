"""``dataset.ttl``: its numbers are the graph's, its licence is what people say, catalogues can take it, and nothing in it comes from a clock."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from rdflib import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SH, VOID, Graph, Literal, URIRef

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
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert said.value(dataset, DCTERMS.title) == Literal("물길 그래프")
    assert said.value(said.value(dataset, DCTERMS.creator), FOAF.name) == Literal("물길 모임")
    assert {said.value(one, DCTERMS.license) for one in (dataset, *said.objects(dataset, DCAT.distribution))} == {licence}
    assert not list(said.subject_objects(DCTERMS.rights)) and path.is_file() and catalogued(said) == []


def test_without_a_licence_it_says_that_there_is_none(out: Path) -> None:
    from kg.graph.dataset import described

    for given in ({}, {"license": "출처를 밝히면 쓸 수 있음"}):
        rows = described("0", kg_counts(out), [], given, dict.fromkeys(("graph.ttl", "graph.nq", "evidence.ttl"), 1))
        said = Graph().parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in rows), format="nt")
        found = {o for p in (DCTERMS.license, DCTERMS.rights) for o in said.objects(None, p)}
        (terms,) = found
        (kind,) = said.objects(terms, RDF.type)
        words = {str(o) for o in said.objects(terms, RDFS.label)}
        assert kind == (DCTERMS.LicenseDocument if given else DCTERMS.RightsStatement)
        assert words == set(given.values()) if given else any("no licence" in one for one in words)


def kg_counts(out: Path):
    from kg.graph.dataset import counted

    return counted([(s.n3(), p.n3(), o.n3()) for s, p, o in Graph().parse(out / "graph.ttl")])


def catalogued(said: Graph) -> list[str]:
    """What catalogues would find missing or wrong in a description."""
    import pyshacl

    shapes = Graph().parse(Path(__file__).parent / "fixtures" / "dcat.shapes.ttl")
    _, found, _ = pyshacl.validate(said, shacl_graph=shapes)
    return sorted(
        f"{found.value(one, SH.focusNode)} {found.value(one, SH.resultPath)}" for one in found.subjects(SH.resultSeverity)
    )


def test_catalogues_can_take_it(out: Path) -> None:
    said, _ = whole(out)
    assert catalogued(said) == []


@pytest.mark.parametrize(
    ("at", "path"),
    [
        (DCAT.Distribution, DCAT.accessURL),
        (DCAT.Dataset, DCTERMS.description),
        (DCAT.Dataset, DCAT.distribution),
        (DCAT.Dataset, PROV.wasGeneratedBy),
        (PROV.Activity, PROV.wasAssociatedWith),
        (PROV.SoftwareAgent, OWL.versionInfo),
        (VOID.Linkset, VOID.objectsTarget),
    ],
)
def test_what_is_missing_is_found(out: Path, at: URIRef, path: URIRef) -> None:
    said, _ = whole(out)
    for node in list(said.subjects(RDF.type, at)):
        said.remove((node, path, None))
    assert catalogued(said)


def test_an_address_of_access_stands_on_files_and_not_on_the_dataset(out: Path) -> None:
    said, dataset = whole(out)
    said.add((dataset, DCAT.accessURL, URIRef("https://example.org/")))
    assert catalogued(said)


def test_files_are_named_beside_the_description_or_where_people_say(out: Path, tmp_path: Path) -> None:
    said, dataset = whole(out)
    files = {str(said.value(one, DCTERMS.title)): one for one in said.objects(dataset, DCAT.distribution)}
    for name, one in files.items():
        assert said.value(one, DCAT.downloadURL) == URIRef((out / name).as_uri())
        assert int(said.value(one, DCAT.byteSize)) == (out / name).stat().st_size
    kg.build([out.parent / ARTICLES[0].name], tmp_path / "out")
    (tmp_path / "out" / "dataset.toml").write_text('address = "https://example.org/mulgil/"\n', encoding="utf-8")
    kg.build([out.parent / ARTICLES[0].name], tmp_path / "out")
    said, dataset = whole(tmp_path / "out")
    assert set(said.objects(dataset, VOID.dataDump)) == {URIRef(f"https://example.org/mulgil/{name}") for name in files}


def test_the_articles_are_told_by_publisher(out: Path) -> None:
    said, dataset = whole(out)
    graph = Graph().parse(out / "graph.ttl")
    wrote = Counter(str(o) for o in graph.objects(None, DCTERMS.publisher))
    told = {
        str(said.value(said.value(one, DCTERMS.publisher), FOAF.name)): int(said.value(one, VOID.documents))
        for one in said.objects(dataset, PROV.wasDerivedFrom)
    }
    assert told == wrote and told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('address = "물길"', "allowed: an address"),
        ('address = "https://example.org/mulgil"', "ends with /"),
        ('licence = "x"', "allowed: title, description, license"),
        ("title = 3", "allowed: words"),
        ("title =", "cannot be read"),
    ],
)
def test_a_slip_in_it_is_named(tmp_path: Path, text: str, why: str) -> None:
    from kg.graph.stated import said

    (tmp_path / "dataset.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=why):
        said(tmp_path)
