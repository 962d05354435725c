"""Sentences of annotated articles for training: names that the annotation has, names that it may have left out, and the rest.

An annotation is complete in the things that take part in a fact and not in others. So a token has a set of labels that it may have:
one where the annotation says what it is, the label of a name or none where only the rules see a name, none elsewhere.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from kg.measure.standoff import complaints, read_articles, read_lines
from kg.model import Mention, View
from kg.train.data import Sentence, inputs
from kg.train.network import FIELDS, Example, labels_of

if TYPE_CHECKING:
    from kg.analyze.ner_features import Rows
    from kg.knowledge.load import Knowledge

_KIND = {
    "Person": "PS",
    "Organization": "OG",
    "Place": "LC",
    "Country": "CO",
    "jobTitle": "TT",
    "Event": "EV",
    "Presentation": "TK",
    "Case": "TK",
}


@dataclass(frozen=True, slots=True)
class Annotated:
    """A sentence of an article and, by field, which labels each of its tokens may have (tokens × labels, true or false)."""

    article: str
    sentence: Sentence
    allowed: Mapping[str, np.ndarray]


def annotated(records: Sequence[Path], corpora: Sequence[Path]) -> Iterator[Annotated]:
    """The sentences of annotated articles, in the order of the articles' identifiers."""
    from spacy.vocab import Vocab

    from kg.analyze.reading import read_doc
    from kg.analyze.tokenizer import KiwiTokenizer
    from kg.knowledge.load import load_knowledge
    from kg.read.files import read
    from kg.read.view import make_view

    noted = {record["id"]: record for record in read_lines(records)}
    texts = read_articles(corpora, noted)
    bad = [f"{i}: {why}" for i, record in noted.items() for why in complaints(record, texts.get(i))]
    if bad:
        raise SystemExit("\n".join(bad))
    knowledge, tokenizer = load_knowledge(), KiwiTokenizer(Vocab())
    knowledge = replace(knowledge, votes=replace(knowledge.votes, ask=False))  # an earlier model has no say
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(json.dumps(texts[i], ensure_ascii=False) + "\n" for i in sorted(noted)), encoding="utf-8")
        for article in sorted(read([path], on_error=_stop), key=lambda a: a.identifier):
            view = make_view(article)
            doc = tokenizer(view.text)
            reading = read_doc(doc, knowledge, [(p.start, p.end, p.role) for p in view.paragraphs], article.publisher)
            ranges = [(s.sentence.start, s.sentence.end) for s in reading.sentences]
            yield from _sentences(view, doc, ranges, reading.mentions, noted[article.identifier])


def _stop(error: Exception) -> None:
    raise error


def _sentences(
    view: View, doc, ranges: Sequence[tuple[int, int]], mentions: Sequence[Mention], record: Mapping
) -> Iterator[Annotated]:
    from kg.analyze.ner import sentences_of

    gold, silver = list(_gold(record)), list(_silver(mentions, view))
    for text, words, tags, starts, morphs, offset in sentences_of(doc, ranges):
        sentence = Sentence(f"{record['id']}-{offset}", text, words, tags, starts, morphs)
        spans = [view.span(offset + start, offset + start + len(word)) for start, word in zip(starts, words)]
        tokens = [(span.field, span.start, span.end) for span in spans]
        yield Annotated(record["id"], sentence, {field: allowed(tokens, gold, silver, field).astype(bool) for field in FIELDS})


Stretch = tuple[str, int, int, str]


def _gold(record: Mapping) -> Iterator[Stretch]:
    """(field, start, end, kind) of the names of a record."""
    named = [(entity["type"], span) for entity in record["entities"].values() for span in entity["mentions"]]
    named += [(type_, span) for type_, spans in record.get("mentions", {}).items() for span in spans]
    named += [
        ("jobTitle", span)
        for fact in (*record["facts"], *record["optional"])
        if fact["fact"][1] == "jobTitle" and (span := fact.get("words"))
    ]
    for type_, span in named:
        parts = span if isinstance(span[0], list) else [span]
        for part in parts if type_ in _KIND else ():
            field, start, end = part if isinstance(part[0], str) else ("text", *part)
            yield field, start, end, _KIND[type_]


def _silver(mentions: Iterable[Mention], view: View) -> Iterator[Stretch]:
    """What the rules take for names and the annotation may have left out: bodies, places, events, talks and titles, no people."""
    from kg.knowledge.vocab import PRESS
    from kg.measure.gold import FAMILY

    for mention in mentions:
        if mention.end > mention.start and mention.kind != "Person":
            span = view.span(mention.start, mention.end)
            kind = _KIND.get(FAMILY.get(str(PRESS[mention.kind]), mention.kind))
            if kind:
                yield span.field, span.start, span.end, kind
        if mention.title_span and mention.title_span[1] > mention.title_span[0]:
            span = view.span(*mention.title_span)
            yield span.field, span.start, span.end, "TT"


def allowed(tokens: Sequence[tuple[str, int, int]], gold: Iterable[Stretch], silver: Iterable[Stretch], field: str) -> np.ndarray:
    """Which labels of a field each token may have.

    >>> tokens = [("text", 0, 3), ("text", 3, 4), ("text", 5, 8)]
    >>> may = allowed(tokens, [("text", 0, 3, "EV")], [("text", 5, 8, "TK")], "wide")
    >>> [[label for label, may_be in zip(labels_of("wide"), row) if may_be] for row in may.astype(bool)]
    [['BEV'], ['O'], ['O', 'BTK', 'ITK']]
    """
    labels = labels_of(field)
    number = {label: i for i, label in enumerate(labels)}
    may = np.zeros((len(tokens), len(labels)), np.uint8)
    may[:, 0] = 1
    taken = np.zeros(len(tokens), bool)
    # A longer name holds the shorter ones in it.
    for sure, stretches in ((True, gold), (False, silver)):
        for where, start, end, kind in sorted(set(stretches), key=lambda s: (s[1] - s[2], s)):
            if kind not in FIELDS[field]:
                continue
            covered = [i for i, (f, s, e) in enumerate(tokens) if f == where and s < end and start < e]
            if not covered or taken[covered].any():
                continue
            taken[covered] = True
            whole = tokens[covered[0]][1] == start and tokens[covered[-1]][2] == end
            if not whole:
                may[covered] = 1
            elif sure:
                may[covered] = 0
                may[covered, number["I" + kind]] = 1
                may[covered[0]] = 0
                may[covered[0], number["B" + kind]] = 1
            else:
                may[covered, number["B" + kind]] = may[covered, number["I" + kind]] = 1
    return may


def examples_of(sentences: Iterable[Annotated], rows: Rows, knowledge: Knowledge) -> list[Example]:
    """Annotated sentences for the network: all that may have a name, and of the others two in five."""
    return [
        Example(*inputs(a.sentence, rows, knowledge), np.zeros(len(a.sentence.words), np.int32), None, allowed=a.allowed)
        for a in sentences
        if len(a.sentence.words) > 1
        and (any((~may[:, 0]).any() for may in a.allowed.values()) or crc32(a.sentence.identifier.encode()) % 5 < 2)
    ]
