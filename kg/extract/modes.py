"""How an event is held, where the text says it: 온라인 산림 세미나, 비대면으로 개최, 대면과 비대면을 병행하여, 특강(온라인)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.analyze.names.words import event_noun
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.whereabouts import event_of
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.knowledge.signs import signs
from kg.model import Candidate, Flag, Mention, Value
from kg.syntax.arguments import SUBJECT, TOPIC, Clause

# Words between a mode and the event noun that leave it the mode of the event: 온라인 산림 세미나; not 온라인 도박 예방 캠페인.
_FORMS = r"(?:방식|형식|형태|생중계|실시간|중계|시스템|회의|행사|교육|세미나|강의|수업|플랫폼|채널|라이브|프로그램)"


_BOTH = re.compile(r"\s(?:병행|동시)")


@dataclass(frozen=True, slots=True)
class _Manners:
    """The words that say how something is held: in ``one`` way (온라인으로), in ``both`` (대면과 비대면을 병행하여)."""

    modes: Mapping[str, str]
    one: re.Pattern[str]
    both: re.Pattern[str]

    @classmethod
    def of(cls, modes: Mapping[str, str], words: str) -> _Manners:
        one = re.compile(
            rf"(?<![가-힣])({words})(?:\([가-힣]{{2,6}}\))?(?:\s?{_FORMS}){{0,2}}\s?(?:으로|로|을 통해|를 통해)(도)?(?:만|는|도)?\s"
        )
        both = re.compile(
            rf"(?<![가-힣])(?:현장|{words})\s?(?:행사|참여|참석|방식)?\s?(?:과|와|및|·|ㆍ|/|,)\s?"
            rf"(?:{words})\s?(?:방식|참여|참석|행사|중계|생중계)?(?:을|를|으로|로)?\s?(?:동시에?\s?)?(?:병행|동시|함께|혼합)"
        )
        return cls(modes, one, both)


def extract_modes(
    reading: Reading, clauses: Sequence[tuple[SentenceReading, Sequence[Clause]]], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of mode."""
    modes = knowledge.places.modes
    words = "|".join(map(re.escape, sorted(modes, key=lambda w: (-len(w), w))))
    named = re.compile(rf"(?:^|[\s‘“「『｢])({words})(?=\s|$)")
    for mention in reading.mentions:
        if (
            schema().is_a(mention.kind, "Event")
            and (match := named.search(mention.name))
            and _of_event(mention.name[match.end() :], match[1], modes, knowledge)
        ):
            said = _mode(reading, mention, modes[match[1]], (mention.start, mention.end), "event.mode")
            yield replace(said, flags=(Flag.ASIDE,))
    yield from _noted(reading, modes)
    manners = _Manners.of(modes, words)
    hold = knowledge.verbs["hold"].active | knowledge.verbs["hold"].passive
    hold |= {v[:-2] + "되다" for v in hold if v.endswith("하다")}
    for sentence, found in clauses:
        for clause in found:
            if clause.predicate.negated:
                continue
            if clause.predicate.lemma == "이다":
                yield from _called(clause, reading, modes, words)
            elif clause.predicate.lemma in hold | knowledge.signs.broadcast:
                yield from _held(sentence, clause, reading, manners)


def _of_event(rest: str, word: str, modes, knowledge: Knowledge) -> bool:
    """Whether a mode in an event's name is the event's: what stands between it and the event noun says no topic."""
    between = rest.split()
    if not between:
        return event_noun(word, knowledge) is not None  # 화상회의
    if modes[word] == "hybrid" and word != "하이브리드" or word in ("언택트", "온택트"):
        return True
    return event_noun(between[-1].strip("’”」』》｣"), knowledge) is not None and all(
        w in knowledge.places.between or w in modes or re.fullmatch(r"제?\d+(?:회|차|기)", w) for w in between[:-1]
    )


def _noted(reading: Reading, modes) -> Iterator[Candidate]:
    """‘식물 분류 특강’(온라인): the mode in a parenthesis after the event."""
    for event, opening, closing in reading.occasions:
        text = reading.tokens.text[reading.tokens.ends[opening] : reading.tokens.starts[closing]]
        if _BOTH.search(text):
            continue  # (대면·화상 병행): told as the manner of the whole
        said = {modes[w] for w in (part.strip() for part in re.split(r"[,·/]", text)) if w in modes}
        if said:
            mode = "hybrid" if len(said) > 1 else said.pop()
            yield _mode(reading, event, mode, (event.start, reading.tokens.ends[closing]), "note.mode")


def _called(clause: Clause, reading: Reading, modes, words: str) -> Iterator[Candidate]:
    """설명회는 … 온라인 행사이다."""
    last = clause.args[-1] if clause.args else None
    if last is None or last.phrase.kind != "NP" or not last.phrase.tokens:
        return
    text = reading.tokens.surface(last.phrase.tokens[0], last.phrase.tokens[-1])
    match = re.fullmatch(rf"({words})\s(?:행사|회의|방식|교육|세미나|강의|대회)", text)
    topics = [a for a in (*clause.args[:-1], *clause.inherited) if a.particle in TOPIC | SUBJECT and a.phrase.kind == "NP"]
    event = next((e for a in topics if (e := event_of(a.phrase, a.mentions, reading)) is not None), None)
    if match and event is not None:
        start = min(event.start, reading.tokens.starts[last.phrase.first])
        yield _mode(reading, event, modes[match[1]], (start, reading.tokens.ends[last.phrase.last]), "event.called")


def _held(sentence: SentenceReading, clause: Clause, reading: Reading, manners: _Manners) -> Iterator[Candidate]:
    """비대면으로 열렸다, 대면과 비대면을 병행하여 개최했다, 온라인으로도 중계됐다."""
    first = clause.args[0].phrase.first if clause.args else clause.predicate.first
    start, end = reading.tokens.starts[first], reading.tokens.ends[clause.predicate.last]
    text = reading.tokens.text
    match, mode = manners.both.search(text, sentence.start, end), "hybrid"
    if match is None or "\n" in match[0]:
        found = list(manners.one.finditer(text, start, end))
        if not found:
            return
        match = next((m for m in found if manners.modes[m[1]] == "hybrid"), found[0])  # 채널을 통해 온·오프라인으로
        mode = manners.modes[match[1]]
        if _within_another(sentence, clause, match.end(), reading):
            return
        mode = "hybrid" if match[2] and mode == "online" else mode
        if clause.predicate.lemma in signs().broadcast and mode == "online" and not match[0].strip().endswith("만"):
            return  # 온라인으로 중계됐다: those present are not told of
    args = [
        a
        for a in (
            *reversed([a for a in clause.args if not match.start() <= reading.tokens.starts[a.phrase.first] < match.end()]),
            *((clause.head,) if clause.head is not None and clause.predicate.ending == "adnominal" else ()),
            *reversed(clause.inherited),
        )
        if a.phrase.kind == "NP"
    ]
    event = next((m for a in args for m in a.mentions if schema().is_a(m.kind, "Event")), None)
    event = event or next(
        (
            e
            for a in args
            if a.particle in TOPIC | SUBJECT | {"을", "를"} and (e := event_of(a.phrase, a.mentions, reading)) is not None
        ),
        None,
    )
    if event is None and any(
        a.particle in ("을", "를", "이", "가", "은", "는") and not (a.mentions and schema().is_a(a.mentions[-1].kind, "Agent"))
        for a in clause.args
    ):
        return
    event = event or Mention(start=start, end=start, kind="Event", name="", rule="context")
    yield _mode(reading, event, mode, (match.start(), end), "event.manner")


def _within_another(sentence: SentenceReading, clause: Clause, end: int, reading: Reading) -> bool:
    """Whether a clause that only modifies something stands between a manner and its predicate: [온라인으로 조회할 수 있는] 근거도 마련됐다."""
    starts, high = reading.tokens.starts, reading.tokens.starts[clause.predicate.first]
    return any(p.kind == "PRED" and p.ending == "adnominal" and end <= starts[p.first] < high for p in sentence.phrases)


def _mode(reading: Reading, event: Mention, mode: str, span: tuple[int, int], rule: str) -> Candidate:
    start, end = span
    return Candidate(
        relation="mode",
        subject=event,
        object=Value(kind="mode", start=start, end=end, text=mode),
        rule=rule,
        start=start,
        end=end,
        sentence=reading.sentence_at(start),
    )
