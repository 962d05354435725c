"""Talks that a text tells of in passing: ‘X’에 대한 발표가 눈길을 끌었다, ○○원의 ‘X’에 대한 소개를 시작으로, ○○원은 ○○공단과 함께 ‘X’에 대해 발표했다."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.analyze.names.people import is_organization
from kg.analyze.reading import Reading, SentenceReading
from kg.syntax.arguments import Clause
from kg.extract.called import last_word
from kg.extract.titles import ABOUT, Title, bare_quote, bodies_doing, doers, given, happens, is_talk, quoted_titles, stage_of
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention



def extract_told_talks(
    reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], used: set[int], before: bool, knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of presented and presentedAt; ``before`` says that the sentence before speaks of talks."""
    for i, phrase in enumerate(sentence.phrases[:-2]):
        about = sentence.phrases[i + 1]
        if i in used or phrase.particle != "에" or about.lemma not in ABOUT or not bare_quote(phrase):
            continue
        clause = next((c for c in clauses if c.index > i + 1), None)
        if clause is None or not happens(clause.predicate):
            continue
        staged = _in_talks(reading, sentence, i, knowledge)
        titles = [t for t in quoted_titles(reading, phrase) if staged or not _is_paper(t, knowledge)]
        if about.ending == "connective":
            speakers = _together(clause) if before and clause.predicate.lemma in knowledge.verbs["talk"].active and not doers(reading, clause) else ()
            rule = "talk.joint"
        elif _talk_follows(reading, sentence, i + 2, knowledge) and not _of_person(sentence, i):
            owner = sentence.heads[i - 1] if i and sentence.phrases[i - 1].particle == "의" else ()
            speakers = tuple(m for m in owner if is_organization(m))
            rule = "talk.told"
            if not speakers and not before and not staged:
                continue
        else:
            continue
        for title in titles:
            if speakers or rule == "talk.told":
                yield from given(title, speakers, stage_of(clause, title.start), rule, clause.predicate, reading, sentence)


def _is_paper(title: Title, knowledge: Knowledge) -> bool:
    """Whether a title is that of something published and no talk's (‘… 종합대책’)."""
    last = title.name.split()[-1]
    return any(last == paper for paper in knowledge.talks.papers)


def _together(clause: Clause) -> tuple[Mention, ...]:
    """The bodies that do what a clause says, with those that do it together with them."""
    partners = (m for a in clause.args if a.particle.endswith("함께") for m in a.mentions if is_organization(m))
    return tuple(dict.fromkeys((*(m for m in bodies_doing(clause) if is_organization(m)), *partners)))


def _talk_follows(reading: Reading, sentence: SentenceReading, k: int, knowledge: Knowledge) -> bool:
    phrase = sentence.phrases[k]
    return is_talk(reading, phrase, knowledge) or phrase.kind == "NP" and bool(phrase.tokens) and last_word(reading, phrase) == "소개"


def _of_person(sentence: SentenceReading, i: int) -> bool:
    """Whether a person's name possesses the title before phrase i ends."""
    return bool(i) and sentence.phrases[i - 1].particle == "의" and any(m.kind == "Person" for m in sentence.heads[i - 1])


def _in_talks(reading: Reading, sentence: SentenceReading, i: int, knowledge: Knowledge) -> bool:
    """Whether a sentence has begun with its talks (주제발표 중에는 …)."""
    words = (reading.tokens.words[t] for p in sentence.phrases[:i] if p.kind == "NP" for t in p.tokens)
    return any(word in knowledge.talks.nouns or word in knowledge.talks.signs for word in words)
