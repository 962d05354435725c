"""The main job as its table of contents: read articles, take from each its facts (kg.extraction), link, assemble and write them (kg.writing)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from kg.engine import Engine
from kg.engine import engine as engine_of
from kg.errors import ArticleError
from kg.extraction import MANY, Clock, Failure, decided, extract, extract_all, facts_of, proposed
from kg.graph.folder import claim, occupied
from kg.graph.results import Result, as_line, from_line, kept, stored_articles, stored_skipped
from kg.graph.shield import Shield, shield_of
from kg.graph.spool import Spool
from kg.inputs import Asked, check, given, stored_corrections, stored_names
from kg.model import Article
from kg.writing import Read, unswept, written

if TYPE_CHECKING:
    from kg.errors import UsageError
    from kg.graph.report import Report
    from kg.knowledge.own_table import OwnName

__all__ = ["DRAWN", "Clock", "build", "decided", "extract", "extract_all", "facts_of", "made", "proposed", "remove"]

Path_ = str | PathLike[str]
_NAMED = 3  # skipped files that an error names
DRAWN = 20_000  # articles up to which a build draws graph.html; the page of a larger graph takes minutes


def build(
    paths: Iterable[object],
    out: Path_,
    *,
    workers: int = 1,
    engine: str = "local",
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
    there is one. ``workers`` processes read, by ``engine``: ``local`` ones or, with ``ray``, those of a cluster (``kg.engine``);
    the outcome is the same, and a build that is killed goes on where it stopped. ``progress(done, all)`` is called as articles are finished. A bad article is
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
        with engine_of(engine, workers) as machines:
            return made(
                map(shield, what.articles),
                what.skipped,
                out,
                shield.words(what.corrections),
                shield=shield,
                engine=machines,
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


class _Taken:
    """What has been read so far: articles, their results, the lines that are kept of them, and what had to be skipped."""

    def __init__(self, articles: Iterable[Article], contents: Mapping[str, str], known: Mapping[str, str]) -> None:
        self.articles = {a.identifier: a for a in articles}
        self.lines = {i: known[contents[i]] for i in self.articles if contents[i] in known}
        self.results: dict[str, Result] = {}
        self.skipped: list[tuple[str, str]] = []
        self._contents = contents

    def take(self, result: Result | Failure, *, strict: bool) -> str | None:
        """The line of a result; a failure raises where that is asked for, and takes its article out."""
        if isinstance(result, Failure):
            if strict:
                raise ArticleError(self.articles[result.article].source, result.reason)
            self.skipped.append((self.articles.pop(result.article).source, result.reason))
            return None
        self.results[result.article] = result
        line = self.lines[result.article] = as_line(result, self._contents[result.article])
        return line

    def ordered(self) -> tuple[Result, ...]:
        """A result for each article, in their order."""
        return tuple(self.results[i] if i in self.results else from_line(self.lines[i])[1] for i in self.articles)


def made(
    articles: Iterable[Article],
    skipped: Iterable[tuple[str, str]],
    out: Path,
    corrections: str,
    *,
    shield: Shield,
    clock: Clock,
    engine: Engine | None = None,
    strict: bool = False,
    progress: Callable[[int, int], None] | None = None,
    view: bool | None = None,
    emptied: bool = False,
    names: tuple[OwnName, ...] = (),
) -> Report:
    """The graph of articles in a folder, from what is known of them and what has to be read."""
    from kg.knowledge.corrections import own_names, parse
    from kg.knowledge.own_names import as_table, with_names
    from kg.link.judging import judging
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
        spool = Spool(out)
        known = {**spool.lines(), **kept(out)}
    taken = _Taken(articles, contents, known)
    fresh = [a for a in articles if a.identifier not in taken.lines]
    found = extract_all(fresh, clock=clock, own=own, engine=engine)
    with spool.begun(len(fresh)) as keep:
        for number, result in enumerate(found, len(taken.lines) + 1):
            if (line := taken.take(result, strict=strict)) is not None:
                keep(line)
            if progress:
                progress(number, len(articles))
    skipped.extend(taken.skipped)
    if len(fresh) > MANY:
        from kg.analyze.tokenizer import kiwi

        kiwi.cache_clear()
    if not taken.articles and not emptied and (error := _nothing_left(out, skipped)):
        raise error
    with unswept():
        with clock("read"):
            ordered = taken.ordered()
        read = Read(
            articles=taken.articles,
            results=ordered,
            lines=taken.lines,
            contents=contents,
            skipped=tuple(sorted(skipped)),
            corrections=corrections,
            decisions=tuple(decisions),
            names=names,
            shield=shield,
            judge=judging(knowledge, engine, own),
        )
        report = written(read, knowledge, out, clock, view=len(taken.articles) <= DRAWN if view is None else view)
    spool.clear()
    return report
