"""PressKG's analysis as a spaCy ``Language``: the Kiwi tokenizer and the four components."""

from __future__ import annotations

from spacy.language import Language

# Importing them registers their names, also where the package is not installed and has no entry points.
from kg.analyze import components, tokenizer  # noqa: F401

PIPES = ("press_sentences", "press_values", "press_quotes", "press_entities")


def create() -> Language:
    """A new pipeline; ``create().to_disk(folder)`` can be loaded by ``spacy.load(folder)``.

    >>> create().pipe_names
    ['press_sentences', 'press_values', 'press_quotes', 'press_entities']
    """
    import spacy

    nlp = spacy.blank("ko", config={"nlp": {"tokenizer": {"@tokenizers": "presskg.Kiwi.v1"}}})
    for name in PIPES:
        nlp.add_pipe(name)
    return nlp
