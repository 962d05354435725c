"""The models of arguments and of statements: what is proposed and left out, exact sums, an absent folder, how thresholds are chosen."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest

from kg.decide import arguments as model_of
from kg.decide import doubts
from kg.decide.arguments import UNLIKELY, Arguments, Judge, load, load_arguments, weighed
from kg.decide.doubts import Doubts, doubted, load_doubts
from kg.decide.pairs import Names, pairs
from kg.decide.statements import Book, statements
from kg.errors import KnowledgeError
from kg.knowledge.resources import resource
from kg.model import STATED, Article, Mention, Region, Span
from kg.pipeline import decided
from kg.resolve.things import resolve_things

LEAD = "해양수산부는 5월 3일 부산에서 해양기술 간담회를 개최했다."

# (what follows the lead, who takes part by the model of arguments alone, with which status)
PROPOSED = [
    (
        "이번 간담회에는 한빛해운협회, 나래선주협회, 두레항만공사 등에서 80여 명이 참석했다.",
        {"한빛해운협회", "두레항만공사"},
        "asserted",
    ),
    ("이번 간담회에는 한빛해운협회, 두레항만공사 등에서 80여 명이 참석할 예정이다.", {"한빛해운협회"}, "planned"),
    (
        "이날 간담회에는 문가람 한빛대학교 교수, 서다온 나래연구원 원장 등 30여 명이 자리를 함께했다.",
        {"문가람"},
        "asserted",
    ),
]
# near misses: nothing is proposed
SILENT = [
    "이번 간담회에는 한빛해운협회, 두레항만공사 등에서 아무도 참석하지 않았다.",
    "한편 한빛해운협회는 지난해 두레항만공사의 시설을 이용했다.",
    "문의: 해양정책과 문가람 주무관(☎ 044-200-0000)",
]


@pytest.fixture(scope="module")
def knowledge():
    from kg.knowledge.load import load_knowledge

    return load_knowledge()


@pytest.fixture(scope="module")
def tokenizer():
    from spacy.vocab import Vocab

    from kg.analyze.tokenizer import KiwiTokenizer

    return KiwiTokenizer(Vocab())


@pytest.fixture(scope="module")
def read(knowledge, tokenizer):
    """A function from the words behind the lead to (reading, decision without the model, things)."""
    from kg.read.view import make_view

    def of(words: str):
        text = f"해양기술 간담회 개최\n{LEAD}\n{words}"
        title = text.index("\n")
        regions = (
            Region(role="title", span=Span("text", 0, title)),
            Region(role="body", span=Span("text", title + 1, len(text))),
        )
        article = Article(
            identifier="a",
            source="a.txt",
            fields=(("text", text),),
            regions=regions,
            date=dt.date(2024, 5, 4),
            publisher="해양수산부",
        )
        view = make_view(article)
        reading, lengthened, decision = decided(view, tokenizer(view.text), knowledge)
        return reading, decision, resolve_things(reading, decision.claims, lengthened, article, knowledge)

    return of


def _model() -> Arguments:
    """The shipped model, which here has to speak of single sentences."""
    return replace(load_arguments(), shortest=0)


def _weighed(reading, decision, things, knowledge, model):
    return weighed(decision, model, reading, Names(things.of, "해양수산부"), knowledge)


@pytest.mark.parametrize(("words", "who", "status"), PROPOSED)
def test_proposes_who_takes_part(words, who, status, read, knowledge):
    reading, decision, things = read(words)
    told = {c.subject.name for c in decision.claims if c.relation == "participatedIn"}
    new = [c for c in _weighed(reading, decision, things, knowledge, _model()).claims if c.rule == "arguments.participatedIn"]
    assert {c.subject.name for c in new} | told >= who
    for claim in new:
        assert claim.status == status and 0 < claim.confidence < 1
        assert claim.subject.name in reading.tokens.text[claim.start : claim.end]


def test_proposes_where_patterns_say_nothing(read, knowledge):
    """The table above checks nothing where patterns say all of it: here they say nothing of who takes part."""
    found = []
    for words, _, _ in PROPOSED:
        reading, decision, things = read(words)
        silent = replace(decision, claims=tuple(c for c in decision.claims if c.relation != "participatedIn"))
        found += _weighed(reading, silent, things, knowledge, _model()).claims
    assert any(c.rule.startswith("arguments.") for c in found)


@pytest.mark.parametrize("words", SILENT)
def test_near_misses(words, read, knowledge):
    new = _weighed(*read(words), knowledge, _model()).claims
    assert [c for c in new if c.rule.startswith("arguments.") and c.status in STATED] == []


def test_refuses_with_a_reason(read, knowledge):
    """A judge that refuses all takes every such claim away, says why, and leaves the others."""
    reading, decision, things = read(PROPOSED[2][0])
    judge = Judge("hosted", ("coHosted",), frozenset(), 0, None, 10**6, ((0, 0.5),))
    after = _weighed(reading, decision, things, knowledge, Arguments((judge,), {}))
    gone = [c for c in decision.claims if c.relation == "hosted"]
    assert gone and {c.relation for c in after.claims} == {c.relation for c in decision.claims} - {"hosted"}
    assert {r.reason for r in after.rejected} - {r.reason for r in decision.rejected} == {UNLIKELY}


def _doubted(reading, decision, things, knowledge, model):
    return decision.without(doubted(decision.claims, model, reading, Names(things.of, "해양수산부"), knowledge), UNLIKELY)


def test_leaves_out_with_a_reason(read, knowledge):
    """A model that doubts all that some rules say of hosts takes these claims away, says why, and leaves the others."""
    reading, decision, things = read(PROPOSED[2][0])
    said = [s for s in statements(decision.claims, things.of) if s.relation == "hosted"]
    rules = {rule: -5 for s in said for rule in s.rules}
    after = _doubted(reading, decision, things, knowledge, Doubts({"rel=hosted": -10}, 0, rules))
    gone = [c for c in decision.claims if c.relation == "hosted"]
    assert gone and {c.relation for c in after.claims} == {c.relation for c in decision.claims} - {"hosted"}
    assert {r.reason for r in after.rejected} - {r.reason for r in decision.rejected} == {UNLIKELY}


@pytest.mark.parametrize(
    "model",
    [
        None,
        Doubts({}, -100, {"signed.sign": -5}),
        Doubts({}, 0, {"hosted.host": -5}),
        Doubts({}, -100, {"hosted.host": -5}, 4000),
    ],
    ids=["none", "of another rule", "likely", "short"],
)
def test_what_is_not_doubted_stays(model, read, knowledge):
    reading, decision, things = read(PROPOSED[2][0])
    assert any(c.rule == "hosted.host" for c in decision.claims) and all(c.rule != "signed.sign" for c in decision.claims)
    assert _doubted(reading, decision, things, knowledge, model) is decision


def test_what_is_seen_of_a_statement(read, knowledge):
    """Claims that say the same are one statement; of each is seen who says it, in which role, beside what else."""
    reading, decision, things = read("해양수산부는 이번 간담회를 개최했다고 밝혔다. 이번 간담회는 부산에서 열렸다.")
    found = statements(decision.claims, things.of)
    assert len({(s.subject, s.relation, s.object) for s in found}) == len(found)
    hosted = next(s for s in found if s.relation == "hosted" and s.subject.name == "해양수산부")
    assert len(hosted.claims) > 1
    traits = Book(found, reading, Names(things.of, "해양수산부"), knowledge).traits(hosted)
    assert {"rel=hosted", "hosted|role=body", "hosted|s.part=는", "hosted|s.publisher=True|kind=GovernmentBody"} <= traits
    assert any(t.startswith("hosted|o.has=startDate") for t in traits)


def test_of_shorter_texts_than_it_has_learned_from_it_says_nothing(read, knowledge):
    reading, decision, things = read(PROPOSED[0][0])
    assert len(reading.tokens.text) < load_arguments().shortest
    assert _weighed(reading, decision, things, knowledge, load_arguments()) is decision


def test_without_a_model_nothing_changes(read, knowledge):
    reading, decision, things = read(PROPOSED[0][0])
    assert _weighed(reading, decision, things, knowledge, None) is decision


def test_a_folder_that_is_absent_is_a_notice(monkeypatch):
    monkeypatch.setattr(model_of, "FOLDER", ("data", "models", "nowhere"))
    monkeypatch.setattr(doubts, "FOLDER", ("data", "models", "nowhere"))
    for loaded in (load_arguments, load_doubts):
        loaded.cache_clear()
    with pytest.warns(UserWarning, match="model of arguments"):
        assert load_arguments() is None
    assert load_doubts() is None
    for loaded in (load_arguments, load_doubts):
        loaded.cache_clear()


def test_scores_do_not_depend_on_order(read, knowledge):
    model = load_arguments()
    reading, decision, things = read(PROPOSED[0][0])
    for pair in pairs(reading, decision.claims, Names(things.of), knowledge):
        backwards = replace(pair, traits=tuple(sorted(pair.traits, reverse=True)))
        assert model.score(pair, 0) == model.score(backwards, 0) and isinstance(model.score(pair, 0), int)


def test_steps_rise():
    for judge in load_arguments().judges:
        assert list(judge.steps) == sorted(judge.steps) and [c for _, c in judge.steps] == sorted({c for _, c in judge.steps})
        assert all(0 <= chance <= 1 for _, chance in judge.steps)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 1}, "format"),
        ({"judges": [{"relation": "hosted"}]}, "judges"),
        ({"shortest": "400"}, "shortest"),
    ],
)
def test_a_broken_model_is_named(change, message, tmp_path):
    folder = resource(*model_of.FOLDER)
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8")) | change
    (tmp_path / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    (tmp_path / "weights.tsv").write_text("part=와\t1\t2\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message):
        load(tmp_path)


def test_a_line_with_too_few_weights_is_named(tmp_path):
    (tmp_path / "meta.json").write_text((resource(*model_of.FOLDER) / "meta.json").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "weights.tsv").write_text("part=와\t1\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="line 1"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("change", "weights", "message"),
    [
        ({"format": 2}, "rel=hosted\t1\n", "format"),
        ({"above": 1}, "rel=hosted\t1\n", "above"),
        ({}, "rel=hosted\n", "line 1"),
        ({}, "rel=hosted\tmuch\n", "line 1"),
    ],
)
def test_a_broken_model_of_statements_is_named(change, weights, message, tmp_path):
    meta = json.loads((resource(*model_of.FOLDER) / doubts.FILE).read_text(encoding="utf-8")) | change
    (tmp_path / doubts.FILE).write_text(json.dumps(meta), encoding="utf-8")
    (tmp_path / doubts.WEIGHTS).write_text(weights, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message):
        doubts.load(tmp_path)


def test_thresholds_come_from_what_is_right_out_of_fold():
    pytest.importorskip("sklearn")
    from kg.train.arguments import Task, _propose, _refuse, _steps

    scores = np.array([-3000] * 10 + [-500] * 10 + [1000] * 10 + [2000] * 10)
    truth = np.array([False] * 9 + [True] + [False] * 5 + [True] * 5 + [True] * 6 + [False] * 4 + [True] * 10)
    every, none = np.ones(40, bool), np.zeros(40, bool)
    told = Task(truth, every, every, none)
    assert _propose(told, scores, 8, 0.9) == 1100  # the grid's first value above the six of ten
    assert _propose(told, scores, 11, 0.9) is None
    assert _refuse(told, scores, 8, 0.1) == -500 and _refuse(told, scores, 8, 0.05) is None
    assert [chance for _, chance in _steps(told, scores)] == [0.17, 0.5, 0.58, 0.92]


def test_a_rule_has_the_threshold_below_which_it_is_seldom_right():
    pytest.importorskip("sklearn")
    from kg.train.statements import Said, limits

    settings = {"support": 5, "lost": 0.2, "highest": 300, "spared": ["c"]}
    found = [Said(str(i), (rule,), (), False) for rule in "abc" for i in range(10)]
    scores = np.array([*range(-900, 100, 100)] * 3)
    truth = np.array([False] * 6 + [True] * 4 + [False] * 3 + [True] * 7 + [False] * 10)
    assert limits(found, truth, scores, settings) == {"a": -200}  # six wrong and one right; b is too often right, c spared


def test_labels_are_by_the_words_that_name_a_thing(read):
    """An entity of the annotation is the thing that is named by the same characters, and facts hold between such things."""
    from kg.read.view import make_view
    from kg.train.labels import Labels

    reading, decision, things = read(PROPOSED[2][0])
    text = reading.tokens.text
    article = Article(
        identifier="a", source="a", fields=(("text", text),), regions=(Region(role="body", span=Span("text", 0, len(text))),)
    )
    who = next(m for m in reading.mentions if m.name == "문가람")
    event = next(m for m in reading.mentions if m.name == "해양기술 간담회" and m.start > 12)
    at = {"p1": who, "e1": event}
    record = {
        "entities": {
            key: {"type": type_, "mentions": [[at[key].start, at[key].end]]} for key, type_ in (("p1", "Person"), ("e1", "Event"))
        },
        "facts": [{"fact": ["p1", "participatedIn", "e1"]}],
        "optional": [{"fact": ["p1", "hosted", "e1"]}],
    }
    labels = Labels(record, make_view(article), things)
    assert labels.said(things.of(who), things.of(event)) == (frozenset({"participatedIn"}), frozenset({"hosted"}))
    other = next(m for m in reading.mentions if m.name == "서다온")
    assert labels.said(things.of(other), things.of(event)) == (frozenset(), frozenset())
    assert isinstance(who, Mention)
