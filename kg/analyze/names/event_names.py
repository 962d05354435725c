"""The words of a noun phrase that name its event: where the name begins behind determiners, days and what came before, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.analyze.names.sittings import BESIDE, of_term
from kg.analyze.names.words import Word, eojeol_start, event_noun, title_in, words_of
from kg.analyze.numbers import among_others, edition_in, find_editions
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Tokens
from kg.knowledge.load import Knowledge
from kg.model import Mention

_CLOCK = re.compile(r"\d{1,2}시(?:\d{1,2}분|반)?(?:경|쯤|께)?|\d{1,2}:\d\d")
_WEEKS = re.compile(r"\d+주간")  # a length of time, and no week with a name
_DAY_AFTER = re.compile(r"\s?\((?:['’‘]?\d{2,4}\.\s?)?\d{1,2}(?:\.|월)\s?\d{1,2}[^()]*\)\s*$")
_ROUND = re.compile(r"\s?\((?:제\s?(\d{1,3})\s?[차회기]|(\d{1,2})(?:차|회차))\)")
_OTHERS = re.compile(r"\s(?:연계|계기)\s")  # 제37회 ○○전 연계 현장 점검: the ordinal of another event
_DATED_ROUND = re.compile(r"제?(\d{1,2})차\s?\([\d.\s월일()가-힣]{3,14}\)\s")
_OPENING_ROUND = re.compile(r"([1-9]\d?)차\s.*(?:주간|점검|캠페인)$")  # 1차 집중점검주간
_PAREN = re.compile(r"\s?\([^()]*\)")
_WEEKLY = re.compile(r"\s?(?:\([^()\n]*\))?\s?(?:입찰|동향|일정|계획|업무|주요|보도|브리핑)")  # ○○ 주간(12.25.~29.) 입찰 동향
_LENGTH = re.compile(
    r"\d+박(?:\s?\d+일)?|\d+여?\s?차례|\d+(?:(?:시간|일|분|주|개월)간?|년간)|(?:하루|이틀|사흘|나흘|닷새|양일)간|연\d+회"
)
_TIMES = re.compile(r"\d+여?(?:회|차)")  # 총 73회 회의: how many
_NTH = re.compile(r"제\d{1,3}(?:회|차|기)")
_ENCLOSURE = re.compile(r"[<\[【(]?\s?(?:붙임|별첨|첨부|참고)\s?\d{0,2}\s?[>\]】)]\s*(?:\d{1,2}\.\s*)?")  # <붙임> 1. ○○ 포럼 개요
_WHEN = frozenset({"시", "때"})
_ARROWS = frozenset("→➡⇒▶⟶")


@dataclass(frozen=True, slots=True)
class _Part:
    """The words of a phrase from ``first`` to ``last``, of which its event's name is made; ``definite`` is the determiner that takes it up."""

    phrase: Phrase
    tokens: Tokens
    knowledge: Knowledge
    words: Sequence[Word]
    first: int
    last: int
    definite: str | None

    @property
    def quoted(self) -> tuple[int, int] | None:
        """The last quotation of the phrase, where it is part of the name: not in <○○ 과제> 이번 공유회."""
        quoted = self.phrase.quoted[-1] if self.phrase.quoted else None
        return None if quoted is None or quoted[1] < self.words[self.first].first else quoted


def event_in(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> Mention | None:
    """The event that a noun phrase names with its last words, or None."""
    if not phrase.tokens:
        return None
    part = _behind_what_came_before(_stripped(phrase, tokens, knowledge))
    quoted = part.quoted
    noun = _noun(part, quoted)
    if noun is None:
        return None
    start, end = _with_its_brackets(tokens.text, *_extent(_narrowed(_counted(part), quoted), quoted))
    if (
        quoted is not None
        and start < tokens.ends[quoted[1]] < end
        and event_noun(tokens.text[tokens.ends[quoted[1]] : end].strip(), knowledge) is None
    ):
        end = tokens.ends[quoted[1]]  # 「○○ 공모전」후보작
    name = tokens.text[start:end].strip()
    if quoted is not None and start == tokens.starts[quoted[0]] and end == tokens.ends[quoted[1]]:
        start, end = tokens.ends[quoted[0]], tokens.starts[quoted[1]]
        name = _DAY_AFTER.sub("", tokens.text[start:end]).strip()
    return _mention(part, noun, name, (start, end))


def bare(word: str) -> str:
    """A word without marks around it."""
    return word.strip("‘’“”「」『』《》<>'\"*·.,!?")


def afterwards(words: Sequence[Word], knowledge: Knowledge) -> Iterator[int]:
    """The words that part what came before from what came after it: 대책 이후 점검회의."""
    return (i for i in range(1, len(words) - 1) if words[i].text in knowledge.names.afterwards)


def _stripped(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> _Part:
    """A phrase without the words around it that belong to no name."""
    words = words_of(tokens, phrase.tokens)
    last, first = len(words) - 1, 0
    while last > 0 and words[last].text in ("등", "및", "중", "간"):
        last -= 1
    determiners = knowledge.events.determiners
    definite = phrase.determiner if phrase.determiner in determiners else None
    if phrase.determiner is not None and words[0].text == phrase.determiner:
        first = 1
    while first < last and (
        words[first].text in knowledge.names.before_events
        or _CLOCK.fullmatch(words[first].text)
        or _LENGTH.fullmatch(words[first].text)
        or _TIMES.fullmatch(words[first].text)
        and tokens.text[: words[first].start].rstrip().endswith(("총", "모두"))
        or first + 1 < last
        and words[first + 1].text in knowledge.names.ranked
    ):
        if words[first].text in determiners:
            definite = words[first].text
        first += 1
    return _Part(phrase, tokens, knowledge, words, first, last, definite)


def _behind_what_came_before(part: _Part) -> _Part:
    begin = _taken_up(part)
    if begin is None:
        return part
    text = part.words[begin].text
    return replace(part, first=begin + 1, definite=text if text in part.knowledge.events.determiners else part.definite)


def _taken_up(part: _Part) -> int | None:
    """The last word, outside quotation marks, behind which an event's name begins anew: 전환 등 [이번] 간담회, 신청 완료 [시] 설명회."""
    words, knowledge, first, last = part.words, part.knowledge, part.first, part.last
    ordinal = next(
        (i for i in range(first + 1, last + 1) if _NTH.fullmatch(words[i].text) and title_in(words[i - 1].text, knowledge)), None
    )
    if ordinal is not None:
        return ordinal - 1  # ○○○ 변호사 제2회 ○○ 대회
    return next(
        (
            i
            for i in range(last - 1, first, -1)
            if (
                words[i].text in knowledge.names.anew
                and words[i].text in knowledge.events.determiners
                or words[i].text == "중"
                or words[i].text in _WHEN
                and part.tokens.tags[words[i].last] == "NNB"
            )
            and not any(a < words[i].first < b for a, b in part.phrase.quoted)
        ),
        None,
    )


def _noun(part: _Part, quoted: tuple[int, int] | None) -> str | None:
    """The event noun of a phrase: its last word's, or that of the quotation that it ends with."""
    tokens, word = part.tokens, part.words[part.last]
    noun = event_noun(bare(word.text), part.knowledge)
    if quoted is None:
        return None if noun is None or _no_event(part, noun) else noun
    if quoted[1] < word.first:
        return noun
    inner = _PAREN.sub("", tokens.text[tokens.ends[quoted[0]] : tokens.starts[quoted[1]]]).strip()
    tail = inner.rstrip("0123456789년도.*, ()").split(" ")[-1] if inner else ""
    return event_noun(bare(tail), part.knowledge) or noun


def _no_event(part: _Part, noun: str) -> bool:
    """Whether an event noun is a length of time (2주간), what is published each week, or a building."""
    text, word = part.tokens.text, part.words[part.last]
    return (
        _WEEKS.fullmatch(word.text) is not None
        or noun == "주간"
        and (text[word.start - 1 : word.start].isdigit() or _WEEKLY.match(text, word.end) is not None)
        or noun == "컨벤션"
        and part.phrase.particle.startswith("에서")
        and _hall(part)
    )


def _hall(part: _Part) -> bool:
    """Whether what stands before 컨벤션 is a proper name, which makes it a building (○○타워 컨벤션에서)."""
    words, tokens, last = part.words, part.tokens, part.last
    before = [i for i in range(words[max(last - 1, 0)].first, words[last].last + 1) if tokens.words[i] != "컨벤션"]
    return (
        bool(before)
        and any(tokens.tags[i].startswith(("NNP", "SL", "SN", "UN")) for i in before)
        and not any(find_editions(tokens.text[words[0].start : words[last].end]))
    )


def _counted(part: _Part) -> _Part:
    """With the numeral that the phrase leaves out: [두] 번째 축제."""
    tokens, word = part.tokens, part.words[part.first]
    number = word.first - 1
    if not word.text.startswith("번째") or number < 0 or tokens.words[number] not in part.knowledge.names.numerals:
        return part
    whole = Word(number, word.last, tokens.surface(number, word.last), tokens.starts[number], word.end)
    return replace(part, words=[*part.words[: part.first], whole, *part.words[part.first + 1 :]])


def _narrowed(part: _Part, quoted: tuple[int, int] | None) -> _Part:
    """Behind the last arrow, and behind 이후 outside the quotation."""
    words, first, last = part.words, part.first, part.last
    arrows = (i + 1 for i in range(first, last) if words[i].text in _ARROWS)
    after = (
        i + 1
        for i in afterwards(words, part.knowledge)
        if first < i < last and not (quoted and quoted[0] < words[i].first < quoted[1])
    )
    return replace(part, first=max(first, *arrows, *after, 0))


def _extent(part: _Part, quoted: tuple[int, int] | None) -> tuple[int, int]:
    """Where a name begins and ends; one with a quotation begins at its mark, or at an ordinal or year before it."""
    words, tokens, first = part.words, part.tokens, part.first
    start, end = words[first].start if first else eojeol_start(tokens, words[first].first), words[part.last].end
    if quoted is None or words[first].first > quoted[0]:
        return start, end
    q = begin = next(i for i, w in enumerate(words) if w.first <= quoted[0] <= w.last)
    while begin > first and _is_number(words[begin - 1].text):
        begin -= 1
    start = words[begin].start
    if words[q].first < quoted[0] and tokens.surface(words[q].first, quoted[0] - 1) in part.knowledge.names.before_events:
        start = max(start, tokens.starts[quoted[0]])  # 참석한 가운데‘제20회 ○○의 날’기념식
    elif words[q].first < quoted[0]:
        start = min(start, words[q].start)
    return start, end


def _with_its_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a name begins behind the head of an enclosure and with the bracket that its first part stands in.

    >>> text = "<붙임> 1. 바다 포럼 개요, <바다의 꿈> 전시, (사)한빛회 총회"
    >>> [text[slice(*_with_its_brackets(text, *place))] for place in ((1, 13), (18, 28), (31, 39))]
    ['바다 포럼', '<바다의 꿈> 전시', '(사)한빛회 총회']
    """
    if (head := _ENCLOSURE.match(text, start, end)) is not None:
        return head.end(), end
    opening = {close: open_ for open_, close in ("<>", "《》", "「」", "『』", "()")}
    for close, open_ in opening.items():
        if text[start - 1 : start] == open_ and text.find(close, start, end) > text.find(open_, start, end) == -1:
            return start - 1, end
    return start, end


def _is_number(text: str) -> bool:
    return text[0].isdigit() and not text.endswith(".") or text.startswith("제") and any(c.isdigit() for c in text)


def _mention(part: _Part, noun: str, name: str, extent: tuple[int, int]) -> Mention | None:
    """The event of a name, where nothing is missing that makes its words one event's."""
    (start, end), events = extent, part.knowledge.events
    edition = _edition(part, name, start, end)
    named = edition is not None or part.definite is not None or part.quoted is not None
    if noun in events.bodies and (of_term(name) or not named and part.phrase.particle in BESIDE):
        return None
    needed = events.after.get(noun) if edition is None else None
    if needed and not "".join(bare(name).split()).removesuffix(noun).endswith(tuple(needed)):
        return None
    definite = part.definite
    if definite is None and name == noun and len(part.words) > 1 and part.words[0].text in events.determiners:
        definite = part.words[0].text
    only = bare(name) in events.nouns
    if only and noun in events.qualified and definite is None:
        return None
    return Mention(
        start=start,
        end=end,
        kind=events.classes[noun],
        name=name,
        rule="event-noun",
        definite=definite,
        edition=edition,
        certain=not (only and noun in events.weak) or definite is not None or edition is not None,
    )


def _edition(part: _Part, name: str, start: int, end: int) -> int | None:
    """The ordinal of an event: in its name or right around it; none in 강원도에서 [두 번째 바다 축제]."""
    text = part.tokens.text
    if name.startswith(tuple(part.knowledge.names.numerals)) and among_others(text, start):
        return None
    return (
        edition_in(text[max(start - 2, 0) : start].lstrip() + _OTHERS.split(name)[-1])
        or _round_after(text, end)
        or _round_opening(name)
    )


def _round_after(text: str, end: int) -> int | None:
    """The ordinal in a parenthesis right after an event: 집합 컨설팅(3차)."""
    match = _ROUND.match(text, end)
    return int(match[1] or match[2]) if match else None


def _round_opening(name: str) -> int | None:
    """The ordinal that a name opens with, with a day in a parenthesis behind it or none: 1차(6.24.) 온라인 설명회, 1차 집중점검주간."""
    match = _DATED_ROUND.match(name) or _OPENING_ROUND.match(name)
    return int(match[1]) if match else None
