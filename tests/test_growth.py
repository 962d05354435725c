"""Work grows with what there is to do and not with its square: counted by function calls, which no busy machine changes."""

import datetime as dt
import math
import sys
from collections.abc import Callable, Sequence

import pytest

from kg.graph.results import Result
from kg.knowledge.load import load_knowledge
from kg.link.link import link
from kg.model import Article, Evidence, Fact, Span, Thing

EXPONENT = 1.2
SYLLABLES = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호"
PERSON, SERIES = Thing(kind="Person", name="홍가람"), "나라숲 물 정책 포럼"
MINISTRY = Thing(kind="GovernmentBody", name="나라숲부")


def word(n: int) -> str:
    return SYLLABLES[n % 41] + SYLLABLES[n // 41 % 41] + SYLLABLES[n * 7 % 41]


def body(n: int) -> Thing:
    return Thing(kind="Association", name=f"{word(n)}협회")


def forum(name: str = SERIES, kind: str = "Forum") -> Thing:
    return Thing(kind=kind, name=name)


def day(n: int) -> dt.date:
    return dt.date(2010, 1, 1) + dt.timedelta(days=n)


# What article n of an archive says, as (subject, relation, object).
SHAPES: dict[str, Callable[[int], Sequence[tuple]]] = {
    "a name and title of many bodies": lambda n: [(PERSON, "affiliatedWith", body(n)), (PERSON, "jobTitle", "회장")],
    "a person told again and again": lambda n: [(PERSON, "affiliatedWith", body(0)), (PERSON, "jobTitle", "회장")],
    "a name of many titles in one body": lambda n: [(PERSON, "affiliatedWith", body(0)), (PERSON, "jobTitle", f"{word(n)}팀장")],
    "the one of the country": lambda n: [(PERSON, "jobTitle", "대통령"), (PERSON, "affiliatedWith", body(n))],
    "an event of every day": lambda n: [(MINISTRY, "hosted", forum()), (forum(), "startDate", day(n))],
    "an event told again and again": lambda n: [(MINISTRY, "hosted", forum()), (forum(), "startDate", day(3))],
    "an event of many hosts": lambda n: [(body(n), "hosted", forum()), (forum(), "startDate", day(3))],
    "an event without a day": lambda n: [(MINISTRY, "hosted", forum())],
    "many events of one day": lambda n: [(MINISTRY, "hosted", forum(f"{word(n)} {SERIES}")), (forum(f"{word(n)} {SERIES}"), "startDate", day(3))],
    "numbered events": lambda n: [(forum(f"제{n + 1}회 {SERIES}"), "edition", n + 1), (forum(f"제{n + 1}회 {SERIES}"), "startDate", day(n))],
    "a short name of many bodies": lambda n: [(body(n), "altLabel", "나라협회"), (body(n), "hosted", forum("세미나", "Seminar"))],
}


def archive(shape: Callable[[int], Sequence[tuple]], size: int) -> tuple[list[Result], dict[str, Article]]:
    results, articles = [], {}
    for n in range(size):
        name = f"a{n:05}"
        words = (Evidence(article=name, span=Span("text", 0, 3), sentence=Span("text", 0, 9), rule="r", confidence=0.9),)
        facts = tuple(Fact(subject=s, relation=r, object=o, evidence=words) for s, r, o in shape(n))
        results.append(Result(name, facts, ()))
        articles[name] = Article(identifier=name, source=name, fields=(("text", "가" * 20),), regions=(), date=day(n))
    return results, articles


def calls(work: Callable, *values: object) -> int:
    """How many functions, C's own included, a piece of work calls."""
    count = 0

    def seen(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        work(*values)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", SHAPES)
def test_linking_grows_with_the_archive(name):
    knowledge = load_knowledge()
    few, many = (calls(link, *archive(SHAPES[name], size), knowledge) for size in (500, 1000))
    assert math.log2(many / few) <= EXPONENT


def test_the_counting_sees_a_square():
    def square(size: int) -> None:
        for _ in range(size * size):
            abs(0)

    assert math.log2(calls(square, 200) / calls(square, 100)) > 1.9
