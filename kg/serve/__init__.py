"""A built folder as a web server: a read-only SPARQL 1.1 endpoint and pages to ask and look around, for this machine or a
network."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.serve.access import Access
    from kg.serve.app import create_app, serve
    from kg.serve.limits import Limits

__all__ = ["Access", "Limits", "create_app", "serve"]
_FROM = {"Access": "access", "Limits": "limits", "create_app": "app", "serve": "app"}


def __getattr__(name: str) -> object:
    """What the package offers, imported when first asked for: a question to a folder looks for a server's store, and needs no server."""
    from importlib import import_module

    if name in _FROM:
        return getattr(import_module(f"kg.serve.{_FROM[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
