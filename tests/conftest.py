"""What several tests share: the command line, run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests import warm

ROOT = Path(__file__).resolve().parents[1]
LONGEST = (  # files of tests that take a worker longest: who begins with them does not wait for one at the end
    "tests/serve/test_analyst.py", "tests/test_site.py", "tests/test_engines.py", "tests/test_folder.py", "tests/serve/test_asking.py",
    "tests/serve/test_editor.py", "tests/test_determinism.py", "tests/test_lint.py", "tests/test_new_relation.py", "tests/test_wheel.py",
    "tests/test_newcomer.py", "tests/test_viz.py", "tests/test_site_korean.py", "tests/browser/test_work.py", "tests/test_patterns_end.py", "tests/test_private.py",
)  # fmt: skip
# What no CI machine may pass over for want of Java, of the documents' generator or of anything else: .ci/run installs all of it.
NEVER_SKIPPED = frozenset(
    "test_owl test_site test_site_korean test_newcomer test_new_relation test_readme test_blocks test_serve_notebook test_wheel "
    "test_supply test_apart test_ontology".split()
)
_WORKER = "PYTEST_XDIST_WORKER"
_FROM_NOTHING = ("PYTHON", "LC_", "LANG")  # surroundings that an interpreter reads when it starts


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, everything else as it was found."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.nodeid.partition("::")[0], len(rank)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """On a CI machine a test of NEVER_SKIPPED that is skipped has failed."""
    report = yield
    if report.skipped and os.environ.get("CI") and item.path.stem in NEVER_SKIPPED:
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"{item.nodeid} may not be skipped where CI is set: {why}"
    return report


@pytest.fixture(scope="session")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The words before ``-m kg …`` of a process that need not load its parts; workers of one run share what it is forked from."""
    return warm.python(_shared(tmp_path_factory), os.getppid() if _WORKER in os.environ else os.getpid())


def _shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of one run have."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if _WORKER in os.environ else base


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory, interpreter: list[str]) -> Path:
    """The graph of the sample articles, built once for all workers of one run: to be read, and copied by who changes it."""
    out = _shared(tmp_path_factory) / "samples"
    with warm.alone(out):
        if not out.exists():
            words = [*interpreter, "-m", "kg", "build", "data/articles", "--out", str(out)]
            subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    return out


@pytest.fixture(scope="session")
def run_kg(interpreter: list[str]) -> Callable[..., subprocess.CompletedProcess]:
    """``kg`` in a process of its own, from the root of the checkout: what it prints and its exit code."""

    def run(
        *words: object, stdin: str | None = None, env: dict[str, str] | None = None, timeout: float = 300
    ) -> subprocess.CompletedProcess:
        fresh = any(name.startswith(_FROM_NOTHING) for name in env or {})
        return subprocess.run(
            [*([sys.executable] if fresh else interpreter), "-m", "kg", *map(str, words)],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, "NO_COLOR": "1", **(env or {})},
            timeout=timeout,
        )

    return run
