"""What bodies and people showed of their own: lists of talks with owners (▲○○원의 X ▲○○사의 Y 등이 발표됐다), quoted cases (○○군은 ‘X’ 사례를 소개했다)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.analyze.reading import Reading, SentenceReading
from kg.syntax.arguments import SUBJECT, TOPIC, Clause
from kg.extract.cases import acting, occasion_near
from kg.extract.titles import Title, given, happens, quoted_titles, stage_of
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention
from kg.knowledge.schema import schema

_MARK = re.compile(r"[,;]?\s*[▲▴△▵▶▸➊-➓❶-❿]\s*")
_OWNS = re.compile(r"\s?의\s")
_AND = re.compile(r"(?:과|와|및|,|·|ㆍ)?\s*")
_WHEN = re.compile(r"\s?\([’‘'\d.~∼년월일 -]*\)")  # 1차년도(’25.4.~’25.12.): when, no part of the title
_WORD = re.compile(r"[가-힣A-Za-z&]{3,15}?(?=(?:와|과)\s[가-힣A-Za-z&]{2,15}의\s|의\s)")
_QUOTED = re.compile(r"[‘“「『]([^‘’“”「」『』]{4,90})[’”」』](?:\s(?:등|총)\s.*|\s?)$")
_TAIL = re.compile(r"\s(?:등|총\s?\d|순)(?:[이가을를의에]|\s|$).*$|(?:이|가|을|를|에\s대한|에\s관한)(?:\s.*)?$")
_TELLING = re.compile(r"\s(?:제시|소개|발표|공유|안내)$")
_SHOWN_NOUNS = re.compile(r"(?:발표|발제|강연|소개)(?:가|이|를|을|도)?\s(?:이어|진행|이뤄|이루어|있었|열렸|펼쳐|마련|있을|계속)")
_CASE = "사례"


def extract_owned_talks(
    reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], before: bool, knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of presented and presentedAt; ``before`` says that the sentence before speaks of talks."""
    yield from _listed(reading, sentence, clauses, knowledge)
    for clause in clauses:
        shows = clause.predicate.lemma in knowledge.verbs["talk"].active or clause.predicate.lemma in ("소개하다", "공유하다")
        if shows and happens(clause.predicate) and clause.predicate.ending != "adnominal":
            yield from _cases(reading, sentence, clause, before)


def _listed(reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], knowledge: Knowledge) -> Iterator[Candidate]:
    """세션에서는 ▲○○원의 X ▲○○사와 ○○대의 Y 등이 발표됐다: every point begins with whose it is."""
    text, last = reading.tokens.text, clauses[-1] if clauses else None
    if last is None or not happens(last.predicate):
        return
    high = reading.tokens.starts[last.predicate.first]
    marks = list(_MARK.finditer(text, sentence.start, high))
    if len(marks) < 2 or not (
        last.predicate.lemma in knowledge.talks.shown - {"제시되다"}
        or last.predicate.lemma in knowledge.verbs["talk"].active
        or _SHOWN_NOUNS.search(text, marks[-1].end(), sentence.end)
    ):
        return
    ends = [*(m.start() for m in marks[1:]), high]
    points = [(*_owners(reading, low, until), until) for low, until in zip([m.end() for m in marks], ends)]
    if sum(any(m.certain for m in owners) for owners, _, _ in points) < 2 or not all(owners for owners, _, _ in points):
        return
    stage = stage_of(last, marks[0].start())
    for owners, start, until in points:
        words = _TAIL.sub("", text[start:until]) if until == high else text[start:until]
        words = _TELLING.sub("", words.rstrip(" ,"))
        if (quoted := _QUOTED.match(words)) is not None:
            start, words = start + quoted.start(1), quoted[1]
        name = " ".join(_WHEN.sub("", words).split())
        if 4 <= len(name) <= 90 and " " in name:
            yield from given(
                Title(start, start + len(words), name), owners, stage, "talk.owned", last.predicate, reading, sentence
            )


def _owners(reading: Reading, low: int, high: int) -> tuple[tuple[Mention, ...], int]:
    """Whose a point of a list is (○○사와 ○○대의 …), and where its title begins; a proper name that nothing tells of is a body's."""
    found, text = [], reading.tokens.text
    agents = {m.start: m for m in reading.mentions_in(low, high) if schema().is_a(m.kind, "Agent")}
    while (mention := agents.get(low) or _unknown(text, low, high)) is not None:
        found.append(mention)
        low = max(mention.end, mention.title_span[1] if mention.title_span else 0)
        if (owns := _OWNS.match(text, low)) is not None:
            people = [m for m in found if m.kind == "Person"]
            return tuple(people or found), owns.end()
        low = _AND.match(text, low).end()
    return (), low


def _unknown(text: str, low: int, high: int) -> Mention | None:
    """The single word before 의, 와 or 과 at an offset, where only a body's name can stand."""
    word = _WORD.match(text, low, high)
    return (
        Mention(start=low, end=word.end(), kind="Organization", name=word[0], rule="owned-talk", certain=False) if word is not None else None
    )


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
