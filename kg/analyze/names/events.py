"""Events in a noun phrase: the words up to an event noun, with quoted titles, ordinals and the determiner of a taken-up event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.analyze.names.words import Word, eojeol_start, event_noun, title_in, words_of
from kg.analyze.phrases import Phrase
from kg.analyze.tokens import Tokens
from kg.analyze.values import among_others, edition_in, find_editions
from kg.knowledge.load import Knowledge
from kg.model import Mention

_CLOCK = re.compile(r"\d{1,2}시(?:\d{1,2}분|반)?|\d{1,2}:\d\d")
_WEEKS = re.compile(r"\d+주간")  # a length of time, and no week with a name
_SCENES = ("후", "직후", "현장", "참석자", "참가자", "기념", "모습", "장면", "전경", "당시")
_PUBLISHED = re.compile(r"[을를]\s통(?:해|하여)")  # 25일 공고를 통해 …: the day of the notice
_FORCE = frozenset({"시행", "발효", "출시", "공포", "발표"})
_AFTERWARDS = frozenset({"이후", "직후", "이전", "직전", "후"})
_DAY_AFTER = re.compile(r"\s?\((?:['’‘]?\d{2,4}\.\s?)?\d{1,2}(?:\.|월)\s?\d{1,2}[^()]*\)\s*$")
_ROUND = re.compile(r"\s?\((?:제\s?(\d{1,3})\s?[차회기]|(\d{1,2})(?:차|회차))\)")
_OTHERS = re.compile(r"\s(?:연계|계기)\s")  # 제37회 ○○전 연계 현장 점검: the ordinal of another event
_DATED_ROUND = re.compile(r"제?(\d{1,2})차\s?\([\d.\s월일()가-힣]{3,14}\)\s")
_PAREN = re.compile(r"\s?\([^()]*\)")
_WEEKLY = re.compile(r"\s?(?:\([^()\n]*\))?\s?(?:입찰|동향|일정|계획|업무|주요|보도|브리핑)")  # ○○ 주간(12.25.~29.) 입찰 동향
_NUMERALS = frozenset("첫 두 세 네 다섯 여섯 일곱 여덟 아홉 열".split())
_DROP_BEFORE = frozenset(
    """가운데 이번 이날 본 동 해당 금번 당일 이 그 또 및 등 각 매년 매월 매주 올해 지난해 작년 내년 지난 오는 첫 현장 특히 기존 관련 향후 오전 오후 신규 날 중 말 초 경 간 동안 현재 최근 처음 이러한 다음 이후 º ˚ ᄋ ㅇ 후 뒤 직후 다양한 여러 각종 수차례 차례 실시간 최초 최대""".split()
)
_LENGTH = re.compile(r"\d+(?:시간|일|분|주|개월)간?|(?:하루|이틀|사흘|나흘|닷새|양일)간|연\d+회")
_RANKED = frozenset({"최초", "최대", "유일"})  # behind where something is it: 국내 최초 ○○ 아카데미
_ANEW = frozenset({"이번", "이날", "금번", "당일", "해당"})
_NTH = re.compile(r"제\d{1,3}(?:회|차|기)")
_WHEN = frozenset({"시", "때"})


_HABIT = re.compile(r"(?:^|\s)(?:연\s?\d{1,2}\s?회|매년|매월|매주|반기별|분기별)\s")  # 상·하반기 연 2회 포럼 is no one event


def events_in(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> Iterator[Mention]:
    """Events of a noun phrase: the one it ends with, and those that end at a parenthesis or with a quotation inside it.

    ``제5차 ○○위원회 정례회의(’26.3.18.) 의결``, ``「○○ 간담회」 개요`` and ``‘○○’ 면담 후 참석자들`` name an event before their last word.
    """
    last = event_in(phrase, tokens, knowledge)
    seen = set()
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
            seen.add((found.start, found.end))
            yield found
    if last is not None and not _HABIT.search(last.name):
        yield last


def _passing(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> Iterator[int]:
    """The last tokens of words that a scene of the event named before follows (면담 후 …, 협약식 현장 사진, 점검회의 이후 추가 점검)."""
    if not phrase.tokens:
        return
    words = words_of(tokens, phrase.tokens)
    yield from (words[i - 1].last for i in _after_events(words, knowledge))
    if phrase.quoted:
        yield from (
            w.last for w, after in zip(words, words[1:]) if after.text.startswith(_SCENES) and w.first > phrase.quoted[-1][0]
        )


def _after_events(words: Sequence[Word], knowledge: Knowledge) -> Iterator[int]:
    """The words that part an event from what came after it: 점검회의 이후 추가 점검."""
    return (i for i in _afterwards(words) if event_noun(_bare(words[i - 1].text), knowledge) is not None)


def _afterwards(words: Sequence[Word]) -> Iterator[int]:
    """The words that part what came before from what came after it: 대책 이후 점검회의."""
    return (i for i in range(1, len(words) - 1) if words[i].text in _AFTERWARDS)


def dates_before(phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> bool:
    """Whether a day in front of a noun phrase is that of its first words alone.

    That is so where 이후 follows what is no event (6월 27일 대책 이후 점검회의), before 당시, and where a rule takes force (9월 15일 시행, …).
    """
    if not phrase.tokens:
        return False
    words = words_of(tokens, phrase.tokens)
    first = next((i for i in range(1, len(words)) if words[i].text in _AFTERWARDS), None)
    return (
        first is not None
        and event_noun(_bare(words[first - 1].text), knowledge) is None
        or words[-1].text == "당시"
        or words[-1].text.endswith(knowledge.events.notices)
        and _PUBLISHED.match(tokens.text, words[-1].end) is not None
        or len(words) == 1
        and words[0].text in _FORCE
        and phrase.comma
    )


def event_in(phrase: Phrase, tokens: Tokens, knowledge: Knowledge, places: Sequence[Mention] = ()) -> Mention | None:
    """The event that a noun phrase names with its last words, or None."""
    if not phrase.tokens:
        return None
    words = words_of(tokens, phrase.tokens)
    texts = [w.text for w in words]
    last = len(words) - 1
    while last > 0 and texts[last] in ("등", "및", "중", "간"):
        last -= 1
    first = 0
    definite = phrase.determiner if phrase.determiner in knowledge.events.determiners else None
    if phrase.determiner is not None and words and words[0].text.startswith(phrase.determiner):
        first = 1 if words[0].text == phrase.determiner else 0
    while first < last and (
        texts[first] in _DROP_BEFORE
        or _CLOCK.fullmatch(texts[first])
        or _LENGTH.fullmatch(texts[first])
        or first + 1 < last
        and texts[first + 1] in _RANKED
    ):
        if texts[first] in knowledge.events.determiners:
            definite = texts[first]
        first += 1
    if (begin := _taken_up(words, first, last, phrase, tokens, knowledge)) is not None:
        first = begin + 1
        if texts[begin] in knowledge.events.determiners:
            definite = texts[begin]
    # a place or a date that only stands before the name
    quoted = _last_quote(phrase, tokens)
    if quoted is not None and quoted[1] < words[first].first:
        quoted = None  # <○○ 과제> 이번 공유회
    noun = event_noun(_bare(texts[last]), knowledge)
    if quoted is None and (
        noun is None
        or noun == "주간"
        and tokens.text[words[last].start - 1 : words[last].start].isdigit()
        or _WEEKS.fullmatch(texts[last])
    ):
        return None
    if noun == "주간" and quoted is None and _WEEKLY.match(tokens.text, words[last].end):
        return None
    if noun == "컨벤션" and quoted is None and phrase.particle.startswith("에서") and _hall(words, last, tokens):
        return None
    if quoted is not None:
        inner = _PAREN.sub("", tokens.text[tokens.ends[quoted[0]] : tokens.starts[quoted[1]]]).strip()
        inner_noun = event_noun(_bare(inner.rstrip("0123456789년도.*, ()").split(" ")[-1]) if inner else "", knowledge)
        if noun is None and inner_noun is None:
            return None
        tail_is_quote = quoted[1] >= words[last].first
        if noun is None and not tail_is_quote:
            return None
        noun = noun if noun and not tail_is_quote else inner_noun or noun
        if noun is None:
            return None
    if texts[first].startswith("번째") and words[first].first > 0 and tokens.words[words[first].first - 1] in _NUMERALS:
        number = words[first].first - 1
        words[first] = Word(
            number, words[first].last, tokens.surface(number, words[first].last), tokens.starts[number], words[first].end
        )
    first = max(
        [
            first,
            *(i + 1 for i in range(first, last) if texts[i] in ("→", "➡", "⇒", "▶", "⟶")),
            *(i + 1 for i in _afterwards(words) if first < i < last and not (quoted and quoted[0] < words[i].first < quoted[1])),
        ]
    )
    start, end = words[first].start if first else eojeol_start(tokens, words[first].first), words[last].end
    if quoted is not None and words[first].first <= quoted[0]:
        # the name begins at the quotation mark, or at an ordinal or year before it
        q = next(i for i, w in enumerate(words) if w.first <= quoted[0] <= w.last)
        begin = q
        while begin > first and (
            texts[begin - 1][0].isdigit() or texts[begin - 1].startswith("제") and any(c.isdigit() for c in texts[begin - 1])
        ):
            begin -= 1
        start = words[begin].start
        if words[q].first < quoted[0] and tokens.surface(words[q].first, quoted[0] - 1) in _DROP_BEFORE:
            start = max(start, tokens.starts[quoted[0]])  # 참석한 가운데‘제20회 ○○의 날’기념식
        elif words[q].first < quoted[0]:
            start = min(start, words[q].start)
    name = tokens.text[start:end].strip()
    if quoted is not None and start == tokens.starts[quoted[0]] and end == tokens.ends[quoted[1]]:
        start, end = tokens.ends[quoted[0]], tokens.starts[quoted[1]]
        name = _DAY_AFTER.sub("", tokens.text[start:end]).strip()
    edition = (
        edition_in(tokens.text[max(start - 2, 0) : start].lstrip() + _OTHERS.split(name)[-1])
        or _round_after(tokens.text, end)
        or _round_dated(name)
    )
    if name.startswith(tuple(_NUMERALS)) and among_others(tokens.text, start):
        edition = None  # 강원도에서 [두 번째 바다 축제]
    if (
        edition is None
        and (needed := knowledge.events.after.get(noun))
        and not "".join(_bare(name).split()).removesuffix(noun).endswith(tuple(needed))
    ):
        return None
    if definite is None and name == noun and len(words) > 1 and texts[0] in knowledge.events.determiners:
        definite = texts[0]
    only = _bare(name) in knowledge.events.nouns
    if only and noun in knowledge.events.qualified and definite is None:
        return None
    certain = not (only and noun in knowledge.events.weak) or definite is not None or edition is not None
    return Mention(
        start=start,
        end=end,
        kind=knowledge.events.classes[noun],
        name=name,
        rule="event-noun",
        definite=definite,
        edition=edition,
        certain=certain,
    )


def _round_after(text: str, end: int) -> int | None:
    """The ordinal in a parenthesis right after an event: 집합 컨설팅(3차)."""
    match = _ROUND.match(text, end)
    return int(match[1] or match[2]) if match else None


def _round_dated(name: str) -> int | None:
    """The ordinal that a parenthesis parts from an event: 1차(6.24.) 온라인 설명회."""
    match = _DATED_ROUND.match(name)
    return int(match[1]) if match else None


def quoted_event(tokens: Tokens, opening: int, closing: int) -> Mention:
    """The event that a pair of quotation marks names where a verb wants one: 「제2차 ○○ 상담소」를 개최했다."""
    start, end = tokens.ends[opening], tokens.starts[closing]
    name = tokens.text[start:end].strip()
    return Mention(start=start, end=end, kind="Event", name=name, rule="quoted-event", edition=edition_in(name))


def _taken_up(words: Sequence[Word], first: int, last: int, phrase: Phrase, tokens: Tokens, knowledge: Knowledge) -> int | None:
    """The last word, outside quotation marks, behind which an event's name begins anew: 전환 등 [이번] 간담회, 신청 완료 [시] 설명회."""
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
                words[i].text in _ANEW
                and words[i].text in knowledge.events.determiners
                or words[i].text == "중"
                or words[i].text in _WHEN
                and tokens.tags[words[i].last] == "NNB"
            )
            and not any(a < words[i].first < b for a, b in phrase.quoted)
        ),
        None,
    )


def _hall(words: Sequence[Word], last: int, tokens: Tokens) -> bool:
    """Whether what stands before 컨벤션 is a proper name, which makes it a building (○○타워 컨벤션에서)."""
    before = [i for i in range(words[max(last - 1, 0)].first, words[last].last + 1) if tokens.words[i] != "컨벤션"]
    return (
        bool(before)
        and any(tokens.tags[i].startswith(("NNP", "SL", "SN", "UN")) for i in before)
        and not any(find_editions(tokens.text[words[0].start : words[last].end]))
    )


def _bare(word: str) -> str:
    """A word without marks around it."""
    return word.strip("‘’“”「」『』《》<>'\"*·.,!?")


def _last_quote(phrase: Phrase, tokens: Tokens) -> tuple[int, int] | None:
    """The last title-like quotation of the phrase that can be (part of) an event's name."""
    return phrase.quoted[-1] if phrase.quoted else None
