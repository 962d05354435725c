"""On a CI machine nothing that .ci/run is for may be skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import NEVER_SKIPPED, ROOT


def test_files_that_may_not_be_skipped_are_there() -> None:
    assert {name for name in NEVER_SKIPPED if not (ROOT / "tests" / f"{name}.py").is_file()} == set()


@pytest.mark.parametrize(
    ("name", "surroundings", "ended"),
    [("test_owl", "1", 1), ("test_owl", "", 0), ("test_other", "1", 0)],
)
def test_a_skip_is_a_failure_where_ci_is_set(tmp_path: Path, name: str, surroundings: str, ended: int) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / f"{name}.py").write_text(
        "import pytest\n\n@pytest.mark.skipif(True, reason='no Java')\ndef test_one():\n    pass\n\n"
        "def test_other():\n    pytest.skip('no network')\n"
    )
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", tmp_path, tmp_path]
    around = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    made = subprocess.run(
        words, cwd=tmp_path, env={**around, "PYTHONPATH": str(ROOT), "CI": surroundings}, capture_output=True, encoding="utf-8"
    )
    assert made.returncode == ended, made.stdout
    assert made.stdout.count("may not be skipped") in ((0, 0), (2, 4))[ended], made.stdout
    assert ("no Java" in made.stdout) == ("no network" in made.stdout) == bool(ended), made.stdout
