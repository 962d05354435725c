"""Titles of talks and themes as a text writes them, and the speakers that stand with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.knowledge.signs import endings, signs
from kg.model import Candidate, Mention
from kg.syntax.arguments import SUBJECT, TOPIC, Arg, Clause

_MARKS = " ‘’“”「」『』《》<>*"


@dataclass(frozen=True, slots=True)
class Title:
    """The words of a title, and the speakers that a parenthesis gives (‘…(○○대 ○○○ 교수)’, ‘…’(○○○ 교수))."""

    start: int
    end: int
    name: str
    speakers: tuple[Mention, ...] = ()

    def talk(self) -> Mention:
        return Mention(start=self.start, end=self.end, kind="Presentation", name=self.name, rule="talk-title")

    def by(self, speakers: Sequence[Mention]) -> Title:
        """The title with those who speak."""
        return replace(self, speakers=tuple(speakers))

    def theme(self) -> Mention:
        return Mention(start=self.start, end=self.end, kind="Topic", name=self.name, rule="theme")


def here(offset: int) -> Mention:
    """The event that the text is about at an offset."""
    return Mention(start=max(offset, 0), end=max(offset, 0), kind="Event", name="", rule="context")


def happens(predicate: Phrase) -> bool:
    """Whether a predicate says that something is done or planned, not denied or only wished."""
    return not predicate.negated and not (
        predicate.ending in ("connective", "reported") and predicate.connective in endings().unreal
    )


def people_between(reading: Reading, start: int, end: int) -> tuple[Mention, ...]:
    """Persons named between two offsets, each once."""
    found = {m.start: m for m in reading.within(start, end) if m.kind == "Person"}
    return tuple(found.values())


def title_of(reading: Reading, start: int, end: int) -> Title | None:
    """The title between two offsets, without marks and without a parenthesis that only names who speaks."""
    text = reading.tokens.text
    speakers: tuple[Mention, ...] = ()
    while start < end and text[start] in _MARKS:
        start += 1
    while start < end and text[end - 1] in _MARKS:
        end -= 1
    if (
        text[end - 1 : end] == ")"
        and (opening := text.rfind("(", start, end)) > start
        and (speakers := people_between(reading, opening, end))
    ):
        end = opening
    name = " ".join(text[start:end].replace("*", "").split()).strip(_MARKS)
    return Title(start, end, name, speakers) if len(name) >= 2 else None


def quoted_titles(reading: Reading, phrase: Phrase) -> list[Title]:
    """The quoted titles of a noun phrase, with the people of the parenthesis right behind them."""
    tokens, found = reading.tokens, []
    for opening, closing in phrase.quoted:
        title = title_of(reading, tokens.ends[opening], tokens.starts[closing])
        if title is None:
            continue
        note = next((n for n in phrase.notes if n[0] == closing + 1), None)
        people = people_between(reading, tokens.starts[note[0]], tokens.ends[note[1]]) if note and not title.speakers else ()
        found.append(Title(title.start, title.end, title.name, title.speakers or people))
    return found


def _between(reading: Reading, phrase: Phrase) -> bool:
    """Whether a noun phrase says between whom (한국과 [영국 간 …])."""
    return "간" in [reading.tokens.words[i] for i in phrase.tokens[1:3]]


def bare_quote(phrase: Phrase) -> bool:
    """Whether a noun phrase is quoted titles and nothing else: 새 노래 ‘…’ and ‘…’ 보고서 are more."""
    return phrase.kind == "NP" and bool(phrase.quoted) and all(any(a <= t <= b for a, b in phrase.quoted) for t in phrase.tokens)


def titles_ending_at(reading: Reading, sentence: SentenceReading, k: int, low: int = 0) -> list[Title]:
    """The titles that end with phrase k: quoted ones (several in a list), or the noun phrase with all that modifies it."""
    tokens, phrases = reading.tokens, sentence.phrases
    phrase = phrases[k]
    if phrase.kind == "QUOTE":
        title = title_of(reading, tokens.ends[phrase.first], tokens.starts[phrase.last])
        return [title] if title else []
    if phrase.quoted and any(b == phrase.tokens[-1] for _, b in phrase.quoted):
        return _quoted_list(reading, phrases, k, low)
    if len(phrase.quoted) == 1 and 2 * (phrase.quoted[0][1] - phrase.quoted[0][0]) >= len(phrase.tokens):
        return quoted_titles(reading, phrase)  # ‘…’ 기술을 주제로
    first = _modified_from(reading, sentence, k, low)
    if first is None or first == k and not phrase.quoted and any(map(_taken, sentence.heads[k])):
        return []
    start, end = tokens.starts[phrases[first].first], tokens.ends[phrase.last]
    if tokens.words[phrase.tokens[-1]] == "등" or not 2 <= end - start <= 90:
        return []
    title = title_of(reading, start, end)
    return [title] if title else []


def _taken(mention: Mention) -> bool:
    """Whether a name is a person's or an event's, and so no title."""
    return mention.kind == "Person" or schema().is_a(mention.kind, "Event")


def _quoted_list(reading: Reading, phrases: Sequence[Phrase], k: int, low: int) -> list[Title]:
    """Quoted titles in a list that ends with phrase k."""
    titles: list[Title] = []
    j = k
    while j >= low and phrases[j].kind == "NP" and phrases[j].quoted and (j == k or phrases[j].particle in endings().listing):
        titles[:0] = quoted_titles(reading, phrases[j])
        j -= 1
        while j >= low and phrases[j].kind in ("ADV", "COMMA") and phrases[j].particle in ("및", ""):
            j -= 1
    return titles


def _modified_from(reading: Reading, sentence: SentenceReading, k: int, low: int) -> int | None:
    """The phrase that all that modifies phrase k begins with; None where a clause that modifies it is no part of a title."""
    j = k
    while j > low and (step := _step(reading, sentence, j, low)):
        if step < 0:
            return None
        j -= step
    return j


def _step(reading: Reading, sentence: SentenceReading, j: int, low: int) -> int:
    """How many phrases before phrase j go with it; less than none where they make it no title."""
    phrases = sentence.phrases
    before, inner = phrases[j - 1], phrases[j - 2] if j > low + 1 else None
    if before.kind == "NP":
        return int(_linked(reading, sentence, j))
    if before.kind == "ADV":
        return int(before.particle == "및")
    if before.kind != "PRED":
        return 0
    adnominal = before.ending == "adnominal"
    if adnominal and before.lemma[:-1] in signs().like_particles and inner is not None and inner.kind == "NP":
        return 2
    if before.lemma == "위하다" and j > low + 2 and phrases[j - 2].ending == "nominal":
        return 3 if phrases[j - 3].particle in ("을", "를", "이", "가", "에", "으로", "로") else 2  # 발전을 지원하기 위한 …
    if not adnominal:
        return 0
    # 빅데이터를 활용한 …: what modifies belongs to the title, or it is none
    own = (
        inner is not None
        and inner.kind == "NP"
        and inner.particle in endings().of_clauses
        and not any(map(_taken, sentence.heads[j - 2]))
    )
    return 2 if own else -1


def _linked(reading: Reading, sentence: SentenceReading, j: int) -> bool:
    """Whether the noun phrase before phrase j goes with it: ○○의, ○○와; not somebody who does something with another."""
    before = sentence.phrases[j - 1]
    if before.particle not in endings().linking or before.comma or before.particle == ",":
        return False
    if before.particle in ("과", "와") and reading.tokens.words[before.tokens[-1]] == "들":
        return False  # 청년들과 [일자리 정책을] 주제로
    doers = before.particle in ("과", "와", "") and any(schema().is_a(m.kind, "Agent") for m in sentence.heads[j - 1])
    return not doers or _between(reading, sentence.phrases[j])


def speaks_itself(reading: Reading, sentence: SentenceReading, starts: Sequence[int]) -> bool:
    """Whether an item of a list is a clause of its own: ▲○○○ 팀장이 ‘X’를 주제로 발표하고, ▲…."""
    subjects = {
        m.start
        for phrase, heads in zip(sentence.phrases, sentence.heads)
        if phrase.particle in SUBJECT | TOPIC
        for m in heads
        if m.kind == "Person"
    }
    return any(reading.tokens.text[low:start].strip() == "" for low in starts for start in subjects if low <= start <= low + 2)


def are_speakers(reading: Reading, sentence: SentenceReading, before: int, knowledge: Knowledge) -> bool:
    """Whether somebody is called a speaker before a phrase: 첫 발표자인 ○○○ 교수는, ○○○ 연구원이 발제자로 참석하여."""
    words, callings = reading.tokens.words, knowledge.talks.callings
    return any(p.kind == "NP" and p.tokens and words[p.tokens[-1]] in callings for p in sentence.phrases[:before])


def is_talk(reading: Reading, phrase: Phrase, knowledge: Knowledge) -> bool:
    """Whether a phrase is the noun of a talk: 강연, 기조 발제, 주제발표."""
    if phrase.kind == "PRED":
        return phrase.ending == "nominal" and not phrase.connective and phrase.lemma.removesuffix("하다") in knowledge.talks.nouns
    if phrase.kind != "NP" or not phrase.tokens:
        return False
    tokens, last = reading.tokens, phrase.tokens[-1]
    first = last
    while first > phrase.tokens[0] and not tokens.spaced[first]:
        first -= 1
    return tokens.surface(first, last) in knowledge.talks.nouns


def speakers_in(reading: Reading, arg: Arg) -> tuple[Mention, ...]:
    """The persons that an argument names; those in its parenthesis where it names their body (○○대학교(○○○ 교수)는)."""
    people = tuple(m for m in arg.mentions if m.kind == "Person")
    if people or not arg.phrase.notes or arg.head is None:
        return people
    tokens = reading.tokens
    return tuple(
        p
        for opening, closing in arg.phrase.notes
        for p in people_between(reading, tokens.starts[opening], tokens.ends[closing])
        if p.title_span is not None and p.title_span[0] > p.start
    )  # (원장 ○○○) only tells who leads


def doers(reading: Reading, clause: Clause) -> tuple[Mention, ...]:
    """The persons that do what a clause says: its subject or topic, or that of the clause before where it has none."""
    own = [a for a in clause.args if a.particle in SUBJECT | TOPIC and a.phrase.kind == "NP"]
    for args in (own, clause.inherited):
        for particles in (SUBJECT, TOPIC):
            for arg in reversed(args):
                if arg.particle in particles and (people := speakers_in(reading, arg)):
                    return people
        if any(a.head is None or schema().is_a(a.head.kind, "Agent") for a in args):
            return ()
    return ()


def event_of(clause: Clause) -> Mention | None:
    """The event among what a clause speaks of: its arguments, what it modifies, what it shares with the clause before."""
    for arg in (*reversed(clause.args), *((clause.head,) if clause.head else ()), *reversed(clause.inherited)):
        for mention in arg.mentions:
            if schema().is_a(mention.kind, "Event"):
                return mention
    return None


def stage_of(clause: Clause, offset: int) -> Mention:
    """The event at which a clause's talk was given: its own …에서, else the one that the text is about."""
    for arg in (*clause.args, *clause.inherited):
        if (
            arg.particle in ("에서", "에서는", "에서도", "에", "에는")
            and arg.head is not None
            and schema().is_a(arg.head.kind, "Event")
        ):
            return arg.head
    return here(offset - 1)


def given(title: Title, rule: str, clause: Clause, reading: Reading, sentence: SentenceReading) -> Iterator[Candidate]:
    """Claims that its speakers gave a talk, and that it was given at an event, as a clause says."""
    talk, speakers, predicate = title.talk(), title.speakers, clause.predicate
    inside = [m for m in (*speakers, talk) if sentence.start <= m.start and m.end <= sentence.end]
    where: dict[str, Any] = {
        "rule": rule,
        "start": min(m.start for m in inside),
        "end": max(reading.tokens.ends[predicate.last], *(m.end for m in inside)) if inside else talk.end,
        "sentence": (sentence.start, sentence.end),
        "status": "planned" if predicate.planned else "asserted",
    }
    for speaker in speakers:
        yield Candidate(relation="presented", subject=speaker, object=talk, **where)
    yield Candidate(
        relation="presentedAt", subject=talk, object=stage_of(clause, title.start), **(where | {"rule": f"{rule}.here"})
    )
