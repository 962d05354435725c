"""Make the models of arguments and of statements: ``python -m kg.train.arguments --corpus FILE… [--records FILE] [--out FOLDER] [--curve]``.

Every pair of agent and event within reach is an example, labelled by whether the annotation has the relation between the two.
Thresholds and probabilities come from folds: each article is judged by a model that has seen none of it. What is learned of the
statements of rules is in :mod:`kg.train.statements`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from kg.decide.arguments import FOLDER
from kg.decide.pairs import Names, pairs
from kg.knowledge.load import Knowledge, load_knowledge
from kg.knowledge.resources import resource
from kg.measure.standoff import complaints, read_articles, read_lines
from kg.model import STATED, Mention
from kg.train import statements
from kg.train.labels import Labels
from kg.train.regression import fitted, out_of_fold

RECORDS = ("tests", "gold", "releases", "train.jsonl")
SHARES = (0.25, 0.5, 1.0)
_GRID = range(-6000, 6001, 100)


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of one article: its traits, what the annotation has of it or may have, what patterns have said."""

    article: str
    traits: tuple[str, ...]
    facts: frozenset[str]
    optional: frozenset[str]
    said: frozenset[str]


@dataclass(frozen=True, slots=True)
class Task:
    """One relation over all examples: what is true, what counts, what patterns said of it, what makes a proposal idle."""

    truth: np.ndarray
    counts: np.ndarray
    said: np.ndarray
    moot: np.ndarray


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m kg.train.arguments", description="Make data/models/arguments.")
    parser.add_argument("--corpus", type=Path, action="append", required=True, help="JSON Lines of texts; may be repeated")
    parser.add_argument("--records", type=Path, action="append", help="annotations (tests/gold/releases/train.jsonl)")
    parser.add_argument("--out", type=Path, default=resource(*FOLDER), help="the model's folder")
    parser.add_argument("--curve", action="store_true", help="also say what less data gives")
    options = parser.parse_args(arguments)
    settings = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    found, told = examples(options.records or [Path(*RECORDS)], options.corpus)
    options.out.mkdir(parents=True, exist_ok=True)
    statements.learn(told, {**settings, **settings["statements"]}, options.out)
    print(f"{len({e.article for e in found})} articles, {len(found)} pairs", flush=True)
    judges, columns = [], []
    for relation, chosen in settings["relations"].items():
        task = _task(found, relation, chosen)
        for share in SHARES if options.curve else ():
            print(f"{share:4.0%} {relation} {_summary(task, _scores(found, task, settings, share))}", flush=True)
        scores = _scores(found, task, settings)
        weights, bias = fitted(found, task.truth, task.counts, settings)
        print(f"     {relation} {_summary(task, scores)}", flush=True)
        columns.append(weights)
        judges.append(
            {
                "relation": relation,
                "also": chosen["also"],
                "moot": chosen["moot"],
                "bias": bias,
                "propose": _propose(task, scores, settings["support"], settings["precise"]) if chosen["proposes"] else None,
                "refuse": _refuse(task, scores, settings["support"], chosen["lost"]),
                "rules": _by_rule(found, task, scores, settings, chosen["lost.rule"]),
                "steps": _steps(task, scores),
            }
        )
        print(f"     proposes from {judges[-1]['propose']}, refuses below {judges[-1]['refuse']}", flush=True)
    write(options.out, judges, columns, settings)


def _scores(found: Sequence[Example], task: Task, settings: Mapping, share: float = 1.0) -> np.ndarray:
    return out_of_fold(found, task.truth, task.counts, settings, share)


def examples(records: Sequence[Path], corpora: Sequence[Path]) -> tuple[list[Example], list[statements.Said]]:
    """The pairs and the statements of the annotated articles, in the order of their identifiers."""
    noted = {record["id"]: record for record in read_lines(records)}
    texts = read_articles(corpora, noted)
    bad = [f"{i}: {why}" for i, record in noted.items() for why in complaints(record, texts.get(i))]
    if bad:
        raise SystemExit("\n".join(bad))
    knowledge = load_knowledge()
    found: list[Example] = []
    told: list[statements.Said] = []
    for one in judged(noted, texts, knowledge):
        found += _pairs(one, knowledge)
        told += statements.said(one, knowledge)
    return found, told


def judged(noted: Mapping[str, Mapping], texts: Mapping[str, Mapping], knowledge: Knowledge) -> Iterator[statements.Judged]:
    """The annotated articles as they are read and decided before any model speaks."""
    from spacy.vocab import Vocab

    from kg.analyze.tokenizer import KiwiTokenizer
    from kg.pipeline import decided
    from kg.read.files import read
    from kg.read.view import make_view
    from kg.resolve.things import resolve_things

    tokenizer = KiwiTokenizer(Vocab())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(json.dumps(texts[i], ensure_ascii=False) + "\n" for i in sorted(noted)), encoding="utf-8")
        for article in sorted(read([path], on_error=_stop), key=lambda a: a.identifier):
            view = make_view(article)
            reading, lengthened, decision = decided(view, tokenizer(view.text), knowledge)
            things = resolve_things(reading, decision.claims, lengthened, article, knowledge)
            yield statements.Judged(noted[article.identifier], texts[article.identifier], view, reading, decision, things)


def _pairs(one: statements.Judged, knowledge: Knowledge) -> Iterator[Example]:
    things, article = one.things, one.view.article
    labels, said = Labels(one.record, one.view, things), defaultdict(set)
    for claim in one.decision.claims:
        if isinstance(claim.object, Mention) and claim.status in STATED:
            said[things.of(claim.subject), things.of(claim.object)].add(claim.relation)
    for pair in pairs(one.reading, one.decision.claims, Names(things.of, article.publisher), knowledge):
        facts, optional = labels.said(pair.agent, pair.event)
        yield Example(article.identifier, tuple(sorted(pair.traits)), facts, optional, frozenset(said[pair.agent, pair.event]))


def _stop(error: Exception) -> None:
    raise error


def _task(found: Sequence[Example], relation: str, chosen: Mapping) -> Task:
    own = {relation, *chosen["also"]}
    truth = np.array([bool(e.facts & own) for e in found])
    return Task(
        truth,
        truth | np.array([not e.optional & own for e in found]),
        np.array([bool(e.said & own) for e in found]),
        np.array([bool(e.said & {*own, *chosen["moot"]}) for e in found]),
    )


def _split(task: Task, chosen: np.ndarray) -> tuple[int, int]:
    return int((chosen & task.truth & task.counts).sum()), int((chosen & ~task.truth & task.counts).sum())


def _summary(task: Task, scores: np.ndarray) -> str:
    from sklearn.metrics import average_precision_score

    new, old = task.counts & ~task.moot, task.counts & task.said
    right, wrong = _split(task, task.said)
    above = " ".join(f"{t}:{'/'.join(map(str, _split(task, new & (scores >= t))))}" for t in range(0, 3001, 500))
    below = " ".join(f"{t}:{'/'.join(map(str, _split(task, old & (scores < t))))}" for t in range(-4000, -499, 500))
    return (
        f"patterns {right}/{wrong}, average precision of the rest {average_precision_score(task.truth[new], scores[new]):.3f}; "
        f"proposed from {above}; refused below {below}"
    )


def _propose(task: Task, scores: np.ndarray, support: int, precise: float) -> int | None:
    """The lowest score from which on what is proposed is right often enough."""
    for score in _GRID:
        right, wrong = _split(task, ~task.moot & (scores >= score))
        if right + wrong >= support and right >= precise * (right + wrong):
            return score
    return None


def _refuse(task: Task, scores: np.ndarray, support: int, lost: float, highest: int = _GRID[-1]) -> int | None:
    """The highest score, up to ``highest``, below which what is refused is seldom right."""
    for score in reversed([score for score in _GRID if score <= highest]):
        right, wrong = _split(task, task.said & (scores < score))
        if right + wrong >= support and right <= lost * (right + wrong):
            return score
    return None


def _by_rule(found: Sequence[Example], task: Task, scores: np.ndarray, settings: Mapping, lost: float) -> dict[str, int]:
    """For each rule of which enough is refused: the highest score below which that is seldom right."""
    rules = sorted({t for e in found for t in e.traits if t.startswith("rule=")})
    of = {rule: np.array([rule in e.traits for e in found]) for rule in rules}
    limits = {
        rule: _refuse(replace(task, said=task.said & own), scores, settings["support"], lost, settings["unlikely"])
        for rule, own in of.items()
    }
    return {rule.removeprefix("rule="): limit for rule, limit in limits.items() if limit is not None}


def _steps(task: Task, scores: np.ndarray) -> list[list[float]]:
    """Probabilities by score, from what patterns have left open: isotonic, each level with one right and one wrong more."""
    from sklearn.isotonic import IsotonicRegression

    new = np.flatnonzero(task.counts & ~task.moot)
    levels = IsotonicRegression().fit_transform(scores[new], task.truth[new])
    steps: list[list[float]] = []
    for level in np.unique(levels):
        of = new[levels == level]
        chance = round(float((task.truth[of].sum() + 1) / (len(of) + 2)), 2)
        if not steps or chance > steps[-1][1]:
            steps.append([int(scores[of].min()), chance])
    return steps


def write(folder: Path, judges: Sequence[Mapping], columns: Sequence[Mapping[str, int]], settings: Mapping) -> None:
    """The model's files; traits that weigh too little for every judge are left out."""
    rows = {t: [column.get(t, 0) for column in columns] for t in sorted(set().union(*columns))}
    lines = ["\t".join((t, *map(str, row))) for t, row in rows.items() if max(map(abs, row)) >= settings["least"]]
    (folder / "weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "meta.json").write_text(
        json.dumps({"format": 2, "shortest": settings["shortest"], "judges": list(judges)}, ensure_ascii=False, indent=1) + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
