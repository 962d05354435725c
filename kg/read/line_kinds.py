"""What a line of a page is by its shape: a row of a menu, a day, a headline of a list, a reporter's line, a copyright."""

from __future__ import annotations

import re
from functools import cache

from kg.read.lines import (
    BULLET,
    COPYRIGHT,
    DAY,
    MAIL,
    PHONE,
    PROSE_END,
    REPORTER,
    SEPARATED,
    days,
    event_key,
    is_item,
    is_prose,
    particles,
    tokens,
)

_WEEKDAY = r"(?:[(\[]?(?:[월화수목금토일]요일|(?<=[(\[])[월화수목금토일](?=[)\]])|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*[)\],]?|[(\[][월화수목금토일][)\]])"
_CLOCK = r"(?:(?:오전|오후|AM|PM|am|pm)?\s?[\[(]?\d{1,2}\s?[:시]\s?\d{1,2}(?:\s?[:분]\s?\d{1,2}초?)?분?[\])]?(?:\s?(?:AM|PM|am|pm))?|[+-]\d{4}|GMT\S*|KST|\d{1,2}면)"
_WHEN = re.compile(f"{DAY.pattern}|{_WEEKDAY}|{_CLOCK}")
_PAIR = re.compile(r"[가-힣A-Za-z]{1,8}\s?[:：]\s?\S+")
_SPLIT = re.compile(r"\s*[|ㅣ·/>]\s*|\s{2,}|\s")
_FILED = re.compile(  # as archives of papers file an article: [paper] day, page, edition, part, letters
    rf"[\[【(<]\s?[^\[\]【】()<>\n]{{2,16}}\s?[\]】)>]\s*(?:{DAY.pattern})(?=.{{0,12}}\d[A-Z]?면|.{{0,60}}\d자$)"
)
_POSTED = re.compile(rf"-\s(?:작성|등록|게시)일시?\s?[:：]\s?(?:{DAY.pattern})(?:\s{_CLOCK})?")
_SYMBOL = re.compile(r"[ⓒ©🄫]|\([cC]\)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


def left_of_dates(words: str) -> list[str]:
    """The words of a line that are neither date nor time nor a pair of label and value."""
    rest = _PAIR.sub(" ", _WHEN.sub(" ", words)) if DAY.search(words) else words
    return [part for part in _SPLIT.split(rest) if tokens(part)]


def is_dated(words: str) -> bool:
    """Whether a line says little more than a day: when a page was written, changed, seen.

    >>> is_dated("입력 2024.03.05 10:00 | 수정 2024.03.06"), is_dated("작은 책방 축제 다녀온 날 2019.06.21")
    (True, False)
    >>> is_dated("- 작성일 : 2024-03-05"), is_dated("- 일시 : 2024-03-05")
    (True, False)
    """
    if (
        len(words) > 120
        or not DAY.search(words)
        or event_key().match(words)
        or BULLET.match(words)
        and not words.startswith(("•", "·"))
        and not _POSTED.fullmatch(words)
        or "~" in words
    ):
        return False
    if _labelled(words) and not is_prose(words) or _FILED.match(words):
        return True
    words = MAIL.sub(" ", words)
    rest = [part for part in left_of_dates(words) if part.strip("[]()")]
    letters = sum(len(part) for part in rest)
    return letters <= 22 and len([part for part in rest if len(tokens(part))]) <= 5 and not is_prose(words) and not _listing(rest)


def _labelled(words: str) -> bool:
    """Whether a label of the page's own day stands right before a day."""
    from kg.read.cues import load_cues

    first = DAY.search(words)
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


_DEGREES = re.compile(r"[^\n]{0,20}?-?\d{1,2}(?:\.\d)?\s?(?:℃|°C)(?:\s[가-힣]{1,6})?")


def is_weather(words: str) -> bool:
    """Whether a line says how warm it is somewhere, as sites do at their top; a day right above such lines is that of the visit.

    >>> is_weather("• 흐림가온 5.2℃"), is_weather("• 가온 -3.0℃ 구름조금"), is_weather("가온시 낮 기온이 30℃를 넘었다.")
    (True, True, False)
    """
    return bool(_DEGREES.fullmatch(words)) and not is_item(words.lstrip("•· "))


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
    return len(parts) >= 6 and len(words) / len(parts) <= 4.2 and not particles(parts) and not re.search(r"\d", words)


def is_byline(words: str) -> bool:
    """Whether a line names who wrote the article.

    >>> is_byline("한빛신문 한가람 기자"), is_byline("가온구의회, 지역 언론사 기자 간담회 열어")
    (True, False)
    """
    if len(words) > 90 or is_prose(words):
        return False
    if MAIL.search(words):
        return len(MAIL.sub("", words)) <= 30 and not PHONE.search(words)
    found = REPORTER.search(words)
    return len(words) <= 45 and found is not None and not _MEETS.match(words, found.end())


_MEETS = re.compile(
    r"\s?(?:간담회|회견|설명회|회의|브리핑|초청|대상|여러분|출신|시험|체험|교육)"
)  # of reporters, no reporter's name


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
