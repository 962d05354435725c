"""The factuality of every claim: asserted, planned, reported, doubted, postponed, cancelled or denied, by the scopes that it stands in."""
from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.analyze.reading import Reading
from kg.decide.called_off import CALLED_OFF, with_called_off
from kg.decide.scopes import Scope, scopes
from kg.knowledge.factuality import Factuality
from kg.knowledge.lexicon import Outcomes
from kg.model import FACTUALITY, Claim


_SETTING = frozenset({"에서", "에서는", "에서도", "에", "에는", "에도", "의"})


def judged(claims: Iterable[Claim], reading: Reading, cues: Factuality, outcomes: Outcomes) -> list[Claim]:
    """Claims with what the text makes of them; nothing is left out.

    A claim is judged where its words end, which in Korean is its verb: the topic before them may belong to who tells of it
    (순천시는 [포럼을 개최했다는] 보도는 사실이 아니라고 밝혔다).
    """
    around = scopes(reading, cues)
    return [_judged(claim, around, cues, reading) for claim in with_called_off(claims, reading, outcomes, cues.happening)]


def _judged(claim: Claim, around: Sequence[Scope], cues: Factuality, reading: Reading) -> Claim:
    held = [scope for scope in around if _holds(scope, claim, cues, reading)]
    if not held or any(scope.category == "asserted" for scope in held):
        return claim
    scope = max(held, key=lambda s: (FACTUALITY.index(s.category), bool(s.source)))
    if FACTUALITY.index(scope.category) <= FACTUALITY.index(claim.status):
        return claim if claim.source or scope.category != claim.status else replace(claim, source=scope.source)
    source = scope.source or next((s.source for s in held if s.source), "")
    return replace(claim, status=scope.category, source=source)


def _holds(scope: Scope, claim: Claim, cues: Factuality, reading: Reading) -> bool:
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


def _setting(claim: Claim, reading: Reading) -> bool:
    """Whether a claim is about a meeting at which something did or did not take place: 제3차 회의에서 [발언한 적이 없다]."""
    sentence = next((s for s in reading.sentences if s.start <= claim.end - 1 < s.end), None)
    at = next((p for p in sentence.phrases if p.kind == "NP" and reading.tokens.starts[p.first] < claim.end <= reading.tokens.ends[p.last]), None) if sentence else None
    return at is not None and at.particle in _SETTING


def _told(claim: Claim, reading: Reading) -> bool:
    """Whether the words of a claim hold a verb; what a name in speech only takes for granted (○○ 간 업무협약에 따라) is nobody's report."""
    tokens = reading.tokens
    first = bisect_left(tokens.starts, claim.start)
    return any(morph.tag in ("EF", "EC") for i in range(first, bisect_left(tokens.starts, claim.end)) for morph in tokens.morphs[i])
