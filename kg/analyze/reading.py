"""What one pass over a text finds: phrases, mentions and what is said right beside names. Everything later works on a ``Reading``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kg.analyze.employed import employed, with_employers
from kg.analyze.joints import join_events, split_verbal_nouns
from kg.analyze.names.appointments import appointed
from kg.analyze.names.belonging import belonging, shared
from kg.analyze.names.footnotes import spelled_out
from kg.analyze.names.gathered import Gathered, Text
from kg.analyze.names.grouped import grouped
from kg.analyze.names.in_phrase import read_phrase
from kg.analyze.names.in_quotes import read_quoted_notes
from kg.analyze.names.known import Known, known_names
from kg.analyze.names.ministries import of_same_country
from kg.analyze.names.named_before import names_body
from kg.analyze.names.neighbours import introduced, of_neighbours, of_notes, of_owners, of_rows
from kg.analyze.names.notes import read_note
from kg.analyze.names.offices import bare_titles
from kg.analyze.names.people import Anchored
from kg.analyze.names.publishing import publishing
from kg.analyze.names.settled import ByEnd, again, heads, settled
from kg.analyze.names.sittings import sitting_in
from kg.analyze.names.tags import mend_tags
from kg.analyze.names.words import is_person_name
from kg.analyze.ner import Read, names_in, names_in_fields
from kg.analyze.numbers import find_counts, find_editions
from kg.analyze.phrases import Phrase
from kg.analyze.phrasing import read_phrases
from kg.analyze.proposals import FIELDS, proposed, unexplained
from kg.analyze.readings import Reading, SentenceReading
from kg.analyze.reread import renamed, standing, with_proposed
from kg.analyze.tokens import Sentence, Tokens, read_tokens
from kg.analyze.values import find_dates
from kg.analyze.votes import votes
from kg.knowledge.load import Knowledge
from kg.model import Mention, Value

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.analyze.ner import Name

_LINED_UP = re.compile(r"\(\s?(?:[가-힣]{1,3}\s)?(?:왼쪽|오른쪽|좌측|우측)(?:에서|으로)?\s?부터")  # (왼쪽부터○○조합 ○○○ 이사장
_SILENT = frozenset({"contact", "credit"})


class _Voted(NamedTuple):
    """What the model of names says: what fills gaps, by sentence and phrase, and people of its own."""

    filling: Mapping[tuple[int, int], Sequence[Mention]]
    people: Sequence[Anchored]
    alone: Sequence[Mention] = ()
    names: Sequence[Name] | None = None  # None: the model has not been asked yet
    told: frozenset[tuple[int, int]] = frozenset()  # people whose bodies the rules have said


def read_doc(
    doc: Doc, knowledge: Knowledge, paragraphs: Sequence[tuple[int, int, str]] | None = None, publisher: str | None = None
) -> Reading:
    """Read a Doc made by the Kiwi tokenizer: by rules, and once more where the model of names fills a gap that they left.

    The body that publishes the text is known by its name.
    """
    tokens = mend_tags(read_tokens(doc, paragraphs), knowledge)
    values = tuple(
        sorted((*find_dates(tokens.text), *find_counts(tokens.text), *find_editions(tokens.text)), key=lambda v: (v.start, v.end))
    )
    times = _times(tokens, values)
    known: Known = {first: (last, entries) for first, last, entries in known_names(tokens, knowledge)}
    sentences = tuple(
        _phrased(sentence, tokens, times, knowledge)
        for sentence in tokens.sentences
        if sentence.role not in _SILENT and sentence.end > sentence.start
    )
    own = publishing(publisher, knowledge)
    reading = _named(Text(tokens, known, knowledge), sentences, values, _Voted({}, ()), own)
    if not knowledge.votes.ask:
        return reading
    asked = unexplained(reading)
    read: Read = {}
    names = names_in_fields(doc, asked, FIELDS, read) if asked else ()
    new = proposed(reading, names, knowledge)
    filling = [vote.mention for vote in votes(reading, partial(names_in, doc, read=read), known, knowledge)]
    if not filling and not new and not employed(tokens, reading.mentions, reading.anchored, names, knowledge):
        return replace(reading, names=names)
    tokens, changed = renamed(tokens, new.within)
    if changed:
        sentences = tuple(
            _phrased(s.sentence, tokens, times, knowledge)
            if any(i in changed for i in range(s.sentence.start, s.sentence.end))
            else s
            for s in sentences
        )
    told = frozenset((a.person.start, a.person.end) for a in reading.anchored if a.body is not None)
    voted = _by_phrase([*filling, *(m for m in new.within if m.kind == "Person" and " " in m.name)], sentences, tokens)
    known, knowledge = with_proposed(new.within, tokens, known, knowledge)
    return _named(Text(tokens, known, knowledge), sentences, values, _Voted(voted, new.people, new.alone, names, told), own)


def _by_phrase(
    names: Sequence[Mention], sentences: Sequence[SentenceReading], tokens: Tokens
) -> dict[tuple[int, int], list[Mention]]:
    """Names of the model by the numbers of the sentence and the phrase that they stand in."""
    places = sorted(
        (tokens.starts[p.tokens[0]], tokens.ends[p.tokens[-1]], (number, position))
        for number, sentence in enumerate(sentences)
        for position, p in enumerate(sentence.phrases)
        if p.kind == "NP" and p.tokens
    )
    starts = [start for start, _, _ in places]
    found: dict[tuple[int, int], list[Mention]] = {}
    for name in names:
        at = bisect_right(starts, name.start) - 1
        if at >= 0 and name.start < places[at][1]:
            found.setdefault(places[at][2], []).append(name)
    return found


def _phrased(sentence: Sentence, tokens: Tokens, times: dict[int, tuple[int, Value]], knowledge: Knowledge) -> SentenceReading:
    phrases = join_events(read_phrases(tokens, sentence, times), tokens, knowledge)
    phrases = split_verbal_nouns(phrases, tokens, knowledge)
    return SentenceReading(sentence, tokens.starts[sentence.start], tokens.ends[sentence.end - 1], phrases)


def _named(
    text: Text,
    sentences: Sequence[SentenceReading],
    values: tuple[Value, ...],
    voted: _Voted,
    own: Sequence[Mention],
) -> Reading:
    """The reading of sentences whose phrases are known; ``voted`` are the model's names, ``own`` the publisher."""
    tokens, knowledge, found = text.tokens, text.knowledge, Gathered()
    found.defined.add(own)
    for number, sentence in enumerate(sentences):
        for position, phrase in enumerate(sentence.phrases):
            before = len(found.mentions)
            if phrase.kind == "NP":
                sitting = sitting_in(sentence.phrases, position, tokens, knowledge)
                read_phrase(phrase, text, found, voted.filling.get((number, position), ()), sitting)
                read_quoted_notes(phrase, text, found)
                found.defined.add(m for m in found.mentions[before:] if names_body(m))
            elif phrase.kind == "NOTE":
                found.people(_in_note(phrase, text))
    mentions, anchored = found.mentions, found.anchored
    for new in voted.people:
        if not any(m.kind == "Person" and m.start < new.person.end and new.person.start < m.end for m in mentions):
            mentions.extend([new.person] + ([new.body] if new.body is not None else []))
            anchored.append(new)
    mentions[:] = standing(mentions, anchored)
    taken = {at for m in mentions for at in range(m.start, m.end)}
    mentions.extend(new for new in voted.alone if taken.isdisjoint(range(new.start, new.end)))
    for sentence in sentences:
        introduced(sentence.phrases, tokens, knowledge, mentions, anchored)
    mentions, anchored = belonging(tokens, mentions, anchored, knowledge)
    mentions.extend(grouped(sentences, mentions, tokens, knowledge))
    mentions, anchored = appointed(tokens.text, mentions, anchored, knowledge)
    if voted.names is not None:
        hired = employed(tokens, mentions, anchored, voted.names, knowledge)
        hired = [a for a in hired if (a.person.start, a.person.end) not in voted.told]
        mentions, anchored = with_employers(mentions, anchored, hired)
    aliases = tuple(a for note in found.notes for a in note.aliases)
    mentions.extend(again(tokens, mentions, aliases, knowledge))
    for sentence in sentences:
        mentions.extend(bare_titles(sentence.phrases, anchored, tokens, knowledge))
    mentions = settled(mentions)
    index = ByEnd(mentions)
    for sentence in sentences:
        sentence.heads = [heads(p, tokens, index, knowledge) if p.kind == "NP" else () for p in sentence.phrases]
    mentions = of_same_country(sentences, mentions, tokens, knowledge)
    spelled_out(sentences, tokens, knowledge)
    anchored = list(of_neighbours(of_owners(anchored, sentences), mentions, tokens))
    anchored = list(of_notes(list(of_rows(anchored, sentences, tokens, knowledge)), tokens, knowledge))
    anchored = list(shared(anchored, tokens.text))
    notes, occasions = tuple(found.notes), tuple(found.occasions)
    names = tuple(voted.names or ())
    return Reading(tokens, tuple(sentences), tuple(mentions), values, tuple(anchored), aliases, notes, occasions, names)


def _in_note(phrase: Phrase, text: Text) -> list[Anchored]:
    """The people of a parenthesis by itself; of those lined up in a picture, those behind 왼쪽부터."""
    tokens, opening = text.tokens, phrase.first
    if lined_up := _LINED_UP.match(tokens.text, tokens.starts[phrase.first]):
        opening = max(i for i in range(phrase.first, phrase.last) if tokens.starts[i] < lined_up.end())
    people = read_note(tokens, opening, phrase.last, None, [], text.known, text.knowledge).people
    return [p for p in people if p.body is not None or is_person_name(p.person.name, ("NNP",), text.knowledge, strong=True)]


def _times(tokens: Tokens, values: Iterable[Value]) -> dict[int, tuple[int, Value]]:
    """Dates by the token that they begin at: (last token, value)."""
    first_at = {start: i for i, start in enumerate(tokens.starts)}
    found = {}
    for value in values:
        if value.kind != "date":
            continue
        first = first_at.get(value.start)
        if first is None:
            first = next((i for i, (s, e) in enumerate(zip(tokens.starts, tokens.ends)) if s <= value.start < e), None)
        if first is None:
            continue
        last = first
        while last + 1 < len(tokens.ends) and tokens.starts[last + 1] < value.end:
            last += 1
        found[first] = (last, value)
    return found
