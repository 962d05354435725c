"""The factuality of every claim: asserted, planned, reported, doubted, postponed, cancelled or denied, by the scopes that it stands in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.analyze.reading import Reading
from kg.decide.called_off import CALLED_OFF
from kg.decide.scope import Scope
from kg.decide.scopes import scopes
from kg.knowledge.factuality import Factuality
from kg.knowledge.signs import endings
from kg.model import FACTUALITY, Candidate

if TYPE_CHECKING:
    from kg.knowledge.load import Knowledge

_NEAR = 128  # characters of a place: a candidate looks at the scopes of its own


def factuality_by_scope(candidates: Sequence[Candidate], reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Every candidate with what the text makes of it; nothing is left out.

    A candidate is judged where its words end, which in Korean is its verb: the topic before them may belong to who tells of it
    (○○시는 [포럼을 개최했다는] 보도는 사실이 아니라고 밝혔다).
    """
    cues, lines = knowledge.factuality, [0, *(m.end() for m in re.finditer("\n", reading.tokens.text))]
    around: dict[tuple[int, int], list[Scope]] = defaultdict(list)  # by line, since no scope goes beyond its own, and place
    for scope in scopes(reading, cues):
        line = bisect_right(lines, scope.start)
        for place in range(scope.start // _NEAR, scope.end // _NEAR + 1):
            around[line, place].append(scope)
    for candidate in candidates:
        near = around.get((bisect_right(lines, candidate.end - 1), candidate.end // _NEAR), ())
        yield _judged(candidate, near, cues, reading)


def _judged(claim: Candidate, around: Sequence[Scope], cues: Factuality, reading: Reading) -> Candidate:
    held = [scope for scope in around if _holds(scope, claim, cues, reading)]
    if not held or any(scope.category == "asserted" for scope in held):
        return claim
    scope = max(held, key=lambda s: (FACTUALITY.index(s.category), bool(s.source)))
    if FACTUALITY.index(scope.category) <= FACTUALITY.index(claim.status):
        return claim if claim.source or scope.category != claim.status else replace(claim, source=scope.source)
    source = scope.source or next((s.source for s in held if s.source), "")
    return replace(claim, status=scope.category, source=source)


def _holds(scope: Scope, claim: Candidate, cues: Factuality, reading: Reading) -> bool:
    """Whether a claim stands in a scope."""
    if claim.relation == "status" and claim.object in CALLED_OFF and scope.cue in ("negated-verb", "refuted-next"):
        return False  # 열지 않기로 했다 is what calls it off
    if not scope.start < claim.end <= scope.end:
        return False
    if scope.exact:
        return claim.end > scope.verb and claim.relation != "said"
    if scope.cue == "quotation":
        return claim.start >= scope.start and claim.relation != "said" and _told(claim, reading)
    if scope.all or scope.cue in ("according", "refuted-next") or claim.end > scope.verb:
        return True
    return claim.relation not in cues.standing and not _setting(claim, reading)


def _setting(claim: Candidate, reading: Reading) -> bool:
    """Whether a claim is about a meeting at which something did or did not take place: 제3차 회의에서 [발언한 적이 없다]."""
    sentence = reading.sentence_of(claim.end - 1)
    at = (
        next(
            (
                p
                for p in sentence.phrases
                if p.kind == "NP" and reading.tokens.starts[p.first] < claim.end <= reading.tokens.ends[p.last]
            ),
            None,
        )
        if sentence
        else None
    )
    return at is not None and at.particle in endings().settings


def _told(claim: Candidate, reading: Reading) -> bool:
    """Whether the words of a claim hold a verb; what a name in speech only takes for granted (○○ 간 업무협약에 따라) is nobody's report."""
    tokens = reading.tokens
    first = bisect_left(tokens.starts, claim.start)
    return any(
        morph.tag in ("EF", "EC") for i in range(first, bisect_left(tokens.starts, claim.end)) for morph in tokens.morphs[i]
    )
