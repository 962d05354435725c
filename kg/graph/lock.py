"""One writer at a time over a folder, whatever process, container or machine it runs in.

The lock lies on the folder itself (``flock`` of the directory), so it needs no file, ends with its process, and is one and the same
however the folder was reached: a path, a link, another mount, another PID namespace. Where a folder cannot be locked itself, as on
NFS, a file ``.kg-lock`` in it is, and a folder that does not exist yet is held by a file beside it; both vanish when they are let go.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from kg.errors import UsageError
from kg.screen import tell

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

INSIDE = ".kg-lock"
_NO_FOLDERS = (errno.EBADF, errno.EINVAL, errno.EISDIR, errno.EACCES)  # NFS locks files that are open for writing
_GONE = (errno.ENOENT, errno.ESTALE)  # a file that another machine took away is stale on NFS
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)
_held: ContextVar[dict[Path, Hold] | None] = ContextVar("held", default=None)


class Hold:
    """A folder that this process alone writes to; ``sure`` is False where the file system keeps no locks."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.sure = folder, fcntl is not None
        self._descriptors: list[int] = []
        self._files: list[Path] = []

    def also(self, folder: Path) -> None:
        """Hold a folder too that nobody else knows yet, since it is to take the place of the held one."""
        if self.sure and self._files[:1] != [self.folder / INSIDE]:
            descriptor = os.open(folder, os.O_RDONLY)
            self._descriptors.append(descriptor)
            with contextlib.suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def take(self, path: Path, busy: Callable[[], None]) -> bool:
        """Lock a folder or, made where it is missing, a file; False where, by the time, the path names something else."""
        made = path.name == INSIDE or not path.is_dir()
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666) if made else os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            return False
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                busy()
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            if not _named(descriptor, path):
                raise FileNotFoundError(errno.ENOENT, "another one stands there")
        except BaseException as error:
            os.close(descriptor)
            if isinstance(error, OSError) and error.errno in _GONE:
                return False  # who held it put another one in its place, or took it away
            raise
        self._descriptors.append(descriptor)
        if made:
            self._files.append(path)
        return True

    def release(self) -> None:
        """Let go; a file that served as the lock goes first, so that nobody meets it unlocked."""
        for path in self._files:
            with contextlib.suppress(OSError):
                path.unlink()
        for descriptor in reversed(self._descriptors):
            os.close(descriptor)
        self._files, self._descriptors = [], []


def _named(descriptor: int, path: Path) -> bool:
    """Whether a path still names what is open: it is opened again, since NFS answers from memory what is only looked at."""
    again = os.open(path, os.O_RDONLY)
    try:
        return os.path.samestat(os.fstat(descriptor), os.fstat(again))
    finally:
        os.close(again)


@contextmanager
def held(folder: Path, *, wait: bool = True) -> Iterator[Hold]:
    """Hold a folder, which need not exist yet, until the block ends; within the block it may be held again.

    Whoever comes second waits and says so on standard error, or, without ``wait``, is refused with a UsageError.
    """
    folder = Path(os.path.realpath(folder))
    already = _held.get() or {}
    if folder in already:
        yield already[folder]
        return
    hold = _taken(folder, wait)
    token = _held.set({**already, folder: hold})
    try:
        yield hold
    finally:
        _held.reset(token)
        hold.release()


def lock_beside(folder: Path) -> Path:
    """The file that holds a folder which does not exist yet."""
    return folder.parent / f".{folder.name}.kg-lock"


def try_lock(folder: Path) -> bool:
    """Whether nobody holds a folder now.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as name, held(Path(name)):
    ...     try_lock(Path(name))
    False
    """
    if fcntl is None:
        return False
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in _NO_FOLDERS
    finally:
        os.close(descriptor)
    return True


def _taken(folder: Path, wait: bool) -> Hold:
    hold = Hold(folder)
    told: list[bool] = []

    def busy() -> None:
        if not wait:
            raise UsageError(f"{folder}: another kg is writing to it; try again when it is done, or without --no-wait")
        if not told:
            told.append(True)
            tell(f"kg: another kg is writing to {folder}; waiting until it is done")

    try:
        while hold.sure:
            if not folder.is_dir():
                folder.parent.mkdir(parents=True, exist_ok=True)
                if hold.take(lock_beside(folder), busy):
                    if not folder.is_dir():
                        return hold
                    hold.release()  # somebody made the folder meanwhile
                continue
            try:
                taken = hold.take(folder, busy)
            except OSError as error:
                if error.errno not in _NO_FOLDERS:
                    raise
                taken = hold.take(folder / INSIDE, busy)
            if taken:
                return hold
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        hold.sure = False
    tell(f"kg: {folder}: its file system keeps no locks; let nobody else write there meanwhile")
    return hold
