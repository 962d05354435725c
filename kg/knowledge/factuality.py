"""The cues of ``lexicon/factuality.toml`` as frozen values: which words make a claim planned, called off, denied, reported or doubted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KnowledgeError
from kg.knowledge.toml import load_toml
from kg.model import FACTUALITY

FORMS = ("said", "told", "adnominal", "noun", "duty", "asked")
_KEYS = {"id", "category", "after", "noun", "reach", "then", "far", "unless", "speaker"}
_AFTER_NOUN = r"(?=$|[\s,.;:)\]”’」』》>·…?!]|[은는이가을를의에도로과와만]|까지|조차|등|라)"

_TABLES = {
    **dict.fromkeys(("category", "cue", "happening", "refutes", "reports", "standing", "takes_all", "takes_up"), True),
    "sections": dict.fromkeys(("long", "own", "theirs"), True),
    "sources": dict.fromkeys(("ends", "kinds", "words"), True),
}


@dataclass(frozen=True, slots=True)
class Cue:
    """One row: behind a word of the form ``after``, ``pattern`` gives what stands before it the factuality ``category``."""

    id: str
    category: str
    after: str
    pattern: re.Pattern[str]
    speaker: bool


@dataclass(frozen=True, slots=True)
class Sections:
    """Headings under which others' words stand (``theirs``) or the answer (``own``), and the longest heading."""

    theirs: tuple[str, ...]
    own: tuple[str, ...]
    long: int


@dataclass(frozen=True, slots=True)
class Factuality:
    """All that ``lexicon/factuality.toml`` says."""

    cues: tuple[Cue, ...]
    standing: frozenset[str]
    happening: frozenset[str]
    refutes: re.Pattern[str]
    reports: re.Pattern[str]
    takes_up: tuple[str, ...]
    takes_all: tuple[str, ...]
    sections: Sections
    sources: frozenset[str]
    source_kinds: frozenset[str]
    source_ends: tuple[str, ...]


def load_factuality(path: Path, relations: frozenset[str], classes: frozenset[str]) -> Factuality:
    """The cues of a file; ``relations`` and ``classes`` are the local names that it may use. Raises KnowledgeError for a mistake in it.

    >>> from kg.knowledge.load import load_knowledge
    >>> next(cue.category for cue in load_knowledge().factuality.cues if cue.id == "no-such-act")
    'denied'
    """
    data = load_toml(path, _TABLES)
    for key in ("standing", "happening"):
        _known(path, key, data[key].split(), relations)
    kinds = [kind.removeprefix("press:") for kind in data["sources"]["kinds"].split()]
    _known(path, "sources.kinds", kinds, classes)
    refutes = _words(data["refutes"])
    cues = tuple(_cue(path, row, refutes) for row in data["cue"])
    ids = [cue.id for cue in cues]
    if twice := next((i for i in ids if ids.count(i) > 1), None):
        raise KnowledgeError(path, "cue.id", twice, why="stands twice")
    sections = data["sections"]
    return Factuality(
        cues,
        frozenset(data["standing"].split()),
        frozenset(data["happening"].split()),
        re.compile(_any(refutes)),
        re.compile(_any(_words(data["reports"]))),
        _words(data["takes_up"]),
        _words(data["takes_all"]),
        Sections(_words(sections["theirs"]), _words(sections["own"]), sections["long"]),
        frozenset(_words(data["sources"]["words"])),
        frozenset(kinds),
        _words(data["sources"]["ends"]),
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


def _any(words: Iterable[str]) -> str:
    """One of some words, the longest first; a space in them may be missing in the text."""
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s?") for word in sorted(words, key=lambda w: (-len(w), w))) + ")"


def _known(path: Path, key: str, names: Iterable[str], allowed: frozenset[str]) -> None:
    for name in names:
        if name not in allowed:
            raise KnowledgeError(path, key, name, allowed=sorted(allowed))


def _cue(path: Path, row: Mapping, refutes: tuple[str, ...]) -> Cue:
    where = f"cue {row.get('id')}"
    for key in row:
        if key not in _KEYS:
            raise KnowledgeError(path, where, key, allowed=sorted(_KEYS), why="is no key of a cue")
    for key, allowed in (("category", FACTUALITY), ("after", FORMS)):
        if row.get(key) not in allowed:
            raise KnowledgeError(path, f"{where}: {key}", row.get(key), allowed=allowed)
    if not row.get("noun") and not row.get("then"):
        raise KnowledgeError(path, where, "noun, then", why="is missing: a cue needs one of them")
    then = refutes if row.get("then") == "@refutes" else _words(row.get("then", ""))
    unless = rf"(?!{_any(_words(row['unless']))})" if row.get("unless") else ""
    pattern = r"\s?"
    if row.get("noun"):
        gap = rf"(?:[^\n]{{0,{row['reach']}}}?[\s“‘\"'「『])?" if row.get("reach") else ""
        pattern += rf"{gap}{'' if then else _unless_after(row)}{_any(_words(row['noun']))}{_AFTER_NOUN if row['after'] != 'told' else ''}"
        if then:  # behind reported speech the noun is the stem of a verb (보도했으나)
            pattern += rf"[^\n]{{0,{row.get('far', 0)}}}?(?:(?<![가-힣])|(?<=[은는이가을를도의]))"
    elif row.get("far"):
        pattern = rf"[^\n]{{0,{row['far']}}}?(?<![가-힣])"
    if then:
        pattern += unless + _any(then)
    return Cue(row["id"], row["category"], row["after"], re.compile(pattern), bool(row.get("speaker")))


def _unless_after(row: Mapping) -> str:
    """What may not stand at a noun that nothing has to follow: 보도자료 is no report."""
    words = _words(row.get("unless", ""))
    if not words:
        return ""
    nouns = _any(_words(row["noun"]))
    return rf"(?!{_any(words)})(?!{nouns}\s?{_any(words)})"
