"""What keeps a worker process inside its bounds: no network, bounded memory, bounded time, whatever the query makes the store
do."""

from __future__ import annotations

import contextlib
import ctypes
import platform
import struct
import sys

# Architecture as seccomp reports it, and the numbers of the calls socket and io_uring_setup.
_CALLS = {"x86_64": (0xC000003E, 41, 425), "aarch64": (0xC00000B7, 198, 425)}
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # 13: permission denied
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]


def no_network() -> bool:
    """Let this process never open a socket again; False where the system has no such bar (it is Linux's seccomp).

    The guard in ``kg.ask.query`` reads a query as rdflib does, the store as Oxigraph does; where the two should ever differ about a
    SERVICE, this bar stands.
    """
    calls = _CALLS.get(platform.machine()) if sys.platform == "linux" else None
    if calls is None:
        return False
    architecture, socket, ring = calls

    def step(code: int, yes: int, no: int, value: int) -> bytes:
        return struct.pack("HBBI", code, yes, no, value)

    program = b"".join(
        (
            step(_LOAD, 0, 0, 4),
            step(_EQUAL, 1, 0, architecture),
            step(_RETURN, 0, 0, _REFUSE),
            step(_LOAD, 0, 0, 0),
            step(_EQUAL, 2, 0, socket),
            step(_EQUAL, 1, 0, ring),
            step(_RETURN, 0, 0, _ALLOW),
            step(_RETURN, 0, 0, _REFUSE),
        )
    )
    code = ctypes.create_string_buffer(program)
    wanted = _Program(len(program) // 8, ctypes.addressof(code))
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return system.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(wanted), 0, 0) == 0


def bounded_memory(more: int) -> None:
    """Let this process take at most so many bytes beside what it has now; the system ends it, or Python raises MemoryError."""
    try:
        import resource as system
    except ImportError:  # no such limits here
        return
    has = 0
    with contextlib.suppress(OSError), open("/proc/self/statm", encoding="ascii") as file:
        has = int(file.read().split()[0]) * system.getpagesize()
    with contextlib.suppress(ValueError, OSError):
        system.setrlimit(system.RLIMIT_CORE, (0, 0))
        system.setrlimit(system.RLIMIT_AS, (has + more, has + more))


def bounded_time(seconds: float) -> None:
    """Let the system end this process in so many seconds, even inside the store's own code and without its parent; 0 calls it
    off."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
