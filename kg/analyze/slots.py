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
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kg.analyze.names.words import organization_suffix, title_in, venue_suffix
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention

if TYPE_CHECKING:
    from kg.analyze.ner import Name

BEFORE, BETWEEN, NOTE, HEADED = "before", "between", "note", "headed"
_WORDS = 3  # words that a name in a slot may have
_SKIPPED = 2  # words between it and the person: a unit, what somebody is
_LONGEST = 30  # characters
_NOTE_LENGTH = 60
_PARTS = re.compile(r"\s?[,·ㆍ‧/;]\s?")
_DIGITS = re.compile(r"^\d{1,3}(?:세)?(?=[^\d]|$)")
_MARKS = "‘’'\"“”「」『』〈〉《》<>◇△▲▽▼▷▶□■○●◆◈☆★※▣◎▪•"
_STOPS = ("J", "E", "SF", "SP", "SE", "MA", "IC", "VC", "SSO", "SSC", "W_")
_start = attrgetter("start")
_CLASSES = ("Person", "Country", "LocalGovernment", "City", "Region", "Venue", "Place", "Organization")


class Eojeol(NamedTuple):
    """Tokens between spaces: the first and the last (inclusive), and their characters."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch beside a person that may name the body, and what is seen of it."""

    person: Mention
    start: int
    end: int
    place: str
    traits: tuple[str, ...]


class Looked(NamedTuple):
    """What slots are looked for in; ``names`` are those of the model of names."""

    tokens: Tokens
    names: Sequence[Name]
    knowledge: Knowledge


def slots(person: Mention, tokens: Tokens, names: Sequence[Name], knowledge: Knowledge) -> Iterator[Slot]:
    """The slots of one person, each once."""
    at = Looked(tokens, names, knowledge)
    low, high = person.start, person.end
    if person.title_span:
        title_low, title_high = person.title_span
        if title_high <= low and tokens.text[title_high:low].strip() == "":
            low = title_low
        elif title_low >= high and title_low - high < _LONGEST:
            yield from _between(at, person, title_high)
            high = title_high
    yield from _before(at, person, low)
    yield from _notes(at, person, {person.end, high})


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
        if tokens.tags[last].startswith(_STOPS) or "SF" in tokens.tags[first:last]:
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
        around = next((i for i in range(opening, max(opening - 12, -1), -1) if tokens.words[i] == "(" and tokens.pair[i] > opening), None)
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
            yield from _slot(at, person, place, chosen, words[:skipped][::-1], more)


def _between(at: Looked, person: Mention, title_high: int) -> Iterator[Slot]:
    """Words between a name and the title behind it."""
    words = _eojeols_before(at.tokens, title_high, 6)
    words = [w for w in words if w.start >= person.end and at.tokens.text[w.start - 1 : w.start] == " "][::-1]
    if len(words) < 2 or words[0].start != person.end + 1:
        return
    inner = words[:-1]
    for size in range(1, min(_WORDS, len(inner)) + 1):
        yield from _slot(at, person, BETWEEN, inner[:size], inner[size:], f"|whole={size == len(inner)}")


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
                yield from _slot(at, person, NOTE, words[:size], words[size:], more)


def _slot(at: Looked, person: Mention, place: str, words: Sequence[Eojeol], rest: Sequence[Eojeol], more: str) -> Iterator[Slot]:
    """A slot of some words, where their marks leave a name; ``rest`` are the words between it and the person, or behind it in a note."""
    tokens = at.tokens
    start, end = words[0].start, words[-1].end
    while start < end and tokens.text[start] in _MARKS:
        start += 1
    while end > start and tokens.text[end - 1] in _MARKS:
        end -= 1
    if not 1 < end - start <= _LONGEST or "\n" in tokens.text[start:end]:
        return
    traits = tuple(f"{place}|{trait}" for trait in _traits(at, person, (start, end), words, rest, more))
    yield Slot(person, start, end, place, traits)


def _shape(tokens: Tokens, first: int, last: int) -> str:
    """The tags of some tokens, short."""
    tags = [t[:3] for t in tokens.tags[first : last + 1]]
    return "+".join(tags if len(tags) < 5 else [*tags[:2], "…", *tags[-2:]])


def _class_of(name: str, knowledge: Knowledge) -> str:
    """What a name is by the gazetteer, or by its last syllables."""
    for entry in knowledge.gazetteer.by_name(name):
        for kind in _CLASSES:
            if any(schema().is_a(k, kind) for k in (entry.cls, entry.place_cls) if k):
                return f"gazetteer:{kind}"
    last = name.split()[-1]
    if (suffix := organization_suffix(last, knowledge)) is not None:
        kind = knowledge.organizations.suffixes[suffix]
        return f"suffix:{kind if kind == 'OrganizationalUnit' else 'Organization'}:{min(len(suffix), 3)}:{last == suffix}"
    if venue_suffix(last, knowledge):
        return "venue"
    if (title := title_in(last, knowledge)) is not None:
        return f"title:{title[0] == ''}"
    return "-"


def _traits(
    at: Looked, person: Mention, span: tuple[int, int], words: Sequence[Eojeol], rest: Sequence[Eojeol], more: str
) -> Iterator[str]:
    tokens, knowledge = at.tokens, at.knowledge
    name = tokens.text[span[0] : span[1]]
    kind = _class_of(name, knowledge)
    first, last = words[0].first, words[-1].last
    tags = tokens.tags[first : last + 1]
    proper = sum(t.startswith(("NNP", "SL", "UN", "SH")) for t in tags)
    yield ""
    yield f"n={len(words)}{more}"
    yield f"n={len(words)}|rest={len(rest)}"
    yield f"kind={kind}"
    yield f"kind={kind}|rest={len(rest)}"
    yield f"suffix={name[-1:]}"
    yield f"suffix={name[-2:]}"
    yield f"suffix={name[-3:]}"
    yield f"prefix={name[:2]}"
    yield f"shape={_shape(tokens, first, last)}"
    yield f"tags={tags[0][:3]}…{tags[-1][:3]}|proper={min(proper, 2)}"
    yield f"proper={min(proper, 2)}|kind={kind}"
    yield f"length={min(len(name), 10)}"
    yield f"length={min(len(name), 10)}|n={len(words)}"
    yield f"generic={name.split()[-1] in knowledge.organizations.generic}"
    yield f"ascii={name.isascii()}"
    yield f"quoted={tokens.text[span[0] - 1 : span[0]] in _MARKS}"
    title = person.title or "-"
    yield f"title={title[-3:]}|kind={kind}"
    yield f"title={title[-3:]}"
    yield f"title={title[-3:]}|suffix={name[-1:]}"
    inner = [_class_of(tokens.text[w.start : w.end], knowledge) for w in words]
    yield f"inner={'+'.join(inner)}"
    for number, word in enumerate(rest):
        said = tokens.text[word.start : word.end]
        yield f"rest{number}={_class_of(said, knowledge)}"
        yield f"rest{number}={_class_of(said, knowledge)}|kind={kind}"
        yield f"rest{number}={said[-2:]}"
        yield f"rest{number}={_shape(tokens, word.first, word.last)}"
    before = first - 1
    while before >= 0 and tokens.tags[before] == "SPACE" and "\n" not in tokens.words[before]:
        before -= 1
    left = "line" if before < 0 or tokens.tags[before] == "SPACE" else tokens.tags[before]
    yield f"left={left}"
    yield f"left={left}|kind={kind}"
    if left not in ("line",):
        yield f"left={tokens.words[before][-2:]}"
    yield f"told={min(tokens.text.count(name), 4)}"
    named = _named(at.names, *span)
    yield f"named={named}"
    yield f"named={named}|n={len(words)}"


def _named(names: Sequence[Name], start: int, end: int) -> str:
    """What the model of names says of a stretch: a name of just these characters and how sure it is, or one that shares some."""
    over = [n for n in names[bisect_left(names, start - 40, key=_start) : bisect_left(names, end, key=_start)] if n.end > start]
    same = [n for n in over if (n.start, n.end) == (start, end)]
    if same:
        return f"{same[0].label}{int(same[0].score * 5)}"
    if over:
        return f"{over[0].label}:{'in' if over[0].start <= start and end <= over[0].end else 'part'}"
    return "-" if names else "?"
