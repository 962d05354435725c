"""Talks whose title stands without quotation marks: ○○○ 교수가 X에 대해 발표했다; and lists of them: 세미나에서 ▲X ▲Y를 소개했다."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.agenda import is_programme
from kg.extract.titles import ABOUT, Title, doers, given, here, speaks_itself, stage_of, title_of, titles_ending_at
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention
from kg.syntax.arguments import SUBJECT, TOPIC, Arg, Clause

_MARK = re.compile(r"[,;]?\s*[▲▴△▵▶▸◦➊-➓❶-❿]\s*")
_TAIL = re.compile(r"\s(?:등|총\s?\d|\d+\s?개|[두세네]\s가지)(?:\s|$).*$")  # what stands behind a list: … 등 총 4개 기술을
_CASE = re.compile(r"(?<=[가-힣A-Za-z0-9)’”])(?:[을를]|에\s대해서?|에\s대하여|에\s관해|에\s관하여)\s*$")
_TALKS_OPEN = re.compile(
    r"[□○ㅇ◦·\- ]*(?:(?:먼저|이어|또한|이후),?\s)?(?:주제\s?|기조\s?|사례\s?)(?:발표|연설|강연|발제)(?:\s?세션)?(?:에서는|에서|에는|은|는)\s"
)  # 주제발표 세션에서는 ▲…
_THEMED = re.compile(r"[’”'」』]\s?(?:을|를|이?라는|이란)\s주제로\s")
_TURNS = frozenset("먼저 이어 이어서 다음 다음으로 마지막 마지막으로 끝으로 첫째 둘째 셋째 첫번째로 두번째로".split())
_FAR = 60  # phrases: what stands so far before a predicate is no argument of it
_OPENING = 4  # phrases with which a sentence begins
_STAGES = frozenset({"에서", "에서는", "에서도"})


def extract_plain_talks(
    reading: Reading, sentence: SentenceReading, clause: Clause, used: set[int], speaks: bool, knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of presented and presentedAt; ``speaks`` says that the sentence before speaks of talks."""
    if listed := tuple(_listed(reading, sentence, clause, knowledge)):
        yield from listed
        return
    lemma, talk, shows = clause.predicate.lemma, knowledge.verbs["talk"].active, knowledge.talks.staged
    if lemma not in talk | shows or clause.predicate.ending == "adnominal":
        return
    staged = opens_on_stage(sentence) or speaks and _in_turn(reading, sentence)
    speakers = [m for m in doers(reading, clause) if sentence.start <= m.start < sentence.end]
    stage = stage_of(clause, clause.predicate.first)
    if not speakers and staged:
        speakers = [m for m in _agents(sentence, clause) if m.kind != "Person" and sentence.start <= m.start < sentence.end]
    elif lemma in shows and not speaks and not staged and not _in_turn(reading, sentence):
        return
    if not speakers:
        return
    if _THEMED.search(reading.tokens.text, sentence.start, reading.tokens.starts[clause.predicate.first]):
        return  # ‘X’를 주제로 Y를 소개했다: the talk is X
    for title in _titles(reading, sentence, clause, used, knowledge, staged):
        yield from given(
            title,
            speakers,
            stage if stage.name else stage_of(clause, title.start),
            "talk.plain",
            clause.predicate,
            reading,
            sentence,
        )


def _titles(
    reading: Reading, sentence: SentenceReading, clause: Clause, used: set[int], knowledge: Knowledge, staged: bool
) -> Iterator[Title]:
    """What a clause's talk was about: its object, or what stands before 에 대해; ``staged`` says that plans are told, not brought out."""
    phrases, low = sentence.phrases, _after_subject(sentence, clause)
    about = _about(sentence, clause, low)
    objects = [a.index for a in clause.args if a.particle in ("을", "를") and a.phrase.kind == "NP"]
    for k in (about,) if about is not None else objects[-1:]:
        if k in used or k < low or phrases[k].quoted or any(m.kind == "Case" and m.certain for m in sentence.heads[k]):
            continue
        for title in titles_ending_at(reading, _without_tail(reading, sentence, k), k, low):
            words = title.name.split()
            paper = about is None and not staged and any(words[-1].endswith(p) for p in knowledge.talks.papers if len(p) > 1)
            if len(words) > 1 and len(title.name) > 5 and words[0] not in knowledge.talks.vague and not paper:
                yield title


def _about(sentence: SentenceReading, clause: Clause, low: int = 0) -> int | None:
    """The phrase before 에 대해 that a clause's predicate has."""
    phrases = sentence.phrases
    return next(
        (
            i - 1
            for i in range(clause.index - 1, max(low, clause.index - _FAR), -1)
            if phrases[i].kind == "PRED"
            and phrases[i].lemma in ABOUT
            and phrases[i].ending == "connective"
            and phrases[i - 1].particle == "에"
        ),
        None,
    )


def _without_tail(reading: Reading, sentence: SentenceReading, k: int) -> SentenceReading:
    """A sentence whose phrase k has lost its 등 (장점과 위협 등에 대하여)."""
    phrase = sentence.phrases[k]
    if len(phrase.tokens) < 2 or reading.tokens.words[phrase.tokens[-1]] != "등":
        return sentence
    shorter = replace(phrase, tokens=phrase.tokens[:-1], last=phrase.tokens[-2])
    return replace(sentence, phrases=[*sentence.phrases[:k], shorter, *sentence.phrases[k + 1 :]])


def _in_turn(reading: Reading, sentence: SentenceReading) -> bool:
    """Whether a sentence begins as one of a row of talks: 먼저, 이어서, 마지막으로."""
    return (
        bool(sentence.phrases)
        and reading.tokens.text[sentence.start : sentence.end].lstrip("□○ㅇ◦·- ").split()[0].strip(",") in _TURNS
    )


def _after_subject(sentence: SentenceReading, clause: Clause) -> int:
    """The phrase after the subject or topic of a clause."""
    own = [a.index for a in (*clause.args, *clause.inherited) if a.particle in SUBJECT | TOPIC and a.index < clause.index]
    return max(own, default=-1) + 1


def _stage_in(sentence: SentenceReading, first: int | None = None) -> Mention | None:
    """The event in whose course a sentence says that something happens (세미나에서는 …), among its ``first`` phrases or all."""
    return next(
        (
            heads[-1]
            for phrase, heads in list(zip(sentence.phrases, sentence.heads))[:first]
            if phrase.particle in _STAGES and heads and schema().is_a(heads[-1].kind, "Event")
        ),
        None,
    )


def opens_on_stage(sentence: SentenceReading) -> bool:
    """Whether a sentence begins with the event in whose course something is told (설명회에서는 …)."""
    return _stage_in(sentence, _OPENING) is not None


def _listed(reading: Reading, sentence: SentenceReading, clause: Clause, knowledge: Knowledge) -> Iterator[Candidate]:
    """세미나에서 ▲X ▲Y 등을 소개했다: the items of a marked list, given by the subject where it can act."""
    lemma = clause.predicate.lemma
    told = lemma == "소개하다" or _about(sentence, clause) is not None and lemma in knowledge.talks.staged
    opens = (
        _TALKS_OPEN.match(reading.tokens.text, sentence.start, sentence.end) is not None and clause.predicate.ending == "final"
    )
    if lemma not in knowledge.verbs["talk"].active and not told and not opens or clause.predicate.negated:
        return
    stage = _stage_in(sentence) or (here(sentence.start - 1) if opens else _stage_before(reading, sentence))
    if stage is None:
        return
    tokens = reading.tokens
    low, high = max(stage.end, sentence.start), tokens.starts[clause.predicate.first]
    marks = list(_MARK.finditer(tokens.text, low, high))
    if len(marks) < 2:
        return
    agents = [m for m in _agents(sentence, clause) if m.end <= marks[0].start()]
    items = list(zip((m.end() for m in marks), [*(m.start() for m in marks[1:]), high]))
    bodies = [m.name for m in reading.mentions_in(low, high) if schema().is_a(m.kind, "Agent")]
    if any(tokens.text[a:b].lstrip("㈜ (주)").startswith(tuple(bodies)) for a, b in items[:2]):
        return  # a list of those who speak
    if speaks_itself(reading, sentence, [m.end() for m in marks]):
        return
    if is_programme(reading, sentence, knowledge):
        return
    for start, end in items:
        words = tokens.text[start:end].rstrip(" ,")
        if end == high:
            words = _TAIL.sub("", _CASE.sub("", words))
        title = title_of(reading, start, start + len(words))
        if title is not None and 4 <= len(title.name) <= 90:
            yield from given(title, agents, stage, "talk.listed", clause.predicate, reading, sentence)


def _stage_before(reading: Reading, sentence: SentenceReading) -> Mention | None:
    """The event of the sentence before: 설명회에서는 … 소개한다. 구체적으로 ▲ …."""
    index = next(i for i, s in enumerate(reading.sentences) if s is sentence)
    return _stage_in(reading.sentences[index - 1]) if index else None


def _agents(sentence: SentenceReading, clause: Clause) -> Sequence[Mention]:
    """Who gives the talks of a list: the bodies or people that are the topic of its sentence."""
    args: list[Arg] = [*clause.args, *clause.inherited, *((clause.topic,) if clause.topic else ())]
    return next(
        (
            tuple(m for m in a.mentions if schema().is_a(m.kind, "Agent"))
            for a in args
            if a.particle in SUBJECT | TOPIC and a.head is not None and schema().is_a(a.head.kind, "Agent")
        ),
        (),
    )
