"""What bodies and people showed of their own: lists of talks with owners (▲○○원의 X ▲○○사의 Y 등이 발표됐다), quoted cases (○○군은 ‘X’ 사례를 소개했다)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.cases import acting, occasion_near
from kg.extract.titles import given, happens, quoted_titles, stage_of
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention
from kg.syntax.arguments import SUBJECT, TOPIC, Clause

_CASE = "사례"


def extract_owned_talks(
    reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], before: bool, knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of presented and presentedAt; ``before`` says that the sentence before speaks of talks."""
    for clause in clauses:
        shows = clause.predicate.lemma in knowledge.verbs["talk"].active or clause.predicate.lemma in ("소개하다", "공유하다")
        if shows and happens(clause.predicate) and clause.predicate.ending != "adnominal":
            yield from _cases(reading, sentence, clause, before)


def _cases(reading: Reading, sentence: SentenceReading, clause: Clause, before: bool) -> Iterator[Candidate]:
    """○○군은 ‘X’ 사례를, △△군은 ‘Y’ 사례를 각각 소개했다, where an event was named or talks were told of before."""
    phrases, stage = sentence.phrases, stage_of(clause, reading.tokens.starts[clause.predicate.first])
    if not stage.name and not before and occasion_near(reading, sentence.start) is None:
        return
    for i in range(clause.index - 1, 0, -1):
        phrase = phrases[i]
        if phrase.kind == "PRED" and phrase.ending != "adnominal":
            return
        if phrase.kind != "NP" or phrase.particle not in ("을", "를") or not _is_quoted_case(reading, phrase):
            continue
        if speakers := _showing(sentence, i):
            for title in quoted_titles(reading, phrase):
                case = replace(title, speakers=())
                yield from given(case, speakers, stage, "case.own", clause.predicate, reading, sentence, kind="Case")


def _is_quoted_case(reading: Reading, phrase) -> bool:
    """Whether a phrase is a quoted name with 사례 behind it, and nothing else."""
    words = reading.tokens.words
    return (
        len(phrase.quoted) == 1
        and words[phrase.tokens[-1]].endswith(_CASE)
        and phrase.tokens[0] <= phrase.quoted[0][0] + 1
        and phrase.tokens[-1] - phrase.quoted[0][1] <= 2
    )


def _showing(sentence: SentenceReading, i: int) -> tuple[Mention, ...]:
    """Who shows what phrase i names: the topic before it, or the subject where no clause stands between."""
    for j in range(i - 1, -1, -1):
        phrase = sentence.phrases[j]
        if phrase.kind == "NP" and phrase.particle in ("은", "는"):
            return acting(sentence.heads[j])
        if phrase.particle in SUBJECT and (agents := acting(sentence.heads[j])):
            return agents if not any(p.kind == "PRED" for p in sentence.phrases[j:i]) else ()
        if phrase.particle in TOPIC or phrase.kind == "PRED" and phrase.ending != "adnominal":
            return ()
    return ()
