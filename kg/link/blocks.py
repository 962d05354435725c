"""Which pairs are worth judging: things that share a key, each held against its nearest neighbours in time.

To judge every pair takes the square of an archive's articles; blocks by key with a sorted neighbourhood take a multiple of them
(M. Hernández, S. Stolfo: The Merge/Purge Problem for Large Databases, SIGMOD 1995).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, Protocol, TypeVar


class Ordered(Hashable, Protocol):
    """What can be put in order and looked up: names, identifiers, tuples of them."""

    def __lt__(self, other: Any, /) -> bool: ...


N = TypeVar("N", bound=Hashable)
K = TypeVar("K", bound=Hashable)

WINDOW = 16  # neighbours that a thing of a block is held against, on either side


def blocks(nodes: Iterable[N], keys: Callable[[N], Iterable[K]]) -> dict[K, list[N]]:
    """Nodes by each of their keys, in the order in which they come.

    >>> blocks(["ab", "b"], keys=lambda word: word)
    {'a': ['ab'], 'b': ['ab', 'b']}
    """
    found: dict[K, list[N]] = defaultdict(list)
    for node in nodes:
        for key in dict.fromkeys(keys(node)):
            found[key].append(node)
    return dict(found)


def neighbours(
    block: Iterable[N], *, order: Callable[[N], Any], near: Callable[[N, N], bool] = lambda a, b: True, window: int = WINDOW
) -> Iterator[tuple[N, N]]:
    """Pairs of a block: each node with those that follow it in order, as long as they are ``near`` and at most ``window`` of them.

    >>> list(neighbours([5, 1, 2], order=lambda n: n, near=lambda a, b: b - a < 3))
    [(1, 2)]
    >>> len(list(neighbours(range(1000), order=lambda n: n, window=3)))
    2994
    """
    line = sorted(block, key=order)
    for i, one in enumerate(line):
        for other in line[i + 1 : i + 1 + window]:
            if not near(one, other):
                break
            yield one, other
