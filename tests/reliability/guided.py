"""Fuzzing that is led by coverage, by atheris: `make guided SECONDS=600` tries each reader and stage for so long, one after the other.

Seconds are those of the processor, so that busy neighbours change nothing. Inputs that break something lie in ``build/guided/NAME``; mended, they are kept in ``tests/reliability/found/NAME`` and tried by the
tests. atheris has wheels for Linux and Python 3.11 to 3.13, and stands in a lock of its own.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.reliability.makers import ROOT, Call
from tests.reliability.targets import TARGETS, found

WORK = ROOT / "build" / "guided"
_ONE = 20.0  # seconds of the processor that one input may take
_HANGS = 900  # seconds after which nothing is waited for
_MEMORY = 4096  # MB
_STATUS = re.compile(r"^#(\d+)\s+\w+.*?cov: (\d+) ft: (\d+)", re.M)
_DONE = re.compile(r"^Done (\d+) runs", re.M)


def fuzz(name: str, seconds: int, corpus: Path) -> None:
    """Try one target in this process, which ends with it."""
    import atheris

    target = TARGETS[name]
    seeds = [*target.seeds(), *(path.read_bytes() for path in found(name))]
    with atheris.instrument_imports(include=["kg", *target.watched]):
        call = target.make()
        for number, seed in enumerate(seeds):  # what is imported where it is first needed is imported here
            call(seed)
            (corpus / f"seed-{number}").write_bytes(seed)
    options = [f"-timeout={_HANGS}", f"-rss_limit_mb={_MEMORY}", f"-artifact_prefix={WORK / name}/"]
    if target.words:
        listed = WORK / f"{name}.dict"
        words = (word.replace("\\", "\\\\").replace('"', '\\"') for word in target.words.split())
        listed.write_text("".join(f'"{word}"\n' for word in words if word.isascii()), encoding="ascii")
        options.append(f"-dict={listed}")
    atheris.Setup([sys.argv[0], str(corpus), *options], _timed(call, seconds))
    atheris.Fuzz()


def _timed(call: Call, seconds: float) -> Call:
    """The same, which breaks at an input that takes too long, and ends the process when the time is up."""
    runs, end = 0, time.process_time() + seconds

    def timed(data: bytes) -> None:
        nonlocal runs
        start = time.process_time()
        call(data)
        now, runs = time.process_time(), runs + 1
        if now - start > _ONE:
            raise TimeoutError(f"one input took {now - start:.0f} s of the processor")
        if now > end:
            print(f"\nDone {runs} runs", file=sys.stderr, flush=True)
            os._exit(0)

    return timed


def _tried(name: str, seconds: int) -> str:
    """One row of the table: what was tried how often, how much of the code it reached, and what broke."""
    (WORK / name).mkdir(parents=True, exist_ok=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as corpus:
        asked = [sys.executable, "-m", __spec__.name, name, "--seconds", str(seconds), "--corpus", corpus]
        done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, errors="replace")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    (WORK / f"{name}.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    status = _STATUS.findall(done.stderr)
    runs = _DONE.findall(done.stderr) or [row[0] for row in status] or ["0"]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    broke = sorted(path.name for path in (WORK / name).iterdir())
    reached = status[-1][1] if status else "?"
    return f"| {name} | {int(runs[-1]):,} | {reached} | {cpu:.0f} | {', '.join(broke) or 'nothing'} |"


def main() -> None:
    """Try one target, or all that are named and say what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(TARGETS)}")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--corpus", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(TARGETS):
        parser.error(f"{', '.join(sorted(unknown))}: not known; allowed: {', '.join(TARGETS)}")
    if asked.corpus:
        fuzz(asked.names[0], asked.seconds, asked.corpus)
    print("| target | inputs | branches reached | s of the processor | broke |\n|---|---|---|---|---|", flush=True)
    for name in asked.names or TARGETS:
        print(_tried(name, asked.seconds), flush=True)
    sys.exit(any(path.is_dir() and any(path.iterdir()) for path in WORK.iterdir()))


if __name__ == "__main__":
    main()
