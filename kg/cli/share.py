"""Commands that hand a graph to others: ``kg export``, ``serve``, ``load``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from kg.cli.base import Factuality, Formulas, MinConfidence, Out, app, progress, show
from kg.errors import UsageError
from kg.speech import LANGUAGES, spoken


@app.command()
def export(
    out: Out,
    form: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="turtle|n-quads|trig|json-ld|graphml|gexf|json-ld-tree|aligned|turtle-1.2|web-annotation|xlsx|csv|parquet|neo4j",
            show_default=False,
            help="The format.",
        ),
    ],
    target: Annotated[
        Optional[Path],
        typer.Option(
            "--out",
            "-o",
            metavar="FILE|FOLDER",
            show_default=False,
            help="Where to write it; csv, parquet and neo4j are two tables and need a folder. [default: standard output]",
        ),
    ] = None,
    factuality: Factuality = None,
    sure: MinConfidence = None,
    formulas: Formulas = False,
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV with the mark by which Excel knows that it is Unicode.")] = False,
) -> None:
    """Hand the graph to other tools.

    RDF files for stores, networks for Gephi and Cytoscape, tables of nodes and edges for spreadsheets, data frames and Neo4j.
    """
    from kg.graph.export import export as write
    from kg.graph.export import exported
    from kg.graph.sure import surer

    with surer(out, sure) as folder:
        if target:
            show("".join(f"{path}\n" for path in write(folder, form, target, factuality or (), formulas=formulas, bom=bom)))
            return
        files = [text for _, text in exported(folder, form, factuality or (), formulas=formulas, bom=bom)]
    if len(files) > 1:
        raise UsageError(f"{form} is {len(files)} files; name a folder for them with --out")
    if isinstance(files[0], bytes):
        raise UsageError(f"{form} is no text; name a file for it with --out")
    show(files[0], exact=True)


@app.command()
def serve(
    out: Out,
    host: Annotated[
        str, typer.Option(metavar="HOST", help="The address to listen on; 0.0.0.0 for every one of this machine.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", help="The port to listen on; 0 takes a free one.")] = 7030,
    seconds: Annotated[
        float, typer.Option(metavar="N", help="Stop a query after so many seconds where it names no time of its own.")
    ] = 10,
    hosts: Annotated[
        Optional[list[str]],
        typer.Option(
            "--allow-host",
            metavar="NAME",
            show_default=False,
            help="Also answer under this name, where a proxy or DNS gives the server one; may be repeated.",
        ),
    ] = None,
    origins: Annotated[
        Optional[list[str]],
        typer.Option(
            "--allow-origin",
            metavar="ORIGIN",
            show_default=False,
            help="Let pages of this origin (https://example.org, * for all) read answers in browsers; may be repeated.",
        ),
    ] = None,
    lang: Annotated[
        Optional[str],
        typer.Option(
            metavar="ko|en",
            show_default=False,
            help="The language of the pages, whatever browsers prefer; readers can still change it.",
        ),
    ] = None,
) -> None:
    """Serve the graph: a SPARQL endpoint and pages.

    A read-only SPARQL 1.1 endpoint at /sparql and pages to ask, search and look around at /, until it is stopped. Queries are
    limited in time, memory and size, and nothing outside the folder is ever asked or fetched. When the folder is built again, the
    server goes over to the new graph by itself.
    """
    try:
        from kg.serve import Access, Limits
        from kg.serve import serve as served
    except ModuleNotFoundError as error:
        raise UsageError(f"kg serve needs {error.name}; install it with: pip install 'presskg[serve]'") from error
    access = Access(hosts=tuple(hosts or ()), origins=tuple(origins or ()))
    if lang is not None and lang not in LANGUAGES:
        raise UsageError(f"language {lang!r} is not known; allowed: {', '.join(LANGUAGES)}")
    served(out, host=host, port=port, limits=Limits(seconds=seconds), access=access, lang=lang)


@app.command()
def load(
    out: Out,
    url: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="URL",
            show_default=False,
            help="The store's Graph Store address, http://localhost:7878/store for example.",
        ),
    ],
    default: Annotated[
        bool, typer.Option("--default", help="Also put the union of all graphs into the store's default graph.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Send everything again, whatever has arrived before.")] = False,
    user: Annotated[
        Optional[str],
        typer.Option(envvar="KG_USER", metavar="NAME", show_default=False, help="The user, where the store asks for one."),
    ] = None,
    password: Annotated[
        Optional[str], typer.Option(envvar="KG_PASSWORD", metavar="WORDS", show_default=False, help="The user's password.")
    ] = None,
) -> None:
    """Put the graph into a store.

    By the SPARQL 1.1 Graph Store Protocol, one article's graph after the other. A load that was cut off goes on where it stopped;
    after another build only what changed is sent.
    """
    from kg.graph.upload import upload

    with progress() as advance:
        done = upload(out, url, default=default, fresh=fresh, user=user, password=password, progress=advance)
    sent = f"{done.sent:,} graphs sent ({done.triples:,} triples), {done.same:,} there already, {done.removed:,} taken away"
    show(f"{spoken(sent)}\n")
