"""What is denied, reported or called off: its cues are checked when they are loaded, and it comes out only where it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_table import outcome

import kg
from kg.errors import KnowledgeError, UsageError
from kg.graph.export import exported
from kg.knowledge.factuality import load_factuality
from kg.knowledge.resources import resource

CUES = resource("data", "lexicon", "factuality.toml")
RELATIONS = frozenset(
    "hosted coHosted organized sponsored participatedIn chaired presentedAt startDate endDate venue city mode attendeeCount signed "
    "edition awarded affiliatedWith heads jobTitle altLabel partOf memberOf locatedIn capitalOf".split()
)


@pytest.mark.parametrize(
    ("old", "new", "key", "value"),
    [
        ('category = "denied"', 'category = "negated"', "category", "negated"),
        ('after = "told"', 'after = "spoken"', "after", "spoken"),
        ('id = "seems"', 'id = "chance"', "cue.id", "chance"),
        ('id = "seems"', 'id = "seems"\nspan = 3', "cue seems", "span"),
        ('kinds = "press:Media"', 'kinds = "press:Paper"', "sources.kinds", "Paper"),
        ('standing = "affiliatedWith', 'standing = "worksFor', "standing", "worksFor"),
        ("long = 45", "wide = 45", "sections", "wide"),
    ],
)
def test_a_mistake_in_the_cues_is_named(tmp_path: Path, old: str, new: str, key: str, value: str) -> None:
    text = CUES.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "factuality.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_factuality(path, RELATIONS, frozenset({"Media"}))
    assert key in caught.value.key and str(caught.value.value) == value and str(path) in str(caught.value)


DENYING = """[설명] 상생 포럼 보도 관련
1. 기사내용
□ 가온일보는 강릉시가 지난 5일 강릉시청에서 상생 포럼을 비공개로 개최했다고 보도
2. 강릉시 입장
□ 강릉시는 상생 포럼을 개최한 사실이 없습니다.
□ 강릉시는 오는 20일 물길 설명회를 개최할 예정입니다.
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    folder = tmp_path_factory.mktemp("denying")
    (folder / "release.txt").write_text(DENYING, encoding="utf-8")
    return kg.build(folder / "release.txt", folder / "out", view=False)


def _hosted(graph: kg.Graph, **options) -> set[str]:
    question = "SELECT ?name WHERE { ?body press:hosted|press:coHosted ?event . ?event skos:prefLabel ?name }"
    return {row[0].value for row in graph.query(question, **options).rows}


def test_a_denied_event_comes_only_on_demand(graph: kg.Graph) -> None:
    assert _hosted(graph) == {"물길 설명회"}
    assert _hosted(graph, factuality=["denied"]) == _hosted(graph, factuality=["all"]) == {"물길 설명회", "상생 포럼"}


def test_an_export_holds_it_only_on_demand(graph: kg.Graph) -> None:
    for form in ("turtle", "n-quads", "trig", "json-ld", "graphml", "gexf", "csv"):
        plain, more = (_texts(graph, form, wanted) for wanted in ((), ("all",)))
        assert not any("상생 포럼</" in text or '"상생 포럼"' in text for text in plain), form
        assert any("상생 포럼" in text for text in more), form


def _texts(graph: kg.Graph, form: str, wanted: tuple[str, ...]) -> list[str]:
    return [text if isinstance(text, str) else text.decode() for _, text in exported(graph.out, form, wanted)]


def test_an_unknown_factuality_is_refused(graph: kg.Graph) -> None:
    with pytest.raises(UsageError, match="'maybe' is not known; allowed: reported, doubted"):
        _hosted(graph, factuality=["maybe"])


def test_explain_shows_who_says_so_and_that_it_is_denied(graph: kg.Graph) -> None:
    lines = "\n".join(graph.explain("상생 포럼").lines())
    assert "denied" in lines and "[not in the graph]" in lines


def test_who_reports_stands_with_the_words(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text("소식\n가온일보는 강릉시가 5일 상생 포럼을 개최했다고 보도했다.\n", encoding="utf-8")
    graph = kg.build(tmp_path / "news.txt", tmp_path / "out", view=False)
    assert 'press:reportedBy "가온일보"' in (graph.out / "evidence.ttl").read_text(encoding="utf-8")
    assert graph.check().conforms


def test_what_stands_in_a_denying_release() -> None:
    import datetime as dt

    rows, _ = outcome(DENYING, dt.date(2024, 3, 13))
    assert {made for s, relation, o, made in rows if relation == "hosted" and "상생포럼" in o} <= {
        frozenset({"denied"}),
        frozenset({"denied", "reported"}),
    }
