"""What an event discussed: 회의에서 A와 B 등을 논의했다, 정책 방향을 논의하는 토론회."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.called import last_word
from kg.extract.last_times import last_times
from kg.extract.listed import list_start, parts
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention
from kg.syntax.arguments import SUBJECT, TOPIC, Clause

_GENERIC = re.compile(
    r"(?:이|그|관련|주요|다양한|여러|향후|구체적인|세부|등)?\s?(?:방안|내용|의견|문제|사항|안건|주제|현안|계획|대책|이슈|현안과제|과제|방향|협력|것|바|결과)들?"
)


def extract_debates(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of discussed."""
    verbs = knowledge.verbs["discuss"].active - {"협의하다"}
    last = {id(found.sentence): found for found in last_times(reading, knowledge) if found.whole}
    for sentence, found in clauses:
        if sentence.sentence.role in ("title", "subtitle", "footnote") or reading.tokens.text[
            sentence.start : sentence.start + 2
        ].startswith(("*", "※")):
            continue
        for clause in found:
            predicate = clause.predicate
            if (
                predicate.lemma not in verbs
                or predicate.negated
                or clause.index >= len(sentence.phrases)
                or predicate.ending == "nominal"
                or predicate.connective in ("면", "도록", "고자", "려고")
            ):
                continue
            event = _event(reading, sentence, clause, knowledge, id(sentence) in last)
            theme = _theme(sentence, clause.index)
            if event is None or theme is None:
                continue
            first = list_start(sentence, theme)
            for start, end in parts(reading, sentence, first, theme):
                words = reading.tokens.text[start:end]
                if (
                    not 4 <= len(words) <= 80
                    or _GENERIC.fullmatch(words)
                    or any(m.end == end and schema().is_a(m.kind, "Agent") for m in reading.at(start))
                ):
                    continue
                topic = Mention(start=start, end=end, kind="Topic", name=" ".join(words.split()), rule="discussed")
                yield Candidate(
                    relation="discussed",
                    subject=event,
                    object=topic,
                    rule="debate.list",
                    start=min(start, event.start) if event.name and event.start >= sentence.start else start,
                    end=reading.tokens.ends[predicate.last],
                    sentence=(sentence.start, sentence.end),
                    status="planned" if predicate.planned else "asserted",
                )


def _theme(sentence: SentenceReading, index: int) -> int | None:
    """The phrase that a verb of discussing has as its object, directly or by 에 대해."""
    before = index - 1
    phrases = sentence.phrases
    while (
        before >= 0
        and phrases[before].kind == "ADV"
        or before >= 0
        and phrases[before].kind == "NP"
        and phrases[before].particle in ("으로", "로")
        and before > 0
    ):
        before -= 1
    if before >= 0 and phrases[before].kind == "NP" and phrases[before].particle in ("을", "를") and phrases[before].tokens:
        return before
    if (
        before >= 1
        and phrases[before].kind == "PRED"
        and phrases[before].lemma in ("대하다", "관하다")
        and phrases[before].ending == "connective"
        and phrases[before - 1].kind == "NP"
    ):
        return before - 1
    return None


def _event(
    reading: Reading, sentence: SentenceReading, clause: Clause, knowledge: Knowledge, of_last_time: bool
) -> Mention | None:
    """The event at which something is discussed."""

    def is_event(mention: Mention | None) -> bool:
        return mention is not None and schema().is_a(mention.kind, "Event")

    if clause.predicate.ending == "adnominal":
        head = clause.head
        if head is None or not is_event(head.head):
            return None
        return head.head
    for arg in (*clause.args, *reversed(clause.inherited)):
        if arg.phrase.kind == "NP" and is_event(arg.head) and arg.particle in {"에서", "에서는", "에서도"} | TOPIC:
            return arg.head
    here = Mention(start=sentence.start, end=sentence.start, kind="Event", name="", rule="context")
    if of_last_time:
        return here
    subject = next((a for a in clause.args if a.particle in TOPIC | SUBJECT and a.phrase.kind == "NP" and a.phrase.tokens), None)
    if subject is not None and last_word(reading, subject.phrase) in knowledge.signs.attendants:
        return here
    return None
