"""``draw``: from an OUT folder to ``graph.html``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.viz.page import render
from kg.viz.scene import scene
from kg.viz.source import Source, read
from kg.viz.style import Style, load_style

from kg.errors import UsageError

LAYOUTS = ("network", "timeline", "cohost", "article")
_LANGUAGES = ("ko", "en")
_MANY = 10  # from so many articles on, the title of the first one says little about all


def draw(
    out: Path | str,
    *,
    focus: str | None = None,
    classes: Iterable[str] | None = None,
    limit: int | None = None,
    layout: str = "network",
    lang: str = "ko",
    target: Path | str | None = None,
) -> Path:
    """Write the page for an OUT folder (``OUT/graph.html`` or ``target``) and return its path.

    ``focus`` names the thing to start from (a name, alias or IRI), ``classes`` the classes to show at first (``press:Event`` or
    its Korean name), ``limit`` how many things to show at first, ``layout`` one of ``LAYOUTS``, ``lang`` the page's language.
    """
    page = compose(out, focus=focus, classes=classes, limit=limit, layout=layout, lang=lang)
    path = Path(target) if target else Path(out) / "graph.html"
    path.write_bytes(page.encode("utf-8", "replace"))
    return path


def compose(
    out: Any,
    *,
    focus: str | None = None,
    classes: Iterable[str] | None = None,
    limit: int | None = None,
    layout: str = "network",
    lang: str = "ko",
) -> str:
    """The page as text, from an OUT folder, an rdflib graph or an object that has one as ``.graph``."""
    from kg.knowledge.vocab import PREFIXES

    _allowed("layout", layout, LAYOUTS)
    _allowed("lang", lang, _LANGUAGES)
    style, source = load_style(), read(out)
    parts = scene(source, style, layout=layout, focus=focus, classes=tuple(classes or ()), limit=limit)
    evidence = parts.pop("evidence")
    titles = _titles(source)
    graph = {"lang": lang, "titles": titles, "prefixes": dict(PREFIXES), **parts}
    return render(titles[lang], lang, {"look": _look(style), "graph": graph, "evidence": evidence})


def _titles(source: Source) -> dict[str, str]:
    """What the page is called in each language: by its article; many articles by their years."""
    papers = tuple(source.papers.values())
    if not papers:
        return dict.fromkeys(_LANGUAGES, "PressKG")
    first, more = papers[0].title, len(papers) - 1
    if not more:
        return dict.fromkeys(_LANGUAGES, first)
    if more < _MANY:
        return {"ko": f"{first} 외 {more}건", "en": f"{first} and {more} more"}
    years = sorted({paper.date[:4] for paper in papers if paper.date[:4].isdigit()})
    span = "–".join(dict.fromkeys((years[0], years[-1]))) if years else ""
    return {"ko": "지식 그래프" + (f" · {span}년" if span else ""), "en": "Knowledge graph" + (f" · {span}" if span else "")}


def _look(style: Style) -> dict[str, Any]:
    return {
        "parts": {"event": style.event, "article": style.article},
        "theme": style.theme,
        "shapes": style.shapes,
        "icons": style.icons,
        "classes": {name: asdict(row) for name, row in style.classes.items()},
        "kinds": {name: asdict(row) for name, row in style.kinds.items()},
        "relations": {name: asdict(row) for name, row in style.relations.items()},
    }


def _allowed(key: str, value: str, allowed: Iterable[str]) -> None:
    if value not in allowed:
        raise UsageError(f"{key}: {value!r} is not known; allowed: {', '.join(allowed)}")


class Shown:
    """The page as Jupyter shows it: in a frame of its own, so that its policy and its styles stay its own."""

    def __init__(self, page: str, height: int) -> None:
        self.page, self.height = page, height

    def _repr_html_(self) -> str:
        from html import escape

        style = f"width:100%;height:{self.height}px;border:0"
        return f'<iframe srcdoc="{escape(self.page)}" style="{style}" sandbox="allow-scripts allow-downloads"></iframe>'


def show(out: Any, *, height: int = 640, **options: Any) -> Shown:
    """The page of an OUT folder or of an rdflib graph for a notebook's cell; options as for ``draw``."""
    return Shown(compose(out, **options), height)
