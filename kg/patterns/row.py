"""Patterns over rows: spaCy's Matcher over a Doc with one token per phrase of a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from spacy.attrs import LEMMA, MORPH, NORM, TAG
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.analyze.names.words import title_in, words_of
from kg.analyze.reading import Reading, SentenceReading
from kg.knowledge.load import Knowledge
from kg.knowledge.patterns import Pattern, Patterns
from kg.knowledge.patterns.row import BUILT_IN, Step
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention, Origin, Value
from kg.patterns.guards import refused
from kg.syntax.arguments import SUBJECT, TOPIC
from kg.analyze.phrases import Phrase

Thing = Mention | Value | str


@dataclass(frozen=True, slots=True)
class Row:
    """A match as guards see it: the phrases by role, and what fills the roles."""

    reading: Reading
    sentence: SentenceReading
    places: Mapping[str, int]
    roles: Mapping[str, Thing]
    knowledge: Knowledge


class Rows:
    """Compiled patterns, with the words and particles that any of them asks for: other strings do not go into the vocabulary."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.vocab = Vocab()
        self.patterns = {p.id: p for p in patterns if p.over == "row"}
        self.matchers = {name: self._compiled(pattern) for name, pattern in self.patterns.items()}
        steps = [step for p in self.patterns.values() for step in p.match.steps]
        self.words = frozenset(word for step in steps for word in step.word)
        self.lemmas = frozenset(lemma for step in steps for lemma in step.lemma)
        self.classes = frozenset(name for step in steps for name in step.classes)
        self.asked = {name: _asked(pattern.match.steps) for name, pattern in self.patterns.items()}
        self._morphs: dict[tuple[str, ...], int] = {}

    def _compiled(self, pattern: Pattern) -> Matcher:
        matcher = Matcher(self.vocab)
        matcher.add(pattern.id, [[_spec(step) for step in pattern.match.steps]])
        return matcher

    def likely(self, phrases: Sequence[Phrase]) -> list[str]:
        """Patterns all of whose phrases may stand in a sentence, by their kinds, verbs and particles."""
        here = {(what, value) for p in phrases for what, value in (("phrase", p.kind), ("lemma", p.lemma), ("particle", p.particle))}
        return [name for name, asked in self.asked.items() if all(not wanted.isdisjoint(here) for wanted in asked)]

    def doc(self, reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> Doc:
        """A sentence as a Doc with a token per phrase: TAG its kind, LEMMA its verb, ORTH its last word, NORM its particle, MORPH all else."""
        add = self.vocab.strings.add
        last = len(sentence.phrases) - 1
        rows, shown = [], []
        for i, (phrase, heads) in enumerate(zip(sentence.phrases, sentence.heads)):
            words = words_of(reading.tokens, phrase.tokens) if phrase.kind == "NP" else ()
            word = words[-1].text if words else ""
            features = (*self._features(phrase, heads, [w.text for w in words], knowledge), *(("Flag=first",) if i == 0 else ("No=first",)),
                        *(("Flag=last",) if i == last else ("No=last",)))  # fmt: skip
            shown.append(word if word in self.words else "·")
            rows.append((add(phrase.kind), add(phrase.lemma if phrase.lemma in self.lemmas else "·"), add(phrase.particle or "·"), self._morph(features)))
        doc = Doc(self.vocab, words=shown)
        doc.from_array([TAG, LEMMA, NORM, MORPH], np.array(rows, dtype="uint64"))
        return doc

    def _morph(self, features: tuple[str, ...]) -> int:
        if features not in self._morphs:
            fields: dict[str, list[str]] = {}  # a field stands once, with all its values
            for field, _, value in (feature.partition("=") for feature in features):
                fields.setdefault(field, []).append(value)
            self._morphs[features] = self.vocab.morphology.add("|".join(f"{field}={','.join(values)}" for field, values in fields.items()))
        return self._morphs[features]

    def _features(self, phrase: Phrase, heads: Sequence[Mention], words: Sequence[str], knowledge: Knowledge) -> Iterator[str]:
        is_a = schema().is_a
        yield from (f"Class={name}" for name in sorted(self.classes) if any(is_a(m.kind, name) for m in heads))
        if phrase.ending:
            yield f"Ending={phrase.ending}"
        if phrase.connective:
            yield f"Form={phrase.connective}"
        title = title_in(words[-1], knowledge) if words else None
        day = phrase.value is not None and (phrase.value.date is None or phrase.value.date.day is not None)
        told = {"comma": phrase.comma, "quoted": phrase.quoted, "noted": phrase.notes, "single": len(words) == 1, "day": day, "title": title,
                "leading": title and title[1] in knowledge.titles.heads - knowledge.titles.unit_heads, "negated": phrase.negated,
                "planned": phrase.planned, "past": phrase.past, "named": heads}  # fmt: skip
        yield from (f"{'Flag' if holds else 'No'}={name}" for name, holds in told.items())


def _asked(steps: Sequence[Step]) -> tuple[frozenset[tuple[str, str]], ...]:
    """What must stand in a sentence for steps that may not be left out."""
    found = []
    for step in steps:
        if step.op in ("", "+"):
            for what, values in (("phrase", step.phrase), ("lemma", step.lemma), ("particle", step.particle or ())):
                if values:
                    found.append(frozenset((what, value) for value in values))
    return tuple(found)


def _spec(step: Step) -> dict:
    """A step as spaCy's Matcher reads it."""
    spec: dict = {}
    for attribute, values in (("TAG", step.phrase), ("ORTH", step.word), ("LEMMA", step.lemma)):
        if values:
            spec[attribute] = {"IN": sorted(values)}
    if step.particle is not None:
        spec["NORM"] = {"IN": sorted(p or "·" for p in step.particle)}
    every = [*(f"Flag={name}" for name in sorted(step.flags)), *(f"No={name}" for name in sorted(step.no))]
    some = [f"Class={name}" for name in step.classes if step.pick != "inside"] or [f"Form={form}" for form in sorted(step.form)]
    if len(step.ending) == 1:
        every.append(f"Ending={min(step.ending)}")
    elif step.ending:
        some = [f"Ending={ending}" for ending in sorted(step.ending)]
    if every or some:
        spec["MORPH"] = {**({"IS_SUPERSET": every} if every else {}), **({"INTERSECTS": some} if some else {})}
    return spec | ({"OP": step.op} if step.op else {})


@lru_cache(maxsize=2)
def _rows(patterns: Patterns) -> Rows:
    return Rows(patterns)


def match_rows(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Candidates of every pattern over every sentence."""
    rows = _rows(knowledge.patterns)
    for sentence in reading.sentences:
        likely = rows.likely(sentence.phrases)
        if not likely:
            continue
        doc = rows.doc(reading, sentence, knowledge)
        for name in likely:
            found: set[Candidate] = set()
            for _, start, end, steps in sorted(rows.matchers[name](doc, with_alignments=True), key=lambda match: match[2] - match[1]):
                for candidate in _said(rows.patterns[name], reading, sentence, start, end, steps, knowledge):
                    if not any((c.relation, c.subject, c.object) == (candidate.relation, candidate.subject, candidate.object) for c in found):
                        found.add(candidate)
                        yield candidate


def _said(pattern: Pattern, reading: Reading, sentence: SentenceReading, start: int, end: int, steps: Sequence[int],
          knowledge: Knowledge) -> Iterator[Candidate]:  # fmt: skip
    """What one match says."""
    tokens, named = reading.tokens, pattern.match.steps
    places = {named[step].role: start + i for i, step in enumerate(steps) if named[step].role}
    filled = {step.role: _things(step, reading, sentence, places[step.role]) for step in named if step.role in places}
    at = tokens.starts[sentence.phrases[start].first]
    here = Mention(start=at, end=at, kind="Event", name="", rule="context")
    stage = _stage(sentence) if any("stage" in (e.subject, e.object) for e in pattern.emit) else None
    spoken = [sentence.phrases[start + i] for i, step in enumerate(steps) if sentence.phrases[start + i].kind == "PRED" and not named[step].op]
    status = _status(pattern, sentence, end, spoken)
    for things in product(*filled.values()):
        roles = {"here": here, "stage": stage or here, **dict(zip(filled, things))}
        if pattern.unless and refused(pattern, Row(reading, sentence, places, roles, knowledge)):
            continue
        spans = [(t.start, t.end) for role, t in roles.items() if role not in BUILT_IN and not isinstance(t, str)]
        spans += [(tokens.starts[p.first], tokens.ends[p.last]) for p in spoken]
        leads = pattern.lead is not None and any(named[s].role and _leads(sentence.phrases[start + i], reading, knowledge) for i, s in enumerate(steps))
        for emission in pattern.emit:
            if {emission.subject, emission.object} - {None} <= roles.keys():
                yield Candidate(relation=pattern.lead if leads else emission.relation, subject=roles[emission.subject],
                                object=roles[emission.object] if emission.object else emission.words, rule=pattern.id, origin=Origin.TEXT,
                                flags=pattern.flags, start=min(s for s, _ in spans), end=max(e for _, e in spans),
                                sentence=(sentence.start, sentence.end), status=status)  # fmt: skip


def _stage(sentence: SentenceReading) -> Mention | None:
    """The event of a sentence, its topic or subject first."""
    events = [
        (phrase.particle not in TOPIC | SUBJECT, m.start, m)
        for phrase, heads in zip(sentence.phrases, sentence.heads)
        for m in heads
        if schema().is_a(m.kind, "Event")
    ]
    return min(events, key=lambda event: event[:2])[2] if events else None


def _status(pattern: Pattern, sentence: SentenceReading, end: int, spoken: Sequence[Phrase]) -> str:
    """The pattern's own status; with ``governing`` planned where the next verb is, with ``matched`` where a verb of the match is."""
    if pattern.status == "governing":
        spoken = [p for p in sentence.phrases[end:] if p.kind == "PRED"][:1]
    elif pattern.status != "matched":
        return pattern.status
    return "planned" if any(p.planned for p in spoken) else "asserted"


def _leads(phrase: Phrase, reading: Reading, knowledge: Knowledge) -> bool:
    words = words_of(reading.tokens, phrase.tokens) if phrase.kind == "NP" else ()
    title = title_in(words[-1].text, knowledge) if words else None
    return title is not None and title[1] in knowledge.titles.heads - knowledge.titles.unit_heads


def _things(step: Step, reading: Reading, sentence: SentenceReading, place: int) -> Sequence[Thing]:
    """What fills a role: the day of a phrase, the names of a class among its heads or inside it, or its words."""
    phrase, is_a = sentence.phrases[place], schema().is_a
    if phrase.kind == "TIME":
        return (phrase.value,) if phrase.value is not None else ()
    if not step.classes:
        words = reading.tokens.surface(phrase.first, phrase.last)
        kept = next((words.removesuffix(end) for end in step.cut if words.endswith(end)), words).strip()
        return (kept,) if kept else ()
    among: Iterable[Mention] = sentence.heads[place]
    if step.pick == "inside":
        low, high = reading.tokens.starts[phrase.first], reading.tokens.ends[phrase.last]
        among = [m for m in reading.mentions if low <= m.start and m.end <= high]
    fitting = [m for m in among if any(is_a(m.kind, name) for name in step.classes)]
    return fitting if step.pick == "all" else fitting[:1] if step.pick == "first" else fitting[-1:]


