"""The named questions over the graph of the sample articles: the same rows from a folder, an Oxigraph server, a Virtuoso and
rdflib's own engine, with values for their parameters and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Dataset

from kg.ask import remote
from kg.ask.answer import answered
from kg.ask.query import bind, query, questions
from kg.graph import upload
from kg.knowledge.vocab import EVIDENCE_GRAPH
from tests.stores import oxigraph, virtuoso  # noqa: F401

ROOT = Path(__file__).resolve().parents[1]
# By the name of a parameter, and by question where another value is needed: something that the sample articles say.
VALUES = {
    "event": "포럼",
    "organization": "보건복지부",
    "person": "서리하",
    "thing": "섬마을",
    "country": "우즈베키스탄",
    "date": "2024",
    "place": "서울",
    "words": "사례",
    "system": "밀길",
    "topic": "돌봄",
}
OTHERWISE = {
    "agreements": {"organization": "해양수산부"},
    "aliases": {"thing": "목포대"},
    "founding": {"organization": "온누리섬유"},
}
SILENT = "country-cases"  # the sample articles tell of no country's case
CASES = [
    pytest.param(question.name, names, id="-".join((question.name, *names)))
    for question in questions()
    for names in dict.fromkeys(((), *((p.name,) for p in question.parameters), tuple(p.name for p in question.parameters)))
]


@pytest.fixture(scope="module")
def folder(samples: Path) -> Path:
    """The sample articles, built."""
    return samples


@pytest.fixture(scope="module")
def dataset(folder: Path) -> Dataset:
    """The same in rdflib."""
    made = Dataset(default_union=True)
    made.parse(folder / "graph.nq", format="nquads")
    made.graph(EVIDENCE_GRAPH).parse(folder / "evidence.ttl")
    return made


@pytest.fixture(scope="module")
def endpoints(folder: Path, oxigraph: tuple[str, str], virtuoso: tuple[str, str]) -> tuple[str, str]:
    """Where the servers answer, after the folder was loaded into them."""
    upload.upload(folder, oxigraph[0], default=True)
    upload.upload(folder, virtuoso[0])
    return oxigraph[1], virtuoso[1]


def rows(found) -> list[tuple[str, ...]]:
    return sorted(tuple("" if term is None else term.n3() for term in row) for row in found)


@pytest.mark.parametrize(("name", "parameters"), CASES)
def test_every_engine_gives_the_same_rows(
    folder: Path, dataset: Dataset, endpoints: tuple[str, str], name: str, parameters: tuple[str, ...]
) -> None:
    values = {parameter: (VALUES | OTHERWISE.get(name, {}))[parameter] for parameter in parameters}
    [question] = (one for one in questions() if one.name == name)
    answer = query(folder, name, values)
    here = rows(answer.rows), rows(answer.links)
    assert bool(answer.rows) != (name == SILENT)
    result = dataset.query(bind(question, values))
    there = answered(tuple(map(str, result.vars)), map(tuple, result))
    assert (rows(there.rows), rows(there.links)) == here, "rdflib"
    for endpoint in endpoints:
        there = remote.query(endpoint, name, values)
        assert (rows(there.rows), rows(there.links)) == here, endpoint
