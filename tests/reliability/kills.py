"""Kill builds at random moments, again and again, and see that a folder is what it was or what it was to be, byte for byte.

``python -m tests.reliability.kills --kills 1000`` builds, adds and removes with the articles of the golden graph in processes that
are forked from one that has everything loaded, and sends each SIGKILL: at a random moment of its time, and half of them in the last
fifth, where files change places.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.graph.folder import settled
from kg.pipeline import build, remove

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "articles"
State = dict[str, str] | None


def state(out: Path) -> State:
    """The files of a folder by their hash; None where there is no folder."""
    if not out.is_dir():
        return None
    files = (path for path in out.iterdir() if not path.name.startswith("."))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)}


def forked(work: Callable[[], object], after: float | None = None) -> tuple[float, bool]:
    """Do something in a process of its own; how long it took, and whether it was killed, ``after`` so many seconds."""
    start = time.monotonic()
    child = os.fork()
    if not child:
        code = 1
        try:
            with Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), 1)
            work()
            code = 0
        finally:
            os._exit(code)
    if after is not None:
        while time.monotonic() - start < after:
            if os.waitpid(child, os.WNOHANG)[0]:
                return time.monotonic() - start, False
            time.sleep(min(0.001, max(0.0, after - (time.monotonic() - start))))
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if after is None and status:
        raise SystemExit(f"an operation that nobody killed failed: {status}")
    return time.monotonic() - start, os.WIFSIGNALED(status)


class Trial:
    """One folder that is built, added to and removed from; ``inside`` lets the builder stand in it, so that it is filled in place."""

    def __init__(self, home: Path, inside: bool, view: bool) -> None:
        self.out, self.home, self.inside, self.view = home / "out", home, inside, view
        names = sorted(GOLDEN.iterdir())
        for folder, some in (("all", names), ("rest", names[1:]), ("one", names[:1])):
            (home / folder).mkdir()
            for path in some:
                shutil.copy(path, home / folder)
        self.gone = names[0].stem

    def operations(self) -> dict[str, Callable[[], object]]:
        """What may be cut off."""

        def at(work: Callable[[], object]) -> Callable[[], object]:
            def stood() -> None:
                if self.inside and self.out.is_dir():
                    os.chdir(self.out)
                work()

            return stood

        return {
            "build": at(lambda: build([self.home / "rest"], self.out, view=self.view)),
            "add": at(lambda: build([self.home / "one"], self.out, add=True, view=self.view)),
            "remove": at(lambda: remove(self.out, [self.gone], view=self.view)),
        }

    def run(self, kills: int, seconds: float, chance: random.Random) -> Iterator[tuple[str, str]]:
        """(operation, what became of it) for each that was killed."""
        works, end = self.operations(), time.monotonic() + seconds
        takes: dict[tuple[str, bool], float] = {}
        wanted: dict[tuple[str, str], State] = {}
        while kills and time.monotonic() < end:
            before = state(self.out)
            holds = before is not None and self.gone in (self.out / "manifest.json").read_text(encoding="utf-8")
            name = "build" if before is None else "remove" if holds else "add"
            key = (name, before is None)
            if key not in takes:  # once without a kill, to know how long it takes and what it gives
                takes[key], _ = forked(works[name])
                wanted[name, hashlib.sha256(repr(before).encode()).hexdigest()] = state(self.out)
                self._back_to(before)
            mark = (name, hashlib.sha256(repr(before).encode()).hexdigest())
            if mark not in wanted:
                raise SystemExit(f"{name}: begins from a state that no whole operation gave")
            moment = takes[key] * (chance.uniform(0.8, 1.02) if chance.random() < 0.5 else chance.random())
            took, killed = forked(works[name], after=moment)
            cut = (self.out / ".kg-commit").is_dir()
            if self.inside and self.out.is_dir():
                settled(self.out)
            after = state(self.out)
            if after not in (before, wanted[mark]):
                yield name, f"BROKEN: {before} -> {after}, not {wanted[mark]}"
            elif killed:
                kills -= 1
                yield (
                    name,
                    ("the new state" if after == wanted[mark] else "the old state") + (", carried to its end" if cut else ""),
                )
            if not killed:
                takes[key] = 0.9 * takes[key] + 0.1 * took
            if chance.random() < 0.04:
                shutil.rmtree(self.out, ignore_errors=True)  # to begin anew now and then

    def _back_to(self, before: State) -> None:
        if before is None:
            shutil.rmtree(self.out)
        else:
            forked(
                self.operations()["remove" if self.gone in (self.out / "manifest.json").read_text(encoding="utf-8") else "add"]
            )


def main() -> None:
    """Read the command line, try, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance, found, start = random.Random(asked.seed), Counter(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="presskg-kills-") as folder:
        build([GOLDEN], Path(folder) / "warm")  # everything is loaded once, and forked from here
        for number, (inside, view) in enumerate(((False, False), (True, False), (False, True))):
            home = Path(folder) / str(number)
            home.mkdir()
            share = asked.kills // 4 if view else (asked.kills - asked.kills // 4) // 2
            left = asked.seconds - (time.monotonic() - start)
            for name, became in Trial(home, inside, view).run(share, left / (3 - number), chance):
                found[f"{name}{' in place' if inside else ''}{' with drawing' if view else ''}: {became}"] += 1
                if became.startswith("BROKEN"):
                    print(name, became, file=sys.stderr)
    for line, count in sorted(found.items()):
        print(f"{count:6,}  {line}")
    broken = sum(count for line, count in found.items() if "BROKEN" in line)
    print(
        f"{sum(found.values()):,} kills in {time.monotonic() - start:.0f} s, {broken} left a folder that was neither old nor new"
    )
    raise SystemExit(bool(broken))


if __name__ == "__main__":
    main()
