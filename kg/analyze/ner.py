"""Names by a statistical model: what gazetteer and suffixes miss. It votes; it decides nothing alone.

The model lies in ``data/models/press_ner`` (its README says what it was trained on, its licence and its numbers). Without
that folder everything else works, and a notice says so once.
"""
from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import KnowledgeError
from kg.resources import resource

if TYPE_CHECKING:
    from spacy.tokens import Doc

FOLDER = ("data", "models", "press_ner")
_LONGEST = 150  # tokens that are read at once; a longer sentence is cut between words
# Kiwi keeps these under one form.
_ALLOMORPHS = {"를": "을", "는": "은", "가": "이", "와": "과", "로": "으로", "습니다": "ᆸ니다", "으며": "며", "으면": "면", "으나": "나"}


class Name(NamedTuple):
    """A stretch of characters that names something: PS person, LC place, OG organization, DT date, TI time, QT quantity;
    TITLE, EVENT and BUILDING may overlap the others. ``score`` is the model's probability, 0 to 1."""

    start: int
    end: int
    label: str
    score: float


class NameFinder:
    """The loaded model: Docs of the Kiwi tokenizer in, names out.

    >>> finder = load_ner()
    >>> from spacy.vocab import Vocab
    >>> from kg.analyze.tokenizer import KiwiTokenizer
    >>> [(name.label, "한가온 원장은 부산을 찾았다."[name.start:name.end]) for name in finder(KiwiTokenizer(Vocab())("한가온 원장은 부산을 찾았다."))]
    [('PS', '한가온'), ('TITLE', '원장'), ('LC', '부산')]
    """

    def __init__(self, folder: Path) -> None:
        import numpy as np

        from kg.analyze.ner_network import Network
        from kg.knowledge import load_knowledge

        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        if meta.get("format") != 1:
            raise KnowledgeError(folder / "meta.json", "format", meta.get("format"), allowed=(1,))
        self.labels: tuple[str, ...] = tuple(meta["labels"])
        self.finer: tuple[str, ...] = tuple(meta["finer"])
        self._shown: dict[str, str] = meta["shown"]
        with np.load(folder / "vectors.npz") as stored:
            self._vectors, self._scales = stored["vectors"], stored["scales"]
        lines = (folder / "morphemes.tsv").read_text(encoding="utf-8").split("\n")
        self._rows = {tuple(line.split("\t")): row for row, line in enumerate(lines) if line}
        # The first rows stand for tags: what an unknown morpheme of that tag is like.
        self._generic = next(row for (form, _), row in self._rows.items() if form)
        with np.load(folder / "weights.npz") as stored:
            self._network = Network({name: stored[name] for name in stored.files})
        self._knowledge = load_knowledge()
        self._known: dict[tuple[str, str], int] = {}

    def row(self, form: str, tag: str) -> int:
        """The row of a morpheme's vector; that of its tag where the morpheme is not known."""
        found = self._known.get((form, tag))
        if found is None:
            rows, plain = self._rows, tag.partition("-")[0]
            other = {"NNP": "NNG", "NNG": "NNP"}.get(tag, tag)
            tries = ((form, tag), (_ALLOMORPHS.get(form, form), tag), (form, plain + "-R"), (form, plain + "-I"), (form, plain), (form, other), ("", plain))
            found = next((rows[key] for key in tries if key in rows), rows[("", "UN")])
            if len(self._known) < 200_000:
                self._known[form, tag] = found
        return found

    def __call__(self, doc: "Doc") -> tuple[Name, ...]:
        """Names of a Doc made by the Kiwi tokenizer, in order."""
        sentences = list(_sentences(doc))
        if not sentences:
            return ()
        inputs = [self.inputs(text, words, tags, starts, morphs) for text, words, tags, starts, morphs, _ in sentences]
        found: list[Name] = []
        for (_, words, _, starts, _, offset), (names, finer) in zip(sentences, self._network.scores(inputs)):
            ends = [start + len(word) for start, word in zip(starts, words)]
            chances = self._network.marginals(names)
            for first, last, kind in spans(self._network.best(names), self.labels):
                score = min(chances[i, self.labels.index(("B" if i == first else "I") + kind)] for i in range(first, last))
                found.append(Name(offset + starts[first], offset + ends[last - 1], kind, round(float(score), 4)))
            odds = _softmax(finer)
            for first, last, kind in spans(odds.argmax(axis=1), self.finer):
                if kind in self._shown:
                    found.append(Name(offset + starts[first], offset + ends[last - 1], self._shown[kind], round(float(odds[first:last].max(axis=1).min()), 4)))
        return tuple(sorted(found))

    def inputs(self, text: str, words: Sequence[str], tags: Sequence[str], starts: Sequence[int], morphs: Sequence) -> tuple:
        """Categories, flags and vectors of a sentence's tokens."""
        import numpy as np

        from kg.analyze.ner_features import UNKNOWN, features

        categories, flags = features(text, words, tags, starts, self._knowledge)
        rows = np.array([self.row(*of_token[0]) for of_token in morphs])
        flags = np.array(flags, np.float32)
        flags[:, UNKNOWN] = rows < self._generic
        return np.array(categories), flags, self._vectors[rows] * self._scales[rows][:, None]


def spans(path: Sequence[int], labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(first, end, kind) of the stretches in a sequence of label numbers.

    >>> list(spans([1, 2, 0, 2], ("O", "BPS", "IPS")))
    [(0, 2, 'PS'), (3, 4, 'PS')]
    """
    first, kind = 0, ""
    for i, number in enumerate((*path, 0)):
        mark, now = labels[number][0], labels[number][1:]
        if kind and (mark != "I" or now != kind):
            yield first, i, kind
            kind = ""
        if mark == "B" or mark == "I" and not kind:
            first, kind = i, now


def _softmax(scores):
    import numpy as np

    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def _sentences(doc: "Doc") -> Iterator[tuple]:
    """(text, words, tags, starts in it, morphs, offset) by sentence, white space left out."""
    morphs = doc.user_data["morphs"]
    columns: list[tuple[str, str, int, tuple]] = []

    def sentence() -> tuple:
        words, tags, starts, of_tokens = zip(*columns)
        offset = starts[0]
        return doc.text[offset:starts[-1] + len(words[-1])], words, tags, [s - offset for s in starts], of_tokens, offset

    for token, of_token in zip(doc, morphs):
        tag, word = token.tag_, token.text
        if columns and (token.is_sent_start or tag == "SPACE" and "\n" in word or len(columns) >= _LONGEST and word and not doc[token.i - 1].whitespace_ == ""):
            yield sentence()
            columns.clear()
        if tag != "SPACE":
            columns.append((word, tag, token.idx, of_token))
    if columns:
        yield sentence()


@lru_cache(maxsize=1)
def load_ner(folder: Path | None = None) -> NameFinder | None:
    """The model, loaded once; None, with a notice, where it is not there."""
    folder = folder or resource(*FOLDER)
    if not (folder / "meta.json").is_file():
        warnings.warn(f"{folder}: there is no model of names; names are found by gazetteer and grammar alone", stacklevel=2)
        return None
    return NameFinder(folder)


def name_spans(doc: "Doc") -> tuple[Name, ...]:
    """Names of a Doc made by the Kiwi tokenizer; none where the model is not there."""
    finder = load_ner()
    return finder(doc) if finder else ()
