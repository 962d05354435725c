"""Who is called one of those present or of a panel: 한빛전자 등 참석자들과 함께, ○○○ 교수, ○○○ 대표 세 분의 패널과 함께."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.analyze.names.words import words_of
from kg.analyze.reading import Reading, SentenceReading
from kg.syntax.arguments import Clause, is_agent
from kg.extract.called import last_word
from kg.model import Candidate, Mention

_PRESENT = frozenset({"참석자", "참가자", "참여자"})
_PANEL = frozenset({"패널", "토론자", "패널토론자", "토론패널"})
_COUNT = re.compile(r"(?:[두세네]|다섯|여섯|\d+)\s?(?:분|명|인|사람)")
_LISTED = frozenset({",", "", "과", "와", "·"})


def extract_attendees(reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]]) -> Iterator[Candidate]:
    """Claims of participatedIn in the event that the text is about where the words stand."""
    for sentence, found in clauses:
        for clause in found:
            for arg in clause.args:
                if arg.phrase.kind == "NP" and not clause.predicate.negated and _called_present(reading, arg.phrase):
                    yield from (_claim(reading, sentence, m, "attendee.among") for m in arg.mentions if is_agent(m))
        for i, phrase in enumerate(sentence.phrases):
            if phrase.kind == "NP" and phrase.particle in ("과", "와") and last_word(reading, phrase).removesuffix("들") in _PANEL:
                people = _panel(reading, sentence, i)
                yield from (_claim(reading, sentence, m, "attendee.panel") for m in people if len(people) > 1)


def _claim(reading: Reading, sentence: SentenceReading, who: Mention, rule: str) -> Candidate:
    here = Mention(start=who.start, end=who.start, kind="Event", name="", rule="context")
    return Candidate(relation="participatedIn", subject=who, object=here, rule=rule, start=who.start, end=who.end,
                 sentence=(sentence.start, sentence.end))


def _called_present(reading: Reading, phrase) -> bool:
    """Whether a phrase ends with 등 참석자들."""
    words = [w.text for w in words_of(reading.tokens, phrase.tokens)]
    return len(words) > 2 and words[-2] == "등" and words[-1].removesuffix("들") in _PRESENT


def _panel(reading: Reading, sentence: SentenceReading, panel: int) -> list[Mention]:
    """The people of the list right before 세 분의 패널."""
    phrases, people, i = sentence.phrases, [], panel - 1
    if i < 0 or phrases[i].particle not in ("", "의") or not _COUNT.fullmatch(reading.tokens.surface(phrases[i].first, phrases[i].last)):
        return []
    i -= 1
    while i >= 0:
        if phrases[i].kind == "ADV" and phrases[i].particle in ("및", "그리고"):
            i -= 1
            continue
        named = [m for m in sentence.heads[i] if m.kind == "Person"]
        if phrases[i].kind != "NP" or not named or people and phrases[i].particle not in _LISTED:
            break
        people = [*named, *people]
        i -= 1
    return people
