"""Talks without the word 주제: ‘X’를 발표했다, ‘X’ 특강을 진행했다, ○○○ 교수의 ‘X’에 관한 발제, ○○○가 발표한 ‘X’."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.agenda import extract_agendas
from kg.extract.theme_claims import extract_themes
from kg.extract.theme_lines import extract_stated_themes
from kg.extract.themes import themes_in
from kg.extract.titles import (
    Title,
    are_speakers,
    bare_quote,
    doers,
    given,
    happens,
    is_talk,
    quoted_titles,
    speakers_in,
    titles_ending_at,
)
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.knowledge.signs import endings, signs
from kg.model import Candidate, Mention
from kg.syntax.arguments import SUBJECT, TOPIC, Clause, apart

_OPENING = 4  # phrases with which a sentence begins


def extract_talks(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of topic, presented and presentedAt."""
    before = False  # whether the sentence before speaks of talks
    for sentence, found in clauses:
        yield from extract_themes(reading, sentence, found, knowledge)
        used = {i for theme in themes_in(reading, sentence, knowledge) for i in range(theme.first, theme.index + 1)}
        speaks = any(
            is_talk(reading, p, knowledge) or p.kind == "PRED" and p.lemma in knowledge.verbs["talk"].active
            for p in sentence.phrases
        ) or _signed(reading, sentence, knowledge)
        talk = knowledge.verbs["talk"].active
        looking = knowledge.talks.look if speaks or before else frozenset()
        for clause in (c for c in found if happens(c.predicate)):
            lemma = clause.predicate.lemma
            if lemma in talk | knowledge.talks.staged and are_speakers(reading, sentence, clause.index, knowledge):
                yield from _told(reading, sentence, clause, used)
            if lemma in talk | looking:
                yield from _objects(reading, sentence, clause, used, knowledge)
        if speaks:
            yield from _noted(reading, sentence, found, used)
        before = (
            speaks or _on_stage(sentence) and any(p.lemma in knowledge.talks.staged for p in sentence.phrases if p.kind == "PRED")
        )
    yield from extract_stated_themes(reading, knowledge)
    yield from extract_agendas(reading, knowledge)


def _objects(
    reading: Reading, sentence: SentenceReading, clause: Clause, used: set[int], knowledge: Knowledge
) -> Iterator[Candidate]:
    """○○○ 교수가 ‘X’를 발표했다, ‘X’를 강연한 ○○○, ○○○이 발표한 ‘X’, ‘X’에 대해 발표했다."""
    lemma, predicate = clause.predicate.lemma, clause.predicate
    talk = knowledge.verbs["talk"].active
    people = doers(reading, clause)
    objects = [a.phrase for a in clause.args if a.particle in ("을", "를") and a.index not in used and bare_quote(a.phrase)]
    if predicate.ending == "adnominal" and clause.head is not None and not people and objects:
        people = speakers_in(reading, clause.head)
    elif (
        predicate.ending == "adnominal"
        and clause.head is not None
        and people
        and not objects
        and bare_quote(clause.head.phrase)
        and lemma in talk
    ):
        objects = [clause.head.phrase]
    if not objects and lemma in talk:
        objects = _about(sentence, clause, used)
    if objects and len(people) > 1 and apart(sentence, clause):
        titles = titles_ending_at(reading, sentence, sentence.phrases.index(objects[-1]))
        for title, speaker in zip(titles, people) if len(titles) == len(people) else ():  # A와 B는 각각 ‘X’와 ‘Y’를 발표했다
            yield from given(title.by((speaker,)), "talk.title", clause, reading, sentence)
        return
    for phrase in objects:
        for title in quoted_titles(reading, phrase):
            if (
                len(title.name) < 3
                or (lemma == "발표하다" or lemma not in talk and not _signed(reading, sentence, knowledge))
                and _is_paper(title, knowledge)
            ):
                continue
            speakers = title.speakers or _own(reading, clause, phrase) or people
            if speakers:
                yield from given(title.by(speakers), "talk.title", clause, reading, sentence)


def _told(reading: Reading, sentence: SentenceReading, clause: Clause, used: set[int]) -> Iterator[Candidate]:
    """○○○ 연구원이 발제자로 참석하여 X에 대해 설명했다: what one who is called a speaker speaks of."""
    k = _about_at(sentence, clause)
    people = doers(reading, clause)
    if k is None or k in used or not people or sentence.phrases[k].quoted:
        return
    subject = max(
        (a.index for a in (*clause.args, *clause.inherited) if a.index < k and a.particle in SUBJECT | TOPIC), default=-1
    )
    for title in titles_ending_at(reading, sentence, k, subject + 1):
        if len(title.name.split()) > 1:
            yield from given(title.by(people), "talk.told", clause, reading, sentence)


def _own(reading: Reading, clause: Clause, phrase: Phrase) -> tuple[Mention, ...]:
    """Who of several gives the talk of a phrase, where they share a verb: ○○○ 교수가 ‘X’를, △△△ 교수가 ‘Y’를 발표한다."""
    before = [
        people
        for a in clause.args
        if a.phrase.first < phrase.first and a.particle in SUBJECT | TOPIC and (people := speakers_in(reading, a))
    ]
    return before[-1] if before else ()


def _signed(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> bool:
    """Whether a word of the sentence tells that talks are spoken of (키노트, 세션, 연사)."""
    return any(
        p.kind == "NP" and any(reading.tokens.words[t] in knowledge.talks.signs for t in p.tokens) for p in sentence.phrases
    )


def _is_paper(title: Title, knowledge: Knowledge) -> bool:
    """Whether a title is that of something published (‘…’ 종합대책, ‘… 정책방향’)."""
    last = title.name.split()[-1]
    return any(last.endswith(paper) for paper in knowledge.talks.papers if len(paper) > 1)


def _about(sentence: SentenceReading, clause: Clause, used: set[int]) -> list[Phrase]:
    """The quoted title in ‘X’에 대해 before a clause's predicate."""
    k = _about_at(sentence, clause)
    return [sentence.phrases[k]] if k is not None and k not in used and bare_quote(sentence.phrases[k]) else []


def _about_at(sentence: SentenceReading, clause: Clause) -> int | None:
    """The phrase of X에 대해 before a clause's predicate."""
    phrases = sentence.phrases
    i = next((i for i in range(clause.index - 1, 0, -1) if phrases[i].kind == "PRED"), 0)
    about = i and phrases[i].lemma in signs().about and phrases[i].ending == "connective" and phrases[i - 1].particle == "에"
    return i - 1 if about else None


def _on_stage(sentence: SentenceReading) -> bool:
    """Whether a sentence begins with the event in whose course something is told (설명회에서는 …)."""
    return any(
        phrase.particle in endings().stages and heads and schema().is_a(heads[-1].kind, "Event")
        for phrase, heads in list(zip(sentence.phrases, sentence.heads))[:_OPENING]
    )


def _noted(reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], used: set[int]) -> Iterator[Candidate]:
    """‘X(○○○ 교수)’에 대한 기조연설, ‘X’(○○○ 교수) 등: titles with their speakers where a sentence speaks of talks."""
    for i, phrase in enumerate(sentence.phrases):
        if (
            phrase.kind == "NP"
            and phrase.quoted
            and i not in used
            and not any(schema().is_a(m.kind, "Event") for m in sentence.heads[i])
        ):
            clause = next((c for c in clauses if c.index > i), None)
            for title in quoted_titles(reading, phrase):
                if (
                    title.speakers
                    and clause is not None
                    and happens(clause.predicate)
                    and all(p.title_span is None or p.title_span[0] > p.start for p in title.speakers)
                ):
                    yield from given(title, "talk.noted", clause, reading, sentence)
