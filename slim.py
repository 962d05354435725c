"""Take out of make's own environment what PressKG never touches, so that it takes half the room: `python slim.py .venv`.

Wheels carry much that a run does not read: symbol tables for debuggers, the tests of libraries, calendars of 700 locales, type stubs for
an editor's completion. Only regular files under the environment's site-packages go, and only those that stand in WASTE or lie behind
the last segment of a shared library, which the loader does not read. `pip install --force-reinstall NAME` brings a package back whole.
"""

import struct
import sys
from collections.abc import Iterator
from pathlib import Path

# what is taken out, and why nothing here misses it
WASTE = (
    "**/*.cpp",  # sources of what is compiled
    "**/*.pyx",
    "babel/locale-data/*.dat",  # trafilatura asks for languages of links, which no page of ours follows; KEPT stays
    "blis/tests/**/*",
    "jedi/third_party/**/*",  # stubs for completion in notebooks, through pyvis and IPython
    "networkx/**/tests/**/*",
    "numpy/**/tests/test_*.py",  # its other helpers of tests are imported by numpy.testing
    "numpy/**/tests/data/**/*",
    "numpy/_core/lib/*.a",
    "numpy/random/lib/*.a",
    "pip/**/__pycache__/*.pyc",  # comes back where pip is called
    "setuptools/**/__pycache__/*.pyc",
    "setuptools/**/tests/**/*",
    "spacy/tests/**/*",
    "spacy/**/*.pxd",
    "srsly/tests/**/*",
    "srsly/**/*.c",
    "srsly/**/*.h",
    "thinc/tests/**/*",
)
KEPT = {"root.dat", "en.dat", "en_US.dat", "en_001.dat", "ko.dat", "ko_KR.dat"}

_HEADER = struct.Struct("<16sHHIQQQIHHHHHH")  # of a 64-bit ELF file, little-endian
_SEGMENT = struct.Struct("<IIQQQQQQ")


def end_of_segments(data: bytes) -> int | None:
    """Where the last byte is that a loader reads from a 64-bit ELF library; None for whatever is none.

    >>> end_of_segments(b"#!/bin/sh") is None
    True
    """
    if len(data) < _HEADER.size or data[:6] != b"\x7fELF\x02\x01":
        return None
    *_, at, _, _, _, size, count, _, _, _ = _HEADER.unpack_from(data)
    if size != _SEGMENT.size or at + size * count > len(data):
        return None
    segments = [_SEGMENT.unpack_from(data, at + size * number) for number in range(count)]
    return max([at + size * count, *(offset + length for _, _, offset, _, _, length, _, _ in segments)])


def without_symbols(data: bytes) -> bytes:
    """The library without what stands behind its last segment, and without the table of sections, which debuggers alone read."""
    end = end_of_segments(data)
    if end is None or end >= len(data):
        return data
    names, kind, machine, version, entry, segments, _, flags, size, length, count, _, _, _ = _HEADER.unpack_from(data)
    head = _HEADER.pack(names, kind, machine, version, entry, segments, 0, flags, size, length, count, 0, 0, 0)
    return head + data[len(head) : end]


def wasted(packages: Path) -> Iterator[Path]:
    """The files of WASTE that are there."""
    for pattern in WASTE:
        yield from (path for path in packages.glob(pattern) if path.is_file() and not path.is_symlink() and path.name not in KEPT)


def slim(packages: Path) -> int:
    """Take out what is wasted under a folder of packages; the bytes that are free now."""
    freed = 0
    for path in sorted(set(wasted(packages))):
        freed += path.stat().st_size
        path.unlink()
        for folder in path.parents:
            if folder == packages or any(folder.iterdir()):
                break
            folder.rmdir()
    for path in sorted(packages.rglob("*.so*")):
        if path.is_file() and not path.is_symlink():
            before = path.read_bytes()
            after = without_symbols(before)
            if len(after) < len(before):
                new = path.with_name(path.name + ".slim")
                new.write_bytes(after)
                new.chmod(path.stat().st_mode)
                new.replace(path)  # never half a library, nor one that changes below whoever runs it
                freed += len(before) - len(after)
    return freed


def main(environment: Path) -> None:
    """Slim every site-packages of an environment and say what that gave."""
    if not (environment / "pyvenv.cfg").is_file():
        sys.exit(f"{environment} is no virtual environment (no pyvenv.cfg); nothing was touched")
    for packages in sorted(environment.glob("lib/python3*/site-packages")):
        print(f"{packages}: {slim(packages) / 2**20:.0f} MB of symbols, tests and stubs taken out")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
