"""What a thing takes of the sheet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """The room a thing takes around its position: half a width, heights above and below; half sides of its symbol."""

    half: float
    above: float
    below: float
    sign: tuple[float, float]
