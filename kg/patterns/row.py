"""Patterns over rows: spaCy's Matcher over a Doc with one token per phrase of a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from spacy.attrs import LEMMA, MORPH, NORM, TAG
from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.analyze.names.words import title_in, words_of
from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.knowledge.load import Knowledge
from kg.knowledge.patterns import Pattern, Patterns
from kg.knowledge.patterns.row import Match, Step
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention
from kg.patterns.hits import Hit
from kg.syntax.aims import is_aim

_WITHIN = ("inside", "before")  # names that are no head of the phrase


class Rows:
    """Compiled patterns, with the words and particles that any of them asks for: other strings do not go into the vocabulary."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.vocab = Vocab()
        over = [(p, p.match) for p in patterns if isinstance(p.match, Match)]
        self.patterns = {p.id: p for p, _ in over}
        self.matchers = {p.id: self._compiled(p.id, match) for p, match in over}
        steps = [step for _, match in over for step in match.steps]
        self.words = frozenset(word for step in steps for word in step.word)
        self.lemmas = frozenset(lemma for step in steps for lemma in step.lemma)
        self.classes = frozenset(name for step in steps for name in step.classes)
        self.asked = {p.id: _asked(match.steps) for p, match in over}
        self.asked_words = {p.id: [s.word for s in match.steps if s.word and s.op in ("", "+")] for p, match in over}
        self._morphs: dict[tuple[str, ...], int] = {}

    def _compiled(self, name: str, match: Match) -> Matcher:
        matcher = Matcher(self.vocab)
        matcher.add(name, [[_spec(step) for step in match.steps]])
        return matcher

    def likely(self, reading: Reading, sentence: SentenceReading) -> list[str]:
        """Patterns all of whose phrases may stand in a sentence, by kinds, verbs, particles, classes of names, and last words."""
        ancestors = schema().ancestors
        here = {
            (what, value)
            for p in sentence.phrases
            for what, value in (("phrase", p.kind), ("lemma", p.lemma), ("particle", p.particle))
        }
        here |= {
            ("class", above) for kind in {m.kind for heads in sentence.heads for m in heads} for above in ancestors.get(kind, ())
        }
        found = [name for name, asked in self.asked.items() if all(not wanted.isdisjoint(here) for wanted in asked)]
        if any(self.asked_words[name] for name in found):
            last = {words_of(reading.tokens, p.tokens)[-1].text for p in sentence.phrases if p.kind == "NP" and p.tokens}
            found = [name for name in found if all(not wanted.isdisjoint(last) for wanted in self.asked_words[name])]
        return found

    def doc(self, reading: Reading, sentence: SentenceReading, knowledge: Knowledge) -> Doc:
        """A sentence as a Doc with a token per phrase: its kind as TAG, verb as LEMMA, last word as ORTH, particle as NORM."""
        add = self.vocab.strings.add
        last = len(sentence.phrases) - 1
        rows, shown = [], []
        for i, (phrase, heads) in enumerate(zip(sentence.phrases, sentence.heads)):
            words = words_of(reading.tokens, phrase.tokens) if phrase.kind == "NP" else ()
            word = words[-1].text if words else ""
            features = (
                *self._features(phrase, heads, [w.text for w in words], knowledge),
                "Flag=first" if i == 0 else "No=first",
                "Flag=last" if i == last else "No=last",
            )
            shown.append(word if word in self.words else "·")
            rows.append(
                (
                    add(phrase.kind),
                    add(phrase.lemma if phrase.lemma in self.lemmas else "·"),
                    add(phrase.particle or "·"),
                    self._morph(features),
                )
            )
        doc = Doc(self.vocab, words=shown)
        values: Any = np.array(rows, dtype="uint64")
        doc.from_array([TAG, LEMMA, NORM, MORPH], values)
        return doc

    def _morph(self, features: tuple[str, ...]) -> int:
        if features not in self._morphs:
            fields: dict[str, list[str]] = {}  # a field stands once, with all its values
            for field, _, value in (feature.partition("=") for feature in features):
                fields.setdefault(field, []).append(value)
            self._morphs[features] = self.vocab.morphology.add(
                "|".join(f"{field}={','.join(values)}" for field, values in fields.items())
            )
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
        told = {
            "comma": phrase.comma,
            "quoted": phrase.quoted,
            "noted": phrase.notes,
            "single": len(words) == 1,
            "day": day,
            "title": title,
            "act": words and is_aim(words[-1], knowledge),
            "leading": title and title[1] in knowledge.titles.heads - knowledge.titles.unit_heads,
            "negated": phrase.negated,
            "planned": phrase.planned,
            "past": phrase.past,
            "named": heads,
        }
        yield from (f"{'Flag' if holds else 'No'}={name}" for name, holds in told.items())


def _asked(steps: Sequence[Step]) -> tuple[frozenset[tuple[str, str]], ...]:
    """What must stand in a sentence for steps that may not be left out."""
    found = []
    for step in steps:
        if step.op in ("", "+"):
            classes = step.classes if step.pick not in _WITHIN else ()
            for what, values in (
                ("phrase", step.phrase),
                ("lemma", step.lemma),
                ("particle", step.particle or ()),
                ("class", classes),
            ):
                if values:
                    found.append(frozenset((what, value) for value in values))
    return tuple(found)


def _one_of(values: Collection[str]) -> str | dict[str, list[str]]:
    """One value is compared at once, of several the Matcher asks a predicate."""
    return min(values) if len(values) == 1 else {"IN": sorted(values)}


def _spec(step: Step) -> dict:
    """A step as spaCy's Matcher reads it."""
    spec: dict = {}
    for attribute, values in (("TAG", step.phrase), ("ORTH", step.word), ("LEMMA", step.lemma)):
        if values:
            spec[attribute] = _one_of(values)
    if step.particle is not None:
        spec["NORM"] = _one_of({p or "·" for p in step.particle})
    every = [*(f"Flag={name}" for name in sorted(step.flags)), *(f"No={name}" for name in sorted(step.no))]
    some = [f"Class={name}" for name in step.classes if step.pick not in _WITHIN] or [
        f"Form={form}" for form in sorted(step.form)
    ]
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
    """Candidates of every pattern over every sentence, each once, from the shortest match."""
    rows = _rows(knowledge.patterns)
    for sentence in reading.sentences:
        likely = rows.likely(reading, sentence)
        if not likely:
            continue
        doc = rows.doc(reading, sentence, knowledge)
        for name in likely:
            found: dict[tuple, Candidate] = {}
            matches: list[Any] = rows.matchers[name](doc, with_alignments=True)
            for _, start, _, steps in sorted(matches, key=lambda match: match[2] - match[1]):
                for candidate in Hit(rows.patterns[name], reading, sentence, knowledge, start, tuple(steps)).candidates():
                    found.setdefault((candidate.relation, candidate.subject, candidate.object), candidate)
            yield from found.values()
