"""One self-contained HTML file: our template and scripts, vis-network out of pyvis, data as inert JSON, a closed policy."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import KnowledgeError
from kg.knowledge.resources import resource

# In this order: each file uses only names of those before it, except inside functions that run later.
SCRIPTS = (
    "data",
    "words",
    "state",
    "dom",
    "paint",
    "visible",
    "facets",
    "arrange",
    "lines",
    "graph",
    "actions",
    "panel",
    "hangul",
    "search",
    "legend",
    "strip",
    "picture",
    "export",
    "sheet",
    "tools",
    "keys",
    "main",
)
_ESCAPES = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def inert(value: Any) -> str:
    """JSON that cannot end its script element, whatever the strings hold.

    >>> inert({"a": "</script>&\\u2028"})
    '{"a":"\\\\u003c/script\\\\u003e\\\\u0026\\\\u2028"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char, escape in _ESCAPES:
        text = text.replace(char, escape)  # str.translate takes ten times as long on Hangul
    return text


def render(title: str, lang: str, blocks: Mapping[str, Any]) -> str:
    """The page; ``blocks`` become ``<script type="application/json">`` elements by id."""
    from jinja2 import Environment, StrictUndefined

    template = resource("viz", "template.html")
    data = "\n".join(f'<script type="application/json" id="{name}">{inert(value)}</script>' for name, value in blocks.items())
    library, application, css = _library(), _application(), resource("viz", "app.css").read_text(encoding="utf-8")
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"script-src {_hash(library)} {_hash(application)}; style-src {_hash(css)}"
    )
    page = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    shell = page.from_string(template.read_text(encoding="utf-8")).render(title=title, lang=lang, policy=policy)
    parts = {
        "<!--css-->": f"<style>{css}</style>",
        "<!--data-->": data,
        "<!--library-->": f"<script>{library}</script>",
        "<!--application-->": f"<script>{application}</script>",
    }
    for mark, text in parts.items():
        head, found, tail = shell.partition(mark)
        if not found:
            raise KnowledgeError(template, "mark", mark, why="is missing")
        shell = head + text + tail
    return shell


@lru_cache(maxsize=1)
def _library() -> str:
    """vis-network as the installed pyvis brings it (Apache-2.0 or MIT; its notice stays at its head)."""
    import pyvis

    found = sorted((Path(pyvis.__file__).parent / "lib").glob("vis-*/vis-network.min.js"))
    if not found:
        raise KnowledgeError(
            Path(pyvis.__file__).parent / "lib", "vis-network", "vis-network.min.js", why="is not in the installed pyvis"
        )
    text = found[-1].read_text(encoding="utf-8")
    if "</script" in text.lower():
        raise KnowledgeError(found[-1], "script", "</script", why="would end the element it stands in")
    return text.partition("//# sourceMappingURL")[0]


@lru_cache(maxsize=1)
def _application() -> str:
    files = (resource("viz", "app", f"{name}.js") for name in SCRIPTS)
    return "(() => {\n'use strict';\n" + "\n".join(file.read_text(encoding="utf-8") for file in files) + "})();\n"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
