"""What can be asked in Korean, as data: the words that say it and the intents with their patterns, ``data/questions/*.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import KnowledgeError
from kg.knowledge.resources import resource
from kg.knowledge.schema import schema

PLACES = ("who", "person", "body", "two", "event", "host", "place", "when", "about", "kind", "of", "mode")
_GROUPS = ("signs", "shapes", "kinds", "bodies", "modes", "roles", "endings", "spoken", "fillers")
_NAME = re.compile(r"[a-z][a-z_]*(?:-[a-z]+)*")

Cue = tuple[str, ...]  # dictionary forms in a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One thing that can be asked: when it is meant, and the pattern that answers it."""

    id: str
    ko: str
    columns: Mapping[str, str]
    where: str
    example: str
    near_miss: str
    signs: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()
    thing: str = ""
    rank: str = ""
    order: str = ""
    says: str = ""
    who: str = ""
    event: str = ""
    host: str = ""
    place: str = ""
    kind: str = ""
    about: str = ""
    of: str = ""
    steps: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Everything that a question is read with; cues by what they mean, the longest first where they compete."""

    signs: Mapping[str, tuple[Cue, ...]]
    shapes: Mapping[str, tuple[Cue, ...]]
    kinds: Mapping[str, tuple[Cue, ...]]
    bodies: Mapping[str, tuple[Cue, ...]]
    modes: Mapping[str, tuple[Cue, ...]]
    roles: Mapping[str, str]
    endings: Mapping[str, str]  # what makes another word of one, and the word that it stands for
    spoken: Mapping[str, str]
    fillers: frozenset[str]
    fragments: Mapping[str, str]
    intents: tuple[Intent, ...]


@lru_cache(maxsize=2)
def load_questions(folder: Path | None = None) -> Questions:
    """Read and check the questions' words and intents.

    >>> [intent.id for intent in load_questions().intents][:2]
    ['path', 'hosted-together']
    """
    folder = folder or resource("data", "questions")
    words, path = _read(folder / "words.toml"), folder / "intents.toml"
    for group in words:
        _one_of(folder / "words.toml", "group", group, _GROUPS)
    groups = {group: {name: _cues(text) for name, text in words[group].items()} for group in _GROUPS[:5]}
    for group in ("kinds", "bodies"):
        for name in groups[group]:
            _one_of(folder / "words.toml", group, name, schema().ancestors)
    for sign, role in words["roles"].items():
        _one_of(folder / "words.toml", "roles", sign, groups["signs"])
        _one_of(folder / "words.toml", f"roles.{sign}", role, schema().properties)
    raw = _read(path)
    for key in raw:
        _one_of(path, "section", key, ("fragments", "intent"))
    for name in raw["fragments"]:
        _one_of(path, "fragments", name, (*PLACES, "foreign", "dated"))
    known = {*groups["signs"], *PLACES, *(f"shape.{name}" for name in groups["shapes"]), "shape.month-city", "agreement"}
    dated = raw["fragments"].get("dated", "")
    intents = tuple(
        _intent(path, {**row, "where": str(row.get("where", "")).replace("{dated}", dated)}, known) for row in raw["intent"]
    )
    for intent in intents:
        if [one.id for one in intents].count(intent.id) > 1:
            raise KnowledgeError(path, "id", intent.id, why="stands twice")
    return Questions(
        **groups,
        roles=words["roles"],
        endings={ending: meant for meant, text in words["endings"].items() for ending in text.split()},
        spoken={said: written for written, many in words["spoken"].items() for said in many},
        fillers=frozenset(words["fillers"]["words"].split()),
        fragments=raw["fragments"],
        intents=intents,
    )


def _intent(path: Path, row: Mapping[str, Any], known: Collection[str]) -> Intent:
    where, allowed = f"intent {row.get('id')}", [field.name for field in fields(Intent)]
    for key in row:
        _one_of(path, where, key, allowed)
    for key in ("id", "ko", "columns", "where", "example", "near_miss"):
        if not row.get(key):
            raise KnowledgeError(path, f"{where}.{key}", row.get(key), why="is missing")
    if not _NAME.fullmatch(row["id"]):
        raise KnowledgeError(path, "id", row["id"], why="is not lower case Latin letters and hyphens")
    for key in ("signs", "any", "asks", "without", "needs", "takes", "ignores"):
        for name in row.get(key, ()):
            _one_of(path, f"{where}.{key}", name, known)
    lists = {key: tuple(value) for key, value in row.items() if isinstance(value, list)}
    made = Intent(**{**row, **lists})
    if "shape.count" in made.takes and not made.thing:
        raise KnowledgeError(path, f"{where}.thing", "", why="is what is counted, where shape.count is taken")
    if "shape.most" in made.takes and not (made.rank or made.order):
        raise KnowledgeError(path, f"{where}.rank", "", why="is what is ranked, where shape.most is taken without order")
    for name in (*made.columns, made.thing, made.rank):
        if name and name not in ("first", "last") and f"?{name}" not in made.where:
            raise KnowledgeError(path, f"{where}.columns", name, why="is no variable of its pattern")
    return made


def _cues(text: str) -> tuple[Cue, ...]:
    return tuple(sorted((tuple(cue.split("+")) for cue in text.split()), key=lambda cue: (-len(cue), cue)))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise KnowledgeError(path.parent, path.name, None, why="is missing") from error
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(path, "toml", str(error), why="is not TOML") from error


def _one_of(path: Path, key: str, value: object, allowed: Collection[str]) -> None:
    if value not in allowed:
        raise KnowledgeError(path, key, value, allowed=sorted(allowed))
