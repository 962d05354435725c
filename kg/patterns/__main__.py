"""``python -m kg.patterns FILE.toml``: whether patterns say what their examples claim, without touching ``data/``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.errors import PressKGError
from kg.knowledge.load import Knowledge, load_knowledge
from kg.knowledge.patterns import Pattern, Patterns, load_patterns
from kg.knowledge.patterns.lexicon import Lexicon
from kg.knowledge.resources import resource


def read(path: Path) -> Patterns:
    """The patterns of a file, or of all files of a folder, checked against the shipped lexicon and ontology."""
    return load_patterns(path, Lexicon(resource("data", "lexicon"), load_knowledge().verbs))


def proposals(text: str, pattern: Pattern, knowledge: Knowledge) -> list[str]:
    """What one pattern alone proposes for a text, as ``subject | property | object``."""
    from spacy.vocab import Vocab

    from kg.analyze.reading import read_doc
    from kg.analyze.tokenizer import KiwiTokenizer
    from kg.model import Candidate
    from kg.patterns import match_patterns
    from kg.patterns.clause import all_clauses

    alone = replace(knowledge, patterns=Patterns((pattern,)))
    reading = read_doc(KiwiTokenizer(Vocab())(text), alone)
    found = match_patterns(reading, all_clauses(reading, alone), alone)
    return [" | ".join((_shown(c.subject), c.relation, _shown(c.object))) for c in found if isinstance(c, Candidate)]


def _shown(thing: object) -> str:
    name = getattr(thing, "name", None)
    if name == "":
        return "(what the text is about)"
    shown = (name, getattr(thing, "text", None), getattr(thing, "date", None), getattr(thing, "number", None))
    return str(next((value for value in shown if value is not None), thing))


def told(pattern: Pattern, knowledge: Knowledge) -> Iterator[tuple[bool, str]]:
    """For each sentence of a pattern whether it is as it should be, and what the pattern makes of it."""
    for texts, wanted, kind in ((pattern.examples, True, "example"), (pattern.near_misses, False, "near miss")):
        for text in texts:
            found = proposals(text, pattern, knowledge)
            yield bool(found) == wanted, f"{pattern.id}: {kind}: {text} → {'; '.join(found) or 'nothing'}"


def main() -> None:
    """Print what each sentence gives; exit 1 where one is not as it should be."""
    parser = argparse.ArgumentParser(prog="python -m kg.patterns", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("path", type=Path, help="a file of patterns, or a folder of them")
    path = parser.parse_args().path
    try:
        lines = [line for pattern in read(path) for line in told(pattern, load_knowledge())]
    except PressKGError as error:
        raise SystemExit(f"kg.patterns: {error}") from error
    for good, line in lines:
        print(f"{'ok  ' if good else 'BAD '} {line}")
    if not lines:
        raise SystemExit(f"kg.patterns: {path}: holds no pattern")
    if not all(good for good, _ in lines):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
