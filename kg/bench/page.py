"""The table of ``python -m kg.bench --page``, put into a page between its marks."""

from __future__ import annotations

import datetime as dt
import math
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.bench.rest import SIZES, Row
from kg.bench.stages import Measured
from kg.errors import UsageError

MARKS = ("<!-- measured: python -m kg.bench --page -->", "<!-- end -->")


def written(page: Path, base: Measured, whole: Measured, rows: Sequence[Row]) -> None:
    """Put the table into a page, in the place of the one before; UsageError where the page has no marks."""
    text = page.read_text(encoding="utf-8")
    head, found, rest = text.partition(MARKS[0])
    _, ended, tail = rest.partition(MARKS[1])
    if not found or not ended:
        raise UsageError(f"{page}: has no {MARKS[1] if found else MARKS[0]!r}; the table stands between {' and '.join(MARKS)}")
    table = "\n".join((*_about(), *_stages(base, whole), "", *_rest(rows)))
    page.write_text(f"{head}{MARKS[0]}\n{table}\n{MARKS[1]}{tail}", encoding="utf-8")


def _about() -> Iterator[str]:
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    busy = f"busy (load {load:.0f})" if load > cores else "quiet"
    machine = f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}, {busy}"
    words = " ".join(Path(word).name if os.sep in word else word for word in sys.argv[1:])
    yield f"{dt.date.today().isoformat()}, `python -m kg.bench {words}`, {machine}.\n"


def _stages(base: Measured, whole: Measured) -> Iterator[str]:
    unit = base.seconds["Kiwi alone"]
    yield from ("| stage | seconds of the processor | × Kiwi |", "| --- | ---: | ---: |")
    for name, seconds in (*base.seconds.items(), *whole.seconds.items()):
        yield f"| {name} | {seconds:.2f} | {seconds / unit:.2f} |"
    yield f"\nPeak memory: {whole.peak:,.0f} MB (Kiwi alone: {base.peak:,.0f} MB)."


def _rest(rows: Iterable[Row]) -> Iterator[str]:
    rows = list(rows)
    yield from ("| what | how much | seconds of the processor | peak, MB |", "| --- | ---: | ---: | ---: |")
    for row in rows:
        yield f"| {row.what} | {row.size} | {row.seconds:.2f} | {f'{row.peak:,.0f}' if row.peak else ''} |"
    for what in ("link all articles", "write all files"):
        seconds = [row.seconds for row in rows if row.what == what]
        yield f"\n{what.capitalize()}: exponent {exponent(SIZES, seconds):.2f}."


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """By which power of the size the seconds grow, over all measurements (least squares of the logarithms).

    >>> round(exponent((1, 2, 4), (3.0, 6.0, 12.0)), 2)
    1.0
    """
    x, y = ([math.log(value) for value in values] for values in (sizes, seconds))
    middle = sum(x) / len(x), sum(y) / len(y)
    return sum((a - middle[0]) * (b - middle[1]) for a, b in zip(x, y, strict=True)) / sum((a - middle[0]) ** 2 for a in x)
