"""How sure a rule is, as data: ``data/confidence.toml``, one table by rule id, with what damage and votes take from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import KnowledgeError
from kg.knowledge.schema import schema

FACTORS = ("recovered", "voted")


@dataclass(frozen=True, slots=True)
class Confidence:
    """The number of every rule id or family of them (``talk`` for ``talk.title``), and factors for evidence that is less sure.

    ``strict`` is what a strict reader asks of statements, by relation, with ``*`` for those that have no row.

    >>> sure = Confidence({"talk": 0.85, "talk.title.here": 0.8}, {"recovered": 0.8, "voted": 0.85})
    >>> sure.of("talk.title"), sure.of("talk.title.here"), "theme.line" in sure
    (0.85, 0.8, False)
    """

    rules: Mapping[str, float]
    factors: Mapping[str, float]
    strict: Mapping[str, float] = field(default_factory=dict)

    def of(self, rule: str) -> float:
        """The number of a rule: its own row, else that of the nearest family; raises KeyError where there is none."""
        return self.rules[self.row(rule)]

    def row(self, rule: str) -> str:
        """The row that a rule takes its number from."""
        for name in _families(rule):
            if name in self.rules:
                return name
        raise KeyError(rule)

    def __contains__(self, rule: str) -> bool:
        return any(name in self.rules for name in _families(rule))


def _families(rule: str) -> Iterator[str]:
    """A rule id and what it inherits from, nearest first."""
    while rule:
        yield rule
        rule = rule.rpartition(".")[0]


def load_confidence(path: Path) -> Confidence:
    """The table; raises KnowledgeError for what is no number from 0 to 1, and for a row that only repeats its family's."""
    from kg.knowledge.toml import load_toml

    data = load_toml(path, {"factors": dict.fromkeys(FACTORS, True), "strict": {"*": True}, "rules": {"*": True}})
    for table, rows in data.items():
        for key, number in rows.items():
            if not isinstance(number, int | float) or isinstance(number, bool) or not 0 < number <= 1:
                raise KnowledgeError(path, f"{table}.{key}", number, why="should be a number above 0, at most 1")
    rules = {key: float(number) for key, number in data["rules"].items()}
    for key, number in rules.items():
        family = next((name for name in _families(key.rpartition(".")[0]) if name in rules), None)
        if family is not None and rules[family] == number:
            raise KnowledgeError(path, f"rules.{key}", number, why=f"says what {family} says already")
    strict = {key: float(number) for key, number in data["strict"].items()}
    if unknown := sorted(strict.keys() - schema().properties.keys() - {"*"}):
        raise KnowledgeError(path, "strict", unknown[0], allowed=sorted(schema().properties))
    if "*" not in strict:
        raise KnowledgeError(path, "strict.*", None, why="should say what holds for relations without a row")
    return Confidence(rules, {key: float(number) for key, number in data["factors"].items()}, strict)
