"""Asking a built folder: every named question with its answer, parameters, what is refused, and how answers are written."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, SKOS, Dataset, Graph
from rdflib.plugins.sparql import prepareQuery

from kg.ask.answer import LINK, Answer, answered, readable, render
from kg.ask.query import ask, bind, find_question, inspect, parse_question, query, questions
from kg.errors import UsageError
from kg.graph.entail import entailed
from kg.graph.store import compact, load_store
from kg.knowledge.resources import resource
from kg.knowledge.vocab import ENTAILED_GRAPH, EVIDENCE_GRAPH, ID, ONTOLOGY, PREFIXES, PRESS

OUT = Path(__file__).parent / "fixtures" / "out"
PREFIX = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
NAMES = [question.name for question in questions()]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load_store(OUT, evidence=True)


def rows(answer: Answer) -> list[str]:
    """The rows as text, cells parted by bars, as a Korean reader sees them."""
    return [" | ".join(readable(term, korean=True) for term in row) for row in answer.rows]


FORUM, WEEK, PACT = "제3회 맑은물 정책 포럼", "맑은물 실천 주간", "물관리 인재양성 업무협약"
ANSWERS = {
    "co-hosts": ({}, [f"한국수자원공사 | 환경부 | {FORUM} | 2023-05-11"]),
    "country-cases": ({}, [f"노르웨이 | 강 복원 사례 | {FORUM} | 2023-05-11 | 대전컨벤션센터 | "]),
    "speakers": ({"event": "정책 포럼"}, [f"{FORUM} | 2023-05-11 | 윤다온 | 가람대학교 | 교수 | 도시 하천의 회복"]),
    "panel-of": (
        {"event": "포럼"},
        [
            f"{FORUM} | 2023-05-11 | 서한결 | 참여 | 물결연구원 | 원장",
            f"{FORUM} | 2023-05-11 | 윤다온 | 참여 | 가람대학교 | 교수",
        ],
    ),
    "about-organization": (
        {"organization": "충남도"},
        ["충청남도 | 종류 | 지방자치단체", "충청남도 | 다른 이름 | 충남도", f"충청남도 | 개최 | {WEEK}"],
    ),
    "about-person": (
        {"person": "한결"},
        [
            "서한결 | 종류 | 사람",
            "서한결 | 기관장 | 물결연구원",
            "서한결 | 직함 | 원장",
            f"서한결 | 참여 | {FORUM}",
            "서한결 | 말함 | 작은 하천을 살리는 일이 도시를 살리는 일",
        ],
    ),
    "about-event": (
        {"event": "인재양성"},
        [
            f"가람대학교 | 체결 | {PACT}",
            f"{PACT} | 종류 | 업무협약",
            f"{PACT} | 도시 | 서울",
            f"{PACT} | 시작일 | 2023-07-03",
            f"{PACT} | 상태 | held",
            f"한국수자원공사 | 체결 | {PACT}",
        ],
    ),
    "events-by-date-and-place": (
        {"date": "2023-05", "place": "대전"},
        [f"2023-05-11 |  | {FORUM} | 토론회 | 대전컨벤션센터 |  |  | "],
    ),
    "quotes": ({"words": "강의실"}, ["윤다온 | 교수 | 현장과 강의실을 잇겠다 | 물관리 인재양성 업무협약 체결 | 2023-07-04"]),
    "organizations-by-events": ({}, ["한국수자원공사 | 2 | 1", "환경부 | 2 | 1", "충청남도 | 1 | 1", "가람대학교 | 1 | 0"]),
    "organization-pairs": ({"organization": "환경"}, ["환경부 | 충청남도 | 1", "환경부 | 한국수자원공사 | 1"]),
    "recurring-people": ({}, ["윤다온 | 3 | 2023-05-12 | 2023-07-04"]),
    "agreements": (
        {"organization": "가람"},
        [f"{PACT} | 2023-07-03 | 가람대학교 | ", f"{PACT} | 2023-07-03 | 한국수자원공사 | "],
    ),
    "event-roles": (
        {"event": "실천"},
        [
            f"{WEEK} | 2023-06-05 | 진행 | 윤다온",
            f"{WEEK} | 2023-06-05 | 개최 | 충청남도",
            f"{WEEK} | 2023-06-05 | 후원 | 환경부",
        ],
    ),
    "heads": ({}, ["물결연구원 | 서한결 | 원장"]),
    "articles-about": ({"thing": "충남도"}, ["충청남도 | 지방자치단체 | 충남도, 맑은물 실천 주간 운영 | 2023-05-30 | 충청남도"]),
    "evidence-of": (
        {"thing": "물결"},
        ["서한결 | 기관장 | 물결연구원 | 물결연구원 서한결 원장 | 환경부, 제3회 맑은물 정책 포럼 개최 | 109 | 121 | asserted"],
    ),
    "planned-events": ({}, [f"2023-06-05 | {WEEK} | 충청남도 | "]),
    "aliases": ({}, ["충청남도 | 충남도 | 지방자치단체"]),
}
# What the small folder says nothing of is asked of a few statements more.
MORE = """
id:물결협의체 a press:Association ; skos:prefLabel "물결협의체"@ko ; press:foundingYear "2013"^^xsd:gYear ;
  press:foundedBy id:환경부 ; press:foundedIn id:서울 ; press:memberCountryCount 45 ; press:memberOrganizationCount 5 .
id:물길 a press:System ; skos:prefLabel "물길"@ko ; press:phase "2" ; press:hasFeature "하천 지도", id:수위_알림 ;
  press:serviceStart "2024"^^xsd:gYear .
id:수위_알림 a press:System ; skos:prefLabel "수위 알림"@ko .
id:하천 a press:Topic ; skos:prefLabel "하천 복원"@ko . id:도시_하천의_회복 press:topic id:하천 .
"""
MORE_ANSWERS = {
    "founding": ({}, ["물결협의체 | 2013 | 환경부 | 서울 | 45 | 5"]),
    "systems": (
        {"system": "물길"},
        ["물길 | 기능 | 수위 알림", "물길 | 기능 | 하천 지도", "물길 | 단계 | 2", "물길 | 서비스 시작 | 2024"],
    ),
    "topics": ({"topic": "복원"}, ["하천 복원 | 주제 | 도시 하천의 회복 | 2023-05-11"]),
}


def test_every_named_question_has_an_answer_here() -> None:
    assert set(ANSWERS) | set(MORE_ANSWERS) == set(NAMES) and len(NAMES) >= 20


@pytest.mark.parametrize("name", ANSWERS)
def test_answer(store: ox.Store, name: str) -> None:
    values, wanted = ANSWERS[name]
    assert rows(ask(store, find_question(name), values)) == wanted


@pytest.mark.parametrize("name", MORE_ANSWERS)
def test_answer_about_more(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    shutil.copytree(OUT, out)
    lines = (
        Graph()
        .parse(data=PREFIX.replace("PREFIX", "@prefix").replace(">\n", "> .\n") + MORE, format="turtle")
        .serialize(format="nt")
    )
    with (out / "graph.nq").open("a", encoding="utf-8") as graph:
        graph.write(
            "".join(f"{line.removesuffix(' .')} <{ID['article/water-forum']}> .\n" for line in lines.splitlines() if line)
        )
    values, wanted = MORE_ANSWERS[name]
    assert rows(query(out, name, values)) == wanted


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_gives_the_same_rows(store: ox.Store, name: str) -> None:
    values = (ANSWERS | MORE_ANSWERS)[name][0]
    dataset = Dataset(default_union=True)
    dataset.parse(OUT / "graph.nq", format="nquads")
    dataset.graph(EVIDENCE_GRAPH).parse(OUT / "evidence.ttl")
    question = find_question(name)
    result = dataset.query(bind(question, values))
    there, here = answered(tuple(map(str, result.vars)), map(tuple, result)), ask(store, question, values)
    assert {tuple(map(str, row)) for row in there.rows} == {tuple(map(str, row)) for row in here.rows}
    assert {tuple(map(str, row)) for row in there.links} == {tuple(map(str, row)) for row in here.links}


@pytest.mark.parametrize("name", NAMES)
def test_question_file_says_what_it_asks(name: str) -> None:
    question = find_question(name)
    assert question.ko.endswith("?") and question.en.endswith("?")
    variables = {str(variable) for variable in prepareQuery(question.text).algebra.PV}
    links = {name for name in variables if name.endswith(LINK)}
    assert len(question.columns) == len(variables - links) and links
    assert {name.removesuffix(LINK) for name in links} <= variables
    for parameter in question.parameters:
        assert bind(question, {parameter.name: "가"}) != question.text
    assert query(OUT, name, {parameter.name: "없는 말" for parameter in question.parameters}).rows == ()


def test_lists_of_classes_in_questions_are_those_of_the_ontology() -> None:
    ontology = Graph().parse(resource("ontology", "press.ttl"))
    for name, parent in (
        ("about-organization", PRESS.Organization),
        ("about-event", PRESS.Event),
        ("events-by-date-and-place", PRESS.Event),
    ):
        listed = {
            iri
            for iri in inspect(find_question(name).text).iris
            if ontology.value(rdflib.URIRef(iri), RDF.type) == rdflib.OWL.Class
        }
        below = set(ontology.transitive_subjects(rdflib.RDFS.subClassOf, parent))
        assert listed == {str(cls) for cls in below}


def test_parameters_match_alternative_labels_and_any_case(tmp_path: Path) -> None:
    for words in ("충남도", "충청남도", " 남도 "):
        assert "충청남도" in rows(query(OUT, "about-organization", {"organization": words}))[0]
    for words in ("KWRI", "kwri", "Kwri"):
        out = tmp_path / words
        shutil.copytree(OUT, out)
        with (out / "graph.nq").open("a", encoding="utf-8") as graph:
            graph.write(f'<{ID["물결연구원"]}> <{SKOS.altLabel}> "KwRI"@en <{ID["article/water-forum"]}> .\n')
        assert rows(query(out, "heads", {"organization": words})) == ["물결연구원 | 서한결 | 원장"]


def test_a_talk_is_asked_for_by_any_name_of_its_event_and_by_no_other(tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(OUT, out)
    [forum] = {row[0] for row in load_store(OUT).query("SELECT ?e { ?t press:presentedAt ?e }", prefixes=dict(PREFIXES))}
    with (out / "graph.nq").open("a", encoding="utf-8") as graph:
        graph.write(f'{forum} <{SKOS.altLabel}> "물 잔치"@ko <{ID["article/water-forum"]}> .\n')
        graph.write(f"<{ID['서한결_물결연구원']}> <{PRESS.presented}> <{ID['talk']}> <{ID['article/water-forum']}> .\n")
        graph.write(f'<{ID["talk"]}> <{SKOS.prefLabel}> "어디선가 한 발표"@ko <{ID["article/water-forum"]}> .\n')
    assert [line.rpartition(" | ")[2] for line in rows(query(out, "speakers"))] == ["도시 하천의 회복", "어디선가 한 발표"]
    for words in ("물 잔치", "맑은물"):
        assert [line.rpartition(" | ")[2] for line in rows(query(out, "speakers", {"event": words}))] == ["도시 하천의 회복"]


def test_a_decomposed_parameter_is_composed() -> None:
    import unicodedata

    assert rows(query(OUT, "heads", {"organization": unicodedata.normalize("NFD", "물결")})) == ["물결연구원 | 서한결 | 원장"]


def test_graphs_of_the_store_may_be_named(store: ox.Store) -> None:
    article = "PREFIX article: <https://w3id.org/presskg/id/article/>\n"
    one = ask(store, parse_question("q", f"{article}SELECT ?e FROM article:water-week {{ ?a press:hosted ?e }}"))
    assert [compact(row[0]) for row in one.rows] == ["id:맑은물_실천_주간_2023-06-05"]
    none = ask(store, parse_question("q", f"{article}SELECT ?e FROM article:water-forum {{ ?a press:hosted ?e }}"))
    assert none.rows == ()
    graphs = ask(store, parse_question("q", "SELECT DISTINCT ?g { GRAPH ?g { ?a press:mentions id:환경부 } }"))
    assert len(graphs.rows) == 2


def test_a_statement_of_several_articles_counts_once(store: ox.Store) -> None:
    answer = ask(store, parse_question("q", "SELECT (COUNT(*) AS ?n) { id:가람대학교 rdf:type ?kind }"))
    assert str(answer.rows[0][0]) == "3", "대학, 기관·단체, 행위자"


def test_the_default_graph_is_the_union_and_what_follows_from_it(store: ox.Store) -> None:
    answer = ask(store, parse_question("q", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"))
    more = ask(store, parse_question("q", f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{ENTAILED_GRAPH}> {{ ?s ?p ?o }} }}"))
    assert set(answer.rows) == set(Graph().parse(OUT / "graph.ttl")) | set(more.rows)
    assert more.rows and not set(Graph().parse(OUT / "graph.ttl")) & set(more.rows)


@pytest.mark.parametrize(
    ("said", "follows", "not_so"),
    [
        ("id:x a press:LocalGovernment", ["id:x a press:Organization", "id:x a press:Agent"], "id:x a press:GovernmentBody"),
        ("id:x a press:Country", ["id:x a press:Agent", "id:x a press:Place"], "id:x a press:City"),
        ("id:x a press:Seminar", ["id:x a press:Event"], "id:x a press:Forum"),
        ("id:a press:coHosted id:e", ["id:a press:hosted id:e"], "id:a press:organized id:e"),
        ("id:a press:chaired id:e", ["id:a press:participatedIn id:e"], "id:a press:hosted id:e"),
        ("id:a press:heads id:b", ["id:a press:affiliatedWith id:b"], "id:b press:affiliatedWith id:a"),
        ("id:a press:hosted id:e", [], "id:a press:coHosted id:e"),
    ],
)
def test_what_follows_from_a_statement(said: str, follows: list[str], not_so: str) -> None:
    def read(text: str) -> set[ox.Triple]:
        head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
        return {quad.triple for quad in ox.parse(f"{head}{text} .".encode(), format=ox.RdfFormat.TURTLE)}

    found = entailed(read(said))
    assert found >= set().union(*map(read, follows)) and not found & read(not_so) and (follows or not found)


def test_a_broader_class_counts_all_below_it(store: ox.Store) -> None:
    [[every]] = ask(store, parse_question("q", "SELECT (COUNT(*) AS ?n) { ?e a press:Event }")).rows
    [[narrow]] = ask(
        store,
        parse_question(
            "q",
            f"""SELECT (COUNT(DISTINCT ?e) AS ?n) {{ ?e a ?kind .
        GRAPH <{ONTOLOGY}> {{ ?kind rdfs:subClassOf press:Event }} }}""",
        ),
    ).rows
    assert int(every) == int(narrow) == 3
    [[hosts]] = ask(store, parse_question("q", "SELECT (COUNT(*) AS ?n) { ?a press:hosted ?e }")).rows
    assert int(hosts) == 3


def test_two_meetings_with_one_name_are_told_apart(tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(OUT, out)
    graph = f"<{ID['article/water-week']}> .\n"
    with (out / "graph.nq").open("a", encoding="utf-8") as file:
        for day in ("2023-05-02", "2023-05-09"):
            event = f"<{ID['물길_점검회의_' + day]}>"
            file.write(f'{event} <{RDF.type}> <{PRESS.Meeting}> {graph}{event} <{SKOS.prefLabel}> "물길 점검회의"@ko {graph}')
            file.write(
                f'{event} <{PRESS.startDate}> "{day}"^^<{rdflib.XSD.date}> {graph}<{ID["환경부"]}> <{PRESS.hosted}> {event} {graph}'
            )
            file.write(f"{event} <{PRESS.venue}> <{ID['대전컨벤션센터']}> {graph}")
    answer = query(out, "events-by-date-and-place", {"date": "2023-05", "place": "대전"})
    meetings = [(str(row[0]), str(ends[2])) for row, ends in zip(answer.rows, answer.links) if str(row[2]) == "물길 점검회의"]
    assert meetings == [(day, str(ID["물길_점검회의_" + day])) for day in ("2023-05-09", "2023-05-02")], (
        "newest first, each its own"
    )
    assert {words[2] for row, words in zip(answer.rows, answer.beside) if str(row[2]) == "물길 점검회의"} == {"환경부"}
    assert f"{ID['물길_점검회의_2023-05-02']}" in render(answer, "csv") and "물길 점검회의 (환경부)" in render(
        answer, "table", width=200
    )


def test_ontology_and_evidence_stand_in_graphs_of_their_own() -> None:
    below = parse_question("q", f"SELECT ?x {{ ?x a ?kind . GRAPH <{ONTOLOGY}> {{ ?kind rdfs:subClassOf press:Organization }} }}")
    assert len(ask(load_store(OUT), below).rows) == 5
    assert inspect(find_question("evidence-of").text).needs_evidence and not inspect(find_question("heads").text).needs_evidence
    assert inspect("SELECT * { GRAPH ?g { ?s ?p ?o } }").needs_evidence


def test_find_question_by_file_and_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "몇.rq"
    path.write_text("# ko: 몇 명인가?\n# columns: 사람 수\nSELECT (COUNT(*) AS ?n) { ?p a press:Person }\n", encoding="utf-8")
    assert rows(query(OUT, str(path))) == ["2"]
    monkeypatch.setattr("sys.stdin", io.StringIO("ASK { id:환경부 a press:GovernmentBody }"))
    assert query(OUT, "-").truth is True


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("panel_of", "did you mean panel-of"),
        ("없는것", "allowed: about-event"),
        ("nowhere/x.rq", "No such file"),
        ("../no-such-questions", "No such file"),
    ],
)
def test_unknown_questions_list_the_known(source: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        find_question(source)


def test_a_question_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "x.rq").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="is not UTF-8"):
        find_question(str(tmp_path / "x.rq"))


def test_a_folder_without_a_graph(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no graph\.nq"):
        query(tmp_path, "heads")
    with pytest.raises(UsageError, match="no such folder"):
        query(tmp_path / "none", "heads")
    (tmp_path / "graph.nq").write_text("this is no graph\n", encoding="utf-8")
    with pytest.raises(UsageError, match="is not readable RDF"):
        query(tmp_path, "heads")


def test_limit(store: ox.Store) -> None:
    question = find_question("articles-about")
    every = ask(store, question)
    assert len(every.rows) > 5 and not every.cut
    some = ask(store, question, limit=3)
    assert some.rows == every.rows[:3] and some.cut
    assert not ask(store, question, limit=len(every.rows)).cut
    assert ask(store, question, limit=0).rows == ()
    assert len(ask(store, parse_question("q", "DESCRIBE id:환경부"), limit=2).rows) == 2
    with pytest.raises(UsageError, match="-1"):
        ask(store, question, limit=-1)


def test_every_question_gives_rows() -> None:
    assert {inspect(find_question(name).text).kind for name in NAMES} == {"rows"}


def test_an_event_without_a_day_is_told_by_the_day_of_its_article_and_comes_in_its_place(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(OUT, out := tmp_path / "out")
    graph, body = f"<{ID['article/a']}> .\n", ID["환경부"]
    with (out / "graph.nq").open("a", encoding="utf-8") as file:
        for name, relation, day in (("늦은 협약", "reportedOn", "2023-09-01"), ("이른 협약", "startDate", "2023-08-01")):
            event = f"<{ID[name.replace(' ', '_')]}>"
            file.write(f'{event} <{RDF.type}> <{PRESS.Agreement}> {graph}{event} <{SKOS.prefLabel}> "{name}"@ko {graph}')
            file.write(
                f'{event} <{PRESS[relation]}> "{day}"^^<{rdflib.XSD.date}> {graph}<{body}> <{PRESS.signed}> {event} {graph}'
            )
    rows = [tuple(map(str, row)) for row in query(out, "agreements", {"organization": "환경부"}).rows]
    assert rows[:2] == [("늦은 협약", "None", "환경부", "2023-09-01"), ("이른 협약", "2023-08-01", "환경부", "None")]
