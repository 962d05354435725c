"""What is served, and what is served next: a request is answered from one state of the folder, whatever is built meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from kg.errors import PressKGError
from kg.screen import tell
from kg.serve.limits import Limits
from kg.serve.pool import Pool
from kg.serve.snapshot import opened, snapshot, state_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

Index = Callable[[Any, Path], Iterator[None]]  # what pages want to know of a state, at once and, step by step, later
_LOOK = 1.0  # seconds between two looks at the folder
_AGAIN = 30.0  # seconds after which a state that could not be opened is tried again


class Edition:
    """One state of the folder, open: ``state`` is what requests of it see as ``request.app.state``."""

    def __init__(self, out: Path, limits: Limits, index: Index) -> None:
        import pyoxigraph as ox

        with contextlib.ExitStack() as stack:
            files = stack.enter_context(opened(out))
            path = stack.enter_context(snapshot(out, files))
            self.seen = files.state
            self.state = SimpleNamespace(store=ox.Store.read_only(str(path)), limits=limits, pool=Pool(path, limits), files=files)
            self._later = index(self.state, out)
            self._stack = stack.pop_all()
        self._borrowed, self._retired, self.closed, self.ending = 0, False, False, False

    def warm(self) -> None:
        """Look up what first answers will name, step by step, until that is done or the edition ends."""
        for _ in self._later:
            if self.ending or self._retired:
                return

    async def retire(self) -> None:
        """End it as soon as no request is answered from it any more."""
        self._retired = True
        if not self._borrowed:
            await self.close()

    async def close(self) -> None:
        """End its workers and let go of its files."""
        self.closed = self.ending = True
        await self.state.pool.stop()
        self._stack.close()

    def borrow(self) -> None:
        """A request begins."""
        self._borrowed += 1

    async def give_back(self) -> None:
        """A request has ended."""
        self._borrowed -= 1
        if self._retired and not self._borrowed:
            await self.close()


class Editions:
    """The edition that is served now, and a watch on the folder for the next one."""

    def __init__(self, out: Path, limits: Limits, index: Index) -> None:
        self._out, self._limits, self._index = out, limits, index
        self._watch: asyncio.Task | None = None
        self._opened: set[Edition] = set()
        self._warming: asyncio.Task | None = None
        self.current: Edition | None = None

    async def start(self) -> None:
        """Open the present state, and go on watching."""
        self.current = await self._open()
        self._watch = asyncio.ensure_future(self._follow())

    async def stop(self) -> None:
        """End everything."""
        if self._watch is not None:
            self._watch.cancel()
        for edition in self._opened:
            edition.ending = True
        await asyncio.gather(*(edition.state.pool.stop() for edition in self._opened))

    async def close(self) -> None:
        """Let go of everything; nobody asks any more."""
        await self.stop()
        for edition in self._opened:
            await edition.close()

    async def _open(self) -> Edition:
        made = await asyncio.to_thread(Edition, self._out, self._limits, self._index)
        self._opened = {edition for edition in self._opened if not edition.closed} | {made}
        try:
            await made.state.pool.start()
        except BaseException:
            await made.close()
            raise
        self._warming = asyncio.ensure_future(asyncio.to_thread(made.warm))
        return made

    async def _follow(self) -> None:
        refused, until = None, 0.0
        clock = asyncio.get_running_loop().time
        while True:
            await asyncio.sleep(_LOOK)
            now = await asyncio.to_thread(state_of, self._out)
            before = self.current
            if before is None or now == before.seen or (now == refused and clock() < until):
                continue
            try:
                made = await self._open()
            except (PressKGError, OSError, ValueError, KeyError) as error:
                if now != refused:
                    tell(f"kg: the new state of {self._out} cannot be served, the one before still is: {error}")
                refused, until = now, clock() + _AGAIN
                continue
            self.current = made
            await before.retire()


class Bound:
    """Middleware: every request sees one edition, from its beginning to its end."""

    def __init__(self, app: ASGIApp, editions: Editions) -> None:
        self._app, self._editions = app, editions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the edition in the place of the application."""
        edition = self._editions.current
        if scope["type"] != "http" or edition is None:
            await self._app(scope, receive, send)
            return
        edition.borrow()
        try:
            await self._app({**scope, "app": edition}, receive, send)
        finally:
            await edition.give_back()
