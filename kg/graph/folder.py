"""Write a folder aside and put it in place at once: whoever reads meets the files of before or all of the new ones.

The finished folder and the one in place trade names in one system call, so a kill at any moment leaves one or the other. Where that
cannot be done (a mount point, a folder that somebody stands in, a parent that cannot be written), the finished files are named as
the next state in one step and then moved one by one; whoever finds such a move cut off carries it to its end before anything else.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import secrets
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

from kg.errors import UsageError
from kg.graph.lock import Hold, held, lock_beside, try_lock
from kg.graph.stated import SAID

OURS = (
    "articles.jsonl",
    "corrections.toml",
    "dataset.ttl",
    "evidence.ttl",
    "graph.html",
    "graph.nq",
    "graph.ttl",
    "identity.jsonl",
    "manifest.json",
    "rejected.jsonl",
    "report.json",
    "results.jsonl",
)
WRITTEN = (*OURS, "names.tsv", "forgotten.json")  # the last ones only where there are own names, and where somebody was taken out
_SURE = ("graph.nq", "evidence.ttl", "identity.jsonl", "results.jsonl")  # nobody else writes all of these
_ASIDE = re.compile(r"\.(?P<name>.+)\.kg-[0-9a-f]+")
_WITHIN = re.compile(r"\.kg-next-[0-9a-f]+")
_COMMIT, _GONE = ".kg-commit", ".gone"
_NOBODYS = ("lost+found",)  # what an empty volume holds
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS


def is_built(folder: Path) -> bool:
    """Whether a folder says that ``kg build`` made it: its manifest does, or, should that be damaged, the files that only it writes.

    >>> is_built(Path("nowhere"))
    False
    """
    try:
        said = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        said = None
    if isinstance(said, dict) and "presskg" in said:
        return True
    return all((folder / name).is_file() for name in _SURE)


def claim(out: Path) -> None:
    """Refuse a folder that holds what is not ours, for it would be replaced; UsageError names what lies there.

    What people say of a graph may lie there before it.
    """
    if not out.is_dir():
        if out.exists() or out.is_symlink():
            raise UsageError(f"{out}: is no folder; name one that is empty, does not exist yet, or was made by kg build")
        return
    there = sorted(p.name for p in out.iterdir() if not p.name.startswith(".") and p.name not in (*_NOBODYS, SAID))
    if there and not is_built(out):
        some = ", ".join(there[:3]) + (f" and {len(there) - 3:,} more" if len(there) > 3 else "")
        raise UsageError(f"{out}: holds {some} and was not made by kg build; name a folder that is empty or does not exist yet")


def sources(paths: Iterable[Path], out: Path, passed: Callable[[Path], None]) -> Iterator[Path]:
    """The paths without the folders below them that kg build made, whose files read like articles: ``out`` and, told to ``passed``,
    others. UsageError for a path that is such a folder itself, or a file of one.
    """
    out = Path(os.path.realpath(out))
    for path in paths:
        here = Path(os.path.realpath(path))
        made = here if is_built(here) else here.parent if here.name in WRITTEN and is_built(here.parent) else None
        if made is not None:
            raise UsageError(
                f"{path}: {'is' if made == here else 'lies in'} a folder that kg build made, and is no article; "
                "name the articles that it was built from"
            )
        yield from _without(path, {Path(here) for here in _made_below(path)} | {out}, out, passed)


def _made_below(folder: Path) -> Iterator[str]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if "manifest.json" in files and is_built(Path(here)):
            folders.clear()
            yield os.path.realpath(here)


def _without(path: Path, made: set[Path], out: Path, passed: Callable[[Path], None]) -> Iterator[Path]:
    here = Path(os.path.realpath(path))
    if here in made:
        if here != out:
            passed(path)
    elif path.is_dir() and any(here in one.parents for one in made):
        for entry in sorted(path.iterdir()):
            if not entry.name.startswith("."):
                yield from _without(entry, made, out, passed)
    else:
        yield path


@contextmanager
def occupied(out: Path, *, wait: bool = True) -> Iterator[Hold]:
    """Hold a folder alone, with what a killed build left in it or beside it put right."""
    out = Path(os.path.realpath(out))
    with held(out, wait=wait) as hold:
        _settle(out)
        if hold.sure:
            _sweep(out)
        yield hold


def settled(folder: Path) -> None:
    """Carry a replacement of files that was cut off to its end, before somebody reads the folder."""
    if not (folder / _COMMIT).is_dir():
        return
    try:
        with held(folder):
            _settle(folder)
    except OSError as error:
        raise UsageError(
            f"{folder}: a build was cut off while its files were put in place; run kg check {folder} as somebody who "
            f"may write there: {error.strerror or error}"
        ) from error


@contextmanager
def replaced(out: Path, ours: Collection[str] = WRITTEN, *, wait: bool = True) -> Iterator[Path]:
    """A new folder to write into, which takes the place of ``out`` when the block ends well and vanishes when it does not.

    ``ours`` are the names that a build writes: those of before go, whatever else lies in ``out`` stays.
    """
    out = Path(os.path.realpath(out))
    with occupied(out, wait=wait) as hold:
        aside = _aside(out)
        try:
            yield aside
            _sync(aside)
            hold.also(aside)
            _take_place(aside, out, ours)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _aside(out: Path) -> Path:
    """A new folder beside ``out`` or, where the two could not trade names anyhow, within it."""
    mark = secrets.token_hex(6)
    beside = out.parent / f".{out.name}.kg-{mark}"
    if not _in_use(out):
        try:
            beside.mkdir()
            return beside
        except OSError:
            if not out.is_dir():
                raise
    within = out / f".kg-next-{mark}"
    within.mkdir()
    return within


def _take_place(aside: Path, out: Path, ours: Collection[str]) -> None:
    if not out.exists():
        os.rename(aside, out)
    elif aside.parent == out or not (_carry(out, aside, ours) and _exchange(aside, out)):
        gone = sorted(set(ours) - {p.name for p in aside.iterdir()})
        for path in aside.iterdir():  # what was carried over is in place already
            if path.name not in ours:
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        (aside / _GONE).write_text(json.dumps(gone), encoding="utf-8")
        _sync(aside)
        os.rename(aside, out / _COMMIT)
        _settle(out)
    _sync_names(out)


def _settle(out: Path) -> None:
    """Move the files of the next state into place, each at once, the manifest last; begun again as often as it takes."""
    commit = out / _COMMIT
    if not commit.is_dir():
        return
    names = sorted((p.name for p in commit.iterdir() if p.name != _GONE), key=lambda name: (name == "manifest.json", name))
    for name in names:
        os.replace(commit / name, out / name)
    if (commit / _GONE).is_file():
        for name in json.loads((commit / _GONE).read_text(encoding="utf-8")):
            (out / name).unlink(missing_ok=True)
        (commit / _GONE).unlink()
    commit.rmdir()


def _in_use(out: Path) -> bool:
    """Whether a folder cannot be swapped under those who are in it: a mount point, or one that this process stands in."""
    try:
        here = Path.cwd()
    except FileNotFoundError:  # it was removed under us
        return os.path.ismount(out)
    return os.path.ismount(out) or out == here or out in here.parents


def _carry(out: Path, aside: Path, ours: Collection[str]) -> bool:
    """Give the new folder what others put into the old one, as links to the same files; False where that cannot be done."""

    def unfinished(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if name.startswith("loading-")]  # a server's store that is being written

    try:
        for entry in sorted(out.iterdir()):
            if entry.name in ours or _WITHIN.fullmatch(entry.name):
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.copytree(
                    entry,
                    aside / entry.name,
                    symlinks=True,
                    copy_function=os.link,
                    ignore=unfinished if entry.name == ".store" else None,
                )
            else:
                os.link(entry, aside / entry.name, follow_symlinks=False)
        shutil.copymode(out, aside)
    except OSError:
        return False
    return True


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders trade names in one step; False where the system has no such step."""
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None, use_errno=True)
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
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _sync_names(out: Path) -> None:
    """Have the names on the disk too, where the system lets a folder be synced."""
    for folder in (out, out.parent):
        try:
            descriptor = os.open(folder, os.O_RDONLY)
        except OSError:
            continue
        try:
            os.fsync(descriptor)
        except OSError:
            pass
        finally:
            os.close(descriptor)


def _sweep(out: Path) -> None:
    """Remove what a killed build left beside the folder and in it; the caller holds the folder, and what somebody holds stays."""
    beside = (
        p for p in out.parent.glob(f".{escape(out.name)}.kg-*") if (m := _ASIDE.fullmatch(p.name)) and m["name"] == out.name
    )
    within = (p for p in out.glob(".kg-next-*") if _WITHIN.fullmatch(p.name))
    for path in (*beside, *within):
        if path.is_dir() and not path.is_symlink() and try_lock(path):
            shutil.rmtree(path, ignore_errors=True)
    lock = lock_beside(out)
    if out.is_dir() and lock.is_file() and try_lock(lock):
        lock.unlink(missing_ok=True)
