"""Cases that are shown at an event: ○○의 사례가 소개됐다, 사례 발표에서는 ○○시의 ‘X’; and which of the cases that frames find were shown at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.analyze.reading import Reading, SentenceReading
from kg.syntax.arguments import SUBJECT, TOPIC, Arg, Clause
from kg.extract.titles import bare_quote, happens, here, is_talk, quoted_titles, stage_of
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention
from kg.knowledge.schema import schema

_NEAR = 2  # sentences back in which an occasion was named


def extract_cases(
    reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], knowledge: Knowledge
) -> Iterator[Candidate]:
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


def _shown_cases(reading: Reading, sentence: SentenceReading, clause: Clause, knowledge: Knowledge) -> Iterator[Candidate]:
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


def _owned(reading: Reading, sentence: SentenceReading, clause: Clause, arg: Arg, stage: Mention) -> Iterator[Candidate]:
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
        yield Candidate(relation="presented", subject=owner, object=case, rule="case.shown", **where)
        yield Candidate(relation="presentedAt", subject=case, object=stage, rule="case.shown.here", **where)


def _listed_cases(
    reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], knowledge: Knowledge
) -> Iterator[Candidate]:
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
                yield Candidate(relation="presented", subject=owners[-1], object=case, rule="case.listed", **where)
                yield Candidate(
                    relation="presentedAt",
                    subject=case,
                    object=here(title.start - 1),
                    rule="case.listed.here",
                    **where,
                )


def occasion_near(reading: Reading, offset: int, back: int = _NEAR) -> Mention | None:
    """The event that was named last in the sentence around an offset or in those right before."""
    index = reading.sentence_index(offset)
    if index is None:
        return None
    low, high = reading.sentences[max(0, index - back)].start, reading.sentences[index].end
    return next((m for m in reversed(reading.mentions_in(low, high)) if schema().is_a(m.kind, "Event")), None)
