"""What a theme is the theme of: an event (‘…’를 주제로 열었다) or a talk (‘…’를 주제로 발표했다)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.analyze.reading import Reading, SentenceReading
from kg.extract.theme_events import of_event, topics
from kg.extract.themes import Theme, themes_in
from kg.extract.titles import (
    Title,
    are_speakers,
    bare_quote,
    doers,
    event_of,
    given,
    happens,
    is_talk,
    people_between,
    quoted_titles,
    speakers_in,
)
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention
from kg.syntax.arguments import SUBJECT, TOPIC, Clause


def extract_themes(
    reading: Reading, sentence: SentenceReading, clauses: Sequence[Clause], knowledge: Knowledge
) -> Iterator[Candidate]:
    """Claims of topic for events, of presented and presentedAt for talks, from the themes of a sentence."""
    for theme in themes_in(reading, sentence, knowledge):
        clause = _clause(clauses, theme, knowledge)
        if clause is not None and happens(clause.predicate) and not _session(reading, sentence, clause, theme):
            yield from _settle(reading, sentence, clause, theme, knowledge)


def _session(reading: Reading, sentence: SentenceReading, clause: Clause, theme: Theme) -> bool:
    """Whether a theme is that of a part which somebody presides over: 제1세션은 ‘…’를 주제로 ○○○ 실장의 사회 아래 ○○○ 교수의 발제가 이어진다."""
    between = sentence.phrases[theme.index + 1 : clause.index]
    return any(
        p.kind == "NP"
        and p.tokens
        and reading.tokens.surface(p.tokens[0], p.tokens[-1]) in ("사회", "사회 아래", "사회 하", "좌장")
        for p in between
    )


def _clause(clauses: Sequence[Clause], theme: Theme, knowledge: Knowledge) -> Clause | None:
    """The clause that a theme belongs to, with what ‘…’라는 took from it; one that only modifies something is passed over."""
    following = [c for c in clauses if c.index > theme.index]
    following = [
        c
        for c in following
        if c.predicate.ending != "nominal" or c.predicate.connective or not c.predicate.particle or c is following[-1]
    ]
    verbs, talks = knowledge.verbs, knowledge.talks
    known = (
        verbs["talk"].active
        | talks.look
        | talks.give
        | talks.debate
        | talks.adopt
        | talks.shown
        | verbs["hold"].active
        | verbs["hold"].passive
    )
    firm = known - talks.look - talks.give - talks.debate
    clause = next(
        (
            c
            for c in following
            if (lemma := c.predicate.lemma)
            in (known if c.predicate.ending != "adnominal" or c.index == theme.index + 1 else firm)
            or lemma.endswith("되다")
            and lemma[:-2] + "하다" in known
        ),
        None,
    ) or next(iter(following), None)
    if clause is None:
        return None
    called = [
        a
        for c in clauses
        if theme.first < c.index <= theme.index and c.predicate.lemma == "이다"
        for a in (*c.args, *c.inherited)
        if a.index < theme.first
    ]
    return replace(clause, args=[*called, *clause.args]) if called else clause


def _settle(
    reading: Reading, sentence: SentenceReading, clause: Clause, theme: Theme, knowledge: Knowledge
) -> Iterator[Candidate]:
    """Whether a theme is an event's or a talk's, by what is done: 열다, 논의하다; 발표하다, 강연을 하다."""
    talks, phrases = knowledge.talks, sentence.phrases
    predicate = clause.predicate
    after = phrases[theme.index + 1 : theme.index + 5]
    own = [t for t in theme.titles if t.speakers]
    if own:
        for title in own:
            yield from given(title, "talk.theme", clause, reading, sentence)
        return
    if theme.of:
        yield from _modified(reading, sentence, clause, theme, knowledge)
        return
    if predicate.lemma == "하다" and clause.index == theme.index + 1:  # 주제로 한 학술대회, 주제로 하여 열린 …
        if predicate.ending == "adnominal":
            yield from _modified(reading, sentence, clause, theme, knowledge)
            return
        clause = clause.next if clause.next is not None else clause
        predicate = clause.predicate
    people = doers(reading, clause) or _in_talk(reading, clause, knowledge)
    called = are_speakers(reading, sentence, theme.first, knowledge)
    if called and not people and sentence.phrases[theme.first - 1].particle in SUBJECT | TOPIC:
        people = tuple(m for m in sentence.heads[theme.first - 1] if m.kind == "Person")
    talk = knowledge.verbs["talk"].active
    speaking = (
        predicate.lemma in talk
        or predicate.lemma.endswith("되다")
        and predicate.lemma[:-2] + "하다" in talk
        or _talks(reading, clause, after, knowledge)
    )
    with_others = any(
        a.particle.startswith(("과", "와"))
        and a.phrase.kind == "NP"
        and a.phrase.tokens
        and (
            a.head is not None
            and schema().is_a(a.head.kind, "Agent")
            or reading.tokens.words[a.phrase.tokens[-1]] in knowledge.talks.folk
        )
        for a in clause.args
    )
    speaks = speaking or called or predicate.lemma in talks.look or people and predicate.lemma in talks.give
    if (
        predicate.lemma in knowledge.verbs["hold"].active
        and predicate.lemma not in talks.give
        or event_of(clause)
        and predicate.lemma in talks.give
        and not speaking
    ):
        speaks = False
    if people and speaks and not with_others and not (predicate.lemma in talks.debate and not speaking and not theme.named):
        yield from _talk(reading, sentence, clause, theme, people)
        return
    if theme.named:
        return
    yield from of_event(reading, sentence, clause, theme, knowledge)


def _in_talk(reading: Reading, clause: Clause, knowledge: Knowledge) -> tuple[Mention, ...]:
    """Speakers in the parenthesis of the talk itself: 기조강연(○○대 ○○○ 교수)에서는 ‘…’을 주제로."""
    for arg in clause.args:
        if arg.phrase.notes and is_talk(reading, arg.phrase, knowledge):
            starts, ends = reading.tokens.starts, reading.tokens.ends
            return tuple(p for a, b in arg.phrase.notes for p in people_between(reading, starts[a], ends[b]))
    return ()


def _talks(reading: Reading, clause: Clause, after, knowledge: Knowledge) -> bool:
    """Whether the noun of a talk stands with the verb: 강연을 진행하다, 특강에 나서다; 기조연설에서는."""
    return any(
        is_talk(reading, a.phrase, knowledge)
        or a.phrase.kind == "NP"
        and len(a.phrase.tokens) == 1
        and reading.tokens.words[a.phrase.tokens[0]] in knowledge.talks.nouns
        for a in clause.args
    )


def _talk(
    reading: Reading, sentence: SentenceReading, clause: Clause, theme: Theme, people: Sequence[Mention]
) -> Iterator[Candidate]:
    """Who gave which talk: several by order, pairs where each has its own (○○○은 ‘…’를, ○○○은 ‘…’를 주제로)."""
    pairs: list[tuple[Title, tuple[Mention, ...]]] = []
    objects = [a.phrase for a in clause.args if a.index > theme.index and a.particle in ("을", "를") and bare_quote(a.phrase)]
    if objects:  # ‘…’를 주제로 ○○○ 교수가 ‘…’을 발표했다: the talk has a title of its own
        for title in (t for phrase in objects for t in quoted_titles(reading, phrase)):
            yield from given(title.by(people), "talk.title", clause, reading, sentence)
        return
    args = [a for a in clause.args if a.index < theme.index]
    for before, arg in zip(args, args[1:]):
        if (
            before.particle in TOPIC | SUBJECT
            and arg.particle in ("을", "를")
            and arg.phrase.quoted
            and (own := speakers_in(reading, before))
        ):
            pairs += [(title, own) for title in quoted_titles(reading, arg.phrase)]
    if len(pairs) < 2:
        titles = theme.titles
        pairs = (
            [(t, (p,)) for p, t in zip(people, titles)]
            if len(people) == len(titles) > 1
            else [(t, tuple(people)) for t in titles]
        )
    for title, speakers in pairs:
        yield from given(title.by(speakers), "talk.theme", clause, reading, sentence)


def _modified(
    reading: Reading, sentence: SentenceReading, clause: Clause, theme: Theme, knowledge: Knowledge
) -> Iterator[Candidate]:
    """주제로 한 학술대회, 주제로 한 ○○○ 교수의 강연: what the theme modifies."""
    phrases = sentence.phrases
    speakers: tuple[Mention, ...] = ()
    index = (theme.index if theme.of else clause.index) + 1
    while index < len(phrases) and phrases[index].kind in ("NP", "ADV", "TIME"):
        events = [m for m in sentence.heads[index] if schema().is_a(m.kind, "Event")]
        if is_talk(reading, phrases[index], knowledge):
            break
        if events and not theme.named:
            yield from topics(reading, sentence, clause, theme, events[-1])
            return
        people = tuple(m for m in sentence.heads[index] if m.kind == "Person")
        if not people or phrases[index].particle not in ("의", ""):
            return
        speakers, index = people, index + 1
    if index >= len(phrases) or not is_talk(reading, phrases[index], knowledge):
        return
    main = clause
    while main.next is not None and main.index < index:
        main = main.next
    speaks = main.predicate.lemma in knowledge.talks.give and event_of(main) is None
    if (
        phrases[index].particle in ("에서", "에서는", "을 통해", "를 통해")
        and main.predicate.lemma in knowledge.verbs["say"].active
    ):
        speaks = True  # ‘…’를 주제로 한 발표에서 “…”라고 말했다
    speakers = speakers or (doers(reading, main) if speaks else ())
    if speakers and happens(main.predicate):
        for title in theme.titles:
            yield from given(title.by(speakers), "talk.theme", main, reading, sentence)
