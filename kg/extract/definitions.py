"""Sentences that say what a body is (○○은 …한 협의체로, …), and the body that a long noun phrase is about."""

from __future__ import annotations

import re

from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import body_in, last_word
from kg.syntax.arguments import TOPIC
from kg.knowledge.load import Knowledge
from kg.model import Mention
from kg.knowledge.schema import schema


def first_body(reading: Reading, phrase: Phrase) -> Mention | None:
    """The body that a noun phrase is about before the people and parts of it: in 유엔 산하 ○○기구(○○) 한국지부 ○○○ 팀장 the ○○기구."""
    tokens, text = reading.tokens, reading.tokens.text
    low, high = tokens.starts[phrase.tokens[0]], tokens.ends[phrase.tokens[-1]]
    bodies = sorted(
        (m for m in reading.within(low, high) if schema().is_a(m.kind, "Organization")),
        key=lambda m: (m.start, -m.end),
    )
    for body in bodies:
        if re.match(r"\s(?:산하|소속|내|직속)\s", text[body.end : body.end + 5]):
            continue
        same = [m for m in bodies if m.start == body.start]
        return next((m for m in same if text.startswith("(", m.end)), body)
    return None


def defined_body(reading: Reading, sentence: SentenceReading, before: int, knowledge: Knowledge) -> Mention | None:
    """The body that a sentence defines before phrase ``before`` (○○은 …한 협의체로, …)."""
    phrases = sentence.phrases
    topic = next((j for j in range(before) if phrases[j].kind == "NP" and phrases[j].particle in TOPIC), None)
    if topic is None:
        return None
    kind = next(
        (
            j
            for j in range(topic + 1, before)
            if phrases[j].kind == "NP"
            and phrases[j].particle in ("로", "으로", "로서", "으로서")
            and phrases[j].tokens
            and last_word(reading, phrases[j]) in knowledge.bodies.kinds
        ),
        None,
    )
    if kind is None:
        return None
    body = sentence.heads[topic][-1] if sentence.heads[topic] else None
    return body if body is not None and schema().is_a(body.kind, "Organization") else body_in(reading, sentence, topic, knowledge)
