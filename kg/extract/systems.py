"""Platforms and services that a text describes: what they offer, in which phase they are, from when and for whom."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.analyze.names.words import words_of
from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import last_word
from kg.extract.clauses import SUBJECT, TOPIC
from kg.extract.listed import list_start, parts
from kg.knowledge import Knowledge
from kg.model import Claim, Mention, PartialDate, Value
from kg.schema import schema

_PHASE = re.compile(r"(?<![\d가-힣])(?:제\s?)?(\d)\s?단계")
_FEATURE = frozenset({"기능", "기능들"})


@dataclass(frozen=True, slots=True)
class _Found:
    """A system that a noun phrase of a sentence names."""

    mention: Mention
    index: int
    certain: bool


def extract_systems(reading: Reading, knowledge: Knowledge) -> Iterator[Claim]:
    """Claims of hasFeature, phase, serviceStart and intendedUser."""
    before: _Found | None = None
    for sentence in reading.sentences:
        named = _named(reading, sentence, knowledge)
        described = [f for f in named if (f.certain or _vouched(reading, sentence, f, knowledge)) and not _only_says_what(sentence, f, named)]
        for claim in _said(reading, sentence, described, before, knowledge):
            yield claim
        topic = next((f for f in described if sentence.phrases[f.index].particle in TOPIC | SUBJECT), None)
        before = topic


def _claim(reading: Reading, sentence: SentenceReading, relation: str, system: Mention, object_, start: int, end: int) -> Claim:
    inside = sentence.start <= system.start and system.end <= sentence.end
    return Claim(relation=relation, subject=system, object=object_, rule=f"system.{relation}", start=min(start, system.start) if inside else start,
                 end=max(end, system.end) if inside else end, sentence=(sentence.start, sentence.end), confidence=0.8)


# -- which phrases name a system

def _named(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> list[_Found]:
    """Systems of a sentence: (the words, the phrase, whether a word says that it is one)."""
    found = []
    for i, phrase in enumerate(sentence.phrases):
        if phrase.kind != "NP" or not phrase.tokens:
            continue
        mention, certain = _system_in(reading, sentence, i, knowledge)
        if mention is not None:
            found.append(_Found(mention, i, certain))
    return found


def _system_in(reading: Reading, sentence: SentenceReading, i: int, knowledge: Knowledge) -> tuple[Mention | None, bool]:
    tokens, phrase, systems = reading.tokens, sentence.phrases[i], knowledge.systems
    if phrase.quoted:
        opening, closing = phrase.quoted[-1]
        start, end = tokens.ends[opening], tokens.starts[closing]
        name = tokens.text[start:end].strip()
        if not 2 <= len(name) <= 30 or any(m.start <= start and end <= m.end and m.kind != "System" for m in sentence.heads[i]) or re.search(r"[.?!]|다$", name):
            return None, False
        after = [w.text for w in words_of(tokens, [t for t in phrase.tokens if t > closing])]
        ahead = [w.text for w in words_of(tokens, [t for t in phrase.tokens if t < opening])]
        kinds = systems.heads | systems.kinds
        says = bool(after) and _ends(after[0], kinds) or bool(ahead) and _ends(ahead[-1], kinds) or _ends(name.split(" ")[-1], systems.heads) or name.endswith("망")
        if after and not says and not all(w in systems.works or _PHASE.match(w) for w in after):
            return None, False
        if says and after and not all(w in systems.works or _PHASE.match(w) or _ends(w, kinds) or w.startswith(("(", "등")) for w in after):
            return None, False
        name = re.sub(r"\s?\([^()]*\)$", "", name)
        return Mention(start=start, end=start + len(name), kind="System", name=name, rule="system"), says
    words = words_of(tokens, phrase.tokens)
    while len(words) > 1 and (words[-1].text in systems.works - systems.heads or _PHASE.fullmatch(words[-1].text)):
        words = words[:-1]
    if len(words) < 2 or not _ends(words[-1].text, systems.heads):
        return None, False
    while len(words) > 1 and (words[0].text in systems.new or words[0].text in knowledge.events.determiners or re.fullmatch(r"\d.*", words[0].text)):
        words = words[1:]
    if len(words) < 2 or len(words) > 6 or any(w.text in ("등", "및") for w in words):
        return None, False
    start, end = words[0].start, words[-1].end
    return Mention(start=start, end=end, kind="System", name=tokens.text[start:end], rule="system", certain=False), True


def _only_says_what(sentence: SentenceReading, found: _Found, named: list[_Found]) -> bool:
    """‘○○’은 … 상담 플랫폼이다: the noun of a definition names no system of its own."""
    following = sentence.phrases[found.index + 1] if found.index + 1 < len(sentence.phrases) else None
    return following is not None and following.kind == "PRED" and following.lemma == "이다" and any(f.index < found.index for f in named)


def _ends(word: str, words: frozenset[str]) -> bool:
    return any(word == w or len(w) > 1 and word.endswith(w) and len(word) > len(w) for w in words)


def _vouched(reading: Reading, sentence: SentenceReading, found: _Found, knowledge: Knowledge) -> bool:
    """A quoted name alone is a system where the sentence defines it so, or says what only systems do."""
    phrases, systems = sentence.phrases, knowledge.systems
    particle = phrases[found.index].particle
    if particle in TOPIC | SUBJECT and len(phrases) >= 2 and phrases[-1].kind == "PRED" and phrases[-1].lemma == "이다" and phrases[-2].kind == "NP" \
            and _ends(last_word(reading, phrases[-2]), systems.heads | systems.kinds):
        return True
    if particle in TOPIC | SUBJECT and any(p.kind == "PRED" and p.lemma in ("개통하다", "개통되다", "가동하다", "가동되다", "출시되다", "서비스되다") for p in phrases):
        return not any(last_word(reading, p) in ("구간", "도로", "철도", "노선") for p in phrases if p.kind == "NP" and p.tokens)
    if particle in TOPIC | SUBJECT | {"에서", "에서는", "의"} and any(p.kind == "NP" and p.tokens and last_word(reading, p) == "기능" for p in phrases):
        return True
    return False


# -- what is said of them

def _said(reading: Reading, sentence: SentenceReading, named: list[_Found], before: _Found | None, knowledge: Knowledge) -> Iterator[Claim]:
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
        yield from _starts(reading, sentence, i, about, named, before, knowledge)
        yield from _users(reading, sentence, i, about, named, before, knowledge)


def _about(reading: Reading, sentence: SentenceReading, i: int, named: list[_Found]) -> _Found | None:
    """The system that the clause of a predicate is about: its topic, subject, place (에서는) or possessor."""
    for found in reversed(named):
        phrase = sentence.phrases[found.index]
        if found.index < i and phrase.particle in TOPIC | SUBJECT | {"에서", "에서는", "에는", "의"}:
            return found
    return None


def _phases(reading: Reading, sentence: SentenceReading, system: _Found, knowledge: Knowledge) -> Iterator[Claim]:
    """‘○○망’ 구축은 4단계로 접어들었다; ○○ 플랫폼은 2단계 사업을 추진 중이다."""
    tokens, phrases = reading.tokens, sentence.phrases
    phrase = phrases[system.index]
    last = next((j for j in range(system.index + 1, len(phrases)) if phrases[j].kind == "PRED" and phrases[j].ending != "nominal"), len(phrases) - 1)
    reach = range(system.index, min(last, system.index + 4) + 1) if phrase.particle in TOPIC | SUBJECT | {"의", "", "을", "를"} else range(system.index, system.index + 1)
    hits = []
    for j in reach:
        if phrases[j].kind == "NP" and phrases[j].tokens and (j == system.index or phrases[j].particle not in TOPIC):
            low = tokens.starts[phrases[j].tokens[0]] if j != system.index else system.mention.end
            text = tokens.text[low:tokens.ends[phrases[j].tokens[-1]]]
            match = _PHASE.search(text)
            if match is not None and not re.match(r"\s?(?:인증|방역|경보|격리|등급|평가|로\s나)", text[match.end():]) and not any(m in text[match.end():] for m in "~∼-"):
                hits.append((int(match[1]), low + match.start(), low + match.end()))
    if len({h[0] for h in hits}) == 1:
        number, start, end = hits[0]
        yield _claim(reading, sentence, "phase", system.mention, Value(kind="phase", start=start, end=end, number=number), start, end)


def _features(reading: Reading, sentence: SentenceReading, system: _Found, first: int, last: int) -> Iterator[Claim]:
    text = reading.tokens.text
    for start, end in parts(reading, sentence, first, last):
        words = re.sub(r"\s?(?:등\s)?(?:의\s)?(?:기능|기능들)$", "", text[start:end]).strip()
        if 2 <= len(words) <= 80 and words not in ("다양한", "주요", "새로운", "추가", "여러", "이", "그", "핵심", "관련", "해당", "편의", "부가"):
            yield _claim(reading, sentence, "hasFeature", system.mention, " ".join(words.split()), start, start + len(words))


def _offers(reading: Reading, sentence: SentenceReading, i: int, system: _Found, knowledge: Knowledge) -> Iterator[Claim]:
    """Features: … 기능을 제공하다, …가 가능하다, 주요 기능은 …이다."""
    phrases, systems = sentence.phrases, knowledge.systems
    phrase = phrases[i]
    k = i - 1
    if k <= system.index and not (k == system.index and phrase.lemma == "이다") or phrases[k].kind != "NP" or not phrases[k].tokens:
        return
    word = last_word(reading, phrases[k])
    stop = system.index + 1
    if phrase.connective == "게" or any(p.kind == "PRED" and p.ending not in ("adnominal", "nominal") and p.lemma not in ("통하다", "위하다") for p in phrases[stop:i]):
        return
    if phrase.lemma in systems.offer and not phrase.planned and word in _FEATURE and phrases[k].particle in ("을", "를", "이", "가", "도"):
        if len(phrases[k].tokens) == 1 and k - 1 > stop and phrases[k - 1].kind == "PRED" and phrases[k - 1].ending == "adnominal":
            first = k - 1  # 로그를 자동으로 바꾸는 기능
            while first > stop and phrases[first - 1].particle not in TOPIC and not (phrases[first - 1].kind == "PRED" and phrases[first - 1].ending != "adnominal"):
                first -= 1
            start, end = reading.tokens.starts[phrases[first].first], reading.tokens.ends[phrases[k].tokens[-1]]
            if end - start <= 70:
                yield _claim(reading, sentence, "hasFeature", system.mention, reading.tokens.text[start:end], start, end)
            return
        first = list_start(sentence, k, stop)
        yield from _features(reading, sentence, system, first, k)
    elif phrase.lemma == "가능하다" and phrases[k].particle in ("이", "가", "도"):
        if phrase.ending == "adnominal" and not (i + 2 < len(phrases) + 1 and i + 1 < len(phrases) and phrases[i + 1].kind == "NP" and phrases[i + 1].tokens
                                                 and _ends(last_word(reading, phrases[i + 1]), systems.heads | systems.kinds)):
            return
        first = list_start(sentence, k, stop)
        yield from _features(reading, sentence, system, first, k)
    elif phrase.lemma == "이다" and phrases[system.index].particle == "의" and system.index + 1 < k and phrases[system.index + 1].particle in TOPIC | SUBJECT \
            and re.search(r"(?:^|\s)기능$", reading.tokens.surface(phrases[system.index + 1].tokens[0], phrases[system.index + 1].tokens[-1])):
        yield from _features(reading, sentence, system, system.index + 2, k)


def _defined(reading: Reading, sentence: SentenceReading, system: _Found, knowledge: Knowledge) -> Iterator[Claim]:
    """‘○○’은 전자 입찰을 지원하는 정보시스템이다; … 소상공인을 위한 상담 플랫폼이다; … 청소년이 이용하는 서비스이다."""
    tokens, phrases, systems = reading.tokens, sentence.phrases, knowledge.systems
    if phrases[system.index].particle not in TOPIC | SUBJECT or len(phrases) < system.index + 4 or phrases[-1].lemma != "이다" or phrases[-1].negated:
        return
    kind = len(phrases) - 2
    if phrases[kind].kind != "NP" or not phrases[kind].tokens or not _ends(last_word(reading, phrases[kind]), systems.heads | systems.kinds):
        return
    verb = phrases[kind - 1]
    if verb.kind != "PRED" or verb.ending != "adnominal" or verb.negated or kind - 2 <= system.index or phrases[kind - 2].kind != "NP" or not phrases[kind - 2].tokens:
        return
    theme = phrases[kind - 2]
    if verb.lemma in systems.supply and theme.particle in ("을", "를"):
        first = list_start(sentence, kind - 2, system.index + 1)
        yield from _features(reading, sentence, system, first, kind - 2)
    elif verb.lemma == "위하다" and theme.particle in ("을", "를") and not _ends(last_word(reading, theme), systems.no_users):
        yield from _user(reading, sentence, system.mention, kind - 2, knowledge)
    elif verb.lemma in systems.use and theme.particle in SUBJECT:
        yield from _user(reading, sentence, system.mention, kind - 2, knowledge)


def _user(reading: Reading, sentence: SentenceReading, system: Mention, index: int, knowledge: Knowledge) -> Iterator[Claim]:
    tokens, phrases = reading.tokens, sentence.phrases
    first = index
    while first > 0 and phrases[first - 1].kind == "NP" and (phrases[first - 1].particle in ("의",) or phrases[first - 1].particle in ("과", "와", ",") and not phrases[first - 1].quoted):
        first -= 1
    start, end = tokens.starts[phrases[first].first], tokens.ends[phrases[index].tokens[-1]]
    words = re.sub(r"\s등$", "", tokens.text[start:end])
    if 2 <= len(words) <= 50 and not (start <= system.start < end) and not re.fullmatch(r"누구나|이|그|우리|것|수|때", words):
        yield _claim(reading, sentence, "intendedUser", system, words, start, start + len(words))


def _object(reading: Reading, sentence: SentenceReading, i: int, named: list[_Found]) -> _Found | None:
    """The system that is the object of a predicate."""
    for found in reversed(named):
        if found.index < i and sentence.phrases[found.index].particle in ("을", "를") and not any(p.kind == "PRED" for p in sentence.phrases[found.index + 1:i]):
            return found
    return None


def _starts(reading: Reading, sentence: SentenceReading, i: int, about: _Found | None, named: list[_Found], before: _Found | None, knowledge: Knowledge) -> Iterator[Claim]:
    """‘○○’ 서비스는 오는 4월 1일부터 시작된다; 내년부터 모든 기관에 서비스할 계획이다."""
    phrases, systems = sentence.phrases, knowledge.systems
    phrase = phrases[i]
    if phrase.lemma not in systems.start or phrase.ending in ("nominal",) or phrase.connective in ("기", "도록", "면"):
        return
    active = phrase.lemma.endswith("하다") and phrase.lemma not in ("개통하다", "가동하다", "시작하다")
    system = _object(reading, sentence, i, named) or (about if not active or not any(p.kind == "NP" and p.particle in ("을", "를") for p in phrases[:i]) else None)
    if system is None and before is not None and phrase.lemma in ("서비스하다", "서비스되다", "개통하다", "개통되다") and not named \
            and not any(p.kind == "NP" and p.particle in TOPIC | SUBJECT | {"을", "를"} for p in phrases[:i]):
        system = before
    if system is None or phrase.ending == "adnominal" and i + 1 < len(phrases) and system.index != i + 1:
        return
    if any(p.kind == "PRED" and p.ending != "adnominal" for p in phrases[system.index + 1:i] if system is not before):
        return
    own = reading.tokens.text[system.mention.end:reading.tokens.ends[phrases[system.index].tokens[-1]]] if system is not before else ""
    if re.search(r"사업|구축|개발|\d단계|교육|설명회|예약|신청|접수", own):
        return
    low = reading.tokens.starts[phrases[0].first] if system is before else min(reading.tokens.starts[phrases[system.index].first], _clause_start(reading, sentence, i))
    when = _when(reading, sentence, low, i)
    if when is None or phrase.lemma in ("운영되다", "제공되다", "열리다", "선보이다", "도입되다", "시행되다", "시작하다") and not _from(reading, when):
        return
    stated = str(when.date).split("-??")[0] if when.date is not None and when.date.year else when  # what is relative is resolved with the article's day
    yield _claim(reading, sentence, "serviceStart", system.mention, stated, when.start, reading.tokens.ends[phrase.last])


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
    values = [v for v in reading.values if v.kind in ("date", "year") and low <= v.start and v.end <= high and tokens.text.count("(", low, v.start) == tokens.text.count(")", low, v.start)
              and not tokens.text.startswith(("까지", " 까지"), v.end)]
    if values:
        return values[-1] if len(values) == 1 else next((v for v in values if tokens.text.startswith("부터", v.end)), None)
    word = re.search(r"(내년|올해)(?:\s?(?:상반기|하반기))?(?:부터|에)\s", tokens.text[low:high])
    if word is None or "반기" in word[0]:
        return None
    return Value(kind="date", start=low + word.start(1), end=low + word.end(1), hint=word[1], date=PartialDate())


def _users(reading: Reading, sentence: SentenceReading, i: int, about: _Found | None, named: list[_Found], before: _Found | None, knowledge: Knowledge) -> Iterator[Claim]:
    """Users: ○○를 대상으로 제공하다, ○○이 쓰게 되다, ○○에 서비스하다."""
    tokens, phrases, systems = reading.tokens, sentence.phrases, knowledge.systems
    phrase = phrases[i]
    if phrase.ending == "nominal":
        return
    system = _object(reading, sentence, i, named)
    if phrase.lemma in systems.serve:
        system = system or about
        if system is None and before is not None and not named and phrase.lemma in ("서비스하다", "서비스되다") \
                and not any(p.kind == "NP" and p.particle in TOPIC | SUBJECT | {"을", "를"} for p in phrases[:i]):
            system = before
        if system is None:
            return
        for j in range(i):
            if phrases[j].kind != "NP" or not phrases[j].tokens or j == system.index and system is not before:
                continue
            following = phrases[j + 1]
            if phrases[j].particle in ("을", "를") and following.kind == "NP" and following.particle == "으로" and following.tokens \
                    and tokens.surface(following.tokens[0], following.tokens[-1]) == "대상":
                yield from _user(reading, sentence, system.mention, j, knowledge)
            elif phrases[j].particle in ("에", "에게") and phrase.lemma in ("서비스하다", "서비스되다", "보급하다", "개방하다") and j == i - 1 and not tokens.tags[phrases[j].tokens[-1]].startswith("SN"):
                yield from _user(reading, sentence, system.mention, j, knowledge)
    elif phrase.lemma in systems.use and system is not None and (phrase.connective in ("게",) or phrase.planned or phrase.ending == "final" and not phrase.past):
        subject = next((j for j in range(system.index - 1, -1, -1) if phrases[j].kind == "NP" and phrases[j].particle in SUBJECT | TOPIC and phrases[j].tokens), None)
        if subject is not None and not any(schema().is_a(m.kind, "Event") for m in sentence.heads[subject]):
            yield from _user(reading, sentence, system.mention, subject, knowledge)
