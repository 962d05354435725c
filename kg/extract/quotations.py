"""Direct speech: “…”라고 말했다. The speaker is the subject of the verb of saying; stretches that one verb joins are one quotation."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.clauses import SUBJECT, TOPIC
from kg.knowledge import Knowledge
from kg.model import Claim, Mention
from kg.schema import schema

_SHORTEST = 5  # characters; shorter quotations are words that are talked about
_WORDS = frozenset("말 말씀 설명 이야기 소감 당부 지적 주장 진단 전망 평가 바람 각오 다짐 제안 조언 포부 인사 답변 반응 생각 입장 분석 이유 호소 약속 회고".split())
_THUS = frozenset({"이렇게", "이같이", "이처럼", "다음과"})
_PRONOUNS = frozenset({"그", "그녀"})


@dataclass(slots=True)
class _Stretch:
    """Quoted speech that one verb joins: its phrases by sentence, and who speaks."""

    parts: list[tuple[SentenceReading, Phrase]]
    speaker: Mention
    end: int
    open: bool  # no verb of saying has come yet: the next line may go on
    confidence: float


def extract_quotations(reading: Reading, knowledge: Knowledge) -> Iterator[Claim]:
    """Claims of ``said``: person → quotation; the quotation's name is all its words."""
    for stretch in _stretches(reading, knowledge):
        if (claim := _claim(reading, stretch)) is not None:
            yield claim


def _claim(reading: Reading, stretch: _Stretch) -> Claim | None:
    tokens = reading.tokens
    words = [tokens.text[tokens.ends[p.first]:tokens.starts[p.last]].strip() for _, p in stretch.parts]
    words = [" ".join(w.split()) for w in words if w]
    if sum(map(len, words)) < _SHORTEST and not any(_is_sentence(tokens, p) for _, p in stretch.parts):
        return None
    (sentence, first), (_, last) = stretch.parts[0], stretch.parts[-1]
    quotation = Mention(start=tokens.ends[first.first], end=tokens.starts[last.last], kind="Quotation", name=" … ".join(words), rule="direct-speech")
    start = tokens.starts[first.first]
    if sentence.start <= stretch.speaker.start < sentence.end:
        start = min(start, stretch.speaker.start)
    return Claim(relation="said", subject=stretch.speaker, object=quotation, rule="quotation.direct", start=start,
                 end=max(stretch.end, tokens.ends[last.last]), sentence=(sentence.start, sentence.end), confidence=stretch.confidence)


def _is_sentence(tokens, phrase: Phrase) -> bool:
    """Whether a quotation holds a finished sentence, however short (“내년이면 늦다”)."""
    return any("EF" in tokens.tags[i] for i in range(phrase.first + 1, phrase.last))


def _stretches(reading: Reading, knowledge: Knowledge) -> Iterator[_Stretch]:
    """Quoted speech in order; what has no speaker of its own goes on from the sentence before."""
    say = knowledge.verbs["say"].active
    pending: _Stretch | None = None  # “…”라며 at the end of a line
    before: Mention | None = None  # who the sentence before is about, or spoke in it
    for number, sentence in enumerate(reading.sentences):
        quotes = [i for i, p in enumerate(sentence.phrases) if p.kind == "QUOTE"]
        spoke: Mention | None = None
        for group in _groups(sentence, quotes, say):
            verb = _verb(reading, sentence, group, say)
            speaker, settled = _speaker(reading, sentence, group)
            parts = [(sentence, sentence.phrases[i]) for i in group]
            end = reading.tokens.ends[verb.last] if verb is not None else 0
            confidence = 0.95
            if speaker is None and not settled and group == _first(quotes, group):
                if pending is not None and (verb is not None or _unfinished(sentence, group)):
                    pending.parts += parts
                    pending.end, pending.open = end, verb is None
                    spoke = pending.speaker
                    continue
                speaker, confidence = (before, 0.75) if verb is not None and verb.lemma in say else (None, 0)
            if pending is not None:
                yield pending
                pending = None
            if speaker is None:
                continue
            stretch = _Stretch(parts, speaker, end, verb is None, confidence)
            goes_on = _unfinished(sentence, group)
            if verb is not None and not (goes_on and verb.lemma == "하다"):
                spoke = speaker
                yield stretch
            elif goes_on:
                spoke, pending = speaker, stretch
        if pending is not None and not quotes:
            yield pending
            pending = None
        if not quotes and (told := _thus(reading, number, say)) is not None:
            yield told
        before = spoke or _about(sentence, before)
    if pending is not None:
        yield pending


def _first(quotes: Sequence[int], group: Sequence[int]) -> Sequence[int] | None:
    return group if quotes and group[0] == quotes[0] else None


def _groups(sentence: SentenceReading, quotes: Sequence[int], say: frozenset[str]) -> list[list[int]]:
    """Quotations of a sentence, those together that no finished clause and no new speaker parts."""
    groups: list[list[int]] = []
    for i in quotes:
        between = range(groups[-1][-1] + 1, i) if groups else ()
        joined = bool(groups) and len(between) <= 12 and not any(
            (p := sentence.phrases[j]).kind == "PRED" and p.ending == "final"
            or p.kind == "NP" and p.particle in TOPIC | SUBJECT and any(schema().is_a(m.kind, "Agent") for m in sentence.heads[j]) for j in between)
        if joined:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _verb(reading: Reading, sentence: SentenceReading, group: Sequence[int], say: frozenset[str]) -> Phrase | None:
    """What is done with the words: a verb of saying, or any verb after 라며, 라고 하고."""
    tokens, phrases = reading.tokens, sentence.phrases
    after = phrases[group[-1] + 1:group[-1] + 12]
    link = _link(tokens, phrases[group[-1]])
    following = next((k for k, p in enumerate(after) if p.kind == "QUOTE" or p.kind == "NP" and p.particle in TOPIC and _agents(sentence, group[-1] + 1 + k)
                      and (k or group[0])), len(after))
    predicates = [p for p in after[:following] if p.kind == "PRED" and not (p.lemma == "이다" and p.ending != "final")]  # “…”이라며 is no verb yet
    if (owner := _owner(tokens, phrases, group[-1])) is not None:
        return phrases[owner + 2]
    if link in ("는", "은", "란", "이라는", "라는", "다는"):
        return None  # “…”는 답조차: the words modify a noun
    verb = next((p for p in predicates if p.lemma in say or p.lemma in ("하다", "화답하다")), None)
    if verb is not None:
        return None if verb.negated or verb.ending == "adnominal" and "다는" in verb.connective else verb  # 주장했다는 소문
    if link.endswith(("며", "면서")):
        return next((p for p in predicates if not p.negated), None)
    if link.endswith("고") and predicates and predicates[0] is after[0]:
        return predicates[0] if predicates[0].lemma not in _NOT_SAID and not predicates[0].negated else None
    if link.endswith("고") and not predicates:  # ○○○는 “…”고, ○○○는 “…”고 말했다
        return next((p for p in after if p.kind == "PRED" and p.lemma in say and not p.negated), None)
    return None


def _owner(tokens, phrases: Sequence[Phrase], quote: int) -> int | None:
    """The index of ○○○의 in “…” ○○○의 말이다, “…”는 것이 ○○○의 설명이다."""
    i = quote + 1
    if i < len(phrases) and phrases[i].kind == "NP" and phrases[i].particle == "이" and tokens.surface(phrases[i].first, phrases[i].last) == "것":
        i += 1
    if i + 2 < len(phrases) and phrases[i].kind == "NP" and phrases[i].particle == "의" and phrases[i + 2].lemma == "이다" and phrases[i + 1].tokens \
            and tokens.words[phrases[i + 1].tokens[-1]] in _WORDS:
        return i
    return None


_NOT_SAID = frozenset({"적다", "쓰다", "쓰이다", "적히다", "불리다", "부르다", "알려지다", "규정하다", "명시하다", "이다", "보다", "판단하다", "생각하다", "믿다", "듣다", "여기다", "기재하다",
                       "표시하다", "표기하다", "안내하다", "인정하다", "정의하다", "해석하다", "오해하다", "이름하다", "명명하다"})


def _link(tokens, quote: Phrase) -> str:
    """The particle right after a quotation: 고, 라고, 라며, 는 …, and "" where none stands."""
    i, word = quote.last + 1, ""
    while i < len(tokens.words) and (not tokens.spaced[i] or i == quote.last + 1 and tokens.words[i].startswith(("라", "이라", "고", "며"))) \
            and not tokens.tags[i].startswith(("SP", "SF", "SS", "NN", "SY")):
        word += tokens.words[i]
        i += 1
    return word


def _unfinished(sentence: SentenceReading, group: Sequence[int]) -> bool:
    """Whether a line ends right after “…”라며, so that the next one goes on."""
    return len(sentence.phrases) - 1 - group[-1] <= 2 and not any(p.kind == "PRED" and p.ending == "final" for p in sentence.phrases[group[-1] + 1:])


def _agents(sentence: SentenceReading, index: int) -> bool:
    return any(schema().is_a(m.kind, "Agent") for m in sentence.heads[index])


def _speaker(reading: Reading, sentence: SentenceReading, group: Sequence[int]) -> tuple[Mention | None, bool]:
    """(the nearest person before the quotation as topic or subject; after it, where none stands before; whether somebody else speaks)."""
    phrases, blocked = sentence.phrases, False
    for i in range(group[0] - 1, -1, -1):
        phrase = phrases[i]
        if phrase.kind != "NP" or phrase.particle not in TOPIC | SUBJECT | {"", "?"}:
            continue
        people = [m for m in sentence.heads[i] if m.kind == "Person"]
        if people and (phrase.particle not in ("", "?") or i == group[0] - 1):
            return people[-1], True
        if phrase.particle in TOPIC | SUBJECT:
            if any(schema().is_a(m.kind, "Agent") for m in sentence.heads[i]):
                return None, True
            if reading.tokens.words[phrase.last] not in _PRONOUNS:
                blocked = not phrase.particle in SUBJECT
                if not any(p.kind == "PRED" for p in phrases[i + 1:group[0]]):
                    return None, True  # 관계자는: somebody without a name
    if blocked:
        return None, True
    owner = _owner(reading.tokens, phrases, group[-1])
    for i in range(group[-1] + 1 if owner is None else owner, min(group[-1] + 4, len(phrases))):
        phrase = phrases[i]
        people = [m for m in sentence.heads[i] if m.kind == "Person"] if phrase.kind == "NP" else []
        if people and (phrase.particle in TOPIC | SUBJECT or i == owner):
            return people[-1], True
        if people or phrase.kind == "NP" and phrase.particle in TOPIC | SUBJECT:
            return None, True
    return None, False


def _about(sentence: SentenceReading, before: Mention | None) -> Mention | None:
    """The person that a sentence is about, for the next one; nobody where a body is its topic."""
    for i, phrase in enumerate(sentence.phrases):
        if phrase.kind == "NP" and phrase.particle in TOPIC and sentence.heads[i]:
            return next((m for m in sentence.heads[i] if m.kind == "Person" and len(sentence.heads[i]) == 1), None)
    return None


def _thus(reading: Reading, number: int, say: frozenset[str]) -> _Stretch | None:
    """“…”. ○○○ 원장은 이렇게 말했다 (the words are the sentence before), or the words are the sentence after."""
    sentence, tokens = reading.sentences[number], reading.tokens
    if len(sentence.phrases) > 7:
        return None
    verb = next((p for p in sentence.phrases if p.kind == "PRED" and (p.lemma in say or p.lemma == "이다")), None)
    told = verb is not None and (any(tokens.words[p.first] in _THUS for p in sentence.phrases) if verb.lemma in say
                                 else any(p.tokens and tokens.words[p.tokens[-1]] in _WORDS for p in sentence.phrases if p.kind == "NP"))
    if not told:
        return None
    people = [m for p, heads in zip(sentence.phrases, sentence.heads) if p.kind == "NP" and p.particle in (TOPIC if verb.lemma in say else {"의"})
              for m in heads if m.kind == "Person"]
    for other in (number - 1, number + 1):
        if people and 0 <= other < len(reading.sentences):
            beside = reading.sentences[other]
            quotes = [p for p in beside.phrases if p.kind == "QUOTE"]
            if quotes and len(quotes) == len([p for p in beside.phrases if p.kind != "COMMA"]):
                return _Stretch([(beside, p) for p in quotes], people[0], tokens.ends[verb.last] if other < number else 0, False, 0.85)
    return None
