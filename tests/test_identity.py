"""When two articles speak of one person, event or body: tables of cases with namesakes, and what is built from text."""

from __future__ import annotations

import datetime as dt
import json
import random
import tomllib
from pathlib import Path

import pytest

import kg
from kg.graph.check import check
from kg.knowledge.load import load_knowledge
from kg.knowledge.schema import schema
from kg.link import bodies as bodies_across
from kg.link import editions
from kg.link import events as events_across
from kg.link import people as people_across
from kg.link.group import Verdict, groups
from kg.link.link import link
from kg.measure.identity import read_pairs
from kg.model import Article, Region, Span, Thing
from kg.pipeline import Clock, build, extract_all

HERE = Path(__file__).parent / "identity"


def _cases(name: str) -> list[dict]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))["case"]


PEOPLE, EVENTS, BODIES, EDITIONS, LOCAL, MENDED = (
    _cases(name) for name in ("people", "events", "bodies", "editions", "local", "mended")
)


def test_the_tables_hold_what_they_promise():
    assert len(PEOPLE) >= 60 and len(PEOPLE) + len(EVENTS) + len(BODIES) >= 100
    for table in (PEOPLE, EVENTS):
        assert {"same", "different", "undecidable"} <= {case["is"] for case in table}
    assert {"positive", "near-miss", "negative"} == {case["kind"] for case in EDITIONS} and len(EDITIONS) >= 25
    for table in (PEOPLE, EVENTS, BODIES, EDITIONS, LOCAL, MENDED):
        assert len({case["id"] for case in table}) == len(table)


def _profile(name: str, article: str, said: dict) -> people_across.Profile:
    dates = frozenset({dt.date.fromisoformat(said["date"])} if "date" in said else ())
    return people_across.Profile(
        name=name,
        articles=frozenset({article}),
        dates=dates,
        **{key: frozenset(value) for key, value in said.items() if key != "date"},
    )


@pytest.mark.parametrize("case", PEOPLE, ids=lambda case: case["id"])
def test_people(case):
    a, b = (_profile(case.get("name", "홍가람"), article, case[article]) for article in "ab")
    verdict = people_across.judge(a, b)
    assert (verdict.verdict, people_across.judge(b, a).verdict) == (case["is"], case["is"]), verdict.reasons
    assert verdict.reasons


def test_no_namesake_is_merged():
    wrong = [
        case["id"]
        for case in PEOPLE
        if case["is"] != "same"
        and people_across.judge(*(_profile(case.get("name", "홍가람"), x, case[x]) for x in "ab")).verdict == "same"
    ]
    assert not wrong


def test_people_of_other_names_are_not_judged_by_what_they_share():
    one = people_across.Profile(name="홍가람", bodies=frozenset({"나라청"}), titles=frozenset({"과장"}))
    other = people_across.Profile(name="홍나람", bodies=frozenset({"나라청"}), titles=frozenset({"과장"}))
    assert people_across.judge(one, other).verdict == "different"


def _occasion(article: str, said: dict) -> events_across.Occasion:
    days = {key: dt.date.fromisoformat(said[key]) for key in ("start", "end", "published") if key in said}
    sets = {key: frozenset(said[key]) for key in ("hosts", "cities", "venues", "editions") if key in said}
    days["others"] = tuple(map(dt.date.fromisoformat, said.get("others", ())))
    return events_across.Occasion(key=(article, said["name"]), name=said["name"], kind=said.get("kind", "Forum"), **days, **sets)


@pytest.mark.parametrize("case", EVENTS, ids=lambda case: case["id"])
def test_events(case):
    a, b = (_occasion(x, case[x]) for x in "ab")
    knowledge = load_knowledge()
    found = [v.verdict if v else "nothing" for v in (events_across.judge(a, b, knowledge), events_across.judge(b, a, knowledge))]
    assert found == [case["is"]] * 2


@pytest.mark.parametrize("case", BODIES, ids=lambda case: case["id"])
def test_bodies(case):
    for names in (case["names"], case["names"][::-1]):
        canonical = bodies_across.unify(names, [tuple(alias) for alias in case.get("aliases", ())], load_knowledge()).canonical
        assert {name: canonical[name] for name in case["is"]} == case["is"]


def _linked(articles: list[tuple[str, str]], day: str = "2025-12-15"):
    """What is linked of articles that are given as (publisher, text); their identifiers are 0, 1, 2 …"""
    read = [
        Article(
            identifier=str(number),
            source=str(number),
            fields=(("text", text),),
            date=dt.date.fromisoformat(day),
            publisher=publisher,
            regions=(Region(role="body", span=Span("text", 0, len(text))),),
        )
        for number, (publisher, text) in enumerate(articles)
    ]
    results = list(extract_all(read, clock=Clock()))
    return link(results, {a.identifier: a for a in read}, load_knowledge())


@pytest.mark.parametrize("case", LOCAL, ids=lambda case: case["id"])
def test_bodies_of_places(case):
    for articles in (case["articles"], case["articles"][::-1]) if "0" not in "".join(case["bodies"]) else (case["articles"],):
        things = {
            t
            for fact in _linked(articles).facts
            if fact.relation in ("hosted", "coHosted", "heads", "affiliatedWith")
            for t in (fact.subject, fact.object)
            if isinstance(t, Thing) and schema().is_a(t.kind, "Organization")
        }
        assert sorted({" | ".join(filter(None, (t.name, t.scope))) for t in things}) == sorted(case["bodies"])
        assert not case.get("kinds") or sorted({t.kind for t in things}) == case["kinds"]


@pytest.mark.parametrize("case", MENDED, ids=lambda case: case["id"])
def test_what_one_article_has_in_full(case):
    for articles in (case["articles"], case["articles"][::-1]):
        facts = _linked(articles).facts
        things = {(t.name, t.scope, t.kind) for fact in facts for t in (fact.subject, fact.object) if isinstance(t, Thing)}
        for relation, expected in case.get("says", {}).items():
            found = {
                (getattr(f.object, "name", f.object), getattr(f.object, "scope", "")) for f in facts if f.relation == relation
            }
            assert sorted(name for name, _ in found) == expected, relation
        for key, kind in (("events", "Event"), ("quotations", "Quotation")):
            assert case.get(key) in (None, len({(name, scope) for name, scope, k in things if schema().is_a(k, kind)})), key
        for quotation in {f.subject for f in facts if f.relation == "text"}:
            assert {f.object for f in facts if f.relation == "text" and f.subject == quotation} == {quotation.name}


COPY = (
    "가온재단(이사장 이나래)은 지난 10일 순천시청에서 기념 간담회를 개최했다.\n\n이나래 이사장은 “함께하겠다”고 말했다.\n\n"
    "행사에는 두메초등학교 송다솜 교장이 참석했고, 새마을부녀회 한나리 회장이 꽃을 전했다."
)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (COPY, True),
        (COPY + " (사진=가온재단)", True),
        (COPY.replace("“함께하겠다”", '"함께하겠다"'), True),
        (COPY.replace("10일", "11일"), False),
        (COPY.replace("순천시청에서 기념", "나주시청에서 환영").replace("두메초등학교", "가람중학교"), False),
        ("가온재단은 간담회를 열었다.", False),
    ],
)
def test_the_same_text_in_two_papers(other, same):
    linked = _linked([("한빛일보", COPY), ("두메신문", other)])
    assert bool(linked.duplicates) is same
    if same:
        assert linked.duplicates == (("0", "1"),)
        told = {(f.subject.name, f.relation, f.object): f for f in linked.facts}
        things = {t for f in linked.facts for t in (f.subject, f.object) if isinstance(t, Thing)}
        for kind, count in (("Person", 3), ("Event", 1), ("Quotation", 1)):
            assert len({(t.name, t.scope) for t in things if schema().is_a(t.kind, kind)}) == count
        assert told


def test_groups_do_not_depend_on_the_order_of_pairs():
    same, apart = Verdict("same", ()), Verdict("different", (), apart=True)
    verdicts = {
        ("a", "b"): same,
        ("b", "c"): same,
        ("c", "d"): same,
        ("a", "d"): apart,
        ("e", "f"): same,
        ("e", "a"): Verdict("undecidable", ()),
    }
    expected = groups("abcdef", verdicts)
    assert expected == [("a",), ("b",), ("c",), ("d",), ("e", "f")]
    for seed in range(20):
        pairs = list(verdicts.items())
        random.Random(seed).shuffle(pairs)
        flipped = {(b, a) if seed % 2 else (a, b): v for (a, b), v in pairs}
        assert groups(random.Random(seed).sample("abcdef", 6), flipped) == expected


def test_a_bridge_between_two_that_are_apart_belongs_to_neither():
    same, apart = Verdict("same", ()), Verdict("different", (), apart=True)
    assert groups("abc", {("a", "b"): same, ("b", "c"): same, ("a", "c"): apart}) == [("a",), ("b",), ("c",)]


@pytest.mark.parametrize("case", EDITIONS, ids=lambda case: case["id"])
def test_editions(case):
    assert bool(case["is"]) == (case["kind"] == "positive")
    found = [editions.edition(key, said["name"], [_occasion(key, said)]) for key, said in case["events"].items()]
    for order in (found, found[::-1]):
        assert editions.previous(order, load_knowledge()) == case["is"]


@pytest.mark.parametrize(
    ("words", "published", "current", "before", "expected"),
    [
        ("지난해 포럼", "2024-04-20", "2024-05-20", "2023-05-17", True),
        ("작년 포럼", "2024-06-01", "2024-05-20", "2023-05-17", True),
        ("전년도 포럼", "2024-06-01", "2024-05-20", "2023-05-17", True),
        ("지난해 포럼", None, "2024-05-20", "2023-05-17", False),  # of which year, nobody knows
        ("지난해 포럼", "2023-12-20", "2024-05-20", "2023-05-17", False),  # it speaks of 2022
        ("지난해 포럼", "2024-04-20", "2024-05-20", "2022-05-17", False),
        ("지난해 포럼", "2024-04-20", "2024-05-20", None, False),
        ("지난번 포럼", "2024-04-20", "2024-05-20", "2023-05-17", False),
        ("지난해맞이 포럼", "2024-04-20", "2024-05-20", "2023-05-17", False),
        ("바다숲 국제포럼", "2024-04-20", "2024-05-20", "2023-05-17", False),
    ],
)
def test_last_years_event(words, published, current, before, expected):
    def day(said):
        return dt.date.fromisoformat(said) if said else None

    one, other = (editions.Edition(key="", name="바다숲 국제포럼", start=day(start)) for start in (current, before))
    assert editions.is_last_year(words, day(published), one, other) is expected


def test_editions_of_two_articles_are_linked_with_their_words(tmp_path):
    """By the years of the names; and 지난해 포럼 is that of the year before, which the other article tells of."""
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    texts = {
        "2023-05-18": "해양수산부는 2023년 5월 17일 여수엑스포컨벤션센터에서 ‘2023 바다숲 국제포럼’을 개최했다.",
        "2024-05-21": "해양수산부는 2024년 5월 20일 여수엑스포컨벤션센터에서 ‘2024 바다숲 국제포럼’을 개최했다.\n\n"
        "지난해 포럼은 ‘바다숲과 탄소’를 주제로 열렸다.",
    }
    for day, text in texts.items():
        record = {"id": day, "title": "바다숲 소식", "date": day, "text": f"{text}\n"}
        (source / f"{day}.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    build([source], out, view=False)
    graph = kg.load(out)
    rows = graph.query("SELECT ?a ?b WHERE { ?x press:previousEvent ?y . ?x skos:prefLabel ?a . ?y skos:prefLabel ?b }").rows
    assert [tuple(map(str, row)) for row in rows] == [("2024 바다숲 국제포럼", "2023 바다숲 국제포럼")]
    assert graph.query(
        'ASK { ?x skos:prefLabel "2023 바다숲 국제포럼"@ko ; press:topic [ skos:prefLabel "바다숲과 탄소"@ko ] }'
    ).truth
    said = "\n".join(graph.explain("2024 바다숲 국제포럼").lines())
    assert "series.year" in said and "series.last-time" in said
    assert check(out).conforms


def test_the_edition_before_needs_the_number_before_it():
    knowledge = load_knowledge()
    nation = frozenset({"나라부"})
    found = [
        editions.Edition(key=f"{n}", name=f"제{n}회 바다숲 국제포럼", number=n, start=dt.date(2018 + n, 5, 1), hosts=nation)
        for n in (2, 3, 5)
    ]
    other = editions.Edition(
        key="x", name="제4회 바다숲 국제포럼", number=4, start=dt.date(2022, 5, 1), hosts=frozenset({"바다공사"})
    )
    assert editions.previous([*found, other], knowledge) == {"3": "2"}
    late = editions.Edition(key="late", name="제6회 바다숲 국제포럼", number=6, start=dt.date(2031, 5, 1), hosts=frozenset())
    assert editions.previous([*found, late], knowledge) == {"3": "2"}


def test_the_pairs_are_whole():
    """``python -m kg.measure.identity`` measures them; without the releases this much can be said."""
    pairs = read_pairs(HERE / "pairs.jsonl")
    assert len(pairs) == 200 and len(read_pairs(HERE / "pairs.jsonl", "held")) == 100
    assert {pair.verdict for pair in pairs} == {"same", "different", "unclear"} and all(pair.a != pair.b for pair in pairs)
