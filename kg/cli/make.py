"""Commands that make a graph: ``kg build``."""
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.base import app, progress, show
from kg.errors import UsageError


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

    with progress() as advance:
        report = built(paths, out, workers=workers, strict=strict, progress=advance)
    if not report.articles:
        raise UsageError("; ".join(f"{source}: {reason}" for source, reason in report.skipped) or f"{', '.join(map(str, paths))}: no article was found")
    show("".join(f"{line}\n" for line in (*report.lines(), f"written to {out}")))
