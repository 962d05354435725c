"""The named guards that patterns put up against a match; ``kg.knowledge.patterns.GUARDS`` says what each refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg.analyze.names.events import dates_before
from kg.knowledge.patterns import Pattern
from kg.knowledge.schema import schema
from kg.patterns.days import says_day
from kg.patterns.matches import Found, Pair, Row
from kg.patterns.membership import of_members


def refused(pattern: Pattern, found: Found | Row | Pair) -> bool:
    """Whether one of a pattern's guards stands against a match."""
    return any(FUNCTIONS[pattern.over][name](found) for name in pattern.unless)


def _membership(found: Found) -> bool:
    return of_members(found.sentence, found.clause, found.reading.tokens, found.knowledge)


def _nameless(found: Found) -> bool:
    """An event called by its noun alone that takes up no event with a name."""
    event = found.roles["event"]
    if event.name not in found.knowledge.events.nouns:
        return False
    ends = (event.name, event.name + "’ 참가자")
    return not any(name != event.name and name.strip("’”」』 ").endswith(ends) for name in found.reading.event_names)


def _habitual(found: Found) -> bool:
    """A sentence that says what happens every time."""
    every, surface = found.knowledge.outcomes.every, found.reading.tokens.surface
    for phrase in found.sentence.phrases:
        if phrase.kind == "ADV" and phrase.particle in every:
            return True
        if phrase.kind in ("ADV", "NP") and phrase.tokens and surface(phrase.tokens[0], phrase.tokens[-1]).split(" ")[0] in every:
            return True
    return False


def _ongoing(found: Found) -> bool:
    """What somebody holds all along or again and again (전문교육을 실시하고 있다, 해마다 설명회를 연다) and no event with a day, an ordinal or a title."""
    event, predicate = found.roles["object"], found.clause.predicate
    if (
        event.definite
        or any(c.isdigit() for c in event.name)
        or event.edition is not None
        or any(says_day(a) for a in found.clause.args)
    ):
        return False
    continuing = bool({"있", "오"} & set(predicate.auxiliaries)) and "수" not in predicate.auxiliaries
    noun = event.name.strip("‘’“”「」『』 ").split(" ")[-1]
    headed = any(
        m.name.strip("‘’“”「」『』 ").endswith(noun)
        for s in found.reading.sentences
        if s.sentence.role in ("title", "subtitle")
        for heads in s.heads
        for m in heads
        if schema().is_a(m.kind, "Event")
    )
    habitual = _habitual(found)
    return continuing and habitual or not headed and (continuing or habitual)


def _prepared(found: Found) -> bool:
    """An event that is only said to have been set up: 이번 포럼은 …위해 마련됐다."""
    return found.clause.predicate.lemma in found.knowledge.outcomes.prepared


def _dated(found: Row) -> bool:
    """The words of the event give a day of their own."""
    return bool(dates_before(found.sentence.phrases[found.places["event"]], found.reading.tokens, found.knowledge))


_BY_ENDING = frozenset({"suffix", "head-stem"})  # rules of names that the text itself makes units


def _unit(pair: Pair) -> bool:
    return pair.left.kind == "OrganizationalUnit"


def _not_known_within(pair: Pair) -> bool:
    gazetteer, left, right = pair.knowledge.gazetteer, pair.left, pair.right
    return not (left.known and right.known and right.known in gazetteer and gazetteer[right.known].within == left.known)


def _no_unit(pair: Pair) -> bool:
    right = pair.right
    if right.kind == "OrganizationalUnit":
        return right.rule not in _BY_ENDING
    named = right.rule in _BY_ENDING and right.certain and right.name.endswith(tuple(pair.knowledge.gaps.units))
    return not named or not _not_known_within(pair)


def _place_with_no_office(pair: Pair) -> bool:
    return pair.left.kind == "LocalGovernment" and not pair.right.name.endswith(tuple(pair.knowledge.gaps.offices))


def _doubtful(pair: Pair) -> bool:
    return not pair.right.certain and pair.right.kind != "OrganizationalUnit"


def _party(pair: Pair) -> bool:
    return pair.right.kind == "PoliticalParty"


FUNCTIONS: Mapping[str, Mapping[str, Callable[[Any], bool]]] = {
    "clause": {
        "membership": _membership,
        "nameless": _nameless,
        "habitual": _habitual,
        "prepared": _prepared,
        "ongoing": _ongoing,
    },
    "apposition": {},
    "line": {},
    "gap": {
        "unit": _unit,
        "no_unit": _no_unit,
        "not_known_within": _not_known_within,
        "place_with_no_office": _place_with_no_office,
        "doubtful": _doubtful,
        "party": _party,
    },
    "row": {"dated": _dated},
}
