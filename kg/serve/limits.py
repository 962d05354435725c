"""What a query may use before it is stopped, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, fields

from kg.errors import UsageError

MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one query and of all together; each must be above zero.

    ``seconds`` is a query's time where the request names none, ``most_seconds`` what a request may name; ``memory`` what a worker
    may take beside the store, ``size`` the bytes of an answer before compression, ``at_once`` how many queries run side by side,
    ``wait`` how many seconds a further one waits for its turn, ``length`` the bytes of a request.

    >>> Limits(seconds=0)
    Traceback (most recent call last):
    kg.errors.UsageError: limit seconds: 0 is not allowed; allowed: more than 0
    """

    seconds: float = 10.0
    most_seconds: float = 60.0
    memory: int = 1024 * MIB
    rows: int = 100_000
    size: int = 64 * MIB
    at_once: int = 4
    wait: float = 5.0
    length: int = 1 * MIB

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not value > 0:
                raise UsageError(f"limit {field.name}: {value} is not allowed; allowed: more than 0")
        if self.most_seconds < self.seconds:
            raise UsageError(
                f"limit seconds: {self.seconds:g} is not allowed; allowed: at most most_seconds, {self.most_seconds:g}"
            )

    def seconds_for(self, wanted: str | None) -> float:
        """The time of a query whose request names ``timeout=wanted``.

        >>> Limits().seconds_for("600"), Limits().seconds_for(None)
        (60.0, 10.0)
        """
        if not wanted:
            return self.seconds
        try:
            value = float(wanted)
        except ValueError:
            value = 0.0
        if not value > 0:
            raise UsageError(f"timeout {wanted!r} is not allowed; allowed: seconds, up to {self.most_seconds:g}")
        return min(value, self.most_seconds)
