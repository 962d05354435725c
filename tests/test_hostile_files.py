"""Damaged files of every format are read or named, and never end reading; `make hostile` reads more of them."""

from __future__ import annotations

from tests.reliability.hostile import SECONDS, samples, tried


def test_damaged_files_are_read_or_named() -> None:
    count = 2 * len(samples())
    seen = list(tried(count, seed=7))
    assert len(seen) == count and {what for _, what, _ in seen} <= {"articles", "named", "nothing"}
    assert max(seconds for _, _, seconds in seen) < SECONDS
    assert sum(what == "articles" for _, what, _ in seen) > 3
