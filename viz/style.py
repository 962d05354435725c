"""How classes and relations are drawn: ``style.toml``, checked at load against the ontology's terms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import KnowledgeError
from kg.knowledge.resources import resource

_COLOR = re.compile(r"#[0-9a-f]{6}")
_PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE.,\s-]+")
_SECTIONS = ("parts", "theme", "groups", "shapes", "icons", "classes", "kinds", "relations")
_THEME = ("paper", "panel", "ink", "muted", "line", "accent", "mark", "halo")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassStyle:
    """How things of one class look; ``family`` is the class whose drawing they share, under which the legend counts them."""

    ko: str
    en: str
    family: str
    order: int
    color: str
    dark: str
    shape: str
    icon: str
    size: float
    card: bool = False
    wordy: bool = False
    sub: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    shown: bool = True
    folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A group of relations: one colour of line, one row of the filter."""

    ko: str
    en: str
    color: str
    dark: str
    width: float
    dashes: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """The words on a line or before a value; ``hides`` names what it says more exactly; ``words`` translates values."""

    ko: str
    en: str
    kind: str = "other"
    hides: tuple[str, ...] = ()
    words: Mapping[str, str] | None = None
    dashes: bool = False
    mark: str = ""  # what follows its values where they stand beside a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """All of ``style.toml``, every class and property of the ontology included; keys are prefixed names (``press:hosted``)."""

    theme: Mapping[str, Mapping[str, str]]
    groups: Mapping[str, tuple[str, ...]]
    shapes: Mapping[str, str]
    icons: Mapping[str, str]
    classes: Mapping[str, ClassStyle]
    kinds: Mapping[str, Kind]
    relations: Mapping[str, Relation]
    depth: Mapping[str, int]
    event: str
    article: str
    days: tuple[str, ...]
    hosting: tuple[str, ...]

    def of(self, types: tuple[str, ...]) -> str:
        """The class that a thing with these types (IRIs) is drawn as: the most exact one."""
        known = [name for name in map(shorten, types) if name in self.classes]
        return max(known, key=lambda name: (self.depth.get(name, 0), name), default=_ANY)

    def relation(self, iri: str) -> tuple[str, Relation]:
        """The prefixed name of a property and how it is drawn; an unknown one is drawn under its own name."""
        name = shorten(iri)
        return name, self.relations.get(name) or Relation(ko=name.rpartition(":")[2], en=name.rpartition(":")[2])


_ANY = "rdfs:Resource"


@lru_cache(maxsize=1024)
def shorten(iri: str) -> str:
    """An IRI with its usual prefix, or as it is.

    >>> shorten("http://purl.org/dc/terms/title")
    'dcterms:title'
    """
    from kg.knowledge.vocab import PREFIXES

    for prefix, base in PREFIXES.items():
        if prefix not in ("id", "article", "assertion") and iri.startswith(base):
            return f"{prefix}:{iri[len(base) :]}"
    return iri


@lru_cache(maxsize=4)
def load_style(path: Path | None = None, ontology: Path | None = None) -> Style:
    """The style of a file (``viz/style.toml``), its gaps filled from the ontology's class tree and labels."""
    path, ontology = path or resource("viz", "style.toml"), ontology or resource("ontology", "press.ttl")
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(path, "toml", str(error), why="is not TOML") from error
    for section in raw:
        _one_of(path, "section", section, _SECTIONS)
    tree, labels = _ontology(ontology)
    for theme, colors in raw["theme"].items():
        for key, value in colors.items():
            _one_of(path, f"theme.{theme}", key, _THEME)
            _color(path, f"theme.{theme}.{key}", value)
    for theme, values in raw["groups"].items():
        _one_of(path, "groups", theme, ("light", "dark"))
        for value in values:
            _color(path, f"groups.{theme}", value)
    for section in ("shapes", "icons"):
        for key, value in raw[section].items():
            if not _PATH.fullmatch(value):
                raise KnowledgeError(path, f"{section}.{key}", value, why="is not an SVG path")
    kinds = {key: _record(path, f"kinds.{key}", Kind, row) for key, row in raw["kinds"].items()}
    relations = _relations(path, raw["relations"], kinds, labels)
    classes = _classes(path, raw, tree, labels)
    parts = raw["parts"]
    for key in ("event", "article"):
        _one_of(path, f"parts.{key}", parts.get(key), classes)
    for term in parts.get("days", ()):
        _one_of(path, "parts.days", term, relations)
    for kind in parts.get("hosting", ()):
        _one_of(path, "parts.hosting", kind, kinds)
    return Style(
        hosting=tuple(parts["hosting"]),
        event=parts["event"],
        article=parts["article"],
        days=tuple(parts["days"]),
        theme=raw["theme"],
        groups={theme: tuple(values) for theme, values in raw["groups"].items()},
        shapes=raw["shapes"],
        icons=raw["icons"],
        classes=classes,
        kinds=kinds,
        relations=relations,
        depth={name: len(_line(name, tree)) for name in classes},
    )


def _classes(
    path: Path, raw: dict[str, Any], tree: Mapping[str, str], labels: Mapping[str, Mapping[str, str]]
) -> dict[str, ClassStyle]:
    rows, made = raw["classes"], {}

    def full(name: str, seen: tuple[str, ...] = ()) -> dict[str, Any]:
        if name in seen:
            raise KnowledgeError(path, f"classes.{seen[0]}.like", name, why="leads back to itself")
        row = dict(rows[name])
        like = row.pop("like", None)
        for key in row:
            _one_of(path, f"classes.{name}", key, [field.name for field in fields(ClassStyle)])
        if like is None:
            return {"family": name, **row}
        _one_of(path, f"classes.{name}.like", like, rows)
        return full(like, (*seen, name)) | row

    for name in rows:
        _one_of(path, "classes", name, [*tree, _ANY])
        row = full(name)
        row["sub"], row["beside"] = tuple(row.get("sub", ())), tuple(row.get("beside", ()))
        _one_of(path, f"classes.{name}.shape", row.get("shape"), raw["shapes"])
        _one_of(path, f"classes.{name}.icon", row.get("icon"), raw["icons"])
        for term in row["sub"]:
            _one_of(path, f"classes.{name}.sub", term, raw["relations"])
        for step in (step for steps in row["beside"] for step in steps.split("|")):
            _one_of(path, f"classes.{name}.beside", step.removeprefix("&").removeprefix("^"), raw["relations"])
        made[name] = _record(path, f"classes.{name}", ClassStyle, row)
    for name in tree:
        if name not in made:
            parent = next((up for up in _line(name, tree) if up in made), _ANY)
            made[name] = _record(path, name, ClassStyle, {**asdict(made[parent]), **labels.get(name, {})})
    return made


def _relations(
    path: Path, rows: dict[str, Any], kinds: Mapping[str, Kind], labels: Mapping[str, Mapping[str, str]]
) -> dict[str, Relation]:
    made = {}
    for name, row in rows.items():
        if name.startswith("press:"):
            _one_of(path, "relations", name, labels)
        _one_of(path, f"relations.{name}.kind", row.get("kind", "other"), kinds)
        for hidden in row.get("hides", ()):
            _one_of(path, f"relations.{name}.hides", hidden, rows)
        made[name] = _record(path, f"relations.{name}", Relation, row | {"hides": tuple(row.get("hides", ()))})
    for name, words in labels.items():
        if name not in made and {"ko", "en"} <= set(words):
            made[name] = Relation(ko=words["ko"], en=words["en"])
    return made


def _ontology(path: Path) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Class → parent class (itself where it has none), and term → language → label, of the ontology's own terms."""
    from pyoxigraph import RdfFormat, parse
    from rdflib import OWL, RDF, RDFS

    tree: dict[str, str] = {}
    labels: dict[str, dict[str, str]] = {}
    parents: dict[str, list[str]] = {}
    for s, p, o, _ in parse(path=str(path), format=RdfFormat.TURTLE):
        name = shorten(getattr(s, "value", ""))
        if not name.startswith("press:"):
            continue
        if p.value == str(RDFS.label):
            labels.setdefault(name, {})[o.language] = o.value
        elif p.value == str(RDF.type) and o.value == str(OWL.Class):
            tree[name] = name
        elif p.value == str(RDFS.subClassOf):
            parents.setdefault(name, []).append(shorten(getattr(o, "value", "")))
    for name in tree:
        tree[name] = next((up for up in sorted(parents.get(name, ())) if up in tree), name)
    return tree, labels


def _line(name: str, tree: Mapping[str, str]) -> list[str]:
    """A class and its ancestors, nearest first."""
    line = [name]
    while tree.get(line[-1], line[-1]) != line[-1]:
        line.append(tree[line[-1]])
    return line


def _record(path: Path, key: str, kind: type, row: Mapping[str, Any]) -> Any:
    allowed = {field.name: field for field in fields(kind)}
    for name in row:
        _one_of(path, key, name, allowed)
    for name in ("color", "dark"):
        if name in row:
            _color(path, f"{key}.{name}", row[name])
    try:
        return kind(**row)
    except TypeError as error:
        raise KnowledgeError(path, key, str(error), why="is not complete") from error


def _color(path: Path, key: str, value: object) -> None:
    if not (isinstance(value, str) and _COLOR.fullmatch(value)):
        raise KnowledgeError(path, key, value, why="is not a colour", allowed=["#rrggbb"])


def _one_of(path: Path, key: str, value: object, allowed: Any) -> None:
    if value not in allowed:
        raise KnowledgeError(path, key, value, allowed=sorted(map(str, allowed)))
