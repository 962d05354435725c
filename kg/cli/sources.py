"""Commands about what articles come from: ``kg read``, ``watch``."""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kg.cli.base import Columns, Private, app, as_json, show
from kg.errors import ArticleError, UsageError
from kg.screen import padded, tell
from kg.speech import language, spoken, word

if TYPE_CHECKING:
    from kg.ask.read_as import ReadAs

_WIDTH = 10  # characters of the column of roles
_STYLES = {
    "title": "bold cyan",
    "subtitle": "cyan",
    "body": "",
    "left out": "dim",
    "caption": "magenta",
    "credit": "magenta",
    "contact": "yellow",
}
_PERSON, _OTHER = "green", "blue"
Parts = list[tuple[str, str]]  # words and their style


@app.command()
def read(
    paths: Annotated[list[str], typer.Argument(metavar="FILE|URL...", show_default=False, help="What 'kg build' reads.")],
    json: Annotated[bool, typer.Option("--json", help="Write JSON with offsets into the raw text.")] = False,
    names: Annotated[bool, typer.Option("--names/--no-names", help="Find the names too.")] = True,
    columns: Columns = None,
    private: Private = False,
) -> None:
    """Show what files are read as.

    Every article with its title, date, publisher and address; its text with the role of each stretch, what is left out among them;
    what was mended (before → after); the names in it with their kinds. Nothing is written. Exit code 2 where a file cannot be read.
    """
    from kg.ask.read_as import read_as
    from kg.read.columns import parse_columns

    skipped: list[ArticleError] = []
    found = read_as(paths, skipped.append, names=names, columns=parse_columns(columns or ""), private=private)
    if json:
        said = {
            "articles": [one.as_json() for one in found],
            "skipped": [{"source": e.source, "reason": e.reason} for e in skipped],
        }
        show(as_json(said), exact=True)
    else:
        for one in found:
            _write(parts for parts in _lines(one))
    if skipped:
        raise UsageError("; ".join(map(str, skipped[:3])) + (f"; and {len(skipped) - 3:,} more" if len(skipped) > 3 else ""))


@app.command()
def watch(
    paths: Annotated[
        list[str], typer.Argument(metavar="FILE|FEED|URL...", show_default=False, help="Files, folders, feeds, pages.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="The folder of the graph.")] = Path("out"),
    every: Annotated[str, typer.Option(metavar="TIME", help="How often to look: 30s, 15m, 2h, 1d.")] = "15m",
    rounds: Annotated[
        Optional[int], typer.Option(min=1, metavar="N", show_default=False, help="Stop after so many looks.")
    ] = None,
    feed: Annotated[
        Optional[Path], typer.Option(metavar="FILE", show_default=False, help="Keep an Atom feed of the changes.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Write each look as a line of JSON.")] = False,
    columns: Columns = None,
    private: Private = False,
) -> None:
    """Keep a graph current and say what changed.

    Looks at the sources again and again: new articles join the graph, changed ones are read anew, what a feed no longer shows
    stays. Says which things and relations are new and which changed. What cannot be read now is tried again at the next look.
    """
    from kg.graph.changes import add_to_feed
    from kg.read.columns import parse_columns
    from kg.web.watch import Watched, interval
    from kg.web.watch import watch as watched

    what = Watched(sources=tuple(paths), out=out, private=private, columns=parse_columns(columns or ""))
    failed = False
    try:
        for look in watched(what, interval(every), rounds=rounds):
            failed = look.failed is not None
            if look.changes and feed:
                add_to_feed(feed, look.changes, look.when)
            if json:
                show(dumps(look.as_json(), ensure_ascii=False) + "\n", exact=True)
                continue
            stamp = look.when.astimezone().strftime("%Y-%m-%d %H:%M:%S")
            show(
                "".join(
                    f"{spoken(line)}\n"
                    for line in (f"{stamp}  {'changed' if look.changes else 'nothing changed'}", *look.changes.lines())
                )
            )
            for source, reason in look.skipped:
                tell(f"{source}: {reason}")
            if look.failed:
                tell(f"the graph stays as it is: {look.failed}")
    except KeyboardInterrupt:
        return
    if failed:
        raise typer.Exit(2)


def _lines(one: ReadAs) -> Iterator[Parts]:
    """The lines about an article, in parts with styles."""
    article = one.article
    yield [(f"{article.identifier}", "bold"), (f"  {article.source}", "dim")]
    keys = ("date", "modified", "publisher", "url")
    said = [(key, getattr(article, key)) for key in keys]
    if all(role != "section" for role, _ in one.stretches):
        said.append(("section", article.section))
    for key, value in (*said, *(("note", note) for note in article.notes)):
        if value:
            yield [(f"  {padded(word(key), _WIDTH)}", "dim"), (spoken(str(value)) if key == "note" else str(value), "")]
    spans = {(n.span.field, n.span.start): n for n in reversed(one.names)}
    for role, span in one.stretches:
        style = _STYLES.get(role, "magenta")
        for number, (start, line) in enumerate(_split(article.raw(span), span.start)):
            yield [
                (f"  {padded(word(role) if not number else '', _WIDTH)}", "dim"),
                *_marked(line, start, span.field, spans if role != "left out" else {}, style),
            ]
    if one.repairs:
        yield [(f"  {word('mended')}", "bold")]
        for repair in one.repairs:
            yield [
                (f"    {repair.rule:<18}", "dim"),
                (_flat(repair.before), "red"),
                (" → ", "dim"),
                (_flat(repair.after), "green"),
            ]
    if one.names:
        yield [(f"  {word('names')}", "bold")]
        counts: dict[tuple[str, str, str], int] = {}
        for name in one.names:
            called = name.kind, _flat(name.name), name.title or ""
            counts[called] = counts.get(called, 0) + 1
        for (kind, words, title), number in counts.items():
            more = f"  {title}" * bool(title) + f"  ×{number}" * (number > 1)
            yield [(f"    {padded(_kind(kind), 18)}", "dim"), (words, _PERSON if kind == "Person" else _OTHER), (more, "dim")]
    yield [("", "")]


def _kind(name: str) -> str:
    """A class as its reader calls it."""
    from kg.knowledge.schema import schema

    return schema().labels.get(name, {}).get("ko", name) if language.get() == "ko" else name


def _split(text: str, start: int) -> Iterator[tuple[int, str]]:
    for line in text.split("\n"):
        if line.strip():
            yield start, line.rstrip("\r")
        start += len(line) + 1


def _marked(line: str, start: int, field: str, spans: dict, style: str) -> Iterator[tuple[str, str]]:
    """A line with its names in colour."""
    at, end = start, start + len(line)
    for (_, low), name in sorted((key, name) for key, name in spans.items() if key[0] == field and start <= key[1] < end):
        if low < at:
            continue
        yield line[at - start : low - start], style
        at = min(name.span.end, end)
        yield line[low - start : at - start], _PERSON if name.kind == "Person" else _OTHER
    yield line[at - start :], style


def _flat(words: str) -> str:
    return " ".join(words.split())


def _write(lines: Iterator[Parts]) -> None:
    """Lines in colour on a terminal, as words elsewhere."""
    import sys

    if not sys.stdout.isatty():
        show("".join("".join(words for words, _ in parts).rstrip() + "\n" for parts in lines))
        return
    from rich.console import Console
    from rich.text import Text

    from kg.screen import clean

    console = Console(highlight=False, soft_wrap=True)
    for parts in lines:
        console.print(Text.assemble(*((clean(words), style) for words, style in parts)))
