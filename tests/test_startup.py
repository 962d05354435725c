"""What a command does not need it does not load: linking knows no analyser, a removal reads no text, help reads no graph."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ANALYSERS = ("spacy", "kiwipiepy", "numpy")
DRAWING = ("kg.viz.drawing", "networkx")
UNNEEDED = {
    "import kg": ("rdflib", "pyoxigraph", *ANALYSERS),
    "import kg.cli": ("rdflib", "pyoxigraph", *ANALYSERS),
    "import kg.link.link, kg.graph.output": ("networkx", "trafilatura", *ANALYSERS),
    "from kg.pipeline import remove; remove({out!r}, ['a'], view=False)": ("networkx", "trafilatura", *ANALYSERS),
    "from kg.ask.query import query; query({out!r}, 'agreements')": (*ANALYSERS, *DRAWING, "pyparsing"),
    "from kg.ask.query import query; query({out!r}, 'panel-of', {{'event': '숲'}})": (*ANALYSERS, *DRAWING, "pyparsing"),
    "from kg.analyze.lean import import_spacy; import_spacy()": ("spacy.cli", "weasel", "httpx", "requests"),
}


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> str:
    from kg.pipeline import build

    folder = tmp_path_factory.mktemp("startup")
    for name in "ab":
        (folder / f"{name}.txt").write_text(
            f"소식\n\n나라숲청은 5월 {ord(name) % 9 + 1}일 나라숲 발대식을 개최했다.\n", encoding="utf-8"
        )
    build([folder / "a.txt", folder / "b.txt"], folder / "out", view=False)
    return str(folder / "out")


@pytest.mark.parametrize("work", UNNEEDED)
def test_what_is_not_needed_is_not_loaded(work, out):
    asked = f"{work.format(out=out)}; import sys; print(*(name for name in {UNNEEDED[work]!r} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
