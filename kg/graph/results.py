"""What each article gave, as JSON Lines beside the graph: a build into the same folder reads again only what changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.knowledge.resources import resource
from kg.model import Article, Evidence, Fact, Region, Span, Thing


@dataclass(frozen=True, slots=True)
class Result:
    """What one article gave: its facts, and what was considered and rejected as (rule, reason, words' span).

    ``sketch`` is what tells whether its text may be another one's, so that linking does not read all texts again; None where nobody
    has made one.
    """

    article: str
    facts: tuple[Fact, ...]
    rejected: tuple[tuple[str, str, Span], ...]
    sketch: tuple[int, ...] | None = None


def as_line(result: Result, content: str) -> str:
    """A result as a line of JSON; ``content`` is the hash of the article that it came from."""
    things: dict[Thing, int] = {}

    def put(value):
        if isinstance(value, Thing):
            return things.setdefault(value, len(things))
        return {"day": value.isoformat()} if isinstance(value, dt.date) else {"value": value}

    facts = [
        [
            put(f.subject),
            f.relation,
            put(f.object),
            [
                [
                    e.span.field,
                    e.span.start,
                    e.span.end,
                    e.sentence.start,
                    e.sentence.end,
                    e.rule,
                    e.confidence,
                    e.status,
                    int(e.recovered),
                    *((e.source,) if e.source else ()),
                ]
                for e in f.evidence
            ],
        ]
        for f in result.facts
    ]
    rejected = [[rule, reason, s.field, s.start, s.end] for rule, reason, s in result.rejected]
    return json.dumps(
        {
            "article": result.article,
            "content": content,
            "things": [[t.kind, t.name, t.scope] for t in things],
            "facts": facts,
            "rejected": rejected,
            "sketch": result.sketch,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_line(line: str) -> tuple[str, Result]:
    """The hash of the article, and the result, of a line; TypeError and its like for a line that somebody has been at.

    >>> words = Evidence(article="a", span=Span("text", 0, 3), sentence=Span("text", 0, 9), rule="r", confidence=0.9)
    >>> result = Result("a", (Fact(subject=Thing(kind="Forum", name="포럼"), relation="edition", object=4, evidence=(words,)),), ())
    >>> from_line(as_line(result, "0a")) == ("0a", result)
    True
    """
    row = json.loads(line)
    article = row["article"]
    things = [Thing(kind=_is(str, kind), name=_is(str, name), scope=_is(str, scope)) for kind, name, scope in row["things"]]

    def get(value):
        if isinstance(value, int):
            return things[value]
        return dt.date.fromisoformat(value["day"]) if "day" in value else _is(str | int | float, value["value"])

    def words(row: list) -> Evidence:
        field, start, end, low, high, rule, confidence, status, recovered, *source = row
        return Evidence(
            article=article,
            span=Span(field, start, end),
            sentence=Span(field, low, high),
            rule=rule,
            confidence=confidence,
            status=status,
            recovered=bool(recovered),
            source=source[0] if source else "",
        )

    facts = tuple(
        Fact(subject=things[s], relation=relation, object=get(o), evidence=tuple(map(words, evidence)))
        for s, relation, o, evidence in row["facts"]
    )
    rejected = tuple((rule, reason, Span(field, start, end)) for rule, reason, field, start, end in row["rejected"])
    return row["content"], Result(article, facts, rejected, None if row["sketch"] is None else tuple(row["sketch"]))


def _is(kind: Any, value: Any) -> Any:
    """A value, which has to be of a kind."""
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} stands where {kind} should")
    return value


def kept(out: Path) -> Mapping[str, str]:
    """The lines that an earlier build by the same code and data left in a folder, by the hash of their article; else nothing."""
    said, path = _json(out / "manifest.json"), out / "results.jsonl"
    if said.get("fingerprint") != fingerprint() or not path.is_file():
        return {}
    data = path.read_bytes()
    if said["files"]["results.jsonl"] != hashlib.sha256(data).hexdigest():  # somebody has been at it
        return {}
    return {said["articles"][_identifier(line)]: line for line in data.decode("utf-8").split("\n") if line}


def _identifier(line: str) -> str:
    """The article of a line without reading all of it: it comes first."""
    return json.JSONDecoder().raw_decode(line, line.index(":") + 1)[0]


def stored_articles(out: Path) -> Iterator[Article]:
    """The articles of a folder as they were read."""
    from kg.graph.store import articles

    for row in articles(out):
        yield Article(
            identifier=row["id"],
            source=row["source"],
            fields=tuple(row["fields"].items()),
            regions=tuple(Region(role=role, span=Span(field, start, end)) for role, field, start, end in row["regions"]),
            date=dt.date.fromisoformat(row["date"]) if row["date"] else None,
            publisher=row["publisher"],
            url=row["url"],
            notes=tuple(row["notes"]),
            modified=dt.date.fromisoformat(row["modified"]) if row.get("modified") else None,
            section=row.get("section"),
        )


def stored_skipped(out: Path) -> tuple[tuple[str, str], ...]:
    """What an earlier build skipped: (source, reason)."""
    return tuple((source, reason) for source, reason in _json(out / "report.json").get("skipped", ()))


def manifest(contents: Mapping[str, str], files: Iterable[Path], *, contacts: bool = True) -> dict:
    """What a folder is made of: the articles by hash, the code and data that read them, and the files with their hashes."""
    from kg.version import __version__

    return {
        "presskg": __version__,
        "fingerprint": fingerprint(),
        **({} if contacts else {"contacts": False}),
        "articles": dict(sorted(contents.items())),
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)},
    }


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A hash of all that decides what an article gives: PressKG's code and data, and the versions of what analyses the text."""
    from importlib.metadata import version

    digest = hashlib.sha256()
    for name in ("kiwipiepy", "kiwipiepy_model", "spacy"):
        digest.update(f"{name} {version(name)}\n".encode())
    package = Path(__file__).resolve().parents[1]
    code = [p for p in package.rglob("*.py") if not {"data", "ontology", "viz"} & set(p.relative_to(package).parts)]
    data = [
        p
        for p in resource("data").rglob("*")
        if p.is_file() and "__pycache__" not in p.parts and p.relative_to(resource("data")).parts[0] not in ("articles", "speech")
    ]
    for root, files in ((package, code), (resource("data"), data), (resource("ontology"), [resource("ontology", "press.ttl")])):
        for path in sorted(files):
            digest.update(f"{path.relative_to(root).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _json(path: Path) -> dict:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
