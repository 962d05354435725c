"""Cases that are shown at an event: ○○의 사례가 소개됐다, 사례 발표에서는 ○○시의 ‘X’; and which of the cases that frames find were shown at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.analyze.reading import Reading, SentenceReading
from kg.syntax.arguments import SUBJECT, TOPIC, Arg, Clause
from kg.extract.titles import bare_quote, happens, here, is_talk, quoted_titles, stage_of
from kg.knowledge.load import Knowledge
from kg.model import Claim, Mention
from kg.knowledge.schema import schema

_NEAR = 2  # sentences back in which an occasion was named


def extract_cases(
    reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], knowledge: Knowledge
) -> Iterator[Claim]:
    """Claims of presented and presentedAt for cases that no frame tells of."""
    for clause in clauses:
        if happens(clause.predicate):
            yield from _shown_cases(reading, sentence, clause, knowledge)
    yield from _listed_cases(reading, sentence, clauses, knowledge)


def acting(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Mentions that can act; a city or province that shows a case is its government."""
    is_a = schema().is_a
    found = (
        m if is_a(m.kind, "Agent") else replace(m, kind="LocalGovernment") if m.kind in ("City", "Region") and m.known else None
        for m in mentions
    )
    return tuple(m for m in found if m is not None)


def _shown_cases(reading: Reading, sentence: SentenceReading, clause: Clause, knowledge: Knowledge) -> Iterator[Claim]:
    """세미나에서는 ○○의 사례가 소개됐다: a case of somebody's own, shown at an event."""
    if clause.predicate.lemma not in knowledge.talks.shown:
        return
    for arg in clause.args:
        if arg.particle not in SUBJECT | TOPIC or arg.head is None or arg.head.kind != "Case" or not arg.head.certain:
            continue
        stage = stage_of(clause, arg.head.start)
        if not (stage.name or occasion_near(reading, arg.head.start)):
            continue
        yield from _owned(reading, sentence, clause, arg, stage)


def _owned(reading: Reading, sentence: SentenceReading, clause: Clause, arg: Arg, stage: Mention) -> Iterator[Claim]:
    for owner in (m for o in arg.owners for m in acting(o.mentions)):
        case = arg.head
        if case.name == reading.tokens.text[case.start : case.end]:  # named with its owner, where it has no title of its own
            case = (
                replace(
                    case, start=owner.start, name=" ".join(reading.tokens.text[owner.start : case.end].split()), rule="owned-case"
                )
                if len(arg.owners) == 1 and len(arg.owners[0].mentions) == 1
                else replace(case, start=owner.start, name=f"{owner.name}의 {case.name}", rule="shared-case")
            )
        where = dict(
            start=owner.start,
            end=reading.tokens.ends[clause.predicate.last],
            sentence=(sentence.start, sentence.end),
            status="planned" if clause.predicate.planned else "asserted",
        )
        yield Claim(relation="presented", subject=owner, object=case, rule="case.shown", confidence=0.75, **where)
        yield Claim(relation="presentedAt", subject=case, object=stage, rule="case.shown.here", confidence=0.75, **where)


def _listed_cases(
    reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], knowledge: Knowledge
) -> Iterator[Claim]:
    """사례 발표에서는 ○○시의 ‘X’, ○○군의 ‘Y’가 …: titles with owners where cases are presented."""
    phrases = sentence.phrases
    opening = next(
        (
            i
            for i, p in enumerate(phrases)
            if i
            and is_talk(reading, p, knowledge)
            and p.particle.startswith("에서")
            and any(m.kind == "Case" for m in sentence.heads[i - 1])
        ),
        None,
    )
    clause = clauses[-1] if clauses else None
    if opening is None or clause is None or not happens(clause.predicate):
        return
    for i in range(opening + 1, len(phrases) - 1):
        if (
            phrases[i].kind == "NP"
            and phrases[i].particle == "의"
            and bare_quote(phrases[i + 1])
            and (owners := acting(sentence.heads[i]))
        ):
            for title in quoted_titles(reading, phrases[i + 1]):
                case = replace(title.talk(), kind="Case")
                where = dict(start=owners[0].start, end=title.end, sentence=(sentence.start, sentence.end))
                yield Claim(relation="presented", subject=owners[-1], object=case, rule="case.listed", confidence=0.8, **where)
                yield Claim(
                    relation="presentedAt",
                    subject=case,
                    object=here(title.start - 1),
                    rule="case.listed.here",
                    confidence=0.75,
                    **where,
                )


_AIM = re.compile(r"[^.]{0,60}(?:고자|기 위해|기 위한|기위해)\s")
_STAGE = re.compile(r"\s*[’”」』》]?\s?(?:\([^()]*\))?(?:에서|에는|에서는)")


def occasion_near(reading: Reading, offset: int, back: int = _NEAR) -> Mention | None:
    """The event that was named last in the sentence around an offset or in those right before."""
    index = next((i for i, s in enumerate(reading.sentences) if s.start <= offset < s.end), None)
    if index is None:
        return None
    low, high = reading.sentences[max(0, index - back)].start, reading.sentences[index].end
    return next((m for m in reversed(reading.mentions) if low <= m.start < high and schema().is_a(m.kind, "Event")), None)


def cases_shown(claims: Sequence[Claim], reading: Reading, knowledge: Knowledge) -> Iterator[Claim]:
    """The claims without cases that nobody presented anywhere (a ministry announces a plan), and where the others were shown."""
    titled = {
        (c.subject, c.sentence)
        for c in claims
        if c.relation == "presented" and isinstance(c.object, Mention) and c.object.kind == "Presentation"
    }
    for claim in claims:
        case = claim.object
        if (
            claim.relation != "presented"
            or not isinstance(case, Mention)
            or case.kind != "Case"
            or not claim.rule.startswith("presented.")
        ):
            yield claim
            continue
        if (
            claim.status == "denied"
            or not _shown(claim, case, reading, knowledge)
            or not case.certain
            and (claim.subject, claim.sentence) in titled
        ):
            continue
        yield claim
        yield Claim(
            relation="presentedAt",
            subject=case,
            object=here(claim.start),
            rule="case.here",
            start=claim.start,
            end=claim.end,
            sentence=claim.sentence,
            status=claim.status,
            confidence=0.75,
        )


def _shown(claim: Claim, case: Mention, reading: Reading, knowledge: Knowledge) -> bool:
    """Whether a case was shown to an audience: an event is near; 동향, 방안 and the like need a person or an event of their own."""
    words = case.name.split()
    if len(words) > 1 and words[-2] in knowledge.talks.found or words[-1].removesuffix("사례") in knowledge.talks.found:
        return False
    low, high = claim.sentence
    stage = any(
        low <= m.start < high and schema().is_a(m.kind, "Event") and _STAGE.match(reading.tokens.text, m.end)
        for m in reading.mentions
    )
    certain = case.certain if case.rule == "case-title" else any(words[-1].endswith(noun) for noun in knowledge.cases.strong)
    if _AIM.match(reading.tokens.text, claim.end, high):
        return False
    if claim.rule == "presented.introduced":  # 소개, 공유: also done on a page
        here_ = any(low <= m.start < high and schema().is_a(m.kind, "Event") for m in reading.mentions)
        return certain and (stage or here_ or claim.end <= case.end + 4 and occasion_near(reading, claim.start) is not None)
    if certain:
        return True
    return (
        stage
        or claim.subject.kind == "Person"
        and occasion_near(reading, claim.start) is not None
        and not case.start > claim.end - 1
        and reading.tokens.text[claim.subject.end : case.start].count("발표한") == 0
    )
