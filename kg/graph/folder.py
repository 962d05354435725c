"""Write a folder aside and put it in place at once: whoever reads meets the files of before or all of the new ones.

The finished folder and the one in place trade names in one system call, so a kill at any moment leaves one or the other. Where the
system cannot do that, or the folder is where somebody stands, files are renamed one by one, the manifest last.
"""
from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

_ASIDE = re.compile(r"\.(?P<name>.+)\.kg-(?P<pid>\d+)")
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS


@contextmanager
def replaced(out: Path, ours: Collection[str]) -> Iterator[Path]:
    """A new folder to write into, which takes the place of ``out`` when the block ends well and vanishes when it does not.

    ``ours`` are the names that a build writes: those of before go, whatever else lies in ``out`` stays.
    """
    out = Path(os.path.realpath(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    aside = out.parent / f".{out.name}.kg-{os.getpid()}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        yield aside
        _sync(aside)
        _take_place(aside, out, ours)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _take_place(aside: Path, out: Path, ours: Collection[str]) -> None:
    if not out.exists():
        os.rename(aside, out)
        return
    if not _in_use(out) and _carry(out, aside, ours) and _exchange(aside, out):
        return
    names = sorted(p.name for p in aside.iterdir() if p.name in ours)
    for name in sorted(names, key=lambda name: (name == "manifest.json", name)):
        os.replace(aside / name, out / name)
    for name in set(ours) - set(names):
        (out / name).unlink(missing_ok=True)


def _in_use(out: Path) -> bool:
    """Whether a folder cannot be swapped under those who are in it: a mount point, or one that this process stands in."""
    try:
        here = Path.cwd()
    except FileNotFoundError:  # it was removed under us
        return os.path.ismount(out)
    return os.path.ismount(out) or out == here or out in here.parents


def _carry(out: Path, aside: Path, ours: Collection[str]) -> bool:
    """Give the new folder what others put into the old one, as links to the same files; False where that cannot be done."""
    try:
        for entry in sorted(out.iterdir()):
            if entry.name in ours:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.copytree(entry, aside / entry.name, symlinks=True, copy_function=os.link)
            else:
                os.link(entry, aside / entry.name, follow_symlinks=False)
    except OSError:
        for name in {p.name for p in aside.iterdir()} - set(ours):
            path = aside / name
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        return False
    shutil.copymode(out, aside)
    return True


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders trade names in one step; False where the system has no such step."""
    library = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    a, b = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            return library.renamex_np(a, b, _EXCHANGE) == 0
        return library.renameat2(-100, a, -100, b, _EXCHANGE) == 0  # -100: paths are from the working directory
    except AttributeError:
        return False


def _sync(folder: Path) -> None:
    """Have the files on the disk before the names change."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _sweep(out: Path) -> None:
    """Remove what a killed build left beside the folder."""
    for path in out.parent.glob(f".{escape(out.name)}.kg-*"):
        match = _ASIDE.fullmatch(path.name)
        if match and match["name"] == out.name and not _alive(int(match["pid"])):
            shutil.rmtree(path, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
