"""The main job as its table of contents: read → view → tokenize → read names and clauses → extract → resolve → assemble → write."""
from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ArticleError
from kg.model import Article, Fact, Span, Thing, View

if TYPE_CHECKING:
    from kg.knowledge import Knowledge
    from kg.report import Report

Path_ = str | PathLike[str]


@dataclass(frozen=True, slots=True)
class Result:
    """What one article gave: its facts, and what was considered and rejected as (rule, reason, words' span)."""

    article: str
    facts: tuple[Fact, ...]
    rejected: tuple[tuple[str, str, Span], ...]


@dataclass(slots=True)
class Clock:
    """Seconds by stage of a build."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start


def build(paths: Iterable[Path_], out: Path_, *, workers: int = 1, strict: bool = False,
          progress: Callable[[int, int], None] | None = None, view: bool = True) -> "Report":
    """Build a graph of the articles at ``paths`` in the folder ``out`` and say what came of it.

    ``workers`` processes extract; the files are the same bytes whatever their number. ``progress(done, all)`` is called as articles are
    finished. A bad article is reported and skipped; with ``strict`` it raises ArticleError.
    """
    from kg import rdf
    from kg.assemble import assemble
    from kg.knowledge import load_knowledge
    from kg.read.files import read
    from kg.report import Report

    clock, skipped = Clock(), []

    def bad(error: ArticleError) -> None:
        if strict:
            raise error
        skipped.append((error.source, error.reason))

    with clock("knowledge"):
        knowledge = load_knowledge()
    with clock("read"):
        articles = sorted(read(paths, on_error=bad), key=lambda a: a.identifier)
    results = []
    for number, result in enumerate(extract_all(articles, workers=workers, clock=clock, knowledge=knowledge), 1):
        results.append(result)
        if progress:
            progress(number, len(articles))
    with clock("assemble"):
        facts = assemble((f for r in results for f in r.facts), {e.name: e.cls for e in knowledge.gazetteer})
    with clock("write"):
        folder = Path(out)
        folder.mkdir(parents=True, exist_ok=True)
        by_id = {a.identifier: a for a in articles}
        quads = rdf.graph_quads(facts, articles) | rdf.gazetteer_quads(facts, knowledge.gazetteer)
        rdf.write_nquads(quads, folder / "graph.nq")
        rdf.write_turtle((q.triple for q in quads), folder / "graph.ttl")
        rdf.write_turtle(rdf.evidence_triples(facts, by_id), folder / "evidence.ttl")
        rdf.write_articles(articles, folder / "articles.jsonl")
        _write_rejected(results, by_id, folder / "rejected.jsonl")
    stated = [f for f in facts if rdf.stated(f)]
    things = {(t.kind, t.name, t.scope) for f in stated for t in (f.subject, f.object) if isinstance(t, Thing)}
    report = Report(
        articles=len(articles), things=dict(sorted(Counter(kind for kind, _, _ in things).items())),
        statements=dict(sorted(Counter(f.relation for f in stated).items())),
        rejected=dict(sorted(Counter(reason for r in results for _, reason, _ in r.rejected).items())), skipped=tuple(sorted(skipped)),
        notes=tuple((a.identifier, note) for a in articles for note in a.notes), timings=clock.seconds)
    (folder / "report.json").write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    if view:
        with clock("draw"):
            from kg.viz import draw

            draw(folder)
    return report


def extract_all(articles: list[Article], *, workers: int, clock: Clock, knowledge: "Knowledge") -> Iterator[Result]:
    """Results in the order of the articles."""
    if workers > 1 and len(articles) > 8:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        chunks = [articles[i:i + 16] for i in range(0, len(articles), 16)]
        with clock("extract (workers)"), ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for results in pool.map(_extract_chunk, chunks):
                yield from results
        return
    yield from _extract(articles, knowledge, clock)


def _extract_chunk(articles: list[Article]) -> list[Result]:
    from kg.knowledge import load_knowledge

    return list(_extract(articles, load_knowledge(), Clock()))


def _extract(articles: list[Article], knowledge: "Knowledge", clock: Clock) -> Iterator[Result]:
    from kg.analyze.tokenizer import KiwiTokenizer
    from kg.read.view import make_view
    from spacy.vocab import Vocab

    tokenizer = KiwiTokenizer(Vocab())
    for article in articles:
        with clock("view"):
            view = make_view(article)
        with clock("tokenize"):
            doc = tokenizer(view.text)
        yield extract(view, doc, knowledge, clock)


def extract(view: View, doc, knowledge: "Knowledge", clock: Clock | None = None) -> Result:
    """Facts of one article from its view and its Doc."""
    from kg.analyze.reading import read_doc
    from kg.extract import extract_claims
    from kg.resolve.facts import resolve_facts
    from kg.resolve.things import resolve_things

    clock = clock or Clock()
    with clock("names"):
        reading = read_doc(doc, knowledge, [(p.start, p.end, p.role) for p in view.paragraphs])
    with clock("claims"):
        claims, rejected, lengthened = extract_claims(reading, knowledge)
    with clock("resolve"):
        things = resolve_things(reading, claims, lengthened, view.article.identifier, knowledge)
        facts, unresolved = resolve_facts(view, claims, things)
    spans = tuple((r.rule, r.reason, view.span(r.start, max(r.end, r.start + 1))) for r in (*rejected, *unresolved))
    return Result(view.article.identifier, tuple(facts), spans)


def _write_rejected(results: Iterable[Result], articles: Mapping[str, Article], path: Path) -> None:
    rows = [json.dumps({"article": r.article, "rule": rule, "reason": reason, "field": span.field, "start": span.start, "end": span.end,
                        "words": articles[r.article].raw(span)}, ensure_ascii=False)
            for r in results for rule, reason, span in r.rejected]
    path.write_text("".join(row + "\n" for row in rows), encoding="utf-8")
