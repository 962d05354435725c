"""The main job as its table of contents: read → view → tokenize → read names and clauses → propose → decide → resolve → link → assemble → write."""

from __future__ import annotations

import gc
import json
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ArticleError
from kg.graph.folder import claim, occupied, replaced
from kg.graph.private import without_contacts
from kg.graph.results import Result, as_line, from_line, kept, manifest, stored_articles, stored_skipped
from kg.graph.shield import NAME as FORGOTTEN
from kg.graph.shield import Shield, shield_of
from kg.inputs import Asked, check, given, stored_corrections, stored_names
from kg.model import Article, Fact, Thing, View

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.analyze.reading import Reading
    from kg.decide import Decision
    from kg.errors import UsageError
    from kg.graph.linked import Linked
    from kg.graph.report import Report
    from kg.knowledge.corrections import Correction
    from kg.knowledge.load import Knowledge
    from kg.knowledge.own_names import OwnName
    from kg.model import Candidate, Rejection, Span
    from kg.resolve.things import Things

Path_ = str | PathLike[str]
Refused = tuple[str, str, str, "Span"]
Own = tuple[tuple["OwnName", ...], tuple[str, ...]]  # the user's own names, and those that the user forbids


@dataclass(slots=True)
class Clock:
    """Seconds by stage of a build, by the clock of the wall or another one."""

    seconds: dict[str, float] = field(default_factory=dict)
    timer: Callable[[], float] = time.perf_counter

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        start = self.timer()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + self.timer() - start


_NAMED = 3  # skipped files that an error names
_WARM = 8  # articles after which all that reads them has been loaded
DRAWN = 20_000  # articles up to which a build draws graph.html; the page of a larger graph takes minutes
_MANY = 300  # articles read in one build after which the analyser's memory is given back


def build(
    paths: Iterable[object],
    out: Path_,
    *,
    workers: int = 1,
    strict: bool = False,
    add: bool = False,
    corrections: Path_ | None = None,
    progress: Callable[[int, int], None] | None = None,
    view: bool | None = None,
    wait: bool = True,
    columns: Mapping[str, str] | None = None,
    private: bool = False,
    contacts: bool | None = None,
    gather: bool = False,
    visitor: object | None = None,
) -> Report:
    """Build the graph of the articles at ``paths`` in the folder ``out`` and say what came of it.

    ``paths`` are files, folders, addresses (https://…) and data frames; ``columns`` names columns of tables and keys of records
    by what they hold: ``{"title": "제목", "text": "본문"}``. ``private`` allows addresses of this machine and of private networks;
    with ``gather``, articles of feeds and addresses stay when those no longer show them; ``visitor`` asks the web.

    Where ``out`` holds a graph, only articles that changed are read again, and the files are replaced together at the end; the
    result is that of a build from nothing, byte for byte. With ``add``, the articles of ``out`` stay and those at ``paths`` join
    them. ``corrections`` names the file of people's corrections; without it, it is ``corrections.toml`` beside the articles, if
    there is one. ``workers`` processes extract; ``progress(done, all)`` is called as articles are finished. A bad article is
    reported and skipped; with ``strict`` it raises ArticleError. Where ``out`` holds articles and not one could be read now, it
    raises UsageError and leaves them; so it does where ``out`` holds what PressKG did not make. One build at a time writes to
    ``out``: another one waits or, without ``wait``, raises UsageError. With ``contacts`` False, telephone numbers and mail
    addresses are hidden in the articles that ``out`` keeps, then and in later builds until it is True again; no statement rests on
    one and none is shown anyhow. ``view`` draws ``graph.html`` or leaves it out; by default it is drawn where the graph has at most
    20,000 articles (``DRAWN``), and ``kg view`` draws that of a larger one.
    """
    clock, out = Clock(), Path(out)
    asked = Asked(
        inputs=tuple(paths),
        add=add,
        strict=strict,
        corrections=corrections,
        columns=columns or {},
        private=private,
        gather=gather,
        visitor=visitor,
    )
    check(asked)
    with occupied(out, wait=wait):
        claim(out)
        with clock("read"):
            what = given(asked, out)
        shield = shield_of(out, contacts=contacts)
        return made(
            map(shield, what.articles),
            what.skipped,
            out,
            shield.words(what.corrections),
            shield=shield,
            workers=workers,
            strict=strict,
            progress=progress,
            view=view,
            clock=clock,
            names=shield.names(what.names),
        )


def remove(out: Path_, identifiers: Iterable[str], *, view: bool | None = None, wait: bool = True) -> Report:
    """Take articles out of a graph: what stays is what a build without them gives, byte for byte.

    Raises UsageError for an article that the graph does not hold.
    """
    from kg.errors import UsageError
    from kg.graph.store import built

    clock, out, gone = Clock(), Path(out), set(identifiers)
    built(out, "articles.jsonl")
    with occupied(out, wait=wait):
        with clock("read"):
            articles = {a.identifier: a for a in stored_articles(out)}
        if unknown := sorted(gone - articles.keys()):
            raise UsageError(f"{out}: holds no article {unknown[0]!r}; it holds {len(articles):,}, listed in articles.jsonl")
        stay = (a for a in articles.values() if a.identifier not in gone)
        return made(
            stay,
            stored_skipped(out),
            out,
            stored_corrections(out),
            shield=shield_of(out),
            view=view,
            clock=clock,
            emptied=True,
            names=stored_names(out),
        )


def _nothing_left(out: Path, skipped: Iterable[tuple[str, str]]) -> UsageError | None:
    """Why a build must not write: it read nothing, and would leave nothing of what ``out`` holds."""
    from kg.errors import UsageError

    if not (out / "manifest.json").is_file() or not (held := sum(1 for _ in stored_articles(out))):
        return None
    why = "; ".join(f"{source}: {reason}" for source, reason in sorted(skipped)[:_NAMED]) or "no article was found"
    return UsageError(f"{why}; {out} stays as it is with its articles ({held:,}): kg remove takes articles out")


def made(
    articles: Iterable[Article],
    skipped: Iterable[tuple[str, str]],
    out: Path,
    corrections: str,
    *,
    shield: Shield,
    clock: Clock,
    workers: int = 1,
    strict: bool = False,
    progress: Callable[[int, int], None] | None = None,
    view: bool | None = None,
    emptied: bool = False,
    names: tuple[OwnName, ...] = (),
) -> Report:
    """The graph of articles in a folder, from what is known of them and what has to be read."""
    from kg.knowledge.corrections import own_names, parse
    from kg.knowledge.own_names import as_table, with_names
    from kg.read.files import content_hash

    articles, skipped = sorted(articles, key=lambda a: a.identifier), list(skipped)
    with clock("knowledge"):
        decisions = parse(corrections)
        added, forbidden = own_names(decisions)
        own = (*names, *added), forbidden
        knowledge = with_names(*own)
    with clock("read"):
        besides = (as_table(own[0]), *forbidden)
        contents = {a.identifier: content_hash(a, *besides) for a in articles}
        known = kept(out)
    by_id = {a.identifier: a for a in articles}
    lines = {a.identifier: known[contents[a.identifier]] for a in articles if contents[a.identifier] in known}
    results = {}
    fresh = [a for a in articles if a.identifier not in lines]
    for number, result in enumerate(extract_all(fresh, workers=workers, clock=clock, own=own), len(lines) + 1):
        if isinstance(result, Failure):
            if strict:
                raise ArticleError(by_id[result.article].source, result.reason)
            skipped.append((by_id.pop(result.article).source, result.reason))
        else:
            results[result.article] = result
            lines[result.article] = as_line(result, contents[result.article])
        if progress:
            progress(number, len(articles))
    if len(fresh) > _MANY:
        from kg.analyze.tokenizer import kiwi

        kiwi.cache_clear()
    if not by_id and not emptied and (error := _nothing_left(out, skipped)):
        raise error
    with unswept():
        with clock("read"):
            ordered = tuple(results.pop(i, None) or from_line(lines[i])[1] for i in by_id)
        read = Read(
            articles=by_id,
            results=ordered,
            lines=lines,
            contents=contents,
            skipped=tuple(sorted(skipped)),
            corrections=corrections,
            decisions=tuple(decisions),
            names=names,
            shield=shield,
        )
        return written(read, knowledge, out, clock, view=len(by_id) <= DRAWN if view is None else view)


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

    ``corrections`` are people's corrections as they wrote them, ``decisions`` what they say, ``names`` the user's own names.
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


def written(read: Read, knowledge: Knowledge, out: Path, clock: Clock, *, view: bool) -> Report:
    """Link what was read and write the folder of the graph; say what came of it."""
    from kg.graph import dataset, output, rdf
    from kg.graph.affiliations import affiliations
    from kg.link.link import link

    with clock("link"):
        linked = link(read.results, read.articles, knowledge, read.decisions)
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
    told = (*facts, *affiliations(facts, read.articles))
    described = dataset.said(out)
    with replaced(out) as folder:
        with clock("write"):
            counts = output.write_graph(told, read.articles, knowledge.gazetteer, linked, folder)
            output.write_dataset(counts, read.articles.values(), described, folder)
            output.write_identity(linked, read.articles, folder / "identity.jsonl")
            output.write_evidence(told, read.articles, folder / "evidence.ttl")
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
    from kg.knowledge.own_names import NAMES, as_table

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


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be analysed, and why."""

    article: str
    reason: str


def extract_all(articles: list[Article], *, workers: int, clock: Clock, own: Own = ((), ())) -> Iterator[Result | Failure]:
    """Results in the order of the articles."""
    if not articles:
        return  # what analyses texts takes a second to load
    if workers > 1 and len(articles) > 8:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        chunks = [articles[i : i + 16] for i in range(0, len(articles), 16)]
        with clock("extract (workers)"), ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for results in pool.map(partial(_extract_chunk, own=own), chunks):
                yield from results
        return
    frozen = gc.get_freeze_count()
    try:
        yield from _extract_chunk(articles, own, clock)
    finally:
        if not frozen:
            gc.unfreeze()


def _extract_chunk(articles: list[Article], own: Own, clock: Clock | None = None) -> Iterable[Result | Failure]:
    from kg.knowledge.own_names import forms, with_names

    found = _extract(articles, with_names(*own), clock or Clock(), forms(own[0]))
    return list(found) if clock is None else found  # what another process gives is a list


def _extract(
    articles: list[Article], knowledge: Knowledge, clock: Clock, names: tuple[str, ...] = ()
) -> Iterator[Result | Failure]:
    from spacy.vocab import Vocab

    from kg.analyze.tokenizer import KiwiTokenizer
    from kg.read.view import make_view

    tokenizer = KiwiTokenizer(Vocab(), names)
    for number, article in enumerate(articles):
        if number == _WARM and not gc.get_freeze_count():
            gc.freeze()  # what was loaded stays: looking through it again and again took a twelfth of the time
        try:
            with clock("view"):
                view = make_view(article)
            with clock("tokenize"):
                doc = tokenizer(view.text)
            yield extract(view, doc, knowledge, clock)
        except ImportError:
            raise  # no fault of the article
        except Exception as error:  # whatever one article brings about, the others go on, and the report says so
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(last.filename).name}:{last.lineno}"
            yield Failure(article.identifier, f"cannot be analysed: {type(error).__name__}: {error} ({where})")


def extract(view: View, doc: Doc, knowledge: Knowledge, clock: Clock | None = None) -> Result:
    """Facts of one article from its view and its Doc."""
    from kg.link.duplicates import sketch

    _, facts, rejected = facts_of(view, doc, knowledge, clock or Clock())
    spans = tuple((r.rule, r.reason, view.span(r.start, max(r.end, r.start + 1))) for r in rejected)
    facts, private = without_contacts(view.article, facts)
    return Result(view.article.identifier, facts, (*spans, *private), sketch(view.article))


def facts_of(
    view: View, doc: Doc, knowledge: Knowledge, clock: Callable[[str], AbstractContextManager] = lambda stage: nullcontext()
) -> tuple[Things, list[Fact], list[Rejection]]:
    """The things that an article names, its facts, and what was considered and rejected; ``clock(stage)`` times each step."""
    from kg.decide.arguments import load_arguments, weighed
    from kg.decide.pairs import Names
    from kg.decide.passing import in_passing
    from kg.resolve.facts import resolve_facts
    from kg.resolve.things import resolve_things

    reading, lengthened, decision = decided(view, doc, knowledge, clock)
    with clock("resolve"):
        things = resolve_things(reading, decision.claims, lengthened, view.article, knowledge)
    with clock("arguments"):
        decision = weighed(decision, load_arguments(), reading, Names(things.of, view.article.publisher), knowledge)
        decision = in_passing(decision, things.of, knowledge)
    with clock("resolve"):
        facts, unresolved = resolve_facts(view, decision.claims, things, knowledge.confidence, knowledge.factuality.happening)
    return things, facts, [*decision.rejected, *unresolved]


def decided(
    view: View, doc: Doc, knowledge: Knowledge, clock: Callable[[str], AbstractContextManager] = lambda stage: nullcontext()
) -> tuple[Reading, Mapping[tuple[int, int], str], Decision]:
    """One article as it was read, the fuller words of event mentions that something modifies, and what was decided of all that may be said."""
    from kg.analyze.reading import read_doc
    from kg.decide import decide

    with clock("names"):
        regions = [(p.start, p.end, p.role) for p in view.paragraphs]
        reading = read_doc(doc, knowledge, regions, view.article.publisher)
    with clock("candidates"):
        lengthened, candidates = proposed(reading, knowledge)
    with clock("decide"):
        return reading, lengthened, decide(candidates, reading, knowledge)


def proposed(reading: Reading, knowledge: Knowledge) -> tuple[Mapping[tuple[int, int], str], list[Candidate | Rejection]]:
    """The fuller words of event mentions that something modifies, and all that a text may say, in no order that counts."""
    from kg.extract import propose
    from kg.extract.whereabouts import within
    from kg.patterns import match_patterns
    from kg.patterns.clause import all_clauses, lengthened_events

    clauses = all_clauses(reading, knowledge)
    candidates = [*match_patterns(reading, clauses, knowledge), *propose(reading, clauses, knowledge)]
    return lengthened_events(reading, clauses), [*candidates, *within(candidates, knowledge)]
