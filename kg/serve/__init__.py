"""A built folder as a web server: a read-only SPARQL 1.1 endpoint and pages to ask and look around, for this machine or a
network."""

from __future__ import annotations

from kg.serve.access import Access
from kg.serve.app import create_app, serve
from kg.serve.limits import Limits

__all__ = ["Access", "Limits", "create_app", "serve"]
