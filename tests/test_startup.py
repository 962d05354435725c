"""What a command does not need it does not load: linking knows no analyser, a removal reads no text, help reads no graph."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.engine.processes import Processes

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
    "import kg.serve.snapshot": ("kg.serve.app", "kg.serve.edition", *ANALYSERS),
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


def _threads(items):
    return [os.environ.get(name, "") for name in items]


@pytest.mark.parametrize("said", ["", "3"])
def test_numpy_has_one_thread_in_what_kg_starts_where_nobody_says_otherwise(said, monkeypatch):
    for name in ("GOTO_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        monkeypatch.delenv(name, raising=False)
    if said:
        monkeypatch.setenv("OMP_NUM_THREADS", said)
    with Processes(1) as engine:
        assert list(engine.mapped(_threads, [["OPENBLAS_NUM_THREADS"]])) == [["" if said else "1"]]
    asked = (
        "import atexit, os; atexit.register(lambda: print(os.environ.get('OPENBLAS_NUM_THREADS')));"
        "import sys; sys.argv = ['kg', '--version']; from kg.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.split()[-1] == ("None" if said else "1")
