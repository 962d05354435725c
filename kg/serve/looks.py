"""How the pages look and what stands at their head: colours of classes and relations, scripts in English, how large the graph is."""

from __future__ import annotations

import re
from typing import Any

from kg.knowledge.resources import resource
from kg.serve.words import translated


def figures(store: Any) -> list[tuple[object, int]]:
    """How many things of each family there are, for the head of the first page."""
    from collections import Counter, defaultdict

    import pyoxigraph as ox
    from rdflib import RDF

    from kg.viz.style import load_style

    style = load_style()
    kinds: dict[object, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), None, ox.DefaultGraph()):
        kinds[quad.subject].append(quad.object.value)
    count = Counter(_broad(style, style.of(tuple(types))) for types in kinds.values())
    rows = sorted(
        (
            (style.classes[name].order, name, n)
            for name, n in count.items()
            if name in style.classes and not style.classes[name].folded
        )
    )
    return [(style.classes[name], n) for _, name, n in rows]


def _broad(style: Any, name: str) -> str:
    """The family of a class as the legend counts it, all organizations under one name."""
    drawn = style.classes.get(name)
    if drawn is None:
        return ""
    return next(
        (
            other
            for other, row in style.classes.items()
            if row.order == drawn.order and not row.folded and other.endswith("Organization")
        ),
        drawn.family,
    )


def theme(request: object) -> object:
    """Colours of the theme, classes and relations as CSS, from the same data as the drawing of the whole graph."""
    from starlette.responses import Response

    from kg.viz.style import load_style

    style = load_style()

    def rules(dark: bool) -> str:
        colors = style.theme["dark" if dark else "light"]
        lines = [":root{" + "".join(f"--{name}:{value};" for name, value in colors.items()) + "}"]
        for prefix, rows in (("c", style.classes), ("k", style.kinds)):
            for name, row in rows.items():
                lines.append(f".{prefix}-{re.sub(r'[^A-Za-z0-9]', '-', name)}{{--own:{row.dark if dark else row.color}}}")
        lines += [f".g-{at}{{--group:{color}}}" for at, color in enumerate(style.groups["dark" if dark else "light"])]
        return "\n".join(lines)

    return Response(f"{rules(False)}\n@media (prefers-color-scheme: dark){{\n{rules(True)}\n}}\n", media_type="text/css")


def script(request: Any) -> object:
    """A script of ours with the English of what it says."""
    from starlette.exceptions import HTTPException
    from starlette.responses import Response

    path = resource("viz", "serve", "static", f"{request.path_params['name']}.js")
    if not re.fullmatch(r"\w+", request.path_params["name"]) or not path.is_file():
        raise HTTPException(404)
    return Response(translated(path.read_text(encoding="utf-8")), media_type="text/javascript")
