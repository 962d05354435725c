"""Commands that judge a graph: ``kg check``, ``review``, ``score``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from kg.cli.base import Out, app, as_json, show
from kg.screen import tell


@app.command()
def check(
    out: Out,
    json_wanted: Annotated[bool, typer.Option("--json", help="Write all findings as JSON.")] = False,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="Show at most so many findings of each severity.")] = 50,
) -> None:
    """Check the graph; exit code 1 where it violates.

    It must conform to its ontology and its SHACL shapes, and the words given for each statement must stand in the article where
    they are said to stand.
    """
    from kg.graph.check import check as checked

    report = checked(out)
    show(as_json(report.as_dict()) if json_wanted else "".join(f"{line}\n" for line in report.lines(limit=limit)))
    raise typer.Exit(0 if report.conforms else 1)


@app.command()
def review(
    out: Out,
    target: Annotated[
        Optional[Path],
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            show_default=False,
            help="Write the proposals there as corrections, to be edited and put beside the articles.",
        ),
    ] = None,
    service: Annotated[
        Optional[str],
        typer.Option(
            metavar="URL",
            show_default=False,
            help="Also ask this reconciliation service (W3C Reconciliation API) what bodies and places are elsewhere, in "
            "Wikidata for one, where the graph has no link yet. Their names are sent to it; nothing is asked otherwise.",
        ),
    ] = None,
    json_wanted: Annotated[bool, typer.Option("--json", help="Write all of it as JSON.")] = False,
    limit: Annotated[int, typer.Option(min=0, metavar="N", help="Show at most so many of each kind.")] = 50,
) -> None:
    """List what deserves a look by people.

    Possible duplicates, articles that contradict each other, statements of low confidence, out of damaged text or from hearsay.
    """
    from kg.ask.reconcile import reconcile
    from kg.ask.review import Review
    from kg.ask.review import review as reviewed

    found = reviewed(out)
    if service is not None:
        proposed = reconcile(out, service)
        found = Review((*found.items, *proposed.items))
        for note in proposed.notes:
            tell(note)
    if target:
        target.write_text(found.as_toml(), encoding="utf-8")
        show(f"{target}\n")
        return
    show(as_json(found.as_dict()) if json_wanted else "".join(f"{line}\n" for line in found.lines(limit=limit)))


@app.command()
def score(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD",
            help="Gold facts, JSON Lines with one article each; or a marked page (.page, .html) or a folder of such.",
            show_default=False,
        ),
    ],
    graph: Annotated[
        Optional[Path],
        typer.Argument(
            metavar="OUT", help="A folder that 'kg build' made, or a .nq or .trig file; none for pages.", show_default=False
        ),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every wrong and every missed statement.")] = False,
    json_wanted: Annotated[bool, typer.Option("--json", help="Write the table as JSON.")] = False,
) -> None:
    """Measure the graph against gold facts, or how pages are read.

    Prints precision, recall and F1 of each scored property and of all together. Of marked pages: how many articles are counted
    right, titles, subtitles, publishers and dates that are right, and the character F1 of the bodies.
    """
    if graph is None:
        from kg.measure.pages import as_plain, render_pages, score_pages

        scores = score_pages(gold)
        show(as_json(as_plain(scores)) if json_wanted else render_pages(scores, errors=errors))
        return
    from kg.measure.score import render
    from kg.measure.score import score as measured

    result = measured(gold, graph)
    show(as_json(result.as_json()) if json_wanted else render(result, errors=errors))
