"""Questions in Korean: what is understood of them, what is refused, the query that is made of them, and what ``kg ask`` prints."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from docs.make_reference import NAMES
from kg.ask.answer import render
from kg.ask.compose import THINGS, compose
from kg.ask.korean import Reader, in_words, said
from kg.ask.offered import filled
from kg.ask.periods import period
from kg.ask.query import inspect
from kg.ask.understand import Asked, Refused
from kg.errors import KnowledgeError
from kg.graph.store import load_store
from kg.knowledge.questions import load_questions
from kg.knowledge.resources import resource
from kg.knowledge.vocab import PREFIXES
from kg.serve.facets import Doers, facets
from kg.serve.listed import by_day, days, newest

ROOT = Path(__file__).resolve().parents[1]
TABLE = tomllib.loads((ROOT / "tests" / "questions.toml").read_text(encoding="utf-8"))
TODAY = dt.date(2024, 6, 1)
LEAST = 0.88  # of the questions that are never tuned on
SAYS = [pytest.param(case, words, id=words) for case in TABLE["case"] for words in case["says"]]
IN_SAMPLES = {**NAMES, "other": "여선우", "event": "제2회 섬마을 돌봄 포럼"}  # names of the sample articles
REFUSED = [words for row in TABLE["refused"] for words in (*row["says"], *row["held"])]


@pytest.fixture(scope="module")
def folder(samples: Path) -> Path:
    return samples


@pytest.fixture(scope="module")
def reader(folder: Path) -> Reader:
    return Reader(load_store(folder, evidence=True))


def names(reader: Reader, asked: Asked, *families: str) -> set[str]:
    """The own names of the things that a question names."""
    found = set()
    for name in asked.names:
        if name.family in families:
            found |= {
                row["l"].value
                for iri in name.things
                for row in reader.store.query(f"SELECT ?l {{ <{iri}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }}")
            }
    return found


def understood(reader: Reader, want: dict[str, str], words: str) -> list[str]:
    """What is not understood as it has to be."""
    asked = reader.understand(words, today=TODAY)
    if isinstance(asked, Refused):
        return [f"refused: {asked.why} {asked.unknown}"]
    there = {
        "intent": asked.intent.id,
        "shape": asked.shape,
        "kind": asked.kind,
        "of": asked.of,
        "mode": asked.mode,
        "about": " ".join(asked.about),
        "when": dict(said(asked)).get("언제", ""),
    }
    wrong = [f"{key}: {there[key]!r}, not {value!r}" for key, value in want.items() if key in there and there[key] != value]
    wrong += [f"shape: {asked.shape}"] if "shape" not in want and asked.shape != "list" else []
    if "who" in want and names(reader, asked, "who", "thing") != set(want["who"].split()):
        wrong.append(f"who: {names(reader, asked, 'who', 'thing')}")
    hosts = {words for name in asked.hosts for words in names(reader, replace(asked, names=(name,)), "who")}
    if hosts != set(want.get("host", "").split()):
        wrong.append(f"host: {hosts}")
    for place in ("event", "place"):
        if place in want and names(reader, asked, place) != {want[place]}:
            wrong.append(f"{place}: {names(reader, asked, place)}")
    return wrong


def test_there_are_enough_kinds_each_with_paraphrases() -> None:
    cases = TABLE["case"]
    every, held = sum(len(c["says"]) + len(c["held"]) for c in cases), sum(len(c["held"]) for c in cases)
    assert len({case["kind"] for case in cases}) >= 40 and every >= 2.5 * len(cases) and 3 * held >= every * 0.95
    assert {case["want"]["intent"] for case in cases} == {intent.id for intent in load_questions().intents}
    assert not set().union(*(case["says"] for case in cases)) & set().union(*(case["held"] for case in cases))


@pytest.mark.parametrize(("case", "words"), SAYS)
def test_a_question_is_understood_and_answered(reader: Reader, case: dict, words: str) -> None:
    assert understood(reader, case["want"], words) == []
    reply = reader(words, today=TODAY)
    cells = " ".join(str(term) for row in reply.answer.rows for term in row)
    assert [word for word in case.get("answer", ()) if word not in cells] == []


def test_most_of_the_questions_that_were_never_looked_at_are_understood(reader: Reader) -> None:
    held = [(case, words) for case in TABLE["case"] for words in case["held"]]
    right = sum(not understood(reader, case["want"], words) for case, words in held)
    print(f"held: {right} of {len(held)}")
    assert right / len(held) >= LEAST and len(held) >= 50


@pytest.mark.parametrize("words", [*REFUSED, "", "?"])
def test_what_the_graph_cannot_know_is_refused_with_near_questions(reader: Reader, words: str) -> None:
    refused = reader(words, today=TODAY)
    assert isinstance(refused, Refused) and refused.near
    assert all(not isinstance(reader.understand(near, today=TODAY), Refused) for near in refused.near)


@pytest.fixture(scope="module")
def everyday() -> Reader:
    """A graph in which bodies are called by everyday words, beside one with a name of its own."""
    store, press = ox.Store(), "https://w3id.org/presskg/ontology#"
    for name in ("공동", "물정보", "물누리위원회"):
        thing = ox.NamedNode(f"https://w3id.org/presskg/id/{name}")
        store.add(ox.Quad(thing, ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), ox.Literal(name, language="ko")))
        for kind in ("Organization", "Agent"):
            rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
            store.add(ox.Quad(thing, ox.NamedNode(rdf), ox.NamedNode(press + kind)))
    return Reader(store)


@pytest.mark.parametrize(
    ("words", "intent", "about", "named"),
    [
        ("세미나를 가장 많이 공동 주최한 부처는?", "co-hosts", (), 0),
        ("물정보에 대해 누가 뭐라고 말했나?", "quotes", ("물정보",), 0),
        ("물정보를 주제로 발표한 사람은?", "speakers", ("물정보",), 0),
        ("물정보에 대해 알려줘", "about", (), 1),
        ("물정보에 관한 기사", "articles", (), 1),
        ("물정보는 뭐라고 말했나?", "quotes", (), 1),
    ],
)
def test_an_everyday_word_that_names_a_thing(
    everyday: Reader, words: str, intent: str, about: tuple[str, ...], named: int
) -> None:
    asked = everyday.understand(words, today=TODAY)
    assert isinstance(asked, Asked) and (asked.intent.id, asked.about, len(asked.names)) == (intent, about, named)


@pytest.mark.parametrize("typed", ["물누뤼위원회", "뭉누리위원회", "물누리위언회"])
def test_a_slip_of_the_keys_is_offered_and_not_answered(everyday: Reader, typed: str) -> None:
    refused = everyday.understand(f"{typed}가 연 행사는?", today=TODAY)
    assert isinstance(refused, Refused) and refused.near[0] == "물누리위원회가 연 행사는?"


@pytest.mark.parametrize("intent", load_questions().intents, ids=lambda intent: intent.id)
def test_an_example_means_its_intent_and_its_near_miss_does_not(reader: Reader, intent) -> None:
    asked = reader.understand(filled(intent.example, IN_SAMPLES), today=TODAY)
    assert isinstance(asked, Asked) and asked.intent.id == intent.id
    other = reader.understand(filled(intent.near_miss, IN_SAMPLES), today=TODAY)
    assert isinstance(other, Refused) or other.intent.id != intent.id


@pytest.mark.parametrize(
    ("words", "intent", "host"),
    [
        ("보건복지부 포럼의 발표자는?", "speakers", True),
        ("보건복지부가 2024년에 연 돌봄 포럼에서 누가 발표했나?", "speakers", True),
        ("보건복지부가 포럼에서 발표한 것은?", "talks", False),
        ("보건복지부가 연 포럼은?", "events", False),
        ("서리하가 포럼에서 발표한 것은?", "talks", False),
    ],
)
def test_whose_event_it_is_and_who_speaks_there(reader: Reader, words: str, intent: str, host: bool) -> None:
    asked = reader.understand(words, today=TODAY)
    assert isinstance(asked, Asked) and asked.intent.id == intent and bool(asked.hosts) == host, asked
    assert inspect(compose(asked).text).kind == "rows"


def test_values_are_bound_and_never_pasted(reader: Reader) -> None:
    words = "‘물 } #\\ x’에 관한 행사는?"
    question = compose(reader.understand(words, today=TODAY))
    assert inspect(question.text).kind == "rows" and r'"물 } #\\ x"' in question.text
    assert reader(words, today=TODAY).answer.rows == ()


def test_an_answer_has_its_sources(reader: Reader) -> None:
    reply = reader("누가 제2회 섬마을 돌봄 포럼 좌장을 맡았나?", today=TODAY)
    assert "서리하 교수가 좌장을 맡았고" in {source.words for source in reply.sources}
    assert all(source.title and source.article for source in reply.sources)
    assert reply.answer.links[0][0] is not None


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("2023년에", "2023-01-01", "2023-12-31"),
        ("2023.2.3 행사", "2023-02-03", "2023-02-03"),
        ("2023. 2. 3.의 행사", "2023-02-03", "2023-02-03"),
        ("2023/02 행사", "2023-02-01", "2023-02-28"),
        ("’23년 행사", "2023-01-01", "2023-12-31"),
        ("2023년 2월의", "2023-02-01", "2023-02-28"),
        ("2023년 2월 3일", "2023-02-03", "2023-02-03"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2022년부터 2023년까지", "2022-01-01", "2023-12-31"),
        ("2022년 3월~2023년 4월", "2022-03-01", "2023-04-30"),
        ("2023년 상반기", "2023-01-01", "2023-06-30"),
        ("2023년 3분기", "2023-07-01", "2023-09-30"),
        ("2023년 이후", "2023-01-01", "9999-12-31"),
        ("2023년 이전", "0000-01-01", "2023-12-31"),
        ("작년", "2023-01-01", "2023-12-31"),
        ("다음 달", "2024-07-01", "2024-07-31"),
        ("지난달", "2024-05-01", "2024-05-31"),
        ("이번 주", "2024-05-27", "2024-06-02"),
        ("최근 6개월", "2023-12-01", "2024-06-01"),
        ("어제", "2024-05-31", "2024-05-31"),
        ("지난 2024년 5월", "2024-05-01", "2024-05-31"),
        ("2024년 들어 열린", "2024-01-01", "2024-12-31"),
        ("2023년과 2024년에", "2023-01-01", "2024-12-31"),
        ("2022, 2023년 행사", "2022-01-01", "2023-12-31"),
        ("작년 12월에", "2023-12-01", "2023-12-31"),
        ("올해 상반기", "2024-01-01", "2024-06-30"),
        ("지난해 3분기", "2023-07-01", "2023-09-30"),
        ("지난 6개월", "2023-12-01", "2024-06-01"),
        ("5월에 열린 행사", "2024-05-01", "2024-05-31"),
        ("12월에 열린 행사", "2023-12-01", "2023-12-31"),
        ("12월에 열릴 행사", "2024-12-01", "2024-12-31"),
        ("오는 3월 2일", "2025-03-02", "2025-03-02"),
    ],
)
def test_periods(words: str, since: str, until: str) -> None:
    found = period(words, TODAY)
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize("words", ["제2023회", "2월 30일", "100년", "2023년 2월 31일", "행사"])
def test_what_is_no_period(words: str) -> None:
    assert period(words, TODAY) is None


def test_what_kg_ask_says_beside_the_answer(folder: Path) -> None:
    told = in_words(folder, "서리하는 어디에 소속되어 있나?")
    assert "서리하,목포대학교,교수" in render(told.reply.answer, "csv")
    assert told.lines[0] == "이해한 것: 물음: 소속 · 누가: 서리하"
    assert any(line.startswith("근거: ") and "교수" in line for line in told.lines)
    told = in_words(folder, "보건복지부 예산은 얼마인가?")
    assert told.reply is None and "‘예산’" in told.lines[0] and "물을 수 있습니다" in told.lines[1]


def test_kg_ask(folder: Path) -> None:
    from typer.testing import CliRunner

    from kg.cli import app

    good = CliRunner().invoke(app, ["ask", str(folder), "제2회 섬마을 돌봄 포럼의", "좌장은?", "--format", "csv"])
    assert good.exit_code == 0 and "서리하" in good.stdout and "이해한 것" in good.stderr
    bad = CliRunner().invoke(app, ["ask", str(folder), "오늘 날씨는?"])
    assert bad.exit_code == 2 and not bad.stdout and "날씨" in bad.stderr
    text = CliRunner().invoke(app, ["ask", str(folder), "2024년에 열린 포럼은?", "--sparql"])
    assert text.exit_code == 0 and 'VALUES ?since { "2024-01-01" }' in text.stdout


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('id = "path"', 'id = "Path"', "lower case"),
        ('needs = ["two"]', 'needs = ["twins"]', "twins"),
        ('example = "{person}', 'exampel = "{person}', "exampel"),
        ('columns = { one = "하나"', 'columns = { none = "하나"', "none"),
        ("[fragments]", "[fragment]", "fragment"),
        ('"shape.month-city"]', '"shape.month-city", "shape.most"]', "is what is ranked"),
    ],
)
def test_spoilt_questions_are_refused_with_the_bad_value(tmp_path: Path, old: str, new: str, word: str) -> None:
    for name in ("words.toml", "intents.toml"):
        text = resource("data", "questions", name).read_text(encoding="utf-8")
        assert name == "words.toml" or old in text
        (tmp_path / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=word):
        load_questions(tmp_path)


@pytest.mark.parametrize(
    "words", ["2024년에 열린 포럼을 알려줘", "행사를 알려줘", "앞으로 열릴 행사를 알려줘", "보건복지부가 체결한 협약은?"]
)
def test_what_facets_count_is_what_the_list_shows(reader: Reader, folder: Path, words: str) -> None:
    asked = reader.understand(words)
    assert isinstance(asked, Asked)
    store = load_store(folder)
    doers = Doers(store)

    def rows(shape: str) -> list[dict[str, dict[str, str]]]:
        result = store.query(compose(replace(asked, shape=shape)).text)
        return json.loads(result.serialize(format=ox.QueryResultsFormat.JSON))["results"]["bindings"]

    listed = rows("list")
    found = facets(doers, asked, {}, rows(THINGS))
    assert found == facets(doers, asked, {}, listed)
    for title, column, size in (("언제", "date", 4), ("어디서", "city", None)):
        if title in found and any(column in row for row in listed):
            events = {(row["eventIri"]["value"], row[column]["value"][:size]) for row in listed if column in row}
            counted = Counter(value for _, value in events)
            assert found[title] and all(row.many == counted[row.value] for row in found[title])


@pytest.mark.parametrize(
    "intent", [one for one in load_questions().intents if "shape.count" in one.takes], ids=lambda one: one.id
)
def test_what_is_counted_is_what_is_listed(reader: Reader, intent) -> None:
    """A count asks for less than its list does; what it leaves out must not count."""
    plain = reader.understand(filled(intent.example, NAMES), today=TODAY)
    assert isinstance(plain, Asked)
    for asked in (plain, replace(plain, names=()), *([replace(plain, about=("돌봄",))] if "about" in plain.intent.takes else ())):
        if not asked.names and (asked.intent.needs or plain.names and "?who1" in asked.intent.where):
            continue
        listed = reader.store.query(compose(replace(asked, shape="list")).text)
        things = {row[asked.intent.thing] for row in listed}
        (counted,) = reader.store.query(compose(replace(asked, shape="count")).text)
        assert int(counted["count"].value) == len(things - {None}), compose(replace(asked, shape="count")).text


@pytest.mark.parametrize("most", [1, 3])
@pytest.mark.parametrize("intent", [one for one in load_questions().intents if one.thing], ids=lambda one: one.id)
def test_what_a_page_shows_first_begins_the_list(reader: Reader, intent, most: int) -> None:
    """A page asks for the rows of the newest things alone; they must be the first of all."""
    plain = reader.understand(filled(intent.example, IN_SAMPLES), today=TODAY)
    assert isinstance(plain, Asked)
    known = Doers(reader.store).days
    for asked in (plain, replace(plain, about=("돌봄",)) if "about" in plain.intent.takes else plain):
        asked = replace(asked, shape="list")
        if not by_day(asked):
            continue
        order = ("date", *(name for name in asked.intent.columns if name != "date"))

        def rows(question) -> list[list[str]]:
            found = reader.store.query(question.text, prefixes=dict(PREFIXES))
            return [[row[name].value if row[name] is not None else "" for name in order] for row in found]

        found = reader.store.query(compose(replace(asked, shape=THINGS)).text).serialize(format=ox.QueryResultsFormat.JSON)
        dated = days(json.loads(found)["results"]["bindings"], asked.intent.thing, known)
        whole = rows(compose(asked))
        assert rows(compose(asked, newest(dated, most)))[:most] == whole[:most]
        assert len({thing for thing, _ in dated}) <= len(whole) and bool(dated) == bool(whole)


def test_the_store_of_a_server_answers_the_same(samples: Path, tmp_path: Path) -> None:
    from kg.serve.snapshot import kept, snapshot

    out = tmp_path / "out"
    shutil.copytree(samples, out, ignore=shutil.ignore_patterns(".store"))
    words = "누가 제2회 섬마을 돌봄 포럼 좌장을 맡았나?"
    with kept(out) as none:
        assert none is None
    from typer.testing import CliRunner

    from kg.cli import app

    def table(*question: str) -> str:
        return CliRunner().invoke(app, ["query", str(out), *question, "--format", "csv"]).stdout

    asked = (("agreements",), ("panel-of", "--event", "제2회 섬마을 돌봄 포럼"), ("evidence-of", "--thing", "서리하"))
    loaded = [table(*question) for question in asked]
    assert all(rows.count("\n") > 1 for rows in loaded)
    with snapshot(out), kept(out) as path:
        assert [table(*question) for question in asked] == loaded
        assert path is not None and in_words(ox.Store.read_only(str(path)), words) == in_words(out, words)
    with (out / "graph.nq").open("a", encoding="utf-8") as file:
        file.write("<http://example.org/1> <http://example.org/is> <http://example.org/2> <http://example.org/3> .\n")
    with kept(out) as old:
        assert old is None, "a store of other bytes answers nothing"
