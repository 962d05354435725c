"""A built folder as an Oxigraph store on disk that many processes read at once: loaded once for the same bytes, then reused.

The store lies in ``OUT/.store/`` under the hash of the very bytes that were loaded, so a folder that is built again gets a new one,
servers that still read the old one are not disturbed, and no store can hold anything but what its name says. Where ``OUT`` cannot be
written, it lies in a temporary folder of this process; what a killed server left there goes when the next one starts.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.graph.folder import settled
from kg.graph.lock import try_lock
from kg.graph.store import built, store_of
from kg.knowledge.resources import resource

_LAYOUT = "2"  # goes up where the same files have to be loaded in another way
_USED = "in-use"
_LENT = "presskg-store-"
_READ = ("graph.nq", "evidence.ttl", "articles.jsonl")
_DRAWN = "graph.html"
_DESCRIBED = "dataset.ttl"  # older builds wrote none
_TURTLE = "graph.ttl"  # handed out, never read
_TRIES = 200


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one state of a built folder, open: whatever takes their names later, these stay what they are.

    ``state`` tells one state from another.
    """

    graph: io.BufferedReader
    evidence: io.BufferedReader
    articles: io.BufferedReader
    drawn: io.BufferedReader | None
    described: io.BufferedReader | None
    turtle: io.BufferedReader | None
    state: tuple


def state_of(out: Path) -> tuple:
    """What tells the present state of a folder from others: which files bear the names, and since when."""
    found: list[tuple] = []
    for name in (*_READ, _DRAWN, _DESCRIBED, _TURTLE, "manifest.json", ".kg-commit"):
        try:
            seen = os.stat(out / name)
            found.append((name, seen.st_ino, seen.st_size, seen.st_mtime_ns))
        except OSError:
            found.append((name,))
    return tuple(found)


@contextmanager
def opened(out: Path | str) -> Iterator[Files]:
    """The files of a built folder, all of one and the same state of it."""
    out = Path(out)
    for _ in range(_TRIES):
        with contextlib.ExitStack() as stack:
            settled(out)
            state = state_of(out)
            graph, evidence, articles = (stack.enter_context(built(out, name).open("rb")) for name in _READ)
            drawn, described, turtle = (
                stack.enter_context((out / name).open("rb")) if (out / name).is_file() else None
                for name in (_DRAWN, _DESCRIBED, _TURTLE)
            )
            if state_of(out) == state and len(state[-1]) == 1:
                yield Files(graph, evidence, articles, drawn, described, turtle, state)
                return
        time.sleep(0.02)
    raise UsageError(f"{out}: its files change all the time; try again when nothing writes to it")


@contextmanager
def snapshot(out: Path | str, files: Files | None = None) -> Iterator[Path]:
    """The folder of a read-only store of a built folder, its evidence and the ontology included, for ``Store.read_only``.

    ``files`` are those of the state that is wanted; without them, it is the present one.
    """
    with contextlib.ExitStack() as stack:
        files = files or stack.enter_context(opened(out))
        home = _home(out, stack)
        for _ in range(_TRIES):  # a build may swap the folder, and with it the store's, at any moment
            with contextlib.suppress(FileNotFoundError):
                name = _present(home, files) or _loaded(home, files)
                stack.enter_context(_in_use(home / name))
                break
        else:
            raise UsageError(f"{out}: its store is taken away again and again; try again when nothing writes to it")
        _forget_others(home, name)
        yield home / name / "store"


@contextmanager
def kept(out: Path | str) -> Iterator[Path | None]:
    """The folder of the store that a server has made of the present state of a built folder, None where none has."""
    home = Path(out) / ".store"
    with contextlib.ExitStack() as stack:
        found = None
        if home.is_dir():
            name = _present(home, stack.enter_context(opened(out)))
            with contextlib.suppress(FileNotFoundError):
                if name is not None:
                    stack.enter_context(_in_use(home / name))
                    found = home / name / "store"
        yield found


def _home(out: Path | str, stack: contextlib.ExitStack) -> Path:
    """Where stores are kept: in the folder itself, else for the time of this process in the system's temporary folder."""
    try:
        home = Path(out).resolve() / ".store"
        home.mkdir(exist_ok=True)
        (home / ".gitignore").write_text("*\n", encoding="utf-8")
        return home
    except OSError:
        _sweep_lent()
        lent = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=_LENT)))
        descriptor = os.open(lent, os.O_RDONLY)
        stack.callback(os.close, descriptor)
        _lock(descriptor, shared=True)
        return lent


def _sweep_lent() -> None:
    """Remove what servers that were killed left in the temporary folder."""
    for path in Path(tempfile.gettempdir()).glob(f"{_LENT}*"):
        with contextlib.suppress(OSError):
            seen = path.lstat()
            if stat.S_ISDIR(seen.st_mode) and seen.st_uid == os.getuid() and time.time() - seen.st_mtime > 5 and try_lock(path):
                shutil.rmtree(path, ignore_errors=True)


class _Hashed(io.RawIOBase):
    """A file whose bytes are hashed as they are read."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file, self.digest, self.name = file, hashlib.sha256(), getattr(file, "name", "")
        file.seek(0)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on, and hash."""
        got = self._file.readinto(buffer)
        self.digest.update(memoryview(buffer)[:got])
        return got


def _name(digests: list[bytes]) -> str:
    import pyoxigraph

    total = hashlib.sha256(f"{_LAYOUT} {pyoxigraph.__version__}".encode())
    for digest in (*digests, hashlib.sha256(resource("ontology", "press.ttl").read_bytes()).digest()):
        total.update(digest)
    return total.hexdigest()[:24]


def _present(home: Path, files: Files) -> str | None:
    """The name of the store of these files, where it is there."""
    digests = []
    for file in (files.graph, files.evidence):
        file.seek(0)
        digests.append(hashlib.file_digest(file, "sha256").digest())
    name = _name(digests)
    return name if (home / name).is_dir() else None


def _loaded(home: Path, files: Files) -> str:
    """Load beside, then name: the name is the hash of what was read, and a load that was cut off leaves nothing whole."""
    import pyoxigraph as ox

    home.mkdir(exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix="loading-", dir=home))
    try:
        graph, evidence = _Hashed(files.graph), _Hashed(files.evidence)
        read = store_of(graph, evidence)
        name = _name([graph.digest.digest(), evidence.digest.digest()])
        if not beside.is_dir():
            raise FileNotFoundError(beside)
        try:
            store = ox.Store(str(beside / "store"))
            store.bulk_extend(iter(read))
            store.flush()
            del store
        except OSError:
            if not beside.is_dir():  # swapped away meanwhile
                raise FileNotFoundError(beside) from None
            raise
        (beside / _USED).touch()
        try:
            beside.rename(home / name)
        except OSError:
            if not (home / name).is_dir():  # else another process was faster with the same bytes
                raise
        return name
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
    for other in home.iterdir():
        if other.name == name or not other.is_dir():
            continue
        if other.name.startswith("loading-"):
            if time.time() - other.stat().st_mtime > 3600:
                shutil.rmtree(other, ignore_errors=True)
            continue
        forget(other)


def forget(store: Path) -> bool:
    """Remove a store unless a process reads it; whether it is gone."""
    try:
        with (store / _USED).open("rb") as file:
            if _lock(file.fileno(), shared=False):
                shutil.rmtree(store, ignore_errors=True)
    except OSError:
        return not store.exists()
    return not store.exists()


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
