"""The frame of all pages: what stands on each, and the page that says that there is none."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from kg.serve.protocol import pairs, prefers_page, response
from kg.serve.templates import template
from kg.serve.words import language
from kg.serve.worker import refused


def page(request: HttpRequest, name: str, status: int = 200, **values: Any) -> Response:
    """A page of ours."""
    state = request.app.state
    kept = [(key, value) for key, value in pairs(request.url.query) if key != "lang"]
    shared = {
        "here": request.url.path,
        "figures": state.figures,
        "papers": len(state.papers),
        "has_graph": state.drawn is not None,
        "other": f"?{urlencode([*kept, ('lang', 'en' if language.get() == 'ko' else 'ko')])}",
        "korean": "한국어",
        "alone": False,
    }
    return Response(
        template(name).render(**shared, **values).encode("utf-8", "replace"),
        status_code=status,
        media_type="text/html",
        headers={"vary": "accept, accept-encoding, accept-language, cookie"},
    )


def missing(request: HttpRequest, words: str, plain: str) -> Response:
    """404, for people or for programs."""
    if prefers_page(request):
        return page(request, "missing.html", 404, words=words if language.get() == "ko" else plain)
    return response(refused(404, plain))
