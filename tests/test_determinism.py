"""The same input gives the same bytes: whatever the order of files, the hash seed, the number of workers."""
from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kg.pipeline import build

GOLDEN = Path(__file__).parent / "golden" / "articles"
ROOT = Path(__file__).resolve().parents[1]


def digests(out: Path) -> dict[str, str]:
    """The files of a folder by their hash."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir())}


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> dict[str, str]:
    out = tmp_path_factory.mktemp("expected") / "out"
    build([GOLDEN], out)
    found = digests(out)
    assert len(found) >= 10 and all((out / name).stat().st_size for name in found if name != "rejected.jsonl")
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_files_does_not_matter(seed, tmp_path, expected):
    files = sorted(GOLDEN.iterdir())
    random.Random(seed).shuffle(files)
    assert files != sorted(files)
    build(files, tmp_path / "out")
    assert digests(tmp_path / "out") == expected


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_the_hash_seed_does_not_matter(seed, tmp_path, expected):
    code = "import sys; from kg.pipeline import build; build([sys.argv[1]], sys.argv[2])"
    subprocess.run([sys.executable, "-c", code, str(GOLDEN), str(tmp_path / "out")], cwd=ROOT, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    assert digests(tmp_path / "out") == expected


def test_the_number_of_workers_does_not_matter(tmp_path):
    """With as many articles as it takes for workers to be started."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(GOLDEN.iterdir())]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(json.dumps({"id": f"{number}-{turn}", "text": text}, ensure_ascii=False) + "\n"
                              for turn in range(6) for number, text in enumerate(texts)), encoding="utf-8")
    results = []
    for workers in (1, 2):
        report = build([corpus], tmp_path / f"out{workers}", workers=workers, view=False)
        assert report.articles == 24 and ("extract (workers)" in report.timings) == (workers > 1)
        results.append(digests(tmp_path / f"out{workers}"))
    assert results[0] == results[1]
