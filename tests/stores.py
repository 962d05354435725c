"""Real stores that tests start on this machine: an Oxigraph server and a Virtuoso. A test takes one by importing its fixture."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def needed(program: Path | str | None, name: str, hint: str) -> str:
    """The program; without it the test is skipped loudly, and on a CI machine it fails."""
    if program and Path(program).is_file():
        return str(program)
    if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        pytest.fail(f"the tests with {name} cannot run here: {hint}")
    pytest.skip(f"THE TESTS WITH {name.upper()} DID NOT RUN: {hint}")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextmanager
def started(command: list[str], address: str, folder: Path) -> Iterator[None]:
    """A server until the block ends."""
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        try:
            end = time.monotonic() + 60
            while True:
                try:
                    urllib.request.urlopen(address, timeout=5).close()
                    break
                except urllib.error.HTTPError:
                    break
                except OSError:
                    assert process.poll() is None and time.monotonic() < end, (folder / "output.txt").read_text(errors="replace")[
                        -2000:
                    ]
                    time.sleep(0.05)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The addresses of an Oxigraph server's Graph Store and endpoint."""
    program = needed(Path(sys.executable).with_name("oxigraph"), "Oxigraph", "pip install oxigraph")
    port = free_port()
    with started(
        [program, "serve", "--bind", f"127.0.0.1:{port}"], f"http://127.0.0.1:{port}/", tmp_path_factory.mktemp("oxigraph")
    ):
        yield f"http://127.0.0.1:{port}/store", f"http://127.0.0.1:{port}/query"


_VIRTUOSO = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 5
"""


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The addresses of a Virtuoso's Graph Store and endpoint."""
    program = needed(shutil.which("virtuoso-t"), "Virtuoso", "apt-get install virtuoso-opensource-7-bin")
    folder, port = tmp_path_factory.mktemp("virtuoso"), free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=free_port(), http=port), encoding="ascii")
    with started([program, "+configfile", "virtuoso.ini", "+foreground"], f"http://127.0.0.1:{port}/sparql", folder):
        yield f"http://dba:dba@127.0.0.1:{port}/sparql-graph-crud-auth", f"http://127.0.0.1:{port}/sparql"
