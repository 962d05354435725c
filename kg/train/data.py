"""Sentences for training: KLUE's with names, unlabelled ones, their features and label numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias
from zlib import crc32

import numpy as np

from kg.analyze.ner_features import Rows
from kg.analyze.ner_network import Network
from kg.train.network import Example

KINDS = ("PS", "LC", "OG", "DT", "TI", "QT")
LABELS = ("O", *(mark + kind for kind in KINDS for mark in "BI"))
FOLDS = 5

# The finer kinds that the second field learns: KONNE's, the rare ones by family. What is shipped of them is SHOWN.
_OWN = {
    "CV_POSITION": "TITLE",
    "CV_OCCUPATION": "OCCUPATION",
    "CV_RELATION": "RELATION",
    "AF_BUILDING": "BUILDING",
    "LCP_COUNTRY": "COUNTRY",
    "LC_OTHERS": "LC-OTHER",
    "QT_ORDER": "ORDER",
    "QT_COUNT": "COUNT",
    "QT_MAN_COUNT": "PEOPLE",
    "QT_AGE": "AGE",
    "DT_DURATION": "DAYS",
    "TI_DURATION": "HOURS",
    "OGG_POLITICS": "OG-STATE",
    "OGG_ECONOMY": "OG-FIRM",
    "OGG_MEDIA": "OG-MEDIA",
    "OGG_SPORTS": "OG-SPORTS",
    "PS_CHARACTER": "CHARACTER",
    "AFA_VIDEO": "VIDEO",
}
_FAMILY = {
    "EV": "EVENT",
    "OGG": "OG",
    "LCP": "LC",
    "LCG": "LAND",
    "TMI": "TM",
    "TMM": "TM",
    "FD": "TM",
    "TR": "TM",
    "MT": "TM",
    "PT": "AM",
}
SHOWN = {"TITLE": "TITLE", "OCCUPATION": "OCCUPATION", "EVENT": "EVENT", "BUILDING": "BUILDING"}

LONGEST = 160  # tokens of a sentence
_PRESS_PARAGRAPHS, _PRESS_LONGEST = 7, 220


@dataclass(slots=True)
class Sentence:
    """A sentence cut by the Kiwi tokenizer; spans are (start, end, kind) in characters."""

    identifier: str
    text: str
    words: Sequence[str]
    tags: Sequence[str]
    starts: Sequence[int]
    morphs: Sequence
    spans: tuple[tuple[int, int, str], ...] = ()
    finer: tuple[tuple[int, int, str], ...] = ()


def fold_of(identifier: str) -> int:
    """The fifth of the data that a sentence belongs to: by its id, so that it stays there when others come or go."""
    return crc32(identifier.encode()) % FOLDS


def finer_kind(kind: str) -> str:
    """KONNE's kind as the second field knows it.

    >>> finer_kind("EV_FESTIVAL"), finer_kind("OGG_LAW"), finer_kind("CV_POSITION")
    ('EVENT', 'OG', 'TITLE')
    """
    family = kind.partition("_")[0]
    return _OWN.get(kind) or _FAMILY.get(family, family)


def read_klue(path: Path, most: int | None = None) -> list[Sentence]:
    """The sentences with names, or the first ``most`` of them."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:most]]
    return [
        _cut(
            row["id"],
            row["text"],
            tuple((s, e, k) for s, e, k in row["spans"]),
            tuple((s, e, finer_kind(k)) for s, e, k in row.get("fine") or ()),
        )
        for row in rows
    ]


def read_unlabelled(path: Path) -> Iterator[Sentence]:
    """KLUE's sentences without names."""
    return _cut_all("raw", dict.fromkeys(line.strip() for line in path.read_text(encoding="utf-8").splitlines()))


def read_press(path: Path) -> Iterator[Sentence]:
    """Sentences from titles and first paragraphs of press releases, every tenth."""
    texts: dict[str, None] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        release = json.loads(line)
        paragraphs = [p.strip() for p in re.split(r"\n+", release["text"]) if len(p.strip()) > 25]
        for paragraph in (release.get("title") or "", *paragraphs[:_PRESS_PARAGRAPHS]):
            texts.update(dict.fromkeys(s for s in re.split(r"(?<=[다요]\.)\s+", paragraph) if 8 < len(s) < _PRESS_LONGEST))
    return _cut_all("press", list(texts)[::10])


def _cut_all(source: str, texts: Iterable[str]) -> Iterator[Sentence]:
    for number, text in enumerate(texts):
        try:
            sentence = _cut(f"{source}-{number}", text)
        except ValueError:  # Kiwi finds a morpheme without characters: a piece of a word that a line break has cut
            continue
        if 3 < len(sentence.words) <= LONGEST:
            yield sentence


@lru_cache(maxsize=1)
def _tokenizer():
    from spacy.vocab import Vocab

    from kg.analyze.tokenizer import KiwiTokenizer

    return KiwiTokenizer(Vocab())


def _cut(identifier: str, text: str, spans: tuple = (), finer: tuple = ()) -> Sentence:
    doc = _tokenizer()(text)
    tokens = [t for t in doc if not t.is_space]
    return Sentence(
        identifier,
        text,
        [t.text for t in tokens],
        [t.tag_ for t in tokens],
        [t.idx for t in tokens],
        [t._.morphs for t in tokens],
        spans,
        finer,
    )


def numbers(sentence: Sentence, spans: Iterable[tuple[int, int, str]], labels: Sequence[str]) -> np.ndarray:
    """Label numbers by token. Spans whose edges fall inside a token are left out; of nested ones the inner stays."""
    first = {start: i for i, start in enumerate(sentence.starts)}
    last = {start + len(word): i for i, (start, word) in enumerate(zip(sentence.starts, sentence.words))}
    number = {label: i for i, label in enumerate(labels)}
    out = np.zeros(len(sentence.words), np.int32)
    for start, end, kind in sorted(spans, key=lambda s: s[0] - s[1]):
        if start in first and end in last:
            out[first[start]] = number["B" + kind]
            out[first[start] + 1 : last[end] + 1] = number["I" + kind]
    return out


def finer_labels(sentences: Iterable[Sentence]) -> tuple[str, ...]:
    """Labels of the second field."""
    kinds = sorted({kind for s in sentences for _, _, kind in s.finer})
    return ("O", *(mark + kind for kind in kinds for mark in "BI"))


Features: TypeAlias = tuple[np.ndarray, np.ndarray, np.ndarray]  # categories, flags and rows of vectors by token


def example(sentence: Sentence, features: Features, finer: Sequence[str]) -> Example:
    """A sentence with names for the network."""
    fine = numbers(sentence, sentence.finer, finer) if sentence.finer else None
    return Example(*features, numbers(sentence, sentence.spans, LABELS), fine)


def inputs(sentence: Sentence, rows: Rows, knowledge) -> Features:
    """Categories, flags and rows of vectors by token."""
    return rows.inputs(sentence.text, sentence.words, sentence.tags, sentence.starts, sentence.morphs, knowledge)


def pseudo(features: Sequence[Features], table: np.ndarray, teachers: Sequence[dict], weight: float) -> list[Example]:
    """Unlabelled sentences as several models read them together: mean probabilities decide, doubtful ones count less."""
    networks = [Network(teacher) for teacher in teachers]
    # Only that an inside follows its own kind is asked of the sequence.
    steps = np.log(np.array([[1e-9 if b[0] == "I" and a[1:] != b[1:] else 1.0 for b in LABELS] for a in (*LABELS, "O")]))
    judge = Network({"names_steps": steps})
    out = []
    for at in range(0, len(features), 500):
        part = features[at : at + 500]
        said = [network.scores([(c, f, table[r]) for c, f, r in part]) for network in networks]
        for position, (categories, flags, rows) in enumerate(part):
            names = np.mean([n.marginals(scores[position][0]) for n, scores in zip(networks, said)], axis=0)
            finer = np.mean([scores[position][1] for scores in said], axis=0)
            path = np.array(judge.best(np.log(names + 1e-6)), np.int32)
            sure = float(names[np.arange(len(path)), path].min())
            out.append(Example(categories, flags, rows, path, finer.argmax(axis=1).astype(np.int32), weight * sure))
    return out
