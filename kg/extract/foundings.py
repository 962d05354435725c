"""Who set a body up, where and when, also where only that act says that a name is a body's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import body_in, last_word, person_in, place_in
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention
from kg.syntax.arguments import SUBJECT, TOPIC, Clause

_WHOLE = frozenset(
    {"고", "며", "으며", "으나", "지만", "아", "어", "아서", "어서", "여", "여서", "면서", "자", "니", "는데", "ᆫ데"}
)
_WHO = frozenset({"사람", "인물", "주인공", "이", "곳"})


@dataclass(slots=True)
class _Act:
    """One predicate of founding with the phrases that belong to it."""

    sentence: SentenceReading
    index: int
    phrases: list[int]
    bodies: list[Mention] = field(default_factory=list)
    doers: list[Mention] = field(default_factory=list)
    place: Mention | None = None


def extract_foundings(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of foundedBy, foundedIn and foundingYear."""
    for sentence, found in clauses:
        seen: set[int] = set()
        for clause in found:
            predicate = clause.predicate
            lemma = predicate.lemma.removeprefix("공동")
            active = lemma in knowledge.bodies.founding
            passive = (
                lemma.endswith("되다")
                and lemma[:-2] + "하다" in knowledge.bodies.founding
                or lemma in ("세워지다", "출범하다", "발족하다")
            )
            if (
                not (active or passive)
                or predicate.kind != "PRED"
                or clause.index in seen
                or clause.index >= len(sentence.phrases)
            ):
                continue
            seen.add(clause.index)
            if (
                predicate.negated
                or predicate.planned
                or predicate.ending not in ("final", "connective", "adnominal", "reported")
                or predicate.ending == "connective"
                and predicate.connective not in _WHOLE
                or predicate.connective in ("자는", "자고", "라고", "려는")
            ):
                continue
            if (
                predicate.ending == "adnominal"
                and predicate.connective in ("는", "던")
                or predicate.ending == "final"
                and not predicate.past
            ):
                continue
            yield from _founded(reading, sentence, clause, lemma, passive or _is_passive(reading, predicate), knowledge)
    yield from _by_founding(reading, knowledge)


def _is_passive(reading: Reading, predicate: Phrase) -> bool:
    """세워진, 만들어진: the analyser takes the passive apart."""
    return any(
        m.form == "지" and m.tag.startswith("VX")
        for t in range(predicate.first, predicate.last + 1)
        for m in reading.tokens.morphs[t]
    )


def _window(reading: Reading, sentence: SentenceReading, index: int) -> list[int]:
    """The phrases before a predicate, back to the end of the clause before it (에 의해 and cut names are no clauses)."""
    tokens, found = reading.tokens, []
    for i in range(index - 1, -1, -1):
        phrase = sentence.phrases[i]
        inside = phrase.last + 1 < len(tokens.spaced) and not tokens.spaced[phrase.last + 1] and not phrase.comma
        if phrase.kind == "PRED" and phrase.lemma not in ("의하다", "지나다") and not inside:
            if phrase.ending != "adnominal":
                break
            if phrase.lemma in ("위하다", "따르다"):
                break
        found.insert(0, i)
    return found


def _founded(
    reading: Reading, sentence: SentenceReading, clause: Clause, lemma: str, passive: bool, knowledge: Knowledge
) -> Iterator[Candidate]:
    tokens, phrases = reading.tokens, sentence.phrases
    predicate = clause.predicate
    act = _Act(sentence, clause.index, _window(reading, sentence, clause.index))
    nouns = [i for i in act.phrases if phrases[i].kind == "NP" and phrases[i].tokens]
    following = (
        next((i for i in range(clause.index + 1, len(phrases)) if phrases[i].kind == "NP"), None)
        if predicate.ending == "adnominal"
        else None
    )
    if (
        following is not None
        and following + 2 < len(phrases)
        and phrases[following + 1].lemma == "이다"
        and phrases[following + 1].ending == "adnominal"
        and phrases[following + 2].kind == "NP"
    ):
        following += 2  # 출범한 채무조정기구인 ○○기금
    objects = [i for i in nouns if phrases[i].particle in ("을", "를")]
    topics = [i for i in nouns if phrases[i].particle in TOPIC]
    subjects = [i for i in nouns if phrases[i].particle in SUBJECT]
    if objects and not passive:
        body = body_in(reading, sentence, objects[-1], knowledge)
        act.bodies = [body] if body else []
    elif following is not None and (passive or subjects or topics):
        word = last_word(reading, phrases[following])
        generic = word in knowledge.bodies.kinds or word in knowledge.organizations.generic
        first = next((i for i in range(following) if phrases[i].kind == "NP" and phrases[i].particle in TOPIC), None)
        noted = generic and passive and first is not None and phrases[first].particle == ":"  # * ○○협의체: 1998년 설립된 기관
        body = body_in(reading, sentence, first if noted else following, knowledge)
        if generic and not body and not noted:
            topic = topics[0] if topics else first
            body = body_in(reading, sentence, topic, knowledge) if topic is not None else None
            if topic is not None and topic in topics:
                topics = [t for t in topics if t != topic]
        act.bodies = [body] if body else []
    elif passive and (subjects or topics) and following is None:
        body = body_in(reading, sentence, (subjects or topics)[-1], knowledge)
        act.bodies, topics, subjects = [body] if body else [], [], []
    if not act.bodies:
        return
    if not passive:
        act.doers = _agents(reading, sentence, (subjects or topics)[-1:], knowledge) if subjects or topics else []
        if not act.doers and not subjects and not topics and following is not None and objects:
            act.doers = _who(reading, sentence, following, knowledge)
    for i in nouns:
        text = tokens.surface(phrases[i].tokens[0], phrases[i].tokens[-1])
        if i + 1 < len(phrases) and phrases[i + 1].lemma == "의하다" and phrases[i].particle == "에":
            act.doers = _agents(reading, sentence, [i], knowledge)
        elif phrases[i].particle == "로" and text.endswith(" 주도"):
            act.doers = [m for m in reading.ending(tokens.ends[phrases[i].tokens[-1]] - 3) if schema().is_a(m.kind, "Agent")][:1]
        elif phrases[i].particle in ("에", "에서"):
            act.place = place_in(reading, sentence, i) or act.place
    yield from _claims(reading, act, clause, knowledge)


def _agents(reading: Reading, sentence: SentenceReading, indexes: Sequence[int], knowledge: Knowledge) -> list[Mention]:
    """Agents of phrases, with those that a list joins to them."""
    found: list[Mention] = []
    for i in indexes:
        here = [m for m in sentence.heads[i] if schema().is_a(m.kind, "Agent")]
        if not here and (person := person_in(reading, sentence.phrases[i], knowledge)) is not None:
            here = [person]
        k = i - 1
        while (
            here
            and k >= 0
            and sentence.phrases[k].kind == "NP"
            and sentence.phrases[k].particle in ("과", "와", ",", "·", "및")
            and sentence.heads[k]
        ):
            here = [m for m in sentence.heads[k] if schema().is_a(m.kind, "Agent")] + here
            k -= 1
        found += here
    return found


def _who(reading: Reading, sentence: SentenceReading, following: int, knowledge: Knowledge) -> list[Mention]:
    """○○을 설립한 사람은 ○○○ 씨다; ○○을 설립한 ○○○ 대표."""
    heads = [m for m in sentence.heads[following] if m.kind == "Person"]
    if heads:
        return heads
    phrase = sentence.phrases[following]
    if last_word(reading, phrase) not in _WHO or phrase.particle not in TOPIC | SUBJECT:
        return []
    last = next((i for i in range(len(sentence.phrases) - 1, following, -1) if sentence.phrases[i].kind == "NP"), None)
    if last is None or sentence.phrases[-1].lemma != "이다":
        return []
    person = next((m for m in sentence.heads[last] if m.kind == "Person"), None) or person_in(
        reading, sentence.phrases[last], knowledge
    )
    return [person] if person is not None else []


def _claims(reading: Reading, act: _Act, clause: Clause, knowledge: Knowledge) -> Iterator[Candidate]:
    tokens, sentence = reading.tokens, act.sentence
    body = act.bodies[0]
    high = tokens.ends[clause.predicate.last]
    low = tokens.starts[sentence.phrases[act.phrases[0]].first] if act.phrases else tokens.starts[clause.predicate.first]
    things = [*act.doers, *([act.place] if act.place else []), body]
    inside = [m for m in things if sentence.start <= m.start and m.end <= sentence.end]
    where = {
        "start": min(m.start for m in (*inside, *[_at(tokens.starts[clause.predicate.first])])),
        "end": max(high, *(m.end for m in inside)) if inside else high,
        "sentence": (sentence.start, sentence.end),
    }
    for doer in act.doers:
        if (doer.start, doer.end) != (body.start, body.end):
            yield Candidate(relation="foundedBy", subject=body, object=doer, rule="founding.by", **where)
    if act.place is not None:
        yield Candidate(relation="foundedIn", subject=body, object=act.place, rule="founding.in", **where)
    years = [
        v
        for v in reading.values_within(low, high)
        if v.date is not None
        and v.date.year
        and v.kind in ("year", "date")
        and tokens.text.count("(", low, v.start) == tokens.text.count(")", low, v.start)
    ]
    if years:
        yield Candidate(
            relation="foundingYear",
            subject=body,
            object=years[-1],
            rule="founding.year",
            **{**where, "start": min(where["start"], years[-1].start)},
        )


def _at(offset: int) -> Mention:
    return Mention(start=offset, end=offset, kind="Event", name="", rule="context")


def _by_founding(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """1999년 ○○부의 설립으로 문을 연 ○○재단: the act as a noun, the body behind the clause that it belongs to."""
    tokens = reading.tokens
    for sentence in reading.sentences:
        phrases = sentence.phrases
        for i, phrase in enumerate(phrases[:-2]):
            if (
                phrase.kind != "NP"
                or phrase.particle not in ("으로", "로")
                or tokens.surface(phrase.first, phrase.tokens[-1]) not in ("설립", "창립", "창설", "출연")
                or not i
                or phrases[i - 1].particle != "의"
            ):
                continue
            doers = [m for m in sentence.heads[i - 1] if schema().is_a(m.kind, "Agent")]
            k = next((j for j in range(i + 1, len(phrases)) if phrases[j].kind == "PRED"), None)
            if not doers or k is None or phrases[k].ending != "adnominal" or k + 1 >= len(phrases) or phrases[k + 1].kind != "NP":
                continue
            body = body_in(reading, sentence, k + 1, knowledge)
            if body is None:
                continue
            where = {"start": min(d.start for d in doers), "end": body.end, "sentence": (sentence.start, sentence.end)}
            for doer in doers:
                yield Candidate(relation="foundedBy", subject=body, object=doer, rule="founding.noun", **where)
            start = tokens.starts[phrases[i - 1].first]
            year = next(
                (v for v in reading.values_within(start, doers[0].start) if v.date is not None and v.date.year),
                None,
            )
            if year is not None:
                yield Candidate(
                    relation="foundingYear", subject=body, object=year, rule="founding.noun", **{**where, "start": start}
                )
