"""What is asked of a warm interpreter is what a fresh one would say: words, folder, surroundings, streams, exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

SAY = "import os, sys; print(sys.argv, os.getcwd(), os.environ.get('MINE'), sys.stdin.read(), __name__); print('도', file=sys.stderr)"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["-c", SAY, "가", "b c"], 0),
        (["-c", "import sys; sys.exit(3)"], 3),
        (["-c", "raise SystemExit('왜')"], 1),
        (["-c", "print('앞'); 1 / 0"], 1),
        (["-c", "import atexit; atexit.register(print, '끝')"], 0),
        (["-m", "kg", "query", "nowhere"], 2),
    ],
    ids=lambda value: value[1][:12] if isinstance(value, list) else "",
)
def test_as_a_fresh_one(interpreter: list[str], tmp_path: Path, words: list[str], code: int) -> None:
    environment = {
        **os.environ,
        "MINE": "다",
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        "PYTHONIOENCODING": "utf-8",
    }
    said = [
        subprocess.run([*python, *words], input="라\n", cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8")
        for python in (interpreter, [sys.executable])
    ]
    assert [one.returncode for one in said] == [code, code]
    assert said[0].stdout == said[1].stdout
    assert [one.stderr.strip().rpartition("\n")[2] for one in said[:1]] == [
        one.stderr.strip().rpartition("\n")[2] for one in said[1:]
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="a fresh interpreter is asked elsewhere")
def test_who_asks_and_goes_takes_the_process_along(interpreter: list[str], tmp_path: Path) -> None:
    code = "import os, sys, time; print(os.getpid(), flush=True); time.sleep(60)"
    with subprocess.Popen([*interpreter, "-c", code], stdout=subprocess.PIPE, text=True) as asking:
        process = int(asking.stdout.readline())
        asking.kill()
    end = time.monotonic() + 20
    while Path(f"/proc/{process}").exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert not Path(f"/proc/{process}").exists()


def test_what_one_process_does_to_itself_no_other_sees(interpreter: list[str]) -> None:
    subprocess.run([*interpreter, "-c", "import kg, os; kg.mine = 1; os.environ['MINE'] = 'x'"], check=True)
    said = subprocess.run(
        [*interpreter, "-c", "import kg, os; print(hasattr(kg, 'mine'), 'MINE' in os.environ)"], capture_output=True, text=True
    )
    assert said.stdout == "False False\n"
