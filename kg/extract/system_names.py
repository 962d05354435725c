"""Which words of a sentence name a platform or a service."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.analyze.names.words import words_of
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import last_word
from kg.knowledge.load import Knowledge
from kg.model import Mention
from kg.syntax.arguments import SUBJECT, TOPIC

PHASE = re.compile(r"(?<![\d가-힣])(?:제\s?)?(\d)\s?단계")


@dataclass(frozen=True, slots=True)
class Found:
    """A system that a noun phrase of a sentence names."""

    mention: Mention
    index: int
    certain: bool


def systems_of(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> list[Found]:
    """The systems of a sentence: those that a word says to be one, or the sentence itself; not the noun that only defines one."""
    named = systems_in(reading, sentence, knowledge)
    return [
        f for f in named if (f.certain or _vouched(reading, sentence, f, knowledge)) and not _only_says_what(sentence, f, named)
    ]


def systems_in(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> list[Found]:
    """Systems of a sentence: (the words, the phrase, whether a word says that it is one)."""
    found = []
    for i, phrase in enumerate(sentence.phrases):
        if phrase.kind != "NP" or not phrase.tokens:
            continue
        mention, certain = _system_in(reading, sentence, i, knowledge)
        if mention is not None:
            found.append(Found(mention, i, certain))
    return found


def _system_in(reading: Reading, sentence: SentenceReading, i: int, knowledge: Knowledge) -> tuple[Mention | None, bool]:
    tokens, phrase, systems = reading.tokens, sentence.phrases[i], knowledge.systems
    if phrase.quoted:
        opening, closing = phrase.quoted[-1]
        start, end = tokens.ends[opening], tokens.starts[closing]
        name = tokens.text[start:end].strip()
        if (
            not 2 <= len(name) <= 30
            or any(m.start <= start and end <= m.end and m.kind != "System" for m in sentence.heads[i])
            or re.search(r"[.?!]|다$", name)
        ):
            return None, False
        after = [w.text for w in words_of(tokens, [t for t in phrase.tokens if t > closing])]
        ahead = [w.text for w in words_of(tokens, [t for t in phrase.tokens if t < opening])]
        kinds = systems.heads | systems.kinds
        says = (
            bool(after)
            and ends_with(after[0], kinds)
            or bool(ahead)
            and ends_with(ahead[-1], kinds)
            or ends_with(name.split(" ")[-1], systems.heads)
            or name.endswith("망")
        )
        if after and not says and not all(w in systems.works or PHASE.match(w) for w in after):
            return None, False
        if (
            says
            and after
            and not all(w in systems.works or PHASE.match(w) or ends_with(w, kinds) or w.startswith(("(", "등")) for w in after)
        ):
            return None, False
        name = re.sub(r"\s?\([^()]*\)$", "", name)
        return Mention(start=start, end=start + len(name), kind="System", name=name, rule="system"), says
    words = words_of(tokens, phrase.tokens)
    while len(words) > 1 and (words[-1].text in systems.works - systems.heads or PHASE.fullmatch(words[-1].text)):
        words = words[:-1]
    if len(words) < 2 or not ends_with(words[-1].text, systems.heads):
        return None, False
    while len(words) > 1 and (
        words[0].text in systems.new or words[0].text in knowledge.events.determiners or re.fullmatch(r"\d.*", words[0].text)
    ):
        words = words[1:]
    if len(words) < 2 or len(words) > 6 or any(w.text in ("등", "및") for w in words):
        return None, False
    start, end = words[0].start, words[-1].end
    return Mention(start=start, end=end, kind="System", name=tokens.text[start:end], rule="system", certain=False), True


def _only_says_what(sentence: SentenceReading, found: Found, named: list[Found]) -> bool:
    """‘○○’은 … 상담 플랫폼이다: the noun of a definition names no system of its own."""
    following = sentence.phrases[found.index + 1] if found.index + 1 < len(sentence.phrases) else None
    return (
        following is not None
        and following.kind == "PRED"
        and following.lemma == "이다"
        and any(f.index < found.index for f in named)
    )


def ends_with(word: str, words: frozenset[str]) -> bool:
    return word in words or any(word[-size:] in words for size in range(2, len(word)))


def _vouched(reading: Reading, sentence: SentenceReading, found: Found, knowledge: Knowledge) -> bool:
    """A quoted name alone is a system where the sentence defines it so, or says what only systems do."""
    phrases, systems = sentence.phrases, knowledge.systems
    particle = phrases[found.index].particle
    if (
        particle in TOPIC | SUBJECT
        and len(phrases) >= 2
        and phrases[-1].kind == "PRED"
        and phrases[-1].lemma == "이다"
        and phrases[-2].kind == "NP"
        and ends_with(last_word(reading, phrases[-2]), systems.heads | systems.kinds)
    ):
        return True
    if particle in TOPIC | SUBJECT and any(
        p.kind == "PRED" and p.lemma in ("개통하다", "개통되다", "가동하다", "가동되다", "출시되다", "서비스되다")
        for p in phrases
    ):
        return not any(last_word(reading, p) in ("구간", "도로", "철도", "노선") for p in phrases if p.kind == "NP" and p.tokens)
    return bool(
        particle in TOPIC | SUBJECT | {"에서", "에서는", "의"}
        and any(p.kind == "NP" and p.tokens and last_word(reading, p) == "기능" for p in phrases)
    )
