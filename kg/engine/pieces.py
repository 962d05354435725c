"""Pieces of work under way beside each other: in order, bounded, and taken apart where a process dies of one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")
H = TypeVar("H")
Work = Callable[[Sequence[T]], Sequence[R]]

_AGAIN = 2  # times that an item which may have killed its process is tried by itself


@dataclass(frozen=True, slots=True)
class Lost(Generic[T]):
    """An item whose process died each time, and what was heard of it."""

    item: T
    reason: str


class Died(Exception):
    """A process or machine was gone before its piece was done; the work itself raised nothing."""


class Engine(Protocol):
    """Something that does work on pieces, beside each other."""

    def mapped(self, work: Work[T, R], pieces: Iterable[Sequence[T]]) -> Iterator[Sequence[R | Lost[T]]]:
        """What ``work`` gives for each piece, in their order; what ``work`` raises is raised here."""


@dataclass(slots=True)
class _Piece(Generic[T, R]):
    """A piece under way, and what it gave once that is known."""

    items: Sequence[T]
    handle: Any
    done: Sequence[R | Lost[T]] | None = None


def in_order(
    pieces: Iterable[Sequence[T]], *, start: Callable[[Sequence[T]], H], finish: Callable[[H], Sequence[R]], ahead: int
) -> Iterator[Sequence[R | Lost[T]]]:
    """What becomes of pieces, in their order, with at most ``ahead`` of them under way, so that memory does not grow with the work.

    ``start`` sets a piece going, ``finish`` waits for it and raises ``Died`` where whoever worked on it is gone.

    >>> list(in_order([[1, 2], [3]], start=lambda piece: piece, finish=lambda piece: [n * 2 for n in piece], ahead=2))
    [[2, 4], [6]]
    """
    todo = iter(pieces)
    going: deque[_Piece[T, R]] = deque(_Piece(items, start(items)) for items in islice(todo, ahead))
    while going:
        one = going.popleft()
        if one.done is None:
            try:
                one.done = finish(one.handle)
            except Died as death:
                for other in going:
                    _settle(other, finish)
                one.done = [
                    _alone(item, start, finish, death) for item in one.items
                ]  # with nothing beside it, it is known who dies
                for other in going:
                    if other.done is None:
                        other.handle = start(other.items)
        going.extend(_Piece(items, start(items)) for items in islice(todo, 1))
        yield one.done


def _settle(piece: _Piece[T, R], finish: Callable[[Any], Sequence[R]]) -> None:
    """Wait for a piece; one that died too has nothing to show."""
    if piece.done is None:
        with suppress(Died):
            piece.done = finish(piece.handle)


def _alone(item: T, start: Callable[[Sequence[T]], H], finish: Callable[[H], Sequence[R]], death: Died) -> R | Lost[T]:
    for _ in range(_AGAIN):
        try:
            return finish(start([item]))[0]
        except Died as again:
            death = again
    return Lost(item, str(death))
