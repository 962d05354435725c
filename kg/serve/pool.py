"""Workers, as many at once as the limits say: each query has one for itself, and one that takes too much is killed and
replaced."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Awaitable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.errors import PressKGError
from kg.serve.limits import MIB, Limits
from kg.serve.worker import Reply, Request, refused

_START = 60.0  # seconds in which a worker must be ready
_NEARLY = 0.2  # seconds that a query may still take when its client has left
_STOPPING = "the server is stopping"
_MANY = 2000  # answers after which a worker is replaced, for the memory that its pieces hold


class Gone(Exception):
    """The client went away before its answer was there."""


class Worker:
    """A place for a worker process; a process is started where there is none."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._process: asyncio.subprocess.Process | None = None
        self._answers = 0
        self._starting = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """The process, where one is alive."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def start(self) -> None:
        """Have a process that is ready."""
        async with self._starting:  # whoever comes meanwhile has the same process
            if self.pid is None:
                await self._start()

    async def _start(self) -> None:
        pipe = asyncio.subprocess.PIPE
        # -P: a file json.py in the folder where the server was started is no part of Python
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "kg.serve.worker",
            *self._words,
            stdin=pipe,
            stdout=pipe,
            stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        self._answers = 0
        try:
            await asyncio.wait_for(self._read(), _START)
        except (TimeoutError, asyncio.IncompleteReadError) as error:
            await self.stop()
            raise PressKGError("a worker for queries did not start") from error

    async def answer(self, request: Request) -> Reply:
        """The reply of the process, which must have been started; IncompleteReadError or a broken pipe where it dies over it."""
        writer, _ = self._pipes()
        writer.write(json.dumps(asdict(request)).encode() + b"\n")
        await writer.drain()
        reply = await self._read()
        self._answers += 1
        if self._answers >= _MANY:
            await self.stop()
        return reply

    async def _read(self) -> Reply:
        _, reader = self._pipes()
        head = json.loads(await reader.readuntil(b"\n"))
        body = await reader.readexactly(head.pop("length"))
        return Reply(**head, body=body)

    def _pipes(self) -> tuple[asyncio.StreamWriter, asyncio.StreamReader]:
        """What the process is written to and read from; BrokenPipeError where there is none."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise BrokenPipeError("the worker has no process")
        return process.stdin, process.stdout

    async def stop(self) -> None:
        """End the process at once, whatever it does."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


class Pool:
    """The workers of a server over one store."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self._limits = limits
        self._workers = [Worker([str(store), json.dumps(asdict(limits))]) for _ in range(limits.at_once)]
        self._free: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._repairs: set[asyncio.Task] = set()
        self._stopped = False

    async def start(self) -> None:
        """Have one worker ready; others start when they are needed."""
        for worker in self._workers:
            self._free.put_nowait(worker)
        await self._workers[-1].start()

    async def stop(self) -> None:
        """End every worker; queries that are running are refused."""
        self._stopped = True
        for task in self._repairs:
            task.cancel()
        await asyncio.gather(*(worker.stop() for worker in self._workers))

    def pids(self) -> list[int]:
        """The processes that are alive."""
        return [worker.pid for worker in self._workers if worker.pid is not None]

    async def ask(self, request: Request, gone: Awaitable[None] | None = None) -> Reply:
        """The reply to a request, in its time; ``gone`` ends when the client went away, and then so does the query."""
        if self._stopped:
            return refused(503, _STOPPING)
        watch = asyncio.ensure_future(gone) if gone is not None else None
        try:
            worker = await self._lent(watch)
            if worker is None:
                return refused(503, f"{self._limits.at_once} queries are running, which is as many as may at once; try again")
            return await self._answered(worker, request, watch)
        finally:
            if watch is not None and not watch.done():
                watch.cancel()

    async def _lent(self, watch: asyncio.Future | None) -> Worker | None:
        """A worker that is ready, None where none is free in time; Gone where the client does not wait so long."""
        take = asyncio.ensure_future(self._free.get())
        try:
            done = await _first(take, watch, self._limits.wait)
        finally:
            if not take.done():
                take.cancel()
        if watch is not None and watch.done():
            if take in done:
                self._free.put_nowait(take.result())
            raise Gone
        return take.result() if take in done else None

    async def _answered(self, worker: Worker, request: Request, watch: asyncio.Future | None) -> Reply:
        """The reply of a worker, which is lent again afterwards, as it is or with another process."""
        whole, work = False, None
        try:
            try:
                await worker.start()  # not in the query's time
            except PressKGError as error:
                whole = True
                return refused(500, str(error))
            work = asyncio.ensure_future(worker.answer(request))
            done = await _first(work, watch, request.seconds)
            if done and work not in done:  # the client left; a worker that is nearly done need not be killed for that
                done = await _first(work, None, _NEARLY)
                if not done:
                    raise Gone
            if work in done:
                reply = work.result()
                whole = True
                return reply
            return refused(
                504,
                f"the query was stopped after {request.seconds:g} seconds; up to {self._limits.most_seconds:g} may be asked "
                "for with the parameter timeout",
            )
        except (asyncio.IncompleteReadError, OSError):
            if self._stopped:
                return refused(503, _STOPPING)
            return refused(507, f"the query needs more memory than it may have, {self._limits.memory // MIB:,} MiB")
        finally:
            if work is not None and not work.done():
                work.cancel()
            if whole:
                self._free.put_nowait(worker)
            else:
                self._repair(worker)

    def _repair(self, worker: Worker) -> None:
        """Kill a worker, have another process in its place, and only then lend it again."""

        async def replace() -> None:
            try:
                await worker.stop()
                if not self._stopped:
                    await worker.start()
            except PressKGError:  # the next request that gets it tries again
                pass
            finally:
                self._free.put_nowait(worker)

        task = asyncio.ensure_future(replace())
        self._repairs.add(task)
        task.add_done_callback(self._repairs.discard)


async def _first(work: asyncio.Future[Any], watch: asyncio.Future[None] | None, seconds: float) -> set[asyncio.Future[Any]]:
    """What of some work and the watch over its client ended first, within seconds."""
    waited: set[asyncio.Future[Any]] = {work} if watch is None else {work, watch}
    done, _ = await asyncio.wait(waited, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    return done
