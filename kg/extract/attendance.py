"""How many were present: 300여 명이 참석했다, 1,200명이 모인 가운데 열렸다, 참가자는 5천 명이었다, 교육생 14명을 대상으로 진행된다."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from kg.analyze.names.words import words_of
from kg.analyze.reading import Reading, SentenceReading
from kg.syntax.arguments import SUBJECT, TOPIC, Arg, Clause
from kg.extract.whereabouts import event_of
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention, Value
from kg.knowledge.schema import schema

# What people do who are present, beside the verbs of taking part.
_PRESENT = frozenset(
    "함께하다 모이다 찾다 자리하다 몰리다 운집하다 다녀가다 지켜보다 시청하다 접속하다 듣다 수강하다 관람하다 참관하다 동참하다 방문하다".split()
)
_CROWD = ("참가자", "참석자", "관람객", "참여자", "방문객", "참석인원", "참가인원", "참여인원", "입장객", "수강생", "교육생")
_GOALS = ("에", "에는", "에도", "에서", "에서는", "을", "를")
_AMID = frozenset("가운데 속 자리 데".split())
_MANY = 10


def extract_attendance(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of attendeeCount; of a sentence's counts the first whose event is only understood."""
    present = knowledge.verbs["attend_strict"].active | _PRESENT
    hold = knowledge.verbs["hold"].active | knowledge.verbs["hold"].passive
    hold |= {v[:-2] + "되다" for v in hold if v.endswith("하다")}
    for sentence, found in clauses:
        said, meant = False, _meant(sentence, reading)
        for clause in found:
            lemma = clause.predicate.lemma
            if clause.predicate.negated:
                continue
            if lemma in present or lemma == "하다" and clause.index and sentence.phrases[clause.index - 1].particle == "함께":
                count, event = _present(clause, reading, knowledge.organizations.crowds)
            elif lemma == "이다":
                count, event = _counted(clause, reading)
            elif lemma in hold:
                count, event = _meant_for(sentence, clause, reading, meant)
            else:
                continue
            if count is None or event is None or said and not event.name:
                continue
            said = True
            start, end = (
                min(count.start, event.start) if event.name else count.start,
                max(reading.tokens.ends[clause.predicate.last], count.end),
            )
            yield Candidate(
                relation="attendeeCount",
                subject=event,
                object=count,
                rule="attendance",
                start=max(start, sentence.start),
                end=end,
                sentence=(sentence.start, sentence.end),
                status="planned" if clause.predicate.planned else "asserted",
            )


def _count(arg: Arg, reading: Reading, crowds: frozenset[str] = frozenset()) -> Value | None:
    """The people that an argument counts with its last words, 등 and parentheses left out, or that possess its crowd (70명의 담당자들이).

    A few of ``crowds`` without 들 (전문가 3명의) sit on a panel, many are those who came (40여 명의 보안 전문가가).
    """
    tokens, phrase = reading.tokens, arg.phrase
    if arg.owners and arg.owners[-1].particle == "의" and ((last := _last(arg, reading)).endswith("들") or last in crowds):
        owned = _count(replace(arg.owners[-1], owners=()), reading)
        return owned if last.endswith("들") or owned is not None and (owned.number or 0) >= _MANY else None
    if phrase.kind != "NP" or not phrase.tokens:
        return None
    low, high = tokens.starts[phrase.first], tokens.ends[phrase.tokens[-1]]
    notes = [(tokens.starts[a], tokens.ends[b]) for a, b in phrase.notes]
    counts = [
        v
        for v in reading.values_within(low, high)
        if v.kind == "people" and not any(a <= v.start < b for a, b in notes)
    ]
    if not counts:
        return None
    if tokens.text[: counts[-1].start].endswith(("선착순 ", "최대 ", "정원 ")):
        return None  # who may come, and not who came
    rest = tokens.text[counts[-1].end : high]
    return (
        counts[-1]
        if not rest.strip()
        or rest.split()[0] in ("등", "등이", "이상", "안팎", "내외", "규모", "모두", "전원", "가량", "정도")
        or rest.startswith("(")
        else None
    )


def _here(reading: Reading, clause: Clause) -> Mention:
    at = reading.tokens.starts[clause.predicate.first]
    return Mention(start=at, end=at, kind="Event", name="", rule="context")


def _event(arg: Arg | None, reading: Reading) -> Mention | None:
    return event_of(arg.phrase, arg.mentions, reading) if arg is not None and arg.phrase.kind == "NP" else None


def _present(clause: Clause, reading: Reading, crowds: frozenset[str]) -> tuple[Value | None, Mention | None]:
    """N명이 참석했다 and its event: the goal, what the clause modifies, what goes on amid it, or what the text is about."""
    args = clause.args
    counted = next(
        (
            a
            for a in reversed(args)
            if a.particle in SUBJECT | TOPIC | {"", "과", "와", "과 함께", "와 함께"} and _count(a, reading, crowds) is not None
        ),
        None,
    )
    if counted is None or any(
        a.particle.startswith(("로", "으로"))
        and a.phrase.kind == "NP"
        and a.phrase.tokens
        and _last(a, reading).endswith(("연사", "강사", "위원", "토론자", "멘토", "패널"))
        for a in args
    ):
        return None, None
    count = _count(counted, reading, crowds)
    goals = [a for a in args if a is not counted and a.particle in _GOALS and a.phrase.kind == "NP"]
    event = next((e for a in goals if (e := _event(a, reading)) is not None), None)
    if event is not None:
        return count, event
    if any(a.particle in ("에", "에는", "에도", "을", "를") for a in goals):
        return None, None  # 사업에 100명이 참여했다
    head, following = clause.head, clause.next
    if head is not None and clause.predicate.ending == "adnominal":
        event = _event(head, reading)
        if event is not None:
            return count, event
        if _last(head, reading, first=True) not in _AMID:
            return None, None
    topics = [
        a
        for a in (*args, *clause.inherited, *((clause.topic,) if clause.topic else ()))
        if a.particle in TOPIC and a is not counted
    ]
    event = next((e for a in topics if (e := _event(a, reading)) is not None), None)
    if event is None and following is not None and (clause.predicate.ending == "connective" or head is not None):
        event = next(
            (
                e
                for a in (*following.args, *following.inherited)
                if a.particle in SUBJECT | TOPIC | {"을", "를", ""} and (e := _event(a, reading)) is not None
            ),
            None,
        )
        event = event or (_event(following.head, reading) if following.predicate.ending == "adnominal" else None)
    return count, event or _here(reading, clause)


def _last(arg: Arg, reading: Reading, first: bool = False) -> str:
    words = words_of(reading.tokens, arg.phrase.tokens)
    return words[0 if first else -1].text if words else ""


def _counted(clause: Clause, reading: Reading) -> tuple[Value | None, Mention | None]:
    """○○ 대회 참가자는 5천 명이었다."""
    topic = next(
        (
            a
            for a in clause.args
            if a.particle in TOPIC | SUBJECT
            and a.phrase.kind == "NP"
            and "".join(w.text for w in words_of(reading.tokens, a.phrase.tokens)).endswith(_CROWD)
        ),
        None,
    )
    if topic is None or clause.args[-1] is topic:
        return None, None
    first = (topic.owners[0] if topic.owners else topic).phrase.first
    low, high = reading.tokens.starts[first], reading.tokens.ends[topic.phrase.last]
    event = next((m for m in reading.within(low - 1, high) if schema().is_a(m.kind, "Event")), None)
    return _count(clause.args[-1], reading), event


def _meant(sentence: SentenceReading, reading: Reading) -> list[int]:
    """The phrases of a sentence that say 대상으로 of those before them: 수료생 14명을 대상으로."""
    return [
        i
        for i, (before, phrase) in enumerate(zip(sentence.phrases, sentence.phrases[1:]), 1)
        if phrase.kind == before.kind == "NP"
        and phrase.particle in ("으로", "로")
        and before.particle in ("을", "를")
        and reading.tokens.surface(phrase.first, phrase.last) == "대상"
    ]


def _meant_for(sentence: SentenceReading, clause: Clause, reading: Reading, meant: Sequence[int]) -> tuple[Value | None, Mention | None]:
    """수료생 14명을 대상으로 진행된다: those whom a training is for."""
    for i in takewhile(lambda i: i <= clause.index, meant):
        event = next(
            (
                e
                for a in (*clause.args, *clause.inherited, *((clause.head,) if clause.predicate.ending == "adnominal" and clause.head else ()))
                if (a is clause.head or a.particle in SUBJECT | TOPIC | {"을", "를"}) and (e := _event(a, reading)) is not None
            ),
            None,
        )
        if event is not None and event.kind in ("Training", "Briefing", "Campaign", "Seminar"):
            owner = sentence.phrases[max(i - 2, 0)]
            owners = (Arg(owner, 0, "의", ()),) if owner.particle == "의" and owner.kind == "NP" else ()
            return _count(Arg(sentence.phrases[i - 1], 0, "", (), owners), reading), event
    return None, None
