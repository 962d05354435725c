"""What the endings of a clause say of time: told as past, told as to come, or left open."""

from __future__ import annotations

from kg.knowledge.signs import endings, signs
from kg.syntax.arguments import Clause

PAST, FUTURE, OPEN = "past", "future", "open"


def unsaid(clause: Clause) -> bool:
    """Whether the ending of a clause makes it a condition, a purpose or a question."""
    return clause.predicate.connective in endings().unsaid


def tense_of(clause: Clause) -> str:
    """``past`` for what is told as past, ``future`` for what is to come, ``open`` where the words leave it open."""
    predicate = clause.predicate
    form = predicate.connective
    if unsaid(clause) or signs().modal & set(predicate.auxiliaries) or predicate.kind != "PRED" or predicate.ending == "nominal":
        return OPEN
    if predicate.planned:
        return OPEN if predicate.past and "기로" not in predicate.auxiliaries or form == "던" else FUTURE
    if predicate.ending == "adnominal":
        if form in ("ᆫ", "은") or predicate.past:
            return PAST
        return FUTURE if form == "는" and any(a.phrase.kind == "TIME" for a in clause.args) else OPEN
    if predicate.ending == "reported" and form in endings().proposed:
        return OPEN
    if predicate.past:
        return PAST
    if predicate.ending in ("connective", "final") and form in ("어", "아", "여") and clause.next is None:
        return PAST  # a headline: ‘○○ 대회’ 성황리에 마쳐
    return FUTURE if predicate.ending != "connective" and form.endswith(("다", "다고", "다며", "ᆸ니다", "습니다")) else OPEN
