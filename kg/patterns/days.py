"""The day that a clause gives its predicate: 3월 8일 개최했다, 3월 8일과 15일 두 차례 개최한다."""

from __future__ import annotations

from collections.abc import Collection

from kg.knowledge.signs import signs
from kg.syntax.arguments import Arg, Clause


def day_of(clause: Clause, particles: Collection[str]) -> Arg | None:
    """The argument nearest to the predicate that says a day with one of some particles (else any but 까지); of several joined days the first."""
    found: Arg | None = None
    for arg in reversed(clause.args):
        if found is not None and not _beside(arg, found):
            break
        if found is None and clause.predicate.ending == "adnominal" and _within_month(arg):
            return None  # 2월 27일 … [7월 부산에서 개최되는] 총회의 준비를 논의했다: the day is that of the clause around it
        if arg.particle not in particles if particles else arg.particle == "까지":
            continue  # 까지 alone is an end
        if says_day(arg):
            found = arg
    return found


def _beside(arg: Arg, other: Arg) -> bool:
    """Whether a time is one of several with another: 3월 8일과 15일, 3월 8일, 15일."""
    joined = arg.particle in ("과", "와", "및") or arg.phrase.comma and other.index - arg.index <= 2 and says_day(arg)
    return arg.phrase.kind == "TIME" and joined


def _within_month(arg: Arg) -> bool:
    """Whether an argument says a month without its day."""
    value = arg.phrase.value
    return (
        arg.phrase.kind == "TIME"
        and value is not None
        and value.date is not None
        and bool(value.date.month)
        and not value.date.day
    )


def says_day(arg: Arg) -> bool:
    """Whether an argument is a whole day, by its date or by a word (오늘)."""
    value = arg.phrase.value
    return (
        arg.phrase.kind == "TIME"
        and value is not None
        and value.kind == "date"
        and (value.hint in signs().named_days or value.date is not None and value.date.day is not None)
    )
