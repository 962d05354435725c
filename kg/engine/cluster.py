"""Many machines, by Ray: tasks of a cluster that exists, or of one on this machine.

Tasks and not Ray Data: a build needs an ordered map with bounded work under way and nothing else, and what a task gives (facts of
sixteen articles) is small enough to come back to the driver. Ray starts a task again elsewhere when its machine is lost; a task that
kills its worker wherever it runs is taken apart by ``kg.engine.in_order``.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, TypeVar

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody

import ray
from ray.exceptions import RayError, RayTaskError

from kg.engine.pieces import Died, Lost, Work, in_order
from kg.errors import UsageError
from kg.graph.results import fingerprint

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 2  # tasks under way for each processor of the cluster
_AGAIN = 3  # times that Ray starts a task whose worker or machine was lost


class Cluster:
    """An engine of the cluster that RAY_ADDRESS names or, without it, of ``workers`` processes that Ray starts on this machine."""

    def __init__(self, workers: int = 1) -> None:
        self._workers = workers
        self._ours = False

    def _join(self) -> None:
        """Join the cluster or start one, once there is work; UsageError where none answers."""
        if ray.is_initialized():
            return
        address = os.environ.get("RAY_ADDRESS")
        own: dict[str, Any] = {} if address else {"num_cpus": self._workers, "include_dashboard": False}
        try:
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, namespace="presskg", **own)
        except (ConnectionError, RayError, RuntimeError, ValueError) as error:
            raise UsageError(f"--engine ray: no cluster at RAY_ADDRESS={address}: {error}") from error
        self._ours = True

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._ours:
            ray.shutdown()
            self._ours = False

    def mapped(self, work: Work[T, R], pieces: Iterable[Sequence[T]]) -> Iterator[Sequence[R | Lost[T]]]:
        """See ``Engine``; UsageError where a machine of the cluster has another PressKG than this one."""
        self._join()
        code = fingerprint()
        task: Any = ray.remote(max_retries=_AGAIN, num_cpus=1)(_done)

        def finish(handle: ray.ObjectRef) -> Sequence[R]:
            try:
                return ray.get(handle)
            except RayTaskError as error:
                raise error.cause if error.cause is not None else error from None
            except RayError as error:
                raise Died(f"its process or machine was lost: {type(error).__name__}") from error

        slots = max(1, int(ray.cluster_resources().get("CPU", 1)))
        return in_order(pieces, start=lambda items: task.remote(work, code, items), finish=finish, ahead=_AHEAD * slots)


def _done(work: Work[T, R], code: str, items: Sequence[T]) -> Sequence[R]:
    """A piece of work on a machine of the cluster, which must read articles as this one does."""
    if fingerprint() != code:
        raise UsageError(
            f"--engine ray: {os.uname().nodename} has another PressKG (or Kiwi, or spaCy) than this machine: install the same"
        )
    return work(items)
