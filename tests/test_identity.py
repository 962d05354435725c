"""When two articles speak of one person, event or body: tables of cases with namesakes, and what is built from text."""
from __future__ import annotations

import datetime as dt
import random
import tomllib
from pathlib import Path

import pytest

from kg.knowledge import load_knowledge
from kg.resolve import bodies_across, events_across, people_across
from kg.resolve.group import Verdict, groups

HERE = Path(__file__).parent / "identity"


def _cases(name: str) -> list[dict]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))["case"]


PEOPLE, EVENTS, BODIES = _cases("people"), _cases("events"), _cases("bodies")


def test_the_tables_hold_what_they_promise():
    assert len(PEOPLE) >= 45 and len(PEOPLE) + len(EVENTS) + len(BODIES) >= 75
    for table in (PEOPLE, EVENTS):
        assert {"same", "different", "undecidable"} <= {case["is"] for case in table}
    for table in (PEOPLE, EVENTS, BODIES):
        assert len({case["id"] for case in table}) == len(table)


def _profile(name: str, article: str, said: dict) -> people_across.Profile:
    dates = frozenset({dt.date.fromisoformat(said["date"])} if "date" in said else ())
    return people_across.Profile(name=name, articles=frozenset({article}), dates=dates,
                                 **{key: frozenset(value) for key, value in said.items() if key != "date"})


@pytest.mark.parametrize("case", PEOPLE, ids=lambda case: case["id"])
def test_people(case):
    a, b = (_profile(case.get("name", "홍가람"), article, case[article]) for article in "ab")
    verdict = people_across.judge(a, b)
    assert (verdict.verdict, people_across.judge(b, a).verdict) == (case["is"], case["is"]), verdict.reasons
    assert verdict.reasons


def test_no_namesake_is_merged():
    wrong = [case["id"] for case in PEOPLE if case["is"] != "same"
             and people_across.judge(*(_profile(case.get("name", "홍가람"), x, case[x]) for x in "ab")).verdict == "same"]
    assert not wrong


def test_people_of_other_names_are_not_judged_by_what_they_share():
    one = people_across.Profile(name="홍가람", bodies=frozenset({"나라청"}), titles=frozenset({"과장"}))
    other = people_across.Profile(name="홍나람", bodies=frozenset({"나라청"}), titles=frozenset({"과장"}))
    assert people_across.judge(one, other).verdict == "different"


def _occasion(article: str, said: dict) -> events_across.Occasion:
    days = {key: dt.date.fromisoformat(said[key]) for key in ("start", "end", "published") if key in said}
    sets = {key: frozenset(said[key]) for key in ("hosts", "cities", "venues", "editions") if key in said}
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


def test_groups_do_not_depend_on_the_order_of_pairs():
    same, apart = Verdict("same", ()), Verdict("different", (), apart=True)
    verdicts = {("a", "b"): same, ("b", "c"): same, ("c", "d"): same, ("a", "d"): apart, ("e", "f"): same, ("e", "a"): Verdict("undecidable", ())}
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


def test_the_edition_before_needs_the_number_before_it():
    knowledge = load_knowledge()
    editions = [events_across.Edition(key=f"{n}", name=f"제{n}회 바다숲 국제포럼", number=n, start=dt.date(2018 + n, 5, 1), hosts=frozenset({"나라부"}))
                for n in (2, 3, 5)]
    other = events_across.Edition(key="x", name="제4회 바다숲 국제포럼", number=4, start=dt.date(2022, 5, 1), hosts=frozenset({"바다공사"}))
    assert events_across.previous([*editions, other], knowledge) == {"3": "2"}
    late = events_across.Edition(key="late", name="제6회 바다숲 국제포럼", number=6, start=dt.date(2031, 5, 1), hosts=frozenset())
    assert events_across.previous([*editions, late], knowledge) == {"3": "2"}
