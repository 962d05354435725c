"""What is said of an event outside frames: its ordinal, the day right before it, its chair in a parenthesis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.analyze.names.sittings import of_term
from kg.analyze.names.words import event_noun, words_of
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.modes import extract_modes
from kg.extract.whereabouts import event_of
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.knowledge.signs import signs
from kg.model import Candidate, Mention
from kg.syntax.arguments import SUBJECT, TOPIC, Clause


def extract_occasions(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of edition, mode and chaired."""
    yield from extract_modes(reading, clauses, knowledge)
    yield from _ordinals(clauses, reading)
    yield from _inner(reading, knowledge)


def _inner(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """제1회 전국 우표 공모전 수상작이: the event that something is named after."""
    tokens = reading.tokens
    ordinals = {v.start: v for v in reading.values if v.kind == "edition"}
    for sentence in reading.sentences:
        for phrase, heads in zip(sentence.phrases, sentence.heads):
            if (
                phrase.kind != "NP"
                or heads
                or phrase.quoted
                or not phrase.tokens
                or tokens.starts[phrase.tokens[0]] not in ordinals
            ):
                continue
            words = words_of(tokens, phrase.tokens)
            k = next((k for k, w in enumerate(words[:-1]) if k and event_noun(w.text, knowledge) is not None), None)
            if k is None or any(schema().is_a(m.kind, "Event") for m in reading.over(words[0].start, words[0].start + 1)):
                continue
            if of_term(tokens.text[words[0].start : words[k].end]):
                continue
            value = ordinals[words[0].start]
            event = Mention(
                start=words[0].start,
                end=words[k].end,
                kind=knowledge.events.classes[event_noun(words[k].text, knowledge) or ""],
                name=tokens.text[words[0].start : words[k].end],
                rule="event-inside",
                edition=value.number,
            )
            yield Candidate(
                relation="edition",
                subject=event,
                object=value,
                rule="event.inside",
                start=event.start,
                end=event.end,
                sentence=(sentence.start, sentence.end),
            )


def _ordinals(clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], reading: Reading) -> Iterator[Candidate]:
    """이번이 네 번째다, 두 번째로 마련됐다, 이번 전시회는 제34회로: an ordinal that is said of an event and not in its name."""
    for sentence, found in clauses:
        for clause in found:
            if clause.predicate.negated or not clause.args:
                continue
            for arg in clause.args:
                if clause.predicate.lemma not in signs().mounted and not arg.phrase.comma:
                    continue  # 이번 전시회는 제34회로, …
                if arg.phrase.kind != "NP" or arg.particle not in ("로", "으로", "") or arg.owners or arg.mentions:
                    continue
                low, high = reading.tokens.starts[arg.phrase.first], reading.tokens.ends[arg.phrase.last]
                value = next((v for v in reading.values_in(low, low + 5) if v.kind == "edition" and v.end >= high), None)
                if value is None or clause.predicate.lemma != "이다" and not arg.particle:
                    continue
                others = [
                    a for a in (*clause.args, *clause.inherited) if a is not arg and a.particle in TOPIC | SUBJECT | {"을", "를"}
                ]
                others += [clause.head] if clause.head is not None and clause.predicate.ending == "adnominal" else []
                event = next(
                    (
                        e
                        for a in others
                        if a.phrase.kind == "NP"
                        and (a.mentions or a.particle not in ("을", "를"))
                        and (e := event_of(a.phrase, a.mentions, reading)) is not None
                    ),
                    None,
                )
                if event is not None:
                    yield Candidate(
                        relation="edition",
                        subject=event,
                        object=value,
                        rule="event.counted",
                        start=min(event.start, value.start),
                        end=max(event.end, value.end),
                        sentence=(sentence.start, sentence.end),
                    )
