"""The model of employers: which words beside a person name the body that the person belongs to, where no rule has said it.

It has learned from the annotated articles what of a slot (``kg.analyze.slots``) is a body. It lies in ``data/models/employers``;
without that folder everything else works, and a notice says so. Weights are whole numbers, so that sums are the same on every machine.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.analyze.names.people import Anchored, is_organization
from kg.analyze.names.words import no_body, organization_suffix
from kg.analyze.slots import Slot, noted, slots
from kg.knowledge.load import Knowledge
from kg.knowledge.resources import resource
from kg.knowledge.schema import schema
from kg.knowledge.weights import read_meta, read_weights, total
from kg.model import FoundBy, Mention

if TYPE_CHECKING:
    from kg.analyze.ner import Name
    from kg.analyze.tokens import Tokens

FOLDER = ("data", "models", "employers")
RULE: FoundBy = "slot"
_WORD = 12  # characters before a slot in which a word is looked for
_KEYS = frozenset({"format", "bias", "accept"})


@dataclass(frozen=True, slots=True)
class Employers:
    """What each trait adds to the score of a slot, and the score from which on it names a body.

    >>> Employers({"note|kind=-": 500, "note|age=True": 900}, -300, 1000).score(("note|kind=-", "note|age=True", "note|n=1"))
    1100
    """

    weights: Mapping[str, int]
    bias: int
    accept: int

    def score(self, traits: Sequence[str]) -> int:
        """The score of a slot, in thousandths."""
        return total(self.weights, traits, self.bias)


def load(folder: Path) -> Employers:
    """The model in a folder; raises KnowledgeError for what is none."""
    meta = read_meta(folder / "meta.json", _KEYS)
    return Employers(read_weights(folder / "weights.tsv"), meta["bias"], meta["accept"])


@lru_cache(maxsize=1)
def load_employers() -> Employers | None:
    """The shipped model; None, with a notice, where it is not there."""
    folder = resource(*FOLDER)
    if not (folder / "meta.json").is_file():
        warnings.warn(f"{folder} is not there: no body is found by its place beside a person alone", stacklevel=2)
        return None
    return load(folder)


def employed(
    tokens: Tokens,
    mentions: Sequence[Mention],
    anchored: Sequence[Anchored],
    names: Sequence[Name],
    knowledge: Knowledge,
) -> list[Anchored]:
    """People who have no body by the rules, with the body that the model sees beside them; ``names`` are what the model of names said.

    Who left an office has none for it.
    """
    model = load_employers()
    if model is None:
        return []
    by_name = {(a.person.start, a.person.end): a for a in anchored}
    standing: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        for at in range(mention.start, mention.end):
            standing[at].append(mention)
    found = []
    for person in (*alone(mentions, by_name), *noted(tokens, mentions, knowledge)):
        scored = ((model.score(slot.traits), -slot.start, slot) for slot in slots(person, tokens, names, knowledge))
        score, _, slot = max(scored, default=(model.accept - 1, 0, None), key=lambda row: row[:2])
        body = _body(slot, tokens, standing, knowledge) if slot is not None and score >= model.accept else None
        if body is not None:
            found.append(_with_body(by_name.get((person.start, person.end)), person, body, knowledge))
    return found


def with_employers(
    mentions: Sequence[Mention], anchored: Sequence[Anchored], found: Sequence[Anchored]
) -> tuple[list[Mention], list[Anchored]]:
    """Mentions and people of a text with those that ``employed`` has found: their bodies stand in place of what stood there."""
    told = {(a.person.start, a.person.end): a for a in found}
    bodies = {(a.body.start, a.body.end): a.body for a in found if a.body is not None}
    stay = [m for m in mentions if (m.start, m.end) not in bodies]
    stay += [a.person for a in found if a.person.rule == RULE]
    rest = [a for a in anchored if (a.person.start, a.person.end) not in told]
    return [*stay, *bodies.values()], [*rest, *found]


def people(mentions: Iterable[Mention], anchored: Mapping[tuple[int, int], Anchored]) -> list[Mention]:
    """The people of a text, by full names and each place once, with their titles."""
    found: dict[tuple[int, int], Mention] = {}
    for mention in mentions:
        if mention.kind == "Person" and mention.rule not in ("surname", "named-before"):
            known = anchored.get((mention.start, mention.end))
            found.setdefault((mention.start, mention.end), known.person if known else mention)
    return list(found.values())


def alone(mentions: Iterable[Mention], anchored: Mapping[tuple[int, int], Anchored]) -> list[Mention]:
    """The people of whom no rule has said a body."""
    told = {place for place, a in anchored.items() if a.body is not None or a.former}
    return [p for p in people(mentions, anchored) if (p.start, p.end) not in told]


def _body(slot: Slot, tokens: Tokens, standing: Mapping[int, Sequence[Mention]], knowledge: Knowledge) -> Mention | None:
    """The body that a slot names: the mention of the rules where they have one there, else a new one; None where a longer name stands there.

    ``standing`` are the mentions over each character.
    """
    name = tokens.text[slot.start : slot.end]
    organizations = knowledge.organizations
    if name.split()[-1] in knowledge.names.barriers or no_body(name.split()[-1], knowledge):
        return None  # 범정부 추진단장, 이주시민 ○○○ 작가
    if tokens.text[max(slot.start - _WORD, 0) : slot.start].rstrip().rpartition(" ")[2] in knowledge.titles.former:
        return None  # 전 ○○당 대표
    over = [m for at in range(slot.start, slot.end) for m in standing.get(at, ())]
    if any(m.kind == "Person" for m in over):
        return None
    if any(m.start <= slot.start and slot.end <= m.end and (m.start, m.end) != (slot.start, slot.end) for m in over):
        return None
    same = next((m for m in over if (m.start, m.end) == (slot.start, slot.end)), None)
    if same is not None and is_organization(same):
        return same
    entry = next((e for e in knowledge.gazetteer.by_name(name) if schema().is_a(e.cls, "Organization")), None)
    if entry is not None:
        sure = name not in entry.weak_forms and name not in entry.ambiguous
        return Mention(
            start=slot.start,
            end=slot.end,
            kind=entry.cls,
            name=name,
            rule="gazetteer",
            known=entry.name if sure else None,
            certain=sure,
        )
    suffix = organization_suffix(name, knowledge)
    kind = organizations.suffixes[suffix] if suffix and len(name) > len(suffix) else "Organization"
    return Mention(start=slot.start, end=slot.end, kind=kind, name=name, rule=RULE, certain=False)


def _with_body(known: Anchored | None, person: Mention, body: Mention, knowledge: Knowledge) -> Anchored:
    low, high = min(person.start, body.start), max(person.end, body.end)
    if known is None:
        return Anchored(person, body, None, False, False, low, high)
    leads = known.unit is None and person.title in knowledge.titles.heads - knowledge.titles.unit_heads
    return replace(known, body=body, leads=leads, start=min(low, known.start), end=max(high, known.end))
