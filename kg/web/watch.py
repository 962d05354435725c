"""Keep a graph current from files, folders, feeds and pages: read them again and again, and say what changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import ArticleError, PressKGError, UsageError
from kg.graph.changes import Changes, compared, snapshot
from kg.inputs import is_address
from kg.web.fetch import Manners, Visitor, feed_of

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One look at the sources: when, what changed, what could not be read, and why the graph could not be built."""

    when: dt.datetime
    changes: Changes = Changes()
    skipped: tuple[tuple[str, str], ...] = ()
    failed: str | None = None

    def as_json(self) -> dict:
        """Plain values."""
        return {
            "when": self.when.isoformat(timespec="seconds"),
            **self.changes.as_json(),
            "skipped": [{"source": source, "reason": reason} for source, reason in self.skipped],
            "failed": self.failed,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is watched: sources, the folder of the graph, and how a build is made."""

    sources: tuple[str, ...]
    out: Path
    private: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    workers: int = 1


def interval(words: str) -> float:
    """A length of time in seconds.

    >>> interval("15m"), interval("1h"), interval("90s")
    (900.0, 3600.0, 90.0)
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", words.strip())
    if not match or float(match[1]) == 0:
        raise UsageError(f"--every: {words!r} is no length of time; allowed: 30s, 15m, 2h, 1d")
    return float(match[1]) * _UNITS[match[2]]


def watch(
    watched: Watched,
    every: float,
    *,
    rounds: int | None = None,
    visitor: Visitor | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Round]:
    """One round after the other; a round that fails says why, the graph stays as it is, and the next one comes in its time."""
    visitor = visitor or Visitor(Manners(private=watched.private))
    seen: str | None = None
    number = 0
    while rounds is None or number < rounds:
        if number:
            sleep(every)
        number += 1
        start = dt.datetime.now(dt.UTC)
        try:
            state, wrong = _state(watched.sources, visitor)
            if state == seen and (watched.out / "manifest.json").is_file():
                yield Round(when=start, skipped=tuple(wrong))
                continue
            before = snapshot(watched.out)
            skipped = _build(watched, visitor)
            seen = state
            yield Round(when=start, changes=compared(before, snapshot(watched.out)), skipped=skipped)
        except (PressKGError, OSError) as error:
            yield Round(when=start, failed=" ".join(str(error).split()))


def _build(watched: Watched, visitor: Visitor) -> tuple[tuple[str, str], ...]:
    from kg.pipeline import build

    report = build(
        watched.sources, watched.out, gather=True, columns=watched.columns, workers=watched.workers, visitor=_Again(visitor)
    )
    return report.skipped


@dataclass(frozen=True, slots=True)
class _Again:
    """What was fetched in this round already, so that a build asks nobody twice."""

    visitor: Visitor

    def get(self, url: str):
        """The answer that the round got, or why it got none."""
        found = self.visitor.fresh.pop(url, None)
        if isinstance(found, ArticleError):
            raise found
        return found or self.visitor.get(url)


def _state(sources: Sequence[str], visitor: Visitor) -> tuple[str, list[tuple[str, str]]]:
    """A hash of all that the sources hold now, and which of them could not be had."""
    digest, wrong = hashlib.sha256(), []
    for source in sources:
        if is_address(source):
            try:
                kept = visitor.get(source)
                visitor.fresh[source] = kept
                digest.update(f"{source} {kept.digest()}\n".encode())
                if feed := feed_of(kept):
                    visitor.fresh[feed] = kept = visitor.get(feed)
                    digest.update(f"{feed} {kept.digest()}\n".encode())
            except ArticleError as error:
                visitor.fresh[source] = error
                wrong.append((error.source, error.reason))
                digest.update(f"{source} -\n".encode())
        else:
            for path, size, changed in _files(Path(source)):
                digest.update(f"{path}\0{size}\0{changed}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest(), wrong


def _files(path: Path) -> Iterator[tuple[str, int, int]]:
    if not path.is_dir():
        found = [path]
    else:
        found = sorted(Path(here, name) for here, _, names in os.walk(path) for name in names)
    for file in found:
        try:
            said = file.stat()
            yield str(file), said.st_size, said.st_mtime_ns
        except OSError:
            yield str(file), -1, -1
