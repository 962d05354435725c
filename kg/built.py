"""What a build did over all articles: the report, with the things before and after joining and what became of corrections."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Built(Report):
    """A report of a whole build.

    ``joined`` counts by family the things that articles have each by itself, and those of the graph; ``possibly`` counts pairs that
    nothing settled, ``corrections`` says what became of each.

    >>> built = Built(articles=2, things={"Person": 1}, statements={}, joined={"Person": (2, 1)},
    ...               corrections=("corrections.toml: alias 1: used",))
    >>> print(*built.lines(), sep="\\n")
    2 articles, 1 thing, 0 statements
    things: Person 1
    joined: Person 2 → 1
    corrections 1:
      corrections.toml: alias 1: used
    """

    joined: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    possibly: int = 0
    corrections: tuple[str, ...] = ()

    def as_json(self) -> dict:
        """The report as plain values."""
        return {**Report.as_json(self), "joined": {name: list(pair) for name, pair in self.joined.items()},
                "possibly": self.possibly, "corrections": list(self.corrections)}

    def lines(self) -> Iterator[str]:
        """The report for a terminal."""
        yield from Report.lines(self)
        joined = [f"{name} {before:,} → {after:,}" for name, (before, after) in sorted(self.joined.items()) if before != after]
        if joined:
            yield f"joined: {', '.join(joined)}"
        if self.possibly:
            yield f"possibly the same, see kg review: {self.possibly:,}"
        if self.corrections:
            yield f"corrections {len(self.corrections):,}:"
            yield from (f"  {line}" for line in self.corrections)
