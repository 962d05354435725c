"""Where the work of a build is done: in this process, in several of this machine, or on many machines.

An engine knows nothing of articles: it is given a function and pieces of work, and gives back what the function made of each piece,
in their order. A process that dies takes nothing with it: its piece is done again item by item, and what kills a process even by
itself comes back as ``Lost``. So the outcome never depends on the engine.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from kg.engine.pieces import Engine, Lost
from kg.errors import UsageError

__all__ = ["ENGINES", "Engine", "Lost", "engine"]

ENGINES = ("local", "ray")


def engine(name: str = "local", workers: int = 1) -> AbstractContextManager[Engine | None]:
    """An engine by its name, to be left when the work is done; None where this process is to do the work itself.

    ``local`` has ``workers`` processes of this machine, ``ray`` the cluster that RAY_ADDRESS names or, without it, one of its own on
    this machine with ``workers`` processes. UsageError for another name and where Ray is not installed.

    >>> with engine("local", 1) as here:
    ...     here is None
    True
    """
    if name == "local":
        if workers <= 1:
            return nullcontext()
        from kg.engine.processes import Processes

        return Processes(workers)
    if name == "ray":
        try:
            from kg.engine.cluster import Cluster
        except ImportError as error:
            raise UsageError(f"--engine ray needs Ray: pip install 'presskg[ray]' ({error})") from error
        return Cluster(workers)
    raise UsageError(f"--engine {name}: is no engine; allowed: {', '.join(ENGINES)}")
