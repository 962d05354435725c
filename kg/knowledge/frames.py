"""Frames: what a relation looks like in clauses, as data under ``data/frames/``, validated against ontology and lexicon at load."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KnowledgeError
from kg.knowledge.schema import schema
from kg.model import Flag

if TYPE_CHECKING:
    from kg.knowledge.load import VerbGroup

CASES = ("agent", "theme", "partner", "place", "time", "instrument", "goal", "span", "event")
FORMS = ("active", "passive", "adnominal", "nominal")
KEYS = ("id", "lemmas", "passive", "forms", "roles", "joint", "guard", "needs", "flags")
_ROLE_KEYS = ("kind", "case", "particles", "except", "nearest")
VALUE_KINDS = ("date", "year", "edition", "people", "countries", "organizations", "mode")


@dataclass(frozen=True, slots=True)
class Role:
    """Who or what may fill a role: a class of the ontology or a kind of value, by case or by particles of its own.

    ``case = "event"`` is no argument of the clause but the event that the clause takes place at, taken from the text around it;
    ``case = "span"`` is a value anywhere between the clause's first argument and its predicate. ``excluded`` are classes below ``kind``
    that may not fill it: an agreement is an event, but nobody runs it. ``nearest`` says that no other object may stand nearer to the verb.
    """

    kind: str
    case: str
    particles: frozenset[str]
    excluded: frozenset[str] = frozenset()
    nearest: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to say a relation. ``joint`` replaces the relation where several act together; ``guard`` are words that forbid it,
    ``needs`` words of which one has to stand among the clause's arguments (좌장을 맡다, 축사를 하다), ``flags`` what a decision has to know."""

    id: str
    relation: str
    joint: str | None
    active: frozenset[str]
    passive: frozenset[str]
    forms: frozenset[str]
    subject: Role
    object: Role
    flags: tuple[Flag, ...]
    guard: frozenset[str]
    needs: frozenset[str]
    source: str


def load_frames(folder: Path, groups: Mapping[str, "VerbGroup"]) -> tuple[Frame, ...]:
    """Every frame of every file, in order of file and place; raises KnowledgeError for what cannot be meant."""
    from kg.knowledge.load import load_toml

    found: list[Frame] = []
    for path in sorted(folder.glob("*.toml")):
        data = load_toml(path, {"relation": True, "frame": True, "*": True})
        relation = _relation(path, "relation", data["relation"])
        for number, frame in enumerate(data["frame"], 1):
            where = f"frame {number}"
            for key in frame:
                if key not in KEYS:
                    raise KnowledgeError(path, where, key, allowed=KEYS, why="is no key of a frame")
            for key in ("id", "lemmas", "roles"):
                if key not in frame:
                    raise KnowledgeError(path, where, key, why="is missing")
            active, passive = _lemmas(path, where, frame["lemmas"], groups)
            passive |= frozenset(frame.get("passive", ()))
            forms = frozenset(frame.get("forms", FORMS))
            if forms - set(FORMS):
                raise KnowledgeError(path, f"{where}.forms", sorted(forms - set(FORMS))[0], allowed=FORMS)
            roles = frame["roles"]
            if set(roles) != {"subject", "object"}:
                raise KnowledgeError(path, f"{where}.roles", sorted(roles), allowed=("subject", "object"), why="should be exactly the two")
            subject = _role(path, f"{where}.roles.subject", roles["subject"], schema().properties[relation].domain)
            object_ = _role(path, f"{where}.roles.object", roles["object"], schema().properties[relation].range)
            joint = frame.get("joint", data.get("joint"))
            found.append(Frame(
                id=frame["id"], relation=relation, joint=_relation(path, f"{where}.joint", joint) if joint else None, active=active,
                passive=passive, forms=forms, subject=subject, object=object_, flags=_flags(path, where, frame.get("flags", ())),
                guard=frozenset(frame.get("guard", ())),
                needs=frozenset(frame.get("needs", ())), source=path.name))
    seen: dict[str, str] = {}
    for frame in found:
        if frame.id in seen:
            raise KnowledgeError(folder / frame.source, "id", frame.id, why=f"stands already in {seen[frame.id]}")
        seen[frame.id] = frame.source
    return tuple(found)


def _flags(path: Path, where: str, names: Iterable[str]) -> tuple[Flag, ...]:
    for name in names:
        if name not in set(Flag):
            raise KnowledgeError(path, f"{where}.flags", name, allowed=sorted(Flag))
    return tuple(Flag(name) for name in names)


def _relation(path: Path, key: str, name: str) -> str:
    local = name.removeprefix("press:")
    if local not in schema().properties:
        raise KnowledgeError(path, key, name, allowed=sorted(f"press:{p}" for p in schema().properties), why="is no property of the ontology")
    return local


def _lemmas(path: Path, where: str, lemmas, groups: Mapping[str, "VerbGroup"]) -> tuple[frozenset[str], frozenset[str]]:
    active: set[str] = set()
    passive: set[str] = set()
    for lemma in lemmas:
        if lemma.startswith("@"):
            if lemma[1:] not in groups:
                raise KnowledgeError(path, f"{where}.lemmas", lemma, allowed=sorted(f"@{g}" for g in groups))
            active |= groups[lemma[1:]].active
            passive |= groups[lemma[1:]].passive
        elif not lemma.endswith("다"):
            raise KnowledgeError(path, f"{where}.lemmas", lemma, why="should be a dictionary form in 다 or a @group")
        else:
            active.add(lemma)
    passive |= {lemma[:-2] + "되다" for lemma in active if lemma.endswith("하다")}
    return frozenset(active), frozenset(passive)


def _role(path: Path, where: str, role: Mapping, allowed: frozenset[str]) -> Role:
    for key in role:
        if key not in _ROLE_KEYS:
            raise KnowledgeError(path, where, key, allowed=_ROLE_KEYS, why="is no key of a role")
    kind = str(role.get("kind", "")).removeprefix("press:")
    known = schema()
    if kind not in VALUE_KINDS:
        if kind not in known.ancestors:
            raise KnowledgeError(path, f"{where}.kind", kind, allowed=[*sorted(known.ancestors), *VALUE_KINDS])
        if allowed and not any(known.is_a(kind, a) or known.is_a(a, kind) for a in allowed):
            raise KnowledgeError(path, f"{where}.kind", kind, allowed=sorted(allowed), why="contradicts the property's domain or range")
    elif allowed and not any(a.startswith("xsd:") or a == "Topic" for a in allowed):
        raise KnowledgeError(path, f"{where}.kind", kind, allowed=sorted(allowed), why="contradicts the property's range")
    case = role.get("case", "agent")
    if case not in CASES:
        raise KnowledgeError(path, f"{where}.case", case, allowed=CASES)
    excluded = frozenset(str(name).removeprefix("press:") for name in role.get("except", ()))
    for name in sorted(excluded):
        if name not in known.ancestors or not known.is_a(name, kind):
            raise KnowledgeError(path, f"{where}.except", name, allowed=sorted(known.below(kind)), why="is no class below the role's")
    return Role(kind, case, frozenset(role.get("particles", ())), excluded, role.get("nearest") is True)
