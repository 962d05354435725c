"""Phrases parted and joined by what their words are: acts inside noun phrases (우수사례 발표로), events that 및 joins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.analyze.names.words import Word, event_noun, words_of
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge

_UNDER_WAY = ("중", "차")
_PLANS = ("예정", "계획", "방침")
_BEHIND_ACTS = (*_PLANS, "등", "소식", "결과", *_UNDER_WAY)  # ○○ 개최 예정, ○○ 개최 소식


def join_events(phrases: list[Phrase], tokens: Tokens, knowledge: Knowledge) -> list[Phrase]:
    """창립기념식 및 선포식: two event nouns with 및 between are one event's name."""
    out: list[Phrase] = []
    i = 0
    while i < len(phrases):
        phrase = phrases[i]
        if (
            phrase.kind == "NP"
            and out
            and out[-1].kind == "NP"
            and out[-1].particle == "의"
            and phrase.tokens
            and tokens.words[phrase.tokens[0]] == "날"
            and len(phrase.tokens) > 1
        ):
            left = out[-1]  # ○○의 날 기념식 is one name
            out[-1] = replace(
                phrase,
                first=left.first,
                tokens=list(range(left.tokens[0], phrase.tokens[-1] + 1)),
                determiner=left.determiner,
                notes=[*left.notes, *phrase.notes],
                quoted=[*left.quoted, *phrase.quoted],
            )
            i += 1
            continue
        if (
            phrase.kind == "ADV"
            and phrase.particle == "및"
            and out
            and out[-1].kind == "NP"
            and not out[-1].particle
            and i + 1 < len(phrases)
            and phrases[i + 1].kind == "NP"
            and _event_last(out[-1], tokens, knowledge)
            and _event_last(phrases[i + 1], tokens, knowledge)
        ):
            left, right = out[-1], phrases[i + 1]
            out[-1] = Phrase(
                "NP",
                left.first,
                right.last,
                right.particle,
                [*left.notes, *right.notes],
                [*left.quoted, *right.quoted],
                [*left.tokens, phrase.first, *right.tokens],
                left.determiner,
                right.comma,
            )
            i += 2
            continue
        out.append(phrase)
        i += 1
    return out


def _event_last(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> bool:
    words = words_of(tokens, phrase.tokens)
    return bool(words) and event_noun(words[-1].text.strip("’”」』》"), knowledge) is not None


def split_verbal_nouns(phrases: list[Phrase], tokens: Tokens, knowledge: Knowledge) -> list[Phrase]:
    """Part a noun phrase at a verbal noun: 우수사례 발표(로) is a thing and a nominal predicate, ○○ 주최 세미나 an adnominal one."""
    out: list[Phrase] = []
    for position, phrase in enumerate(phrases):
        if (
            phrase.kind == "NP"
            and len(phrase.tokens) == 1
            and out
            and out[-1].kind == "NP"
            and out[-1].particle == "의"
            and phrase.particle in ("으로", "로")
            and tokens.words[phrase.tokens[0]] in knowledge.syntax.verbal_nouns
        ):
            i = phrase.tokens[0]  # ○○의 강연으로
            out.append(
                Phrase(
                    "PRED", i, i, lemma=tokens.words[i] + "하다", ending="nominal", particle=phrase.particle, comma=phrase.comma
                )
            )
            continue
        if (
            phrase.kind == "NP"
            and phrase.particle == "에"
            and len(phrase.tokens) == 2
            and out
            and out[-1].kind == "NP"
            and out[-1].particle == "의"
            and tokens.words[phrase.tokens[1]] == "하"
            and tokens.words[phrase.tokens[0]] in knowledge.syntax.verbal_nouns
        ):
            out.append(
                Phrase(
                    "PRED",
                    phrase.first,
                    phrase.last,
                    lemma=tokens.words[phrase.tokens[0]] + "하다",
                    ending="nominal",
                    particle="하에",
                )
            )
            continue  # ○○○ 차관의 주재하에
        if _bare_act(phrases, position, tokens, knowledge):
            i, last = phrase.tokens[0], phrase.tokens[-1]
            out.append(
                Phrase(
                    "PRED",
                    i,
                    last,
                    lemma="".join(tokens.words[i : last + 1]) + "하다",
                    ending="connective" if phrase.comma else "final",
                    connective="고" if phrase.comma else "",
                    comma=phrase.comma,
                )
            )
            continue
        if phrase.kind != "NP" or len(phrase.tokens) < 2:
            out.append(phrase)
            continue
        out.extend(_split(phrase, tokens, knowledge))
    return [part for phrase in out for part in _without_manner(phrase, tokens, knowledge)]


def _without_manner(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> list[Phrase]:
    """‘○○ 대회’ 성황리에 마쳐, ○○ 대회 성황리 개최: a noun of manner at the end of a noun phrase is an adverb."""
    words = words_of(tokens, phrase.tokens) if phrase.kind == "NP" and phrase.particle in ("에", "") and phrase.tokens else []
    if (
        len(words) < 2
        or words[-1].text not in knowledge.syntax.manner_nouns
        or any(words[-1].last <= closing for _, closing in phrase.quoted)
    ):
        return [phrase]
    kept = [t for t in phrase.tokens if t < words[-1].first]
    return [
        replace(phrase, tokens=kept, last=kept[-1], particle="", notes=[n for n in phrase.notes if n[0] < words[-1].first]),
        Phrase("ADV", words[-1].first, words[-1].last, particle=words[-1].text),
    ]


def _bare_act(phrases: list[Phrase], position: int, tokens: Tokens, knowledge: Knowledge) -> bool:
    """Whether a verbal noun stands for its verb after an object: 점검회의를 개최, 현안을 논의; at the end of a line: 간담회를 개최."""
    phrase = phrases[position]
    if (
        phrase.kind != "NP"
        or not phrase.tokens
        or phrase.notes
        or phrase.quoted
        or not position
        or phrase.particle not in ("", ",")
    ):
        return False
    before = phrases[position - 1]
    words = [w.text for w in words_of(tokens, phrase.tokens)]
    return (
        before.kind == "NP"
        and before.particle in ("을", "를")
        and words[-1:] != []
        and words[-1] in knowledge.syntax.verbal_nouns
        and (len(words) == 1 or words[:-1] == ["공동"])
        and (phrase.comma or position == len(phrases) - 1)
    )


def _split(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> list[Phrase]:
    words = words_of(tokens, phrase.tokens)
    for k, word in enumerate(words):
        if any(opening <= word.first <= closing for opening, closing in phrase.quoted):
            continue
        ending = _ending(words, k, phrase, knowledge)
        if not ending:
            continue
        if ending == "under":  # ○○ 주관하에
            word, ending, phrase = word._replace(text=word.text[:-1]), "nominal", replace(phrase, particle="하에")
        if k > 1 and words[k - 1].text in ("공동", "주제", "기조"):  # 공동 주최 is one act
            word = Word(words[k - 1].first, word.last, words[k - 1].text + word.text, words[k - 1].start, word.end)
        return _parted(phrase, word, ending, tokens, knowledge)
    return [phrase]


def _ending(words: Sequence[Word], k: int, phrase: Phrase, knowledge: Knowledge) -> str:
    """How a word parts its phrase: ``adnominal``, ``nominal``, ``under`` (주관하에), or not at all."""
    text, last, final = words[k].text, words[-1].text, k == len(words) - 1
    syntax, before_last = knowledge.syntax, k == len(words) - 2
    if k == 0:
        return ""
    if text in syntax.modifying_nouns and not final and not (before_last and last in _UNDER_WAY):
        return "adnominal"
    if text in syntax.verbal_nouns and (final or before_last and last in _BEHIND_ACTS):
        return "nominal"
    if final and text.endswith("하") and phrase.particle == "에" and text[:-1] in syntax.verbal_nouns:
        return "under"
    return ""


def _parted(phrase: Phrase, act: Word, ending: str, tokens: Tokens, knowledge: Knowledge) -> list[Phrase]:
    """What stands before an act, the act as a predicate, and behind an adnominal one the rest, parted in turn."""
    before = [t for t in phrase.tokens if t < act.first]
    after = [t for t in phrase.tokens if t > act.last]
    nominal, last = ending == "nominal", words_of(tokens, phrase.tokens)[-1].text
    parts = []
    if before:
        left = Phrase(
            "NP",
            phrase.first,
            before[-1],
            tokens=before,
            determiner=phrase.determiner,
            notes=[n for n in phrase.notes if n[0] < act.first],
            quoted=[q for q in phrase.quoted if q[0] < act.first],
        )
        parts.append(left)
    predicate = Phrase(
        "PRED",
        act.first,
        act.last,
        lemma=act.text + "하다",
        ending=ending,
        particle=phrase.particle if nominal else "",
        comma=phrase.comma and nominal,
        planned=bool(after) and nominal and last in _PLANS,
        auxiliaries=(last,) if after and nominal else (),
    )
    parts.append(predicate)
    if not nominal and after:
        right = Phrase(
            "NP",
            after[0],
            after[-1],
            particle=phrase.particle,
            tokens=after,
            comma=phrase.comma,
            notes=[n for n in phrase.notes if n[0] > act.last],
            quoted=[q for q in phrase.quoted if q[0] > act.last],
        )
        parts.extend(_split(right, tokens, knowledge))
    return parts
