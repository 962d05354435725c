"""Places beside a person where a body may stand, and what is seen there: 나래당 ○○○ 의원, ○○○ 나래대 교수, ○○○(27·나래은행), 나래시의회(의장 ○○○).

A slot is a stretch of whole words in such a place. What it shows are *traits*, short strings; the model of employers
(``kg.analyze.employed``) knows what each is worth. No trait looks at what the rules have made of the words, so that the
model can say what no rule knows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analyze.names.words import HANGUL, has_name_shape, is_person_name
from kg.analyze.slot_traits import MARKS, Eojeol, Looked, Stretch, traits_of
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention

if TYPE_CHECKING:
    from kg.analyze.ner import Name

BEFORE, BETWEEN, BEHIND, NOTE, HEADED = "before", "between", "behind", "note", "headed"
_WORDS = 3  # words that a name in a slot may have
_SKIPPED = 2  # words between it and the person: a unit, what somebody is
_LONGEST = 30  # characters
_NOTE_LENGTH = 60
_PARTS = re.compile(r"\s?[,·ㆍ‧/;]\s?")
_DIGITS = re.compile(r"^\d{1,3}(?:세)?(?=[^\d]|$)")
_STOPS = ("J", "E", "SF", "SP", "SE", "MA", "IC", "VC", "SSO", "SSC", "W_")


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch beside a person that may name the body, and what is seen of it."""

    start: int
    end: int
    traits: tuple[str, ...]


def slots(person: Mention, tokens: Tokens, names: Sequence[Name], knowledge: Knowledge) -> Iterator[Slot]:
    """The slots of one person, each once."""
    at = Looked(tokens, names, knowledge)
    low, high = person.start, person.end
    if person.rule == "slot":
        yield from _notes(at, person, {high})
        return
    if person.title_span:
        title_low, title_high = person.title_span
        if title_high <= low and tokens.text[title_high:low].strip() == "":
            low = title_low
        elif title_low >= high and title_low - high < _LONGEST:
            yield from _between(at, person, title_high)
            high = title_high
    if high == person.end:
        yield from _behind(at, person)
    yield from _before(at, person, low)
    yield from _notes(at, person, {person.end, high})


def noted(tokens: Tokens, mentions: Sequence[Mention], knowledge: Knowledge) -> Iterator[Mention]:
    """Words with the shape of a person's name right before a parenthesis, where no name stands: ○○○(나래클럽), ○○○(27·나래은행)."""
    taken = {at for m in mentions for at in range(m.start, m.end)}
    for opening in (i for i, word in enumerate(tokens.words) if word == "(" and i and not tokens.spaced[i]):
        first = opening - 1
        while first and not tokens.spaced[first] and HANGUL.fullmatch(tokens.words[first - 1]):
            first -= 1
        start, end = tokens.starts[first], tokens.ends[opening - 1]
        word = tokens.text[start:end]
        named = is_person_name(word, tokens.tags[first:opening], knowledge, strong=True) and has_name_shape(word, knowledge)
        if named and taken.isdisjoint(range(start, end)):
            yield Mention(start=start, end=end, kind="Person", name=word, rule="slot")


def _eojeols_before(tokens: Tokens, offset: int, count: int) -> list[Eojeol]:
    """The words that end before an offset, up to one that cannot be part of a name; the nearest first."""
    found: list[Eojeol] = []
    i = bisect_left(tokens.starts, offset) - 1
    while i >= 0 and len(found) < count:
        if tokens.tags[i] == "SPACE":
            if "\n" in tokens.words[i]:
                break
            i -= 1
            continue
        last = i
        while i > 0 and not tokens.spaced[i] and tokens.tags[i - 1] != "SPACE" and tokens.words[i - 1] not in "(),·[]":
            i -= 1
        first = i
        if "\n" in tokens.text[tokens.starts[first] : offset]:
            break
        closed = tokens.pair[last] if tokens.words[last] in MARKS else -1
        if -1 < closed < last:
            first = closed  # ‘나래 모임’ is one word
        elif tokens.tags[last].startswith(_STOPS) or "SF" in tokens.tags[first:last]:
            break
        found.append(Eojeol(first, last, tokens.starts[first], tokens.ends[last]))
        if first and tokens.words[first - 1] in "(),·[]":
            break
        i = first - 1
    return found


def _before(at: Looked, person: Mention, low: int) -> Iterator[Slot]:
    """Words before a person, or before the parenthesis that the person opens."""
    tokens, text = at.tokens, at.tokens.text
    opening = bisect_left(tokens.starts, low) - 1
    place, end = BEFORE, low
    if text[low - 1 : low] == "(":
        place, end = HEADED, low - 1
    elif opening >= 0 and tokens.words[opening] == ",":
        around = next(
            (i for i in range(opening, max(opening - 12, -1), -1) if tokens.words[i] == "(" and tokens.pair[i] > opening), None
        )
        if around is None:
            return
        place, end = HEADED, tokens.starts[around]
    possessive = ""
    words = _eojeols_before(tokens, end, _WORDS + _SKIPPED)
    if place == BEFORE and not words and text[max(end - 2, 0) : end] == "의 ":
        words = _eojeols_before(tokens, end - 2, _WORDS)
        possessive = "의"
    if place == HEADED and end and text[end - 1].isspace():
        return
    if not possessive and place == BEFORE and words and words[0].end == low:
        return  # glued
    rest = len(words)
    for skipped in range(min(_SKIPPED, rest) + 1 if place == BEFORE else 1):
        for size in range(1, min(_WORDS, rest - skipped) + 1):
            chosen = words[skipped : skipped + size][::-1]
            more = possessive + f"|whole={skipped + size == rest}"
            yield from _slot(at, person, Stretch(place, chosen, words[:skipped][::-1], more))


def _between(at: Looked, person: Mention, title_high: int) -> Iterator[Slot]:
    """Words between a name and the title behind it."""
    words = _eojeols_before(at.tokens, title_high, 6)
    words = [w for w in words if w.start >= person.end and at.tokens.text[w.start - 1 : w.start] == " "][::-1]
    if len(words) < 2 or words[0].start != person.end + 1:
        return
    inner = words[:-1]
    for size in range(1, min(_WORDS, len(inner)) + 1):
        yield from _slot(at, person, Stretch(BETWEEN, inner[:size], inner[size:], f"|whole={size == len(inner)}"))


def _behind(at: Looked, person: Mention) -> Iterator[Slot]:
    """Words behind a name that no title of the lexicon follows: ○○○ 나래대 나래학과 석학교수가."""
    words = _eojeols_behind(at.tokens, person.end)
    for size in range(1, min(_WORDS, len(words) - 1) + 1):
        yield from _slot(at, person, Stretch(BEHIND, words[:size], words[size:], f"|whole={size == len(words) - 1}"))


def _eojeols_behind(tokens: Tokens, offset: int) -> list[Eojeol]:
    """The words behind a name up to the one that ends the phrase, that one without its particle."""
    found: list[Eojeol] = []
    i = bisect_left(tokens.starts, offset)
    while i < len(tokens.tags) and len(found) < _WORDS + _SKIPPED:
        if tokens.text[tokens.starts[i] - 1] != " " or tokens.tags[i].startswith(_STOPS):
            break
        first = last = i
        while (
            last + 1 < len(tokens.tags)
            and not tokens.spaced[last + 1]
            and not tokens.tags[last + 1].startswith(("J", "S", "E", "VC"))
        ):
            last += 1
        found.append(Eojeol(first, last, tokens.starts[first], tokens.ends[last]))
        if last + 1 >= len(tokens.tags) or not tokens.spaced[last + 1] or tokens.tags[last + 1] == "SPACE":
            break
        i = last + 1
    return found


def _notes(at: Looked, person: Mention, ends: set[int]) -> Iterator[Slot]:
    """The parts of a parenthesis right behind a person."""
    tokens, text = at.tokens, at.tokens.text
    for end in sorted(ends):
        if text[end : end + 1] != "(":
            continue
        opening = bisect_left(tokens.starts, end)
        if opening >= len(tokens.pair) or tokens.words[opening] != "(":
            continue
        closing = tokens.pair[opening]
        if closing <= opening or tokens.starts[closing] - end > _NOTE_LENGTH:
            continue
        low = tokens.ends[opening]
        parts = _PARTS.split(text[low : tokens.starts[closing]])
        position = low
        for number, part in enumerate(parts):
            position = text.index(part, position)
            digits = _DIGITS.match(part)
            start = position + (digits.end() if digits else 0)
            more = f"|part={min(number, 2)}|of={min(len(parts), 3)}|age={bool(digits)}|after={'title' if end != person.end else 'name'}"
            position += len(part)
            first, last = bisect_left(tokens.starts, start), bisect_left(tokens.starts, position)
            words: list[Eojeol] = []
            for i in range(first, last):
                if words and not tokens.spaced[i]:
                    words[-1] = Eojeol(words[-1].first, i, words[-1].start, tokens.ends[i])
                elif tokens.tags[i] != "SPACE":
                    words.append(Eojeol(i, i, tokens.starts[i], tokens.ends[i]))
            for size in range(1, min(_WORDS, len(words)) + 1):
                yield from _slot(at, person, Stretch(NOTE, words[:size], words[size:], more))


def _slot(at: Looked, person: Mention, stretch: Stretch) -> Iterator[Slot]:
    """A slot of some words, where their marks leave a name."""
    words = stretch.words
    tokens = at.tokens
    start, end = words[0].start, words[-1].end
    while start < end and tokens.text[start] in MARKS:
        start += 1
    inner = words[-1].last
    while end > start and tokens.text[end - 1] in MARKS and not start <= tokens.starts[tokens.pair[inner]] < end - 1:
        end -= 1  # 나래모임 ‘바람길’ keeps its mark
    if not 1 < end - start <= _LONGEST or "\n" in tokens.text[start:end]:
        return
    yield Slot(start, end, tuple(f"{stretch.place}|{trait}" for trait in traits_of(at, person, stretch, start, end)))
