"""How much ``press:confidence`` is worth: of what is said with 0.9, nine of ten should be right.

``python -m kg.measure.calibration GOLD OUT`` prints the expected calibration error of a built folder against gold facts; with ``--write`` it
writes what each rule was worth there, smoothed, into ``data/confidence.toml``.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.knowledge.confidence import Confidence, load_confidence
from kg.knowledge.resources import resource
from kg.knowledge.vocab import PRESS
from kg.measure.gold import LITERALS, PROPERTY, Node, read_gold, read_graph, value
from kg.measure.rules import plain as plain_rule
from kg.measure.score import verdicts

BINS = 10
PRIOR = 10  # statements that the average of its family counts as, beside a rule's own
LEAST = 5  # statements that a row must have been seen in to be written


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of one article with the rules that say it, each with its confidence, and whether the gold has it."""

    rules: tuple[tuple[str, float], ...]
    right: bool

    @property
    def confidence(self) -> float:
        """That of the surest rule."""
        return max(sure for _, sure in self.rules)


def said(gold: Path, out: Path) -> Iterator[Said]:
    """The scored statements of a built folder that the gold has or lacks; what it leaves open is left out."""
    graph, by_statement = read_graph(out), _assertions(out)
    for record in read_gold(gold):
        if record["id"] not in graph.articles:
            continue
        own = by_statement.get(graph.iris[record["id"]], {})
        for statement, right in sorted(verdicts(record, graph).items()):
            if right is not None and statement in own:
                yield Said(tuple(sorted(own[statement])), right)


def _assertions(out: Path) -> dict[str, dict[tuple, set[tuple[str, float]]]]:
    """By article and statement: (rule, confidence) of what says so."""
    from rdflib import RDF

    from kg.graph.store import triples

    wanted = {str(RDF.subject): "s", str(RDF.predicate): "p", str(RDF.object): "o", str(PRESS.article): "article",
              str(PRESS.extractor): "rule", str(PRESS.confidence): "sure"}  # fmt: skip
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    for triple in triples(out, "evidence.ttl"):
        if key := wanted.get(triple.predicate.value):
            rows[str(triple.subject)][key] = str(getattr(triple.object, "value", ""))
    found: dict[str, dict[tuple, set[tuple[str, float]]]] = defaultdict(lambda: defaultdict(set))
    for row in rows.values():
        if (name := PROPERTY.get(row.get("p", ""))) is not None:
            object_ = value(name, row["o"]) if name in LITERALS else Node(row["o"])
            found[row["article"]][Node(row["s"]), name, object_].add((plain_rule(row["rule"]), float(row["sure"])))
    return found


def bins(statements: Iterable[Said]) -> list[tuple[int, float, float]]:
    """(statements, mean confidence, share that is right) of each tenth of confidence that has any.

    >>> bins([Said((("a", 0.95),), True), Said((("a", 0.85),), True), Said((("b", 0.85),), False)])
    [(2, 0.85, 0.5), (1, 0.95, 1.0)]
    """
    tenths: dict[int, list[Said]] = defaultdict(list)
    for one in statements:
        tenths[min(int(one.confidence * BINS), BINS - 1)].append(one)
    return [(len(some), sum(s.confidence for s in some) / len(some), sum(s.right for s in some) / len(some))
            for _, some in sorted(tenths.items())]  # fmt: skip


def expected_error(statements: Sequence[Said]) -> float:
    """The expected calibration error: how far confidence and share of right ones are apart, over ten bins.

    >>> round(expected_error([Said((("a", 0.9),), True), Said((("a", 0.9),), False)]), 2)
    0.4
    """
    return sum(n * abs(sure - right) for n, sure, right in bins(statements)) / len(statements) if statements else 0.0


def measured(statements: Iterable[Said], confidence: Confidence) -> dict[str, float]:
    """What the rows of the table were worth: right of all, smoothed by the average of the row's family, itself by that of all."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for one in statements:
        for row in {confidence.row(rule) for rule, _ in one.rules if rule in confidence}:
            for key in (row, f"{_family(row)} *", "*"):
                every[key] += 1
                right[key] += one.right
    average = right["*"] / every["*"] if every["*"] else 0.0

    def smoothed(key: str, prior: float) -> float:
        return (right[key] + PRIOR * prior) / (every[key] + PRIOR)

    rows = [row for row in confidence.rules if every[row] >= LEAST]
    return {row: round(min(smoothed(row, smoothed(f"{_family(row)} *", average)), 0.99), 2) for row in rows}


def _family(row: str) -> str:
    return row.partition(".")[0]


def rewritten(text: str, numbers: Mapping[str, float]) -> str:
    """The text of the table with other numbers; comments and order stay, and a row that only repeats its family's goes.

    >>> rewritten('"talk" = 0.8  # spoken\\n"talk.told" = 0.7\\n', {"talk": 0.9, "talk.told": 0.9})
    '"talk" = 0.9  # spoken\\n'
    """
    lines, now = [], {}
    for line in text.splitlines(keepends=True):
        if row := re.match(r'"([^"]+)" = ([\d.]+)', line):
            name = row[1]
            now[name] = numbers.get(name, float(row[2]))
            parents = (name.rsplit(".", n)[0] for n in range(1, name.count(".") + 1))
            if now[name] == next((now[p] for p in parents if p in now), None):
                continue
            line = f'"{name}" = {now[name]}{line[row.end() :]}'
        lines.append(line)
    return "".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m kg.measure.calibration", description="What confidence is worth.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path, help="a built folder")
    parser.add_argument("--write", type=Path, nargs="?", const=resource("data", "confidence.toml"), help="the table to write")
    options = parser.parse_args(arguments)
    statements = list(said(options.gold, options.out))
    for number, sure, right in bins(statements):
        print(f"{number:5} statements: confidence {sure:.2f}, right {right:.2f}")
    print(f"expected calibration error {expected_error(statements):.3f}")
    if options.write:
        numbers = measured(statements, load_confidence(options.write))
        options.write.write_text(rewritten(options.write.read_text(encoding="utf-8"), numbers), encoding="utf-8")
        print(f"{len(numbers)} rows written to {options.write}")


if __name__ == "__main__":
    main()
