"""Runs ``docs/graph.ipynb`` again, cell by cell in this process, and writes the answers into it: ``python -m
docs.make_notebook``.

No kernel is needed, and the same graph gives the same file. A test holds the answers in the file to those that the code gives.
"""

from __future__ import annotations

import ast
import base64
import json
from pathlib import Path
from typing import Any

NOTEBOOK = Path(__file__).with_name("graph.ipynb")


def executed(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with what each cell gives now."""
    names: dict[str, Any] = {"__name__": "__main__"}
    cells, number = [], 0
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            number += 1
            value = _value("".join(cell["source"]), names)
            shown = (
                []
                if value is None
                else [{"data": _shown(value), "execution_count": number, "metadata": {}, "output_type": "execute_result"}]
            )
            cell = {**cell, "execution_count": number, "outputs": shown}
        cells.append(cell)
    return {**notebook, "cells": cells}


def _value(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; the value of its last line where that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if last else None


def _shown(value: Any) -> dict[str, Any]:
    """What a notebook keeps of a value: its picture or table, and its plain words."""
    data: dict[str, Any] = {}
    if isinstance(value, Path) and value.suffix == ".png":
        return {"image/png": base64.b64encode(value.read_bytes()).decode() + "\n", "text/plain": _lines("<a plot>")}
    for method, media in (("_repr_svg_", "image/svg+xml"), ("_repr_html_", "text/html")):
        if hasattr(value, method):
            data[media] = _lines(getattr(value, method)())
    return {**data, "text/plain": _lines(repr(value))}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def main() -> None:
    """Execute and write."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    NOTEBOOK.write_text(json.dumps(executed(notebook), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
