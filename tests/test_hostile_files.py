"""Damaged files of every format are read or named, and never end reading; `make hostile` reads more of them."""

from __future__ import annotations

import time

from kg.read.html import page_of
from tests.reliability.hostile import SECONDS, samples, tried


def test_damaged_files_are_read_or_named() -> None:
    count = 2 * len(samples())
    seen = list(tried(count, seed=7))
    assert len(seen) == count and {what for _, what, _ in seen} <= {"articles", "named", "nothing"}
    assert max(seconds for _, _, seconds in seen) < SECONDS
    assert sum(what == "articles" for _, what, _ in seen) > 3


def test_no_page_is_searched_for_dates_in_all_languages() -> None:
    """A page without a title of its own is shown to trafilatura, whose date nobody asks for."""
    start = time.process_time()
    page_of("<html><head><title>잔치</title></head><body><h1>잔치</h1><p>한빛시, 제3회 바다 돌봄 잔치 열어\n2024-", "a.html")
    assert time.process_time() - start < 6  # 13 s with, 1.5 s without, on a busy machine
