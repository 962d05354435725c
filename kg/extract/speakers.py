"""Who speaks the words of a quotation, and with which verb: ○○○은 “…”라고 밝혔다, “…” ○○○ 원장의 말이다."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention
from kg.syntax.arguments import SUBJECT, TOPIC

_BESIDE = frozenset({"", "에게", "에", "에서", "으로", "로"})
_NOTE = re.compile(r"\([^()]*\)")
_CALLED = re.compile(r"([가-힣]{1,6})\s?(?:씨|양|군|옹)")  # 서 씨는 “…”, whose whole name stood before
_PEOPLE = 300  # people named before who are looked at
_REACH = 2  # sentences that a pronoun looks back


def verb_of(reading: Reading, sentence: SentenceReading, group: Sequence[int], knowledge: Knowledge) -> Phrase | None:
    """What is done with the words: a verb of saying, or any verb after 라며, 라고 하고."""
    tokens, phrases, say = reading.tokens, sentence.phrases, knowledge.verbs["say"].active
    after = phrases[group[-1] + 1 : group[-1] + 12]
    link = _link(tokens, phrases[group[-1]])
    following = next(
        (
            k
            for k, p in enumerate(after)
            if p.kind == "QUOTE"
            or p.kind == "NP"
            and p.particle in TOPIC
            and _agents(sentence, group[-1] + 1 + k)
            and (k or group[0])
        ),
        len(after),
    )
    predicates = [
        p for p in after[:following] if p.kind == "PRED" and not (p.lemma == "이다" and p.ending != "final")
    ]  # “…”이라며 is no verb yet
    if (owner := _owner(tokens, phrases, group[-1], knowledge)) is not None:
        return phrases[owner + 2]
    if link in ("는", "은", "란", "이라는", "라는", "다는"):
        return _conveyed(tokens, after[:following], knowledge)  # “…”는 답조차: the words modify a noun
    verb = next((p for p in predicates if p.lemma in say or p.lemma in ("하다", "화답하다")), None)
    if verb is not None:
        return None if verb.negated or verb.ending == "adnominal" and "다는" in verb.connective else verb  # 주장했다는 소문
    if link.endswith(("며", "면서")):
        return next((p for p in predicates if not p.negated), None)
    if link.endswith("고") and predicates and predicates[0] is after[0]:
        return predicates[0] if predicates[0].lemma not in knowledge.quoting.silent and not predicates[0].negated else None
    if link.endswith("고") and (verb := _with_object(tokens, after[:following], knowledge)) is not None:
        return verb
    if link.endswith("고") and (verb := _spoken(after[:following], knowledge)) is not None:
        return verb
    if link.endswith("고") and not predicates:  # ○○○는 “…”고, ○○○는 “…”고 말했다
        return next((p for p in after if p.kind == "PRED" and p.lemma in say and not p.negated), None)
    return None


def _spoken(after: Sequence[Phrase], knowledge: Knowledge) -> Phrase | None:
    """The verb of “…”라고 공식 발표했다, with nothing of its own but how, where and to whom."""
    at = next((i for i, p in enumerate(after) if p.kind == "PRED"), len(after))
    beside = all(p.kind == "ADV" or p.kind == "NP" and p.particle in _BESIDE for p in after[:at])
    verb = after[at] if at < len(after) and beside else None
    fits = verb is not None and verb.ending != "adnominal" and not verb.negated and verb.lemma not in knowledge.quoting.silent
    return verb if fits else None


def _with_object(tokens: Tokens, after: Sequence[Phrase], knowledge: Knowledge) -> Phrase | None:
    """The verb of “…”라고 목소리를 높였다, “…”고 운을 뗐다, whichever it is; nobody speaks in “…”라고 이름을 붙였다."""
    noun, verb = _object_and_verb(tokens, after)
    if verb is None or verb.ending == "adnominal" or verb.lemma in knowledge.quoting.silent:
        return None
    return None if noun in knowledge.quoting.given else verb


def _conveyed(tokens: Tokens, after: Sequence[Phrase], knowledge: Knowledge) -> Phrase | None:
    """The verb of “…”라는 비전을 제시했다, “…”는 뜻을 전했다: a stance that is given in the quoted words."""
    noun, verb = _object_and_verb(tokens, after)
    given = verb is not None and noun in knowledge.quoting.stances and verb.lemma in knowledge.quoting.conveying
    return verb if given else None


def _object_and_verb(tokens: Tokens, after: Sequence[Phrase]) -> tuple[str, Phrase | None]:
    """The last word of an object right behind a quotation, and its verb, where that denies nothing; ("", None) for anything else."""
    if len(after) < 2 or after[0].kind != "NP" or after[0].particle not in ("을", "를") or not after[0].tokens:
        return "", None
    verb = after[1]
    return tokens.words[after[0].tokens[-1]], verb if verb.kind == "PRED" and not verb.negated else None


def _owner(tokens: Tokens, phrases: Sequence[Phrase], quote: int, knowledge: Knowledge) -> int | None:
    """The index of ○○○의 in “…” ○○○의 말이다, “…”는 것이 ○○○의 설명이다."""
    i = quote + 1
    if (
        i < len(phrases)
        and phrases[i].kind == "NP"
        and phrases[i].particle == "이"
        and tokens.surface(phrases[i].first, phrases[i].last) == "것"
    ):
        i += 1
    if (
        i + 2 < len(phrases)
        and phrases[i].kind == "NP"
        and phrases[i].particle == "의"
        and phrases[i + 2].lemma == "이다"
        and phrases[i + 1].tokens
        and tokens.words[phrases[i + 1].tokens[-1]] in knowledge.quoting.words
    ):
        return i
    return None


def _link(tokens: Tokens, quote: Phrase) -> str:
    """The particle right after a quotation: 고, 라고, 라며, 는 …, and "" where none stands."""
    i, word = quote.last + 1, ""
    while (
        i < len(tokens.words)
        and (not tokens.spaced[i] or i == quote.last + 1 and tokens.words[i].startswith(("라", "이라", "고", "며")))
        and not tokens.tags[i].startswith(("SP", "SF", "SS", "NN", "SY"))
    ):
        word += tokens.words[i]
        i += 1
    return word


def unfinished(sentence: SentenceReading, group: Sequence[int]) -> bool:
    """Whether a line ends right after “…”라며, so that the next one goes on."""
    return len(sentence.phrases) - 1 - group[-1] <= 2 and not any(
        p.kind == "PRED" and p.ending == "final" for p in sentence.phrases[group[-1] + 1 :]
    )


def _agents(sentence: SentenceReading, index: int) -> bool:
    return any(schema().is_a(m.kind, "Agent") for m in sentence.heads[index])


def is_pronoun(reading: Reading, phrase: Phrase, knowledge: Knowledge) -> bool:
    """Whether a phrase is 그 or 그녀 alone."""
    return phrase.first == phrase.last and reading.tokens.words[phrase.last] in knowledge.quoting.pronouns


def people_in(reading: Reading, sentence: SentenceReading, index: int, knowledge: Knowledge) -> Sequence[Mention]:
    """The people that a phrase is about: its heads, or the one before a last word that no list of titles has (○○○ 신부, ○○○ 8단)."""
    heads, phrase = sentence.heads[index], sentence.phrases[index]
    if heads or not phrase.tokens:
        return [m for m in heads if m.kind == "Person"]
    start, end = reading.tokens.starts[phrase.tokens[0]], reading.tokens.ends[phrase.tokens[-1]]
    inside = reading.within(start, end)
    people = [m for m in inside if m.kind == "Person"]
    if len(people) != 1:
        return ()
    behind = reading.tokens.text[people[0].end : end]
    for body in (m for m in inside if m.start >= people[0].end):
        behind = behind.replace(body.name, " ", 1)
    words = _NOTE.sub(" ", behind).split()
    return people if len(words) == 1 and not words[0].endswith(tuple(knowledge.quoting.others)) else ()


def taken_up(reading: Reading, sentence: SentenceReading, index: int, knowledge: Knowledge) -> Mention | None:
    """Who 그 or 서 씨 is: the one whom the sentences before are about, the one of that family name who was named last."""
    phrase = sentence.phrases[index]
    if is_pronoun(reading, phrase, knowledge):
        return next(_spoken_of(reading, sentence, knowledge), None)
    called = _CALLED.fullmatch(reading.tokens.surface(phrase.first, phrase.tokens[-1])) if phrase.tokens else None
    if called is None:
        return None
    name, start = called[1], reading.tokens.starts[phrase.first]
    people = (m for m in islice(reading.before(start, "Person"), _PEOPLE) if len(m.name) > len(name))
    return next((m for m in people if m.name.startswith(name) if len(name) == 1 or name in m.name.split()), None)


def _spoken_of(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> Iterator[Mention]:
    """Whom the last sentences are about, the nearest first: their topic, their subject, or the only person whom they name."""
    for before in reversed(reading.sentences_before(sentence.start, _REACH)):
        rows = [(p, people_in(reading, before, i, knowledge)) for i, p in enumerate(before.phrases) if p.kind == "NP"]
        for particles in (TOPIC, SUBJECT):
            yield from (people[0] for p, people in rows if p.particle in particles and len(people) == 1)
        named = {m.name: m for m in reading.mentions_in(before.start, before.end) if m.kind == "Person"}
        if len(named) == 1:
            yield from named.values()


def speaker_of(
    reading: Reading, sentence: SentenceReading, group: Sequence[int], knowledge: Knowledge
) -> tuple[Mention | None, bool]:
    """(the nearest person before the quotation as topic or subject, else right after it; whether somebody is said to speak at all)."""
    phrases, blocked = sentence.phrases, False
    beside = group[0] - 1
    while beside > 0 and phrases[beside].kind == "ADV" and phrases[beside].particle in knowledge.signs.also:
        beside -= 1
    for i in range(group[0] - 1, -1, -1):
        phrase = phrases[i]
        if phrase.kind != "NP" or phrase.particle not in TOPIC | SUBJECT | {"", "?"}:
            continue
        people = people_in(reading, sentence, i, knowledge)
        if people and (phrase.particle not in ("", "?") or i == beside):
            return people[-1], True
        if phrase.particle in TOPIC | SUBJECT:
            if any(schema().is_a(m.kind, "Agent") for m in sentence.heads[i]):
                return None, True
            if (meant := taken_up(reading, sentence, i, knowledge)) is not None:
                return meant, True
            if not is_pronoun(reading, phrase, knowledge):
                blocked = phrase.particle not in SUBJECT
                if not any(p.kind == "PRED" for p in phrases[i + 1 : group[0]]):
                    return None, True  # 관계자는: somebody without a name
    if blocked:
        return None, True
    owner = _owner(reading.tokens, phrases, group[-1], knowledge)
    for i in range(group[-1] + 1 if owner is None else owner, min(group[-1] + 4, len(phrases))):
        phrase = phrases[i]
        people = people_in(reading, sentence, i, knowledge) if phrase.kind == "NP" else []
        if people and (phrase.particle in TOPIC | SUBJECT or i == owner):
            return people[-1], True
        if people or phrase.kind == "NP" and phrase.particle in TOPIC | SUBJECT:
            return None, True
    return None, False


def about(sentence: SentenceReading) -> Mention | None:
    """The person that a sentence is about, for the next one; nobody where a body is its topic."""
    for i, phrase in enumerate(sentence.phrases):
        if phrase.kind == "NP" and phrase.particle in TOPIC and sentence.heads[i]:
            return next((m for m in sentence.heads[i] if m.kind == "Person" and len(sentence.heads[i]) == 1), None)
    return None
