"""One browser for the tests of the page, and the page of the small built folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for `chromium`, which commands beside the tests use too

from chromium import NEEDED, Page, browser, missing

OUT = Path(__file__).parents[1] / "fixtures" / "out"


@pytest.fixture(scope="session")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A desktop window; without a browser the test is skipped loudly, and on a CI machine it fails."""
    if lacking := missing():
        if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
            pytest.fail(f"browser tests cannot run here: no {lacking}; {NEEDED}")
        pytest.skip(f"BROWSER TESTS DID NOT RUN: no {lacking}; {NEEDED}")
    with browser(downloads=tmp_path_factory.mktemp("downloads")) as page:
        yield page


@pytest.fixture(scope="session")
def built() -> Path:
    """A small OUT folder."""
    return OUT


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its page."""
    from kg.viz import draw

    return draw(OUT, target=tmp_path_factory.mktemp("page") / "graph.html")


@pytest.fixture(scope="session")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with about 1,200 things."""
    from crowd import write_crowd

    return write_crowd(tmp_path_factory.mktemp("crowd") / "out", 1200)


@pytest.fixture(scope="session")
def crowded(crowd: Path) -> Path:
    """Its page."""
    from kg.viz import draw

    return draw(crowd)
