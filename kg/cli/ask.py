"""Commands that ask a graph: ``kg query``, ``ask``, ``explain``, ``view``, ``stats``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kg.cli.base import Factuality, Formulas, MinConfidence, Out, app, as_json, show
from kg.errors import UsageError
from kg.screen import tell

if TYPE_CHECKING:
    from kg.ask.answer import Answer


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def query(
    context: typer.Context,
    out: Annotated[
        Optional[str],
        typer.Argument(
            metavar="OUT|URL",
            show_default=False,
            help="A folder that 'kg build' made, or the address of a SPARQL endpoint that holds such a graph.",
        ),
    ] = None,
    source: Annotated[
        Optional[str],
        typer.Argument(
            metavar="NAME|FILE|-", show_default=False, help="A named question, a .rq file, or - for SPARQL on standard input."
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="table|csv|tsv|json|markdown|turtle", help="How to write the answer.")
    ] = "table",
    limit: Annotated[Optional[int], typer.Option(min=0, metavar="N", help="At most so many rows or triples.")] = None,
    factuality: Factuality = None,
    sure: MinConfidence = None,
    formulas: Formulas = False,
) -> None:
    """Ask the graph a question, or list the named ones.

    Without a question, the named questions are listed with their parameters, which follow the name: kg query out panel-of --event
    "정책 포럼". SPARQL may be SELECT, ASK, CONSTRUCT or DESCRIBE; of a folder, nothing outside it is ever asked or fetched.
    """
    from kg.ask import query as here
    from kg.ask import remote
    from kg.ask.answer import render
    from kg.graph.store import built

    away = out is not None and remote.is_address(out)
    if out is not None and not away:
        built(out, "graph.nq")
    if out is None or source is None:
        show("".join(_listing()))
        return
    values = _parameters(context.args)
    if away and (factuality or sure):
        raise UsageError(
            "--factuality and --min-confidence ask the evidence of a folder; an endpoint holds what was loaded into it"
        )
    if away:
        answer = remote.query(out, source, values, limit=limit)
    elif sure:
        from kg.graph.sure import surer

        with surer(out, sure) as folder:
            answer = here.query(folder, source, values, limit=limit, factuality=factuality or ())
    elif factuality:
        answer = here.query(out, source, values, limit=limit, factuality=factuality)
    else:
        answer = _of_folder(out, source, values, limit)
    show(render(answer, form, formulas=formulas), exact=form not in ("table", "markdown"))
    for line in _remarks(out, values, answer, limit):
        tell(line)


def _of_folder(out: str, source: str, values: dict[str, str], limit: int | None) -> Answer:
    """The answer of a folder, from the store of its server where there is one: that is there at once."""
    import pyoxigraph

    from kg.ask import query as here
    from kg.serve.snapshot import kept

    with kept(out) as store:
        if store is None:
            return here.query(out, source, values, limit=limit)
        return here.ask(pyoxigraph.Store.read_only(str(store)), here.find_question(source), values, limit=limit)


def _remarks(out: str, values: dict[str, str], answer: Answer, limit: int | None) -> Iterator[str]:
    """What has to be known of an answer: that it was cut, or why it may be empty."""
    from kg.ask import remote
    from kg.ask.near import unnamed

    if answer.cut:
        yield f"only the first {limit:,} are shown"
    if answer.kind != "rows" or answer.rows:
        return
    if not remote.is_address(out) and limit != 0:
        yield from unnamed(out, values)
    if remote.is_address(out) and remote.is_bare(out):
        yield "the default graph there is empty; kg load --default fills it with what all articles say"


def _listing() -> Iterator[str]:
    from kg.ask.query import questions

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
def ask(
    out: Out,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="QUESTION", show_default=False, help="A question in Korean, '2024년에 포럼을 연 기관은?' for example."
        ),
    ],
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="table|csv|tsv|json|markdown", help="How to write the answer.")
    ] = "table",
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many rows.")] = 50,
    sparql: Annotated[bool, typer.Option("--sparql", help="Write the query that the question becomes, and ask nothing.")] = False,
    formulas: Formulas = False,
) -> None:
    """Ask the graph a question in Korean.

    Says what was understood, answers with the sentences that say so, or refuses: with the words that it could not read and with
    questions that can be asked. A question that is not understood ends with exit code 2.
    """
    import pyoxigraph

    from kg.ask.korean import in_words
    from kg.graph.store import built
    from kg.serve.snapshot import kept

    built(out, "graph.nq")
    with kept(out) as store:  # a server's store is there at once
        source = out if store is None else pyoxigraph.Store.read_only(str(store))
        found = in_words(source, " ".join(words), limit=limit, bare=sparql)
    for line in found.lines:
        tell(line)
    if found.reply is None:
        raise typer.Exit(2)
    if sparql:
        show(found.reply.question.text)
        return
    from kg.ask.answer import render

    if found.reply.answer.rows:
        show(render(found.reply.answer, form, formulas=formulas), exact=form not in ("table", "markdown"))


@app.command()
def explain(
    out: Out,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="THING|SUBJECT PROPERTY OBJECT",
            show_default=False,
            help="A name, another name or an IRI; or a statement, as three words or one with | between.",
        ),
    ],
    json_wanted: Annotated[bool, typer.Option("--json", help="Write all of it as JSON.")] = False,
) -> None:
    """Say why something is in the graph.

    For a thing or a statement: which rule said so, the sentence with the words marked, their offsets and the confidence, what
    merged and why, and what was considered and rejected.
    """
    from kg.ask.explain import explain as explained

    found = explained(out, *words)
    show(as_json(found.as_dict()) if json_wanted else "".join(f"{line}\n" for line in found.lines()))


@app.command()
def view(
    out: Out,
    focus: Annotated[
        Optional[str], typer.Option(metavar="THING", help="The thing to start from: a name, another name of it, or an IRI.")
    ] = None,
    classes: Annotated[
        Optional[list[str]],
        typer.Option("--class", metavar="CLASS", help="Show this class at first (press:Event or 행사); may be repeated."),
    ] = None,
    limit: Annotated[Optional[int], typer.Option(min=1, metavar="N", help="Show at most so many things at first.")] = None,
    layout: Annotated[str, typer.Option(metavar="network|timeline|cohost|article", help="How to arrange it.")] = "network",
    lang: Annotated[str, typer.Option(metavar="ko|en", help="The language of the page around the graph.")] = "ko",
    target: Annotated[
        Optional[Path],
        typer.Option("--to", metavar="FILE", help="Write to this file. [default: OUT/graph.html]", show_default=False),
    ] = None,
    sure: MinConfidence = None,
) -> None:
    """Draw graph.html again.

    It is one page that opens without network, and shows for each thing and each line the words that say so.
    """
    from kg.graph.store import built
    from kg.graph.sure import surer
    from kg.viz import draw

    target = target or built(out, "graph.nq").parent / "graph.html"
    with surer(out, sure) as folder:
        show(str(draw(folder, focus=focus, classes=classes or None, limit=limit, layout=layout, lang=lang, target=target)) + "\n")


@app.command()
def stats(
    out: Out,
    table: Annotated[Optional[str], typer.Option(metavar="NAME", help="Only this table.", show_default=False)] = None,
    form: Annotated[str, typer.Option("--format", "-f", metavar="table|csv|json|markdown", help="How to write them.")] = "table",
    top: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many rows where things are ranked.")] = 20,
    target: Annotated[
        Optional[Path], typer.Option("--out", "-o", metavar="FOLDER", help="Write every table there, as CSV.", show_default=False)
    ] = None,
    picture: Annotated[
        Optional[Path], typer.Option("--plot", metavar="FILE", help="Draw the main tables as .png or .svg.", show_default=False)
    ] = None,
    formulas: Formulas = False,
) -> None:
    """Say how large the graph is and what is central in it.

    Sizes by class and property, coverage, the most connected bodies and people, betweenness, communities, who hosts with whom,
    events by month.
    """
    from kg.ask.plot import plot
    from kg.ask.stats import render, write_csv
    from kg.ask.stats import stats as measured

    found = measured(out, top=top)
    written = [*(write_csv(found, target, formulas=formulas) if target else ()), *([plot(found, picture)] if picture else ())]
    if written:
        show("".join(f"{path}\n" for path in written))
    else:
        show(render(found, form, table=table, formulas=formulas), exact=form in ("csv", "json"))
