"""Learn which statements of rules are wrong: examples, weights and threshold of the model of statements (``kg.decide.doubts``).

A statement of an annotated release is right where the annotation has it, wrong where it has not, and counts for nothing where the
annotation leaves it open. The threshold comes from folds: each article is judged by a model that has seen none of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.analyze.readings import Reading
from kg.decide.decision import Decision
from kg.decide.doubts import FILE, WEIGHTS
from kg.decide.pairs import Names
from kg.decide.statements import Book, Statement, statements
from kg.graph.rdf import stated
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.knowledge.vocab import PRESS
from kg.measure.gold import FAMILY, LINKS, LITERALS, Node, Scored, implied, plain, value
from kg.measure.score import align, verdicts
from kg.measure.standoff import gold
from kg.model import Fact, Thing, View
from kg.resolve.dates import fixed_year
from kg.resolve.facts import objects, resolve_facts
from kg.resolve.things import Things
from kg.train.regression import fitted, out_of_fold

_STEP = 50  # thousandths between thresholds that are tried


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of one article: the rules that say it, its traits, and whether the annotation has it."""

    article: str
    rules: tuple[str, ...]
    traits: tuple[str, ...]
    right: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One annotated article as it was read and decided, before any model has spoken."""

    record: Mapping
    text: Mapping
    view: View
    reading: Reading
    decision: Decision
    things: Things


def said(one: Judged, knowledge: Knowledge) -> Iterator[Said]:
    """The statements of an article that the annotation has or lacks."""
    article = one.view.article
    facts, _ = resolve_facts(one.view, one.decision.claims, one.things, knowledge.confidence, knowledge.factuality.happening)
    truth = _truth(gold(one.record, one.text), _scored(article.identifier, facts))
    found = statements(one.decision.claims, one.things.of)
    book = Book(found, one.reading, Names(one.things.of, article.publisher), knowledge)
    year = fixed_year(one.view.text)
    for statement in found:
        right = truth.get(_key(statement, one, year))
        if right is not None:
            yield Said(article.identifier, tuple(statement.rules), tuple(sorted(book.traits(statement))), right)


def _node(thing: Thing) -> Node:
    return Node(f"{thing.kind}|{thing.name}|{thing.scope}")


def _key(statement: Statement, one: Judged, year: int | None) -> tuple:
    """A statement as the measure knows it."""
    relation, end = next(iter(objects(statement.claims[0], one.things, one.view.article, year)), (statement.relation, None))
    return _node(statement.subject), relation, _node(end) if isinstance(end, Thing) else _written(relation, end)


def _written(relation: str, end: object) -> str:
    return plain(str(end)) if relation == "altLabel" else value(relation, end)


def _scored(article: str, facts: Iterable[Fact]) -> Scored:
    """What the measure asks of a graph, for the facts of one article."""
    names: dict[str, set[str]] = {}
    aliases: dict[tuple[str, str], set[str]] = {}
    families: dict[str, frozenset[str]] = {}
    told: set = set()
    for fact in filter(stated, facts):
        subject = _node(fact.subject)
        for thing in (fact.subject, fact.object):
            if isinstance(thing, Thing):
                names.setdefault(_node(thing), set()).add(plain(thing.name))
                families[_node(thing)] = _families(thing.kind)
        if fact.relation == "altLabel":
            names[subject].add(plain(str(fact.object)))
            aliases.setdefault((article, subject), set()).add(plain(str(fact.object)))
        elif fact.relation in LITERALS:
            told.add((subject, fact.relation, value(fact.relation, fact.object)))
        elif fact.relation in LINKS and isinstance(fact.object, Thing):
            told.add((subject, fact.relation, _node(fact.object)))
    return Scored(
        names={k: frozenset(v) for k, v in names.items()},
        aliases={k: frozenset(v) for k, v in aliases.items()},
        families=families,
        articles={article: implied(told)},
        iris={article: article},
    )


def _families(kind: str) -> frozenset[str]:
    found = (FAMILY.get(str(PRESS[name])) for name in (kind, *schema().ancestors.get(kind, ())))
    return frozenset(family for family in found if family)


def _truth(record: Mapping, graph: Scored) -> dict[tuple, bool | None]:
    """Of each statement whether the annotation has it; other names too, which count only for things that it knows."""
    truth: dict[tuple, bool | None] = dict(verdicts(record, graph))
    for key, node in align(record, graph.articles[record["id"]], graph).items():
        given = {group: {plain(o) for s, p, o in record[group] if (s, p) == (key, "altLabel")} for group in ("facts", "optional")}
        open_ = given["optional"] | {plain(name) for name in record["entities"][key]["names"]}
        for alias in graph.aliases.get((record["id"], node), ()):
            truth[node, "altLabel", alias] = True if alias in given["facts"] else None if alias in open_ else False
    return truth


def learn(found: Sequence[Said], settings: Mapping, folder: Path) -> None:
    """Fit, choose the thresholds out of fold, say what they are worth there, and write the model."""
    truth, every = np.array([one.right for one in found]), np.ones(len(found), bool)
    rules = limits(found, truth, out_of_fold(found, truth, every, settings), settings)
    weights, bias = fitted(found, truth, every, settings)
    meta = {"format": 1, "shortest": settings["shortest"], "bias": bias, "rules": rules}
    (folder / FILE).write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    kept = ((t, w) for t, w in sorted(weights.items()) if abs(w) >= settings["least"] and t.isprintable())
    lines = (f"{trait}\t{weight}" for trait, weight in kept)
    (folder / WEIGHTS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def limits(found: Sequence[Said], truth: np.ndarray, scores: np.ndarray, settings: Mapping) -> dict[str, int]:
    """For each rule of which enough is left out: the highest score below which that is seldom right; says what all are worth."""
    chosen = {}
    for rule in sorted({rule for one in found for rule in one.rules} - set(settings["spared"])):
        own = np.array([rule in one.rules for one in found])
        for score in range(settings["highest"], int(scores.min()), -_STEP):
            gone = own & (scores < score)
            if gone.sum() >= settings["support"] and truth[gone].mean() <= settings["lost"]:
                chosen[rule] = score
                print(f"     {rule}: below {score} {_counts(truth, gone)} wrong/right of {_counts(truth, own)}", flush=True)
                break
    gone = np.array([all(r in chosen and score < chosen[r] for r in one.rules) for one, score in zip(found, scores)])
    print(f"{len(found)} statements, {int((~truth).sum())} wrong: {_counts(truth, gone)} wrong/right are left out", flush=True)
    return chosen


def _counts(truth: np.ndarray, chosen: np.ndarray) -> str:
    return f"{int((chosen & ~truth).sum())}/{int((chosen & truth).sum())}"
