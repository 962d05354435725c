"""Who may ask: the names under which the server answers, and the pages elsewhere that may read its answers.

A page that somebody looks at may make their browser ask a server of the same machine. Reading the answer takes the server's leave
(CORS), which only named origins get; and a name that an attacker lets point here (DNS rebinding) is none of ours.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_ORIGIN = re.compile(r"https?://[^/\s?#@]+")
_HOST = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """``hosts`` are names of the server beside its addresses and ``localhost``; ``origins`` may read answers, ``*`` is every one.

    >>> Access(origins=("example.org",))
    Traceback (most recent call last):
    kg.errors.UsageError: origin 'example.org' is not allowed; allowed: http://HOST, https://HOST, with :PORT where needed, or *
    """

    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for origin in self.origins:
            if origin != "*" and not _ORIGIN.fullmatch(origin):
                allowed = "http://HOST, https://HOST, with :PORT where needed, or *"
                raise UsageError(f"origin {origin!r} is not allowed; allowed: {allowed}")
        for host in self.hosts:
            if not _HOST.fullmatch(host):
                raise UsageError(f"host {host!r} is not allowed; allowed: a name without port, graph.example.org for example")


def names(hosts: Iterable[str]) -> frozenset[str]:
    """Every name under which the server answers: those given, ``localhost``, and what this machine is called."""
    return frozenset(name.lower().rstrip(".") for name in (*hosts, "localhost", socket.gethostname()) if name)


def is_ours(host: str, known: frozenset[str]) -> bool:
    """Whether a Host header names this server: by an address, which no other name can point to, or by a known name.

    >>> known = names(["graph.example.org"])
    >>> [is_ours(host, known) for host in ("127.0.0.1:7030", "[::1]", "LOCALHOST:1", "graph.example.org", "evil.example:7030", "a b")]
    [True, True, True, True, False, False]
    """
    name = re.sub(r":\d*$", "", host.strip())
    try:
        ipaddress.ip_address(name[1:-1] if name.startswith("[") and name.endswith("]") else name)
    except ValueError:
        return name.lower().rstrip(".") in known
    return True


class Named:
    """Middleware: a request that names another server gets no answer."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app, self._known = app, names(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse."""
        if scope["type"] == "http":
            given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
            if not all(is_ours(host, self._known) for host in given):
                from kg.serve.protocol import response
                from kg.serve.worker import refused

                why = f"Host: {given[0]!r} is no name of this server; start it with --allow-host NAME where it has another name"
                await response(refused(400, why))(scope, receive, send)
                return
        await self._app(scope, receive, send)
