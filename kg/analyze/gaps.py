"""Gaps: places in a text where a name must stand and the rules have none; see ``kg.analyze.votes`` for their kinds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kg.analyze.names.organizations import organizations_in
from kg.analyze.names.people import is_organization
from kg.analyze.names.settled import LIST_TAILS
from kg.analyze.names.words import Word, event_noun, has_name_shape, is_person_name, title_in, words_of
from kg.knowledge.load import Knowledge
from kg.model import Mention

if TYPE_CHECKING:
    from kg.analyze.phrases import Phrase
    from kg.analyze.readings import Reading, SentenceReading
    from kg.analyze.tokens import Tokens

_PERSON = frozenset({"PS"})
_EMPLOYER = frozenset({"OG", "PS"})
_LISTED = frozenset({"OG", "PS", "LC"})  # in a list of bodies the model takes many a company for a person
_PART_OF_NAME = re.compile(r"[가-힣]{2,8}|[A-Z][a-z]+")
_LISTING = frozenset({"", "과", "와"})
_LONGEST = 25  # characters of a body's name


class Gap(NamedTuple):
    """A place for a name: characters ``start`` … ``end`` of phrase ``phrase``, and the model's labels that may fill it.

    ``until`` is the other end of what the model may run together with the gap; ``title`` the title of the person in it.
    """

    kind: str
    phrase: int
    start: int
    end: int
    labels: frozenset[str]
    until: int = -1
    title: str | None = None
    title_span: tuple[int, int] | None = None


def gaps_in(sentence: SentenceReading, reading: Reading, starts: Sequence[int], known, knowledge: Knowledge) -> Iterator[Gap]:
    """The gaps of a sentence; ``starts`` are those of the reading's mentions, ``known`` the gazetteer's names by first token."""
    tokens = reading.tokens
    among = reading.mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
    here = [m for m in among if m.end <= sentence.end]
    yield from _cut(sentence, here, tokens, knowledge)
    yield from _employers(sentence, reading, here, knowledge)
    for number, phrase in enumerate(sentence.phrases):
        if phrase.kind == "NP" and phrase.tokens:
            if phrase.notes:
                yield from _noted(number, phrase, here, tokens, known, knowledge)
            yield from _titled(number, phrase, here, tokens, knowledge)
    if any(phrase.kind == "PRED" for phrase in sentence.phrases):
        yield from _listed(sentence, tokens, knowledge)


def over(start: int, end: int, mentions: Sequence[Mention]) -> bool:
    """Whether a mention touches a stretch of characters."""
    return any(m.start < end and start < m.end for m in mentions)


def _proper(tokens: Tokens, word: Word) -> bool:
    return any(tokens.tags[i].startswith(("NNP", "SL", "UN")) for i in range(word.first, word.last + 1))


def _nameable(words: Sequence[Word], tokens: Tokens, knowledge: Knowledge) -> bool:
    """Whether words can name a body that nothing else tells of: one of them is proper, none is a title, the last no event."""
    last = words[-1].text
    return (
        any(_proper(tokens, w) for w in words)
        and 2 <= words[-1].end - words[0].start <= _LONGEST
        and last not in knowledge.organizations.generic
        and not any(title_in(w.text, knowledge) for w in words)
        and event_noun(last, knowledge) is None
        and not last[-1].isdigit()
    )


def _person_like(word: str, knowledge: Knowledge) -> bool:
    """Whether a word can be a Korean person's name where the text asks for one, however the analyser tags it."""
    return is_person_name(word, ("NNP",), knowledge, strong=True)


def _phrase_at(sentence: SentenceReading, offset: int, tokens: Tokens) -> int | None:
    return next(
        (
            number
            for number, phrase in enumerate(sentence.phrases)
            if phrase.kind == "NP" and phrase.tokens and tokens.starts[phrase.first] <= offset < tokens.ends[phrase.last]
        ),
        None,
    )


def _cut(sentence: SentenceReading, here: Sequence[Mention], tokens: Tokens, knowledge: Knowledge) -> Iterator[Gap]:
    for body in here:
        first, _, rest = body.name.partition(" ")
        if (
            not rest
            or body.known
            or not is_organization(body)
            or body.rule in ("gazetteer", "alias", "corporate-mark")
            or not tokens.text.startswith(first, body.start)
        ):
            continue
        foreign = body.rule == "defined-by-note" and _PART_OF_NAME.fullmatch(first)
        if not (foreign or len(first) == 3 and _person_like(first, knowledge)):
            continue
        number = _phrase_at(sentence, body.start, tokens)
        low, high = bisect_left(tokens.starts, body.start + len(first)), bisect_left(tokens.starts, body.end)
        left = tokens.tags[low:high]
        if body.rule == "defined-by-note" and not any(tag.startswith(("NNP", "SL", "UN")) for tag in left):
            continue  # ○○○ 산림생태(FE)보전본부장: the parenthesis defines a term
        if number is not None:
            yield Gap("cut", number, body.start, body.start + len(first), _PERSON, body.end)


def _employers(sentence: SentenceReading, reading: Reading, here: Sequence[Mention], knowledge: Knowledge) -> Iterator[Gap]:
    tokens = reading.tokens
    for found in reading.anchored_by_sentence.get(reading.sentence_index(sentence.start), ()):
        person = found.person
        if found.body is not None or person.title_span is None:
            continue
        number = _phrase_at(sentence, person.start, tokens)
        if number is None:
            continue
        words = words_of(tokens, sentence.phrases[number].tokens)
        others = [m for m in here if m is not person]
        between = [w for w in words if person.end <= w.start and w.end <= person.title_span[1]]
        before = [w for w in words if w.end <= person.start]
        tries = [between[:size] for size in range(1, len(between))] or ([before[-1:]] if before else [])
        for some in tries:
            following = next((w for w in between if w.start >= some[-1].end), None)
            apart = following is None or tokens.spaced[following.first]  # 산림생태(FE)보전본부장 is one title
            beside = len(between) > 1 or some[-1].end + 1 == person.start
            if (
                apart
                and beside
                and not has_name_shape(some[0].text, knowledge)
                and not over(some[0].start, some[-1].end, others)
                and _nameable(some, tokens, knowledge)
            ):
                until = person.start if len(between) > 1 else person.end
                yield Gap("employer", number, some[0].start, some[-1].end, _EMPLOYER, until)
                break


def _noted(number: int, phrase: Phrase, here: Sequence[Mention], tokens: Tokens, known, knowledge: Knowledge) -> Iterator[Gap]:
    words = words_of(tokens, phrase.tokens)
    for opening, closing in phrase.notes:
        word = next((w for w in words if w.last == opening - 1), None)
        if word is None or len(word.text) != 3 or not _person_like(word.text, knowledge) or over(word.start, word.end, here):
            continue
        inside = words_of(tokens, range(opening + 1, closing))
        if (
            not inside
            or title_in(inside[-1].text, knowledge) is None
            or inside[0].text in knowledge.titles.former | {"前"}
            or any(tokens.words[i] in ",·" for i in range(opening + 1, closing))
        ):
            continue
        bodies = organizations_in(inside, tokens, known, knowledge)
        if bodies:
            low = max((b.end for b in bodies if b.end <= inside[-1].start), default=inside[0].start)
            low += tokens.text[low] == " "
            high = inside[-1].end
            yield Gap("noted", number, word.start, word.end, _PERSON, title=tokens.text[low:high], title_span=(low, high))


def _titled(number: int, phrase: Phrase, here: Sequence[Mention], tokens: Tokens, knowledge: Knowledge) -> Iterator[Gap]:
    words = words_of(tokens, phrase.tokens)
    last = next((k for k in range(len(words) - 1, 0, -1) if (title_in(words[k].text, knowledge) or ("?",))[0] == ""), 0)
    if not last or phrase.quoted or over(words[0].start, words[last].end, [m for m in here if m.kind == "Person"]):
        return
    if any(not over(w.start, w.end, here) and (_proper(tokens, w) or _person_like(w.text, knowledge)) for w in words[:last]):
        span = words[last].start, words[last].end
        yield Gap("titled", number, words[0].start, words[last].start - 1, _PERSON, title_span=span)


def _runs(sentence: SentenceReading) -> Iterator[list[int]]:
    """Phrases of a list of three or more: each but the last ends with a comma, 와 or 과."""
    run: list[int] = []
    for number, phrase in enumerate(sentence.phrases):
        if phrase.kind == "NP" and phrase.tokens:
            run.append(number)
            if phrase.comma and phrase.particle in _LISTING or phrase.particle in (",", "과", "와"):
                continue
        elif phrase.kind == "ADV":
            continue
        if len(run) > 2:
            yield run
        run = []
    if len(run) > 2:
        yield run


def _listed(sentence: SentenceReading, tokens: Tokens, knowledge: Knowledge) -> Iterator[Gap]:
    for run in _runs(sentence):
        found = [sentence.heads[number] for number in run]
        if sum(bool(h) and is_organization(h[-1]) for h in found) < 2 or any(m.kind == "Person" for h in found for m in h):
            continue
        for number in run:
            phrase = sentence.phrases[number]
            if sentence.heads[number] or phrase.notes or phrase.determiner:
                continue
            words = words_of(tokens, phrase.tokens)
            if number == run[-1]:  # ○○, △△ 등 12개 기업이
                words = words[: next((i for i, w in enumerate(words) if w.text in LIST_TAILS), len(words))]
            if words and len(words) <= 3 and _nameable(words, tokens, knowledge):
                yield Gap("listed", number, words[0].start, words[-1].end, _LISTED)
