"""The command line: ``kg build``, ``query``, ``view``, ``check``, ``score`` …

Exit codes: 0 good, 1 the data violates what was checked, 2 bad input or usage. Answers go to standard output, everything else to
standard error, so that output can be piped.
"""
from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Optional

import typer

from kg import __version__
from kg.errors import PressKGError, UsageError

app = typer.Typer(
    name="kg", no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="PressKG: a knowledge graph from Korean press releases and news articles, every statement with its words.",
    epilog="Exit codes: 0 good, 1 the data violates what was checked, 2 bad input or usage.",
)
Out = Annotated[Path, typer.Argument(metavar="OUT", help="A folder that 'kg build' made.", show_default=False)]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def root(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")] = False) -> None:
    """PressKG: a knowledge graph from Korean press releases and news articles, every statement with its words."""


@app.command()
def build(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", show_default=False,
                                                help="Articles: text, HTML and document files, JSON Lines corpora, folders of them.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="The folder to write into.")] = Path("out"),
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Read with so many processes; the result is the same.")] = 1,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first article that cannot be read, with exit code 2.")] = False,
) -> None:
    """Build the knowledge graph of articles.

    Writes graph.ttl and graph.nq (the graph), evidence.ttl (which words of which article say each statement), graph.html (the graph to
    look at), articles.jsonl, rejected.jsonl and report.json. An article that cannot be read is reported and skipped.
    """
    from kg.pipeline import build as built

    with _progress() as advance:
        report = built(paths, out, workers=workers, strict=strict, progress=advance)
    if not report.articles:
        raise UsageError("; ".join(f"{source}: {reason}" for source, reason in report.skipped) or f"{', '.join(map(str, paths))}: no article was found")
    _print("".join(f"{line}\n" for line in (*report.lines(), f"written to {out}")))


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on a terminal, which takes what is done and how much there is; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("articles"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, all_: bar.update(task, completed=done, total=all_)


def _print(text: str) -> None:
    """Write an answer; a reader that closes the pipe early, as head does, is no error."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def query(
    context: typer.Context,
    out: Annotated[Optional[Path], typer.Argument(metavar="OUT", help="A folder that 'kg build' made.", show_default=False)] = None,
    source: Annotated[Optional[str], typer.Argument(metavar="NAME|FILE|-", show_default=False,
                                                    help="A named question, a .rq file, or - for SPARQL on standard input.")] = None,
    form: Annotated[str, typer.Option("--format", "-f", metavar="table|csv|tsv|json|markdown|turtle", help="How to write the answer.")] = "table",
    limit: Annotated[Optional[int], typer.Option(min=0, metavar="N", help="At most so many rows or triples.")] = None,
) -> None:
    """Ask the graph a question, or list the named ones.

    Without a question, the named questions are listed with their parameters, which follow the name: kg query out panel-of --event
    "정책 포럼". SPARQL may be SELECT, ASK, CONSTRUCT or DESCRIBE; nothing outside the folder is ever asked or fetched.
    """
    from kg.answer import render
    from kg.query import query as ask

    if out is None or source is None:
        _print("".join(_listing()))
        return
    answer = ask(out, source, _parameters(context.args), limit=limit)
    _print(render(answer, form))
    if answer.cut:
        typer.echo(f"only the first {limit:,} are shown", err=True)


def _listing() -> Iterator[str]:
    from kg.query import questions

    for question in questions():
        takes = "".join(f" [--{parameter.name} …]" for parameter in question.parameters)
        yield f"{question.name}{takes}\n    {question.ko}\n    {question.en}\n"


def _parameters(words: list[str]) -> dict[str, str]:
    """``--name value`` and ``--name=value`` as a mapping.

    >>> _parameters(["--event", "포럼", "--year=2023"])
    {'event': '포럼', 'year': '2023'}
    """
    values, rest = {}, list(words)
    while rest:
        word = rest.pop(0)
        name, given, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise UsageError(f"{word!r} is not expected; a question's parameters are written --name value")
        if not given and not rest:
            raise UsageError(f"--{name}: a value is missing")
        values[name] = value if given else rest.pop(0)
    return values


@app.command()
def view(
    out: Out,
    focus: Annotated[Optional[str], typer.Option(metavar="THING", help="The thing to start from: a name, another name of it, or an IRI.")] = None,
    classes: Annotated[Optional[list[str]], typer.Option("--class", metavar="CLASS", help="Show this class at first (press:Event or 행사); may be repeated.")] = None,
    limit: Annotated[Optional[int], typer.Option(min=1, metavar="N", help="Show at most so many things at first.")] = None,
    layout: Annotated[str, typer.Option(metavar="network|timeline|cohost|article", help="How to arrange it.")] = "network",
    lang: Annotated[str, typer.Option(metavar="ko|en", help="The language of the page around the graph.")] = "ko",
    target: Annotated[Optional[Path], typer.Option("--to", metavar="FILE", help="Write to this file. [default: OUT/graph.html]", show_default=False)] = None,
) -> None:
    """Draw graph.html again.

    It is one page that opens without network, and shows for each thing and each line the words that say so.
    """
    from kg.viz import draw

    _print(str(draw(out, focus=focus, classes=classes or None, limit=limit, layout=layout, lang=lang, target=target)) + "\n")


@app.command()
def check(
    out: Out,
    as_json: Annotated[bool, typer.Option("--json", help="Write all findings as JSON.")] = False,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="Show at most so many findings of each severity.")] = 50,
) -> None:
    """Check the graph; exit code 1 where it violates.

    It must conform to its ontology and its SHACL shapes, and the words given for each statement must stand in the article where they
    are said to stand.
    """
    from kg.check import check as checked

    report = checked(out)
    _print(_json(report.as_dict()) if as_json else "".join(f"{line}\n" for line in report.lines(limit=limit)))
    raise typer.Exit(0 if report.conforms else 1)


@app.command()
def export(
    out: Out,
    form: Annotated[str, typer.Option("--to", metavar="turtle|n-quads|trig|json-ld|graphml|gexf|csv", show_default=False, help="The format.")],
    target: Annotated[Optional[Path], typer.Option("--out", "-o", metavar="FILE|FOLDER", show_default=False,
                                                   help="Where to write it; csv is two tables and needs a folder. [default: standard output]")] = None,
) -> None:
    """Hand the graph to other tools.

    RDF files for stores, networks for Gephi and Cytoscape, tables of nodes and edges for spreadsheets.
    """
    from kg.export import export as write
    from kg.export import exported

    if target:
        _print("".join(f"{path}\n" for path in write(out, form, target)))
        return
    files = [text for _, text in exported(out, form)]
    if len(files) > 1:
        raise UsageError(f"{form} is {len(files)} files; name a folder for them with --out")
    _print(files[0])


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold facts, JSON Lines with one article each.", show_default=False)],
    graph: Annotated[Path, typer.Argument(metavar="OUT", help="A folder that 'kg build' made, or a .nq or .trig file.", show_default=False)],
    errors: Annotated[bool, typer.Option("--errors", help="List every wrong and every missed statement.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the table as JSON.")] = False,
) -> None:
    """Measure the graph against gold facts.

    Prints precision, recall and F1 of each scored property and of all together.
    """
    from kg.score import render
    from kg.score import score as measured

    result = measured(gold, graph)
    _print(_json(result.as_json()) if as_json else render(result, errors=errors))


def main() -> None:
    """Run the command line; what PressKG raises on purpose becomes one line and exit code 2."""
    for stream in (sys.stdout, sys.stderr):  # Korean comes out whole whatever the locale says
        stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app(prog_name="kg")
    except PressKGError as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def _fail(message: str) -> None:
    typer.echo(f"kg: {' '.join(message.split())}", err=True)
    raise SystemExit(2)


if __name__ == "__main__":
    main()
