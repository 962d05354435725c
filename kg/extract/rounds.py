"""Rounds of one event that are told with their days: 온라인 설명회(1차 6.24./2차 7.8.), 11일(1차)과 14일(2차)에는 각각 대전과 인천에서."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from kg.analyze.names.words import event_noun
from kg.analyze.reading import Reading, SentenceReading
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention, PartialDate, Value

_NUMBER = r"제?\s?(?P<n>[1-9]\d?)\s?(?:회차|차)"
_BEFORE = re.compile(rf"(?<![\d가-힣]){_NUMBER}(?P<kept>[^\S\n]?[가-힣]{{0,8}}(?:은|는))?\)?\s?:?\s?\(?\s?$")
_PLAIN = re.compile(
    rf"(?<![\d가-힣]){_NUMBER}\s?:?\s?\(?(?P<day>(?P<m>1[0-2]|0?[1-9])\.\s?(?P<d>3[01]|[12]\d|0?[1-9])(?![\d%])\.?)"
)
_AFTER = re.compile(rf"\s?\({_NUMBER}\)")
_NEAR = 80  # characters between one round and the next
# What may stand between an event and the list of its rounds.
_LEADING = re.compile(
    r"(?:[\s:(]|일정|개최\s?중|개최|실시|진행|[도은는을를이가]\s|총|(?:\d|두|세|네|다섯)\s?(?:차례|회|차)(?:로|에\s걸쳐|에)?)*"
)
_EACH = re.compile(r"에[는도]?,?\s각각\s(?P<places>[^.\n]{2,60}?)에서\s")


class Round(NamedTuple):
    """One round: its ordinal, its day, and the offsets of both together."""

    number: int
    day: Value
    start: int
    end: int


def extract_rounds(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of edition, startDate and city of events of which a sentence tells several rounds."""
    for sentence in reading.sentences:
        for rounds in _runs(list(_rounds(reading, sentence))):
            event = _event(reading, sentence, rounds, knowledge)
            if event is None:
                continue
            places = _places(reading, rounds)
            planned = next(
                (p.planned for p in sentence.phrases if p.kind == "PRED" and reading.tokens.starts[p.first] > rounds[-1].end),
                False,
            )
            for i, one in enumerate(rounds):
                subject = Mention(
                    start=one.start,
                    end=one.end,
                    kind=event.kind,
                    name=f"{one.number}차 {event.name}",
                    rule="round",
                    edition=one.number,
                    certain=False,
                )
                number = Value(kind="edition", start=one.start, end=one.end, number=one.number)
                said = [("edition", number), ("startDate", one.day), *(("city", p) for p in places[i : i + 1])]
                for relation, object_ in said:
                    yield Candidate(
                        relation=relation,
                        subject=subject,
                        object=object_,
                        rule=f"round.{relation}",
                        start=min(one.start, object_.start),
                        end=max(one.end, object_.end),
                        sentence=(sentence.start, sentence.end),
                        status="planned" if planned else "asserted",
                    )


def _rounds(reading: Reading, sentence: SentenceReading) -> Iterator[Round]:
    """The days of a sentence with an ordinal right before or behind them: 1차 5.9(월)~13(금), 2회차는 12월 3일, 11일(1차)."""
    text = reading.tokens.text
    days = [v for v in reading.values_in(sentence.start, sentence.end) if v.kind == "date" and v.date is not None and v.date.day]
    for match in _PLAIN.finditer(text, sentence.start, sentence.end):  # 1차 6.24./2차 7.8.
        if not any(v.start < match.end("day") and match.start("day") < v.end for v in days):
            date = PartialDate(None, int(match["m"]), int(match["d"]))
            days.append(Value(kind="date", start=match.start("day"), end=match.end("day"), date=date))
    for value in sorted(days, key=lambda v: v.start):
        before = _BEFORE.search(text, max(sentence.start, value.start - 20), value.start)
        after = _AFTER.match(text, value.end)
        if before is not None:
            yield Round(int(before["n"]), value, before.start("n"), value.end)
        elif after is not None:
            yield Round(int(after["n"]), value, value.start, after.end())


def _runs(rounds: Sequence[Round]) -> Iterator[list[Round]]:
    """Rounds that count on from 1, each near the one before."""
    run: list[Round] = []
    for one in rounds:
        if run and one.number == run[-1].number + 1 and one.start - run[-1].end <= _NEAR:
            run.append(one._replace(day=_in_month_of(one.day, run[-1].day)))
            continue
        if len(run) > 1:
            yield run
        run = [one] if one.number == 1 else []
    if len(run) > 1:
        yield run


def _in_month_of(day: Value, before: Value) -> Value:
    """A day without its month, in the month of the day before: 5월 11일(1차)과 14일(2차)."""
    if day.date.month is not None or day.date.day <= before.date.day:
        return day
    return replace(day, date=replace(before.date, day=day.date.day), hint=before.hint)


def _event(reading: Reading, sentence: SentenceReading, rounds: Sequence[Round], knowledge: Knowledge) -> Mention | None:
    """What the rounds are rounds of: the event that they follow, or the one that a sentence with a verb of holding is about."""
    text, is_a = reading.tokens.text, schema().is_a
    low = rounds[0].start
    last = next(reading.before(low, "Event"), None)
    inside = [m for m in reading.within(sentence.start, low) if is_a(m.kind, "Event")]
    lead = next((m for m in reversed(inside) if _LEADING.fullmatch(text[m.end : low])), None)
    if lead is not None:
        return lead
    word = re.search(r"([가-힣]{2,})일정\s?[:(]\s?$", text[sentence.start : low])
    if word is not None and (noun := event_noun(word[1], knowledge)) is not None:
        return Mention(start=low, end=low, kind=knowledge.events.classes[noun], name=noun, rule="round")
    verbs = knowledge.verbs["hold"].active | knowledge.verbs["hold"].passive
    verbs |= {v[:-2] + "되다" for v in verbs if v.endswith("하다")}
    if (
        text[:low].rstrip().endswith("(")
        or last is None
        or not any(p.kind == "PRED" and p.lemma in verbs and reading.tokens.starts[p.first] > low for p in sentence.phrases)
    ):
        return None
    word = last.name.strip("‘’“”「」『』\"' ").split(" ")[-1]
    return None if event_noun(word, knowledge) is None else Mention(start=low, end=low, kind=last.kind, name=word, rule="round")


def _places(reading: Reading, rounds: Sequence[Round]) -> list[Mention]:
    """The cities of ``에는 각각 대전과 인천에서``, where each round has one."""
    match = _EACH.match(reading.tokens.text, rounds[-1].end)
    if match is None:
        return []
    found = [m for m in reading.within(*match.span("places")) if m.kind in ("City", "Region")]
    apart = [reading.tokens.text[a.end : b.start].strip() for a, b in pairwise(found)]
    return found if len(found) == len(rounds) and all(a in ("과", "와", ",", "·", "및") for a in apart) else []
