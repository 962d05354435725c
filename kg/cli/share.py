"""Commands that hand a graph to others: ``kg export``."""
from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from kg.cli.base import Out, app, show
from kg.errors import UsageError


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
        show("".join(f"{path}\n" for path in write(out, form, target)))
        return
    files = [text for _, text in exported(out, form)]
    if len(files) > 1:
        raise UsageError(f"{form} is {len(files)} files; name a folder for them with --out")
    show(files[0])
