"""What make takes out of its environment: only what nothing reads, and only of an environment."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rapidfuzz

import slim

LIBRARY = next(Path(rapidfuzz.__file__).parent.rglob("*.so"), None)
ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("path", "goes"),
    [
        ("spacy/tests/lang/test_one.py", True),
        ("spacy/lang/ko/__init__.py", False),
        ("spacy/matcher/matcher.pyx", True),
        ("numpy/_core/tests/test_umath.py", True),
        ("numpy/_core/tests/_natype.py", False),
        ("numpy/__init__.pyi", False),
        ("babel/locale-data/fr.dat", True),
        ("babel/locale-data/ko.dat", False),
        ("babel/global.dat", False),
        ("jedi/third_party/typeshed/stdlib/os.pyi", True),
        ("kiwipiepy_model/nounchr.mdl", False),
        ("kg/tests/test_mine.py", False),
        ("presskg-1.dist-info/RECORD", False),
    ],
)
def test_what_goes_and_what_stays(tmp_path: Path, path: str, goes: bool) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_bytes(b"x" * 10)
    assert slim.slim(tmp_path) == (10 if goes else 0)
    assert (tmp_path / path).exists() is not goes and (tmp_path / path).parent.exists() is not goes


@pytest.mark.skipif(LIBRARY is None or slim.end_of_segments(LIBRARY.read_bytes()) is None, reason="no ELF library is here")
def test_a_library_works_without_what_was_taken_and_is_taken_from_once(tmp_path: Path) -> None:
    copy = Path(shutil.copy(LIBRARY, tmp_path))
    padded = LIBRARY.read_bytes() + b"symbols" * 1000
    copy.write_bytes(padded)
    assert slim.slim(tmp_path) >= 7000 and copy.stat().st_size < len(padded)
    ctypes.CDLL(str(copy), mode=ctypes.RTLD_LOCAL | 1)
    assert slim.slim(tmp_path) == 0


@pytest.mark.parametrize(
    "data", [b"", b"\x7fELF", b"\x7fELF\x02\x01" + b"\xff" * 100, b"\x7fELF\x01\x01" + b"\0" * 100, b"MZ" + b"\0" * 200]
)
def test_what_is_no_library_stays_as_it_is(data: bytes) -> None:
    assert slim.without_symbols(data) == data


def test_only_an_environment_is_touched(tmp_path: Path) -> None:
    (tmp_path / "lib/python3.11/site-packages/spacy/tests").mkdir(parents=True)
    kept = tmp_path / "lib/python3.11/site-packages/spacy/tests/test_one.py"
    kept.write_text("")
    ended = subprocess.run([sys.executable, ROOT / "slim.py", tmp_path], capture_output=True, encoding="utf-8")
    assert ended.returncode == 1 and "no virtual environment" in ended.stderr and kept.exists()
