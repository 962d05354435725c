"""A connection of a client: how long it may take, and that those who only sit there shut nobody out."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD = 10.0  # seconds for a request's head, from the connection or the first byte after an answer
LEAVING = 1.0  # seconds in which a client that said its last word may still get its answer; one that left looks the same
SEATS = 400  # connections beyond which those without a request make room, the longest idle first


class Connection(H11Protocol):
    """uvicorn's, with time limits before the first request too."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, with a limit; make room where it is crowded."""
        super().connection_made(transport)  # type: ignore[arg-type]  # uvicorn's own is as narrow
        self._since = self.loop.time()
        self._head: asyncio.TimerHandle | None = self.loop.call_later(HEAD, self._late)
        self._leaving: asyncio.TimerHandle | None = None
        if len(self.connections) > SEATS:
            idle = (other for other in self.connections if other is not self and isinstance(other, Connection) and other.is_idle)
            longest = min(idle, key=lambda other: other._since, default=None)
            if longest is not None:
                longest.transport.abort()

    @property
    def is_idle(self) -> bool:
        """Whether no request is being read or answered."""
        return self.cycle is None or self.cycle.response_complete

    def data_received(self, data: bytes) -> None:
        """Read on; a head that has begun must end in time."""
        super().data_received(data)
        if self.is_idle and self._head is None:
            self._since = self.loop.time()
            self._head = self.loop.call_later(HEAD, self._late)
        elif not self.is_idle and self._head is not None:
            self._head.cancel()
            self._head = None

    def eof_received(self) -> bool | None:  # type: ignore[override]  # asyncio's protocol says so, uvicorn's leaves it out
        """A client that will say no more may wait for its answer a moment; who left for good gives back what it asked for."""
        if self.is_idle:
            return None
        self._leaving = self.loop.call_later(LEAVING, self.transport.close)
        return True

    def on_response_complete(self) -> None:
        """The connection is idle again, or has ended."""
        super().on_response_complete()
        self._since = self.loop.time()
        if self._leaving is not None:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the limits."""
        for timer in (self._head, self._leaving):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def _late(self) -> None:
        self._head = None
        if self.is_idle and not self.transport.is_closing():
            self.transport.abort()


def settings() -> dict[str, Any]:
    """What uvicorn has to be told."""
    return {
        "http": Connection,
        "timeout_keep_alive": 15,
        "limit_concurrency": 2 * SEATS,
        "h11_max_incomplete_event_size": 64 << 10,
        "backlog": 512,
    }
