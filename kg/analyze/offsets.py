"""Whether an offset stands in one of many stretches of a text, without a look at each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate


def among(stretches: Iterable[tuple[int, int]]) -> Callable[[int], bool]:
    """A test whether an offset stands in one of some stretches (start, end exclusive), which may overlap.

    >>> inside = among([(0, 4), (10, 20), (12, 14)])
    >>> [inside(offset) for offset in (3, 4, 15, 20)]
    [True, False, True, False]
    """
    ordered = sorted(stretches)
    starts, reach = [start for start, _ in ordered], list(accumulate((end for _, end in ordered), max))

    def inside(offset: int) -> bool:
        at = bisect_right(starts, offset) - 1
        return at >= 0 and offset < reach[at]

    return inside
