"""A folder has one writer, also where folders cannot be locked, as on NFS: writers of several PID namespaces lose nothing of each other's."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.graph import lock
from kg.graph.lock import held

ROOT = Path(__file__).resolve().parents[1]
WRITERS, TURNS = 4, 25
# Each adds one to a number, in a way that loses some where two do it at once. On NFS a lock wants a file that is open for writing.
COUNT = """
import errno, fcntl, os, sys
from pathlib import Path
from kg.graph.lock import held
real = fcntl.flock
def as_on_nfs(descriptor, how):
    if fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
        raise OSError(errno.EBADF, "not open for writing")
    real(descriptor, how)
if sys.argv[3] == "nfs":
    fcntl.flock = as_on_nfs
folder = Path(sys.argv[1])
for _ in range(int(sys.argv[2])):
    with held(folder):
        said = int((folder / "number").read_text())
        os.sched_yield()
        (folder / "number").write_text(str(said + 1))
"""
APART = ("unshare", "--pid", "--fork", "--mount-proc")  # each is process 1 of its own namespace, as in a container


@pytest.fixture(scope="module")
def apart() -> tuple[str, ...]:
    try:
        able = subprocess.run([*APART, "true"], capture_output=True).returncode == 0
    except OSError:
        able = False
    return APART if able else ()


@pytest.mark.parametrize("kind", ["folders", "nfs"])
def test_writers_in_containers_lose_nothing_of_each_other(tmp_path, apart, kind):
    (tmp_path / "number").write_text("0")
    asked = [*apart, sys.executable, "-c", COUNT, str(tmp_path), str(TURNS), kind]
    some = [subprocess.Popen(asked, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(WRITERS)]
    said = [one.communicate(timeout=300)[1] for one in some]
    assert [one.returncode for one in some] == [0] * WRITERS, said
    assert (tmp_path / "number").read_text() == str(WRITERS * TURNS)
    assert [path.name for path in tmp_path.iterdir()] == ["number"]


def test_a_lock_that_another_machine_took_away_is_taken_anew(tmp_path, monkeypatch):
    real, stale = fcntl.flock, []

    def once_stale(descriptor: int, how: int) -> None:
        if not stale:
            stale.append(descriptor)
            raise OSError(errno.ESTALE, "Stale file handle")
        real(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", once_stale)
    with held(tmp_path) as hold:
        assert hold.sure and stale
    descriptor = os.open(tmp_path, os.O_RDONLY)
    real(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(descriptor)


def test_a_lock_of_what_stands_there_no_more_is_none(tmp_path, monkeypatch):
    """What a path names is asked of the file system by opening it, not of what it remembers."""
    (tmp_path / "a").write_text("")
    opened = os.open(tmp_path / "a", os.O_RDONLY)
    (tmp_path / "b").write_text("")
    os.replace(tmp_path / "b", tmp_path / "a")
    monkeypatch.setattr(os, "stat", lambda *_, **__: os.fstat(opened))  # as a cache that is seconds old
    assert not lock._named(opened, tmp_path / "a")
    os.close(opened)
