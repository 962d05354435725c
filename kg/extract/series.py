"""The edition before: 지난해 세미나, 제5회 … 제6회, 지난해에 이어 올해도; and what is said of last year's event and not of this one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.analyze.reading import Reading, SentenceReading
from kg.syntax.arguments import SUBJECT, TOPIC, Clause
from kg.extract.last_times import MARKS, LastTime, is_event, last_times, noun_of
from kg.extract.themes import themes_in
from kg.knowledge.load import Knowledge
from kg.model import Claim, Mention
from kg.knowledge.schema import schema

_EDITION = re.compile(r"제?\s?(\d{1,3})\s?(?:회|차|기)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:년도?)?(?!\d)")


def extract_series(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Claim]:
    """Claims of previousEvent, and who held last year's event too."""
    for last in last_times(reading, knowledge):
        where = dict(start=last.start, end=last.end, sentence=(last.sentence.start, last.sentence.end))
        before, after = (last.current, last.previous) if last.later else (last.previous, last.current)
        yield Claim(relation="previousEvent", subject=after, object=before, rule="series.last-time", confidence=0.8, **where)
        if last.whole:
            yield from _themes_then(reading, last, dict(clauses_of(clauses, last.sentence)), knowledge)
        if last.again:
            yield from _hosts_again(reading, last, dict(clauses_of(clauses, last.sentence)), knowledge)
    yield from _numbered(reading, knowledge)


def _themes_then(reading: Reading, last: LastTime, clauses: dict[int, Clause], knowledge: Knowledge) -> Iterator[Claim]:
    """지난해에는 X를 주제로 … 논의했다: the theme of last year's event."""
    verbs = knowledge.verbs["discuss"].active | knowledge.verbs["hold"].active | knowledge.verbs["hold"].passive
    for theme in themes_in(reading, last.sentence, knowledge):
        clause = next((c for i, c in sorted(clauses.items()) if i > theme.index and c.predicate.lemma in verbs), None)
        if clause is None or clause.predicate.negated or any(m.kind == "Person" for a in clause.args for m in a.mentions):
            continue
        for title in theme.titles:
            topic = title.theme()
            yield Claim(
                relation="topic",
                subject=last.previous,
                object=topic,
                rule="series.theme",
                start=min(last.start, topic.start),
                end=reading.tokens.ends[clause.predicate.last],
                sentence=(last.sentence.start, last.sentence.end),
                confidence=0.8,
            )


def clauses_of(
    clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], sentence: SentenceReading
) -> Iterator[tuple[int, Clause]]:
    """(index of its predicate, clause) of one sentence."""
    for other, found in clauses:
        if other is sentence:
            yield from ((c.index, c) for c in found)


def _hosts_again(reading: Reading, last: LastTime, clauses: dict[int, Clause], knowledge: Knowledge) -> Iterator[Claim]:
    """지난해에 이어 올해도 A와 공동으로 세미나를 개최했다: both years by the same bodies."""
    clause = next((c for c in clauses.values() if any(last.current in a.mentions for a in c.args)), None)
    if (
        clause is None
        or clause.predicate.lemma not in knowledge.verbs["host"].active | knowledge.verbs["host_weak"].active
        or clause.predicate.negated
    ):
        return
    partners = [
        m
        for a in clause.args
        if a.particle.endswith((" 함께", " 공동으로"))
        for m in a.mentions
        if schema().is_a(m.kind, "Agent")
    ]
    own = next(
        (
            a
            for a in (*clause.args, *reversed(clause.inherited))
            if a.particle in TOPIC | SUBJECT and a.phrase.kind == "NP" and a.head is not None
        ),
        None,
    )
    hosts = (
        [m for m in own.mentions if schema().is_a(m.kind, "Agent")] if own is not None else _body_before(reading, last.sentence)
    )
    if not hosts:
        return
    low, high = last.start, reading.tokens.ends[clause.predicate.last]
    relation = "coHosted" if len(hosts) + len(partners) > 1 else "hosted"
    for host in (*hosts, *partners):
        inside = last.sentence.start <= host.start < last.sentence.end
        start, end = (min(low, host.start), high) if inside else (low, high)
        for event, status in ((last.current, "planned" if clause.predicate.planned else "asserted"), (last.previous, "asserted")):
            yield Claim(
                relation=relation,
                subject=host,
                object=event,
                rule="series.again",
                start=start,
                end=end,
                sentence=(last.sentence.start, last.sentence.end),
                status=status,
                confidence=0.75,
            )


def _body_before(reading: Reading, sentence: SentenceReading) -> list[Mention]:
    """The body that the sentence before is about."""
    index = next(i for i, s in enumerate(reading.sentences) if s is sentence)
    for phrase, heads in zip(reading.sentences[index - 1].phrases, reading.sentences[index - 1].heads) if index else ():
        if phrase.kind == "NP" and phrase.particle in TOPIC:
            return [heads[-1]] if heads and schema().is_a(heads[-1].kind, "Organization") else []
    return []


def _core(name: str) -> str:
    return " ".join(_YEAR.sub(" ", _EDITION.sub(" ", MARKS.sub(" ", name))).split())


def _numbered(reading: Reading, knowledge: Knowledge) -> Iterator[Claim]:
    """제5회 ○○ 경진대회 … 제6회 ○○ 경진대회: the same name with the number, or the year, before."""
    series: dict[str, dict[tuple[str, int], Mention]] = {}
    for mention in reading.mentions:
        core = _core(mention.name)
        if not is_event(mention) or len(core.replace(" ", "")) < len(noun_of(mention, knowledge)) + 1:
            continue
        years = _YEAR.findall(MARKS.sub(" ", mention.name))
        if mention.edition is not None:
            series.setdefault(core, {}).setdefault(("edition", mention.edition), mention)
        elif len(years) == 1:
            series.setdefault(core, {}).setdefault(("year", int(years[0])), mention)
    for editions in series.values():
        for (kind, number), mention in editions.items():
            before = editions.get((kind, number - 1))
            if before is not None:
                start, end = min(before.start, mention.start), max(before.end, mention.end)
                near = reading.sentence_at(mention.start) == reading.sentence_at(before.start)
                yield Claim(
                    relation="previousEvent",
                    subject=mention,
                    object=before,
                    rule="series.number",
                    start=start if near else before.start,
                    end=end if near else before.end,
                    sentence=reading.sentence_at(before.start),
                    confidence=0.85,
                )


def of_last_time(claims: Iterable[Claim], reading: Reading, knowledge: Knowledge) -> Iterator[Claim]:
    """Claims of a sentence about last year's event made about that event, and not about this year's."""
    times = last_times(reading, knowledge)
    whole = [last for last in times if last.whole]
    named = {(last.bare.start, last.bare.end): last.previous for last in times if last.bare is not None}
    for claim in claims:
        if not claim.rule.startswith("series."):
            claim = _other(claim, named)
        last = next((w for w in whole if w.sentence.start <= claim.start < w.sentence.end), None)
        if last is not None and not claim.rule.startswith("series."):
            claim = replace(
                claim,
                subject=_meant(claim.subject, last, knowledge),
                object=_meant(claim.object, last, knowledge) if isinstance(claim.object, Mention) else claim.object,
            )
        yield claim


def _other(claim: Claim, named: Mapping[tuple[int, int], Mention]) -> Claim:
    """A claim about the very noun that means the edition before or to come (내년 포럼), as one about that edition."""
    subject = named.get((claim.subject.start, claim.subject.end), claim.subject)
    object_ = claim.object
    if isinstance(object_, Mention):
        object_ = named.get((object_.start, object_.end), object_)
    return replace(claim, subject=subject, object=object_)


def _meant(mention: Mention, last: LastTime, knowledge: Knowledge) -> Mention:
    """Last year's event where a mention in its sentence means it: by context alone, or by a bare noun."""
    if not is_event(mention) or mention.definite and mention.definite not in ("지난", "당시"):
        return mention
    if mention.rule == "context":
        return last.previous
    noun = last.previous.name.split()[-1]
    inside = last.sentence.start <= mention.start < last.sentence.end
    return (
        last.previous
        if inside
        and mention.name in knowledge.events.nouns
        and (mention.name.endswith(noun) or mention.name in knowledge.events.any)
        else mention
    )
