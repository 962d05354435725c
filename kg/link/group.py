"""Groups of nodes that are one thing, from judged pairs; the groups depend on the pairs alone, never on their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.link.blocks import WINDOW, Ordered

N = TypeVar("N", bound=Ordered)
_MOST = 400  # nodes of a group that are all held against each other


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two nodes stand to each other: ``same``, ``different`` or ``undecidable``, and why.

    ``apart`` says that something speaks against their being one, where ``different`` alone may say that nothing speaks for it.
    """

    verdict: str
    reasons: tuple[str, ...]
    apart: bool = False


def groups(
    nodes: Iterable[N], verdicts: Mapping[tuple[N, N], Verdict], apart: Callable[[N, N], bool] = lambda a, b: False
) -> list[tuple[N, ...]]:
    """Connected groups over the pairs that are the same, in which no pair is apart.

    A node that is the same as two that are apart from each other says nothing about either: it stays by itself. Where
    that does not part them, the whole group falls into its nodes: abstain rather than guess. ``apart`` tells it of pairs that no
    verdict speaks of; it is asked within a group only.

    >>> same, different = Verdict("same", ()), Verdict("different", (), apart=True)
    >>> groups("abcd", {("a", "b"): same, ("b", "c"): same, ("a", "c"): different, ("c", "d"): same})
    [('a',), ('b',), ('c', 'd')]
    >>> groups("abcd", {("a", "b"): same, ("b", "c"): same, ("c", "d"): same}, apart=lambda a, b: {a, b} == {"a", "c"})
    [('a',), ('b',), ('c', 'd')]
    """
    links: dict[N, set[N]] = defaultdict(set)
    for (a, b), verdict in verdicts.items():
        if verdict.verdict == "same" and not verdict.apart:
            links[a].add(b)
            links[b].add(a)
    out: list[tuple[N, ...]] = []
    for part in _components(sorted(nodes), links):
        foes = _foes(part, verdicts, apart) if len(part) > 1 else {}
        if not foes:
            out.append(part)
            continue
        torn = {n for a, others in foes.items() for b in others for n in links[a] & links[b]}
        rest = {n: links[n] - torn for n in part if n not in torn}
        out += [(n,) for n in part if n in torn]
        for smaller in _components(sorted(rest), rest):
            inside = set(smaller)
            out += [(n,) for n in smaller] if any(foes.get(n, set()) & inside for n in smaller) else [smaller]
    return sorted(out)


def _foes(part: Sequence[N], verdicts: Mapping[tuple[N, N], Verdict], apart: Callable[[N, N], bool]) -> dict[N, set[N]]:
    """For nodes of a group, those that they are apart from; in a very large group only neighbours in order are held together."""
    foes: dict[N, set[N]] = defaultdict(set)
    for i, a in enumerate(part):
        for b in part[i + 1 :] if len(part) <= _MOST else part[i + 1 : i + 1 + WINDOW]:
            verdict = verdicts.get((a, b)) or verdicts.get((b, a))
            if verdict.apart if verdict is not None else apart(a, b):
                foes[a].add(b)
                foes[b].add(a)
    return foes


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
