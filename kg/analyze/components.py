"""PressKG's readers as spaCy components: ``press_sentences``, ``press_values``, ``press_quotes`` and ``press_entities``.

They work in any pipeline. Over the Kiwi tokenizer spans end with morphemes; after another tokenizer the text is analysed on the
side and spans are aligned by characters, widened to whole tokens, so that ``인사혁신처는`` may keep its particle.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

if TYPE_CHECKING:
    from kg.analyze.reading import Reading
    from kg.model import Mention, Value

VALUES, QUOTES, MENTIONS = "press_values", "press_quotes", "press_mentions"

# A Reading cannot be stored with its Doc (user_data must be plain values); it goes when the Doc goes.
_READINGS: "WeakKeyDictionary[Doc, Reading]" = WeakKeyDictionary()


def reading_of(doc: Doc) -> "Reading":
    """What a Doc says, read once for all components."""
    from kg.analyze.reading import read_doc
    from kg.analyze.tokenizer import KiwiTokenizer, Morph
    from kg.knowledge import load_knowledge

    if doc not in _READINGS:
        morphs = doc.user_data.get("morphs", ())
        if morphs and len(morphs) == len(doc):
            if not isinstance(morphs[0][0], Morph):  # a Doc that was stored comes back with plain lists
                doc.user_data["morphs"] = [tuple(Morph(*morph) for morph in of_token) for of_token in morphs]
            source = doc
        else:
            source = KiwiTokenizer(doc.vocab)(doc.text)
        _READINGS[doc] = read_doc(source, load_knowledge())
    return _READINGS[doc]


def _spans(doc: Doc, found: Iterable[tuple[int, int, str]]) -> Iterator[Span]:
    """Spans over characters, widened to whole tokens."""
    for start, end, label in found:
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is not None:
            yield span


class _Component:
    """A step over a Doc without settings and without anything to store."""

    def to_disk(self, path, **kwargs) -> None:
        """Nothing is stored: what PressKG knows is in its own package."""

    def from_disk(self, path, **kwargs) -> "_Component":
        return self

    def to_bytes(self, **kwargs) -> bytes:
        return b""

    def from_bytes(self, data: bytes, **kwargs) -> "_Component":
        return self


class Sentences(_Component):
    """Sets ``token.is_sent_start``: sentences end with their line, or at final punctuation outside brackets and quotations."""

    def __call__(self, doc: Doc) -> Doc:
        tokens = reading_of(doc).tokens
        starts = {span.start for span in _spans(doc, ((tokens.starts[s.start], tokens.ends[s.start], "") for s in tokens.sentences))}
        for token in doc:
            token.is_sent_start = token.i == 0 or token.i in starts
        return doc


class Values(_Component):
    """Sets ``doc.spans["press_values"]``: dates, years, counts and ordinals; ``span._.press_value`` is the value itself."""

    def __call__(self, doc: Doc) -> Doc:
        doc.spans[VALUES] = list(_spans(doc, ((v.start, v.end, v.kind) for v in reading_of(doc).values)))
        return doc


class Quotes(_Component):
    """Sets ``doc.spans["press_quotes"]``: direct speech with its quotation marks."""

    def __call__(self, doc: Doc) -> Doc:
        reading = reading_of(doc)
        starts, ends = reading.tokens.starts, reading.tokens.ends
        doc.spans[QUOTES] = list(_spans(doc, (
            (starts[phrase.first], ends[phrase.last], "quote")
            for sentence in reading.sentences for phrase in sentence.phrases if phrase.kind == "QUOTE")))
        return doc


class Entities(_Component):
    """Sets ``doc.spans["press_mentions"]``, labelled with classes of the ontology, and ``doc.ents`` where they do not overlap.

    ``span._.press_mention`` is the mention itself, with title, canonical name and rule. Entities of components before stay.
    """

    def __call__(self, doc: Doc) -> Doc:
        spans = list(_spans(doc, ((m.start, m.end, m.kind) for m in reading_of(doc).mentions)))
        doc.spans[MENTIONS] = spans
        taken = {i for ent in doc.ents for i in range(ent.start, ent.end)}
        doc.ents = (*doc.ents, *filter_spans(s for s in spans if taken.isdisjoint(range(s.start, s.end))))
        return doc


def _value(span: Span) -> "Value | None":
    return next((v for v in reading_of(span.doc).values if (v.start, v.end, v.kind) == (span.start_char, span.end_char, span.label_)), None) \
        or next((v for v in reading_of(span.doc).values if v.kind == span.label_ and span.start_char <= v.start and v.end <= span.end_char), None)


def _mention(span: Span) -> "Mention | None":
    found = [m for m in reading_of(span.doc).mentions if m.kind == span.label_ and span.start_char <= m.start and m.end <= span.end_char]
    return max(found, key=lambda m: (m.end - m.start, -m.start), default=None)


for _name, _getter in (("press_value", _value), ("press_mention", _mention)):
    if not Span.has_extension(_name):
        Span.set_extension(_name, getter=_getter)


@Language.factory("press_sentences", assigns=["token.is_sent_start", "doc.sents"])
def create_sentences(nlp: Language, name: str) -> Sentences:
    """``nlp.add_pipe("press_sentences")``."""
    return Sentences()


@Language.factory("press_values", assigns=["doc.spans", "span._.press_value"])
def create_values(nlp: Language, name: str) -> Values:
    """``nlp.add_pipe("press_values")``."""
    return Values()


@Language.factory("press_quotes", assigns=["doc.spans"])
def create_quotes(nlp: Language, name: str) -> Quotes:
    """``nlp.add_pipe("press_quotes")``."""
    return Quotes()


@Language.factory("press_entities", assigns=["doc.spans", "doc.ents", "token.ent_iob", "token.ent_type", "span._.press_mention"])
def create_entities(nlp: Language, name: str) -> Entities:
    """``nlp.add_pipe("press_entities")``."""
    return Entities()
