"""Work grows with what there is to do and not with its square: counted by function calls, which no busy machine changes."""

import datetime as dt
import math
import sys
import time
from collections.abc import Callable, Sequence

import pytest
from spacy.vocab import Vocab

from kg.analyze.numbers import find_counts, find_editions
from kg.analyze.tokenizer import KiwiTokenizer
from kg.analyze.values import find_dates
from kg.graph.results import Result
from kg.knowledge.load import load_knowledge
from kg.link.link import link
from kg.model import Article, Evidence, Fact, Region, Span, Thing
from kg.pipeline import extract
from kg.read.view import make_view

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
    "many events of one day": lambda n: [
        (MINISTRY, "hosted", forum(f"{word(n)} {SERIES}")),
        (forum(f"{word(n)} {SERIES}"), "startDate", day(3)),
    ],
    "numbered events": lambda n: [
        (forum(f"제{n + 1}회 {SERIES}"), "edition", n + 1),
        (forum(f"제{n + 1}회 {SERIES}"), "startDate", day(n)),
    ],
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


# An article of n parts.
TEXTS: dict[str, Callable[[int], str]] = {
    "days in one sentence": lambda n: "나라숲부는 " + ", ".join(f"{2000 + i % 25}년 {i % 12 + 1}월 {i % 28 + 1}일" for i in range(n)) + " 서울에서 토론회를 열었다.",
    "events of other days": lambda n: "\n".join(f"나라숲부는 6월 {i % 28 + 1}일 서울에서 {word(i)} 포럼을 열었다." for i in range(n)),
    "one event again and again": lambda n: " ".join(["나라숲부는 6월 3일 서울에서 물길 포럼을 열었다. 이날 포럼에는 홍가람 교수가 참석했다."] * n),
    "one name in many bodies": lambda n: " ".join(f"홍가람 {word(i)}협회 회장이 발표했다." for i in range(n)),
    "bodies with their heads": lambda n: "나라숲부는 " + ", ".join(f"{word(i)}협회(회장 홍{word(i)[:2]})" for i in range(n)) + "와 토론회를 열었다.",
    "one clause after another": lambda n: "나라숲부는 " + " ".join(f"{word(i)} 사업을 추진하고" for i in range(n)) + " 토론회를 열었다.",
    "what somebody said": lambda n: " ".join(f"홍{word(i)[:2]} 나라숲부 장관은 “{word(i)} 정책을 추진하겠다”고 말했다." for i in range(n)),
    "rows of a table": lambda n: "참석자\n\n" + "\n".join(f"홍{word(i)[:2]} | {word(i)}협회 | 회장" for i in range(n)),
    "bodies beside people": lambda n: " ".join(f"{i + 1}위는 홍{word(i)[:2]}({word(i)}클럽)이 차지했다." for i in range(n)),
    "bodies called by what they are": lambda n: " ".join(f"{word(i)}병원은 간담회를 열었다. 병원은 6월 3일 기념식을 열었다." for i in range(n)),
    "people called by their family": lambda n: " ".join(f"남{word(i)[:2]} 교수는 “{word(i)}이 중요하다”고 말했다. 홍 씨는 “그렇다”고 말했다." for i in range(n)),
    "short names of bodies": lambda n: " ".join(f"{word(i)}진흥원(이하 ‘{word(i)[:2]}원’)은 {word(i)[:2]}원에서 토론회를 열었다." for i in range(n)),
}  # fmt: skip


def steps(work: Callable, *values: object) -> int:
    """How many lines a piece of work executes, every turn of a loop in one line included, which calls no function."""
    count = 0

    def seen(frame: object, event: str, argument: object) -> Callable:
        nonlocal count
        count += event == "line"
        return seen

    before = sys.gettrace()
    sys.settrace(seen)
    try:
        work(*values)
    finally:
        sys.settrace(before)
    return count


@pytest.fixture(scope="module")
def tokenizer():
    return KiwiTokenizer(Vocab())


@pytest.mark.parametrize("name", TEXTS)
def test_reading_grows_with_the_article(name, tokenizer):
    def read(size: int) -> tuple[int, int]:
        text = TEXTS[name](size)
        article = Article(identifier="a", source="a", fields=(("text", text),), date=day(5000),
                          regions=(Region(role="body", span=Span("text", 0, len(text))),))  # fmt: skip
        view = make_view(article)
        return steps(extract, view, tokenizer(view.text), load_knowledge()), len(text)

    read(20)  # what is made once is made
    (few, short), (many, long), (most, longest) = read(100), read(200), read(400)
    # A text is read twice where the model names something in it: one step, which only one of two doublings can show.
    assert min(math.log(many / few) / math.log(long / short), math.log(most / many) / math.log(longest / long)) <= EXPONENT


def test_known_names_are_found_in_one_pass_over_a_text():
    find = load_knowledge().gazetteer.find
    few, many = (steps(find, "인사혁신처는 28일 카자흐스탄 아스타나에서 세미나를 열었다. " * n) for n in (100, 200))
    assert few > 100 and math.log2(many / few) <= EXPONENT


def test_the_counting_sees_a_loop_in_one_line():
    assert steps(lambda: [x for x in range(2000) if x]) > 2000


def test_the_counting_sees_a_square():
    def square(size: int) -> None:
        for _ in range(size * size):
            abs(0)

    assert math.log2(calls(square, 200) / calls(square, 100)) > 1.9


@pytest.mark.parametrize("part", ["7", "7,", "7,777,", "7 ", "7.", "7만 ", "제7", "1백 "])
def test_numbers_take_no_square_of_their_digits(part):
    """What a regular expression does counts as no line: seconds tell, of which the square took fifty and more."""
    text = part * (20_000 // len(part))
    start = time.process_time()
    for find in (find_counts, find_dates, find_editions):
        list(find(text))
    assert time.process_time() - start < 4
