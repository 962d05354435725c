"""What day a date is: against the article's day, by hints and days of the week, or else partial."""

from __future__ import annotations

import datetime as dt

import pytest
from case_table import _tokenizer

from kg.analyze.values import find_dates
from kg.knowledge.load import load_knowledge
from kg.model import Article, PartialDate, Region, Span, Value
from kg.resolve.dates import fixed_year, resolve_date, resolve_when

MARCH = dt.date(2024, 3, 13)  # a Wednesday


def _value(text: str) -> Value:
    [found] = find_dates(text)
    return found


@pytest.mark.parametrize(
    ("text", "published", "first", "last"),
    [
        # the nearest day that the words leave open
        ("12일", MARCH, (2024, 3, 12), None),
        ("28일", MARCH, (2024, 2, 28), None),
        ("27일", MARCH, (2024, 3, 27), None),
        ("6월 28일", MARCH, (2024, 6, 28), None),
        ("11월 20일", MARCH, (2023, 11, 20), None),
        # hints turn it
        ("지난 20일", MARCH, (2024, 2, 20), None),
        ("지난 13일", MARCH, (2024, 3, 13), None),
        ("지난 14일", MARCH, (2024, 3, 14), None),  # the article of the evening before
        ("지난 15일", MARCH, (2024, 2, 15), None),
        ("오는 9일", MARCH, (2024, 4, 9), None),
        ("오는 12일", MARCH, (2024, 3, 12), None),  # put up some days late
        ("오는 13일", MARCH, (2024, 3, 13), None),
        ("오는 20일", MARCH, (2024, 3, 20), None),
        ("지난 11월 20일", MARCH, (2023, 11, 20), None),
        ("오는 11월 20일", MARCH, (2024, 11, 20), None),
        ("오는 2월 20일", MARCH, (2025, 2, 20), None),
        ("지난 5월 3일", MARCH, (2023, 5, 3), None),
        ("지난해 5월 3일", MARCH, (2023, 5, 3), None),
        ("작년 11월 20일", MARCH, (2023, 11, 20), None),
        ("내년 1월 20일", MARCH, (2025, 1, 20), None),
        ("올해 11월 20일", MARCH, (2024, 11, 20), None),
        ("지난달 28일", MARCH, (2024, 2, 28), None),
        ("다음달 3일", MARCH, (2024, 4, 3), None),
        ("내달 3일", MARCH, (2024, 4, 3), None),
        ("이달 28일", MARCH, (2024, 3, 28), None),
        ("내달 3일", dt.date(2024, 12, 30), (2025, 1, 3), None),
        ("지난달 30일", dt.date(2024, 1, 30), (2023, 12, 30), None),
        ("지난달 31일", MARCH, None, None),  # February has none
        # in the next year only what is soon: 120 days
        ("4월 10일", dt.date(2023, 12, 12), (2023, 4, 10), None),
        ("4월 9일", dt.date(2023, 12, 12), (2024, 4, 9), None),
        ("1월 31일", dt.date(2023, 12, 12), (2024, 1, 31), None),
        ("3월 1일", dt.date(2023, 12, 12), (2024, 3, 1), None),
        # the day of the week chooses the month, or the year
        ("28일(수)", MARCH, (2024, 2, 28), None),
        ("27일(수)", MARCH, (2024, 3, 27), None),
        ("20일(화)", MARCH, (2024, 2, 20), None),
        ("20일(토)", MARCH, (2024, 4, 20), None),
        ("11월 20일(수)", MARCH, None, None),  # no such day of the week near
        ("8월 20일(화)", MARCH, (2024, 8, 20), None),
        ("8월 20일(일)", MARCH, (2023, 8, 20), None),
        # whole dates and periods
        ("2022년 4월 8일", MARCH, (2022, 4, 8), None),
        ("2022. 4. 8.(금)", MARCH, (2022, 4, 8), None),
        ("’25.12.15.(월)", MARCH, (2025, 12, 15), None),
        ("2023년 2월 30일", MARCH, None, None),
        ("3.12-14간", MARCH, (2024, 3, 12), (2024, 3, 14)),
        ("3.12.-14.", MARCH, (2024, 3, 12), (2024, 3, 14)),
        ("3.12-14일", MARCH, (2024, 3, 12), (2024, 3, 14)),
        ("2024.3.30.-4.2.간", MARCH, (2024, 3, 30), (2024, 4, 2)),
        ("12~14일", MARCH, (2024, 3, 12), (2024, 3, 14)),
        ("3월 30일부터 4월 2일까지", MARCH, (2024, 3, 30), (2024, 4, 2)),
        ("12월 30일~1월 2일", dt.date(2023, 12, 20), (2023, 12, 30), (2024, 1, 2)),
        ("3월", MARCH, None, None),
        ("6월 28일", None, None, None),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else "",
)  # fmt: skip
def test_days(text, published, first, last):
    days = (first and dt.date(*first), last and dt.date(*last))
    assert resolve_date(_value(text), published) == days


@pytest.mark.parametrize(
    ("text", "held", "planned"),
    [
        ("11월 20일", (2023, 11, 20), (2024, 11, 20)),
        ("28일", (2024, 2, 28), (2024, 3, 28)),
        ("10일", (2024, 3, 10), (2024, 3, 10)),  # written a few days ahead
        ("9일", (2024, 3, 9), (2024, 4, 9)),
        ("지난 10월 2일", (2023, 10, 2), (2023, 10, 2)),
    ],
)
def test_what_is_to_come_lies_ahead(text, held, planned):
    assert resolve_date(_value(text), MARCH)[0] == dt.date(*held)
    assert resolve_date(_value(text), MARCH, planned=True)[0] == dt.date(*planned)


@pytest.mark.parametrize(("text", "day"), [("오늘", 13), ("금일", 13), ("어제", 12), ("내일", 14)])
def test_days_by_the_articles_own(text, day):
    value = Value(kind="date", start=0, end=2, hint=text)
    assert resolve_date(value, MARCH) == (dt.date(2024, 3, day), None)
    assert resolve_date(value, None) == (None, None)


@pytest.mark.parametrize(("days", "last"), [(None, None), (1, None), (2, 13), (4, 15)])
def test_a_length_gives_the_end(days, last):
    value = Value(kind="date", start=0, end=2, date=PartialDate(2024, 3, 12), days=days)
    assert resolve_date(value, MARCH) == (dt.date(2024, 3, 12), last and dt.date(2024, 3, last))


def test_an_end_before_its_beginning_is_none():
    value = Value(kind="date", start=0, end=2, date=PartialDate(2024, 3, 12), until=PartialDate(2024, 3, 12))
    assert resolve_date(value, MARCH) == (dt.date(2024, 3, 12), None)
    assert (
        resolve_date(Value(kind="date", start=0, end=2, date=PartialDate(2024, 3, 12), until=PartialDate(2023, 3, 14)), MARCH)[1]
        is None
    )


def test_an_end_without_a_month_may_lie_in_the_next():
    value = Value(kind="date", start=0, end=2, date=PartialDate(2024, 3, 30), until=PartialDate(None, None, 2))
    assert resolve_date(value, MARCH)[1] == dt.date(2024, 4, 2)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("내년 2022년부터", 2021),
        ("올해(2023년)", 2023),
        ("작년인 2019년", 2020),
        ("지난해 2019년", 2020),
        ("2022년에", None),
        ("내년 22년", None),
    ],
)
def test_a_text_that_fixes_its_year(text, year):
    assert fixed_year(text) == year


@pytest.mark.parametrize(("hint", "year"), [(None, 2021), ("내년", 2022), ("작년", 2020), ("올해", 2021)])
def test_without_the_articles_day_the_fixed_year_counts(hint, year):
    value = Value(kind="date", start=0, end=2, date=PartialDate(None, 6, 28), hint=hint)
    assert resolve_date(value, None, 2021)[0] == dt.date(year, 6, 28)
    assert resolve_date(value, None)[0] is None
    assert resolve_date(Value(kind="date", start=0, end=2, date=PartialDate(None, None, 28)), None, 2021)[0] is None


@pytest.mark.parametrize(
    ("date", "hint", "when"),
    [
        (PartialDate(None, None, None), "내년", "2025"),
        (PartialDate(None, None, None), None, None),
        (PartialDate(2026, None, None), None, "2026"),
        (PartialDate(None, 9, None), None, "2024-09"),
        (PartialDate(None, 9, None), "내년", "2025-09"),
        (PartialDate(None, 2, None), "오는", "2025-02"),
        (PartialDate(None, 3, None), "오는", "2024-03"),
        (PartialDate(None, 9, None), "오는", "2024-09"),
        (PartialDate(2024, 2, None), "오는", "2024-02"),
        (PartialDate(None, 2, None), None, "2024-02"),
        (PartialDate(2026, 9, 3), None, "2026-09-03"),
    ],
)
def test_when_as_far_as_it_is_said(date, hint, when):
    assert resolve_when(Value(kind="date", start=0, end=2, date=date, hint=hint), MARCH) == when


def test_when_without_any_year_is_open():
    value = Value(kind="date", start=0, end=2, date=PartialDate(None, 9, None))
    assert resolve_when(value, None) is None
    assert resolve_when(value, None, 2021) == "2021-09"


# ---- evidence


def _facts(text: str):
    from kg.pipeline import facts_of
    from kg.read.view import make_view

    whole = Region(role="body", span=Span("text", 0, len(text)))
    view = make_view(Article(identifier="a", source="a", fields=(("text", text),), regions=(whole,), date=dt.date(2021, 6, 29)))
    return facts_of(view, _tokenizer()(view.text), load_knowledge())[1]


@pytest.mark.parametrize(
    ("text", "relation", "words"),
    [
        ("비가 왔다. 환경부는 12일 부산에서 물 포럼을 열었다. 비가 왔다.", "hosted", "환경부는 12일 부산에서 물 포럼을 열었다"),
        ("비가 왔다. 환경부는 12일 부산에서 물 포럼을 열었다.", "startDate", "12일 부산에서 물 포럼을 열었다"),
        ("비가 왔다. 환경부는 12일 부산에서 물 포럼을 열었다.", "city", "부산에서 물 포럼을 열었다"),
        ("비가 왔다. 서가람 한빛대 교수가 물 포럼에 참석했다.", "participatedIn", "서가람 한빛대 교수가 물 포럼에 참석했다"),
    ],
)
def test_evidence_holds_subject_object_and_verb(text, relation, words):
    [fact] = [f for f in _facts(text) if f.relation == relation]
    spans = {text[e.span.start : e.span.end] for e in fact.evidence}
    assert words in spans


def test_evidence_out_of_damaged_words_is_less_sure():
    sure = load_knowledge().confidence
    for text, recovered in (("환경부는 6월 30일 물 포럼을 열었다.", False), ("환경부는 630일 물 포럼을 열었다.", True)):
        [fact] = [f for f in _facts(text) if f.relation == "startDate"]
        assert fact.object == dt.date(2021, 6, 30)
        factor = sure.factors["recovered"] if recovered else 1
        assert fact.evidence and all(e.recovered == recovered for e in fact.evidence)
        assert all(e.confidence == round(sure.of(e.rule) * factor, 3) for e in fact.evidence)


def test_numbers_of_patterns_are_those_of_the_table():
    [fact] = [f for f in _facts("환경부는 12일 물 포럼을 열었다.") if f.relation == "hosted"]
    assert [e.confidence for e in fact.evidence] == [load_knowledge().confidence.of(e.rule) for e in fact.evidence]
    assert load_knowledge().confidence.factors == {"recovered": 0.8, "voted": 0.85}
