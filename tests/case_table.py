"""Tables of Korean sentences (``tests/cases/*.toml``) and how one is checked: what a text must and must not say."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"
PARENT = {"coHosted": "hosted", "chaired": "participatedIn", "heads": "affiliatedWith"}
DAY = dt.date(2024, 3, 13)


@dataclass(frozen=True, slots=True)
class Case:
    """One text with the statements it must (``expect``) and must not (``reject``) give; ``*`` stands for anything."""

    id: str
    kind: str
    relation: str
    text: str
    date: dt.date
    expect: tuple[tuple[str, ...], ...]
    reject: tuple[tuple[str, ...], ...]
    publisher: str | None = None


def plain(text: object) -> str:
    """Letters and digits only, so that spaces and marks do not matter."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", str(text)).lower())


def load_cases() -> tuple[Case, ...]:
    """Every case of every table; raises ValueError for a table that would check nothing."""
    cases: list[Case] = []
    for path in sorted(FOLDER.glob("*.toml")):
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
        for row in rows:
            unknown = set(row) - {"id", "kind", "text", "date", "expect", "reject", "note", "publisher"}
            if unknown:
                raise ValueError(f"{path.name}: {row.get('id')}: unknown keys {sorted(unknown)}")
            if row["kind"] == "positive" and not row.get("expect") or row["kind"] != "positive" and not row.get("reject"):
                raise ValueError(f"{path.name}: {row['id']}: checks nothing")
            cases.append(
                Case(
                    row["id"],
                    row["kind"],
                    path.stem,
                    row["text"],
                    dt.date.fromisoformat(row["date"]) if "date" in row else DAY,
                    tuple(map(_triple, row.get("expect", ()))),
                    tuple(map(_triple, row.get("reject", ()))),
                    row.get("publisher"),
                )
            )
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise ValueError(f"case {case.id} stands twice")
        seen.add(case.id)
    return tuple(cases)


def _triple(text: str) -> tuple[str, ...]:
    """Subject, property, object; a fourth part is the factuality that the text gives it (without one, it stands in the graph)."""
    from kg.model import FACTUALITY

    parts = tuple(part.strip() for part in text.split("|"))
    if len(parts) not in (3, 4) or len(parts) == 4 and parts[3] not in FACTUALITY:
        raise ValueError(f"no triple: {text!r}")
    return parts


@lru_cache(maxsize=1)
def _tokenizer():
    from spacy.vocab import Vocab

    from kg.analyze.tokenizer import KiwiTokenizer

    return KiwiTokenizer(Vocab())


Row = tuple[frozenset[str], str, frozenset[str], frozenset[str]]


@lru_cache(maxsize=4096)
def outcome(text: str, date: dt.date, publisher: str | None = None) -> tuple[tuple[Row, ...], frozenset[str]]:
    """What PressKG says a text states, as (plain labels of the subject, property, plain labels of the object or the value), and the rules that said so."""
    from kg.knowledge.load import load_knowledge
    from kg.model import Article, Region, Span, Thing
    from kg.pipeline import facts_of
    from kg.read.view import make_view

    article = Article(
        identifier="case",
        source="case",
        fields=(("text", text),),
        regions=(Region(role="body", span=Span("text", 0, len(text))),),
        date=date,
        publisher=publisher,
    )
    view = make_view(article)
    things, facts, _ = facts_of(view, _tokenizer()(view.text), load_knowledge())
    aliases: dict[str, set[str]] = {}
    for fact in facts:
        if fact.relation == "altLabel":
            aliases.setdefault(fact.subject.name, set()).add(str(fact.object))

    def labels(thing) -> frozenset[str]:
        if not isinstance(thing, Thing):
            return frozenset({plain(thing)})
        own = {m.name for t, ms in things.surfaces.items() if t.name == thing.name and t.kind == thing.kind for m in ms}
        return frozenset(plain(name) for name in {thing.name} | own | aliases.get(thing.name, set()))

    rows = [(labels(f.subject), f.relation, labels(f.object), frozenset(e.status for e in f.evidence)) for f in facts]
    rows += [(s, PARENT[p], o, made) for s, p, o, made in rows if p in PARENT]
    return tuple(rows), frozenset(e.rule for f in facts for e in f.evidence)


def fits(triple: tuple[str, ...], row: Row) -> bool:
    """Whether a statement is what a triple of a case says."""
    from kg.model import STATED

    subject, relation, object_, *made = triple
    return (
        (row[3] == {made[0]} if made else bool(row[3] & STATED))
        and relation == row[1]
        and (subject == "*" or plain(subject) in row[0])
        and (object_ == "*" or plain(object_) in row[2])
    )


def problems(case: Case) -> list[str]:
    """What is wrong with a case's outcome; empty where all is as it should be."""
    rows, _ = outcome(case.text, case.date, case.publisher)
    missing = [f"missing: {' | '.join(t)}" for t in case.expect if not any(fits(t, row) for row in rows)]
    extra = [f"found: {' | '.join(t)}" for t in case.reject if any(fits(t, row) for row in rows)]
    return missing + extra
