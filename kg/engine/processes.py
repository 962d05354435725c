"""Several processes of this machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import TypeVar

from kg.engine.pieces import Died, Lost, Work, in_order
from kg.threads import one_thread

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 2  # pieces under way for each process: one that it does, and one that waits for it


class Processes:
    """An engine of ``workers`` processes, started when there is work and again when one of them dies."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def mapped(self, work: Work[T, R], pieces: Iterable[Sequence[T]]) -> Iterator[Sequence[R | Lost[T]]]:
        """See ``Engine``."""

        def start(items: Sequence[T]) -> Future[Sequence[R]]:
            try:
                return self._running().submit(work, items)
            except BrokenProcessPool:
                self._pool = None  # it takes no more work
                return self._running().submit(work, items)

        def finish(handle: Future[Sequence[R]]) -> Sequence[R]:
            try:
                return handle.result()
            except BrokenProcessPool as error:
                raise Died("its process died") from error

        return in_order(pieces, start=start, finish=finish, ahead=_AHEAD * self.workers)

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"), initializer=one_thread)
        return self._pool
