"""The same input gives the same bytes: whatever the order of files, the hash seed, the number of workers."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kg.model import Evidence, Fact, Span, Thing
from kg.pipeline import build
from kg.resolve.facts import _settled

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
    subprocess.run(
        [sys.executable, "-c", code, str(GOLDEN), str(tmp_path / "out")],
        cwd=ROOT,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert digests(tmp_path / "out") == expected


def test_the_number_of_workers_does_not_matter(tmp_path):
    """With as many articles as it takes for workers to be started."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(GOLDEN.iterdir())]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(
        "".join(
            json.dumps({"id": f"{number}-{turn}", "text": text}, ensure_ascii=False) + "\n"
            for turn in range(6)
            for number, text in enumerate(texts)
        ),
        encoding="utf-8",
    )
    results = []
    for workers in (1, 2):
        report = build([corpus], tmp_path / f"out{workers}", workers=workers, view=False)
        assert report.articles == 24 and ("extract (engine)" in report.timings) == (workers > 1)
        results.append(digests(tmp_path / f"out{workers}"))
    assert results[0] == results[1]


@pytest.mark.parametrize(
    "name", ["바다 포럼", "숲길 세미나", "갯벌 토론회", "누리 박람회", "새싹 간담회", "물결 축제", "한들 학술대회", "달빛 캠프"]
)
def test_a_second_part_of_an_event_gives_it_no_second_start(name):
    """5. 3.~4., 5. 6.~7.: the event goes on to its last end, whichever end a set gives first."""
    span = Span("text", 0, 9)
    evidence = (Evidence(article="a", span=span, sentence=span, rule="date.hold", confidence=0.9, status="asserted"),)
    event = Thing(kind="Event", name=name, scope="a")
    facts = [
        Fact(subject=event, relation=relation, object=dt.date(2024, 5, day), evidence=evidence)
        for relation, day in (("startDate", 3), ("endDate", 4), ("startDate", 6), ("endDate", 7))
    ]
    assert [(f.relation, f.object.day) for f in _settled(facts)] == [("startDate", 3), ("endDate", 4), ("endDate", 7)]
