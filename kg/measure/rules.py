"""Which rule says how much, and where it stands: in data, or in which Python module."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.knowledge.load import Knowledge, load_knowledge
from kg.knowledge.resources import resource

_ROOMS = ("extract", "patterns", "decide", "syntax", "resolve", "link", "analyze")  # whose modules state things


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its assertions, the articles they stand in, and the file that states it."""

    id: str
    assertions: int
    articles: int
    place: str

    @property
    def from_data(self) -> bool:
        """Whether the rule is a pattern under ``data``."""
        return self.place.startswith("data/")


def rules_of(source: Path) -> list[Rule]:
    """The rules by which the articles at a path are read, the busiest first."""
    from kg.graph.results import from_line
    from kg.pipeline import build

    assertions: Counter[str] = Counter()
    articles: defaultdict[str, set[str]] = defaultdict(set)
    with tempfile.TemporaryDirectory() as folder:
        build([source], Path(folder) / "out", view=False)
        with (Path(folder) / "out" / "results.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                result = from_line(line)[1]
                for rule in (e.rule for fact in result.facts for e in fact.evidence):
                    assertions[plain(rule)] += 1
                    articles[plain(rule)].add(result.article)
    knowledge = load_knowledge()
    found = (Rule(rule, number, len(articles[rule]), place(rule, knowledge)) for rule, number in assertions.items())
    return sorted(found, key=lambda r: (-r.assertions, r.id))


def plain(rule: str) -> str:
    """A rule without the mark of the model of names.

    >>> plain("beside.title+model")
    'beside.title'
    """
    return rule.partition("+")[0]


def place(rule: str, knowledge: Knowledge) -> str:
    """The file that states a rule, under ``data/`` or ``kg/``.

    >>> place("hosted.host", load_knowledge()), place("quotation.direct", load_knowledge())
    ('data/patterns/hosted.toml', 'kg/extract/quotations.py')
    """
    patterns = {p.id: p.source for p in knowledge.patterns}
    owner = next((p for p in (rule, rule.removesuffix(".with")) if p in patterns), None)
    if owner is not None:
        return f"data/patterns/{patterns[owner]}"
    parts = rule.split(".")
    wanted = [f'"{rule}"', *(f'"{".".join(parts[:n])}.' for n in range(len(parts) - 1, 0, -1))]
    return next((where for text in wanted for where, code in _modules().items() if text in code), "kg/")


@lru_cache(maxsize=1)
def _modules() -> Mapping[str, str]:
    package = resource("kg") if resource("kg").exists() else Path(__file__).resolve().parents[1]
    found = (path for room in _ROOMS for path in sorted((package / room).rglob("*.py")))
    return {f"kg/{path.relative_to(package).as_posix()}": path.read_text(encoding="utf-8") for path in found}


def lines(rules: Iterable[Rule]) -> Iterator[str]:
    """The table, with the share that comes from data."""
    listed = list(rules)
    total = sum(r.assertions for r in listed)
    if not total:
        yield "no assertions"
        return
    yield f"{'assertions':>10}{'%':>7}{'articles':>9}  {'rule':24}place"
    for rule in listed:
        yield f"{rule.assertions:10,}{100 * rule.assertions / total:7.1f}{rule.articles:9,}  {rule.id:24}{rule.place}"
    data = sum(r.assertions for r in listed if r.from_data)
    yield f"{total:10,} assertions by {len(listed)} rules; {100 * data / total:.1f} % from patterns in data"
