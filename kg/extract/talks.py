"""Talks without the word 주제: ‘X’를 발표했다, ‘X’ 특강을 진행했다, ○○○ 교수의 ‘X’에 관한 발제, ○○○가 발표한 ‘X’."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.agenda import extract_agendas
from kg.extract.owned_talks import extract_owned_talks
from kg.extract.plain_talks import extract_plain_talks, opens_on_stage
from kg.extract.theme_claims import extract_themes
from kg.extract.theme_lines import extract_stated_themes
from kg.extract.themes import themes_in
from kg.extract.titles import Title, bare_quote, doers, given, happens, is_talk, quoted_titles, speakers_in, stage_of
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention
from kg.syntax.arguments import SUBJECT, TOPIC, Clause

_ABOUT = ("대하다", "관하다", "관련하다")


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
        for clause in found:
            if happens(clause.predicate):
                yield from _objects(reading, sentence, clause, used, speaks or before, knowledge)
                yield from extract_plain_talks(reading, sentence, clause, used, before, knowledge)
        yield from _possessed(reading, sentence, found, used, knowledge)
        if speaks:
            yield from _noted(reading, sentence, found, used)
        yield from extract_owned_talks(reading, sentence, found, before, knowledge)
        before = (
            speaks
            or opens_on_stage(sentence)
            and any(p.lemma in knowledge.talks.staged for p in sentence.phrases if p.kind == "PRED")
        )
    yield from extract_stated_themes(reading, knowledge)
    yield from extract_agendas(reading, knowledge)


def _objects(
    reading: Reading, sentence: SentenceReading, clause: Clause, used: set[int], speaks: bool, knowledge: Knowledge
) -> Iterator[Candidate]:
    """○○○ 교수가 ‘X’를 발표했다, ‘X’를 강연한 ○○○, ○○○이 발표한 ‘X’, ‘X’에 대해 발표했다."""
    lemma, predicate = clause.predicate.lemma, clause.predicate
    talk = knowledge.verbs["talk"].active
    if lemma not in talk and not (lemma in knowledge.talks.look and speaks):
        return
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
                yield from given(title, speakers, stage_of(clause, title.start), "talk.title", predicate, reading, sentence)


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


def _about(sentence: SentenceReading, clause: Clause, used: set[int]) -> list:
    """The quoted title in ‘X’에 대해 before a clause's predicate."""
    phrases = sentence.phrases
    for i in range(clause.index - 1, 0, -1):
        if phrases[i].kind == "PRED":
            if (
                phrases[i].lemma in _ABOUT
                and phrases[i].ending == "connective"
                and i - 1 not in used
                and phrases[i - 1].particle == "에"
                and bare_quote(phrases[i - 1])
            ):
                return [phrases[i - 1]]
            return []
    return []


def _possessed(
    reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], used: set[int], knowledge: Knowledge
) -> Iterator[Candidate]:
    """○○○ 교수의 ‘X’ 발표, ○○○ 교수의 ‘X’에 관한 발제."""
    phrases = sentence.phrases
    for i in range(len(phrases) - 2):
        owner, titled = phrases[i], phrases[i + 1]
        people = (
            tuple(m for m in sentence.heads[i] if m.kind == "Person") if owner.kind == "NP" and owner.particle == "의" else ()
        )
        if not people or not titled.quoted or i + 1 in used:
            continue
        k = i + 2
        if (
            titled.particle.startswith("에")
            and phrases[k].kind == "PRED"
            and phrases[k].lemma in _ABOUT
            or phrases[k].kind == "PRED"
            and phrases[k].lemma == "이다"
            and phrases[k].ending == "adnominal"
        ):
            k += 1
        while (
            k < len(phrases)
            and phrases[k].kind == "NP"
            and phrases[k].particle in ("", "의")
            and not is_talk(reading, phrases[k], knowledge)
            and k < i + 4
        ):
            k += 1
        clause = next((c for c in clauses if c.index >= k), clauses[-1] if clauses else None)
        if k < len(phrases) and is_talk(reading, phrases[k], knowledge) and clause is not None and happens(clause.predicate):
            for title in quoted_titles(reading, titled):
                yield from given(
                    title, people, stage_of(clause, title.start), "talk.possessed", clause.predicate, reading, sentence
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
                    yield from given(
                        title,
                        title.speakers,
                        stage_of(clause, title.start),
                        "talk.noted",
                        clause.predicate,
                        reading,
                        sentence,
                    )
