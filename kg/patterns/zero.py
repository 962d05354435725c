"""Zero anaphora: doers that a clause leaves to what stands around it: the topic of the sentence before, partners in a clause that its object has."""

from __future__ import annotations

from kg.analyze.reading import Reading, SentenceReading
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.patterns.clause import Match
from kg.knowledge.schema import schema
from kg.model import Mention
from kg.syntax.arguments import JOIN, SUBJECT, TOPIC, Arg, Clause

_GUESTS = ("award", "attend", "sign")
_OWN = ("Meeting", "Briefing", "Forum", "Seminar", "Training")


def bodies_before(reading: Reading, sentence: SentenceReading, clause: Clause) -> tuple[Mention, ...]:
    """The bodies that the sentence before is about, where one without any subject or topic of its own goes on.

    ○○원은 소통을 강화한다. 또한, 7월 설명회를 개최한다. A name that only its ending makes one (12개 대학 동아리는) is too little.
    """
    if sentence.sentence.role != "body" or any(p.particle in SUBJECT | TOPIC for p in sentence.phrases[: clause.index]):
        return ()
    index = next(i for i, s in enumerate(reading.sentences) if s is sentence)
    before = reading.sentences[index - 1] if index else None
    if before is None or before.sentence.role != "body":
        return ()
    topics = [i for i, phrase in enumerate(before.phrases) if phrase.kind == "NP" and phrase.particle in ("은", "는")]
    if len(topics) != 1:
        return ()
    first = last = topics[0]
    while first and before.phrases[first - 1].particle in JOIN and before.heads[first - 1]:
        first -= 1
    told = tuple(m for heads in before.heads[first : last + 1] for m in heads)
    return told if all(schema().is_a(m.kind, "Organization") and (m.known or m.rule != "suffix") for m in told) else ()


_OBJECT = frozenset({"을", "를"})
_LIGHT = frozenset(
    {(noun, particle) for noun in ("바", "적", "사실", "듯") for particle in ("", "이", "가", "은", "는", "도", "을")}
    | {("것", "으로"), ("것", "은"), ("것", "")}
)


def done_by_topic(clause: Clause, match: Match, tokens: Tokens, knowledge: Knowledge) -> bool:
    """Whether the doer of an adnominal clause is the topic of its sentence: ○○부는 [○○시와 협약을 체결한] 뒤, ○○부는 [3일 개최한] 점검회의에서.

    At fairs and congresses a body that acts there may be a guest, and so is who wins a prize or signs something there.
    """
    head, topic, is_a = clause.head, clause.topic, schema().is_a
    if head is None or topic is None or topic.head is None or any(a.particle in SUBJECT | TOPIC for a in clause.args):
        return False
    words = head.phrase.tokens
    if words and tokens.words[words[0]] in knowledge.signs.afterwards and (len(words) == 1 or tokens.spaced[words[1]]):
        return True
    if (
        clause.predicate.connective in knowledge.endings.quotative
        or head.head is None
        and len(words) == 1
        and (
            (tokens.words[words[0]], head.particle) in _LIGHT
            or tokens.words[words[0]] in knowledge.syntax.feats
            and head.particle in _OBJECT
        )
    ):
        return True  # ○○시는 [포럼을 개최한] 것으로 알려졌다; ○○시는 [포럼을 개최했다는] 의혹을 부인했다
    if (
        head.head is None
        or clause.next is not None
        and any(clause.next.predicate.lemma in knowledge.verbs[group].active for group in _GUESTS)
    ):
        return False
    return (
        "topic" in match.unspoken
        and head.particle in ("에서", "에서는")
        and is_a(topic.head.kind, "Organization")
        and any(is_a(head.head.kind, kind) for kind in _OWN)
    )


def topic_before(reading: Reading, sentence: SentenceReading, clause: Clause, kind: str) -> Mention | None:
    """The thing of a kind that one of the two sentences before is about, where a clause has no subject that is known."""
    if any(a.particle in TOPIC | SUBJECT and a.phrase.kind == "NP" and a.head is not None for a in clause.args):
        return None
    index = next(i for i, s in enumerate(reading.sentences) if s is sentence)
    for earlier in reversed(reading.sentences[max(0, index - 2) : index]):
        for phrase, heads in zip(earlier.phrases, earlier.heads):
            if phrase.kind == "NP" and phrase.particle in TOPIC:
                return heads[-1] if heads and schema().is_a(heads[-1].kind, kind) else None
    return None


def partners_within(theme: Arg | None, match: Match, knowledge: Knowledge) -> tuple[Arg, ...]:
    """A는 [B와 함께 추진하는] 교육을 시작한다: those with whom the theme is held, where its clause has no doer of its own."""
    clause = theme.relative if theme is not None else None
    if clause is None or "within" not in match.unspoken or any(a.particle in SUBJECT for a in clause.args):
        return ()
    if clause.predicate.lemma not in knowledge.verbs["host"].active | knowledge.verbs["host_weak"].active:
        return ()
    return tuple(a for a in clause.args if a.particle.endswith("함께"))


def partners_alone(clause: Clause) -> tuple[Mention, ...]:
    """○○ 박람회도 유관기관들(A, B)과 함께 개최한다: those who host with somebody that the clause leaves out."""
    is_a = schema().is_a
    if any(
        a.particle in SUBJECT | TOPIC and a.mentions and not any(is_a(m.kind, "Event") for m in a.mentions)
        for a in (*clause.args, *clause.inherited)
    ):
        return ()
    return tuple(m for a in clause.args if a.particle.endswith("함께") for m in a.mentions if is_a(m.kind, "Organization"))


def outer_subject(sentence: SentenceReading, clause: Clause) -> Arg | None:
    """○○이 [△△부가 주최한 대회에서] 대상을 수상했다: the subject before one of a clause in the sentence, with no verb between the two."""
    phrases = sentence.phrases
    subjects = [i for i, p in enumerate(phrases[: clause.index]) if p.kind == "NP" and p.particle in SUBJECT]
    for i, j in zip(subjects, subjects[1:]):
        if sentence.heads[i] and not any(p.kind == "PRED" for p in phrases[i:j]):
            return Arg(phrases[i], i, phrases[i].particle, tuple(sentence.heads[i]))
    return None
