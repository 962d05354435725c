"""Purposes that a text states in so many words: 박람회의 목적은 …이다, □ 목적: …, ○○은 …한 협의체로 …을 지원하고 있다."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import last_word
from kg.syntax.arguments import TOPIC
from kg.extract.definitions import defined_body
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention
from kg.knowledge.schema import schema

_LEAD = r"^[\s□ㅇ◦○▪■▣◎●◆◇▶►‣•·◈❍⦁∘\-–*√✓※①-⑳]*(?:\d{1,2}[.)]\s|[가-하]\.\s)?\s*"


def purpose_claim(reading: Reading, sentence: SentenceReading, thing: Mention, start: int, end: int, rule: str) -> Candidate:
    return Candidate(
        relation="purpose",
        subject=thing,
        object=" ".join(reading.tokens.text[start:end].split()),
        rule=rule,
        start=start,
        end=end,
        sentence=(sentence.start, sentence.end),
    )


def stated_purposes(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> Iterator[Candidate]:
    """○○ 박람회의 목적은 토종 씨앗을 지키는 것이다."""
    phrases, tokens = sentence.phrases, reading.tokens
    for i, phrase in enumerate(phrases):
        if (
            i == 0
            or phrase.kind != "NP"
            or phrase.particle not in TOPIC
            or not phrase.tokens
            or last_word(reading, phrase) not in {"목적", "취지", "목표"}
            or phrases[i - 1].particle != "의"
            or i + 1 >= len(phrases)
        ):
            continue
        event = next((m for m in sentence.heads[i - 1][-1:] if schema().is_a(m.kind, "Event")), None)
        final = phrases[-1]
        if event is None or final.kind != "PRED" or final.negated or final.ending != "final" and final.ending != "connective":
            continue
        start = tokens.starts[phrases[i + 1].first]
        words = tokens.text[start : tokens.ends[final.last]]
        cut = re.search(r"\s?(?:것|데)?\s?(?:이다|다|입니다|있다|에 있다)\.?$", words)
        end = start + (cut.start() if cut else len(words))
        if 4 <= end - start <= 150:
            yield purpose_claim(reading, sentence, event, start, end, "purpose.stated")


def defined_purposes(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> Iterator[Candidate]:
    """What a defined body is said to do: ○○은 …한 협의체로, 각국 제도의 발전을 지원하고 있다."""
    phrases, tokens = sentence.phrases, reading.tokens
    if not phrases or phrases[-1].kind != "PRED":
        return
    verb = phrases[-1]
    stem = verb.lemma.removesuffix("하다")
    if (
        verb.negated
        or verb.planned
        or verb.past
        or stem not in {"지원", "돕다", "담당", "수행", "추진", "연구", "육성", "보호", "활동"}
        or not any(p.kind == "NP" for p in phrases)
    ):
        return
    body = defined_body(reading, sentence, len(phrases) - 1, knowledge)
    theme = len(phrases) - 2
    if body is None or theme < 1 or phrases[theme].kind != "NP" or phrases[theme].particle not in ("을", "를"):
        return
    first = theme
    while first > 1 and phrases[first - 1].kind == "NP" and phrases[first - 1].particle in ("의", "과", "와", ",", "및", "·"):
        first -= 1
    start = tokens.starts[phrases[first].first]
    end = tokens.ends[verb.first]
    if 4 <= end - start <= 120:
        yield purpose_claim(reading, sentence, body, start, end, "purpose.defined")


def noticed_purposes(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """□ 목적: … among the lines of a notice about an event."""

    def alternatives(words) -> str:
        return "|".join(re.escape(w).replace(r"\ ", r"\s?") for w in sorted(words, key=lambda w: (-len(w), w)))

    key = re.compile(
        _LEAD + rf"[(\[【<]?\s*(?:{alternatives(knowledge.purposes.notice)})\s*(?:[)\]】>]\s*:?|[:：])\s*(?P<value>\S.+)$"
    )
    other = re.compile(_LEAD + rf"[(\[【<]?\s*(?:{alternatives(knowledge.purposes.beside)})\s*(?:[)\]】>]|[:：])")
    lines = reading.tokens.text.split("\n")
    position = 0
    for number, line in enumerate(lines):
        match = key.match(line)
        if match is not None and any(other.match(near) for near in lines[max(0, number - 4) : number + 5]):
            value = match["value"].strip(" ‘’“”「」")
            start = position + line.index(value, match.start("value"))
            if 4 <= len(value) <= 200:
                event = Mention(start=position, end=position, kind="Event", name="", rule="context")
                yield Candidate(
                    relation="purpose",
                    subject=event,
                    object=value,
                    rule="purpose.notice",
                    start=start,
                    end=start + len(value),
                    sentence=(position, position + len(line)),
                )
        position += len(line) + 1
