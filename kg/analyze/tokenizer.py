"""Kiwi's morphemes as spaCy tokens: the tokenizer of every PressKG pipeline.

Morphemes that share characters (했 is 하+었, 지난 is 지나+ᆫ) become one token that keeps its morphs, so that tokens never
overlap and ``token.idx`` is always an offset into the text as it was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Self

from spacy.tokens import Doc, Token
from spacy.util import registry
from spacy.vocab import Vocab

from kg.analyze.morphs import Morph

_PARTICLE = "(?:은|는|이|가|을|를|의|에|에서|에게|와|과|도|만|로|으로|부터|까지|보다|처럼|이나|나|라고|이라고|측[은이과의]?)"
_ORDINAL = re.compile(r"(?<=\.)\s(\d{1,2})(?=[차회기부호]$)")  # what a row of numbers ends with: 3.4. 1차
_FIRST_WORD = 100  # Kiwi's lower ids stand for words that its dictionary lacks


@lru_cache(maxsize=1)
def kiwi():
    """The one Kiwi analyser of this process (1.4 s to load, 0.7 GB).

    One thread: its results do not depend on threads, and PressKG's own workers are processes.
    """
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=1)


class Stateless:
    """What spaCy asks of a part of a pipeline that has nothing to store: all that it knows is in a package of its own."""

    def to_disk(self, path, **kwargs) -> None:
        """Nothing is stored."""

    def from_disk(self, path, **kwargs) -> Self:
        return self

    def to_bytes(self, **kwargs) -> bytes:
        return b""

    def from_bytes(self, data: bytes, **kwargs) -> Self:
        return self


class KiwiTokenizer(Stateless):
    """spaCy tokenizer over Kiwi; adds ``token._.morphs`` and sentence starts.

    >>> from spacy.vocab import Vocab
    >>> doc = KiwiTokenizer(Vocab())("부처가 세미나를 열었다.")
    >>> [t.text for t in doc], doc[4]._.morphs
    (['부처', '가', '세미나', '를', '열', '었', '다', '.'], (Morph(form='열', tag='VV'),))
    """

    def __init__(self, vocab: Vocab, names: Iterable[str] = ()) -> None:
        """``names`` are words that stand whole wherever they are an eojeol, with a particle or without one."""
        self.vocab = vocab
        forms = sorted({re.escape(name) for name in names if not re.search(r"\s", name)}, key=lambda form: (-len(form), form))
        self._names = re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?={_PARTICLE}?(?!\w))") if forms else None
        if not Token.has_extension("morphs"):
            Token.set_extension("morphs", getter=_morphs)

    def __call__(self, text: str) -> Doc:
        whole = [(*match.span(), "NNP") for match in self._names.finditer(text)] if self._names else []
        return self._doc(text, kiwi().tokenize(text, **({"pretokenized": whole} if whole else {})) if text else ())

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Docs for texts, in order; Kiwi reads ahead."""
        import itertools

        kept, fed = itertools.tee(texts)
        for text, morphemes in zip(kept, kiwi().tokenize(fed)):
            yield self._doc(text, morphemes)

    def _doc(self, text: str, morphemes: Iterable) -> Doc:
        columns = _Columns(text)
        sent = -1
        for form, tag, start, length, sent_position, entry in _by_eojeol(text, morphemes):
            if tag == "NNG" and entry < _FIRST_WORD:
                tag = "NNP"  # no word of the dictionary: a name
            morph, end = Morph(form, tag), start + length
            if columns.words and (end <= columns.position or not length):  # shares its characters with the token before
                columns.share(morph)
            elif not length:
                continue  # a morpheme without characters at the very beginning
            elif start < columns.position:
                columns.overlap(morph, end)
            elif columns.ends_sentence(tag, start, length):
                columns.add(start, start + 1, Morph("다", "EF"))
                columns.add(start + 1, end, Morph(".", "SF"))
            else:
                columns.gap(start)
                columns.add(start, end, morph, starts=sent_position != sent)
                sent = sent_position
        columns.gap(len(text))
        return columns.doc(self.vocab)


class _Columns:
    """Tokens as they are made: words, the spaces behind them, tags, morphs and whether they begin a sentence, up to a position."""

    def __init__(self, text: str) -> None:
        self.text, self.position = text, 0
        self.words: list[str] = []
        self.spaces: list[bool] = []
        self.tags: list[str] = []
        self.morphs: list[tuple[Morph, ...]] = []
        self.starts: list[bool] = []

    def add(self, start: int, end: int, morph: Morph, *, starts: bool = False) -> None:
        """One token more."""
        self.words.append(self.text[start:end])
        self.spaces.append(False)
        self.tags.append(morph.tag)
        self.morphs.append((morph,))
        self.starts.append(starts)
        self.position = end

    def share(self, morph: Morph) -> None:
        """One morpheme more of the last token."""
        self.morphs[-1] += (morph,)
        self.tags[-1] += "+" + morph.tag

    def overlap(self, morph: Morph, end: int) -> None:
        """A morpheme that overlaps the last token in part: one token over both."""
        self.spaces[-1] = False
        self.words[-1] += self.text[self.position : end]
        self.share(morph)
        self.position = end

    def gap(self, upto: int) -> None:
        """Account for the characters between two morphemes: one space, or tokens of white space."""
        if upto > self.position and self.words and not self.spaces[-1] and self.text[self.position] == " ":
            self.spaces[-1] = True
            self.position += 1
        if upto > self.position:
            word = self.text[self.position : upto]
            self.add(self.position, upto, Morph(word, "SPACE" if word.isspace() else "UN"))

    def ends_sentence(self, tag: str, start: int, length: int) -> bool:
        """Whether what is taken for a list mark 다. is the end of a sentence: 됐다."""
        return (
            tag == "SB"
            and start == self.position
            and length == 2
            and self.text[start] == "다"
            and bool(self.tags)
            and self.tags[-1].rpartition("+")[2] in ("EP", "VV", "XSV", "VA", "XSA", "VX")
        )

    def doc(self, vocab: Vocab) -> Doc:
        """The tokens as spaCy has them; ``columns`` is what kg.analyze.tokens reads, without a Python object for every token."""
        sent_starts: list[bool | int | None] | None = [s or i == 0 for i, s in enumerate(self.starts)] if self.words else None
        doc = Doc(vocab, words=self.words, spaces=self.spaces, tags=self.tags, sent_starts=sent_starts)
        doc.user_data["morphs"] = self.morphs
        doc.user_data["columns"] = (self.words, self.tags, self.spaces, self.starts)
        return doc


def _by_eojeol(text: str, morphemes: Iterable) -> Iterator[tuple[str, str, int, int, int, int]]:
    """(form, tag, start, length, sentence, entry) of morphemes; a name of several eojeols in Kiwi's dictionary is cut at its spaces,
    a row of numbers (3.4. 1) before the ordinal that it swallowed (1차)."""
    for m in morphemes:
        start, length = m.start, m.len
        if m.tag == "W_SERIAL" and (ordinal := _ORDINAL.search(text, start, start + length + 1)) is not None:
            at, digits = ordinal.span(1)
            yield text[start : ordinal.start()], m.tag, start, ordinal.start() - start, m.sent_position, m.id
            yield ordinal[1], "SN", at, digits - at, m.sent_position, m.id
            continue
        if m.tag.startswith("NN") and " " in text[start : start + length]:
            for piece in re.finditer(r"\S+", text[start : start + length]):
                yield piece[0], m.tag, start + piece.start(), len(piece[0]), m.sent_position, m.id
        else:
            yield m.form, m.tag, start, length, m.sent_position, m.id


def _morphs(token: Token) -> tuple[Morph, ...]:
    return token.doc.user_data["morphs"][token.i]


@registry.tokenizers("presskg.Kiwi.v1")
def create_tokenizer():
    """The registered tokenizer: ``[nlp.tokenizer] @tokenizers = "presskg.Kiwi.v1"``."""

    def make(nlp) -> KiwiTokenizer:
        return KiwiTokenizer(nlp.vocab)

    return make
