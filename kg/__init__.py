"""PressKG: a knowledge graph from Korean press releases and news articles, every statement with its words.

``kg.build("articles/")`` builds a graph, ``kg.load("out")`` opens one; both give a ``kg.api.Graph``.
"""

from pathlib import Path as _Path
from typing import TYPE_CHECKING

from kg.version import __version__

if TYPE_CHECKING:
    from kg.api import Graph, build, load

__all__ = ["Graph", "__version__", "build", "load"]

_here = _Path(__file__).resolve().parent
if not (_here / "viz").exists():  # a checkout keeps viz/ at the top; a wheel has it as kg/viz
    __path__.append(str(_here.parent))


def __getattr__(name: str):
    """``build``, ``load`` and ``Graph`` on first use, so that ``import kg`` stays fast."""
    if name in ("Graph", "build", "load"):
        from kg import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
