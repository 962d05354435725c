"""The server: its addresses, what every response carries, and how it starts and stops."""

from __future__ import annotations

import contextlib
import re
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import PressKGError, UsageError
from kg.knowledge.resources import resource
from kg.screen import tell as tell_user
from kg.serve.access import Access, Named
from kg.serve.edition import Bound, Editions
from kg.serve.formats import takes_gzip
from kg.serve.indexes import index
from kg.serve.limits import Limits
from kg.serve.words import Spoken

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# No page of ours runs, shows or asks anything from elsewhere, and YASQE needs no exception: it sets styles by script alone.
# graph.html carries a stricter policy in itself, by hashes.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_FRAMED = "frame-ancestors 'self'"  # a page cannot say this in itself
_HEADERS = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}


class Closed:
    """Middleware: the headers that keep a response from doing more than it should; a client that refuses gzip gets none."""

    def __init__(self, app: ASGIApp, shared: bool) -> None:
        self._app = app
        self._headers = {**_HEADERS, "cross-origin-resource-policy": "cross-origin" if shared else "same-origin"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the headers."""
        from starlette.datastructures import MutableHeaders

        async def closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("content-security-policy", _FRAMED if scope["path"] == "/graph" else _POLICY)
            await send(message)

        if scope["type"] == "http":
            kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding" or takes_gzip(value)]
            await self._app({**scope, "headers": kept}, receive, closed)
        else:
            await self._app(scope, receive, send)


def create_app(
    out: Path | str, *, limits: Limits | None = None, access: Access | None = None, lang: str | None = None
) -> Starlette:
    """The ASGI application over a built folder; its store is opened, or loaded, when the application starts, and again whenever
    the folder is built again.
    """
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware
    from starlette.middleware.gzip import GZipMiddleware

    from kg.graph.store import built
    from kg.serve.protocol import Refusal, refusal

    for name in ("graph.nq", "evidence.ttl", "articles.jsonl"):
        built(out, name)
    access = access or Access()
    editions = Editions(Path(out), limits or Limits(), index)
    origins, methods = list(access.origins), ["GET", "HEAD", "POST"]
    crossing = Middleware(CORSMiddleware, allow_origins=origins, allow_methods=methods, allow_headers=["*"], max_age=86400)
    middleware = [
        Middleware(Closed, shared=bool(access.origins)),
        *([crossing] if origins else ()),
        Middleware(Named, hosts=access.hosts),
        Middleware(GZipMiddleware, minimum_size=1400, compresslevel=5),
        Middleware(Spoken, lang=lang),
        Middleware(Bound, editions=editions),
    ]
    app = Starlette(
        routes=_addresses(),
        middleware=middleware,
        lifespan=_opened(editions),
        exception_handlers={404: _missing, 405: _not_allowed, Refusal: refusal, UsageError: refusal},
    )
    app.state.editions = editions
    return app


def _addresses() -> list[BaseRoute]:
    """What is found where."""
    from starlette.routing import Mount, Route

    from kg.serve import asking, linked, looks, overview, pages, reconciling, thing_page
    from kg.serve.protocol import endpoint

    return [
        Route("/", pages.home),
        Route("/sparql", endpoint, methods=["GET", "POST"]),
        Route("/terms.json", pages.terms),
        Route("/names", pages.names, methods=["POST"]),
        Route("/ask", asking.asking),
        Route("/ask/{name}", pages.named),
        Route("/id/{name:path}", thing_page.thing),
        Route("/search", pages.search),
        Route("/timeline", pages.timeline),
        Route("/.well-known/void", linked.void),
        Route(linked.DATA + "{name}", linked.data),
        Route(linked.SEARCH, linked.search),
        Route("/ontology", linked.ontology),
        Route("/ontology/{name}", linked.part),
        Route("/reconcile", reconciling.service, methods=["GET", "POST"]),
        Route("/reconcile/suggest/{what}", reconciling.suggest),
        Route("/reconcile/preview", reconciling.preview),
        Route("/reconcile/properties", reconciling.properties),
        Route("/graph", pages.graph),
        Route("/network", overview.network),
        Route("/map", overview.atlas),
        Route("/static/theme.css", looks.theme),
        Route("/static/en/{name}.js", looks.script),
        Mount("/static", _static(resource("viz", "serve", "static"))),
    ]


def _static(folder: Path) -> ASGIApp:
    from starlette.staticfiles import StaticFiles

    return StaticFiles(directory=folder)


def _opened(editions: Editions) -> Callable[[Starlette], contextlib.AbstractAsyncContextManager[None]]:
    """The life of an application: the present state of its folder, and each that follows it."""

    @contextlib.asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        with _told(app):
            await editions.start()
        try:
            yield
        finally:
            await editions.close()

    return life


@contextlib.contextmanager
def _told(app: Starlette) -> Iterator[None]:
    """Keep what stands against a start, for whoever started the server."""
    try:
        yield
    except PressKGError as error:
        app.state.failure = error
        raise


def _missing(request: Request, error: Exception) -> Response:
    from kg.serve.frame import missing

    return missing(request, "그런 쪽은 없습니다.", f"{request.url.path}: there is no such address; see /")


def _not_allowed(request: Request, error: Exception) -> Response:
    from kg.serve.protocol import response
    from kg.serve.worker import refused

    made = response(
        refused(405, f"{request.method} is not allowed: this store is read-only; allowed: GET, HEAD, POST with a query")
    )
    made.headers["allow"] = (getattr(error, "headers", None) or {}).get("Allow", "GET, HEAD")
    return made


def serve(
    out: Path | str,
    *,
    host: str = "127.0.0.1",
    port: int = 7030,
    limits: Limits | None = None,
    access: Access | None = None,
    lang: str | None = None,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a built folder until SIGTERM or SIGINT: a SPARQL endpoint at ``/sparql``, pages for people at ``/``.

    ``port`` 0 takes a free one. ``ready(address)`` is called when the first request can come; without it the address is written
    to standard error. The process keeps nothing running when this returns.
    """
    access = access or Access()
    given = (host,) if re.search("[A-Za-z]", host) and ":" not in host else ()
    app = create_app(out, limits=limits, access=replace(access, hosts=(*access.hosts, *given)), lang=lang)
    bound = _listening(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{bound.getsockname()[1]}/"
    server = _server(app, lambda: (ready or (lambda at: tell_user(f"serving {out} at {at} (stop with Ctrl-C)")))(address))
    # uvicorn raises the signal that stopped it once more when it is done: it must not end this process then, its end is a good
    # one.
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        server.run(sockets=[bound])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        bound.close()
    if not server.started:
        raise getattr(app.state, "failure", None) or UsageError(f"{out}: the server did not start")


def _listening(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65535:
        raise UsageError(f"port {port} is not allowed; allowed: 0 to 65535")
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError(f"cannot listen on {host} port {port}: {error.strerror or error}") from error


def _server(app: Starlette, started: Callable[[], None]) -> uvicorn.Server:
    """A server that says when it has started, and ends queries before it waits for answers."""
    import uvicorn

    from kg.serve.connection import settings

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                started()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            await app.state.editions.stop()  # first, so that nobody waits for queries that are running
            await super().shutdown(sockets)

    return Server(
        uvicorn.Config(
            app,
            log_level="error",
            access_log=False,
            server_header=False,
            lifespan="on",
            timeout_graceful_shutdown=2,
            **settings(),
        )
    )
