"""What is known of a page beside its text, which every reader of pages takes as one value."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Where a page lay, and what its file says of it; ``titles`` are hints, not facts; ``headlines`` forms of the one headline that a page states."""

    identifier: str
    source: str
    date: dt.date | None = None
    modified: dt.date | None = None
    section: str | None = None
    publisher: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    marks: tuple[tuple[int, int, str], ...] = ()
