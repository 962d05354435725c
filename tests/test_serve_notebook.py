"""The notebook in ``docs/`` runs from its first cell to its last, and holds an answer of the same kind for each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("folder", [ROOT, ROOT / "docs", None], ids=["checkout", "docs", "elsewhere"])
def test_every_cell_runs_and_shows_what_the_file_shows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path | None
) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    from docs.make_notebook import NOTEBOOK, executed

    monkeypatch.chdir(folder or tmp_path)
    kept = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    codes = [(old, new) for old, new in zip(kept["cells"], executed(kept)["cells"], strict=True) if old["cell_type"] == "code"]
    assert len(codes) >= 7
    for old, new in codes:
        assert old["execution_count"] == new["execution_count"], "run again: python -m docs.make_notebook"
        assert [set(output["data"]) for output in old["outputs"]] == [set(output["data"]) for output in new["outputs"]] != []
    pictures = [output["data"] for _, new in codes for output in new["outputs"] if "image/svg+xml" in output["data"]]
    assert "섬마을" in "".join(pictures[0]["image/svg+xml"])
