"""The place that decides: the order of candidates changes nothing, constraints say why, numbers are data."""

from __future__ import annotations

import ast
import random
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from case_table import DAY, _tokenizer, load_cases

from kg.decide import RuleScorer, canonical, decide
from kg.decide.cases import cases_have_a_stage, cases_need_an_audience
from kg.decide.constraints import (
    CONSTRAINTS,
    ordinals_of_titles,
    pictured_do_not_host,
    venues_in_full,
    voted_names_are_marked,
)
from kg.decide.days import ends_follow_beginnings, lines_of_the_day
from kg.errors import KnowledgeError
from kg.knowledge.confidence import Confidence, load_confidence
from kg.knowledge.load import load_knowledge
from kg.knowledge.resources import resource
from kg.model import Article, Candidate, Flag, Mention, Origin, PartialDate, Region, Rejection, Span, Value

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = sorted((ROOT / "data" / "articles").glob("*.txt"))


def _view(text: str):
    from kg.read.view import make_view

    whole = Region(role="body", span=Span("text", 0, len(text)))
    return make_view(Article(identifier="a", source="a", fields=(("text", text),), regions=(whole,), date=DAY))


@lru_cache(maxsize=64)
def _proposed(text: str):
    from kg.analyze.reading import read_doc
    from kg.pipeline import proposed

    view, knowledge = _view(text), load_knowledge()
    reading = read_doc(_tokenizer()(view.text), knowledge, [(p.start, p.end, p.role) for p in view.paragraphs])
    lengthened, candidates = proposed(reading, knowledge)
    return view, reading, lengthened, candidates


def _facts(text: str, candidates) -> tuple:
    from kg.resolve.facts import resolve_facts
    from kg.resolve.things import resolve_things

    view, reading, lengthened, _ = _proposed(text)
    knowledge = load_knowledge()
    decision = decide(candidates, reading, knowledge)
    things = resolve_things(reading, decision.claims, lengthened, view.article, knowledge)
    facts, rejected = resolve_facts(view, decision.claims, things, knowledge.confidence)
    return [(f, f.evidence) for f in facts], decision.rejected, rejected


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", (1, 2))
def test_the_order_of_candidates_changes_nothing(path, seed):
    text = path.read_text(encoding="utf-8")
    candidates = list(_proposed(text)[3])
    assert len(candidates) > 15
    shuffled = random.Random(seed).sample(candidates, len(candidates))
    assert shuffled != candidates
    assert _facts(text, shuffled) == _facts(text, candidates)


def test_a_candidate_that_comes_twice_counts_once():
    text = SAMPLES[0].read_text(encoding="utf-8")
    candidates = list(_proposed(text)[3])
    assert _facts(text, candidates + candidates) == _facts(text, candidates)


# ---- constraints, one by one

EVENT = Mention(start=10, end=16, kind="Forum", name="물길 포럼", rule="event-noun")
ELSE = Mention(start=40, end=46, kind="Forum", name="숲길 포럼", rule="event-noun")
PERSON = Mention(start=0, end=3, kind="Person", name="문가람", rule="title-anchor")
UNNAMED = Mention(start=60, end=60, kind="Event", name="", rule="context")


def _candidate(relation="hosted", subject=PERSON, object=EVENT, **values) -> Candidate:
    where = {"rule": "hosted.host", "start": 0, "end": 20, "sentence": (0, 30)}
    return Candidate(relation=relation, subject=subject, object=object, **{**where, **values})


def _day(month, day, hint=None) -> Value:
    return Value(kind="date", start=20, end=25, date=PartialDate(None, month, day), hint=hint)


def _run(constraint, *candidates, text=""):
    reading = _proposed(text)[1] if text else None
    found = list(constraint(candidates, reading, load_knowledge()))
    return [c for c in found if isinstance(c, Candidate)], [c for c in found if isinstance(c, Rejection)]


def test_constraints_are_named_and_say_what_they_do():
    names = [constraint.__name__ for constraint in CONSTRAINTS]
    assert len(set(names)) == len(names) >= 9
    assert all(constraint.__doc__ and len(constraint.__doc__) > 40 for constraint in CONSTRAINTS)


def test_who_stands_in_a_picture_hosts_nothing():
    shown = _candidate("participatedIn", rule="caption.row", origin=Origin.CAPTION)
    kept, refused = _run(pictured_do_not_host, shown, _candidate(), _candidate(subject=replace(PERSON, start=30, end=33)))
    assert [c.subject.start for c in kept] == [0, 30]
    assert [(r.rule, r.reason) for r in refused] == [("hosted.host", "only stands in a picture")]


@pytest.mark.parametrize("relation", ("participatedIn", "chaired", "said"))
def test_who_stands_in_a_picture_may_do_the_rest(relation):
    shown = _candidate("participatedIn", rule="caption.row", origin=Origin.CAPTION)
    assert _run(pictured_do_not_host, shown, _candidate(relation))[1] == []


@pytest.mark.parametrize("relation", ("hosted", "coHosted", "organized"))
def test_no_kind_of_hosting_is_left_to_who_stands_in_a_picture(relation):
    shown = _candidate("participatedIn", rule="caption.row", origin=Origin.CAPTION)
    assert len(_run(pictured_do_not_host, shown, _candidate(relation))[1]) == 1


def test_who_takes_part_in_running_text_may_host():
    assert _run(pictured_do_not_host, _candidate("participatedIn"), _candidate())[1] == []


def test_an_end_without_a_month_has_that_of_its_beginning():
    begin = _candidate("startDate", EVENT, _day(10, 20, "지난"))
    [_, end], _ = _run(ends_follow_beginnings, begin, _candidate("endDate", EVENT, _day(None, 22)))
    assert (end.object.date, end.object.hint) == (PartialDate(None, 10, 22), "지난")


@pytest.mark.parametrize(
    ("subject", "day"),
    [
        (EVENT, _day(None, 19)),
        (EVENT, _day(None, 20)),
        (EVENT, _day(11, 22)),
        (EVENT, _day(None, 22, "오는")),
        (ELSE, _day(None, 22)),
    ],
    ids=("before", "the-same", "month-of-its-own", "hint-of-its-own", "another-event"),
)
def test_other_ends_stay_as_they_are(subject, day):
    begin = _candidate("startDate", EVENT, _day(10, 20))
    [_, end], _ = _run(ends_follow_beginnings, begin, _candidate("endDate", subject, day))
    assert end.object == day


def _venue(name: str, **values) -> Candidate:
    return _candidate("venue", EVENT, Mention(start=30, end=30 + len(name), kind="Venue", name=name, rule="venue", **values))


@pytest.mark.parametrize(
    ("names", "outcome"),
    [
        (("한빛홀", "새봄회관 한빛홀"), ("새봄회관 한빛홀", "새봄회관 한빛홀")),
        (("한빛홀", "새봄한빛홀"), ("한빛홀", "새봄한빛홀")),
        (("한빛홀", "한빛홀 로비"), ("한빛홀", "한빛홀 로비")),
        (("한빛홀", "새봄회관 한빛홀", "가람시 새봄회관 한빛홀"), ("가람시 새봄회관 한빛홀",) * 3),
    ],
)
def test_a_venue_is_called_by_its_fullest_name(names, outcome):
    kept, _ = _run(venues_in_full, *map(_venue, names))
    assert tuple(c.object.name for c in kept) == outcome


def test_a_venue_of_the_gazetteer_keeps_its_name():
    kept, _ = _run(venues_in_full, _venue("한빛홀", known="한빛홀"), _venue("새봄회관 한빛홀"))
    assert kept[0].object.name == "한빛홀"


def _line(day: Value, **values) -> Candidate:
    return _candidate("startDate", UNNAMED, day, rule="notice.startDate", origin=Origin.NOTICE, start=60, end=66, **values)


def test_lines_of_a_day_belong_to_the_event_of_that_day():
    told = _candidate("startDate", ELSE, _day(None, 12))
    venue = replace(_venue("한빛홀"), subject=replace(UNNAMED, start=80, end=80), origin=Origin.NOTICE)
    host = _candidate("hosted", PERSON, replace(UNNAMED, start=100, end=100), origin=Origin.NOTICE)
    kept, _ = _run(lines_of_the_day, _candidate("startDate", EVENT, _day(6, 11)), told, _line(_day(6, 12)), venue, host)
    assert [c.subject for c in kept[2:4]] == [ELSE, ELSE] and kept[4].object == ELSE


@pytest.mark.parametrize("far", (599, 600, 601))
def test_a_block_of_lines_ends_where_the_next_line_is_far(far):
    told = _candidate("startDate", ELSE, _day(None, 12))
    later = _candidate("hosted", PERSON, replace(UNNAMED, start=60 + far, end=60 + far), origin=Origin.NOTICE)
    kept, _ = _run(lines_of_the_day, told, _line(_day(6, 12)), later)
    assert (kept[2].object == ELSE) == (far < 600)


@pytest.mark.parametrize(
    "line",
    [
        _line(_day(6, 13)),
        _line(_day(5, 12)),
        replace(_line(_day(6, 12)), subject=EVENT),
        replace(_line(_day(6, 12)), origin=Origin.TEXT),
    ],
    ids=("another-day", "another-month", "names-its-event", "no-line"),
)
def test_other_lines_stay_with_the_text(line):
    kept, _ = _run(lines_of_the_day, _candidate("startDate", ELSE, _day(6, 12)), line)
    assert kept[1] == line


def test_of_two_events_of_a_day_the_one_before_the_line_has_it():
    later = replace(ELSE, start=70, end=76)
    told = [_candidate("startDate", event, _day(None, 12)) for event in (later, EVENT)]
    kept, _ = _run(lines_of_the_day, *told, _line(_day(6, 12)))
    assert kept[2].subject == EVENT


CASE = Mention(start=10, end=18, kind="Case", name="우수사례", rule="case-noun")


def _presented(case=CASE, **values) -> Candidate:
    return _candidate("presented", PERSON, case, **{"rule": "presented.case", "origin": Origin.CLAUSE, **values})


@pytest.mark.parametrize(
    ("text", "candidate", "why"),
    [
        ("가람부는 물길 포럼에서 우수사례를 발표했다.", _presented(status="denied"), "was not presented"),
        (
            "가람부는 새 정책 동향을 발표했다.",
            _presented(replace(CASE, name="정책 동향", certain=False), sentence=(0, 18)),
            "was shown to nobody",
        ),
        (
            "가람부는 누리집에서 우수사례를 소개했다.",
            _presented(replace(CASE, certain=False), flags=(Flag.INTRODUCED,), sentence=(0, 22)),
            "was shown to nobody",
        ),
    ],
)
def test_a_case_needs_an_audience(text, candidate, why):
    assert [r.reason for r in _run(cases_need_an_audience, candidate, text=text)[1]] == [why]


@pytest.mark.parametrize(
    "candidate",
    [
        _presented(sentence=(0, 25)),
        _presented(origin=Origin.TEXT, rule="case.own", status="denied"),
        _candidate("said", PERSON, CASE),
    ],
    ids=("presented-at-a-forum", "no-frame", "another-relation"),
)
def test_other_cases_stay(candidate):
    text = "가람부는 물길 포럼에서 우수사례를 발표했다."
    kept, refused = _run(cases_need_an_audience, candidate, text=text)
    assert kept == [candidate] and refused == []


def test_a_case_has_a_stage():
    kept, _ = _run(cases_have_a_stage, _presented(status="planned"), _candidate())
    assert [(c.relation, c.rule, c.status) for c in kept] == [
        ("presented", "presented.case", "planned"),
        ("presentedAt", "case.here", "planned"),
        ("hosted", "hosted.host", "asserted"),
    ]
    assert not kept[1].object.name and kept[1].object.kind == "Event"


def test_a_quoted_title_gives_the_ordinal():
    title = replace(EVENT, rule="quoted-event", edition=2)
    text = "가람부는 「제2차 물길 상담소」를 열었다."
    kept, _ = _run(ordinals_of_titles, _candidate(object=title), _candidate(object=replace(EVENT, edition=3)), text=text)
    assert [(c.relation, c.object.number) for c in kept if c.relation == "edition"] == [("edition", 2)]


def test_a_voted_name_is_marked_and_less_sure():
    voted, plain = replace(PERSON, rule="model"), _candidate()
    [one, two], _ = _run(voted_names_are_marked, _candidate(subject=voted), plain)
    assert one.flags == (Flag.VOTED,) and two == plain
    claims = decide([_candidate(subject=voted)], _proposed("가람부는 포럼을 열었다.")[1], load_knowledge()).claims
    sure = load_knowledge().confidence
    assert [(c.rule, c.confidence) for c in claims] == [
        ("hosted.host+model", round(sure.of("hosted.host") * sure.factors["voted"], 3))
    ]


def test_claims_come_in_canonical_order():
    found = [_candidate(start=9), _candidate(start=3), _candidate(start=3, end=12)]
    assert [(c.start, c.end) for c in canonical(found)] == [(3, 12), (3, 20), (9, 20)]


# ---- numbers


def test_another_scorer_takes_the_place_of_the_table():
    class Half:
        def score(self, candidate: Candidate) -> float:
            return 0.5

    reading = _proposed("가람부는 포럼을 열었다.")[1]
    assert [c.confidence for c in decide([_candidate()], reading, load_knowledge(), scorer=Half()).claims] == [0.5]


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ('"a" = 1.2', "rules.a"),
        ('"a" = 0', "rules.a"),
        ('"a" = true', "rules.a"),
        ('"a" = "high"', "rules.a"),
        ('"a" = 0.9\n"a.b" = 0.9', "rules.a.b"),
    ],
)
def test_a_wrong_row_is_an_error_with_its_place(tmp_path, rows, key):
    path = tmp_path / "confidence.toml"
    path.write_text(f'[factors]\nrecovered = 0.8\nvoted = 0.85\n[strict]\n"*" = 0.7\n[rules]\n{rows}\n', encoding="utf-8")
    with pytest.raises(KnowledgeError, match=re.escape(f"{path}: {key}: ")):
        load_confidence(path)


@pytest.mark.parametrize("factors", ("recovered = 0.8", "recovered = 0.8\nvoted = 0.9\nother = 0.5"))
def test_factors_are_those_that_are_read(tmp_path, factors):
    path = tmp_path / "confidence.toml"
    path.write_text(f'[factors]\n{factors}\n[strict]\n"*" = 0.7\n[rules]\n', encoding="utf-8")
    with pytest.raises(KnowledgeError):
        load_confidence(path)


def test_a_rule_takes_the_number_of_its_nearest_family():
    sure = Confidence({"talk": 0.8, "talk.title": 0.7, "talk.title.here": 0.6}, {"recovered": 0.5, "voted": 0.5})
    assert [sure.of(rule) for rule in ("talk.plain", "talk.title", "talk.title.here", "talk.title.there")] == [0.8, 0.7, 0.6, 0.7]
    with pytest.raises(KeyError):
        sure.of("talks.title")
    assert RuleScorer(sure).score(_candidate(rule="talk.title", flags=(Flag.VOTED,))) == 0.35


def _ids() -> set[str]:
    """Every rule id that code or data can give: constants with a dot or of one word where ``rule`` is said, and patterns."""
    patterns = load_knowledge().patterns
    found = {pattern.id for pattern in patterns} | {f"{p.id}.with" for p in patterns if p.over == "clause" and p.match.guests}
    shape = re.compile(r"[a-z]+(?:\.[a-zA-Z_-]+)*")
    for path in sorted((ROOT / "kg").rglob("*.py")):
        if path.parts[-2] in ("extract", "patterns", "decide", "resolve", "link", "graph"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                    found.add(node.values[0].value)
                elif isinstance(node, ast.Constant) and isinstance(node.value, str) and shape.fullmatch(node.value):
                    found.add(node.value)
    return found


def test_every_row_is_of_a_rule():
    ids, rows = _ids(), load_knowledge().confidence.rules
    here = {f"{rule}.here" for rule in ids}
    idle = [row for row in rows if row not in ids | here and not any(i.startswith(row + ".") for i in ids | here)]
    assert idle == []


def test_every_rule_that_the_tables_of_sentences_meet_has_a_row():
    from case_table import outcome

    known = load_knowledge().confidence
    met = {rule.removesuffix("+model") for case in load_cases()[::3] for rule in outcome(case.text, case.date)[1]}
    assert len(met) > 60 and [rule for rule in sorted(met) if rule not in known] == []


def test_every_rule_in_code_has_a_row():
    """Where a candidate is made, its rule is a constant of a family in the table, or made of one."""
    known, missing = load_knowledge().confidence, []
    for path in sorted((ROOT / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Candidate", "Claim"):
                for keyword in node.keywords:
                    if keyword.arg == "rule":
                        missing += [f"{path.name}: {rule}" for rule in _constants(keyword.value) if rule not in known]
    assert missing == []


def _constants(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return [node.values[0].value.rstrip(".")]
    if isinstance(node, ast.IfExp):
        return [*_constants(node.body), *_constants(node.orelse)]
    return []


def test_no_confidence_stands_in_code():
    numbers = []
    for path in sorted((ROOT / "kg" / "extract").glob("*.py")):
        numbers += [
            path.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.keyword) and node.arg == "confidence"
        ]
    assert numbers == []


def test_the_table_is_shipped():
    assert resource("data", "confidence.toml").is_file()


def test_no_rule_id_steers():
    """What happens to a candidate depends on its origin and flags; the id of its rule is for people, and for the table of numbers."""
    id_ = re.compile(r"[a-z]+\.[a-z.-]*")
    found = []
    for path in sorted((ROOT / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and ast.unparse(node.func).endswith(".rule.startswith")
            ):
                found.append(f"{path.name}:{node.lineno}")
            elif isinstance(node, ast.Compare) and ast.unparse(node.left).endswith(".rule"):
                words = [c.value for other in node.comparators for c in ast.walk(other) if isinstance(c, ast.Constant)]
                found += [f"{path.name}:{node.lineno}" for word in words if isinstance(word, str) and id_.fullmatch(word)]
    assert found == []


@pytest.mark.parametrize(
    ("origin", "own", "expected"),
    [
        (Origin.TEXT, (), "물 포럼"),  # a session of the forum
        (Origin.CLAUSE, (), "전문가 간담회"),  # 전문가 간담회에 참석했다
        (Origin.TEXT, ("startDate",), "전문가 간담회"),  # it has a day of its own
        (Origin.TEXT, ("hosted",), "전문가 간담회"),  # somebody else holds it
    ],
)
def test_participation_is_carried_to_the_one_event_with_day_and_host(origin, own, expected):
    from kg.decide.decision import Decision
    from kg.decide.passing import in_passing
    from kg.model import Claim, Thing

    def mention(name: str, kind: str, start: int) -> Mention:
        return Mention(start=start, end=start + len(name), kind=kind, name=name, rule="r")

    forum, talk = mention("물 포럼", "Forum", 0), mention("전문가 간담회", "Meeting", 20)
    body, person = mention("환경부", "GovernmentBody", 40), mention("서가람", "Person", 50)

    def claim(relation: str, subject: Mention, object_: object, source: Origin = Origin.TEXT) -> Claim:
        return Claim(
            relation=relation,
            subject=subject,
            object=object_,
            rule="r",
            start=0,
            end=60,
            sentence=(0, 60),
            origin=source,
            confidence=0.9,
        )

    day = Value(kind="date", start=10, end=12, date=PartialDate(2024, 3, 5))
    more = {"startDate": claim("startDate", talk, day), "hosted": claim("hosted", body, talk)}
    claims = (
        claim("startDate", forum, day),
        claim("hosted", body, forum),
        claim("participatedIn", person, talk, origin),
        *(more[relation] for relation in own),
    )
    decision = in_passing(Decision(claims, ()), lambda m: Thing(kind=m.kind, name=m.name), load_knowledge())
    assert [c.object.name for c in decision.claims if c.relation == "participatedIn"] == [expected]
