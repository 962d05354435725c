"""What several tests share: the command line, run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def run_kg() -> Callable[..., subprocess.CompletedProcess]:
    """``kg`` in a process of its own, from the root of the checkout: what it prints and its exit code."""

    def run(
        *words: object, stdin: str | None = None, env: dict[str, str] | None = None, timeout: float = 300
    ) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "kg", *map(str, words)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, "NO_COLOR": "1", **(env or {})},
            timeout=timeout,
        )

    return run
