"""Clauses made whole before frames read them: 막을 열다 is 개막하다, a day in a parenthesis or the clause before is the predicate's."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.analyze.names.words import event_noun
from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import last_word
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.knowledge.signs import endings, signs
from kg.model import Mention
from kg.syntax.arguments import SUBJECT, TOPIC, Arg, Clause

_CURTAIN = {"열다": "개막하다", "올리다": "개막하다", "오르다": "개막하다", "내리다": "폐막하다"}


def complete(sentence: SentenceReading, clauses: list[Clause], reading: Reading, knowledge: Knowledge) -> list[Clause]:
    """The clauses of a sentence with their predicates and arguments made whole, for all frames alike."""
    others = {
        i
        for i, (time, event) in enumerate(zip(sentence.phrases, sentence.phrases[1:]))
        if time.kind == "TIME"
        and not time.particle
        and not time.comma
        and event.particle in ("에서", "에서는")
        and any(schema().is_a(m.kind, "Event") for m in sentence.heads[i + 1])
    }
    verbs = knowledge.verbs["host"].active | knowledge.verbs["host_weak"].active
    happening = verbs.union(*(knowledge.verbs[name].active for name in ("hold", "sign", "attend")))
    for clause in clauses:
        hosted = clause.predicate.lemma in verbs and any(
            a.particle in ("을", "를") for a in clause.args
        )  # 본선을 5일 ○○ 행사에서 개최했다
        clause.args = [
            a
            for a in clause.args
            if not (a.index in others and a.phrase.kind == "TIME" and not hosted)
            and not (a.phrase.kind == "TIME" and _listed(a, reading))
        ]  # 27일 설명회에서는: that event's own day
        _sides(clause, reading, knowledge)
        if clause.predicate.lemma == "하다" and clause.index and sentence.phrases[clause.index - 1].particle == "함께":
            clause.predicate = replace(clause.predicate, lemma="함께하다")
        _predicate(clause, reading, knowledge)
        _light(clause, reading)
        _head(clause, sentence, reading, knowledge)
        _day_after(clause, reading)
    for before, clause in zip(clauses, clauses[1:]):
        _companion(before, clause, verbs, happening)
    return clauses


def _sides(clause: Clause, reading: Reading, knowledge: Knowledge) -> None:
    """우리측은 ○○○ 국장, 미국측은 ○○○ 차관보가 각각 참석했다: who came for each side are one subject."""
    if clause.predicate.lemma not in knowledge.verbs["attend_strict"].active:
        return
    args = clause.args
    sides = [
        i
        for i, a in enumerate(args)
        if a.phrase.kind == "NP" and a.particle in knowledge.endings.of_sides and last_word(reading, a.phrase).endswith("측")
    ]
    sent = [
        i + 1
        for i in sides
        if i + 1 < len(args)
        and i + 1 not in sides
        and args[i + 1].particle in ("", ",", "이", "가")
        and any(m.kind == "Person" for m in args[i + 1].mentions)
    ]
    if len(sides) > 1 and sent and args[sent[-1]].particle in SUBJECT:
        last = args[sent[-1]]
        everyone = tuple(m for i in sent for m in args[i].mentions)
        kept = [a for i, a in enumerate(args) if i not in sent[:-1]]
        clause.args = [replace(a, mentions=everyone, first_index=args[sent[0]].first_index) if a is last else a for a in kept]


_IN_LIST = re.compile(r"(?:\d차|[:：]\s?[(\[]\s?(?:일시|일정|기간|날짜)\s?[)\]])\s?:?\s?$")


def _listed(arg: Arg, reading: Reading) -> bool:
    """Whether a day stands in a list of rounds or behind a key, and in no clause: 1차 5.9(월), ※ 설명회 : (일시) 9.2.(금)."""
    if arg.phrase.value is None:
        return False
    start = arg.phrase.value.start
    return _IN_LIST.search(reading.tokens.text, max(start - 11, 0), start) is not None


def _predicate(clause: Clause, reading: Reading, knowledge: Knowledge) -> None:
    """막을 열다 is 개막하다, 개최 한다 is 개최하다, 개최 중이다 is 개최되다."""
    predicate, args = clause.predicate, clause.args
    if not args or args[-1].phrase.kind != "NP" or args[-1].owners:
        return
    word, particle = last_word(reading, args[-1].phrase), args[-1].particle
    if predicate.lemma in _CURTAIN and word == "막" and particle in ("을", "를", "이", "도"):
        whole = replace(predicate, lemma=_CURTAIN[predicate.lemma])
    elif (
        predicate.lemma in knowledge.signs.light
        and not particle
        and word in knowledge.syntax.verbal_nouns
        and len(args[-1].phrase.tokens) == 1
    ):
        whole = replace(predicate, lemma=word + predicate.lemma)
    elif (
        predicate.lemma == "이다"
        and reading.tokens.surface(args[-1].phrase.first, args[-1].phrase.last) in knowledge.signs.going_on
    ):
        held = "개최하다" if any(a.particle in ("을", "를") for a in args) else "개최되다"
        whole = replace(predicate, lemma=held, planned=predicate.planned or word == "예정")
    else:
        return
    clause.predicate, clause.args = whole, args[:-1]


def _light(clause: Clause, reading: Reading) -> None:
    """축제의 주관을 맡다 is 축제를 주관하다, ○○부의 후원을 받아 열리다 tells whose 후원 it is: verbs that only carry an act."""
    predicate, args = clause.predicate, clause.args
    act = args[-1] if args else None
    if (
        act is None
        or predicate.lemma not in ("맡다", "받다")
        or act.particle not in ("을", "를")
        or act.mentions
        or len(act.phrase.tokens) != 1
    ):
        return
    word = last_word(reading, act.phrase)
    if word not in signs().acts:
        return
    if predicate.lemma == "맡다":
        clause.args = [*args[:-1], *(replace(o, particle="을") for o in act.owners[-1:])]
    elif act.owners:
        theme = [a for a in (*args[:-1], *clause.inherited) if a.particle in TOPIC | SUBJECT]
        theme = theme or ([clause.head] if clause.head is not None else [])
        clause.inherited = []
        clause.args = [*(replace(o, particle="이") for o in act.owners[-1:]), *(replace(a, particle="을") for a in theme[:1])]
    else:
        return
    clause.predicate = replace(predicate, lemma=word + "하다")


def _head(clause: Clause, sentence: SentenceReading, reading: Reading, knowledge: Knowledge) -> None:
    """서울에서 열린 ○○협회의 포럼: what the clause modifies is the event and not its owner."""
    head = clause.head
    if clause.predicate.ending in ("adnominal", "connective") and head is not None and not head.mentions and head.phrase.quoted:
        opening, closing = head.phrase.quoted[0]  # 열릴 ‘○○ 축제’ 준비가
        low, high = reading.tokens.ends[opening], reading.tokens.starts[closing]
        noun = event_noun(reading.tokens.text[low:high].split(" ")[-1], knowledge)
        if (
            opening == head.phrase.tokens[0]
            and noun is not None
            and event_noun(last_word(reading, head.phrase), knowledge) is None
        ):
            event = Mention(
                start=low, end=high, kind=knowledge.events.classes[noun], name=reading.tokens.text[low:high], rule="event-inside"
            )
            clause.head = replace(head, mentions=(event,))
            return
    if (
        clause.predicate.ending != "adnominal"
        or head is None
        or head.particle != "의"
        or head.head is not None
        and schema().is_a(head.head.kind, "Event")
    ):
        return
    following = head.index + 1
    if (
        following < len(sentence.phrases)
        and sentence.heads[following]
        and schema().is_a(sentence.heads[following][-1].kind, "Event")
    ):
        phrase = sentence.phrases[following]
        clause.head = Arg(phrase, following, phrase.particle, sentence.heads[following], first_index=following)


def _day_after(clause: Clause, reading: Reading) -> None:
    """개최(8.20.), 체결(2019. 10. 12.)한: the day in the parenthesis after the predicate."""
    tokens, after = reading.tokens, clause.predicate.last + 1
    if (
        not clause.predicate.lemma
        or after >= len(tokens.words)
        or tokens.words[after] != "("
        or tokens.pair[after] < after
        or any(is_day(a) for a in clause.args)
    ):
        return
    low, high = tokens.ends[after], tokens.starts[tokens.pair[after]]
    value = next(
        (v for v in reading.values_in(low, low + 2) if v.kind == "date" and v.end <= high and v.date and v.date.day),
        None,
    )
    if value is not None and high - value.end <= 12:
        clause.args = [
            *clause.args,
            Arg(Phrase("TIME", after, after, value=value), clause.index, "", (), first_index=clause.index),
        ]


def is_day(arg: Arg) -> bool:
    value = arg.phrase.value
    return arg.phrase.kind == "TIME" and value is not None and (value.date is None or value.date.day is not None)


def _companion(before: Clause, clause: Clause, verbs: frozenset[str], happening: frozenset[str]) -> None:
    """○○위는 10일 서울에서 관계자를 초청하여 간담회를 열었다: day and place go on to the clause that follows.

    So they do from one event to the next: 10일 서울에서 출범식을 갖고, 제1차 회의를 열었다.
    """
    both = before.predicate.connective == "고" and {before.predicate.lemma, clause.predicate.lemma} <= verbs
    if before.predicate.ending != "connective" or any(is_day(a) for a in clause.args):
        return
    if before.predicate.lemma not in signs().accompanying and not both:
        if (
            clause.predicate.lemma in happening
            and before.predicate.connective in endings().going_along
            and not any(a.phrase.kind == "TIME" for a in clause.args)
        ):
            clause.args = [*(a for a in before.args if is_day(a) and a.particle in ("", "에")), *clause.args]
        return
    moved = [
        a
        for a in before.args
        if is_day(a) or a.particle in ("에서", "에서는") and not any(b.particle in ("에서", "에서는") for b in clause.args)
    ]
    clause.args = [*moved, *clause.args]
