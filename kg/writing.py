"""From results to the folder of a graph: linked, assembled, counted, written, drawn."""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.extraction import Clock
from kg.graph.folder import replaced
from kg.graph.results import Result, manifest
from kg.graph.shield import NAME as FORGOTTEN
from kg.graph.shield import Shield
from kg.model import Article, Fact, Thing

if TYPE_CHECKING:
    from kg.graph.linked import Linked
    from kg.graph.report import Report
    from kg.knowledge.corrections import Correction
    from kg.knowledge.load import Knowledge
    from kg.knowledge.own_table import OwnName
    from kg.link.judging import Judge
    from kg.model import Span

Refused = tuple[str, str, str, "Span"]


@contextmanager
def unswept() -> Iterator[None]:
    """Without looking for circles of garbage, of which linking and writing make none: it took a sixth of their time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a graph is made of: the articles by identifier and in its order their results, each result's line and each article's hash.

    ``corrections`` are people's corrections as they wrote them, ``decisions`` what they say, ``names`` the user's own names; ``judge`` judges
    pairs of things, by default in this process.
    """

    articles: Mapping[str, Article]
    results: tuple[Result, ...]
    lines: Mapping[str, str]
    contents: Mapping[str, str]
    skipped: tuple[tuple[str, str], ...]
    corrections: str
    decisions: tuple[Correction, ...]
    names: tuple[OwnName, ...]
    shield: Shield
    judge: Judge | None = None


def written(read: Read, knowledge: Knowledge, out: Path, clock: Clock, *, view: bool) -> Report:
    """Link what was read and write the folder of the graph; say what came of it."""
    from kg.graph import output, rdf
    from kg.graph.affiliations import affiliations
    from kg.graph.stated import said as given
    from kg.knowledge.people import load_titles
    from kg.link.link import link

    with clock("link"):
        linked = link(read.results, read.articles, knowledge, read.decisions, read.judge)
    with clock("assemble"):
        facts, refused = _assembled(linked, read.results, knowledge)
    stated = [f for f in facts if rdf.stated(f)]
    linked = linked.within(stated)
    report = replace(
        _counts(stated, refused),
        articles=len(read.articles),
        skipped=read.skipped,
        timings=clock.seconds,
        notes=tuple((i, note) for i, a in read.articles.items() for note in a.notes),
        joined=linked.things,
        possibly=len(linked.possibly),
        duplicates=linked.duplicates,
        corrections=tuple(outcome.line() for outcome in linked.outcomes),
    )
    told = (*facts, *affiliations(facts, read.articles, load_titles().rung))
    described = given(out)
    with replaced(out) as folder:
        with clock("write"):
            counts = output.write_graph(told, read.articles, knowledge.gazetteer, linked, folder)
            output.write_identity(linked, read.articles, folder / "identity.jsonl")
            output.write_evidence(told, read.articles, folder / "evidence.ttl")
            output.write_dataset(counts, read.articles.values(), described, folder)
            output.write_rejected(refused, read.articles, folder / "rejected.jsonl")
            said = json.dumps(report.as_json(), ensure_ascii=False, indent=1, sort_keys=True)
            output.write(folder / "report.json", said + "\n")
            _write_read(read, folder)
        if view:
            with clock("draw"):
                from kg.viz import draw

                draw(folder)
    return report


def _write_read(read: Read, folder: Path) -> None:
    """What a graph is made of, so that the next build reads only what changed; the manifest last, with the hashes of all files."""
    from kg.graph import output
    from kg.knowledge.corrections import NAME
    from kg.knowledge.own_names import as_table
    from kg.knowledge.own_table import NAMES

    if read.corrections:
        output.write(folder / NAME, read.corrections)
    if read.names:
        output.write(folder / NAMES[0], as_table(read.names))
    if read.shield.forgotten:
        output.write(folder / FORGOTTEN, read.shield.as_text())
    output.write_articles(read.articles.values(), folder / "articles.jsonl")
    output.write(folder / "results.jsonl", (read.lines[i] + "\n" for i in read.articles))
    said = manifest({i: read.contents[i] for i in read.articles}, list(folder.iterdir()), contacts=read.shield.contacts)
    output.write(folder / "manifest.json", json.dumps(said, ensure_ascii=False, indent=1) + "\n")


def _assembled(linked: Linked, results: Iterable[Result], knowledge: Knowledge) -> tuple[tuple[Fact, ...], list[Refused]]:
    """Facts with the evidence of all articles, and (article, rule, reason, words) of what was refused."""
    from kg.graph.assemble import assemble, unfit

    facts = assemble(linked.facts, {e.name: e.cls for e in knowledge.gazetteer})
    faults = [(f, unfit(f)) for f in facts]
    refused = [(e.article, e.rule, why, e.span) for f, why in faults if why for e in f.evidence]
    refused += [(r.article, *row) for r in results for row in r.rejected]
    return tuple(f for f, why in faults if not why), refused


def _counts(stated: Iterable[Fact], refused: Iterable[Refused]) -> Report:
    """How many things, statements and refusals there are, by kind."""
    from kg.graph.report import Report

    stated = list(stated)
    things = {(t.kind, t.name, t.scope) for f in stated for t in (f.subject, f.object) if isinstance(t, Thing)}
    return Report(
        articles=0,
        things=dict(sorted(Counter(kind for kind, _, _ in things).items())),
        statements=dict(sorted(Counter(f.relation for f in stated).items())),
        rejected=dict(sorted(Counter(reason for _, _, reason, _ in refused).items())),
    )
