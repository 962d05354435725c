"""From articles to facts: each article by itself, here or by an engine (kg.engine): read → view → tokenize → read names → propose → decide → resolve."""

from __future__ import annotations

import gc
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.engine import Engine, Lost
from kg.graph.private import without_contacts
from kg.graph.results import Result
from kg.model import Article, Fact, View

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.analyze.reading import Reading
    from kg.decide import Decision
    from kg.knowledge.load import Knowledge
    from kg.knowledge.own_names import Own
    from kg.model import Candidate, Rejection
    from kg.resolve.things import Things

_FEW = 8  # articles that are not worth the start of another process
_PIECE = 16  # articles that a process is given at a time
_WARM = 8  # articles after which all that reads them has been loaded
MANY = 300  # articles read in one build after which the analyser's memory is given back


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


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be analysed, and why."""

    article: str
    reason: str


def extract_all(
    articles: list[Article], *, clock: Clock, own: Own = ((), ()), engine: Engine | None = None
) -> Iterator[Result | Failure]:
    """Results in the order of the articles, by this process or by an engine's."""
    if not articles:
        return  # what analyses texts takes a second to load
    if engine is not None and len(articles) > _FEW:
        chunks = (articles[i : i + _PIECE] for i in range(0, len(articles), _PIECE))
        with clock("extract (engine)"):
            for results in engine.mapped(partial(extract_piece, own=own), chunks):
                yield from (Failure(one.item.identifier, one.reason) if isinstance(one, Lost) else one for one in results)
        return
    frozen = gc.get_freeze_count()
    try:
        yield from _extract(articles, own, clock)
    finally:
        if not frozen:
            gc.unfreeze()


def extract_piece(articles: Sequence[Article], own: Own) -> list[Result | Failure]:
    """The results of some articles, made in a process of an engine."""
    return list(_extract(articles, own, Clock()))


def _extract(articles: Sequence[Article], own: Own, clock: Clock) -> Iterator[Result | Failure]:
    from kg.analyze.lean import import_spacy

    import_spacy()
    from spacy.vocab import Vocab

    from kg.analyze.tokenizer import KiwiTokenizer
    from kg.knowledge.own_names import forms, with_names
    from kg.read.view import make_view

    knowledge, tokenizer = with_names(*own), KiwiTokenizer(Vocab(), forms(own[0]))
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
    public, private = without_contacts(view.article, facts)
    return Result(view.article.identifier, public, (*spans, *private), sketch(view.article))


def facts_of(
    view: View, doc: Doc, knowledge: Knowledge, clock: Callable[[str], AbstractContextManager] = lambda stage: nullcontext()
) -> tuple[Things, list[Fact], list[Rejection]]:
    """The things that an article names, its facts, and what was considered and rejected; ``clock(stage)`` times each step."""
    from kg.decide.arguments import UNLIKELY, load_arguments, weighed
    from kg.decide.doubts import doubted, load_doubts
    from kg.decide.pairs import Names
    from kg.decide.passing import in_passing
    from kg.resolve.facts import resolve_facts
    from kg.resolve.things import resolve_things

    reading, lengthened, decision = decided(view, doc, knowledge, clock)
    with clock("resolve"):
        things = resolve_things(reading, decision.claims, lengthened, view.article, knowledge)
    with clock("arguments"):
        names = Names(things.of, view.article.publisher)
        more = weighed(decision, load_arguments(), reading, names, knowledge)
        decision = more.without(doubted(decision.claims, load_doubts(), reading, names, knowledge), UNLIKELY)
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
