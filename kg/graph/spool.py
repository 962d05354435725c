"""What articles have given so far, beside the folder of a build that is not finished: one that is killed goes on where it stopped."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TextIO

from kg.graph.results import fingerprint

_WORTH = 64  # articles whose reading is worth keeping; a smaller build begins anew
_FLUSH = 32  # results after which the file is brought up to date


class Spool:
    """The results of a build under way as lines of a file, by which code and data they were made first of all.

    The file lies beside ``out`` or, where nothing can be written there, within it; where neither can be written there is none, and a
    build that is killed begins anew. Whoever writes holds ``out`` alone.
    """

    def __init__(self, out: Path) -> None:
        self._places = (out.parent / f".{out.name}.kg-results.jsonl", out / ".kg-results.jsonl")

    def lines(self) -> Mapping[str, str]:
        """Lines that a build by the same code and data left here, by the hash of their article; one that was cut off is none."""
        path = next((p for p in self._places if p.is_file()), None)
        if path is None:
            return {}
        first, *rest = path.read_text(encoding="utf-8", errors="replace").split("\n")
        if first != fingerprint():
            return {}
        found = {}
        for line in rest:
            try:
                found[json.loads(line)["content"]] = line
            except (ValueError, TypeError, KeyError, RecursionError):  # the last one, when the build was killed
                continue
        return found

    @contextmanager
    def begun(self, articles: int) -> Iterator[Callable[[str], None]]:
        """What keeps a result's line, for a build that has so many articles to read: nothing, where that is not worth a file."""
        worth = articles > _WORTH or any(path.is_file() for path in self._places)
        if not worth or (file := self._opened()) is None:
            yield lambda line: None
            return
        with file:
            number = count(1)

            def keep(line: str) -> None:
                file.write(line + "\n")
                if next(number) % _FLUSH == 0:
                    file.flush()

            yield keep

    def _opened(self) -> TextIO | None:
        """The file to write into, with what a killed build left in it."""
        left = tuple(self.lines().values())
        for path in self._places:
            try:
                file = path.open("w", encoding="utf-8", newline="\n")
            except OSError:
                continue
            file.writelines(f"{line}\n" for line in (fingerprint(), *left))
            return file
        return None

    def clear(self) -> None:
        """Remove the file: what it holds stands in the folder now."""
        for path in self._places:
            try:
                path.unlink(missing_ok=True)
            except OSError:
                continue
