"""What the endings of a clause say of time: told as past, told as to come, or left open."""

from __future__ import annotations

from kg.syntax.arguments import Clause

# Endings of conditions, purposes and questions: nothing is told as past or to come.
_UNSAID = frozenset(
    "면 으면 려면 으려면 어야 아야 도록 게 려고 으려고 고자 려 ᆯ지 을지 ᆫ지 는지 은지 지만 거나 든지 듯이 자마자".split()
)
_MODAL = frozenset({"수", "바", "있", "싶", "보", "오", "나가"})
_PROPOSED = frozenset({"자고", "라고", "으라고"})
PAST, FUTURE, OPEN = "past", "future", "open"


def unsaid(clause: Clause) -> bool:
    """Whether the ending of a clause makes it a condition, a purpose or a question."""
    return clause.predicate.connective in _UNSAID


def tense_of(clause: Clause) -> str:
    """``past`` for what is told as past, ``future`` for what is to come, ``open`` where the words leave it open."""
    predicate = clause.predicate
    form = predicate.connective
    if unsaid(clause) or _MODAL & set(predicate.auxiliaries) or predicate.kind != "PRED" or predicate.ending == "nominal":
        return OPEN
    if predicate.planned:
        return OPEN if predicate.past and "기로" not in predicate.auxiliaries or form == "던" else FUTURE
    if predicate.ending == "adnominal":
        if form in ("ᆫ", "은") or predicate.past:
            return PAST
        return FUTURE if form == "는" and any(a.phrase.kind == "TIME" for a in clause.args) else OPEN
    if predicate.ending == "reported" and form in _PROPOSED:
        return OPEN
    if predicate.past:
        return PAST
    if predicate.ending in ("connective", "final") and form in ("어", "아", "여") and clause.next is None:
        return PAST  # a headline: ‘○○ 대회’ 성황리에 마쳐
    return FUTURE if predicate.ending != "connective" and form.endswith(("다", "다고", "다며", "ᆸ니다", "습니다")) else OPEN
