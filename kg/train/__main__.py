"""Make the model of names: ``python -m kg.train --klue FOLDER [--press FILE] [--corpus FILE…] [--cache FOLDER]``.

Vectors out of Kiwi; pre-training on unlabelled text; two teachers; a student that also learns from what the teachers read in
unlabelled text; a training on all sentences with names; a last one on these and on the annotated articles of ``tests/gold``.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np

from kg.analyze.ner import FOLDER
from kg.analyze.ner_features import Rows
from kg.knowledge.load import load_knowledge
from kg.knowledge.resources import resource
from kg.train import data, measure, vectors
from kg.train.annotated import annotated, examples_of
from kg.train.network import FIELDS, Example, Settings, initial, labels_of, train
from kg.train.pretraining import pretrain

TEACHERS = 2
QUICK = 120  # sentences of each kind for a trial
RECORDS = (("tests", "gold", "releases", "train.jsonl"), ("tests", "gold", "news", "train.jsonl"))
PSEUDO = 0.5  # what a sentence that other models have labelled counts


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m kg.train", description="Make data/models/press_ner.")
    parser.add_argument("--klue", type=Path, required=True, help="folder with ner-train.jsonl and raw-sentences.txt")
    parser.add_argument("--press", type=Path, help="JSON Lines of press releases (title, text), unlabelled text too")
    parser.add_argument("--corpus", type=Path, action="append", help="JSON Lines of the annotated texts; may be repeated")
    parser.add_argument("--records", type=Path, action="append", help=f"annotations ({', '.join('/'.join(r) for r in RECORDS)})")
    parser.add_argument("--out", type=Path, default=resource(*FOLDER), help="the model's folder")
    parser.add_argument("--cross-validate", action="store_true", help="also train and measure on all folds")
    parser.add_argument("--cache", type=Path, help="folder where steps that are done are kept and taken up again")
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    parser.add_argument(
        "--quick",
        action="store_true",
        help=f"a trial of all steps in minutes: {QUICK} sentences of each kind, one epoch; its model is of no use",
    )
    options = parser.parse_args(arguments)
    if options.quick and options.out == resource(*FOLDER):
        parser.error("--quick makes a model of no use: name another folder with --out")
    settings = {name: Settings(**values) for name, values in tomllib.loads(options.config.read_text(encoding="utf-8")).items()}
    if options.quick:
        settings = {step: replace(chosen, epochs=1) for step, chosen in settings.items()}
    make(options, settings)


def _settle(cache: Path | None) -> None:
    import jax

    if cache:
        cache.mkdir(parents=True, exist_ok=True)
        jax.config.update("jax_compilation_cache_dir", str(cache / "compiled"))


def _kept(cache: Path | None, name: str, make_it) -> dict[str, np.ndarray]:
    """The arrays that ``make_it()`` gives, from the cache where they were made before."""
    path = cache / f"{name}.npz" if cache else None
    if path and path.exists():
        with np.load(path) as stored:
            return {key: stored[key] for key in stored.files}
    made = make_it()
    if path:
        np.savez(path, **made)
    return made


def make(options: argparse.Namespace, settings: dict[str, Settings]) -> None:
    """All steps, in order."""
    cache = options.cache
    _settle(cache)
    options.out.mkdir(parents=True, exist_ok=True)
    kiwi = _kept(cache, "kiwi", _of_kiwi)
    rows = Rows([(form, tag) for form, tag in (name.split("\t") for name in kiwi["names"])])
    table = np.concatenate([kiwi["vectors"] * vectors.SCALE, np.zeros((1, vectors.DIMENSIONS), np.float32)])
    texts = _texts(options, rows)
    start = _kept(cache, "pretrained", lambda: _pretrained(texts, table, settings["pretraining"], kiwi["vectors"]))
    course = Course(settings=settings, table=table, start=start, texts=texts, cache=cache)
    if options.cross_validate:
        _cross_validated(course)
    # The way is measured without fold 0; what ships goes the same way with all sentences from the first step.
    _whole_way(course, course.without(0), "-without", lambda weights, step: course.said(weights, 0, step))
    write(options.out, _whole_way(course, course.labelled, "", lambda weights, step: None), kiwi, texts.finer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What is learned from: sentences with names and their features, those without, of releases, and the annotated articles."""

    gold: Sequence[data.Sentence]
    gold_features: Sequence[data.Features]
    free: Sequence[data.Features]
    press: Sequence[data.Features]
    articles: Sequence[Example]
    finer: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What every training of one run shares: settings by step, the frozen vectors, where it starts from, what it learns from."""

    settings: Mapping[str, Settings]
    table: np.ndarray
    start: dict[str, np.ndarray]
    texts: Texts
    cache: Path | None

    @property
    def labelled(self) -> list[Example]:
        """The sentences with names, as the network takes them."""
        return [data.example(s, f, self.texts.finer) for s, f in zip(self.texts.gold, self.texts.gold_features)]

    def learn(self, step: str, examples: Sequence[Example], seed: int = 0, begin: dict | None = None) -> dict[str, np.ndarray]:
        """The weights that a step gives."""
        chosen = replace(self.settings[step], seed=self.settings[step].seed + seed)
        return train(examples, self.table, len(data.LABELS), len(self.texts.finer), chosen, start=begin or self.start)

    def without(self, fold: int) -> list[Example]:
        """The sentences with names that are not of a fold."""
        return [e for e, s in zip(self.labelled, self.texts.gold) if data.fold_of(s.identifier) != fold]

    def said(self, weights: dict[str, np.ndarray], fold: int, step: str) -> Counter:
        """How weights do on a fold, counted and told."""
        held = [i for i, s in enumerate(self.texts.gold) if data.fold_of(s.identifier) == fold]
        features = [self.texts.gold_features[i] for i in held]
        parts = [self.texts.gold[i] for i in held], [(c, f, self.table[r]) for c, f, r in features]
        counts = measure.measure(weights, *parts)
        shown = measure.measure_finer(weights, *parts, self.texts.finer, tuple(data.SHOWN))
        lines = [f"{where} {measure.row(counts, where)}" for where in (measure.ALL, "news", "film")]
        print(
            f"{step}, fold {fold}: {'; '.join(lines)}; {', '.join(data.SHOWN)}: {measure.row(shown, kinds=tuple(data.SHOWN))}",
            flush=True,
        )
        return counts


def _of_kiwi() -> dict[str, np.ndarray]:
    names, found = vectors.kiwi_vectors()
    return {"names": np.array([f"{form}\t{tag}" for form, tag in names]), "vectors": found}


def _texts(options: argparse.Namespace, rows: Rows) -> Texts:
    """What the options name, read; of a trial only a few sentences of each kind."""
    knowledge, most = load_knowledge(), QUICK if options.quick else None

    def features(sentences: Iterable[data.Sentence]) -> list[data.Features]:
        return [data.inputs(s, rows, knowledge) for s in islice(sentences, most)]

    gold = data.read_klue(options.klue / "ner-train.jsonl", most)
    records = options.records or [Path(*record) for record in RECORDS]
    noted = list(islice(annotated(records, options.corpus), most)) if options.corpus else []
    texts = Texts(
        gold=gold,
        gold_features=features(gold),
        free=features(data.read_unlabelled(options.klue / "raw-sentences.txt")),
        press=features(data.read_press(options.press)) if options.press else [],
        articles=examples_of(noted, rows, knowledge),
        finer=data.finer_labels(gold),
    )
    counts = [len(some) for some in (texts.gold, texts.free, texts.press, texts.articles)]
    print("{} sentences with names, {} without, {} of releases, {} annotated".format(*counts), flush=True)
    return texts


def _pretrained(texts: Texts, table: np.ndarray, chosen: Settings, targets: np.ndarray) -> dict[str, np.ndarray]:
    nothing = [Example(*f, np.zeros(len(f[2]), np.int32), None) for f in (*texts.gold_features, *texts.free)]
    start = initial(table.shape[1], len(data.LABELS), len(texts.finer), chosen)
    return pretrain(nothing, table, chosen, start=start, targets=targets)


def _cross_validated(course: Course) -> None:
    """Train without each fold in turn and tell what each training knows of it."""

    def weights(fold: int) -> dict[str, np.ndarray]:
        return _kept(course.cache, f"fold-{fold}", lambda: course.learn("training", course.without(fold)))

    counts = [course.said(weights(fold), fold, "training") for fold in range(data.FOLDS)]
    scores = [measure.rates(c, measure.ALL, measure.ALL)[2] for c in counts]
    print(f"{measure.row(sum(counts, Counter()))}; {np.mean(scores):.3f} ± {np.std(scores):.3f}", flush=True)


def _whole_way(
    course: Course, examples: Sequence[Example], name: str, told: Callable[[dict, str], object]
) -> dict[str, np.ndarray]:
    """Two teachers, a student that also learns from what they read in unlabelled text, a last training on sentences with names."""
    cache, texts = course.cache, course.texts
    teachers = [
        _kept(cache, f"teacher-{seed}{name}", lambda seed=seed: course.learn("training", examples, seed))
        for seed in range(TEACHERS)
    ]
    for teacher in teachers:
        told(teacher, "teacher")

    def student() -> dict[str, np.ndarray]:
        half = [*texts.free[::2], *texts.press]  # half of what is free: for the time it takes
        return course.learn("student", [*examples, *data.pseudo(half, course.table, teachers, PSEUDO)])

    taught = _kept(cache, f"student{name}", student)
    told(taught, "student")
    finished = _kept(cache, f"finished{name}", lambda: course.learn("finish", examples, begin=taught))
    told(finished, "finished")
    if not texts.articles:
        return finished
    further = _kept(cache, f"annotated{name}", lambda: course.learn("annotated", [*examples, *texts.articles], begin=finished))
    told(further, "with annotated articles")
    return further


def write(folder: Path, weights: dict[str, np.ndarray], kiwi: dict[str, np.ndarray], finer: Sequence[str]) -> None:
    """The model's files: vectors go through the layer over them first, which halves them."""
    projected, scales = vectors.quantized(kiwi["vectors"] * vectors.SCALE @ weights["static"])
    np.savez_compressed(folder / "vectors.npz", vectors=projected, scales=scales)
    (folder / "morphemes.tsv").write_text("\n".join(kiwi["names"].tolist()) + "\n", encoding="utf-8")
    halves = {name: w.astype(np.float16) for name, w in weights.items() if name != "static"}
    np.savez_compressed(folder / "weights.npz", allow_pickle=True, **halves)
    fields = {field: labels_of(field) for field in FIELDS}
    meta = {"format": 1, "labels": list(data.LABELS), "finer": list(finer), "shown": data.SHOWN, "fields": fields}
    (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
