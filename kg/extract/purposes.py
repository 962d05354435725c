"""What an event or a body is for: -기 위해 열다, 를 위한 간담회, 를 목적으로, 목적: …, ○○은 …한 협의체로 …을 돕고 있다."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import body_in, last_word
from kg.syntax.arguments import TOPIC, Clause
from kg.extract.definitions import first_body
from kg.extract.stated_purposes import (
    defined_purposes,
    noticed_purposes,
    purpose_claim,
    stated_purposes,
)
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention
from kg.knowledge.schema import schema

_STOP = frozenset({"은", "는", "이", "가", "께서", "께서는", "도", "?", ":", "에서", "에서는"})


def extract_purposes(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of purpose."""
    hold = _holding(knowledge)
    for sentence, found in clauses:
        for i, phrase in enumerate(sentence.phrases):
            aim = _aim(reading, sentence, i, knowledge)
            if aim is None:
                continue
            first, last, kind = aim
            thing = _for_event(reading, sentence, found, last, kind, hold, knowledge) or _for_body(
                reading, sentence, last, kind, knowledge
            )
            if thing is None or kind == "benefit" and not schema().is_a(thing.kind, "Organization"):
                continue
            words = _words(reading, sentence, first, i, kind)
            if words is not None:
                yield purpose_claim(reading, sentence, thing, *words, "purpose." + kind)
        yield from stated_purposes(reading, sentence, knowledge)
        yield from defined_purposes(reading, sentence, knowledge)
    yield from noticed_purposes(reading, knowledge)


def _holding(knowledge: Knowledge) -> frozenset[str]:
    hold = knowledge.verbs["hold"].active | knowledge.verbs["hold"].passive
    return frozenset(hold | {v[:-2] + "되다" for v in hold if v.endswith("하다")})


def _aim(reading: Reading, sentence: SentenceReading, i: int, knowledge: Knowledge) -> tuple[int, int, str] | None:
    """(first phrase, last phrase, kind) of words that state an aim and end before or at phrase i + 1; None for other words."""
    phrases, tokens = sentence.phrases, reading.tokens
    phrase = phrases[i]
    following = phrases[i + 1] if i + 1 < len(phrases) else None
    if (
        phrase.kind == "PRED"
        and phrase.connective == "기"
        and following is not None
        and following.kind == "PRED"
        and following.lemma == "위하다"
        and not following.particle.startswith(("는", "서는"))
    ):
        return _first(sentence, i), i + 1, "act"
    if phrase.kind == "PRED" and phrase.connective in ("고자", "으려고", "려고") and phrase.ending in ("connective", "reported"):
        return _first(sentence, i), i, "act"
    if (
        phrase.kind == "PRED"
        and phrase.ending == "adnominal"
        and phrase.connective in ("려는", "으려는", "기 위한", "자는")
        and following is not None
        and following.tokens
        and following.particle in ("으로", "로", "에서")
        and last_word(reading, following) in knowledge.purposes.words
    ):
        return _first(sentence, i), i + 1, "act"
    if phrase.kind != "NP" or following is None or not phrase.tokens or phrase.particle not in ("을", "를"):
        return None
    if following.kind == "PRED" and following.lemma == "위하다" and following.ending in ("adnominal", "connective"):
        word = last_word(reading, phrase).strip("’”」』")
        aims = any(word.endswith(a) for a in knowledge.purposes.aims)
        return _first(sentence, i), i + 1, "aim" if aims else "benefit"
    if (
        following.kind == "NP"
        and following.particle in ("으로", "로")
        and following.tokens
        and tokens.surface(following.tokens[0], following.tokens[-1]) in knowledge.purposes.words - {"목표"}
    ):
        return _first(sentence, i), i + 1, "aim"
    return None


def _first(sentence: SentenceReading, i: int) -> int:
    """The phrase at which the words that end with phrase i begin: back to a topic, a subject, a time or another clause."""
    k = i
    while k > 0:
        before = sentence.phrases[k - 1]
        if (
            before.kind in ("TIME", "QUOTE")
            or before.kind == "PRED"
            and before.ending != "adnominal"
            or before.kind == "ADV"
            and before.particle not in ("및", "또는", "더", "더욱", "보다")
        ):
            break
        if (
            before.kind == "PRED"
            and before.lemma == "위하다"
            or before.kind == "NP"
            and (before.particle in _STOP or not before.particle and before.comma)
        ):
            break
        if before.kind == "NP" and before.particle == "," and k - 1 == 0 and i - k >= 0 and _is_agent(sentence, k - 1):
            break
        if (
            before.kind in ("COMMA", "NOTE")
            or before.kind == "NP"
            and before.particle in ("과", "와")
            and _is_agent(sentence, k - 1)
            and _partner(sentence, k - 1)
        ):
            break
        k -= 1
    while (
        k < i
        and sentence.phrases[k].kind == "PRED"
        and sentence.phrases[k].lemma in ("열리다", "개최되다", "개최하다", "진행되다")
    ):
        k += 1  # 서울에서 열린 ‘…
    return k


def _partner(sentence: SentenceReading, i: int) -> bool:
    """Whether phrase i names with whom something is done, and no part of the aim: somebody else is the doer."""
    return any(
        p.kind == "NP" and (p.particle in TOPIC | {"이", "가"} or p.particle == ",") and _is_agent(sentence, j)
        for j, p in enumerate(sentence.phrases[:i])
    )


def _is_agent(sentence: SentenceReading, i: int) -> bool:
    return bool(sentence.heads[i]) and schema().is_a(sentence.heads[i][-1].kind, "Agent")


def _words(reading: Reading, sentence: SentenceReading, first: int, last: int, kind: str) -> tuple[int, int] | None:
    """Offsets of the words of an aim, without the ending that makes it one (줄이기 위해 → 줄이기, 넓히고자 → 넓히고자)."""
    tokens, phrase = reading.tokens, sentence.phrases[last]
    start = tokens.starts[sentence.phrases[first].first]
    while tokens.text[start] in "‘“'\"「『《":
        start += 1
    end = (
        tokens.ends[phrase.last]
        if phrase.kind == "PRED"
        else tokens.ends[phrase.notes[-1][1] if phrase.notes and phrase.notes[-1][1] > phrase.tokens[-1] else phrase.tokens[-1]]
    )
    return (start, end) if 4 <= end - start <= 150 else None


def _for_event(
    reading: Reading, sentence: SentenceReading, found: Sequence[Clause], last: int, kind: str, hold, knowledge: Knowledge
) -> Mention | None:
    """The event held for an aim that ends at phrase ``last``: the noun after 위한, or that of the next clause of holding."""
    phrases = sentence.phrases
    phrase = phrases[last]
    if phrase.kind == "PRED" and phrase.lemma == "위하다" and phrase.ending == "adnominal":
        head = next((j for j in range(last + 1, len(phrases)) if phrases[j].kind != "ADV"), None)
        if head is None or phrases[head].kind != "NP":
            return None
        word = last_word(reading, phrases[head])
        if word in knowledge.events.any and phrases[head].particle in ("", "로", "으로") or word in knowledge.purposes.words:
            return _topic_event(sentence, head)
        return _event(sentence.heads[head])
    clause = next((c for c in found if c.index > last), None)
    if clause is None or clause.predicate.lemma not in hold or clause.predicate.negated:
        return None
    if clause.predicate.lemma in ("진행하다", "진행되다") and any(
        p.kind == "NP" and p.particle in ("으로", "로") for p in phrases[last + 1 : clause.index]
    ):
        return None  # why it was held in writing
    if clause.predicate.ending == "adnominal":
        here = _event(clause.head.mentions) if clause.head is not None else None
        if (
            here is None
            and clause.head is not None
            and clause.head.phrase.tokens
            and last_word(reading, clause.head.phrase) in knowledge.events.any | {"것"}
        ):
            return _topic_event(sentence, clause.index)
        return here
    themes = [
        a
        for a in clause.args
        if a.particle in ("을", "를", "이", "가", "") and a.head is not None and schema().is_a(a.head.kind, "Event")
    ]
    if themes:
        return themes[-1].head
    if any(a.particle in ("을", "를") and a.index > last for a in clause.args):
        return None
    return _topic_event(sentence, clause.index)


def _event(mentions: Sequence[Mention]) -> Mention | None:
    return mentions[-1] if mentions and schema().is_a(mentions[-1].kind, "Event") else None


def _topic_event(sentence: SentenceReading, before: int) -> Mention | None:
    """The event that a sentence is about."""
    for i in range(before):
        if sentence.phrases[i].kind == "NP" and sentence.phrases[i].particle in TOPIC | {"이", "가"}:
            return _event(sentence.heads[i])
    return None


def _for_body(reading: Reading, sentence: SentenceReading, last: int, kind: str, knowledge: Knowledge) -> Mention | None:
    """The body that was set up for an aim: 물 관리를 위해 설립된 ○○공사."""
    phrases = sentence.phrases
    phrase = phrases[last]
    act = next((j for j in range(last + 1, min(len(phrases), last + 5)) if phrases[j].kind == "PRED"), None)
    if act is None or phrase.ending == "adnominal" and phrase.lemma == "위하다":
        return None
    verb = phrases[act]
    founding = (
        knowledge.bodies.founding
        | {v[:-2] + "되다" for v in knowledge.bodies.founding if v.endswith("하다")}
        | {"세워지다", "만들어지다"}
    )
    if verb.lemma not in founding or verb.negated or verb.planned:
        return None
    if verb.ending != "adnominal":
        if not verb.past:
            return None
        theme = next(
            (j for j in range(act - 1, last, -1) if phrases[j].kind == "NP" and phrases[j].particle in ("을", "를")), None
        )
        if theme is None and verb.lemma.endswith(("되다", "지다")):
            theme = next(
                (j for j in range(last) if phrases[j].kind == "NP" and phrases[j].particle in TOPIC | {"이", "가"}), None
            )
        return body_in(reading, sentence, theme, knowledge) if theme is not None and sentence.heads[theme] else None
    head = act + 1
    if verb.connective not in ("ᆫ", "은") or head >= len(phrases) or phrases[head].kind != "NP":
        return None
    word = last_word(reading, phrases[head])
    if word in knowledge.bodies.kinds or word in knowledge.organizations.generic:
        topic = next((j for j in range(last) if phrases[j].kind == "NP" and phrases[j].particle in TOPIC), None)
        return body_in(reading, sentence, topic, knowledge) if topic is not None else None
    return first_body(reading, phrases[head])
