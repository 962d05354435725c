"""The edition before: 지난해 세미나, 제5회 … 제6회, 지난해에 이어 올해도; and what is said of last year's event and not of this one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.last_times import MARKS, LastTime, is_event, last_times, noun_of
from kg.extract.themes import themes_in
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention, Origin
from kg.syntax.arguments import SUBJECT, TOPIC, Clause

_EDITION = re.compile(r"제?\s?(\d{1,3})\s?(?:회|차|기)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:년도?)?(?!\d)")


def extract_series(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of previousEvent, and who held last year's event too."""
    for last in last_times(reading, knowledge):
        where = {"start": last.start, "end": last.end, "sentence": (last.sentence.start, last.sentence.end)}
        before, after = (last.current, last.previous) if last.later else (last.previous, last.current)
        yield Candidate(
            relation="previousEvent", subject=after, object=before, rule="series.last-time", origin=Origin.SERIES, **where
        )
        if last.whole:
            yield from _themes_then(reading, last, dict(clauses_of(clauses, last.sentence)), knowledge)
        if last.again:
            yield from _hosts_again(reading, last, dict(clauses_of(clauses, last.sentence)), knowledge)
    yield from _numbered(reading, knowledge)


def _themes_then(reading: Reading, last: LastTime, clauses: dict[int, Clause], knowledge: Knowledge) -> Iterator[Candidate]:
    """지난해에는 X를 주제로 … 논의했다: the theme of last year's event."""
    verbs = knowledge.verbs["discuss"].active | knowledge.verbs["hold"].active | knowledge.verbs["hold"].passive
    for theme in themes_in(reading, last.sentence, knowledge):
        clause = next((c for i, c in sorted(clauses.items()) if i > theme.index and c.predicate.lemma in verbs), None)
        if clause is None or clause.predicate.negated or any(m.kind == "Person" for a in clause.args for m in a.mentions):
            continue
        for title in theme.titles:
            topic = title.theme()
            yield Candidate(
                relation="topic",
                subject=last.previous,
                object=topic,
                rule="series.theme",
                origin=Origin.SERIES,
                start=min(last.start, topic.start),
                end=reading.tokens.ends[clause.predicate.last],
                sentence=(last.sentence.start, last.sentence.end),
            )


def clauses_of(
    clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], sentence: SentenceReading
) -> Iterator[tuple[int, Clause]]:
    """(index of its predicate, clause) of one sentence."""
    for other, found in clauses:
        if other is sentence:
            yield from ((c.index, c) for c in found)


def _hosts_again(reading: Reading, last: LastTime, clauses: dict[int, Clause], knowledge: Knowledge) -> Iterator[Candidate]:
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
            yield Candidate(
                relation=relation,
                subject=host,
                object=event,
                rule="series.again",
                origin=Origin.SERIES,
                start=start,
                end=end,
                sentence=(last.sentence.start, last.sentence.end),
                status=status,
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


def _numbered(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
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
                yield Candidate(
                    relation="previousEvent",
                    subject=mention,
                    object=before,
                    rule="series.number",
                    origin=Origin.SERIES,
                    start=start if near else before.start,
                    end=end if near else before.end,
                    sentence=reading.sentence_at(before.start),
                )
