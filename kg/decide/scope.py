"""Stretches of a text with what is made of what is said there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """Characters ``start`` to ``end`` of a text with what is made of the claims that end there; ``source`` says so.

    ``verb`` is where the governed word begins: what stands whoever tells of it is touched only from there on. ``exact`` scopes hold only
    claims that end at that word; ``all`` ones everything.
    """

    start: int
    end: int
    category: str
    cue: str
    verb: int
    source: str = ""
    exact: bool = False
    all: bool = False
