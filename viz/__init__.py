"""Seeing the graph: ``draw`` writes the one-file page, ``to_networkx`` gives the graph to other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.viz.drawing import LAYOUTS, compose, draw, show
    from kg.viz.network import to_networkx

__all__ = ["LAYOUTS", "compose", "draw", "show", "to_networkx"]


def __getattr__(name: str) -> object:
    """What draws on first use: an answer wants to know how classes are called, and no page."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("kg.viz.network" if name == "to_networkx" else "kg.viz.drawing"), name)
