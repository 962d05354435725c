"""The edition before: 지난해 세미나, 제5회 … 제6회, 지난해에 이어 올해도; and what is said of last year's event and not of this one."""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.analyze.names.words import event_noun
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.clauses import SUBJECT, TOPIC, Clause
from kg.extract.themes import themes_in
from kg.knowledge import Knowledge
from kg.model import Claim, Mention
from kg.schema import schema

_LAST = r"(?P<when>지난\s?해|작년|전년도?|지난번)"
_OPENS = re.compile(r"^[\W_]*(?:한편,?\s|앞서,?\s|참고로,?\s)?" + _LAST + r"(?:에는|엔|에서는)\s")
_BARE = re.compile(_LAST + r"(?:에?\s(?:열린|열렸던|개최된|개최한|연))?\s(?=[가-힣])")
_AGAIN = re.compile(_LAST + r"에\s이어(?:서)?,?\s(?:올해|금년|이번)")
_EDITION = re.compile(r"제?\s?(\d{1,3})\s?(?:회|차|기)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:년도?)?(?!\d)")
_MARKS = re.compile(r"\([^()]*\)|[‘’“”'\"「」『』《》<>*·,~]")


@dataclass(frozen=True, slots=True)
class LastTime:
    """Words about the event before: which event it is, the event that it came before, and where all is said of it (``sentence``)."""

    previous: Mention
    current: Mention
    start: int
    end: int
    sentence: SentenceReading
    whole: bool
    again: bool = False


def last_times(reading: Reading, knowledge: Knowledge) -> tuple[LastTime, ...]:
    """Where a text speaks of last year's edition of an event that it tells of."""
    found: list[LastTime] = []
    previous: dict[str, Mention] = {}
    text = reading.tokens.text

    def earlier(noun: str, when: str, current: Mention) -> Mention:
        # Behind the text, so that no bare mention of this year's event takes up last year's.
        at = len(text) + len(previous) + 1
        return previous.setdefault(noun, Mention(start=at, end=at, kind=current.kind, name=f"{when} {noun}", rule="last-time", certain=False))

    for sentence in reading.sentences:
        if sentence.sentence.role in ("title", "subtitle"):
            continue
        words = text[sentence.start:sentence.end]
        opens, again = _OPENS.match(words), _AGAIN.search(words)
        bare = next(((m, e) for m in _BARE.finditer(words) if (e := _bare_event(reading, sentence.start + m.end(), knowledge)) is not None), None)
        if bare is not None:
            match, mention = bare
            noun = event_noun(mention.name, knowledge) or mention.name
            current = _this(reading, sentence, noun, knowledge, mention)
            if current is not None:
                start = sentence.start + match.start()
                found.append(LastTime(earlier(noun, match["when"].replace(" ", ""), current), current, start, mention.end, sentence, _governs(sentence, mention)))
        elif again is not None:
            current = next((m for m in reading.mentions if sentence.start + again.end() <= m.start and m.end <= sentence.end and _is_event(m) and _held(sentence, m)), None)
            if current is not None:
                noun = _noun(current, knowledge)
                start = sentence.start + again.start()
                found.append(LastTime(earlier(noun, again["when"].replace(" ", ""), current), current, start, sentence.start + again.end(), sentence, False, True))
        elif opens is not None:
            current = _this(reading, sentence, "", knowledge, None)
            if current is not None:
                noun = _noun(current, knowledge)
                start = sentence.start + opens.start("when")
                found.append(LastTime(earlier(noun, opens["when"].replace(" ", ""), current), current, start, sentence.start + opens.end() - 1, sentence, True))
    return tuple(found)


def _is_event(mention: Mention) -> bool:
    return schema().is_a(mention.kind, "Event")


def _noun(mention: Mention, knowledge: Knowledge) -> str:
    return event_noun(_MARKS.sub(" ", mention.name).split()[-1], knowledge) or mention.name.split()[-1]


def _bare_event(reading: Reading, start: int, knowledge: Knowledge) -> Mention | None:
    """An event mention that begins at an offset and is nothing but an event noun."""
    return next((m for m in reading.mentions if m.start == start and _is_event(m) and m.name in knowledge.events.nouns and len(m.name) > 1), None)


def _this(reading: Reading, sentence: SentenceReading, noun: str, knowledge: Knowledge, but: Mention | None) -> Mention | None:
    """This year's event: the last one named before a sentence that has more to its name than a noun (or, of a given noun, after it)."""
    def fits(m: Mention) -> bool:
        return _is_event(m) and m is not but and (m.certain or m.name not in knowledge.events.nouns) and (not noun or _noun(m, knowledge).endswith(noun) or noun.endswith(_noun(m, knowledge))) \
            and not re.search(r"(?:지난\s?해|작년|전년|지난)\s?[‘“「『]?$", reading.tokens.text[max(0, m.start - 6):m.start])
    before = [m for m in reading.mentions if m.end <= sentence.start and fits(m)]
    named = [m for m in before if m.name not in knowledge.events.nouns]
    if named or before:
        return before[-1]
    return next((m for m in reading.mentions if m.start >= sentence.start and fits(m)), None) if noun else None


def _governs(sentence: SentenceReading, mention: Mention) -> bool:
    """Whether a sentence is about a mention: it is its topic, its subject, or the place (에서는) of what follows."""
    return any(m == mention and p.particle in TOPIC | SUBJECT | {"에서", "에서는", "에는", "에"} for p, heads in zip(sentence.phrases, sentence.heads) for m in heads[-1:])


def _held(sentence: SentenceReading, mention: Mention) -> bool:
    return any(m == mention and p.particle in ("을", "를", "이", "가", "은", "는") for p, heads in zip(sentence.phrases, sentence.heads) for m in heads[-1:])


def extract_series(reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge) -> Iterator[Claim]:
    """Claims of previousEvent, and who held last year's event too."""
    for last in last_times(reading, knowledge):
        where = dict(start=last.start, end=last.end, sentence=(last.sentence.start, last.sentence.end))
        yield Claim(relation="previousEvent", subject=last.current, object=last.previous, rule="series.last-time", confidence=0.8, **where)
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
            yield Claim(relation="topic", subject=last.previous, object=topic, rule="series.theme", start=min(last.start, topic.start), end=reading.tokens.ends[clause.predicate.last],
                        sentence=(last.sentence.start, last.sentence.end), confidence=0.8)


def clauses_of(clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], sentence: SentenceReading) -> Iterator[tuple[int, Clause]]:
    """(index of its predicate, clause) of one sentence."""
    for other, found in clauses:
        if other is sentence:
            yield from ((c.index, c) for c in found)


def _hosts_again(reading: Reading, last: LastTime, clauses: dict[int, Clause], knowledge: Knowledge) -> Iterator[Claim]:
    """지난해에 이어 올해도 A와 공동으로 세미나를 개최했다: both years by the same bodies."""
    clause = next((c for c in clauses.values() if any(last.current in a.mentions for a in c.args)), None)
    if clause is None or clause.predicate.lemma not in knowledge.verbs["host"].active | knowledge.verbs["host_weak"].active or clause.predicate.negated:
        return
    partners = [m for a in clause.args if a.particle.endswith((" 함께", " 공동으로")) for m in a.mentions if schema().is_a(m.kind, "Agent")]
    own = next((a for a in (*clause.args, *reversed(clause.inherited)) if a.particle in TOPIC | SUBJECT and a.phrase.kind == "NP" and a.head is not None), None)
    hosts = [m for m in own.mentions if schema().is_a(m.kind, "Agent")] if own is not None else _body_before(reading, last.sentence)
    if not hosts:
        return
    low, high = last.start, reading.tokens.ends[clause.predicate.last]
    relation = "coHosted" if len(hosts) + len(partners) > 1 else "hosted"
    for host in (*hosts, *partners):
        inside = last.sentence.start <= host.start < last.sentence.end
        start, end = (min(low, host.start), high) if inside else (low, high)
        for event, status in ((last.current, "planned" if clause.predicate.planned else "asserted"), (last.previous, "asserted")):
            yield Claim(relation=relation, subject=host, object=event, rule="series.again", start=start, end=end, sentence=(last.sentence.start, last.sentence.end),
                        status=status, confidence=0.75)


def _body_before(reading: Reading, sentence: SentenceReading) -> list[Mention]:
    """The body that the sentence before is about."""
    index = next(i for i, s in enumerate(reading.sentences) if s is sentence)
    for phrase, heads in zip(reading.sentences[index - 1].phrases, reading.sentences[index - 1].heads) if index else ():
        if phrase.kind == "NP" and phrase.particle in TOPIC:
            return [heads[-1]] if heads and schema().is_a(heads[-1].kind, "Organization") else []
    return []


def _core(name: str) -> str:
    return " ".join(_YEAR.sub(" ", _EDITION.sub(" ", _MARKS.sub(" ", name))).split())


def _numbered(reading: Reading, knowledge: Knowledge) -> Iterator[Claim]:
    """제5회 ○○ 경진대회 … 제6회 ○○ 경진대회: the same name with the number, or the year, before."""
    series: dict[str, dict[tuple[str, int], Mention]] = {}
    for mention in reading.mentions:
        core = _core(mention.name)
        if not _is_event(mention) or len(core.replace(" ", "")) < len(_noun(mention, knowledge)) + 1:
            continue
        years = _YEAR.findall(_MARKS.sub(" ", mention.name))
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
                yield Claim(relation="previousEvent", subject=mention, object=before, rule="series.number", start=start if near else before.start, end=end if near else before.end,
                            sentence=reading.sentence_at(before.start), confidence=0.85)


def of_last_time(claims: Iterable[Claim], reading: Reading, knowledge: Knowledge) -> Iterator[Claim]:
    """Claims of a sentence about last year's event made about that event, and not about this year's."""
    whole = [last for last in last_times(reading, knowledge) if last.whole]
    for claim in claims:
        last = next((w for w in whole if w.sentence.start <= claim.start < w.sentence.end), None)
        if last is not None and not claim.rule.startswith("series."):
            claim = replace(claim, subject=_meant(claim.subject, last, knowledge),
                            object=_meant(claim.object, last, knowledge) if isinstance(claim.object, Mention) else claim.object)
        yield claim


def _meant(mention: Mention, last: LastTime, knowledge: Knowledge) -> Mention:
    """Last year's event where a mention in its sentence means it: by context alone, or by a bare noun that nothing points elsewhere."""
    if not _is_event(mention) or mention.definite and mention.definite not in ("지난", "당시"):
        return mention
    if mention.rule == "context":
        return last.previous
    noun = last.previous.name.split()[-1]
    inside = last.sentence.start <= mention.start < last.sentence.end
    return last.previous if inside and mention.name in knowledge.events.nouns and (mention.name.endswith(noun) or mention.name in knowledge.events.any) else mention
