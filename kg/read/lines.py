"""The physical lines of a page and what their shape says: length, sentence ends, particles, separators, dates, marks.

Shapes are looked at before any word list: they hold for pages that nobody has seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.read.fold import NOTHING

DAY = (
    r"(?<![\d.])(?:(?:19|20)\d\d\s?[-./년∙]\s?\d{1,2}\s?[-./월∙]\s?\d{1,2}(?!\d)\s?[.일]?|\d{1,2}/\d{1,2}/(?:19|20)\d\d(?!\d)"
    r"|’?\d\d\.\s?\d{1,2}\.\s?\d{1,2}(?![\d.])\.?|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (?:19|20)\d\d)"
)
_WEEKDAY = r"(?:[(\[]?(?:[월화수목금토일]요일|(?<=[(\[])[월화수목금토일](?=[)\]])|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*[)\],]?|[(\[][월화수목금토일][)\]])"
_CLOCK = r"(?:(?:오전|오후|AM|PM|am|pm)?\s?[\[(]?\d{1,2}\s?[:시]\s?\d{1,2}(?:\s?[:분]\s?\d{1,2}초?)?분?[\])]?(?:\s?(?:AM|PM|am|pm))?|[+-]\d{4}|GMT\S*|KST|\d{1,2}면)"
_WHEN = re.compile(f"{DAY}|{_WEEKDAY}|{_CLOCK}")
_DAY = re.compile(DAY)
_PAIR = re.compile(r"[가-힣A-Za-z]{1,8}\s?[:：]\s?\S+")
_SPLIT = re.compile(r"\s*[|ㅣ·/>]\s*|\s{2,}|\s")
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
_SYMBOL = re.compile(r"[ⓒ©🄫]|\([cC]\)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
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
    return list(_DAY.finditer(words))


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


def _particles(parts: list[str]) -> int:
    return sum(1 for part in parts if _PARTICLE.search(part))


def breaks_off(words: str) -> bool:
    """Whether a long line ends amid a sentence, as lines do that are filled to a width."""
    parts = words.split()
    return len(words) >= 22 and _particles(parts) >= 2 and not SEPARATED.search(words) and bool(_OPEN_END.search(words))


def is_filled(words: str) -> bool:
    """Whether a line may be the middle of a paragraph whose lines are filled to a width."""
    return len(words) >= 22 and _particles(words.split()) >= 2 and not SEPARATED.search(words)


def is_item(words: str) -> bool:
    """Whether a line is an item of a list, a keyed line of a notice, or a row of a programme.

    >>> [is_item(w) for w in ("□ 일시: 5일", "주  최 : 군청", "14:00~14:20 개회", "군청, 책 잔치 열어")]
    [True, True, True, False]
    """
    return bool(
        BULLET.match(words) or _event_key().match(words) or is_keyed(words) or _SPACED_KEY.match(words) or _CLOCK_ROW.match(words)
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
def _event_key() -> re.Pattern[str]:
    from kg.read.cues import load_cues

    return re.compile("(?:" + "|".join(load_cues().dates["event"]) + r")\s?[:|]?\s?(?:[’']?\d|[(\[]\d)")


def left_of_dates(words: str) -> list[str]:
    """The words of a line that are neither date nor time nor a pair of label and value."""
    rest = _PAIR.sub(" ", _WHEN.sub(" ", words)) if _DAY.search(words) else words
    return [part for part in _SPLIT.split(rest) if _TOKEN.search(part)]


def is_dated(words: str) -> bool:
    """Whether a line says little more than a day: when a page was written, changed, seen.

    >>> is_dated("입력 2024.03.05 10:00 | 수정 2024.03.06"), is_dated("작은 책방 축제 다녀온 날 2019.06.21")
    (True, False)
    """
    if (
        len(words) > 120
        or not _DAY.search(words)
        or _event_key().match(words)
        or BULLET.match(words)
        and not words.startswith(("•", "·"))
        or "~" in words
    ):
        return False
    if _labelled(words) and not is_prose(words):
        return True
    rest = [part for part in left_of_dates(words) if part.strip("[]()")]
    letters = sum(len(part) for part in rest)
    return (
        letters <= 22
        and len([part for part in rest if len(_TOKEN.findall(part))]) <= 5
        and not is_prose(words)
        and not _listing(rest)
    )


def _labelled(words: str) -> bool:
    """Whether a label of the page's own day stands right before a day."""
    from kg.read.cues import load_cues

    first = _DAY.search(words)
    before = re.sub(r"\s", "", words[: first.start() if first else 0])[-8:].rstrip(" :|시일자")
    return any(
        before.endswith(label) for kind in ("published", "modified") for label in load_cues().dates[kind] if len(label) > 1
    )


def _listing(rest: list[str]) -> bool:
    labels = date_labels()
    return len([part for part in rest if not labels.match(part) and not part.isdigit()]) >= 4


@cache
def date_labels() -> re.Pattern[str]:
    """Words that label a day of the page."""
    from kg.read.cues import load_cues

    words = load_cues().dates
    return re.compile(
        r"[\[(<【•·\s]*(?:" + "|".join(sorted((w for row in words.values() for w in row), key=lambda w: (-len(w), w))) + ")"
    )


def is_listing(words: str) -> bool:
    """Whether a line is a headline with the day behind it, as lists of other articles give it."""
    found = days(words)
    return (
        bool(found)
        and len(words) <= 120
        and not is_dated(words)
        and found[-1].end() >= len(words) - 2
        and not is_item(words)
        and not is_prose(words)
    )


def is_menu(words: str) -> bool:
    """Whether a line is a row of short names: many, without particle, comma or quotation marks.

    >>> is_menu("정치 | 경제 | 사회"), is_menu("느티교육청, 원격수업 지원단 출범"), is_menu("책 > 새 책")
    (True, False, True)
    """
    if is_prose(words) or re.search(r"[,“”‘’…]", words) and not re.search(r"[|>]", words):
        return False
    if (
        re.search(r"\S {2,}\S.* {2,}\S", words)
        and len(words) / max(1, len(tokens(words))) <= 9
        and not re.search(r"\d[.:]", words)
    ):
        return True
    if re.search(r"\s>\s|^>|»|＞", words) or words.count("|") >= 2:
        return len(words) / max(1, len(tokens(words))) <= 9
    if SEPARATED.search(words) or words.count("|") == 1:
        return len(words) <= 40 and not re.search(r"\d", words)
    if _ADDRESS.search(words) and len(words) <= 60:
        return True
    parts = words.split()
    return len(parts) >= 6 and len(words) / len(parts) <= 4.2 and not _particles(parts) and not re.search(r"\d", words)


def is_byline(words: str) -> bool:
    """Whether a line names who wrote the article."""
    if len(words) > 90 or is_prose(words):
        return False
    if MAIL.search(words):
        return len(MAIL.sub("", words)) <= 30 and not PHONE.search(words)
    return len(words) <= 45 and bool(REPORTER.search(words))


_SENTENCE_END = re.compile(r"[가-힣][다요죠까]\s?[.!?][”’\"')]*|다[”’\"]\s?(?=/)")


def tail_at(words: str) -> int | None:
    """Where a reporter's name, an address or whose the page is stands behind the last sentence of a line.

    >>> tail_at("군청은 책 잔치를 열었다./두메기자"), tail_at("군청은 책 잔치를 열었다. 두메 기자가 전했다.")
    (14, None)
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(words, max(0, len(words) - 260))]
    rest = words[ends[-1] :] if ends else ""
    inner = rest.strip()
    if 4 <= len(inner) <= 120 and (
        is_byline(inner.strip("/[]()<>= ")) or COPYRIGHT.search(inner) and not PROSE_END.search(inner)
    ):
        return ends[-1]
    return None


def is_copyright(words: str) -> bool:
    """Whether a line says whose the page is (a mere sign and name may be a picture's)."""
    found = COPYRIGHT.search(words)
    return bool(found) and len(words) <= 160 and not (is_prose(words) and len(words) > 80) and not _owner_of_picture(words)


def _owner_of_picture(words: str) -> bool:
    mark = _SYMBOL.search(words)
    return (
        bool(mark)
        and words.startswith("▲")
        or bool(re.search(r"(?:사진|이미지|자료)[^.]{0,8}[ⓒ©]", words))
        and not re.search("무단", words)
    )
