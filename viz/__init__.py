"""Seeing the graph: ``draw`` writes the one-file page, ``to_networkx`` gives the graph to other tools."""

from __future__ import annotations

from kg.viz.draw import LAYOUTS, compose, draw, show
from kg.viz.network import to_networkx

__all__ = ["LAYOUTS", "compose", "draw", "show", "to_networkx"]
