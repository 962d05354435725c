"""Patterns: each is shown by its own sentences, and what cannot be meant does not load."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from pathlib import Path

import pytest
from case_table import outcome

from kg.errors import KnowledgeError
from kg.knowledge.load import load_knowledge
from kg.knowledge.patterns import GUARDS, VIEWS, load_patterns
from kg.knowledge.patterns.lexicon import Lexicon
from kg.knowledge.patterns.line import ITEMS as TOLD_ITEMS
from kg.knowledge.resources import resource
from kg.patterns.guards import FUNCTIONS
from kg.patterns.items import ITEMS

DAY = dt.date(2024, 3, 13)
PATTERNS = load_knowledge().patterns


def rules(text: str) -> frozenset[str]:
    """The rules by which a text states anything, without the mark of the model of names."""
    return frozenset(rule.partition("+")[0] for rule in outcome(text, DAY)[1])


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.id)
def test_examples_and_near_misses(pattern):
    for text in pattern.examples:
        assert pattern.id in rules(text), f"does not say it: {text}"
    for text in pattern.near_misses:
        assert pattern.id not in rules(text), f"says it: {text}"


def test_every_view_has_patterns():
    assert {p.over for p in PATTERNS} == set(VIEWS)


def test_guards_are_those_that_are_told_of():
    assert {view: set(found) for view, found in FUNCTIONS.items()} == {view: set(told) for view, told in GUARDS.items()}


def test_items_of_lines_are_those_that_are_told_of():
    assert set(ITEMS) == set(TOLD_ITEMS) == {p.match.item for p in PATTERNS if p.over == "line"}


def test_every_guard_is_used():
    used = {(p.over, name) for p in PATTERNS for name in p.unless}
    assert used == {(view, name) for view, told in GUARDS.items() for name in told}


CLAUSE = """
[[pattern]]
id = "hosted.try"
over = "clause"
match.lemmas = ["@host"]
match.roles.subject = { kind = "press:Agent", case = "agent" }
match.roles.object = { kind = "press:Event", case = "theme" }
emit = "subject press:hosted object"
example = "환경부는 물 포럼을 열었다."
near_miss = "환경부는 문을 열었다."
"""

BROKEN = [
    ('emit = "subject press:hosted object"', 'emit = "subject press:hostd object"', "emit", "press:hostd"),
    ('emit = "subject press:hosted object"', 'emit = "doer press:hosted object"', "emit", "doer"),
    ('emit = "subject press:hosted object"', 'emit = "object press:hosted subject"', "emit", "Event"),
    ('emit = "subject press:hosted object"', 'emit = "subject hosted object"', "emit", "subject hosted object"),
    ('emit = "subject press:hosted object"', "emit = 3", "emit", 3),
    ('over = "clause"', 'over = "page"', "over", "page"),
    ("match.lemmas", "match.lemma", "match", "lemma"),
    ('["@host"]', '["@hosts"]', "match.lemmas", "@hosts"),
    ('["@host"]', '["@outcomes.nothing"]', "match.lemmas", "@outcomes.nothing"),
    ('["@host"]', '["열"]', "match.lemmas", "열"),
    ('"press:Agent"', '"press:Agents"', "match.roles.subject.kind", "press:Agents"),
    ('"press:Agent"', '"press:Place"', "emit", "Place"),
    ('"press:Event"', '"press:Person"', "emit", "Person"),
    ('"press:Event"', '"date"', "emit", "date"),
    ('case = "theme"', 'case = "object"', "match.roles.object.case", "object"),
    ('case = "theme"', 'case = "theme", except = ["press:Person"]', "match.roles.object.except", "Person"),
    ("match.roles.object", "match.roles.thing", "match.roles", ["subject", "thing"]),
    ('example = "환경부는 물 포럼을 열었다."\n', "", "", "example"),
    ('near_miss = "환경부는 문을 열었다."', "", "", "near_miss"),
    ('near_miss = "환경부는 문을 열었다."', "near_miss = []", "", "near_miss"),
    ("[[pattern]]", '[[pattern]]\nunless = ["weather"]', "unless", "weather"),
    (
        "[[pattern]]",
        '[[pattern]]\nunless = ["membership", "membership", "membership", "membership"]',
        "unless",
        ["membership"] * 4,
    ),
    ("[[pattern]]", '[[pattern]]\njoint = "press:together"', "joint", "press:together"),
    ("[[pattern]]", '[[pattern]]\nstatus = "maybe"', "status", "maybe"),
    ("[[pattern]]", "[[pattern]]\nprioriti = 3", "", "prioriti"),
    ("[[pattern]]", '[[pattern]]\nmatch.forms = ["aktive"]', "match.forms", "aktive"),
    ("[[pattern]]", '[[pattern]]\nmatch.unspoken = ["after"]', "match.unspoken", "after"),
    ("[[pattern]]", '[[pattern]]\nmatch.guests = "press:guests"', "match.guests", "press:guests"),
]


def loaded(folder: Path, text: str):
    (folder / "try.toml").write_text(text, encoding="utf-8")
    return load_patterns(folder, Lexicon(resource("data") / "lexicon", load_knowledge().verbs))


def test_a_pattern_loads(tmp_path):
    (pattern,) = loaded(tmp_path, CLAUSE)
    assert (pattern.id, pattern.over, pattern.source) == ("hosted.try", "clause", "try.toml")
    assert "열리다" in pattern.match.passive and pattern.emit[0].relation == "hosted"


@pytest.mark.parametrize(("old", "new", "key", "value"), BROKEN, ids=[f"{new[-40:].strip()}" for _, new, _, _ in BROKEN])
def test_what_cannot_be_meant_does_not_load(tmp_path, old, new, key, value):
    assert old in CLAUSE
    with pytest.raises(KnowledgeError) as error:
        loaded(tmp_path, CLAUSE.replace(old, new))
    assert error.value.file.endswith("try.toml") and error.value.value == value
    assert error.value.key.endswith(key)


def test_an_id_stands_once(tmp_path):
    with pytest.raises(KnowledgeError, match="stands already in try.toml"):
        loaded(tmp_path, CLAUSE + CLAUSE)


ROW = """
[[pattern]]
id = "date.try"
over = "row"
match = [
    { role = "day", phrase = "TIME", flags = ["day"] },
    { role = "event", phrase = "NP", class = "press:Event", particle = "에서" },
]
emit = "event press:startDate day"
example = "18일 정례회의에서 보고했다."
near_miss = "18일 보고했다."
"""

BROKEN_ROWS = [
    ('phrase = "TIME"', 'phrase = "DAY"', "match 1.phrase", "DAY"),
    ('flags = ["day"]', 'flags = ["dayly"]', "match 1.flags", "dayly"),
    ('class = "press:Event"', 'class = "press:Events"', "match 2.class", "press:Events"),
    ('class = "press:Event"', 'class = "date"', "match 2.class", "date"),
    ('class = "press:Event"', 'class = "press:Person"', "emit", "Person"),
    ('particle = "에서"', 'partikel = "에서"', "match 2", "partikel"),
    ('particle = "에서"', 'op = "**"', "match 2.op", "**"),
    ('particle = "에서"', 'pick = "some"', "match 2.pick", "some"),
    ('particle = "에서"', 'form = "고자"', "match 2", ["class", "form", "phrase", "role"]),
    ('particle = "에서"', 'ending = "past"', "match 2.ending", "past"),
    ('particle = "에서"', 'lemma = "열"', "match 2.lemma", "열"),
    ('particle = "에서"', 'word = "@talks.nothing"', "match 2.word", "@talks.nothing"),
    ("event press:startDate day", "event press:startDate time", "emit", "time"),
    ("event press:startDate day", 'event press:startDate \\"18일\\"', "emit", "text"),
]


@pytest.mark.parametrize(("old", "new", "key", "value"), BROKEN_ROWS, ids=[new for _, new, _, _ in BROKEN_ROWS])
def test_a_row_that_cannot_be_meant_does_not_load(tmp_path, old, new, key, value):
    assert old in ROW
    with pytest.raises(KnowledgeError) as error:
        loaded(tmp_path, ROW.replace(old, new))
    assert error.value.key.endswith(key) and error.value.value == value


LINES = [
    ('keys = ["host"]', 'keys = ["hosts"]', "match.keys", "hosts"),
    ('keys = ["host"]', "keys = []", "match", "keys"),
    ('item = "body"', 'item = "bodies"', "match.item", "bodies"),
    ('item = "body"', 'item = "day"', "emit", "date"),
    ('item = "body"', 'item = "body", of = "line"', "match", "of"),
    ('item = "body"', 'item = "body", without = ["guest"]', "match.without", "guest"),
]


@pytest.mark.parametrize(("old", "new", "key", "value"), LINES, ids=[new for _, new, _, _ in LINES])
def test_a_line_that_cannot_be_meant_does_not_load(tmp_path, old, new, key, value):
    text = """[[pattern]]
id = "line.try"
over = "line"
match = { keys = ["host"], item = "body" }
emit = "item press:hosted event"
example = "□ 주최: 환경부"
near_miss = "□ 문의: 환경부"
"""
    loaded(tmp_path, text)
    with pytest.raises(KnowledgeError) as error:
        loaded(tmp_path, text.replace(old, new))
    assert error.value.key.endswith(key) and error.value.value == value


def test_pieces_of_expressions_are_written_before_what_they_make(tmp_path):
    from kg.knowledge.lexica import composed

    path = tmp_path / "atoms.toml"
    path.write_text("number = '[0-9]+'\nroom = '{number}호'\n", encoding="utf-8")
    assert composed(path) == {"number": "[0-9]+", "room": "[0-9]+호"}
    path.write_text("room = '{number}호'\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="is no piece that stands before"):
        composed(path)
    path.write_text("room = '(호'\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="is no regular expression"):
        composed(path)


@pytest.mark.parametrize("page", ["docs/patterns.md", "docs/ko/patterns.md"])
def test_the_page_shows_every_view(page):
    text = (Path(__file__).resolve().parents[1] / page).read_text(encoding="utf-8")  # tests/test_blocks.py tries its blocks
    assert set(re.findall(r'^over = "(\w+)"', text, re.M)) == set(VIEWS)


def test_the_command_tells_a_bad_example(tmp_path, interpreter):
    path = tmp_path / "mine.toml"
    path.write_text(CLAUSE.replace("환경부는 문을 열었다.", "환경부는 포럼을 열었다."), encoding="utf-8")
    done = subprocess.run([*interpreter, "-m", "kg.patterns", str(path)], capture_output=True, text=True)
    assert done.returncode == 1
    assert "ok   hosted.try: example: 환경부는 물 포럼을 열었다. → 환경부 | hosted | 물 포럼" in done.stdout
    assert "BAD  hosted.try: near miss: 환경부는 포럼을 열었다. → 환경부 | hosted | 포럼" in done.stdout
    path.write_text(CLAUSE.replace("press:hosted", "press:hostd"), encoding="utf-8")
    done = subprocess.run([*interpreter, "-m", "kg.patterns", str(path)], capture_output=True, text=True)
    assert done.returncode == 1 and "mine.toml: pattern hosted.try.emit: 'press:hostd'" in done.stderr
