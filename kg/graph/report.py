"""What a build did, as a value, as JSON and as the few lines that people read when it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_SHOWN = 12  # lines of each list on the terminal; report.json holds all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build read, made, skipped and could not settle.

    ``skipped`` pairs a source with the reason, ``notes`` an article with what its reader could not settle; ``things`` and
    ``statements`` count by class and by property, ``rejected`` by reason; ``timings`` are seconds by stage. ``joined`` counts by
    family the things that articles have each by itself, and those of the graph; ``possibly`` counts pairs that nothing settled,
    ``corrections`` says what became of each, ``duplicates`` are groups of articles with the same text.
    """

    articles: int
    things: Mapping[str, int]
    statements: Mapping[str, int]
    rejected: Mapping[str, int] = field(default_factory=dict)
    skipped: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
    joined: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    possibly: int = 0
    corrections: tuple[str, ...] = ()
    duplicates: tuple[tuple[str, ...], ...] = ()

    def as_json(self) -> dict:
        """The report as plain values; without times, so that the same input gives the same bytes."""
        return {
            "articles": self.articles,
            "corrections": list(self.corrections),
            "duplicates": [list(group) for group in self.duplicates],
            "joined": {name: list(pair) for name, pair in self.joined.items()},
            "notes": [list(pair) for pair in self.notes],
            "possibly": self.possibly,
            "rejected": dict(self.rejected),
            "skipped": [list(pair) for pair in self.skipped],
            "statements": dict(self.statements),
            "things": dict(self.things),
        }

    def lines(self) -> Iterator[str]:
        """The report for a terminal.

        >>> bad = (("a.txt", "the file is empty"),)
        >>> report = Report(articles=2, things={"Person": 3, "Forum": 1}, statements={"said": 4}, skipped=bad, joined={"Person": (5, 3)},
        ...                 corrections=("corrections.toml: alias 1: used",))
        >>> print(*report.lines(), sep="\\n")
        2 articles, 4 things, 4 statements
        things: Person 3, Forum 1
        statements: said 4
        skipped 1:
          a.txt: the file is empty
        things, told by single articles and joined in the graph:
          Person  5 → 3
        corrections 1:
          corrections.toml: alias 1: used
        """
        sizes = (self.articles, "article"), (sum(self.things.values()), "thing"), (sum(self.statements.values()), "statement")
        yield ", ".join(f"{number:,} {noun}{'' if number == 1 else 's'}" for number, noun in sizes)
        tables = ("things", self.things), ("statements", self.statements), ("considered and rejected", self.rejected)
        for title, counts in tables:
            if counts:
                ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
                yield f"{title}: {', '.join(f'{name} {number:,}' for name, number in ranked)}"
        for title, pairs in (("skipped", self.skipped), ("unresolved", self.notes)):
            if pairs:
                yield f"{title} {len(pairs):,}:"
                yield from (f"  {source}: {reason}" for source, reason in pairs[:_SHOWN])
                if len(pairs) > _SHOWN:
                    yield f"  … and {len(pairs) - _SHOWN:,} more, in report.json"
        if self.duplicates:
            yield f"the same text in several articles, told once with all its sources {len(self.duplicates):,}:"
            yield from (f"  {' = '.join(group)}" for group in self.duplicates[:_SHOWN])
            if len(self.duplicates) > _SHOWN:
                yield f"  … and {len(self.duplicates) - _SHOWN:,} more, in report.json"
        if any(before != after for before, after in self.joined.values()):
            yield "things, told by single articles and joined in the graph:"
            yield from _table((name, f"{before:,}", "→", f"{after:,}") for name, (before, after) in sorted(self.joined.items()))
        if self.possibly:
            yield f"possibly the same, see kg review: {self.possibly:,}"
        if self.corrections:
            yield f"corrections {len(self.corrections):,}:"
            yield from (f"  {line}" for line in self.corrections)


def _table(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows as lines: the first column to the left, the others to the right."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows)]
    for first, *rest in rows:
        yield "  " + " ".join([f"{first:<{widths[0]}} ", *(f"{value:>{width}}" for value, width in zip(rest, widths[1:]))])
