"""A built folder as an Oxigraph store on disk that many processes read at once: loaded once for the same bytes, then reused.

The store lies in ``OUT/.store/`` under the hash of what it was loaded from, so a folder that is built again gets a new one and
servers that still read the old one are not disturbed. Where ``OUT`` cannot be written, it lies in a temporary folder of this
process.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.knowledge.resources import resource
from kg.graph.store import built, load_store

_LAYOUT = "2"  # goes up where the same files have to be loaded in another way
_USED = "in-use"


@contextmanager
def snapshot(out: Path | str) -> Iterator[Path]:
    """The folder of a read-only store of a built folder, its evidence and the ontology included, for ``Store.read_only``."""
    sources = [built(out, "graph.nq"), built(out, "evidence.ttl"), resource("ontology", "press.ttl")]
    name = _digest(sources)
    try:
        home = Path(out).resolve() / ".store"
        home.mkdir(exist_ok=True)
        (home / ".gitignore").write_text("*\n", encoding="utf-8")
        lent = None
    except OSError:
        lent = tempfile.TemporaryDirectory(prefix="presskg-")
        home = Path(lent.name)
    try:
        path = home / name
        if not path.is_dir():
            _load(out, path)
        with _in_use(path):
            _forget_others(home, name)
            yield path / "store"
    finally:
        if lent:
            lent.cleanup()


def _digest(sources: list[Path]) -> str:
    import pyoxigraph

    total = hashlib.sha256(f"{_LAYOUT} {pyoxigraph.__version__}".encode())
    for path in sources:
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()[:24]


def _load(out: Path | str, path: Path) -> None:
    """Load beside, then move: a load that was cut off leaves nothing that could be taken for a whole store."""
    import pyoxigraph as ox

    beside = Path(tempfile.mkdtemp(prefix="loading-", dir=path.parent))
    try:
        store = ox.Store(str(beside / "store"))
        store.bulk_extend(iter(load_store(out, evidence=True)))
        store.flush()
        del store
        (beside / _USED).touch()
        try:
            beside.rename(path)
        except OSError:
            if not path.is_dir():  # else another process was faster with the same bytes
                raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def _in_use(path: Path) -> Iterator[None]:
    """Hold a shared lock, so that nobody forgets the store while it is read."""
    with (path / _USED).open("rb") as file:
        _lock(file.fileno(), shared=True)
        yield


def _forget_others(home: Path, name: str) -> None:
    """Remove the stores of earlier builds that no process reads, and what loads that were cut off left an hour ago or more."""
    import time

    for other in home.iterdir():
        if other.name == name or not other.is_dir():
            continue
        if other.name.startswith("loading-"):
            if time.time() - other.stat().st_mtime > 3600:
                shutil.rmtree(other, ignore_errors=True)
            continue
        try:
            with (other / _USED).open("rb") as file:
                if _lock(file.fileno(), shared=False):
                    shutil.rmtree(other, ignore_errors=True)
        except OSError:
            continue


def _lock(descriptor: int, *, shared: bool) -> bool:
    """Whether the lock was had, without waiting; where there are no such locks, nothing is ever forgotten."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return os.fstat(descriptor).st_nlink > 0
