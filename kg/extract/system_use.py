"""From when a platform or a service is in use, and who is to use it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.system_names import Found
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention, PartialDate, Value
from kg.syntax.arguments import SUBJECT, TOPIC


def system_claim(
    reading: Reading, sentence: SentenceReading, relation: str, system: Mention, object_, start: int, end: int
) -> Candidate:
    inside = sentence.start <= system.start and system.end <= sentence.end
    return Candidate(
        relation=relation,
        subject=system,
        object=object_,
        rule=f"system.{relation}",
        start=min(start, system.start) if inside else start,
        end=max(end, system.end) if inside else end,
        sentence=(sentence.start, sentence.end),
    )


def user_claims(
    reading: Reading, sentence: SentenceReading, system: Mention, index: int, knowledge: Knowledge
) -> Iterator[Candidate]:
    tokens, phrases = reading.tokens, sentence.phrases
    first = index
    while (
        first > 0
        and phrases[first - 1].kind == "NP"
        and (
            phrases[first - 1].particle in ("의",)
            or phrases[first - 1].particle in ("과", "와", ",")
            and not phrases[first - 1].quoted
        )
    ):
        first -= 1
    start, end = tokens.starts[phrases[first].first], tokens.ends[phrases[index].tokens[-1]]
    words = re.sub(r"\s등$", "", tokens.text[start:end])
    if 2 <= len(words) <= 50 and not (start <= system.start < end) and not re.fullmatch(r"누구나|이|그|우리|것|수|때", words):
        yield system_claim(reading, sentence, "intendedUser", system, words, start, start + len(words))


def _object(reading: Reading, sentence: SentenceReading, i: int, named: list[Found]) -> Found | None:
    """The system that is the object of a predicate."""
    for found in reversed(named):
        if (
            found.index < i
            and sentence.phrases[found.index].particle in ("을", "를")
            and not any(p.kind == "PRED" for p in sentence.phrases[found.index + 1 : i])
        ):
            return found
    return None


def starts_in(
    reading: Reading,
    sentence: SentenceReading,
    i: int,
    about: Found | None,
    named: list[Found],
    before: Found | None,
    knowledge: Knowledge,
) -> Iterator[Candidate]:
    """‘○○’ 서비스는 오는 4월 1일부터 시작된다; 내년부터 모든 기관에 서비스할 계획이다."""
    phrases, systems = sentence.phrases, knowledge.systems
    phrase = phrases[i]
    if phrase.lemma not in systems.start or phrase.ending in ("nominal",) or phrase.connective in ("기", "도록", "면"):
        return
    active = phrase.lemma.endswith("하다") and phrase.lemma not in ("개통하다", "가동하다", "시작하다")
    system = _object(reading, sentence, i, named) or (
        about if not active or not any(p.kind == "NP" and p.particle in ("을", "를") for p in phrases[:i]) else None
    )
    if (
        system is None
        and before is not None
        and phrase.lemma in ("서비스하다", "서비스되다", "개통하다", "개통되다")
        and not named
        and not any(p.kind == "NP" and p.particle in TOPIC | SUBJECT | {"을", "를"} for p in phrases[:i])
    ):
        system = before
    if system is None or phrase.ending == "adnominal" and i + 1 < len(phrases) and system.index != i + 1:
        return
    if any(p.kind == "PRED" and p.ending != "adnominal" for p in phrases[system.index + 1 : i] if system is not before):
        return
    own = (
        reading.tokens.text[system.mention.end : reading.tokens.ends[phrases[system.index].tokens[-1]]]
        if system is not before
        else ""
    )
    if re.search(r"사업|구축|개발|\d단계|교육|설명회|예약|신청|접수", own):
        return
    low = (
        reading.tokens.starts[phrases[0].first]
        if system is before
        else min(reading.tokens.starts[phrases[system.index].first], _clause_start(reading, sentence, i))
    )
    when = _when(reading, sentence, low, i)
    if (
        when is None
        or phrase.lemma in ("운영되다", "제공되다", "열리다", "선보이다", "도입되다", "시행되다", "시작하다")
        and not _from(reading, when)
    ):
        return
    stated = (
        str(when.date).split("-??")[0] if when.date is not None and when.date.year else when
    )  # what is relative is resolved with the article's day
    yield system_claim(reading, sentence, "serviceStart", system.mention, stated, when.start, reading.tokens.ends[phrase.last])


def _clause_start(reading: Reading, sentence: SentenceReading, i: int) -> int:
    k = i
    while k > 0 and not (sentence.phrases[k - 1].kind == "PRED" and sentence.phrases[k - 1].ending != "adnominal"):
        k -= 1
    return reading.tokens.starts[sentence.phrases[k].first]


def _from(reading: Reading, when: Value) -> bool:
    return reading.tokens.text.startswith("부터", when.end) or when.date is not None and when.date.day is not None


def _when(reading: Reading, sentence: SentenceReading, low: int, i: int) -> Value | None:
    """The time from which a predicate holds: a date, a month, a year, or 내년."""
    tokens = reading.tokens
    high = tokens.starts[sentence.phrases[i].first]
    values = [
        v
        for v in reading.values_within(low, high)
        if v.kind in ("date", "year")
        and tokens.text.count("(", low, v.start) == tokens.text.count(")", low, v.start)
        and not tokens.text.startswith(("까지", " 까지"), v.end)
    ]
    if values:
        return values[-1] if len(values) == 1 else next((v for v in values if tokens.text.startswith("부터", v.end)), None)
    word = re.search(r"(내년|올해)(?:\s?(?:상반기|하반기))?(?:부터|에)\s", tokens.text[low:high])
    if word is None or "반기" in word[0]:
        return None
    return Value(kind="date", start=low + word.start(1), end=low + word.end(1), hint=word[1], date=PartialDate())


def users_in(
    reading: Reading,
    sentence: SentenceReading,
    i: int,
    about: Found | None,
    named: list[Found],
    before: Found | None,
    knowledge: Knowledge,
) -> Iterator[Candidate]:
    """Users: ○○를 대상으로 제공하다, ○○이 쓰게 되다, ○○에 서비스하다."""
    tokens, phrases, systems = reading.tokens, sentence.phrases, knowledge.systems
    phrase = phrases[i]
    if phrase.ending == "nominal":
        return
    system = _object(reading, sentence, i, named)
    if phrase.lemma in systems.serve:
        system = system or about
        if (
            system is None
            and before is not None
            and not named
            and phrase.lemma in ("서비스하다", "서비스되다")
            and not any(p.kind == "NP" and p.particle in TOPIC | SUBJECT | {"을", "를"} for p in phrases[:i])
        ):
            system = before
        if system is None:
            return
        for j in range(i):
            if phrases[j].kind != "NP" or not phrases[j].tokens or j == system.index and system is not before:
                continue
            following = phrases[j + 1]
            if (
                phrases[j].particle in ("을", "를")
                and following.kind == "NP"
                and following.particle == "으로"
                and following.tokens
                and tokens.surface(following.tokens[0], following.tokens[-1]) == "대상"
            ) or (
                phrases[j].particle in ("에", "에게")
                and phrase.lemma in ("서비스하다", "서비스되다", "보급하다", "개방하다")
                and j == i - 1
                and not tokens.tags[phrases[j].tokens[-1]].startswith("SN")
            ):
                yield from user_claims(reading, sentence, system.mention, j, knowledge)
    elif (
        phrase.lemma in systems.use
        and system is not None
        and (phrase.connective in ("게",) or phrase.planned or phrase.ending == "final" and not phrase.past)
    ):
        subject = next(
            (
                j
                for j in range(system.index - 1, -1, -1)
                if phrases[j].kind == "NP" and phrases[j].particle in SUBJECT | TOPIC and phrases[j].tokens
            ),
            None,
        )
        if subject is not None and not any(schema().is_a(m.kind, "Event") for m in sentence.heads[subject]):
            yield from user_claims(reading, sentence, system.mention, subject, knowledge)
