"""An interpreter that has loaded its parts already: ``python -m kg …`` and ``python -c …`` in processes that are forked from one.

Loading Kiwi, spaCy and the knowledge takes most of the time of a small build, and tests start hundreds. A process of its own,
with the arguments, folder, surroundings and streams that the test gives, is what a test gets all the same; what must start
from nothing (start-up, hash seeds, workers, another checkout, signals) asks ``sys.executable`` as before, and so does everything
where ``KG_COLD`` is set.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_LONGEST = 100  # what an address of a socket may have


def ask(address: str, words: list[str]) -> int:
    """Have words run by the process at an address with this process's surroundings and streams; the exit code of it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.connect(address)
        socket.send_fds(line, [b"."], [0, 1, 2])
        line.sendall(json.dumps({"words": words, "folder": os.getcwd(), "env": dict(os.environ)}).encode() + b"\n")
        said = line.makefile().readline()
    return int(said) if said else 1


@contextlib.contextmanager
def alone(made: Path) -> Iterator[None]:
    """One process after the other, where several would make the same."""
    if os.name != "posix":
        yield
        return
    import fcntl

    with Path(f"{made}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def python(shared: Path, watched: int) -> list[str]:
    """What to write before ``-m kg …``: an interpreter that is warm, started in a folder that processes share if none is there."""
    address = str(shared / "warm")
    if sys.platform != "linux" or os.environ.get("KG_COLD") or len(address) > _LONGEST:
        return [sys.executable]
    import subprocess
    import time

    with alone(shared / "warm"):
        if not os.path.exists(address):
            with (shared / "warm.log").open("w") as log:
                started = subprocess.Popen(
                    [sys.executable, "-m", "tests.warm", address, str(watched)],
                    cwd=ROOT,
                    env={**os.environ, "PYTHONPATH": str(ROOT)},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                )
            while not os.path.exists(address):
                if started.poll() is not None:
                    raise RuntimeError((shared / "warm.log").read_text(encoding="utf-8"))
                time.sleep(0.05)
    return [sys.executable, "-I", "-S", __file__, "ask", address]


def _load() -> None:
    """Whatever the commands that read texts load: one small build, its check and one question."""
    import tempfile

    import kg.cli  # noqa: F401
    from kg.ask.query import query
    from kg.graph.check import check
    from kg.pipeline import build

    with tempfile.TemporaryDirectory() as folder:
        build([ROOT / "data" / "articles"], Path(folder) / "out")
        check(Path(folder) / "out")
        query(Path(folder) / "out", "heads")


def _there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def _serve(address: str, watched: int) -> None:
    """Fork for whoever asks, as long as a process is there."""
    import gc
    import signal

    _load()
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(f"{address}.new")
        door.listen(64)
        door.settimeout(1)
        os.rename(f"{address}.new", address)
        while _there(watched):
            try:
                line, _ = door.accept()
            except TimeoutError:
                continue
            with line:
                if not os.fork():
                    door.close()
                    line.settimeout(None)
                    _answer(line)
    os.unlink(address)


def _answer(line: socket.socket) -> None:
    """Run what is asked in a process and say how it ended; it ends with who asked."""
    import select
    import signal

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, streams, _, _ = socket.recv_fds(line, 1, 3)
    asked = json.loads(line.makefile().readline())
    process = os.fork()
    if not process:
        line.close()
        _run(streams, **asked)
    for stream in streams:
        os.close(stream)
    ended = os.pidfd_open(process)
    if ended not in select.select([ended, line], [], [])[0]:
        os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    code = os.waitstatus_to_exitcode(status)
    with contextlib.suppress(OSError):  # who asked may be gone
        line.sendall(f"{code if code >= 0 else 128 - code}\n".encode())
    os._exit(0)


def _run(streams: list[int], words: list[str], folder: str, env: dict[str, str]) -> None:
    """Be a fresh interpreter with these words, as far as anybody can see."""
    import atexit

    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    sys.path.insert(0, "")
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as the process
    sys.stdout = open(1, "w", encoding="utf-8", buffering=1 if os.isatty(1) else -1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    code = _code(words)
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
    except OSError:
        code = 120
    os._exit(code)


def _code(words: list[str]) -> int:
    """The exit code of ``-m module …`` or ``-c text …``."""
    import runpy
    import traceback
    import types

    kind, what, *rest = words
    sys.argv = [kind, *rest]
    try:
        if kind == "-m":
            runpy.run_module(what, run_name="__main__", alter_sys=True)
        else:
            sys.modules["__main__"] = types.ModuleType("__main__")
            exec(compile(what, "<string>", "exec"), sys.modules["__main__"].__dict__)
    except SystemExit as ended:
        if ended.code is None or isinstance(ended.code, int):
            return ended.code or 0
        print(ended.code, file=sys.stderr)
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "ask":
        sys.exit(ask(sys.argv[2], sys.argv[3:]))
    _serve(sys.argv[1], int(sys.argv[2]))
