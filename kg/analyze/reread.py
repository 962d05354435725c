"""What a text is read with once more when the model of names has named something in it: tags, known bodies, people."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.analyze.names.people import Anchored, is_organization
from kg.analyze.votes import RULE
from kg.knowledge.load import Knowledge
from kg.model import Mention

if TYPE_CHECKING:
    from kg.analyze.names.known import Known
    from kg.analyze.tokens import Tokens


def renamed(tokens: Tokens, names: Iterable[Mention]) -> tuple[Tokens, frozenset[int]]:
    """Tokens whose tags say that the model's names are proper, and which of them changed."""
    tags, changed = list(tokens.tags), set()
    for name in names:
        for i in range(bisect_left(tokens.starts, name.start), bisect_left(tokens.starts, name.end)):
            if not tags[i].startswith(("NN", "SL", "SH", "SN", "UN", "XSN", "XPN", "S")):
                tags[i] = "NNP"
                changed.add(i)
    if not changed:
        return tokens, frozenset()
    return replace(tokens, tags=tags, eojeols={}), frozenset(changed)


def with_proposed(names: Iterable[Mention], tokens: Tokens, known: Known, knowledge: Knowledge) -> tuple[Known, Knowledge]:
    """What is known of names, and what the model names in a text besides: bodies by their first token, words that name people."""
    names = list(names)
    bodies = {bisect_left(tokens.starts, m.start): (bisect_left(tokens.ends, m.end), m) for m in names if is_organization(m)}
    people = frozenset(m.name for m in names if m.kind == "Person" and " " not in m.name)
    if people:
        knowledge = replace(knowledge, surnames=replace(knowledge.surnames, named=people))
    return {**known, **bodies}, knowledge


def standing(mentions: Iterable[Mention], anchored: Iterable[Anchored]) -> list[Mention]:
    """Mentions without the bodies that the model is not sure enough of and that no person stands beside."""
    beside = {(m.start, m.end) for a in anchored for m in (a.body, a.unit) if m is not None}
    return [m for m in mentions if m.rule != RULE or m.certain or not is_organization(m) or (m.start, m.end) in beside]
