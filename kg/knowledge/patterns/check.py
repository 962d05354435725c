"""What all views check in the same way: properties, the kinds of roles against domain and range, lists of words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.errors import KnowledgeError
from kg.knowledge.schema import schema

# What a role can hold beside a thing of a class.
VALUE_KINDS = ("date", "year", "edition", "people", "countries", "organizations", "mode", "text")
OTHER_NAME = "skos:altLabel"  # the one property that is not the ontology's own
_RANGES: Mapping[str, tuple[str, ...]] = {
    "date": ("xsd:date",), "year": ("xsd:gYear",), "edition": ("xsd:integer",), "people": ("xsd:integer",), "countries": ("xsd:integer",),
    "organizations": ("xsd:integer",), "mode": ("xsd:string",), "text": ("xsd:string",),
}  # fmt: skip


def property_of(path: Path, where: str, name: str) -> str:
    """The local name of a property that the ontology has."""
    prefix, _, local = name.partition(":")
    if name != OTHER_NAME and (prefix != "press" or local not in schema().properties):
        allowed = [*sorted(f"press:{p}" for p in schema().properties), OTHER_NAME]
        raise KnowledgeError(path, where, name, allowed=allowed, why="is no property of the ontology")
    return local


def class_of(path: Path, where: str, name: str) -> str:
    """The local name of a class that the ontology has, or a kind of value."""
    local = str(name).removeprefix("press:")
    if local not in VALUE_KINDS and local not in schema().ancestors:
        raise KnowledgeError(
            path,
            where,
            name,
            allowed=[*sorted(schema().ancestors), *VALUE_KINDS],
            why="is no class of the ontology and no kind of value",
        )
    return local


def agrees(path: Path, where: str, kind: str, relation: str, side: str) -> None:
    """Raise KnowledgeError where what a role holds contradicts a property's domain or range."""
    known, found = schema(), schema().properties.get(relation)
    allowed = () if found is None else found.domain if side == "domain" else found.range
    if not allowed:
        return
    if kind in VALUE_KINDS:
        fits = any(a in _RANGES[kind] or a.startswith("_:") for a in allowed)
    else:
        fits = any(known.is_a(kind, a) or known.is_a(a, kind) for a in allowed)
    if not fits:
        raise KnowledgeError(path, where, kind, allowed=sorted(allowed), why=f"contradicts the {side} of press:{relation}")


def strings(path: Path, where: str, value: object) -> tuple[str, ...]:
    """A string or a list of strings as a tuple."""
    listed = (value,) if isinstance(value, str) else value
    if not isinstance(listed, (list, tuple)) or not all(isinstance(v, str) for v in listed):
        raise KnowledgeError(path, where, value, why="should be a string or a list of strings")
    return tuple(listed)


def only(path: Path, where: str, table: Mapping, keys: tuple[str, ...]) -> None:
    """Raise KnowledgeError for a key that a table does not have."""
    for key in table:
        if key not in keys:
            raise KnowledgeError(path, where, key, allowed=keys, why="is no key here")
