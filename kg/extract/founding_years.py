"""Years of founding that stand beside a name or in passing: ○○연맹(2001년 설립), 1953년 설립 이후 처음으로."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.analyze.reading import Reading, SentenceReading
from kg.syntax.arguments import SUBJECT, TOPIC
from kg.model import Candidate, PartialDate, Value
from kg.knowledge.schema import schema

_NOTED = re.compile(
    r"(?P<year>(?:19|20)\d\d)년?(?:\s?\d{1,2}월)?(?:\s?\d{1,2}일)?\s?(?:설립|창립|창설|출범|발족)"
    r"|(?:설립|창립|창설|출범|발족)(?:연도)?\s?:?\s?(?P<after>(?:19|20)\d\d)년?"
)
_SINCE = re.compile(r"((?:18|19|20)\d\d)년(?:\s\d{1,2}월)?\s?(?:설립|창립|창설|출범|발족|개원)\s?(?:이후|이래|후)\b")


def extract_founding_years(reading: Reading) -> Iterator[Candidate]:
    """Claims of foundingYear."""
    yield from _in_notes(reading)
    for sentence in reading.sentences:
        yield from _since(reading, sentence)


def _in_notes(reading: Reading) -> Iterator[Candidate]:
    """○○연맹(2001년 설립): the year in the parenthesis after a body's name."""
    text = reading.tokens.text
    for body in reading.mentions:
        if not schema().is_a(body.kind, "Organization") or not text.startswith("(", body.end):
            continue
        close = text.find(")", body.end)
        note = _NOTED.search(text, body.end, close) if 0 < close < body.end + 60 else None
        if note is not None:
            group = "year" if note["year"] else "after"
            yield Candidate(
                relation="foundingYear",
                subject=body,
                rule="founding.note",
                start=body.start,
                end=close + 1,
                sentence=reading.sentence_at(body.start),
                object=Value(
                    kind="year",
                    start=note.start(group),
                    end=note.end(group),
                    date=PartialDate(int(note[group]), None, None),
                    number=int(note[group]),
                ),
            )


def _since(reading: Reading, sentence: SentenceReading) -> Iterator[Candidate]:
    """○○회는 … 1953년 설립 이후 처음으로 …: the year of the body that the sentence is about."""
    tokens, topic = reading.tokens, None
    for i, phrase in enumerate(sentence.phrases):
        if phrase.kind != "NP" or not phrase.tokens:
            continue
        since = _SINCE.match(tokens.surface(phrase.tokens[0], phrase.tokens[-1]))
        if since is not None and topic is not None:
            start = tokens.starts[phrase.tokens[0]]
            yield Candidate(
                relation="foundingYear",
                subject=topic,
                rule="founding.since",
                start=min(topic.start, start),
                end=start + since.end(),
                sentence=(sentence.start, sentence.end),
                object=Value(kind="year", start=start, end=start + 4, date=PartialDate(int(since[1]), None, None), number=int(since[1])),
            )
        if phrase.particle in TOPIC | SUBJECT:
            heads = sentence.heads[i]
            if heads or phrase.particle in TOPIC:
                topic = heads[-1] if len(heads) == 1 and schema().is_a(heads[-1].kind, "Organization") else None
