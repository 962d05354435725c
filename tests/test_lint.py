"""Ruff and mypy are part of the tests; mypy checks all modules, and what ruff is told to pass over is listed file by file in pyproject.toml."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
UNLINTED = {file: codes for file, codes in TOOLS["ruff"]["lint"]["per-file-ignores"].items() if not file.startswith("tests/")}
CODE = ("kg", "viz", "tests", "docs")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-m", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_ruff_finds_nothing() -> None:
    found = run("ruff", "check", "--no-cache", *CODE)
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_formatter_would_change_nothing() -> None:
    found = run("ruff", "format", "--no-cache", "--check", *CODE)
    assert found.returncode == 0, found.stdout + found.stderr


def test_mypy_finds_nothing(tmp_path: Path) -> None:
    found = run("mypy", "--cache-dir", str(tmp_path))
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize("file", UNLINTED)
def test_an_exempted_file_is_there(file: str) -> None:
    assert (ROOT / file).is_file()


def test_no_exemption_is_idle() -> None:
    """Every rule that a file is exempted from finds something there."""
    codes = {(file, code) for file, listed in UNLINTED.items() for code in listed}
    found = run("ruff", "check", "--no-cache", "--isolated", "--output-format", "concise", "--line-length", "130", "--target-version", "py311",
                "--select", ",".join(sorted({code for _, code in codes})), "--config", "lint.mccabe.max-complexity=15", *UNLINTED)  # fmt: skip
    told = {(line.split(":")[0], line.split()[1]) for line in found.stdout.splitlines() if line.count(":") >= 3}
    assert sorted(codes - told) == []


def test_mypy_passes_over_no_module() -> None:
    assert set(TOOLS["mypy"]["packages"]) == {"kg", "viz"} and "overrides" not in TOOLS["mypy"]
    assert TOOLS["mypy"]["exclude"] == ["^kg/viz/"]  # which is a link to viz
