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
        words: list[str] = []
        spaces: list[bool] = []
        tags: list[str] = []
        morphs: list[tuple[Morph, ...]] = []
        starts: list[bool] = []
        position, sent = 0, -1

        def gap(upto: int) -> None:
            """Account for the characters between two morphemes: one space, or tokens of white space."""
            nonlocal position
            if upto > position and words and not spaces[-1] and text[position] == " ":
                spaces[-1] = True
                position += 1
            if upto > position:
                words.append(text[position:upto])
                spaces.append(False)
                tags.append("SPACE" if words[-1].isspace() else "UN")
                morphs.append((Morph(words[-1], tags[-1]),))
                starts.append(False)
                position = upto

        for form, tag, start, length, sent_position, entry in _by_eojeol(text, morphemes):
            if tag == "NNG" and entry < _FIRST_WORD:
                tag = "NNP"  # no word of the dictionary: a name
            end = start + length
            if words and (end <= position or not length):  # shares its characters with the token before
                morphs[-1] += (Morph(form, tag),)
                tags[-1] += "+" + tag
                continue
            if not length:
                continue  # a morpheme without characters at the very beginning
            if start < position:  # overlaps in part: one token over both
                if spaces[-1]:
                    spaces[-1] = False
                words[-1] += text[position:end]
                morphs[-1] += (Morph(form, tag),)
                tags[-1] += "+" + tag
                position = end
                continue
            if (
                tag == "SB"
                and start == position
                and length == 2
                and text[start] == "다"
                and tags
                and tags[-1].rpartition("+")[2] in ("EP", "VV", "XSV", "VA", "XSA", "VX")
            ):
                # a sentence that ends 됐다. is taken for a list mark 다.
                for piece, _at, kind in (("다", start, "EF"), (".", start + 1, "SF")):
                    words.append(piece)
                    spaces.append(False)
                    tags.append(kind)
                    morphs.append((Morph(piece, kind),))
                    starts.append(False)
                position = end
                continue
            gap(start)
            words.append(text[start:end])
            spaces.append(False)
            tags.append(tag)
            morphs.append((Morph(form, tag),))
            starts.append(sent_position != sent)
            sent, position = sent_position, end
        gap(len(text))
        doc = Doc(
            self.vocab,
            words=words,
            spaces=spaces,
            tags=tags,
            sent_starts=[s or i == 0 for i, s in enumerate(starts)] if words else None,
        )
        doc.user_data["morphs"] = morphs
        doc.user_data["columns"] = (
            words,
            tags,
            spaces,
            starts,
        )  # what kg.analyze.tokens reads, without a Python object for every token
        return doc


def _by_eojeol(text: str, morphemes: Iterable) -> Iterator[tuple[str, str, int, int, int, int]]:
    """(form, tag, start, length, sentence, entry) of morphemes; a name of several eojeols in Kiwi's dictionary is cut at its spaces."""
    for m in morphemes:
        start, length = m.start, m.len
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
