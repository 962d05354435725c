"""Adjuncts of purpose: the words before 위해, 위한, -고자, 목적으로 that say what something is done for."""

from __future__ import annotations

from kg.analyze.names.words import words_of
from kg.analyze.phrases import Phrase
from kg.analyze.reading import SentenceReading
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.signs import signs
from kg.model import Value
from kg.syntax.arguments import SUBJECT, TOPIC, is_agent

_STOP = SUBJECT | TOPIC | {"께서는", "?", "에서", "에서는"}
_MEANT, _MEANING = frozenset({"고자", "으려고", "려고"}), frozenset({"려는", "으려는", "자는"})
_LEAST, _MOST = 4, 150  # characters of an aim


def aim_before(sentence: SentenceReading, index: int, tokens: Tokens, knowledge: Knowledge) -> Value | None:
    """The aim of the predicate at an index: 의견을 듣기 위해, 보호를 목적으로, 판로를 넓히고자 [개최한다]."""
    for last in range(index - 1, -1, -1):
        if (end := _aim_ending_at(sentence, last, tokens, knowledge)) is not None:
            return aim_words(sentence, end, tokens)
        phrase = sentence.phrases[last]
        if phrase.kind == "PRED" and phrase.lemma[:-1] not in knowledge.syntax.postpositions:
            return None  # the aim of that one
    return None


def aim_words(sentence: SentenceReading, last: int, tokens: Tokens) -> Value | None:
    """The words of an aim that end with a phrase, without the ending that makes it one: 줄이기 위해 is 줄이기."""
    phrase, start = sentence.phrases[last], tokens.starts[sentence.phrases[_first(sentence, last)].first]
    while tokens.text[start] in "‘“'\"「『《":
        start += 1
    end = phrase.last if phrase.kind == "PRED" else max([phrase.tokens[-1], *(closing for _, closing in phrase.notes)])
    words = tokens.text[start : tokens.ends[end]]
    return (
        Value(kind="text", start=start, end=tokens.ends[end], text=" ".join(words.split()))
        if _LEAST <= len(words) <= _MOST
        else None
    )


def is_aim(word: str, knowledge: Knowledge) -> bool:
    """Whether a noun is that of an act or state that one wants (안전 강화); 장애인을 위한 names those who benefit."""
    return word.strip("’”」』").endswith(tuple(knowledge.purposes.aims))


def _aim_ending_at(sentence: SentenceReading, last: int, tokens: Tokens, knowledge: Knowledge) -> int | None:
    """The last phrase of an aim whose marker is the phrase ``last``."""
    marker, before = sentence.phrases[last], sentence.phrases[last - 1] if last else None
    if marker.kind == "PRED" and marker.connective in _MEANT and marker.ending in ("connective", "reported"):
        return last
    if before is None:
        return None
    if (
        marker.kind == "PRED"
        and marker.lemma == "위하다"
        and marker.ending == "connective"
        and not marker.particle.startswith(("는", "서는"))
    ):
        return last - 1 if before.connective == "기" or _object(before) and is_aim(_word(before, tokens), knowledge) else None
    if marker.kind == "NP" and marker.tokens and _word(marker, tokens) in knowledge.purposes.words:
        meaning = before.kind == "PRED" and before.ending == "adnominal" and before.connective in _MEANING
        if meaning and marker.particle in ("으로", "로", "에서"):
            return last - 1
        alone = tokens.surface(marker.tokens[0], marker.tokens[-1]) in knowledge.purposes.words - {"목표"}
        return last - 1 if alone and marker.particle in ("으로", "로") and _object(before) else None
    return None


def _object(phrase: Phrase) -> bool:
    return phrase.kind == "NP" and bool(phrase.tokens) and phrase.particle in ("을", "를")


def _word(phrase: Phrase, tokens: Tokens) -> str:
    words = words_of(tokens, phrase.tokens)
    return words[-1].text if words else ""


def _first(sentence: SentenceReading, last: int) -> int:
    """The phrase at which the words that end with another begin: back to a topic, a subject, a time or another clause."""
    first = last
    while first and not _bounds(sentence, first - 1):
        first -= 1
    while first < last and sentence.phrases[first].kind == "PRED" and sentence.phrases[first].lemma in signs().held:
        first += 1  # 서울에서 열린 ‘…
    return first


def _bounds(sentence: SentenceReading, index: int) -> bool:
    """Whether a phrase stands outside of the aim behind it."""
    phrase = sentence.phrases[index]
    match phrase.kind:
        case "PRED":
            return phrase.ending != "adnominal" or phrase.lemma == "위하다"
        case "ADV":
            return phrase.particle not in signs().joining
        case "NP":
            agent = bool(sentence.heads[index]) and is_agent(sentence.heads[index][-1])
            partner = phrase.particle in ("과", "와") and agent and _has_doer(sentence, index)
            return (
                phrase.particle in _STOP
                or not phrase.particle
                and phrase.comma
                or agent
                and phrase.particle == ","
                and index == 0
                or partner
            )
    return True


def _has_doer(sentence: SentenceReading, index: int) -> bool:
    """Whether somebody stands before a phrase as the one who acts, so that the phrase names a partner and no part of the aim."""
    return any(
        p.kind == "NP" and p.particle in SUBJECT | TOPIC | {","} and heads and is_agent(heads[-1])
        for p, heads in zip(sentence.phrases[:index], sentence.heads)
    )
