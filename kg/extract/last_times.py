"""Where a text speaks of last year's edition of an event that it tells of: 지난해 세미나, 지난해에는 …, 지난해에 이어 올해도."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.analyze.names.words import event_noun
from kg.analyze.reading import Reading, SentenceReading
from kg.knowledge.load import Knowledge
from kg.knowledge.schema import schema
from kg.model import Mention
from kg.syntax.arguments import SUBJECT, TOPIC

_LAST = r"(?P<when>지난\s?해|작년|전년도?|지난번)"
_OPENS = re.compile(r"^[\W_]*(?:한편,?\s|앞서,?\s|참고로,?\s)?" + _LAST + r"(?:에는|엔|에서는)\s")
_BARE = re.compile(_LAST + r"(?:에?\s(?:열린|열렸던|개최된|개최한|연)|(?:에는)?\s[^.,]{0,24}?첫)?\s(?=[가-힣])")
_NEXT = re.compile(r"(?P<when>내년|다음\s?해|내후년|(?P<coming>차기|추후|다음(?!\s?[달주날번])))\s(?=[‘“「『]?[가-힣])")
_AGAIN = re.compile(_LAST + r"에\s이어(?:서)?,?\s(?:올해|금년|이번)")
MARKS = re.compile(r"\([^()]*\)|[‘’“”'\"「」『』《》<>*·,~]")


@dataclass(frozen=True, slots=True)
class LastTime:
    """Words about the event before: which it is, which came after it, and whether the ``sentence`` is about it as a ``whole``.

    ``bare`` is the noun that means it in the text; with ``later`` it is the event to come, and ``current`` is before it.
    """

    previous: Mention
    current: Mention
    start: int
    end: int
    sentence: SentenceReading
    whole: bool
    again: bool = False
    bare: Mention | None = None
    later: bool = False


def last_times(reading: Reading, knowledge: Knowledge) -> tuple[LastTime, ...]:
    """Where a text speaks of last year's edition of an event that it tells of."""
    others = _Others(len(reading.tokens.text))
    told = (s for s in reading.sentences if s.sentence.role not in ("title", "subtitle"))
    return tuple(found for sentence in told for found in _in_sentence(reading, sentence, others, knowledge))


class _Others:
    """The editions that are not this year's, each one mention in a text.

    They stand behind the text, so that no bare mention of this year's event takes up last year's.
    """

    def __init__(self, length: int) -> None:
        self.length = length
        self.by_noun: dict[tuple[bool, str], Mention] = {}

    def edition(self, noun: str, when: str, current: Mention, later: bool = False) -> Mention:
        at = self.length + len(self.by_noun) + 1
        name = f"{when.replace(' ', '')} {noun}"
        mention = Mention(start=at, end=at, kind=current.kind, name=name, rule="last-time", certain=False)
        return self.by_noun.setdefault((later, noun), mention)


def _in_sentence(reading: Reading, sentence: SentenceReading, others: _Others, knowledge: Knowledge) -> Iterator[LastTime]:
    """Next year's edition by a bare noun; and last year's by a bare noun, by 에 이어 올해도, or by a time that opens the sentence."""
    words, low = reading.tokens.text[sentence.start : sentence.end], sentence.start
    for match, mention in _bare(_NEXT, reading, sentence, knowledge):
        current = _this(reading, sentence, noun_of(mention, knowledge), knowledge, mention)
        if current is None or " " in mention.name and not MARKS.sub(" ", current.name).strip().endswith(mention.name):
            continue  # 차기 ○○ 회의 comes after a ○○ 회의 only
        other = others.edition(mention.name, match["when"], current, later=True)
        yield LastTime(other, current, low + match.start(), mention.end, sentence, False, bare=mention, later=True)
    bare = next(_bare(_BARE, reading, sentence, knowledge), None)
    if bare is not None:
        match, mention = bare
        noun = event_noun(mention.name, knowledge) or mention.name
        current = _this(reading, sentence, noun, knowledge, mention)
        if current is not None:
            other, governs = others.edition(noun, match["when"], current), _governs(sentence, mention)
            yield LastTime(other, current, low + match.start(), mention.end, sentence, governs, bare=mention)
    elif (again := _AGAIN.search(words)) is not None:
        events = filter(is_event, reading.within(low + again.end(), sentence.end))
        current = next((m for m in events if _held(sentence, m)), None)
        if current is not None:
            other = others.edition(noun_of(current, knowledge), again["when"], current)
            yield LastTime(other, current, low + again.start(), low + again.end(), sentence, False, again=True)
    elif (opens := _OPENS.match(words)) is not None:
        current = _this(reading, sentence, "", knowledge, None)
        if current is not None:
            other = others.edition(noun_of(current, knowledge), opens["when"], current)
            yield LastTime(other, current, low + opens.start("when"), low + opens.end() - 1, sentence, True)


def _bare(
    words: re.Pattern[str], reading: Reading, sentence: SentenceReading, knowledge: Knowledge
) -> Iterator[tuple[re.Match[str], Mention]]:
    """Where words of another year stand before a bare noun in a sentence (내년 포럼)."""
    for match in words.finditer(reading.tokens.text[sentence.start : sentence.end]):
        named = match.groupdict().get("coming") is not None
        if (mention := _bare_event(reading, sentence.start + match.end(), knowledge, named=named)) is not None:
            yield match, mention


def is_event(mention: Mention) -> bool:
    return schema().is_a(mention.kind, "Event")


def noun_of(mention: Mention, knowledge: Knowledge) -> str:
    return event_noun(MARKS.sub(" ", mention.name).split()[-1], knowledge) or mention.name.split()[-1]


def _bare_event(reading: Reading, start: int, knowledge: Knowledge, named: bool) -> Mention | None:
    """An event mention that begins at an offset and is nothing but an event noun; or, ``named``, has no ordinal."""
    return next(
        (
            m
            for m in reading.at(start)
            if is_event(m) and len(m.name) > 1 and (m.name in knowledge.events.nouns or named and m.edition is None)
        ),
        None,
    )


def _this(reading: Reading, sentence: SentenceReading, noun: str, knowledge: Knowledge, but: Mention | None) -> Mention | None:
    """This year's event: the last one named before a sentence, or after it where its noun is given."""

    def fits(m: Mention) -> bool:
        return (
            is_event(m)
            and m is not but
            and (m.certain or m.name not in knowledge.events.nouns)
            and (not noun or noun_of(m, knowledge).endswith(noun) or noun.endswith(noun_of(m, knowledge)))
            and not re.search(r"(?:지난\s?해|작년|전년|지난)\s?[‘“「『]?$", reading.tokens.text[max(0, m.start - 6) : m.start])
        )

    before = next(filter(fits, reading.before(sentence.start, "Event")), None)
    if before is not None or not noun:
        return before
    return next(filter(fits, reading.behind(sentence.start, "Event")), None)


def _governs(sentence: SentenceReading, mention: Mention) -> bool:
    """Whether a sentence is about a mention: it is its topic, its subject, or the place (에서는) of what follows."""
    return any(
        m == mention and p.particle in TOPIC | SUBJECT | {"에서", "에서는", "에는", "에"}
        for p, heads in zip(sentence.phrases, sentence.heads)
        for m in heads[-1:]
    )


def _held(sentence: SentenceReading, mention: Mention) -> bool:
    return any(
        m == mention and p.particle in ("을", "를", "이", "가", "은", "는")
        for p, heads in zip(sentence.phrases, sentence.heads)
        for m in heads[-1:]
    )
