"""Names by a statistical model: what gazetteer and suffixes miss. It votes; it decides nothing alone.

The model lies in ``data/models/press_ner`` (its README says what it was trained on, its licence and its numbers). Without
that folder everything else works, and a notice says so once.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.analyze.tokens import text_of
from kg.errors import KnowledgeError
from kg.knowledge.resources import resource

if TYPE_CHECKING:
    import numpy as np
    from spacy.tokens import Doc

FOLDER = ("data", "models", "press_ner")
_LONGEST = 150  # tokens that are read at once; a longer sentence is cut
_TOGETHER = 64  # sentences of several Docs that are read at a time


# What the model has seen of a Doc: scores by field, by where a sentence begins and how many tokens it has.
Read = dict[tuple[int, int], "Mapping[str, np.ndarray]"]


class Name(NamedTuple):
    """A stretch of characters that names something: PS person, LC place, OG organization, DT date, TI time, QT quantity;
    TITLE (원장), OCCUPATION (교수), EVENT and BUILDING may overlap them. ``score`` is the model's probability, 0 to 1."""

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

        from kg.analyze.ner_features import Rows
        from kg.analyze.ner_network import Network
        from kg.knowledge.load import load_knowledge

        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        if meta.get("format") != 1:
            raise KnowledgeError(folder / "meta.json", "format", meta.get("format"), allowed=(1,))
        self.labels: tuple[str, ...] = tuple(meta["labels"])
        self.finer: tuple[str, ...] = tuple(meta["finer"])
        self._shown: dict[str, str] = meta["shown"]
        self.fields: dict[str, tuple[str, ...]] = {field: tuple(labels) for field, labels in meta.get("fields", {}).items()}
        self._all = ("names", "fine", *self.fields)
        with np.load(folder / "vectors.npz") as stored:
            self._vectors, self._scales = stored["vectors"], stored["scales"]
        lines = (folder / "morphemes.tsv").read_text(encoding="utf-8").split("\n")
        self._rows = Rows([(form, tag) for form, tag in (line.split("\t") for line in lines if line)])
        with np.load(folder / "weights.npz") as stored:
            self._network = Network({name: stored[name] for name in stored.files})
        self._knowledge = load_knowledge()

    def __call__(self, doc: Doc) -> tuple[Name, ...]:
        """Names of a Doc made by the Kiwi tokenizer, in order."""
        return self.names(_sentences(text_of(doc), *_columns(doc)))

    def pipe(self, docs: Iterable[Doc], *, size: int = _TOGETHER) -> Iterator[tuple[Name, ...]]:
        """Names of each of many Docs: ``size`` sentences are read at a time, whatever Doc they belong to."""
        waiting: list[list[tuple]] = []
        for doc in docs:
            waiting.append(list(_sentences(text_of(doc), *_columns(doc))))
            if sum(map(len, waiting)) >= size:
                yield from self._of_each(waiting)
                waiting = []
        yield from self._of_each(waiting)

    def _of_each(self, docs: Sequence[Sequence[tuple]]) -> Iterator[tuple[Name, ...]]:
        found = iter(self._by_sentence([sentence for sentences in docs for sentence in sentences]))
        for sentences in docs:
            yield tuple(sorted(name for _ in sentences for name in next(found)))

    def names(self, sentences: Iterable[tuple], read: Read | None = None) -> tuple[Name, ...]:
        """Names in sentences as ``_sentences`` gives them, in order; what ``read`` holds of them is not read again."""
        return tuple(sorted(name for names in self._by_sentence(list(sentences), read) for name in names))

    def _by_sentence(self, sentences: Sequence[tuple], read: Read | None = None) -> list[list[Name]]:
        scores = self._read(sentences, {} if read is None else read, ("names", "fine") if read is None else self._all)
        return [list(self._decoded(sentence, row["names"], row["fine"])) for sentence, row in zip(sentences, scores)]

    def _read(self, sentences: Sequence[tuple], read: Read, fields: Sequence[str]) -> list[Mapping[str, np.ndarray]]:
        """The scores of each sentence by field; the network sees those alone that ``read`` does not hold yet, and is asked for all fields then."""
        keys = [(offset, len(words)) for _, words, *_, offset in sentences]
        new = [(key, sentence) for key, sentence in zip(keys, sentences) if key not in read]
        said = self._network.scores([self.inputs(*sentence[:-1]) for _, sentence in new], fields)
        read.update((key, dict(zip(fields, row))) for (key, _), row in zip(new, said))
        return [read[key] for key in keys]

    def _decoded(self, sentence: tuple, names: np.ndarray, finer: np.ndarray) -> Iterator[Name]:
        _, words, _, starts, _, offset = sentence
        ends = [start + len(word) for start, word in zip(starts, words)]
        stretches = list(spans(self._network.best(names), self.labels))
        chances = self._network.marginals(names) if stretches else names
        for first, last, kind in stretches:
            score = min(chances[i, self.labels.index(("B" if i == first else "I") + kind)] for i in range(first, last))
            yield Name(offset + starts[first], offset + ends[last - 1], kind, round(float(score), 4))
        odds = _softmax(finer)
        for first, last, kind in spans(odds.argmax(axis=1).tolist(), self.finer):
            if kind in self._shown:
                score = odds[first:last].max(axis=1).min()
                yield Name(offset + starts[first], offset + ends[last - 1], self._shown[kind], round(float(score), 4))

    def in_fields(self, sentences: Iterable[tuple], fields: Sequence[str], read: Read | None = None) -> tuple[Name, ...]:
        """Names by the fields that annotated articles have taught, in sentences as ``sentences_of`` gives them, in order; see ``names`` of ``read``."""
        sentences = list(sentences)
        scores = self._read(sentences, {} if read is None else read, fields if read is None else self._all)
        found = []
        for field in fields:
            labels = self.fields[field]
            emits = [row[field] for row in scores]
            for sentence, emit, path in zip(sentences, emits, self._network.best_of_all(emits, field)):
                if stretches := list(spans(path, labels)):
                    _, words, _, starts, _, offset = sentence
                    chances = self._network.marginals(emit, field)
                    for first, last, kind in stretches:
                        score = min(chances[i, labels.index(("B" if i == first else "I") + kind)] for i in range(first, last))
                        end = starts[last - 1] + len(words[last - 1])
                        found.append(Name(offset + starts[first], offset + end, kind, round(float(score), 4)))
        return tuple(sorted(found))

    def inputs(self, text: str, words: Sequence[str], tags: Sequence[str], starts: Sequence[int], morphs: Sequence) -> tuple:
        """Categories, flags and vectors of a sentence's tokens."""
        categories, flags, rows = self._rows.inputs(text, words, tags, starts, morphs, self._knowledge)
        return categories, flags, self._vectors[rows] * self._scales[rows][:, None]


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


def _softmax(scores: np.ndarray) -> np.ndarray:
    import numpy as np

    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def _columns(doc: Doc) -> tuple[Sequence, ...]:
    """Words, tags, where they start, morphs, and whether a sentence begins, by token."""
    morphs = doc.user_data["morphs"]
    if "columns" not in doc.user_data:  # a Doc that was stored without them
        return ([t.text for t in doc], [t.tag_ for t in doc], [t.idx for t in doc], morphs, [bool(t.is_sent_start) for t in doc])
    words, tags, spaces, firsts = doc.user_data["columns"]
    starts = accumulate((len(word) + space for word, space in zip(words, spaces)), initial=0)
    return words, tags, list(starts)[: len(words)], morphs, firsts


def _sentences(text: str, *by_token: Sequence) -> Iterator[tuple]:
    """(text, words, tags, starts in it, morphs, offset) by sentence, white space left out."""
    columns: list[tuple[str, str, int, tuple]] = []

    def sentence() -> tuple:
        words, tags, starts, of_tokens = zip(*columns)
        offset = starts[0]
        return text[offset : starts[-1] + len(words[-1])], words, tags, [s - offset for s in starts], of_tokens, offset

    for word, tag, start, of_token, first in zip(*by_token):
        if columns and (first or tag == "SPACE" and "\n" in word or len(columns) >= _LONGEST):
            yield sentence()
            columns.clear()
        if tag != "SPACE":
            columns.append((word, tag, start, of_token))
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


def name_spans(doc: Doc) -> tuple[Name, ...]:
    """Names of a Doc made by the Kiwi tokenizer; none where the model is not there."""
    finder = load_ner()
    return finder(doc) if finder else ()


def names_in(doc: Doc, ranges: Iterable[tuple[int, int]], read: Read | None = None) -> tuple[Name, ...]:
    """Names in some ranges of tokens of a Doc made by the Kiwi tokenizer, each read as a sentence.

    ``read`` keeps what the model has seen of the Doc, so that a sentence that is asked for twice is read once.
    """
    finder = load_ner()
    return finder.names(sentences_of(doc, ranges), read) if finder else ()


def names_in_fields(
    doc: Doc, ranges: Iterable[tuple[int, int]], fields: Sequence[str], read: Read | None = None
) -> tuple[Name, ...]:
    """Names by the fields that annotated articles have taught; none where the model is not there or has not learned them."""
    finder = load_ner()
    return finder.in_fields(sentences_of(doc, ranges), fields, read) if finder and finder.fields else ()


def sentences_of(doc: Doc, ranges: Iterable[tuple[int, int]]) -> Iterator[tuple]:
    """(text, words, tags, starts in it, morphs, offset) by range of tokens, in parts where it is long."""
    columns, text = _columns(doc), text_of(doc)
    for low, high in ranges:
        yield from _sentences(text, *(column[low:high] for column in columns[:4]), [False] * (high - low))
