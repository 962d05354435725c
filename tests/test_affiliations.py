"""Who was what, where and when: affiliations as of the days of articles, and ranks that follow each other."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.graph.affiliations import affiliations
from kg.knowledge.people import load_titles
from kg.model import Article, Evidence, Fact, Span, Thing

PERSON, BODY, OTHER = (
    Thing(kind="Person", name="한솔비"),
    Thing(kind="GovernmentBody", name="나라숲청"),
    Thing(kind="GovernmentBody", name="물빛부"),
)


def told(*posts: tuple[str, str, Thing]) -> tuple[list[Fact], dict[str, Article]]:
    """Facts of articles, one for each post: the title, the day of the article (empty where none is known), the body."""
    facts, articles = [], {}
    for number, (title, day, body) in enumerate(posts):
        name, text = f"a{number}", f"{body.name} {title} 한솔비"
        articles[name] = Article(
            identifier=name, source=name, fields=(("text", text),), regions=(), date=dt.date.fromisoformat(day) if day else None
        )
        whole = Span("text", 0, len(text))
        spans = Span("text", 0, len(body.name)), Span("text", len(body.name) + 1, len(body.name) + 1 + len(title))
        at, as_ = (
            Evidence(article=name, span=span, sentence=whole, rule="beside.title", confidence=0.9, status="asserted")
            for span in spans
        )
        facts += [
            Fact(subject=PERSON, relation="affiliatedWith", object=body, evidence=(at,)),
            Fact(subject=PERSON, relation="jobTitle", object=title, evidence=(as_,)),
        ]
    return facts, articles


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        pytest.param([("과장", "2021-03-02", BODY), ("국장", "2023-05-01", BODY)], {("과장", "to", "2023-05-01"), ("국장", "from", "2023-05-01")}, id="a rank after another"),
        pytest.param([("국장", "2023-05-01", BODY), ("과장", "2021-03-02", BODY)], {("과장", "to", "2023-05-01"), ("국장", "from", "2023-05-01")}, id="whatever the order of articles"),
        pytest.param([("과장", "2021-03-02", BODY), ("과장", "2022-03-02", BODY), ("국장", "2023-05-01", BODY), ("차관", "2024-01-05", BODY)],
                     {("과장", "to", "2023-05-01"), ("국장", "from", "2023-05-01"), ("국장", "to", "2024-01-05"), ("차관", "from", "2024-01-05")}, id="three ranks"),
        pytest.param([("과장", "2021-03-02", BODY), ("국장", "2023-05-01", OTHER)], set(), id="of two bodies"),
        pytest.param([("교수", "2021-03-02", BODY), ("학장", "2023-05-01", BODY)], set(), id="titles without a rank can be held together"),
        pytest.param([("과장", "2021-03-02", BODY), ("국장", "2022-05-01", BODY), ("과장", "2023-03-02", BODY)], set(), id="by turns"),
        pytest.param([("과장", "2021-03-02", BODY), ("국장", "2021-03-02", BODY)], set(), id="on one day"),
        pytest.param([("정책국장", "2021-03-02", BODY), ("국장", "2023-05-01", BODY)], set(), id="one rank"),
        pytest.param([("과장", "", BODY), ("국장", "2023-05-01", BODY)], set(), id="without a day"),
        pytest.param([("과장", "2021-03-02", BODY)], set(), id="one post"),
    ],
)  # fmt: skip
def test_ranks_follow_each_other(posts: list[tuple[str, str, Thing]], expected: set[tuple[str, str, str]]) -> None:
    facts, articles = told(*posts)
    made = affiliations(facts, articles, load_titles().rung)
    roles = {fact.subject: fact.object for fact in made if fact.relation == "role"}
    assert {(roles[f.subject], f.relation, f.object.isoformat()) for f in made if f.relation in ("from", "to")} == expected
    later = {day for _, _, day in expected}
    for fact in made:
        if fact.relation in ("from", "to"):  # the words are those of the first article that gives the later rank
            assert {articles[e.article].date.isoformat() for e in fact.evidence} == {fact.object.isoformat()} <= later
    assert {fact.object.isoformat() for fact in made if fact.relation == "asOf"} == {day for _, day, _ in posts if day}
