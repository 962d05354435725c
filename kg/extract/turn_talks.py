"""Talks told one after another: 첫 번째 발표로 ○○○ 교수가 X에 대해 공유했다. 두 번째로 ○○○ 변호사는 Y를 발표했다."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.analyze.reading import Reading, SentenceReading
from kg.syntax.arguments import SUBJECT, TOPIC, Clause
from kg.extract.titles import ABOUT, given, happens, here, title_of
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention

_TURN = re.compile(r"(?:첫|두|세|네|다섯|여섯)\s?번째(?:로|\s?(?:발표|발제|강연|순서)(?:로|자로|에서)(?:는)?),?\s")
_AHEAD = 30  # characters before and behind the words of the turn: 이어 본 세미나 1부의 [첫 번째 발표로] ○○원 [○○○ 교수가]
_PART = re.compile(r"\d\s?부")
_MODIFIES = ABOUT | {"위하다", "통하다", "따르다", "인하다", "의하다"}


def extract_turn_talks(
    reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], used: set[int], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of presented and presentedAt of a sentence that begins with whose turn it is."""
    tokens = reading.tokens
    turn = _TURN.search(tokens.text, sentence.start, min(sentence.end, sentence.start + _AHEAD + 10))
    telling = knowledge.verbs["talk"].active | knowledge.talks.look | knowledge.talks.staged
    clause = next((c for c in clauses if c.predicate.ending in ("final", "connective") and c.predicate.lemma in telling), None)
    if turn is None or clause is None or not happens(clause.predicate):
        return
    speaking = next(
        (
            i
            for i, phrase in enumerate(sentence.phrases)
            if phrase.kind == "NP" and turn.end() <= tokens.starts[phrase.first] <= turn.end() + _AHEAD and phrase.particle in SUBJECT | TOPIC
        ),
        None,
    )
    last = _last(sentence, clause)
    if speaking is None or last is None or not speaking < last or not _one_title(sentence, speaking + 1, last, used):
        return
    people: list[Mention] = [m for m in sentence.heads[speaking] if m.kind == "Person"]
    title = title_of(reading, tokens.starts[sentence.phrases[speaking + 1].first], tokens.ends[sentence.phrases[last].last])
    if people and title is not None and 8 <= len(title.name) <= 70 and " " in title.name and title.name.split()[0] not in knowledge.talks.vague:
        yield from given(title, people, _stage(reading, turn.start()), "talk.turn", clause.predicate, reading, sentence)


def _stage(reading: Reading, offset: int) -> Mention:
    """The event that was named last before an offset, no part of it (1부 간담회)."""
    named = reading.before(offset, "Event")
    return next((m for m in named if not _PART.search(reading.tokens.text[max(0, m.start - 8) : m.end])), here(offset - 1))


def _last(sentence: SentenceReading, clause: Clause) -> int | None:
    """The phrase with which a clause's theme ends: its object right before it, or what stands before 에 대해."""
    phrases, i = sentence.phrases, clause.index - 1
    if i > 1 and phrases[i].lemma in ABOUT and phrases[i].ending == "connective" and phrases[i - 1].particle == "에":
        return i - 1
    return i if i > 0 and phrases[i].kind == "NP" and phrases[i].particle in ("을", "를") else None


def _one_title(sentence: SentenceReading, first: int, last: int, used: set[int]) -> bool:
    """Whether phrases are one long name: nothing quoted, no clause of its own, no topic, nothing that says where or when."""
    between = range(first, last + 1)
    return not any(
        i in used
        or (p := sentence.phrases[i]).kind not in ("NP", "PRED", "ADV")
        or p.kind == "NP" and (p.quoted or p.particle in TOPIC or p.particle.startswith("에서"))
        or p.kind == "PRED" and p.ending not in ("adnominal", "nominal") and p.lemma not in _MODIFIES
        for i in between
    )
