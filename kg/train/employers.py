"""Make the model of employers: ``python -m kg.train.employers --corpus FILE… [--records FILE]… [--out FOLDER]``.

Every slot beside a person of an annotated article is an example (``kg.analyze.slots``), right where its words are a name of a body that
the annotation gives the person. The threshold comes from folds: each article is judged by a model that has seen none of it.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.analyze import ner
from kg.analyze.employed import FOLDER, alone, people
from kg.analyze.ner import NameFinder
from kg.analyze.slots import noted, slots
from kg.knowledge.load import Knowledge, load_knowledge
from kg.knowledge.resources import resource
from kg.measure.gold import plain
from kg.measure.standoff import read_articles, read_lines, words
from kg.model import Mention
from kg.train.arguments import judged
from kg.train.labels import Labels
from kg.train.regression import fitted, out_of_fold
from kg.train.statements import Judged

RECORDS = (("tests", "gold", "releases", "train.jsonl"), ("tests", "gold", "news", "train.jsonl"))
RELATIONS = ("affiliatedWith", "heads")
_GRID = range(0, 4001, 100)


@dataclass(frozen=True, slots=True)
class Example:
    """A slot of one person: its traits, whether it is right, and whether the rules know no body of the person."""

    article: str
    traits: tuple[str, ...]
    person: tuple[int, int]
    right: bool
    alone: bool


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m kg.train.employers", description="Make data/models/employers.")
    parser.add_argument("--corpus", type=Path, action="append", required=True, help="JSON Lines of texts; may be repeated")
    parser.add_argument("--records", type=Path, action="append", help="annotations (train splits of releases and news)")
    parser.add_argument("--out", type=Path, default=resource(*FOLDER), help="the model's folder")
    parser.add_argument(
        "--names", type=Path, help="a model of names that has not learned from these articles, in place of the shipped one"
    )
    options = parser.parse_args(arguments)
    if options.names:
        own = NameFinder(options.names)
        setattr(ner, "load_ner", lambda folder=None: own)  # noqa: B010 — for this process alone
    settings = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    noted = {r["id"]: r for r in read_lines(options.records or [Path(*parts) for parts in RECORDS])}
    texts, knowledge = read_articles(options.corpus, noted), load_knowledge()
    found = [e for one in judged(noted, texts, knowledge) for e in examples(one, knowledge)]
    learn(found, settings, options.out)


def examples(one: Judged, knowledge: Knowledge) -> Iterator[Example]:
    """The slots of the people whom an annotation knows; those that it leaves open are left out."""
    labels, names = Labels(one.record, one.view, one.things), _names(one)
    given = {group: _bodies(one.record[group], names) for group in ("facts", "optional")}
    known = {(a.person.start, a.person.end): a for a in one.reading.anchored}
    bare = {(m.start, m.end) for m in alone(one.reading.mentions, known)}
    new = {(m.start, m.end): m for m in noted(one.reading.tokens, one.reading.mentions, knowledge)}
    for person in (*people(one.reading.mentions, known), *new.values()):
        thing = one.things.of(person) if (person.start, person.end) not in new else None
        key = labels.key(thing) if thing is not None else _named(one, person)
        if key is None:
            continue
        place = person.start, person.end
        for slot in slots(person, one.reading.tokens, one.reading.names, knowledge):
            name = plain(one.view.text[slot.start : slot.end])
            right = name in given["facts"][key]
            if right or name not in given["optional"][key]:
                yield Example(one.record["id"], slot.traits, place, right, place in bare or place in new)


def _named(one: Judged, person: Mention) -> str | None:
    """The person of a record who is named at just this place; one without bodies for a word that no person of the record is."""
    span = one.view.span(person.start, person.end)
    for key, entity in one.record["entities"].items():
        for place in entity["mentions"]:
            field, start, end = place if isinstance(place[0], str) else ("text", *place)
            if entity["type"] == "Person" and (field, start) == (span.field, span.start):
                return key if end == span.end else None
    return ""


def _names(one: Judged) -> dict[str, set[str]]:
    """What each entity of a record is called in the text."""
    return {
        key: {plain(words(one.text, span)) for span in (*entity["names"], *entity["mentions"])}
        for key, entity in one.record["entities"].items()
    }


def _bodies(rows: Sequence[Mapping], names: Mapping[str, set[str]]) -> Mapping[str, set[str]]:
    """The names of the bodies of each person."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        subject, relation, object_ = row["fact"]
        if relation in RELATIONS:
            found[subject] |= names[object_]
    return found


def learn(found: Sequence[Example], settings: Mapping, folder: Path) -> None:
    """Fit, choose the threshold out of fold, say what it is worth there, and write the model."""
    truth, every = np.array([e.right for e in found]), np.ones(len(found), bool)
    scores = out_of_fold(found, truth, every, settings)
    print(f"{len({e.article for e in found})} articles, {len(found)} slots, {int(truth.sum())} right", flush=True)
    accept = threshold(found, scores, settings)
    weights, bias = fitted(found, truth, every, settings)
    folder.mkdir(parents=True, exist_ok=True)
    meta = {"format": 1, "bias": bias, "accept": accept}
    (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    kept = ((t, w) for t, w in sorted(weights.items()) if abs(w) >= settings["least"] and t.isprintable())
    (folder / "weights.tsv").write_text("".join(f"{trait}\t{weight}\n" for trait, weight in kept), encoding="utf-8")


def threshold(found: Sequence[Example], scores: np.ndarray, settings: Mapping) -> int:
    """The lowest score from which on enough of the bodies are right that the best slots of people without one name; says what each gives."""
    best: dict[tuple, tuple[int, bool]] = {}
    for example, score in zip(found, scores.tolist()):
        key = example.article, example.person
        if example.alone and score > best.get(key, (-(10**9), False))[0]:
            best[key] = score, example.right
    chosen = None
    for least in _GRID:
        taken = [right for score, right in best.values() if score >= least]
        if least % 500 == 0:
            print(f"     from {least}: {sum(taken)} right, {len(taken) - sum(taken)} wrong of {len(best)} people", flush=True)
        if chosen is None and len(taken) >= settings["support"] and sum(taken) >= settings["precise"] * len(taken):
            chosen = least
    if chosen is None:
        raise SystemExit("no threshold is precise enough")
    return chosen


if __name__ == "__main__":
    main()
