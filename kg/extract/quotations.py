"""Direct speech: “…”라고 말했다. The speaker is the subject of the verb of saying; stretches that one verb joins are one quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.analyze.phrases import Phrase
from kg.analyze.reading import Reading, SentenceReading
from kg.extract.speakers import about, speaker_of, unfinished, verb_of
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Candidate, Mention
from kg.syntax.arguments import SUBJECT, TOPIC

_SHORTEST = 5  # characters; shorter quotations are words that are talked about


@dataclass(slots=True)
class _Stretch:
    """Quoted speech that one verb joins: its phrases by sentence, and who speaks."""

    parts: list[tuple[SentenceReading, Phrase]]
    speaker: Mention
    end: int
    open: bool  # no verb of saying has come yet: the next line may go on
    rule: str


def extract_quotations(reading: Reading, knowledge: Knowledge) -> Iterator[Candidate]:
    """Claims of ``said``: person → quotation; the quotation's name is all its words."""
    for stretch in _stretches(reading, knowledge):
        if (claim := _claim(reading, stretch)) is not None:
            yield claim


def _claim(reading: Reading, stretch: _Stretch) -> Candidate | None:
    tokens = reading.tokens
    words = [tokens.text[tokens.ends[p.first] : tokens.starts[p.last]].strip() for _, p in stretch.parts]
    words = [" ".join(w.split()) for w in words if w]
    if sum(map(len, words)) < _SHORTEST and not any(_is_sentence(tokens, p) for _, p in stretch.parts):
        return None
    (sentence, first), (_, last) = stretch.parts[0], stretch.parts[-1]
    quotation = Mention(
        start=tokens.ends[first.first],
        end=tokens.starts[last.last],
        kind="Quotation",
        name=" … ".join(words),
        rule="direct-speech",
    )
    start = tokens.starts[first.first]
    if sentence.start <= stretch.speaker.start < sentence.end:
        start = min(start, stretch.speaker.start)
    return Candidate(
        relation="said",
        subject=stretch.speaker,
        object=quotation,
        rule=stretch.rule,
        start=start,
        end=max(stretch.end, tokens.ends[last.last]),
        sentence=(sentence.start, sentence.end),
    )


def _is_sentence(tokens, phrase: Phrase) -> bool:
    """Whether a quotation holds a finished sentence, however short (“내년이면 늦다”)."""
    return any("EF" in tokens.tags[i] for i in range(phrase.first + 1, phrase.last))


def _stretches(reading: Reading, knowledge: Knowledge) -> Iterator[_Stretch]:
    """Quoted speech in order; what has no speaker of its own goes on from the sentence before."""
    say = knowledge.verbs["say"].active
    pending: _Stretch | None = None  # “…”라며 at the end of a line
    before: Mention | None = None  # who the sentence before is about, or spoke in it
    for number, sentence in enumerate(reading.sentences):
        quotes = [i for i, p in enumerate(sentence.phrases) if p.kind == "QUOTE"]
        spoke: Mention | None = None
        for group in _groups(sentence, quotes, say):
            verb = verb_of(reading, sentence, group, knowledge)
            speaker, settled = speaker_of(reading, sentence, group, knowledge)
            parts = [(sentence, sentence.phrases[i]) for i in group]
            end = reading.tokens.ends[verb.last] if verb is not None else 0
            rule = "quotation.direct"
            if speaker is None and not settled and group == _first(quotes, group):
                if pending is not None and (verb is not None or unfinished(sentence, group)):
                    pending.parts += parts
                    pending.end, pending.open = end, verb is None
                    spoke = pending.speaker
                    continue
                goes_on_saying = verb is not None and verb.lemma in say and not _another_speaks(reading, sentence, group[0])
                speaker, rule = before if goes_on_saying else None, "quotation.continued"
            if pending is not None:
                yield pending
                pending = None
            if speaker is None:
                continue
            stretch = _Stretch(parts, speaker, end, verb is None, rule)
            goes_on = unfinished(sentence, group)
            if verb is not None and not (goes_on and verb.lemma == "하다"):
                spoke = speaker
                yield stretch
            elif goes_on:
                spoke, pending = speaker, stretch
        if pending is not None and not quotes:
            yield pending
            pending = None
        if not quotes and (told := _thus(reading, number, knowledge)) is not None:
            yield told
        before = spoke or about(sentence)
    if pending is not None:
        yield pending


_ANOTHER = re.compile(
    r"(?:역시|(?:측|관계자|씨|대표|배우|참가자|참석자|주민|학생|시민|선수|작가|회원|교사|농가|수상자|학부모)(?:은|는|도))\s?$"
)


def _another_speaks(reading: Reading, sentence: SentenceReading, quote: int) -> bool:
    """Whether the words before a quotation name somebody who was not read as a person: 배우 ○○○ 역시 “…”."""
    start = reading.tokens.starts[sentence.phrases[quote].first]
    return _ANOTHER.search(reading.tokens.text[sentence.start : start]) is not None


def _first(quotes: Sequence[int], group: Sequence[int]) -> Sequence[int] | None:
    return group if quotes and group[0] == quotes[0] else None


def _groups(sentence: SentenceReading, quotes: Sequence[int], say: frozenset[str]) -> list[list[int]]:
    """Quotations of a sentence, those together that no finished clause, no verb of saying and no new speaker parts."""
    groups: list[list[int]] = []
    for i in quotes:
        between = range(groups[-1][-1] + 1, i) if groups else ()
        joined = (
            bool(groups)
            and len(between) <= 12
            and not any(
                (p := sentence.phrases[j]).kind == "PRED"
                and (p.ending == "final" or p.lemma in say and p.ending == "connective")
                or p.kind == "NP"
                and p.particle in TOPIC | SUBJECT
                and any(schema().is_a(m.kind, "Agent") for m in sentence.heads[j])
                for j in between
            )
        )
        if joined:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _thus(reading: Reading, number: int, knowledge: Knowledge) -> _Stretch | None:
    """“…”. ○○○ 원장은 이렇게 말했다 (the words are the sentence before), or the words are the sentence after."""
    sentence, tokens, say, told = reading.sentences[number], reading.tokens, knowledge.verbs["say"].active, knowledge.quoting
    if len(sentence.phrases) > 7:
        return None
    verb = next((p for p in sentence.phrases if p.kind == "PRED" and (p.lemma in say or p.lemma == "이다")), None)
    points = verb is not None and (
        any(tokens.words[p.first] in told.thus for p in sentence.phrases)
        if verb.lemma in say
        else any(p.tokens and tokens.words[p.tokens[-1]] in told.words for p in sentence.phrases if p.kind == "NP")
    )
    if verb is None or not points:
        return None
    people = [
        m
        for p, heads in zip(sentence.phrases, sentence.heads)
        if p.kind == "NP" and p.particle in (TOPIC if verb.lemma in say else {"의"})
        for m in heads
        if m.kind == "Person"
    ]
    for other in (number - 1, number + 1):
        if people and 0 <= other < len(reading.sentences):
            beside = reading.sentences[other]
            quotes = [p for p in beside.phrases if p.kind == "QUOTE"]
            if quotes and len(quotes) == len([p for p in beside.phrases if p.kind != "COMMA"]):
                return _Stretch(
                    [(beside, p) for p in quotes],
                    people[0],
                    tokens.ends[verb.last] if other < number else 0,
                    False,
                    "quotation.beside",
                )
    return None
