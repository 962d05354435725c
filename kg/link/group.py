"""Groups of nodes that are one thing, from judged pairs; the groups depend on the pairs alone, never on their order."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

N = TypeVar("N", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two nodes stand to each other: ``same``, ``different`` or ``undecidable``, and why.

    ``apart`` says that something speaks against their being one, where ``different`` alone may say that nothing speaks for it.
    """

    verdict: str
    reasons: tuple[str, ...]
    apart: bool = False


def groups(nodes: Iterable[N], verdicts: Mapping[tuple[N, N], Verdict]) -> list[tuple[N, ...]]:
    """Connected groups over the pairs that are the same, in which no pair is apart.

    A node that is the same as two that are apart from each other says nothing about either: it stays by itself. Where
    that does not part them, the whole group falls into its nodes: abstain rather than guess.

    >>> same, different = Verdict("same", ()), Verdict("different", (), apart=True)
    >>> groups("abcd", {("a", "b"): same, ("b", "c"): same, ("a", "c"): different, ("c", "d"): same})
    [('a',), ('b',), ('c', 'd')]
    """
    links: dict[N, set[N]] = defaultdict(set)
    apart: dict[N, set[N]] = defaultdict(set)
    for (a, b), verdict in verdicts.items():
        if verdict.apart or verdict.verdict == "same":
            sides = apart if verdict.apart else links
            sides[a].add(b)
            sides[b].add(a)
    nodes = sorted(nodes)
    out: list[tuple[N, ...]] = []
    for part in _components(nodes, links):
        if not _parted(part, apart):
            out.append(part)
            continue
        inside = set(part)
        torn = {n for a in part for b in apart.get(a, set()) & inside for n in links[a] & links[b]}
        rest = {n: links[n] - torn for n in part if n not in torn}
        out += [(n,) for n in part if n in torn]
        for smaller in _components(sorted(rest), rest):
            out += [(n,) for n in smaller] if _parted(smaller, apart) else [smaller]
    return sorted(out)


def _parted(part: Sequence[N], apart: Mapping[N, set[N]]) -> bool:
    inside = set(part)
    return any(apart.get(node, set()) & inside for node in part)


def _components(nodes: Sequence[N], links: Mapping[N, set[N]]) -> list[tuple[N, ...]]:
    seen: set[N] = set()
    found = []
    for node in nodes:
        if node in seen:
            continue
        part, stack = set(), [node]
        while stack:
            one = stack.pop()
            if one not in part:
                part.add(one)
                stack.extend(links.get(one, ()))
        seen |= part
        found.append(tuple(sorted(part)))
    return found
