"""Speech in a text that has lost its quotation marks: ○○○ 의원은 마을버스가 더 자주 다녀야 한다고 강조했다.

Where marks stand, speech without them is somebody's retelling and no quotation; where a page has none at all, its speech has lost them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.speakers import people_in, taken_up
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention
from kg.syntax.arguments import SUBJECT, TOPIC

_MARKS = frozenset("“”\"‘’'「」『』〈〉《》")
_REPORTS = re.compile(r"(?:다|라|자|냐|까)(?:고|며|면서)$")
_SHORTEST = 8  # characters of what was said


def extract_reported(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of ``said`` in a text without any quotation mark: person → the words between its speaker and 고."""
    if not _MARKS.isdisjoint(reading.tokens.text):
        return
    for sentence in reading.sentences:
        if (claim := _claim(reading, sentence, knowledge)) is not None:
            yield claim


def _claim(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> Candidate | None:
    tokens, phrases = reading.tokens, sentence.phrases
    found = _speaker(reading, sentence, knowledge)
    if found is None:
        return None
    speaker, at = found
    last = next((i for i in range(len(phrases) - 1, at, -1) if _reports(reading, phrases, i, knowledge)), None)
    if last is None:
        return None
    first = at + 1
    while first < last and _is_aside(reading, phrases, first, knowledge):
        first += 1
    start, end = tokens.starts[phrases[first].first], tokens.ends[phrases[last].last]
    words = _REPORTS.sub(lambda m: m[0][0], tokens.text[start:end])
    if len(words) < _SHORTEST:
        return None
    end = start + len(words)
    quotation = Mention(start=start, end=end, kind="Quotation", name=" ".join(words.split()), rule="reported-speech")
    return Candidate(
        relation="said",
        subject=speaker,
        object=quotation,
        rule="quotation.reported",
        start=tokens.starts[phrases[at].first],
        end=tokens.ends[phrases[last + 1].last],
        sentence=(sentence.start, sentence.end),
    )


def _speaker(reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> tuple[Mention, int] | None:
    """The first topic or subject of a sentence, where it is one person, and its place."""
    for i, phrase in enumerate(sentence.phrases):
        if phrase.kind == "NP" and phrase.particle in TOPIC | SUBJECT:
            people = people_in(reading, sentence, i, knowledge)
            one = people[0] if len(people) == 1 else None if people else taken_up(reading, sentence, i, knowledge)
            return (one, i) if one is not None else None
    return None


def _reports(reading: Reading, phrases: Sequence[Phrase], index: int, knowledge: Knowledge) -> bool:
    """Whether a predicate ends what was said: -다고 before a verb, or before an object and its verb, that says nothing but that it was said."""
    tokens, phrase = reading.tokens, phrases[index]
    if phrase.kind != "PRED" or not _REPORTS.search(tokens.text[tokens.starts[phrase.first] : tokens.ends[phrase.last]]):
        return False
    behind = phrases[index + 1 : index + 4]
    verb = next((p for p in behind if p.kind == "PRED"), None)
    beside = (
        all(p.kind == "ADV" or p.kind == "NP" and p.particle not in TOPIC | SUBJECT for p in behind[: behind.index(verb)])
        if verb
        else False
    )
    return (
        verb is not None
        and beside
        and not verb.negated
        and verb.ending in ("final", "connective")
        and verb.lemma not in knowledge.quoting.silent
    )


def _is_aside(reading: Reading, phrases: Sequence[Phrase], index: int, knowledge: Knowledge) -> bool:
    """Whether words between a speaker and the speech say where or to whom it was said."""
    phrase = phrases[index]
    if phrase.kind != "NP" or phrase.particle not in ("에서", "에게") or not phrase.tokens:
        return phrase.kind == "TIME" and phrases[index + 1].particle == "에서"
    last = reading.tokens.ends[phrase.tokens[-1]]
    return reading.tokens.words[phrase.tokens[-1]] in knowledge.quoting.occasions or any(
        schema().is_a(m.kind, "Event") for m in reading.ending(last)
    )
