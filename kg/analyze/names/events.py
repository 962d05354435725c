"""Events in a noun phrase: the words up to an event noun, with quoted titles, ordinals and the determiner of a taken-up event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.analyze.names.event_names import afterwards, bare, event_in
from kg.analyze.names.words import Word, event_noun, words_of
from kg.analyze.numbers import edition_in
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention

_PUBLISHED = re.compile(r"[을를]\s통(?:해|하여)")  # 25일 공고를 통해 …: the day of the notice


_HABIT = re.compile(r"(?:^|\s)(?:연간?\s?\d{1,2}\s?회|매년|매월|매주|반기별|분기별)\s")  # 상·하반기 연 2회 포럼 is no one event
_EVERY = re.compile(
    r"(?:^|[\s(,])(?:매년|매월|매달|매주|해마다|격년|격월|연|연간|월|주|분기|반기|분기별|반기별)(?:마다)?\s?$"
)  # 매월 [1회 포럼]
_TIMES = re.compile(r"\d{1,2}\s?회\s")
_SO_MANY = re.compile(r"\d{1,2}\s?[~∼\-–]\s?\d{1,2}\s?[회차]\s")  # 2~3회 회의: some, and no one of them
_ROUND = re.compile(r"제(\d{1,2})[차회]\s?$")  # 제2차 「○○ 준비위원회」
_BEFORE = 6  # characters before a number in which the word stands that says how often


def events_in(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> Iterator[Mention]:
    """Events of a noun phrase: the one it ends with, and those that end at a parenthesis or with a quotation inside it.

    ``제5차 ○○위원회 정례회의(’26.3.18.) 의결``, ``「○○ 간담회」 개요`` and ``‘○○’ 면담 후 참석자들`` name an event before their last word.
    """
    last = event_in(phrase, tokens, knowledge)
    for cut in sorted(
        {
            *(opening - 1 for opening, _ in phrase.notes),
            *(closing for _, closing in phrase.quoted),
            *_passing(phrase, tokens, knowledge),
        }
    ):
        head = [t for t in phrase.tokens if t <= cut]
        if not head or head == phrase.tokens or head[-1] != cut:
            continue
        part = replace(phrase, tokens=head, last=cut, notes=[], quoted=[q for q in phrase.quoted if q[1] <= cut])
        found = event_in(part, tokens, knowledge)
        if found is None or last is not None and found.start >= last.start and found.end <= last.end:
            continue
        if last is None or found.end <= last.start:
            yield found
    if last is not None and not _HABIT.search(last.name) and not frequent(last.start, tokens):
        yield last


def frequent(start: int, tokens: Tokens) -> bool:
    """Whether the number at an offset says how often events are (매월 [1회 포럼]), so that what it begins names no one event."""
    before = tokens.text[max(start - _BEFORE, 0) : start]
    return (
        _SO_MANY.match(tokens.text, start) is not None
        or _TIMES.match(tokens.text, start) is not None
        and _EVERY.search(before) is not None
    )


def _passing(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> Iterator[int]:
    """The last tokens of words that a scene of the event named before follows (면담 후 …, 협약식 현장 사진, 점검회의 이후 추가 점검)."""
    if not phrase.tokens:
        return
    words = words_of(tokens, phrase.tokens)
    yield from (words[i - 1].last for i in _after_events(words, knowledge))
    if phrase.quoted:
        yield from (
            w.last
            for w, after in zip(words, words[1:])
            if after.text.startswith(knowledge.names.scenes) and w.first > phrase.quoted[-1][0]
        )


def _after_events(words: Sequence[Word], knowledge: Knowledge) -> Iterator[int]:
    """The words that part an event from what came after it: 점검회의 이후 추가 점검."""
    return (i for i in afterwards(words, knowledge) if event_noun(bare(words[i - 1].text), knowledge) is not None)


def dates_before(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> bool:
    """Whether a day in front of a noun phrase is that of its first words alone.

    That is so where 이후 follows what is no event (6월 27일 대책 이후 점검회의), before 당시, and where a rule takes force (9월 15일 시행, …).
    """
    if not phrase.tokens:
        return False
    words = words_of(tokens, phrase.tokens)
    first = next((i for i in range(1, len(words)) if words[i].text in knowledge.names.afterwards), None)
    return (
        first is not None
        and event_noun(bare(words[first - 1].text), knowledge) is None
        or words[-1].text == "당시"
        or words[-1].text.endswith(knowledge.events.notices)
        and _PUBLISHED.match(tokens.text, words[-1].end) is not None
        or len(words) == 1
        and words[0].text in knowledge.names.force
        and phrase.comma
    )


def quoted_event(tokens: Tokens, opening: int, closing: int) -> Mention:
    """The event that a pair of quotation marks names where a verb wants one: 「제2차 ○○ 상담소」를 개최했다."""
    start, end = tokens.ends[opening], tokens.starts[closing]
    name = tokens.text[start:end].strip()
    before = _ROUND.search(tokens.text, max(tokens.starts[opening] - _BEFORE, 0), tokens.starts[opening])
    edition = edition_in(name) or (int(before[1]) if before is not None else None)
    return Mention(start=start, end=end, kind="Event", name=name, rule="quoted-event", edition=edition)
