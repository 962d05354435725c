"""The Korean documents: who follows their blocks from top to bottom arrives."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_site import KOREAN_WALKS, walk

from docs.readme import ROOT, reader


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, interpreter: list[str], samples: Path) -> Path:
    """A reader's folder with the graph of the sample articles in ``out``."""
    return reader(tmp_path_factory.mktemp("site"), interpreter, samples)


@pytest.mark.parametrize("page", KOREAN_WALKS)
def test_a_newcomer_who_follows_the_korean_page_arrives(built: Path, interpreter: list[str], page: str) -> None:
    walk(page, built, interpreter)


def test_every_page_has_its_korean() -> None:
    assert {path.name for path in (ROOT / "docs").glob("*.md")} == {path.name for path in (ROOT / "docs" / "ko").glob("*.md")}
