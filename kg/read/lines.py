"""The physical lines of a page and what their shape says: length, sentence ends, particles, separators, dates, marks.

Shapes are looked at before any word list: they hold for pages that nobody has seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.read.fold import NOTHING

DAY = re.compile(
    r"(?<![\d.])(?:(?:19|20)\d\d\s?[-./년∙]\s?\d{1,2}\s?[-./월∙]\s?\d{1,2}(?!\d)\s?[.일]?|\d{1,2}/\d{1,2}/(?:19|20)\d\d(?!\d)"
    r"|’?\d\d\.\s?\d{1,2}\.\s?\d{1,2}(?![\d.])\.?|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (?:19|20)\d\d)"
)
PROSE_END = re.compile(r"(?:[가-힣)%”’]\s?[.]|[가-힣]\s?[!?]|[다요죠]|\.{3}|…)[”’\"')\]」]*\s*(?:\(끝\)|끝\.?)?$")
_POLITE = re.compile(r"(?:니다|세요|네요|어요|아요|에요|예요|군요|지요|데요|게요)[!~^.]+$")
_SENTENCE_WITHIN = re.compile(r"[가-힣][다요까죠][.?!][”’\"')]*\s")
_PARTICLE = re.compile(
    r"[가-힣)’”](?:은|는|이|가|을|를|에|의|에서|으로|로|와|과|도|고|며|해|한|된|할|인|하는|했던|까지|부터|에게)[,]?$"
)
_OPEN_END = re.compile(r"(?:은|는|이|가|을|를|에|의|에서|으로|로|와|과|고|며|해|한|된|할|하는|하고|위해|통해|대한|및|등|,)$")
BULLET = re.compile(
    r"[□ㅁ■▣◇◆◈○◯ㅇ〇●◎◦▪▫￭∎▶▷►▸‣☞⇒➡➢➔❍❏√✓✔☑☐▢※◾◽★☆◉❖➤►•·]\s?(?=\S)|[-–―*]{1,3}\s+(?=\S)|[①-⑳]|(?:\d{1,2}|[가-하])[.)]\s+(?=\S)|[ⅠⅡⅢⅣⅤⅥ]+[.\s]"
)
_VALUE = re.compile(r"[:|]\s?\S")
_LONGEST_KEY = 26  # six groups of three signs and a space, a space, and the mark
_SPACED_KEY = re.compile(r"[가-힣](?:\s{1,8}[가-힣]){1,3}\s*[:|]")
_CLOCK_ROW = re.compile(r"[(\[]?\d{1,2}[:시]\s?\d{2}|\d{1,2}:\d{2}\s?[~-]")
SEPARATED = re.compile(r"\s[|ㅣ>＞»/l]\s|[|>»]\S|\S[|»]|\s·\s")
COPYRIGHT = re.compile(
    r"[ⓒ©🄫]|\([cC]\)|(?i:copyrights?\b)|저작권자|무단\s?[,]?\s?(?:전재|복제|배포|도용)|(?i:all rights? reserved)"
)
MAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}")
PHONE = re.compile(r"(?<![\d.])(?:\(?0\d{1,2}\)?|\d{3,4})[-)]\s?\d{3,4}-\d{4}(?!\d)|☎|(?<![\d-])\d{4}-\d{4}(?![\d-])")
REPORTER = re.compile(
    r"[가-힣]{2,4}\s?(?:(?:수습|선임|인턴|객원|시민|전문|명예|주재|본부|편집)\s?)?(?:기자|특파원|리포터|앵커|논설위원|편집위원|편집국장|칼럼니스트)(?![가-힣])"
)
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page in raw offsets, its folded words, how many line ends stand before it, and its role on the page."""

    start: int
    end: int
    text: str
    gap: int
    role: str = "short"


_BREAK = re.compile(r"[\n\r]+")


def lines_of(folded: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and gap of each line that holds words.

    >>> list(lines_of("군청\\n\\n 책 잔치 "))
    [(0, 2, 0), (5, 9, 2)]
    """
    at = gap = 0
    for match in [*_BREAK.finditer(folded), None]:
        stop = match.start() if match else len(folded)
        words = folded[at:stop]
        inner = words.strip(f" \t{NOTHING}\u00a0")
        if inner:
            start = at + words.index(inner[0])
            yield start, start + len(inner), gap
            gap = 0
        if match:
            gap += match[0].count("\n") or 1
            at = match.end()


_MARKED = re.compile(r"#{1,6}\s+|>\s+(?=\S)|\*\*(?=\S)")
BADGE = re.compile(r"\s*(?:새글|새\s글|\[?(?:NEW|New|HOT)\]?|\[새글\])\s+(?=[가-힣A-Z‘“\[])")
LABEL = re.compile(r"(?P<label>제\s?목|부\s?제(?:\s?목)?|내\s?용)\s?[:|：]\s?(?=\S)")


def mark_length(words: str) -> int:
    """How many characters at a line's start only dress it: Markdown's signs, a badge, the label of a form.

    >>> [mark_length(w) for w in ("## 책 잔치", "새글 책 잔치", "제목 | 책 잔치", "책 잔치")]
    [3, 3, 5, 0]
    """
    match = _MARKED.match(words) or BADGE.match(words) or LABEL.match(words)
    return match.end() if match else 0


def tokens(words: str) -> list[str]:
    """Runs of letters and digits."""
    return _TOKEN.findall(words)


def days(words: str) -> list[re.Match[str]]:
    """Where full dates stand."""
    return list(DAY.finditer(words))


def is_prose(words: str) -> bool:
    """Whether a line reads as running text: it ends or holds a sentence, or breaks off amid one.

    >>> is_prose("군청은 5일 책 잔치를 열었다."), is_prose("군청, 책 잔치 열어"), is_prose("홈 | 뉴스 | 사람들")
    (True, False, False)
    """
    if len(words) < 12:
        return False
    if _SENTENCE_WITHIN.search(words):
        return True
    parts = words.split()
    if PROSE_END.search(words):
        ended = "." in words[-6:] and not words.endswith(("...", "…")) or bool(_POLITE.search(words))
        return len(parts) >= (2 if ended else 3) and (ended or len(words) >= 45)
    return False


def particles(parts: list[str]) -> int:
    """How many words end like one with a particle or an ending."""
    return sum(1 for part in parts if _PARTICLE.search(part))


def breaks_off(words: str) -> bool:
    """Whether a long line ends amid a sentence, as lines do that are filled to a width."""
    parts = words.split()
    return len(words) >= 22 and particles(parts) >= 2 and not SEPARATED.search(words) and bool(_OPEN_END.search(words))


def is_filled(words: str) -> bool:
    """Whether a line may be the middle of a paragraph whose lines are filled to a width."""
    return len(words) >= 22 and particles(words.split()) >= 2 and not SEPARATED.search(words)


def is_item(words: str) -> bool:
    """Whether a line is an item of a list, a keyed line of a notice, or a row of a programme.

    >>> [is_item(w) for w in ("□ 일시: 5일", "주  최 : 군청", "14:00~14:20 개회", "군청, 책 잔치 열어")]
    [True, True, True, False]
    """
    return bool(
        BULLET.match(words) or event_key().match(words) or is_keyed(words) or _SPACED_KEY.match(words) or _CLOCK_ROW.match(words)
    )


def is_keyed(words: str) -> bool:
    """Whether a line begins with a short key and its value: at most six groups of one to three signs, spaces after them not counted.

    >>> is_keyed("주 최 : 군청"), is_keyed("군청은 책 잔치를 다음 주에 열기로 했다고 밝혔다: 끝"), is_keyed(": 군청")
    (True, False, False)
    """
    at = next((n for n, sign in enumerate(words[:_LONGEST_KEY]) if sign in ":|"), 0)
    if not at or not _VALUE.match(words, at):
        return False
    reached = {0}
    for _ in range(6):
        ends = {start + more for start in reached for more in (1, 2, 3) if start + more <= at}
        reached |= ends | {end + 1 for end in ends if end < at and words[end].isspace()}
    return at in reached or words[at - 1].isspace() and at - 1 in reached - {0}


@cache
def event_key() -> re.Pattern[str]:
    """What keys of an event's own day look like: 일시: 5."""
    from kg.read.cues import load_cues

    return re.compile("(?:" + "|".join(load_cues().dates["event"]) + r")\s?[:|]?\s?(?:[’']?\d|[(\[]\d)")
