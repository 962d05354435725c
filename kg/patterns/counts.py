"""How many people an argument counts, and what it is that they are present at."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kg.analyze.names.words import LIST_MARK, words_of
from kg.analyze.reading import Reading
from kg.extract.whereabouts import event_of
from kg.knowledge.load import Knowledge
from kg.knowledge.signs import endings, signs
from kg.model import Mention, Value
from kg.syntax.arguments import SUBJECT, TOPIC, Arg, Clause, is_agent

_MANY = 10


def counted(clause: Clause, particles: Collection[str], reading: Reading, knowledge: Knowledge) -> tuple[Arg, Value] | None:
    """The argument nearest to a predicate that counts people, with the count; a panel that comes as one is no crowd."""
    if any(a.particle.startswith(("로", "으로")) and _last(a, reading).endswith(knowledge.signs.panels) for a in clause.args):
        return None
    if any(a.particle in ("에서는", "측에서는") and is_agent(a.head) for a in clause.args):
        return None  # ○○청에서는 15명이 참석했다: of theirs
    for arg in reversed(clause.args):
        if (
            arg.particle in (particles or SUBJECT | TOPIC | knowledge.endings.counted_with) and arg.particle != "도"
        ):  # ○○단 40여 명도
            count = _count(arg, reading, knowledge.organizations.crowds)
            if count is not None:
                return None if _of_some(clause, arg, reading, knowledge) else (arg, count)
    return None


def occasion_of(clause: Clause, who: Arg, reading: Reading) -> Mention | None:
    """What people are present at: the goal, what the clause modifies, what goes on amid it, or what the text is about."""
    args = clause.args
    goals = [a for a in args if a is not who and a.particle in endings().occasions and a.phrase.kind == "NP"]
    if (event := _first(goals, reading)) is not None:
        return event
    if any(a.particle in ("에", "에는", "에도", "을", "를") for a in goals):
        return None  # 사업에 100명이 참여했다
    head, following = clause.head, clause.next
    modifies = head is not None and clause.predicate.ending == "adnominal"
    if head is not None and modifies:
        if (event := _first([head], reading)) is not None:
            return event
        words = words_of(reading.tokens, head.phrase.tokens)
        if not words or words[0].text not in signs().amid:
            return None
    around = [
        a for a in (*args, *clause.inherited, *((clause.topic,) if clause.topic else ())) if a.particle in TOPIC and a is not who
    ]
    if following is not None and (clause.predicate.ending == "connective" or modifies):
        around += [a for a in (*following.args, *following.inherited) if a.particle in SUBJECT | TOPIC | {"을", "를", ""}]
        around += [following.head] if following.head is not None and following.predicate.ending == "adnominal" else []
    at = reading.tokens.starts[clause.predicate.first]
    return _first(around, reading) or Mention(start=at, end=at, kind="Event", name="", rule="context")


def _of_some(clause: Clause, arg: Arg, reading: Reading, knowledge: Knowledge) -> bool:
    """Whether others stand beside those who are counted, so that their number is not that of all: 학생 30명과 교사 5명이, ▴학생 30명 ▴교사 5명이."""
    crowds, starts = knowledge.organizations.crowds, reading.tokens.starts
    low, high = starts[clause.args[0].phrase.first], starts[arg.phrase.first]
    if any(v.kind == "people" and LIST_MARK.search(reading.tokens.text, v.end, high) for v in reading.values_in(low, high)):
        return True
    return any(
        a.index < arg.index
        and a.particle in ("과", "와")
        and (_last(a, reading).endswith("들") or _count(a, reading, crowds) is not None or _counting(a.owners, reading))
        for a in (*clause.args, *arg.owners)
    )


def _counting(owners: Collection[Arg], reading: Reading) -> bool:
    return any(_count(o, reading, ()) is not None for o in owners)


def _first(args: Collection[Arg], reading: Reading) -> Mention | None:
    found = (event_of(a.phrase, a.mentions, reading) for a in args if a.phrase.kind == "NP")
    return next((event for event in found if event is not None), None)


def _last(arg: Arg, reading: Reading) -> str:
    words = words_of(reading.tokens, arg.phrase.tokens)
    return words[-1].text if words else ""


def _count(arg: Arg, reading: Reading, crowds: Collection[str]) -> Value | None:
    """The people that an argument counts with its last words, 등 and parentheses left out, or that possess its crowd (70명의 담당자들이).

    A few of ``crowds`` without 들 (전문가 3명의) sit on a panel, many are those who came (40여 명의 보안 전문가가).
    """
    tokens, phrase, last = reading.tokens, arg.phrase, _last(arg, reading)
    if arg.owners and arg.owners[-1].particle == "의" and (last.endswith("들") or last in crowds):
        owned = _count(replace(arg.owners[-1], owners=()), reading, ())
        return owned if last.endswith("들") or owned is not None and (owned.number or 0) >= _MANY else None
    if phrase.kind != "NP" or not phrase.tokens:
        return None
    low, high = tokens.starts[phrase.first], tokens.ends[phrase.tokens[-1]]
    notes = [(tokens.starts[a], tokens.ends[b]) for a, b in phrase.notes]
    people = (v for v in reading.values_in(low, high) if v.kind == "people" and v.end <= high)
    counts = [v for v in people if not any(a <= v.start < b for a, b in notes)]
    if not counts or tokens.text[: counts[-1].start].endswith(signs().may_come):
        return None  # who may come, and not who came
    rest = tokens.text[counts[-1].end : high].strip()
    return counts[-1] if not rest or rest.startswith("(") or signs().counting.issuperset(rest.split()) else None
