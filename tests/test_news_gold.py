"""The annotated news articles: texts written for this project, and the records that stand off them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from kg.measure.standoff import complaints, gold, read_articles, read_lines, split_of

NEWS = Path(__file__).parent / "gold" / "news"
SPLITS = ("train", "development", "test")
RECORDS = {split: tuple(read_lines([NEWS / f"{split}.jsonl"])) for split in SPLITS}
SECOND = {name: tuple(read_lines([NEWS / f"{name}.jsonl"])) for name in ("second", "second-f")}
ARTICLES = read_articles([NEWS / "articles.jsonl"], [r["id"] for records in RECORDS.values() for r in records])


def test_every_article_has_one_record_and_every_record_its_article() -> None:
    texts = [article["id"] for article in read_lines([NEWS / "articles.jsonl"])]
    records = [record["id"] for found in RECORDS.values() for record in found]
    assert len(texts) >= 260
    assert sorted(texts) == sorted(records) == sorted(set(records)) == sorted(ARTICLES)


@pytest.mark.parametrize("split", SPLITS)
def test_records_stand_off_their_texts(split: str) -> None:
    assert RECORDS[split]
    for record in RECORDS[split]:
        assert record["split"] == split == split_of(record["id"])
        assert record["corpus"] == ARTICLES[record["id"]]["corpus"] == "news"
        assert list(complaints(record, ARTICLES[record["id"]])) == []


@pytest.mark.parametrize(("name", "hand", "firsts"), [("second", "E2", {"E"}), ("second-f", "F", {"C", "E"})])
def test_second_readings_stand_off_the_same_texts(name: str, hand: str, firsts: set[str]) -> None:
    known = {record["id"]: record for records in RECORDS.values() for record in records}
    assert len({record["id"] for record in SECOND[name]}) == len(SECOND[name]) >= 20
    assert {known[record["id"]]["annotator"] for record in SECOND[name]} == firsts
    for record in SECOND[name]:
        assert record["annotator"] == hand
        assert record["split"] == known[record["id"]]["split"]
        assert list(complaints(record, ARTICLES[record["id"]])) == []


def test_two_hands_read_a_tenth_of_the_articles() -> None:
    twice = [record["id"] for records in SECOND.values() for record in records]
    assert len(set(twice)) == len(twice) >= len(ARTICLES) / 10
    assert len(SECOND["second-f"]) >= len(ARTICLES) / 10  # by a hand that wrote none of them
    assert {record["split"] for record in SECOND["second-f"]} == set(SPLITS)


def test_a_changed_text_is_noticed() -> None:
    record = RECORDS["train"][0]
    changed = {**ARTICLES[record["id"]], "text": ARTICLES[record["id"]]["text"] + "."}
    assert list(complaints(record, changed)) == ["the text is another: its hash differs"]


def test_the_gold_has_facts_of_many_kinds() -> None:
    facts = Counter(f[1] for found in RECORDS.values() for r in found for f in gold(r, ARTICLES[r["id"]])["facts"])
    assert sum(facts.values()) > 4500
    assert {"affiliatedWith", "heads", "jobTitle", "said", "participatedIn", "venue", "coHosted", "edition"} <= facts.keys()


def test_articles_differ_and_half_of_them_are_damaged() -> None:
    articles = [json.loads(line) for line in (NEWS / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len({article["text"] for article in articles}) == len(articles)
    assert {article["date"][:4] for article in articles} >= {"2005", "2015", "2026"}
