"""The harnesses of ``make guided`` hold for what they start from, and what once broke a reader or stage breaks it no more."""

from __future__ import annotations

import csv

import pytest

from tests.reliability.makers import text_of
from tests.reliability.targets import FOUND, TARGETS, found

HEAVY = ("extraction", "question")  # their seeds take long; tests/test_fuzz.py and tests/test_ask.py hold what they try


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_findings_hold(name):
    target = TARGETS[name]
    call, seeds = target.make(), list(target.seeds())
    assert seeds and all(seeds)
    for data in [*(seeds if name not in HEAVY else seeds[:1]), *(path.read_bytes() for path in found(name))]:
        call(data)


def test_every_finding_is_of_a_target():
    assert {path.name for path in FOUND.glob("*") if path.is_dir()} <= TARGETS.keys()


def test_a_reader_that_breaks_is_a_finding(monkeypatch):
    """What the last net of the formats catches is no answer to a damaged file where our own code let it fall."""
    from kg.read.formats import jsons

    call = TARGETS["json"].make()
    call(b"{")
    monkeypatch.setattr(jsons, "_around", None)
    with pytest.raises(TypeError):
        call(b'{"title": "a"}')


DEEP = "[" * 200_000
LONG = '{"a": ' + "9" * 5000 + "}"


@pytest.mark.parametrize("words", [DEEP, LONG], ids=["deep", "long"])
def test_a_damaged_file_of_a_folder_is_told(tmp_path, words):
    from kg.errors import PressKGError
    from kg.graph.folder import is_built
    from kg.graph.shield import NAME, shield_of
    from kg.graph.stated import SAID, said
    from kg.graph.store import articles
    from kg.knowledge import corrections
    from kg.measure.standoff import read_lines

    for name in (SAID, NAME, "articles.jsonl", "manifest.json"):
        (tmp_path / name).write_text(words, encoding="utf-8")
    ways = (
        lambda: said(tmp_path),
        lambda: shield_of(tmp_path),
        lambda: list(articles(tmp_path)),
        lambda: list(read_lines([tmp_path / "articles.jsonl"])),
        lambda: corrections.parse(f"a = {words}"),
    )
    for way in ways:
        with pytest.raises(PressKGError):
            way()
    assert not is_built(tmp_path)


def test_a_cell_that_is_too_long_for_a_table_is_told():
    from kg.errors import KnowledgeError
    from kg.knowledge.own_table import parse

    before = csv.field_size_limit(1000)  # one for the whole process, which readers of tables raise
    try:
        with pytest.raises(KnowledgeError, match="is no table"):
            parse("name\tkind\n" + "가" * 1200 + "\tAssociation\n")
    finally:
        csv.field_size_limit(before)


def test_names_hold_no_sign_that_steers_a_terminal():
    from kg.errors import KnowledgeError
    from kg.knowledge import corrections, own_table

    assert own_table.parse("name\tkind\n가 나\u00a0다\tAssociation\n")
    with pytest.raises(KnowledgeError, match="has to be words"):
        own_table.parse("name\tkind\n가\x1b나\tAssociation\n")
    for entry in ('[[rename]]\nthing = "id:가"\nname = "a\\u001bb"', '[[merge]]\nthings = ["id:가", "id:\\u0000"]'):
        with pytest.raises(KnowledgeError, match="has to be"):
            corrections.parse(entry)


def test_a_changed_byte_is_another_phrase():
    assert text_of(bytes([0, 10])) != text_of(bytes([0, 11])) and text_of(b"\xff" + "가".encode()) == "가"
