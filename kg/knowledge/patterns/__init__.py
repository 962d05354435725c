"""Patterns: what a text looks like that states a relation, as blocks under ``data/patterns``, validated as they are loaded.

A block has an id, the view it is read over (``clause``, ``row``, ``line``, ``gap`` or ``apposition``), what it matches there, the named guards
that stand against it, what it emits, and sentences that must and must not give it. ``docs/patterns.md`` tells how to write one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KnowledgeError
from kg.knowledge.patterns.apposition import Match as AppositionMatch
from kg.knowledge.patterns.apposition import read as read_apposition
from kg.knowledge.patterns.check import agrees, property_of, strings
from kg.knowledge.patterns.clause import Match as ClauseMatch
from kg.knowledge.patterns.clause import read as read_clause
from kg.knowledge.patterns.gap import Match as GapMatch
from kg.knowledge.patterns.gap import read as read_gap
from kg.knowledge.patterns.lexicon import Lexicon
from kg.knowledge.patterns.line import Match as LineMatch
from kg.knowledge.patterns.line import read as read_line
from kg.knowledge.patterns.row import Match as RowMatch
from kg.knowledge.patterns.row import read as read_row
from kg.model import Flag

KEYS = ("id", "over", "match", "unless", "emit", "joint", "lead", "status", "flags", "example", "near_miss", "note")
VIEWS: Mapping[str, Callable[[Path, str, Mapping, Lexicon], Any]] = {
    "clause": read_clause,
    "apposition": read_apposition,
    "line": read_line,
    "row": read_row,
    "gap": read_gap,
}
# What may stand against a match, by view: who refuses it, and when. ``kg.patterns.guards`` has the functions.
GUARDS: Mapping[str, Mapping[str, str]] = {
    "clause": {
        "membership": "taking part is belonging to a body: 회원사로 참여하다, 12개국이 참여하는 협의체",
        "prepared": "an event that is only said to have been set up: 이번 포럼은 … 위해 마련됐다",
        "nameless": "an event called by its noun alone, where no event with a name ends like it: 교육을 했다",
        "ongoing": "what somebody holds all along or every time, and no event with a day, an ordinal or a title: 전문교육을 실시하고 있다",
        "habitual": "a sentence that tells what happens every time: 매년, 정기적으로",
    },
    "apposition": {},
    "line": {},
    "gap": {
        "unit": "the left body is itself only a unit",
        "no_unit": "nothing makes the right body a unit: neither how its name was found nor how it ends",
        "not_known_within": "the gazetteer does not say that the right body is within the left one",
        "place_with_no_office": "the left one is a city or province, and the right one no office of its government",
        "doubtful": "the right name may be no name of a body",
        "party": "the right body is a party, which is under no other: 국회 국방위원회 소속 나래당 의원",
    },
    "row": {"dated": "the words of the event give a day of their own: 18일 3월 정례회의에서"},
}
MOST_GUARDS = 3
# ``governing``: planned where the next verb behind the match is; ``matched``: where a verb of the match is.
STATUSES = ("asserted", "planned", "governing", "matched")
_EMIT = re.compile(r'(?P<subject>[a-z_]+) (?P<relation>\w+:\w+) (?:(?P<object>[a-z_]+)|"(?P<words>[^"]+)")')

Match = ClauseMatch | AppositionMatch | LineMatch | RowMatch | GapMatch


@dataclass(frozen=True, slots=True)
class Emission:
    """One statement that a match makes: a relation between two roles, or between a role and fixed words."""

    subject: str
    relation: str
    object: str | None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """One block. ``joint`` replaces the relation where several act together, ``lead`` where a title that leads a body is in the match; ``flags`` are what a decision has to know of what it
    proposes; ``source`` is the file it stands in."""

    id: str
    over: str
    match: Match
    unless: tuple[str, ...]
    emit: tuple[Emission, ...]
    joint: str | None
    lead: str | None
    status: str
    flags: tuple[Flag, ...]
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]
    source: str


class Patterns(tuple[Pattern, ...]):
    """All patterns; one value is one key, so that what is compiled from them is kept."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def load_patterns(folder: Path, lexicon: Lexicon) -> Patterns:
    """Every pattern of a file, or of every file of a folder, in order of file and place; raises KnowledgeError for what cannot be meant."""
    from kg.knowledge.toml import load_toml

    found: dict[str, Pattern] = {}
    for path in [folder] if folder.is_file() else sorted(folder.glob("*.toml")):
        for number, block in enumerate(load_toml(path, {"pattern": True})["pattern"], 1):
            pattern = _pattern(path, f"pattern {block.get('id', number)}", block, lexicon)
            if pattern.id in found:
                raise KnowledgeError(path, "id", pattern.id, why=f"stands already in {found[pattern.id].source}")
            found[pattern.id] = pattern
    return Patterns(found.values())


def _pattern(path: Path, where: str, block: Mapping, lexicon: Lexicon) -> Pattern:
    for key in block:
        if key not in KEYS:
            raise KnowledgeError(path, where, key, allowed=KEYS, why="is no key of a pattern")
    for key in ("id", "over", "match", "emit", "example", "near_miss"):
        if not block.get(key):
            raise KnowledgeError(path, where, key, why="is missing")
    over = block["over"]
    if over not in VIEWS:
        raise KnowledgeError(path, f"{where}.over", over, allowed=sorted(VIEWS))
    match = VIEWS[over](path, f"{where}.match", block["match"], lexicon)
    unless = strings(path, f"{where}.unless", block.get("unless", ()))
    for guard in unless:
        if guard not in GUARDS[over]:
            raise KnowledgeError(path, f"{where}.unless", guard, allowed=sorted(GUARDS[over]))
    if len(unless) > MOST_GUARDS:
        raise KnowledgeError(
            path, f"{where}.unless", list(unless), why=f"is more than {MOST_GUARDS} guards: that is a reader under kg/extract"
        )
    status = block.get("status", "asserted")
    if status not in STATUSES:
        raise KnowledgeError(path, f"{where}.status", status, allowed=STATUSES)
    emit = tuple(_emission(path, f"{where}.emit", text, match.kinds) for text in strings(path, f"{where}.emit", block["emit"]))
    return Pattern(
        id=block["id"], over=over, match=match, unless=unless, emit=emit,
        joint=property_of(path, f"{where}.joint", block["joint"]) if "joint" in block else None,
        lead=property_of(path, f"{where}.lead", block["lead"]) if "lead" in block else None, status=status,
        flags=_flags(path, f"{where}.flags", strings(path, f"{where}.flags", block.get("flags", ()))), examples=strings(path, f"{where}.example", block["example"]),
        near_misses=strings(path, f"{where}.near_miss", block["near_miss"]), source=path.name,
    )  # fmt: skip


def _flags(path: Path, where: str, names: Sequence[str]) -> tuple[Flag, ...]:
    for name in names:
        if name not in set(Flag):
            raise KnowledgeError(path, where, name, allowed=sorted(Flag))
    return tuple(Flag(name) for name in names)


def _emission(path: Path, where: str, text: str, kinds: Mapping[str, str]) -> Emission:
    """``subject press:hosted object`` as a value; its roles are those of the match, and their kinds those of the property."""
    parts = _EMIT.fullmatch(text)
    if parts is None:
        raise KnowledgeError(path, where, text, why='should read: role press:property role, or role press:property "words"')
    relation = property_of(path, where, parts["relation"])
    for role, side in ((parts["subject"], "domain"), (parts["object"], "range")):
        if role is not None and role not in kinds:
            raise KnowledgeError(path, where, role, allowed=sorted(kinds), why="is no role of the match")
        if role is not None:
            agrees(path, where, kinds[role], relation, side)
    if parts["words"] is not None:
        agrees(path, where, "text", relation, "range")
    return Emission(parts["subject"], relation, parts["object"], parts["words"])


def relations(patterns: Sequence[Pattern]) -> frozenset[str]:
    """The local names of all properties that some patterns emit."""
    return frozenset(e.relation for p in patterns for e in p.emit) | {p.joint for p in patterns if p.joint}
