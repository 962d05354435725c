"""PressKG's readers as spaCy components: press_sentences, press_values, press_quotes, press_entities, press_ner.

They work in any pipeline. Over the Kiwi tokenizer spans end with morphemes; after another tokenizer the text is analysed on the
side and spans are aligned by characters, widened to whole tokens, so that ``인사혁신처는`` may keep its particle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, repeat
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg.analyze.tokenizer import KiwiTokenizer, Morph, Stateless

if TYPE_CHECKING:
    from kg.analyze.reading import Reading
    from kg.model import Mention, Value

VALUES, QUOTES, MENTIONS, NAMES = "press_values", "press_quotes", "press_mentions", "press_names"

# A Reading cannot be stored with its Doc (user_data must be plain values); it goes when the Doc goes.
_READINGS: WeakKeyDictionary[Doc, Reading] = WeakKeyDictionary()


def _is_ours(doc: Doc) -> bool:
    """Whether the Kiwi tokenizer made the Doc."""
    return len(doc) > 0 and len(doc.user_data.get("morphs", ())) == len(doc)


def reading_of(doc: Doc) -> Reading:
    """What a Doc says, read once for all components."""
    from kg.analyze.reading import read_doc
    from kg.knowledge.load import load_knowledge

    if doc not in _READINGS:
        if _is_ours(doc):
            morphs = doc.user_data["morphs"]
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


class Sentences(Stateless):
    """Sets ``token.is_sent_start``: sentences end with their line, or at final punctuation outside brackets and quotations."""

    def __call__(self, doc: Doc) -> Doc:
        tokens = reading_of(doc).tokens
        firsts = ((tokens.starts[s.start], tokens.ends[s.start], "") for s in tokens.sentences)
        starts = {span.start for span in _spans(doc, firsts)}
        for token in doc:
            token.is_sent_start = token.i == 0 or token.i in starts
        return doc


class Values(Stateless):
    """Sets ``doc.spans["press_values"]``: dates, years, counts and ordinals; ``span._.press_value`` is the value itself."""

    def __call__(self, doc: Doc) -> Doc:
        doc.spans[VALUES] = list(_spans(doc, ((v.start, v.end, v.kind) for v in reading_of(doc).values)))
        return doc


class Quotes(Stateless):
    """Sets ``doc.spans["press_quotes"]``: direct speech with its quotation marks."""

    def __call__(self, doc: Doc) -> Doc:
        reading = reading_of(doc)
        starts, ends = reading.tokens.starts, reading.tokens.ends
        doc.spans[QUOTES] = list(
            _spans(
                doc,
                (
                    (starts[phrase.first], ends[phrase.last], "quote")
                    for sentence in reading.sentences
                    for phrase in sentence.phrases
                    if phrase.kind == "QUOTE"
                ),
            )
        )
        return doc


class Entities(Stateless):
    """Sets ``doc.spans["press_mentions"]``, labelled with classes of the ontology, and ``doc.ents`` where they do not overlap.

    ``span._.press_mention`` is the mention itself, with title, canonical name and rule. Entities of components before stay.
    """

    def __call__(self, doc: Doc) -> Doc:
        spans = list(_spans(doc, ((m.start, m.end, m.kind) for m in reading_of(doc).mentions)))
        doc.spans[MENTIONS] = spans
        taken = {i for ent in doc.ents for i in range(ent.start, ent.end)}
        doc.ents = (*doc.ents, *filter_spans(s for s in spans if taken.isdisjoint(range(s.start, s.end))))
        return doc


class Names(Stateless):
    """Sets ``doc.spans["press_names"]``: what the statistical model takes for names, and ``doc.ents`` where nothing stands yet.

    Labels are those of ``kg.analyze.ner.Name``. Without the model's folder nothing is set, with a notice.
    """

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe((doc,)))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Docs with their names; the sentences of several are read together, which is twice as fast for single sentences."""
        from kg.analyze.ner import load_ner

        finder, stream = load_ner(), iter(stream)
        while docs := list(islice(stream, batch_size)):
            sources = [doc if _is_ours(doc) else KiwiTokenizer(doc.vocab)(doc.text) for doc in docs]
            for doc, names in zip(docs, finder.pipe(sources) if finder else repeat(())):
                spans = list(_spans(doc, ((name.start, name.end, name.label) for name in names)))
                doc.spans[NAMES] = spans
                taken = {i for ent in doc.ents for i in range(ent.start, ent.end)}
                doc.ents = (*doc.ents, *filter_spans(s for s in spans if taken.isdisjoint(range(s.start, s.end))))
                yield doc


Found = TypeVar("Found", "Value", "Mention")


def _under(span: Span, found: Iterable[Found]) -> Found | None:
    """The longest of those of the span's kind that lie in it; a span may have been widened to whole tokens."""
    inside = [f for f in found if f.kind == span.label_ and span.start_char <= f.start and f.end <= span.end_char]
    return max(inside, key=lambda f: (f.end - f.start, -f.start), default=None)


def _value(span: Span) -> Value | None:
    return _under(span, reading_of(span.doc).values)


def _mention(span: Span) -> Mention | None:
    return _under(span, reading_of(span.doc).mentions)


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


@Language.factory("press_ner", assigns=["doc.spans", "doc.ents", "token.ent_iob", "token.ent_type"])
def create_names(nlp: Language, name: str) -> Names:
    """``nlp.add_pipe("press_ner")``."""
    return Names()
