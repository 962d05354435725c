"""``draw``: from an OUT folder to ``graph.html``."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.viz.page import render
from kg.viz.scene import scene
from kg.viz.source import read
from kg.viz.style import Style, load_style

LAYOUTS = ("network", "timeline", "cohost", "article")
_LANGUAGES = ("ko", "en")


def draw(out: Path | str, *, focus: str | None = None, classes: Iterable[str] | None = None, limit: int | None = None,
         layout: str = "network", lang: str = "ko", target: Path | str | None = None) -> Path:
    """Write the page for an OUT folder (``OUT/graph.html`` or ``target``) and return its path.

    ``focus`` names the thing to start from (a name, alias or IRI), ``classes`` the classes to show at first (``press:Event`` or its Korean
    name), ``limit`` how many things to show at first, ``layout`` one of ``LAYOUTS``, ``lang`` the language of the page around the graph.
    """
    from kg.vocab import PREFIXES

    _allowed("layout", layout, LAYOUTS)
    _allowed("lang", lang, _LANGUAGES)
    style, source = load_style(), read(out)
    parts = scene(source, style, layout=layout, focus=focus, classes=tuple(classes or ()), limit=limit)
    evidence = parts.pop("evidence")
    titles = [paper.title for paper in source.papers.values()]
    title = "PressKG" if not titles else f"{titles[0]} 외 {len(titles) - 1}건" if len(titles) > 1 else titles[0]
    blocks = {"look": _look(style), "graph": {"lang": lang, "title": title, "prefixes": dict(PREFIXES), **parts}, "evidence": evidence}
    path = Path(target) if target else Path(out) / "graph.html"
    path.write_bytes(render(title, lang, blocks).encode("utf-8", "replace"))
    return path


def _look(style: Style) -> dict[str, Any]:
    return {"parts": {"event": style.event, "article": style.article}, "theme": style.theme, "shapes": style.shapes, "icons": style.icons,
            "classes": {name: asdict(row) for name, row in style.classes.items()},
            "kinds": {name: asdict(row) for name, row in style.kinds.items()},
            "relations": {name: asdict(row) for name, row in style.relations.items()}}


def _allowed(key: str, value: str, allowed: Iterable[str]) -> None:
    if value not in allowed:
        raise UsageError(f"{key}: {value!r} is not known; allowed: {', '.join(allowed)}")
