"""Talks without the word 주제: ‘X’를 발표했다, ‘X’ 특강을 진행했다, ○○○ 교수의 ‘X’에 관한 발제, ○○○가 발표한 ‘X’, ‘X’(○○○)가 소개됐다; and cases."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.agenda import extract_agendas
from kg.extract.clauses import SUBJECT, TOPIC, Arg, Clause
from kg.extract.theme_lines import extract_stated_themes
from kg.extract.themes import extract_themes, themes_in
from kg.extract.titles import Title, bare_quote, doers, given, happens, here, is_talk, quoted_titles, speakers_in, stage_of
from kg.knowledge import Knowledge
from kg.model import Claim, Mention
from kg.schema import schema

_ABOUT = ("대하다", "관하다", "관련하다")
_NEAR = 2  # sentences back in which an occasion was named


def extract_talks(reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge) -> Iterator[Claim]:
    """Claims of topic, presented and presentedAt."""
    before = False  # whether the sentence before speaks of talks
    for sentence, found in clauses:
        yield from extract_themes(reading, sentence, found, knowledge)
        used = {i for theme in themes_in(reading, sentence, knowledge) for i in range(theme.first, theme.index + 1)}
        speaks = any(is_talk(reading, p, knowledge) or p.kind == "PRED" and p.lemma in knowledge.verbs["talk"].active
                     for p in sentence.phrases) or _signed(reading, sentence, knowledge)
        for clause in found:
            if happens(clause.predicate):
                yield from _objects(reading, sentence, clause, used, speaks or before, knowledge)
                yield from _lit(reading, sentence, clause, used, knowledge)
                yield from _passive(reading, sentence, clause, knowledge)
                yield from _shown_cases(reading, sentence, clause, knowledge)
        yield from _possessed(reading, sentence, found, used, knowledge)
        yield from _named_talks(reading, sentence, found, used, knowledge)
        if speaks:
            yield from _noted(reading, sentence, found, used)
        yield from _listed_cases(reading, sentence, found, knowledge)
        before = speaks
    yield from extract_stated_themes(reading, knowledge)
    yield from extract_agendas(reading, knowledge)


def _objects(reading: Reading, sentence: SentenceReading, clause: Clause, used: set[int], speaks: bool, knowledge: Knowledge) -> Iterator[Claim]:
    """○○○ 교수가 ‘X’를 발표했다, ‘X’를 강연한 ○○○, ○○○이 발표한 ‘X’, ‘X’에 대해 발표했다."""
    lemma, predicate = clause.predicate.lemma, clause.predicate
    talk = knowledge.verbs["talk"].active
    if lemma not in talk and not (lemma in knowledge.talks.look and speaks):
        return
    people = doers(reading, clause)
    objects = [a.phrase for a in clause.args if a.particle in ("을", "를") and a.index not in used and bare_quote(a.phrase)]
    if predicate.ending == "adnominal" and clause.head is not None and not people and objects:
        people = speakers_in(reading, clause.head)
    elif predicate.ending == "adnominal" and clause.head is not None and people and not objects and bare_quote(clause.head.phrase) and lemma in talk:
        objects = [clause.head.phrase]
    if not objects and lemma in talk:
        objects = _about(sentence, clause, used)
    for phrase in objects:
        for title in quoted_titles(reading, phrase):
            if len(title.name) < 3 or (lemma == "발표하다" or lemma not in talk and not _signed(reading, sentence, knowledge)) and _is_paper(title, knowledge):
                continue
            speakers = title.speakers or people
            if speakers:
                yield from given(title, speakers, stage_of(clause, title.start), "talk.title", predicate, reading, sentence)


def _signed(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> bool:
    """Whether a word of the sentence tells that talks are spoken of (키노트, 세션, 연사)."""
    return any(p.kind == "NP" and any(reading.tokens.words[t] in knowledge.talks.signs for t in p.tokens) for p in sentence.phrases)


def _is_paper(title: Title, knowledge: Knowledge) -> bool:
    """Whether a title is that of something published (‘…’ 종합대책, ‘… 정책방향’)."""
    last = title.name.split()[-1]
    return any(last.endswith(paper) for paper in knowledge.talks.papers if len(paper) > 1)


def _about(sentence: SentenceReading, clause: Clause, used: set[int]) -> list:
    """The quoted title in ‘X’에 대해 before a clause's predicate."""
    phrases = sentence.phrases
    for i in range(clause.index - 1, 0, -1):
        if phrases[i].kind == "PRED":
            if phrases[i].lemma in _ABOUT and phrases[i].ending == "connective" and i - 1 not in used and phrases[i - 1].particle == "에" and bare_quote(phrases[i - 1]):
                return [phrases[i - 1]]
            return []
    return []


def _lit(reading: Reading, sentence: SentenceReading, clause: Clause, used: set[int], knowledge: Knowledge) -> Iterator[Claim]:
    """이번 포럼은 ‘X’를 집중 조명한다: the quoted theme of an event."""
    event = next((a.head for a in clause.args if a.particle in TOPIC and a.head is not None and schema().is_a(a.head.kind, "Event")), None)
    if event is None or clause.predicate.lemma not in knowledge.talks.treat:
        return
    for arg in clause.args:
        if arg.particle in ("을", "를") and arg.index not in used and bare_quote(arg.phrase):
            for title in quoted_titles(reading, arg.phrase):
                yield Claim(relation="topic", subject=event, object=title.theme(), rule="theme.treated", start=min(event.start, title.start),
                            end=reading.tokens.ends[clause.predicate.last], sentence=(sentence.start, sentence.end), confidence=0.75,
                            status="planned" if clause.predicate.planned else "asserted")


def _passive(reading: Reading, sentence: SentenceReading, clause: Clause, knowledge: Knowledge) -> Iterator[Claim]:
    """‘X’(○○○ 교수)가 발표됐다, ‘X’가 ○○○에 의해 소개됐다."""
    if clause.predicate.lemma not in knowledge.talks.shown:
        return
    by = [m for a in clause.args if a.particle == "에 의해" for m in a.mentions if m.kind == "Person"]
    for arg in clause.args:
        if arg.particle not in SUBJECT | TOPIC | {"등이", ""} or not arg.phrase.quoted:
            continue
        for title in quoted_titles(reading, arg.phrase):
            if speakers := title.speakers or tuple(by):
                yield from given(title, speakers, stage_of(clause, title.start), "talk.passive", clause.predicate, reading, sentence)


def _possessed(reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], used: set[int], knowledge: Knowledge) -> Iterator[Claim]:
    """○○○ 교수의 ‘X’ 발표, ○○○ 교수의 ‘X’에 관한 발제."""
    phrases = sentence.phrases
    for i in range(len(phrases) - 2):
        owner, titled = phrases[i], phrases[i + 1]
        people = tuple(m for m in sentence.heads[i] if m.kind == "Person") if owner.kind == "NP" and owner.particle == "의" else ()
        if not people or not titled.quoted or i + 1 in used:
            continue
        k = i + 2
        if titled.particle.startswith("에") and phrases[k].kind == "PRED" and phrases[k].lemma in _ABOUT or phrases[k].kind == "PRED" and phrases[k].lemma == "이다" \
                and phrases[k].ending == "adnominal":
            k += 1
        while k < len(phrases) and phrases[k].kind == "NP" and phrases[k].particle in ("", "의") and not is_talk(reading, phrases[k], knowledge) and k < i + 4:
            k += 1
        clause = next((c for c in clauses if c.index >= k), clauses[-1] if clauses else None)
        if k < len(phrases) and is_talk(reading, phrases[k], knowledge) and clause is not None and happens(clause.predicate):
            for title in quoted_titles(reading, titled):
                yield from given(title, people, stage_of(clause, title.start), "talk.possessed", clause.predicate, reading, sentence)


def _named_talks(reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], used: set[int], knowledge: Knowledge) -> Iterator[Claim]:
    """○○○ 셰프는 ‘X’ 특강을 진행했다, ○○○ 교수가 ‘X’에 대해 강연을 펼쳤다."""
    phrases = sentence.phrases
    for i, phrase in enumerate(phrases[:-1]):
        if not phrase.quoted or i in used or phrase.particle not in ("", "에") or phrase.kind != "NP" or not bare_quote(phrase):
            continue
        k = i + 1
        if phrase.particle == "에":
            if phrases[k].kind != "PRED" or phrases[k].lemma not in _ABOUT:
                continue
            k += 1
        if k >= len(phrases) or not is_talk(reading, phrases[k], knowledge) or phrases[k].particle not in ("을", "를", "에"):
            continue
        clause = next((c for c in clauses if c.index > k), None)
        if clause is None or clause.predicate.lemma not in knowledge.talks.give or not happens(clause.predicate):
            continue
        if people := doers(reading, clause):
            for title in quoted_titles(reading, phrase):
                yield from given(title, people, stage_of(clause, title.start), "talk.named", clause.predicate, reading, sentence)


def _noted(reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], used: set[int]) -> Iterator[Claim]:
    """‘X(○○○ 교수)’에 대한 기조연설, ‘X’(○○○ 교수) 등: titles with their speakers where a sentence speaks of talks."""
    for i, phrase in enumerate(sentence.phrases):
        if phrase.kind == "NP" and phrase.quoted and i not in used and not any(schema().is_a(m.kind, "Event") for m in sentence.heads[i]):
            clause = next((c for c in clauses if c.index > i), None)
            for title in quoted_titles(reading, phrase):
                if title.speakers and clause is not None and happens(clause.predicate) and all(p.title_span is None or p.title_span[0] > p.start for p in title.speakers):
                    yield from given(title, title.speakers, stage_of(clause, title.start), "talk.noted", clause.predicate, reading, sentence, 0.8)


def _agents(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Mentions that can act; a city or province that shows a case is its government."""
    is_a = schema().is_a
    found = (m if is_a(m.kind, "Agent") else replace(m, kind="LocalGovernment") if m.kind in ("City", "Region") and m.known else None for m in mentions)
    return tuple(m for m in found if m is not None)


def _shown_cases(reading: Reading, sentence: SentenceReading, clause: Clause, knowledge: Knowledge) -> Iterator[Claim]:
    """세미나에서는 ○○의 사례가 소개됐다: a case of somebody's own, shown at an event."""
    if clause.predicate.lemma not in knowledge.talks.shown:
        return
    for arg in clause.args:
        if arg.particle not in SUBJECT | TOPIC or arg.head is None or arg.head.kind != "Case" or not arg.head.certain:
            continue
        stage = stage_of(clause, arg.head.start)
        if not (stage.name or _occasion(reading, arg.head.start)):
            continue
        yield from _owned(reading, sentence, clause, arg, stage)


def _owned(reading: Reading, sentence: SentenceReading, clause: Clause, arg: Arg, stage: Mention) -> Iterator[Claim]:
    for owner in (m for o in arg.owners for m in _agents(o.mentions)):
        case = arg.head
        if case.name == reading.tokens.text[case.start:case.end]:  # named with its owner, where it has no title of its own
            case = replace(case, start=owner.start, name=" ".join(reading.tokens.text[owner.start:case.end].split()), rule="owned-case") \
                if len(arg.owners) == 1 and len(arg.owners[0].mentions) == 1 else replace(case, start=owner.start, name=f"{owner.name}의 {case.name}", rule="shared-case")
        where = dict(start=owner.start, end=reading.tokens.ends[clause.predicate.last], sentence=(sentence.start, sentence.end),
                     status="planned" if clause.predicate.planned else "asserted")
        yield Claim(relation="presented", subject=owner, object=case, rule="case.shown", confidence=0.75, **where)
        yield Claim(relation="presentedAt", subject=case, object=stage, rule="case.shown.here", confidence=0.75, **where)


def _listed_cases(reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], knowledge: Knowledge) -> Iterator[Claim]:
    """사례 발표에서는 ○○시의 ‘X’, ○○군의 ‘Y’가 …: titles with owners where cases are presented."""
    phrases = sentence.phrases
    opening = next((i for i, p in enumerate(phrases) if i and is_talk(reading, p, knowledge) and p.particle.startswith("에서")
                    and any(m.kind == "Case" for m in sentence.heads[i - 1])), None)
    clause = clauses[-1] if clauses else None
    if opening is None or clause is None or not happens(clause.predicate):
        return
    for i in range(opening + 1, len(phrases) - 1):
        if phrases[i].kind == "NP" and phrases[i].particle == "의" and bare_quote(phrases[i + 1]) and (owners := _agents(sentence.heads[i])):
            for title in quoted_titles(reading, phrases[i + 1]):
                case = replace(title.talk(), kind="Case")
                where = dict(start=owners[0].start, end=title.end, sentence=(sentence.start, sentence.end))
                yield Claim(relation="presented", subject=owners[-1], object=case, rule="case.listed", confidence=0.8, **where)
                yield Claim(relation="presentedAt", subject=case, object=here(title.start - 1), rule="case.listed.here", confidence=0.75, **where)


# -- cases that frames found

_AIM = re.compile(r"[^.]{0,60}(?:고자|기 위해|기 위한|기위해)\s")
_STAGE = re.compile(r"\s*[’”」』》]?\s?(?:\([^()]*\))?(?:에서|에는|에서는)")


def _occasion(reading: Reading, offset: int, back: int = _NEAR) -> Mention | None:
    """The event that was named last in the sentence around an offset or in those right before."""
    index = next((i for i, s in enumerate(reading.sentences) if s.start <= offset < s.end), None)
    if index is None:
        return None
    low, high = reading.sentences[max(0, index - back)].start, reading.sentences[index].end
    return next((m for m in reversed(reading.mentions) if low <= m.start < high and schema().is_a(m.kind, "Event")), None)


def cases_shown(claims: Sequence[Claim], reading: Reading, knowledge: Knowledge) -> Iterator[Claim]:
    """The claims without cases that nobody presented anywhere (a ministry announces a plan), and where the others were shown."""
    titled = {(c.subject, c.sentence) for c in claims if c.relation == "presented" and isinstance(c.object, Mention) and c.object.kind == "Presentation"}
    for claim in claims:
        case = claim.object
        if claim.relation != "presented" or not isinstance(case, Mention) or case.kind != "Case" or not claim.rule.startswith("presented."):
            yield claim
            continue
        if claim.status == "negated" or not _shown(claim, case, reading, knowledge) or not case.certain and (claim.subject, claim.sentence) in titled:
            continue
        yield claim
        yield Claim(relation="presentedAt", subject=case, object=here(claim.start), rule="case.here", start=claim.start, end=claim.end,
                    sentence=claim.sentence, status=claim.status, confidence=0.75)


def _shown(claim: Claim, case: Mention, reading: Reading, knowledge: Knowledge) -> bool:
    """Whether a case was shown to an audience: an event is near; 동향, 방안 and the like need a person or an event of their own."""
    words = case.name.split()
    if len(words) > 1 and words[-2] in knowledge.talks.found or words[-1].removesuffix("사례") in knowledge.talks.found:
        return False
    low, high = claim.sentence
    stage = any(low <= m.start < high and schema().is_a(m.kind, "Event") and _STAGE.match(reading.tokens.text, m.end) for m in reading.mentions)
    certain = case.certain if case.rule == "case-title" else any(words[-1].endswith(noun) for noun in knowledge.cases.strong)
    if _AIM.match(reading.tokens.text, claim.end, high):
        return False
    if claim.rule == "presented.introduced":  # 소개, 공유: also done on a page
        here_ = any(low <= m.start < high and schema().is_a(m.kind, "Event") for m in reading.mentions)
        return certain and (stage or here_ or claim.end <= case.end + 4 and _occasion(reading, claim.start) is not None)
    if certain:
        return True
    return stage or claim.subject.kind == "Person" and _occasion(reading, claim.start) is not None and not case.start > claim.end - 1 \
        and reading.tokens.text[claim.subject.end:case.start].count("발표한") == 0
