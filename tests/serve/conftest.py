"""A server over the small built folder, in a process of its own as users run it, and what clients need to ask it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.serve import bench

ROOT = Path(__file__).resolve().parents[2]
_RUN = """
import sys
from kg.serve import Access, Limits, serve
serve(sys.argv[1], port=0, limits=Limits(**eval(sys.argv[2])), access=Access(**eval(sys.argv[3])))
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address and its process."""

    address: str
    port: int
    process: subprocess.Popen

    def url(self, path: str) -> str:
        """An address of it."""
        return self.address.rstrip("/") + path


@contextmanager
def running(
    out: Path, *, root: Path = ROOT, access: dict[str, tuple[str, ...]] | None = None, **limits: float
) -> Iterator[Server]:
    """A server of a folder until the block ends, with the code of a checkout; it must stop cleanly then."""
    process = subprocess.Popen(
        [sys.executable, "-c", _RUN, str(out), repr(limits), repr(access or {})],
        stderr=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    try:
        line = process.stderr.readline()
        assert " at http://127.0.0.1:" in line, line + process.stderr.read()
        address = line.split(" at ")[1].split()[0]
        yield Server(address, int(address.rstrip("/").rpartition(":")[2]), process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stderr.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small built folder, which the server may keep its store in."""
    copy = tmp_path_factory.mktemp("serve") / "out"
    shutil.copytree(ROOT / "tests" / "fixtures" / "out", copy)
    return copy


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[Server]:
    """A server with the usual limits."""
    with running(folder) as made:
        yield made


@pytest.fixture(scope="session")
def larger(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with three thousand statements more: a cross product of three such graphs takes hours."""
    copy = tmp_path_factory.mktemp("larger") / "out"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".store"))
    with (copy / "graph.nq").open("a", encoding="utf-8") as file:
        file.writelines(
            f'<http://example.org/{n}> <http://example.org/is> "{n}" <http://example.org/more> .\n' for n in range(3000)
        )
    return copy


def spent(server: Server) -> float:
    """The processor time in seconds that a server and those that it started have had."""
    return bench.spent(server.process.pid)


def until(true, seconds: float = 5.0) -> bool:
    """Whether something comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return bool(true())
