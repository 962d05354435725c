"""Millions of characters of generated Korean: `make characters CHARACTERS=10000000` reads them from page to facts and says what came of it.

The phrases, damage and noise are those of the property tests (``tests/reliability/korean.py``), thrown by dice that a seed fixes, so that
a count can be gone on with (``--seed``) and a finding repeated.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator

from kg.pipeline import Clock, Failure, extract_all
from kg.read.given import Given
from kg.read.page import articles_of
from tests.reliability.korean import PHRASES, encodable
from tests.reliability.makers import holds

_SENTENCES = (5, 60)  # phrases of a text
_NOISE = 0.1  # of the phrases
_TOLD = 250_000  # characters between two words on how far it is
_SLOW = 20.0  # seconds of the processor that one text may take


def text(dice: random.Random) -> str:
    """A text of phrases and noise."""
    return " ".join(_noise(dice) if dice.random() < _NOISE else dice.choice(PHRASES) for _ in range(dice.randint(*_SENTENCES)))


def _noise(dice: random.Random) -> str:
    low, high = dice.choice(((0xAC00, 0xD7A3), (0x20, 0x7E), (0x1100, 0x11FF), (0, 0xFFFF)))
    return encodable("".join(chr(dice.randint(low, high)) for _ in range(dice.randint(1, 8))))


def tried(characters: int, seed: int = 0) -> Iterator[tuple[int, int, float]]:
    """For each text its characters, its statements and the seconds of the processor; what does not hold is raised with its number."""
    dice, done, number = random.Random(seed), 0, 0
    while done < characters:
        words, number, start = text(dice), number + 1, time.process_time()
        found = articles_of(words, Given(identifier="a", source="a.txt"))
        facts = 0
        for article, result in zip(found, extract_all(found, clock=Clock()), strict=True):
            if isinstance(result, Failure):
                raise AssertionError(f"text {number} of seed {seed}: {result.reason}")
            holds(article, result)
            facts += len(result.facts)
        done += len(words)
        yield len(words), facts, time.process_time() - start


def main() -> None:
    """Read them and say what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--characters", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    count: Counter[str] = Counter()
    slowest = 0.0
    for signs, facts, seconds in tried(asked.characters, asked.seed):
        count["characters"] += signs
        count["texts"] += 1
        count["statements"] += facts
        slowest = max(slowest, seconds)
        if count["characters"] // _TOLD > (count["characters"] - signs) // _TOLD:
            print(
                f"{count['characters']:,} characters, {count['texts']:,} texts, {count['statements']:,} statements",
                file=sys.stderr,
                flush=True,
            )
        if seconds > _SLOW and count["texts"] > 1:
            sys.exit(f"text {count['texts']} of seed {asked.seed} took {seconds:.0f} s of the processor")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    said = ", ".join(f"{number:,} {what}" for what, number in count.items())
    print(f"{said}; all hold; slowest {slowest:.2f} s of {time.process_time():.0f} s of the processor; at most {peak} MB")


if __name__ == "__main__":
    main()
