"""Whether an event was held, is planned or was called off, by the tense and the endings of what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.analyze.names.words import event_noun
from kg.analyze.reading import Reading, SentenceReading
from kg.syntax.arguments import SUBJECT, TOPIC, Clause
from kg.knowledge.load import Knowledge
from kg.model import Candidate, Mention
from kg.knowledge.schema import schema

_UNSAID = frozenset(
    "면 으면 려면 으려면 어야 아야 도록 게 려고 으려고 고자 려 ᆯ지 을지 ᆫ지 는지 은지 지만 거나 든지 듯이 자마자".split()
)


def extract_status(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of an event's status."""
    hold = knowledge.verbs["hold"].active | knowledge.verbs["sign"].active | knowledge.verbs["organize"].active
    passive = knowledge.verbs["hold"].passive | {v[:-2] + "되다" for v in hold if v.endswith("하다")}
    for sentence, found in clauses:
        if any(
            p.kind in ("ADV", "NP")
            and p.tokens
            and reading.tokens.surface(p.tokens[0], p.tokens[-1]).split(" ")[0] in knowledge.outcomes.every
            or p.kind == "ADV"
            and p.particle in knowledge.outcomes.every
            for p in sentence.phrases
        ):
            continue
        for clause in found:
            status, event = _outcome(reading, sentence, clause, hold, passive, knowledge)
            if event is None or not status or not _known(reading, event, knowledge):
                continue
            start, end = reading.tokens.starts[clause.predicate.first], reading.tokens.ends[clause.predicate.last]
            yield Candidate(
                relation="status",
                subject=event,
                object=status,
                rule="status." + status,
                start=min(start, event.start),
                end=max(end, event.end),
                sentence=(sentence.start, sentence.end),
                status="planned" if status == "planned" else "asserted",
            )


def _known(reading: Reading, event: Mention, knowledge: Knowledge) -> bool:
    """Whether an event has a name, or takes up one that has: 교육을 했다 alone is no event of its own."""
    return event.name not in knowledge.events.nouns or any(
        schema().is_a(m.kind, "Event")
        and m.name != event.name
        and m.name.strip("’”」』 ").endswith((event.name, event.name + "’ 참가자"))
        for m in reading.mentions
    )


def _outcome(
    reading: Reading, sentence: SentenceReading, clause: Clause, hold, passive, knowledge: Knowledge
) -> tuple[str, Mention | None]:
    """What a clause says of which event; an empty status where it says nothing."""
    predicate, outcomes = clause.predicate, knowledge.outcomes
    lemma = predicate.lemma
    if lemma in outcomes.called_off | outcomes.put_off:
        if (
            predicate.negated
            or predicate.planned
            or predicate.ending not in ("final", "connective", "adnominal", "reported")
            or predicate.connective in _UNSAID
        ):
            return "", None
        return ("cancelled" if lemma in outcomes.called_off else "postponed"), _theme(reading, sentence, clause, True, knowledge) or _act_theme(reading, sentence, clause, knowledge)
    words = {
        reading.tokens.surface(a.phrase.tokens[0], a.phrase.tokens[-1])
        for a in clause.args
        if a.phrase.kind == "NP" and a.phrase.tokens
    }
    curtain = {f"{word} {lemma}" for word in words} & {c.replace("을 ", " ") for c in outcomes.curtain}
    if curtain or lemma in outcomes.finished:
        tense = _tense(clause)
        event = (
            _topic(clause)
            if curtain
            else _theme(reading, sentence, clause, lemma not in ("마치다", "마무리하다", "끝마치다", "종료하다"), knowledge)
        )
        if event is None and not curtain and lemma == "마치다":
            event = _headline_theme(reading, sentence, clause, knowledge)
            tense = tense or "held"
        return ("held" if tense == "held" else "planned" if tense == "planned" else ""), event
    if lemma in outcomes.ahead and not predicate.negated and not predicate.past and words & {"개최", "개막"}:
        return "planned", _topic(clause)
    if lemma not in hold and lemma not in passive or not predicate.kind == "PRED" or not lemma or lemma in outcomes.prepared:
        return "", None
    event = _theme(
        reading,
        sentence,
        clause,
        lemma in passive and lemma not in hold or lemma in passive and not _has_object(clause),
        knowledge,
    )
    if predicate.negated:
        called_off = "기로" in predicate.auxiliaries or not predicate.past and predicate.ending == "final"
        return ("cancelled" if called_off and predicate.ending in ("final", "connective", "reported") else ""), event
    return _tense(clause), event


def _tense(clause: Clause) -> str:
    """held for what is told in the past, planned for what is to come; empty where the words leave it open."""
    predicate = clause.predicate
    if (
        predicate.connective in _UNSAID
        or {"수", "바", "있", "싶", "보", "오", "나가"} & set(predicate.auxiliaries)
        or predicate.kind != "PRED"
    ):
        return ""
    if predicate.ending == "nominal":
        return ""
    if predicate.planned:
        return "" if predicate.past and "기로" not in predicate.auxiliaries or predicate.connective == "던" else "planned"
    if predicate.ending == "adnominal":
        if predicate.connective in ("ᆫ", "은") or predicate.past:
            return "held"
        return "planned" if predicate.connective == "는" and any(a.phrase.kind == "TIME" for a in clause.args) else ""
    if predicate.ending == "reported" and predicate.connective in ("자고", "라고", "으라고"):
        return ""
    if predicate.past:
        return "held"
    if predicate.ending == "connective":
        return ""
    return "planned" if predicate.connective.endswith(("다", "다고", "다며", "ᆸ니다", "습니다")) else ""


def _has_object(clause: Clause) -> bool:
    return any(a.particle in ("을", "를") for a in clause.args)


def _is_event(mention: Mention | None) -> bool:
    return mention is not None and schema().is_a(mention.kind, "Event")


def _topic(clause: Clause) -> Mention | None:
    return next(
        (a.head for a in (*clause.args, *reversed(clause.inherited)) if a.particle in SUBJECT | TOPIC and _is_event(a.head)), None
    )


def _theme(reading: Reading, sentence: SentenceReading, clause: Clause, passive: bool, knowledge: Knowledge) -> Mention | None:
    """The event that is held: the object, a passive's subject, a lone topic, or the noun that the clause modifies."""
    args = clause.args
    objects = [a for a in args if a.particle in ("을", "를")]
    if objects and not (passive and clause.predicate.lemma.endswith(("되다", "리다"))):
        return objects[-1].head if _is_event(objects[-1].head) else None
    if clause.predicate.ending == "adnominal":
        if passive and any(a.particle in SUBJECT for a in args):
            subject = next(a for a in args if a.particle in SUBJECT)
            return subject.head if _is_event(subject.head) else None
        head = clause.head
        if head is None or not _is_event(head.head):
            return None
        return head.mentions[0] if len(head.mentions) == 1 else None
    subjects = [
        a
        for a in args
        if a.particle in (SUBJECT | {""} if passive else frozenset()) and a.phrase.kind == "NP" and a.head is not None
    ]
    if subjects and _is_event(subjects[-1].head):
        return subjects[-1].head
    if any(a.particle in SUBJECT for a in args) and passive:
        return None
    topics = [a for a in (*args, *reversed(clause.inherited)) if a.particle in TOPIC and a.phrase.kind == "NP"]
    return topics[0].head if topics and _is_event(topics[0].head) else None


def _act_theme(reading: Reading, sentence: SentenceReading, clause: Clause, knowledge: Knowledge) -> Mention | None:
    """○○ 캠프 개최가 무산됐다: the event of the act that is called off."""
    for i in range(clause.index - 1, 0, -1):
        phrase = sentence.phrases[i]
        if (
            phrase.kind == "PRED"
            and phrase.ending == "nominal"
            and phrase.lemma == "개최하다"
            and phrase.particle in ("가", "을", "를", "은", "는")
            and i >= clause.index - 2
        ):
            before = sentence.heads[i - 1]
            return before[-1] if sentence.phrases[i - 1].particle in ("", "의") and before and _is_event(before[-1]) else None
    return None


def _headline_theme(reading: Reading, sentence: SentenceReading, clause: Clause, knowledge: Knowledge) -> Mention | None:
    """○○, ‘○○ 경연대회’ 성황리에 마쳐: a quoted event before an adverb that the analyser took for its last word."""
    if sentence.phrases and sentence.phrases[-1] is not clause.predicate:
        return None
    for arg in reversed(clause.args):
        if arg.phrase.kind != "NP" or not arg.phrase.quoted:
            continue
        opening, closing = arg.phrase.quoted[-1]
        start, end = reading.tokens.ends[opening], reading.tokens.starts[closing]
        name = reading.tokens.text[start:end]
        noun = event_noun(name.split(" ")[-1], knowledge)
        if (
            noun is not None
            and closing < arg.phrase.tokens[-1]
            and reading.tokens.surface(closing + 1, arg.phrase.tokens[-1]).strip() in ("성황리", "성공리", "성황")
        ):
            known = next((m for m in reading.mentions if m.start == start and m.end == end), None)
            return known or Mention(start=start, end=end, kind=knowledge.events.classes[noun], name=name, rule="quoted-event")
    return None
