"""Parentheses inside a quoted name: ‘제4회 ○○ 아카데미(APIGA, 이하 …)’ gives the event's other names, ‘…(○○대 ○○○ 교수)’ a speaker."""

from __future__ import annotations

from kg.analyze.names.gathered import Gathered, Text
from kg.analyze.names.notes import Note, read_note
from kg.analyze.names.words import event_noun
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention


def read_quoted_notes(phrase: Phrase, text: Text, found: Gathered) -> None:
    """Take in what the parentheses inside the quoted names of a phrase say."""
    tokens = text.tokens
    for opening, closing in phrase.quoted:
        event = next((m for m in found.mentions if _is_quoted(m, tokens.ends[opening], tokens.starts[closing])), None)
        if event is not None:
            _read_in_event(event, (opening, closing), text, found)
        elif tokens.words[closing - 1] == ")" and opening < tokens.pair[closing - 1]:
            last = closing - 1
            found.people(read_note(tokens, tokens.pair[last], last, None, [], text.known, text.knowledge).people)


def _is_quoted(mention: Mention, start: int, end: int) -> bool:
    """Whether a mention is an event that holds what is quoted between two offsets."""
    return schema().is_a(mention.kind, "Event") and mention.start <= start and end <= mention.end + 1


def _read_in_event(event: Mention, quoted: tuple[int, int], text: Text, found: Gathered) -> None:
    tokens, knowledge, (opening, closing) = text.tokens, text.knowledge, quoted
    for i in range(opening + 1, closing):
        if tokens.words[i] != "(" or tokens.pair[i] < i:
            continue
        note = read_note(tokens, i, tokens.pair[i], event, [], text.known, knowledge)
        found.occasions.append((event, i, tokens.pair[i]))
        if _only_inside(tokens, i, closing, event, knowledge):
            continue  # 「○○ 포럼(이하 ‘포럼’)」 발족식: the forum's name, not the event's
        last = tokens.pair[i] >= closing - 1
        aliases = tuple(a for a in note.aliases if last or _in_short(tokens.text, a.start))
        if aliases:
            found.notes.append(Note(aliases, (), None, None, event))
            found.mentions.extend(Mention(start=a.start, end=a.end, kind=event.kind, name=a.name, rule="alias") for a in aliases)


def _in_short(text: str, start: int) -> bool:
    """Whether 이하 (in what follows) stands before an offset."""
    return text[start - 6 : start].strip().startswith("이하") or "이하" in text[start - 5 : start]


def _only_inside(tokens: Tokens, opening: int, closing: int, event: Mention, knowledge: Knowledge) -> bool:
    """Whether the quoted words before a parenthesis are an event by themselves, and the event's name goes on with another behind them."""
    rest = tokens.text[tokens.ends[closing] : event.end].split()
    return (
        bool(rest)
        and rest[-1] not in knowledge.events.any | {"대회", "캠페인", "주간"}
        and event_noun(rest[-1], knowledge) is not None
        and event_noun(tokens.words[opening - 1], knowledge) is not None
    )
