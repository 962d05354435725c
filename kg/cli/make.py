"""Commands that make a graph and change what it is made of: ``kg build``, ``remove``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kg.cli.base import Columns, Out, Private, app, progress, show
from kg.errors import UsageError
from kg.speech import spoken

if TYPE_CHECKING:
    from kg.graph.report import Report

NoWait = Annotated[bool, typer.Option("--no-wait", help="Stop with exit code 2 where another kg is writing to OUT.")]
View = Annotated[
    Optional[bool],
    typer.Option(
        "--view/--no-view",
        show_default=False,
        help="Draw graph.html or leave it out; kg view draws it later. [default: draw it for up to 20,000 articles]",
    ),
]
Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH|URL...",
        show_default=False,
        help="Articles: text, HTML, documents, mail, tables, JSON, feeds, zip archives; folders of them; addresses.",
    ),
]
Into = Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="The folder to write into.")]
Workers = Annotated[int, typer.Option(min=1, metavar="N", help="Read with so many processes; the result is the same.")]
Machines = Annotated[
    str,
    typer.Option(
        metavar="local|ray",
        help="Read on this machine, or on the Ray cluster that RAY_ADDRESS names; the result is the same.",
    ),
]
Add = Annotated[bool, typer.Option("--add", help="Keep the articles that OUT holds and add those of PATH to them.")]
Corrections = Annotated[
    Optional[Path],
    typer.Option(
        metavar="FILE", show_default=False, help="People's corrections. [default: corrections.toml beside the articles]"
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first article that cannot be read, with exit code 2.")]
Contacts = Annotated[
    Optional[bool],
    typer.Option(
        "--contacts/--no-contacts",
        show_default=False,
        help="Keep or hide telephone numbers and mail addresses in articles.jsonl. [default: as OUT was built, else keep]",
    ),
]
_SHOWN = 3  # files that one line on standard error names


@app.command()
def build(
    paths: Paths,
    out: Into = Path("out"),
    workers: Workers = 1,
    engine: Machines = "local",
    add: Add = False,
    corrections: Corrections = None,
    columns: Columns = None,
    strict: Strict = False,
    contacts: Contacts = None,
    private: Private = False,
    view: View = None,
    no_wait: NoWait = False,
) -> None:
    """Build the knowledge graph of articles.

    Writes graph.ttl and graph.nq (the graph), evidence.ttl (which words of which article say each statement), graph.html (the
    graph to look at, up to 20,000 articles), articles.jsonl, rejected.jsonl and report.json. An article that cannot be read is reported and skipped.
    Where OUT holds a graph already, only articles that changed are read again; the result is that of a build from nothing.
    """
    from kg.pipeline import build as built
    from kg.read.columns import parse_columns

    with progress() as advance:
        report = built(
            paths,
            out,
            workers=workers,
            engine=engine,
            strict=strict,
            add=add,
            corrections=corrections,
            progress=advance,
            wait=not no_wait,
            columns=parse_columns(columns or ""),
            contacts=contacts,
            private=private,
            view=view,
        )
    if not report.articles:
        reasons = [f"{source}: {reason}" for source, reason in report.skipped] or [
            f"{path}: no article was found" for path in paths
        ]
        more = f"; and {len(reasons) - _SHOWN:,} more" if len(reasons) > _SHOWN else ""
        raise UsageError("; ".join(reasons[:_SHOWN]) + more)
    _told(report, out)


def _told(report: Report, out: Path) -> None:
    """What was done, and how to see a graph that was not drawn."""
    drawn = (out / "graph.html").is_file()
    more = "" if drawn else f"; graph.html is drawn by: kg view {out}"
    show("".join(f"{spoken(line)}\n" for line in (*report.lines(), f"written to {out}{more}")))


@app.command()
def remove(
    out: Out,
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE...", show_default=False, help="Identifiers, as articles.jsonl lists them.")
    ],
    view: View = None,
    no_wait: NoWait = False,
) -> None:
    """Take articles out of the graph.

    What stays is what a build without them gives.
    """
    from kg.pipeline import remove as removed

    _told(removed(out, articles, view=view, wait=not no_wait), out)


@app.command()
def forget(
    out: Out,
    person: Annotated[str, typer.Argument(metavar="PERSON", show_default=False, help="A name, or the IRI of a person.")],
    namesakes: Annotated[
        bool, typer.Option("--namesakes", help="Go on where several people are called so; all of them go.")
    ] = False,
    no_wait: NoWait = False,
) -> None:
    """Take a person out of everything.

    Statements, words behind them and the name in the texts go, and whatever is built into OUT later keeps the name out. OUT
    remembers a salted hash of the name, not the name. Files outside OUT and stores that OUT was loaded into are not touched.
    """
    from kg.forget import forget as forgotten

    show(
        "".join(
            f"{spoken(line)}\n"
            for line in (*forgotten(out, person, namesakes=namesakes, wait=not no_wait).lines(), f"written to {out}")
        )
    )
