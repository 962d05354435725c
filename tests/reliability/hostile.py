"""Files that somebody damaged on purpose: `make hostile FILES=500` reads them all, in one process, and says what came of them.

Each is a small file of a format that is read, with bytes flipped, cut, doubled, moved or replaced by what hurts parsers (long numbers, deep
brackets, NUL, entities, another file). Reading has to end in time with articles or with an ArticleError, and never with anything else.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.errors import ArticleError
from kg.read.files import read
from tests.reliability.samples import samples

SECONDS = 20.0  # for one file, on a busy machine
_HURTS = (
    b"\0", b"\xff\xfe", b"9" * 5000, b"[" * 5000, b"{\"a\":" * 2000, b"<" * 3000, b"<a>" * 3000, b"&a;" * 2000, b"\x1b]0;x\x07",
    b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><x>&b;</x>", b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0",
    b"charset=undefined", b"\xed\xa0\x80", "가".encode("cp949") * 3000, b"1e999", b"-0", b"\r" * 2000, b"\t" * 2000, b"=cmd|'/C'!A0",
)  # fmt: skip


def damaged(data: bytes, dice: random.Random, others: tuple[bytes, ...]) -> bytes:
    """The bytes with one to four kinds of damage."""
    for _ in range(dice.randint(1, 4)):
        at, to = sorted(dice.randrange(len(data) + 1) for _ in range(2))
        kind = dice.randrange(7)
        if kind == 0:  # bits
            changed = bytearray(data)
            for _ in range(min(len(data), dice.randint(1, 40))):
                changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
            data = bytes(changed)
        elif kind == 1:  # the end is missing
            data = data[:to]
        elif kind == 2:  # a piece is missing
            data = data[:at] + data[min(to, at + 200) :]
        elif kind == 3:  # a piece stands twice
            data = data[:to] + data[at:to][:5000] + data[to:]
        elif kind == 4:  # the head of another file
            data = dice.choice(others)[:64] + data[64:]
        else:
            data = data[:at] + dice.choice(_HURTS) + data[at:]
        data = data or b"\0"
    return data


def tried(count: int, seed: int = 0) -> Iterator[tuple[str, str, float]]:
    """For each damaged file its name, what came of it (``articles``, ``nothing`` or ``named``) and the seconds that it took."""
    dice, good = random.Random(seed), samples()
    names, others = sorted(good), tuple(good[name] for name in sorted(good))
    with tempfile.TemporaryDirectory() as made:
        for number in range(count):
            name = names[number % len(names)]
            path = Path(made) / f"{number}-{name}"
            path.write_bytes(damaged(good[name], dice, others))
            errors: list[ArticleError] = []
            start = time.monotonic()
            found = list(read([path], on_error=errors.append))
            yield path.name, "articles" if found else "named" if errors else "nothing", time.monotonic() - start
            path.unlink()


def main() -> None:
    """Read them and say what came of them, by format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    came: Counter[tuple[str, str]] = Counter()
    slowest = (0.0, "")
    for name, what, seconds in tried(asked.files, asked.seed):
        came[name.rpartition(".")[2], what] += 1
        slowest = max(slowest, (seconds, name))
    for (suffix, what), number in sorted(came.items()):
        print(f"{suffix:6} {what:9} {number}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{asked.files} files, none ended reading; slowest {slowest[1]} {slowest[0]:.1f} s; at most {peak} MB")


if __name__ == "__main__":
    main()
