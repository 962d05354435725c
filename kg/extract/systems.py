"""Platforms and services that a text describes: what they offer, in which phase they are, from when and for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import last_word
from kg.extract.listed import list_start, parts
from kg.extract.system_names import PHASE, Found, ends_with, systems_of
from kg.extract.system_use import starts_in, system_claim, user_claims, users_in
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Value
from kg.syntax.arguments import SUBJECT, TOPIC

_FEATURE = frozenset({"기능", "기능들"})


def extract_systems(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of hasFeature, phase, serviceStart and intendedUser."""
    before: Found | None = None
    for sentence in reading.sentences:
        described = systems_of(reading, sentence, knowledge)
        yield from _said(reading, sentence, described, before, knowledge)
        topic = next((f for f in described if sentence.phrases[f.index].particle in TOPIC | SUBJECT), None)
        before = topic


def _said(
    reading: Reading, sentence: SentenceReading, named: list[Found], before: Found | None, knowledge: Knowledge
) -> Iterator[Candidate]:
    phrases = sentence.phrases
    for system in named:
        yield from _phases(reading, sentence, system, knowledge)
        yield from _defined(reading, sentence, system, knowledge)
    for i, phrase in enumerate(phrases):
        if phrase.kind != "PRED" or phrase.negated:
            continue
        about = _about(reading, sentence, i, named)
        if about is not None:
            yield from _offers(reading, sentence, i, about, knowledge)
        yield from starts_in(reading, sentence, i, about, named, before, knowledge)
        yield from users_in(reading, sentence, i, about, named, before, knowledge)


def _about(reading: Reading, sentence: SentenceReading, i: int, named: list[Found]) -> Found | None:
    """The system that the clause of a predicate is about: its topic, subject, place (에서는) or possessor."""
    for found in reversed(named):
        phrase = sentence.phrases[found.index]
        if found.index < i and phrase.particle in TOPIC | SUBJECT | {"에서", "에서는", "에는", "의"}:
            return found
    return None


def _phases(reading: Reading, sentence: SentenceReading, system: Found, knowledge: Knowledge) -> Iterator[Candidate]:
    """‘○○망’ 구축은 4단계로 접어들었다; ○○ 플랫폼은 2단계 사업을 추진 중이다."""
    tokens, phrases = reading.tokens, sentence.phrases
    phrase = phrases[system.index]
    last = next(
        (j for j in range(system.index + 1, len(phrases)) if phrases[j].kind == "PRED" and phrases[j].ending != "nominal"),
        len(phrases) - 1,
    )
    reach = (
        range(system.index, min(last, system.index + 4) + 1)
        if phrase.particle in TOPIC | SUBJECT | {"의", "", "을", "를"}
        else range(system.index, system.index + 1)
    )
    hits = []
    for j in reach:
        if phrases[j].kind == "NP" and phrases[j].tokens and (j == system.index or phrases[j].particle not in TOPIC):
            low = tokens.starts[phrases[j].tokens[0]] if j != system.index else system.mention.end
            text = tokens.text[low : tokens.ends[phrases[j].tokens[-1]]]
            match = PHASE.search(text)
            if (
                match is not None
                and not re.match(r"\s?(?:인증|방역|경보|격리|등급|평가|로\s나)", text[match.end() :])
                and not any(m in text[match.end() :] for m in "~∼-")
            ):
                hits.append((int(match[1]), low + match.start(), low + match.end()))
    if len({h[0] for h in hits}) == 1:
        number, start, end = hits[0]
        yield system_claim(
            reading, sentence, "phase", system.mention, Value(kind="phase", start=start, end=end, number=number), start, end
        )


def _features(reading: Reading, sentence: SentenceReading, system: Found, first: int, last: int) -> Iterator[Candidate]:
    text = reading.tokens.text
    for start, end in parts(reading, sentence, first, last):
        words = re.sub(r"\s?(?:등\s)?(?:의\s)?(?:기능|기능들)$", "", text[start:end]).strip()
        if 2 <= len(words) <= 80 and words not in (
            "다양한",
            "주요",
            "새로운",
            "추가",
            "여러",
            "이",
            "그",
            "핵심",
            "관련",
            "해당",
            "편의",
            "부가",
        ):
            yield system_claim(
                reading, sentence, "hasFeature", system.mention, " ".join(words.split()), start, start + len(words)
            )


def _offers(reading: Reading, sentence: SentenceReading, i: int, system: Found, knowledge: Knowledge) -> Iterator[Candidate]:
    """Features: … 기능을 제공하다, …가 가능하다, 주요 기능은 …이다."""
    phrases, systems = sentence.phrases, knowledge.systems
    phrase = phrases[i]
    k = i - 1
    if (
        k <= system.index
        and not (k == system.index and phrase.lemma == "이다")
        or phrases[k].kind != "NP"
        or not phrases[k].tokens
    ):
        return
    word = last_word(reading, phrases[k])
    stop = system.index + 1
    if phrase.connective == "게" or any(
        p.kind == "PRED" and p.ending not in ("adnominal", "nominal") and p.lemma not in ("통하다", "위하다")
        for p in phrases[stop:i]
    ):
        return
    if (
        phrase.lemma in systems.offer
        and not phrase.planned
        and word in _FEATURE
        and phrases[k].particle in ("을", "를", "이", "가", "도")
    ):
        if (
            len(phrases[k].tokens) == 1
            and k - 1 > stop
            and phrases[k - 1].kind == "PRED"
            and phrases[k - 1].ending == "adnominal"
        ):
            first = k - 1  # 로그를 자동으로 바꾸는 기능
            while (
                first > stop
                and phrases[first - 1].particle not in TOPIC
                and not (phrases[first - 1].kind == "PRED" and phrases[first - 1].ending != "adnominal")
            ):
                first -= 1
            start, end = reading.tokens.starts[phrases[first].first], reading.tokens.ends[phrases[k].tokens[-1]]
            if end - start <= 70:
                yield system_claim(reading, sentence, "hasFeature", system.mention, reading.tokens.text[start:end], start, end)
            return
        first = list_start(sentence, k, stop)
        yield from _features(reading, sentence, system, first, k)
    elif phrase.lemma == "가능하다" and phrases[k].particle in ("이", "가", "도"):
        if phrase.ending == "adnominal" and not (
            i + 2 < len(phrases) + 1
            and i + 1 < len(phrases)
            and phrases[i + 1].kind == "NP"
            and phrases[i + 1].tokens
            and ends_with(last_word(reading, phrases[i + 1]), systems.heads | systems.kinds)
        ):
            return
        first = list_start(sentence, k, stop)
        yield from _features(reading, sentence, system, first, k)
    elif (
        phrase.lemma == "이다"
        and phrases[system.index].particle == "의"
        and system.index + 1 < k
        and phrases[system.index + 1].particle in TOPIC | SUBJECT
        and re.search(
            r"(?:^|\s)기능$", reading.tokens.surface(phrases[system.index + 1].tokens[0], phrases[system.index + 1].tokens[-1])
        )
    ):
        yield from _features(reading, sentence, system, system.index + 2, k)


def _defined(reading: Reading, sentence: SentenceReading, system: Found, knowledge: Knowledge) -> Iterator[Candidate]:
    """‘○○’은 전자 입찰을 지원하는 정보시스템이다; … 소상공인을 위한 상담 플랫폼이다; … 청소년이 이용하는 서비스이다."""
    phrases, systems = sentence.phrases, knowledge.systems
    if (
        phrases[system.index].particle not in TOPIC | SUBJECT
        or len(phrases) < system.index + 4
        or phrases[-1].lemma != "이다"
        or phrases[-1].negated
    ):
        return
    kind = len(phrases) - 2
    if (
        phrases[kind].kind != "NP"
        or not phrases[kind].tokens
        or not ends_with(last_word(reading, phrases[kind]), systems.heads | systems.kinds)
    ):
        return
    verb = phrases[kind - 1]
    if (
        verb.kind != "PRED"
        or verb.ending != "adnominal"
        or verb.negated
        or kind - 2 <= system.index
        or phrases[kind - 2].kind != "NP"
        or not phrases[kind - 2].tokens
    ):
        return
    theme = phrases[kind - 2]
    if verb.lemma in systems.supply and theme.particle in ("을", "를"):
        first = list_start(sentence, kind - 2, system.index + 1)
        yield from _features(reading, sentence, system, first, kind - 2)
    elif (
        verb.lemma == "위하다"
        and theme.particle in ("을", "를")
        and not ends_with(last_word(reading, theme), systems.no_users)
        or verb.lemma in systems.use
        and theme.particle in SUBJECT
    ):
        yield from user_claims(reading, sentence, system.mention, kind - 2, knowledge)
