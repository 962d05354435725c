"""What is said of an event outside frames: its ordinal, its mode, its chair in a parenthesis; and at which event a case was shown."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.clauses import Clause
from kg.knowledge import Knowledge
from kg.model import Claim, Mention, Value
from kg.schema import schema


def extract_occasions(reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge) -> Iterator[Claim]:
    """Claims of edition, mode and chaired."""
    for mention in reading.mentions:
        if mention.edition is not None and schema().is_a(mention.kind, "Event"):
            yield Claim(relation="edition", subject=mention, object=Value(kind="edition", start=mention.start, end=mention.end, number=mention.edition),
                        rule="event.ordinal", start=mention.start, end=mention.end, sentence=reading.sentence_at(mention.start))
    yield from _modes(reading, clauses, knowledge)
    yield from _days_beside(reading)
    for note in reading.notes:
        if note.role is not None and note.host is not None and note.host.kind == "Person" and note.role in ("좌장", "사회", "주재", "의장", "진행"):
            here = Mention(start=note.host.start, end=note.host.start, kind="Event", name="", rule="context")
            yield Claim(relation="chaired", subject=note.host, object=here, rule="note.chair", start=note.host.start, end=note.host.end + len(note.role) + 2,
                        sentence=reading.sentence_at(note.host.start))


def _days_beside(reading: Reading) -> Iterator[Claim]:
    """``18일 정례회의에서``: a day right before an event at which something happened."""
    for sentence in reading.sentences:
        for i, (phrase, following) in enumerate(zip(sentence.phrases, sentence.phrases[1:])):
            if phrase.kind != "TIME" or phrase.particle or phrase.comma or following.kind != "NP" or phrase.value.date is None or not phrase.value.date.day:
                continue
            event = next((m for m in sentence.heads[i + 1] if schema().is_a(m.kind, "Event")), None)
            if event is not None and following.particle in ("에서", "에서는", "에", "에는", "을", "를", "은", "는", "의"):
                yield Claim(relation="startDate", subject=event, object=phrase.value, rule="date.beside", start=phrase.value.start, end=event.end,
                            sentence=(sentence.start, sentence.end), confidence=0.75)


def _modes(reading: Reading, clauses, knowledge: Knowledge) -> Iterator[Claim]:
    """온라인 국제 세미나, 비대면으로 개최, 온·오프라인으로 동시에 진행."""
    words = sorted(knowledge.places.modes, key=lambda w: (-len(w), w))
    name = re.compile(r"(?:^|[\s‘“「『])(" + "|".join(map(re.escape, words)) + r")(?=\s|$)")
    manner = re.compile("(" + "|".join(map(re.escape, words)) + r")(?:\s?(?:방식|형식|생중계|실시간|중계|시스템|회의)\s?)?(?:으로|로|을 통해|를 통해)\s")
    hold = knowledge.verbs["hold"].active | knowledge.verbs["hold"].passive
    hold |= {v[:-2] + "되다" for v in hold if v.endswith("하다")}
    text = reading.tokens.text
    for mention in reading.mentions:
        if schema().is_a(mention.kind, "Event") and (match := name.search(mention.name)):
            yield _mode(reading, mention, knowledge.places.modes[match[1]], mention.start, mention.end, "event.mode")
    for sentence, found in clauses:
        for clause in found:
            if clause.predicate.lemma not in hold or clause.predicate.negated:
                continue
            first = clause.args[0].phrase.first if clause.args else clause.predicate.first
            start, end = reading.tokens.starts[first], reading.tokens.ends[clause.predicate.last]
            match = manner.search(text, start, end)
            if match is None:
                continue
            event = next((m for a in (*reversed(clause.args), *((clause.head,) if clause.head else ()), *reversed(clause.inherited)) for m in a.mentions
                          if schema().is_a(m.kind, "Event")), None)
            if event is None and any(a.particle in ("을", "를", "이", "가") for a in clause.args):
                continue
            yield _mode(reading, event or Mention(start=start, end=start, kind="Event", name="", rule="context"), knowledge.places.modes[match[1]],
                        match.start(), end, "event.manner")


def _mode(reading: Reading, event: Mention, mode: str, start: int, end: int, rule: str) -> Claim:
    return Claim(relation="mode", subject=event, object=Value(kind="mode", start=start, end=end, text=mode), rule=rule, start=start, end=end,
                 sentence=reading.sentence_at(start), confidence=0.85)
