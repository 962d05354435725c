"""Names that only a role vouches for: a prize that is won, its winner, where nothing in the words alone says that they are one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kg.analyze.names.words import Word, title_in, words_of
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import body_in, person_in, place_in
from kg.knowledge.load import Knowledge
from kg.knowledge.wordings import Awards
from kg.model import Mention
from kg.syntax.coordination import bare_name

_MOST = 4  # words of a prize's name


def prize(reading: Reading, sentence: SentenceReading, index: int, knowledge: Knowledge) -> Mention | None:
    """The prize that a noun phrase ends with: ‘푸른 도시상’을, 행정안전부 장관상을."""
    phrase, tokens, awards = sentence.phrases[index], reading.tokens, knowledge.awards
    if phrase.kind != "NP" or not phrase.tokens:
        return None
    if phrase.quoted and phrase.quoted[-1][1] == phrase.tokens[-1]:
        start, end = tokens.ends[phrase.quoted[-1][0]], tokens.starts[phrase.quoted[-1][1]]
        named = 2 <= end - start <= 30 and tokens.text[start:end].endswith(tuple(awards.last))
        return Mention(start=start, end=end, kind="Award", name=tokens.text[start:end], rule="award") if named else None
    words = words_of(tokens, phrase.tokens)
    first = len(words) - 1
    if not _is_prize(words, knowledge):
        return None
    while first > 0 and len(words) - first < _MOST and _of_name(words[first - 1].text, knowledge):
        first -= 1
    start, end = words[first].start, words[-1].end
    name = " ".join(re.sub(r"\([^()]*\)", "", tokens.text[start:end]).split())
    return Mention(start=start, end=end, kind="Award", name=name, rule="award")


def _is_prize(words: list[Word], knowledge: Knowledge) -> bool:
    """Whether the last word is one of a prize; one that means other things too (조사 대상) needs a word before it that says so."""
    awards, last = knowledge.awards, words[-1].text
    if last in awards.other or last.endswith("위원회상"):
        return False
    if last in awards.unsure and len(words) > 1 and not _leads(words[-2].text, awards):
        return False
    return (
        last in awards.prizes or last.endswith(tuple(awards.ends)) or last[-1:] == "상" and bool(title_in(last[:-1], knowledge))
    )


def _leads(word: str, awards: Awards) -> bool:
    return word in awards.lead or word.endswith(tuple(awards.leading))


def _of_name(word: str, knowledge: Knowledge) -> bool:
    """Whether a word before a prize is part of its name: whose prize it is (행정안전부 장관상), of which kind (국민훈장 목련장)."""
    awards = knowledge.awards
    if word in awards.lead or word in awards.givers or word in knowledge.gazetteer or title_in(word, knowledge) is not None:
        return True
    return len(word) > 2 and word.endswith(tuple(awards.giving))


def winner(reading: Reading, sentence: SentenceReading, index: int, knowledge: Knowledge) -> Mention | None:
    """Who a noun phrase names as one that wins or gets something: a name before a title or 씨, a quoted team, one proper word."""
    phrase, tokens = sentence.phrases[index], reading.tokens
    if phrase.kind != "NP" or not phrase.tokens or sentence.heads[index]:
        return None
    if phrase.quoted:
        opening, closing = phrase.quoted[-1]
        after = tokens.surface(closing + 1, phrase.tokens[-1]).strip() if phrase.tokens[-1] > closing else ""
        start, end = tokens.ends[opening], tokens.starts[closing]
        team = Mention(start=start, end=end, kind="Organization", name=tokens.text[start:end], rule="winner", certain=False)
        return team if after in knowledge.awards.teams else None
    return person_in(reading, phrase, knowledge) or bare_name(phrase, tokens, knowledge)


def place(reading: Reading, sentence: SentenceReading, index: int, knowledge: Knowledge) -> Mention | None:
    """The place that a noun phrase names where the verb asks for one."""
    return place_in(reading, sentence, index)


Namer = Callable[[Reading, SentenceReading, int, Knowledge], Mention | None]
# The classes whose names no reading of a text gives: only a verb that asks for one makes one.
NAMERS: Mapping[str, Namer] = {"Award": prize}
# Who is what a role asks for though nothing else says that it is a name, for roles that are ``bare``.
BARE: Mapping[str, Namer] = {"Agent": winner, "Organization": body_in, "Place": place}
